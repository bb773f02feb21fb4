"""People: co-ops and their first manager, invitations, sessions.

An invitation is a link that works once within 24 hours; using it enrols the device for 180 days.
A new invitation for the same party and role joins the same account, so a lost phone loses nothing.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any

from ..domain.errors import N_, NotAllowed, NotFound, refuse
from ..domain.reading_span import UNLIMITED, Span
from ..domain.roles import ROLES, require
from ..repository import declared, inspecting, people
from .declaring import declare_within
from .recording import Actor, Recorder, Recording, format_time, new_id

INVITATION_LIVES = timedelta(hours=24)
SESSION_LIVES = timedelta(days=180)
OPERATOR = "operator"
INSPECTOR = "inspector"

USED = N_("This invitation was already used. Ask the manager for a new one.")
EXPIRED = N_("This invitation is older than 24 hours. Ask the manager for a new one.")
UNKNOWN_INVITATION = N_("This invitation is not known. Ask the manager for a new one.")
NO_SUCH_ROLE = N_("%(given)s is not a role.")


def token_hash(token: str) -> str:
    """What is stored of a token of 256 random bits."""
    return sha256(token.encode()).hexdigest()


@dataclass(frozen=True)
class NewSession:
    """A device that was just signed in: the token goes into its cookie and nowhere else."""

    token: str
    membership_id: str
    role: str


def found_coop(
    recorder: Recorder, fields: Mapping[str, Any], manager: Mapping[str, Any]
) -> tuple[str, str]:
    """Declare a co-op and its first manager's party; returns the co-op id and that party's id."""
    coop_id = new_id()
    with recorder.recording() as recording:
        declare_within(recording, coop_id, "coop", fields, coop_id)
        party_id = declare_within(recording, coop_id, "party", {"kind": "person"} | dict(manager))
    return coop_id, party_id


def invite(
    recorder: Recorder, actor: Actor, role: str, party_id: str, span: Span = UNLIMITED
) -> str:
    """A manager invites a party of the co-op; returns the token of the link.

    `span` limits an inspector to days; other roles have none.
    """
    require(actor.role, "invite")
    return invite_as_operator(recorder, actor.coop_id, role, party_id, actor.account_id, span)


def invite_as_operator(
    recorder: Recorder,
    coop_id: str,
    role: str,
    party_id: str,
    invited_by: str | None = None,
    span: Span = UNLIMITED,
) -> str:
    """Make an invitation without being signed in, from the command line."""
    if role not in ROLES:
        raise refuse("role", NO_SUCH_ROLE, given=role)
    token = secrets.token_urlsafe(32)
    with recorder.recording() as recording:
        if declared.one_of(recording.connection, coop_id, "party", party_id) is None:
            raise NotFound(party_id)
        people.add_invitation(
            recording.connection,
            token_hash=token_hash(token),
            coop_id=coop_id,
            role=role,
            party_id=party_id,
            invited_by=invited_by,
            created_at=recording.record_time,
            expires_at=format_time(recording.now + INVITATION_LIVES),
        )
        if role == INSPECTOR and span.is_limited:
            first, last = (day.isoformat() if day else None for day in (span.first, span.last))
            inspecting.set_invitation_span(recording.connection, token_hash(token), first, last)
    return token


def accept_invitation(
    recorder: Recorder, token: str, device: str, inspector: str | None = None
) -> NewSession:
    """Use an invitation up and sign this device in. Raises Refused: unknown, used or expired.

    `inspector` is the account of the inspector whose device this is: another co-op's invitation
    for an inspector joins it, so that he can change between the two.
    """
    hashed = token_hash(token)
    with recorder.recording() as recording:
        connection = recording.connection
        found = people.invitation(connection, hashed)
        if found is None:
            raise refuse("invitation", UNKNOWN_INVITATION)
        if found["used_at"]:
            raise refuse("invitation", USED)
        if found["expires_at"] <= recording.record_time:
            raise refuse("invitation", EXPIRED)
        role, coop_id, party_id = found["role"], found["coop_id"], found["party_id"]
        member = people.membership_as(connection, coop_id, role, party_id)
        if member:
            account_id, membership_id = member["account_id"], member["membership_id"]
        else:
            joined = inspector if role == INSPECTOR else None
            account_id, membership_id = joined or new_id(), new_id()
            if joined is None:
                people.add_account(connection, account_id, recording.record_time)
            people.add_membership(
                connection,
                membership_id=membership_id,
                account_id=account_id,
                coop_id=coop_id,
                role=role,
                party_id=party_id,
                created_at=recording.record_time,
            )
        if role == INSPECTOR:
            inspecting.hand_on_span(connection, hashed, membership_id)
        people.use_invitation(connection, hashed, account_id, recording.record_time)
        return _open_session(recording, account_id, membership_id, role, device)


def _open_session(
    recording: Recording, account_id: str, membership_id: str, role: str, device: str
) -> NewSession:
    token = secrets.token_urlsafe(32)
    people.add_session(
        recording.connection,
        token_hash=token_hash(token),
        account_id=account_id,
        membership_id=membership_id,
        device=device[:200],
        created_at=recording.record_time,
        expires_at=format_time(recording.now + SESSION_LIVES),
    )
    return NewSession(token, membership_id, role)


def sign_in_as(recorder: Recorder, membership_id: str, device: str) -> NewSession:
    """Sign in as an example person. Refused outside an example instance."""
    if not recorder.instance.is_example:
        raise NotAllowed("only an example instance signs anybody in without an invitation")
    with recorder.recording() as recording:
        member = people.membership(recording.connection, membership_id)
        if member is None or member["ended_at"]:
            raise NotFound(membership_id)
        return _open_session(recording, member["account_id"], membership_id, member["role"], device)


def sign_out(recorder: Recorder, token: str) -> None:
    """Revoke this device's session."""
    with recorder.recording() as recording:
        people.revoke_session(recording.connection, token_hash(token), recording.record_time)


def choose_coop(recorder: Recorder, token: str, membership_id: str) -> None:
    """Let the session act in another of the account's memberships."""
    with recorder.recording() as recording:
        connection = recording.connection
        session = people.session(connection, token_hash(token))
        member = people.membership(connection, membership_id)
        if not session or not member or member["account_id"] != session["account_id"]:
            raise NotFound(membership_id)
        if member["ended_at"]:
            raise NotFound(membership_id)
        people.choose_membership(connection, token_hash(token), membership_id)


def end_membership(recorder: Recorder, actor: Actor, membership_id: str) -> None:
    """A manager ends somebody's membership; that person's devices are signed out at once."""
    require(actor.role, "manage_people")
    with recorder.recording() as recording:
        member = people.membership(recording.connection, membership_id)
        if member is None or member["coop_id"] != actor.coop_id:
            raise NotFound(membership_id)
        people.end_membership(recording.connection, membership_id, recording.record_time)


def sign_out_everywhere(recorder: Recorder, actor: Actor, account_id: str) -> None:
    """A manager signs all devices of one of the co-op's accounts out, as after a stolen phone."""
    require(actor.role, "manage_people")
    with recorder.recording() as recording:
        members = people.memberships_of(recording.connection, account_id)
        if not any(member["coop_id"] == actor.coop_id for member in members):
            raise NotFound(account_id)
        people.revoke_account(recording.connection, account_id, recording.record_time)
