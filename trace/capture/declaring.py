"""Declaring what a co-op has and is: each version an entry of the ledger."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from ..domain.declared import NOUNS, fields
from ..domain.declared_check import check_declared
from ..domain.errors import NotAllowed, NotFound, Problem, Refused
from ..domain.event_check import UNKNOWN, Known, as_list
from ..domain.events import VERSION
from ..domain.roles import require
from ..repository import declared
from ..repository.database import Connection
from .consigning import with_coop
from .recording import Actor, Recorder, Recording, new_id


def declare(
    recorder: Recorder,
    actor: Actor,
    noun: str,
    sent: Mapping[str, Any],
    noun_id: str | None = None,
    *,
    retired: bool = False,
) -> str:
    """Declare a noun anew, or a new version of it; its id. Raises Refused with all problems."""
    require(actor.role, "declare")
    if noun == "coop" and noun_id != actor.coop_id:
        raise NotAllowed("a manager declares their own co-op and no other")
    with recorder.recording() as recording:
        return declare_within(
            recording,
            actor.coop_id,
            noun,
            sent,
            noun_id,
            retired=retired,
            declared_by=actor.party_id,
        )


def declare_within(
    recording: Recording,
    coop_id: str,
    noun: str,
    sent: Mapping[str, Any],
    noun_id: str | None = None,
    *,
    retired: bool = False,
    declared_by: str = "",
) -> str:
    """The same inside an open transaction, for deeds that declare on the way.

    `declared_by` is the party that did it, empty where it was the operator.
    """
    connection = recording.connection
    known = Known(ids=_existing(connection, coop_id, noun, sent, noun_id))
    wrong: list[Problem] = []
    if noun == "party":
        sent, wrong = with_coop(recording, coop_id, sent)
        known = Known(known.nodes, {**known.ids, "coop": frozenset({str(sent.get("coop_id"))})})
    public, private, problems = check_declared(noun, sent, known)
    problems += wrong
    if "time_zone" in public and not _is_time_zone(public["time_zone"]):
        field = fields(noun)["time_zone"]
        problems.append(Problem(field.name, UNKNOWN, {"given": public["time_zone"]}, field.label))
    if problems:
        raise Refused(problems)
    version = 1
    if noun_id is not None:
        before = declared.by_ids(connection, noun, [noun_id]).get(noun_id)
        if before is None and noun != "coop":
            raise NotFound(noun_id)
        if before is not None:
            if before.coop_id != coop_id:
                raise NotAllowed(f"{noun} {noun_id} belongs to another co-op")
            version = before.version + 1
    body: dict[str, Any] = {
        "v": VERSION,
        "kind": "declared",
        "noun": noun,
        "id": noun_id or new_id(),
        "version": version,
        "fields": public,
    }
    if retired:
        body["retired"] = True
    if declared_by:
        body["declared_by"] = declared_by
    recording.append(coop_id, body, private)
    return str(body["id"])


def _existing(
    connection: Connection, coop_id: str, noun: str, sent: Mapping[str, Any], noun_id: str | None
) -> dict[str, frozenset[str]]:
    """Which of the ids that are named are this co-op's; a list may keep what was retired since."""
    before = declared.one_of(connection, coop_id, noun, noun_id) if noun_id else None
    ids: dict[str, frozenset[str]] = {}
    for field in NOUNS[noun]:
        named = field.lists or field.kind
        if named in NOUNS:
            given = [str(one) for one in as_list(sent.get(field.name))]
            kept = set(before.fields.get(field.name) or ()) if before and field.lists else set()
            found = declared.existing_ids(connection, coop_id, named, given)
            ids[named] = ids.get(named, frozenset()) | found | kept
    return ids


def _is_time_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):  # unknown, no name at all, the name of a folder
        return False
    return True
