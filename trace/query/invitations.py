"""What an invitation says to whoever opens its link."""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from ..domain.reading_span import UNLIMITED, Span
from ..repository import declared, inspecting, people
from ..repository.declared import Declared
from ..repository.instance import Instance
from .inspector_reads import span_of_row


@dataclass(frozen=True)
class Invitation:
    """An invitation: to which co-op, in which role, for whom, and whether it can still be used."""

    coop: Declared
    role: str
    party: Declared | None
    is_used: bool
    is_expired: bool
    span: Span = UNLIMITED

    @property
    def is_open(self) -> bool:
        """Whether its button will work."""
        return not self.is_used and not self.is_expired


def invitation_of(instance: Instance, token: str, now: datetime) -> Invitation | None:
    """The invitation with this token, or None where there is none."""
    moment = now.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"
    with instance.database.reading() as connection:
        hashed = sha256(token.encode()).hexdigest()
        found = people.invitation(connection, hashed)
        if found is None:
            return None
        coop = declared.by_ids(connection, "coop", [found["coop_id"]])[found["coop_id"]]
        party = declared.by_ids(connection, "party", [found["party_id"]]).get(found["party_id"])
        return Invitation(
            coop,
            found["role"],
            party,
            bool(found["used_at"]),
            found["expires_at"] <= moment,
            span_of_row(inspecting.invitation_span(connection, hashed)),
        )
