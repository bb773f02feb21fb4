"""The session behind a token: who it is, in which co-op, and where else they may act."""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from ..domain.reading_span import UNLIMITED, Span
from ..repository import declared, inspecting, people
from ..repository.declared import Declared
from ..repository.instance import Instance
from .inspector_reads import span_of_row


@dataclass(frozen=True)
class Place:
    """One of the account's memberships, to switch to."""

    membership_id: str
    coop: Declared
    role: str
    span: Span = UNLIMITED


@dataclass(frozen=True)
class Session:
    """Who is signed in on this device, acting in one co-op."""

    token: str
    account_id: str
    membership_id: str
    coop_id: str
    role: str
    party_id: str
    coop: Declared
    party: Declared | None
    places: tuple[Place, ...]
    span: Span = UNLIMITED

    @property
    def zone(self) -> ZoneInfo:
        """The co-op's time zone."""
        return ZoneInfo(self.coop.text("time_zone") or "Asia/Shanghai")


def session_of(instance: Instance, token: str, now: datetime) -> Session | None:
    """The live session of this token, or None: unknown, expired, revoked, or membership ended."""
    moment = now.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"
    with instance.database.reading() as connection:
        found = people.session(connection, sha256(token.encode()).hexdigest())
        if (
            found is None
            or found["revoked_at"]
            or found["membership_ended"]
            or found["expires_at"] <= moment
        ):
            return None
        members = people.memberships_of(connection, found["account_id"])
        coops = declared.by_ids(connection, "coop", [member["coop_id"] for member in members])
        parties = declared.by_ids(connection, "party", [found["party_id"]])
        inspects = [one["membership_id"] for one in members if one["role"] == "inspector"]
        spans = inspecting.spans_of(connection, inspects)
        return Session(
            token,
            found["account_id"],
            found["membership_id"],
            found["coop_id"],
            found["role"],
            found["party_id"],
            coops[found["coop_id"]],
            parties.get(found["party_id"]),
            tuple(
                Place(
                    member["membership_id"],
                    coops[member["coop_id"]],
                    member["role"],
                    span_of_row(spans.get(member["membership_id"])),
                )
                for member in members
                if member["coop_id"] in coops
            ),
            span_of_row(spans.get(found["membership_id"])),
        )
