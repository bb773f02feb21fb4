"""Who works in a co-op: members with role and devices, open invitations, parties to invite."""

from dataclasses import dataclass
from datetime import UTC, datetime

from ..domain.roles import ROLES
from ..repository import declared, people
from ..repository.declared import Declared
from ..repository.instance import Instance


@dataclass(frozen=True)
class Member:
    """A membership: who, in which role, since when, on how many devices signed in now."""

    membership_id: str
    account_id: str
    party: Declared | None
    role: str
    since: datetime
    ended: datetime | None
    devices: int
    last_sign_in: datetime | None


@dataclass(frozen=True)
class Open:
    """An invitation that still works."""

    party: Declared | None
    role: str
    expires: datetime


@dataclass(frozen=True)
class People:
    """Everybody of a co-op's desk: those who work here, those who did, and who is invited."""

    members: tuple[Member, ...]
    former: tuple[Member, ...]
    invited: tuple[Open, ...]


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def people_of(instance: Instance, coop_id: str, now: datetime) -> People:
    """The people of one co-op, by role and then in the order they came."""
    stamp = now.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"
    with instance.database.reading() as connection:
        rows = people.memberships_in(connection, coop_id)
        invitations = people.open_invitations(connection, coop_id, stamp)
        parties = declared.by_ids(
            connection, "party", [one["party_id"] for one in (*rows, *invitations)]
        )
    members = [
        Member(
            row["membership_id"],
            row["account_id"],
            parties.get(row["party_id"]),
            row["role"],
            datetime.fromisoformat(row["created_at"]),
            _moment(row["ended_at"]),
            row["open_sessions"],
            _moment(row["last_session"]),
        )
        for row in rows
    ]
    order = list(ROLES)
    members.sort(key=lambda one: order.index(one.role), reverse=False)
    return People(
        tuple(one for one in members if one.ended is None),
        tuple(one for one in members if one.ended is not None),
        tuple(
            Open(
                parties.get(row["party_id"]),
                row["role"],
                datetime.fromisoformat(row["expires_at"]),
            )
            for row in invitations
        ),
    )
