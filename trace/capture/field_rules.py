"""Judging field work when it is recorded: what the input was, and whether picking had waited.

What is known of an input at its use, and the list it was judged by, are kept in the record: later
lists and declarations change nothing that was recorded.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ..domain.banned import banned_among, names_of_input
from ..domain.errors import N_, Problem
from ..domain.event_time import MINUTE, Happened
from ..domain.events import Event
from ..domain.key_data import INPUT, PESTICIDE34, PLANTING, SUBJECT
from ..domain.standing import (
    BANNED_INPUT_USED,
    PICKED_TOO_EARLY,
    UNLISTED_INPUT_USED,
    NodeFacts,
)
from ..repository import declared, events, growing, ledger, nodes
from ..repository.banned import banned_list
from ..repository.declared import Declared
from .recording import Recording

PESTICIDE_IS_SPRAYED = N_(
    "%(input)s is a pesticide: write it down as spraying, so that its waiting time counts."
)
USES = ("spraying", "fertilising")
STATED = ("pre_harvest_interval_days", "registration_number", "ingredients")
"""What a spraying keeps of the pesticide as our list had it that day."""


def stated(
    recording: Recording,
    event_type: str,
    what: Mapping[str, Any],
    facts: Mapping[str, NodeFacts],
    on: date,
) -> dict[str, Any]:
    """What an event says, with what our lists say of the input on the day of its use."""
    said = dict(what)
    if event_type not in (*USES, "planting"):
        return said
    listed = _listed(recording, what, facts)
    if listed:
        said["input"] = listed.id
        if event_type == "spraying":
            said |= {name: listed.fields[name] for name in STATED if name in listed.fields}
    if event_type in USES:
        names = [str(said.get("input_name", ""))]
        names += names_of_input(listed.fields) if listed else []
        banned = banned_among(names, banned_list(recording.connection), on)
        if banned:
            said["banned"] = [one.as_stated() for one in banned]
    return said


def input_problems(
    recording: Recording, event_type: str, what: Mapping[str, Any], facts: Mapping[str, NodeFacts]
) -> list[Problem]:
    """A pesticide is never told as fertiliser, however it was applied: nobody would wait for it."""
    if event_type != "fertilising":
        return []
    listed = _listed(recording, what, facts)
    if listed is None or listed.text("kind") != "pesticide":
        return []
    place = "input" if "input" in what else "input_lot"
    said = {"input": listed.text("name")}
    return [Problem(place, PESTICIDE_IS_SPRAYED, said, N_("Fertiliser"), PESTICIDE34)]


def _listed(
    recording: Recording, what: Mapping[str, Any], facts: Mapping[str, NodeFacts]
) -> Declared | None:
    """The input of our list: that of the lot that was used, or the one that was named."""
    used = [one.input_id for one in facts.values() if one.input_id]
    input_id = used[0] if used else str(what.get("input", ""))
    return declared.by_ids(recording.connection, "input", [input_id]).get(input_id)


def field_breaches(recording: Recording, coop_id: str, event: Event) -> set[str]:
    """What the field's rules say of an event that is about to be written."""
    found = set()
    if event.event_type in USES:
        if event.what.get("banned"):
            found.add(BANNED_INPUT_USED)
        elif not event.what.get("input"):
            found.add(UNLISTED_INPUT_USED)
    if _is_too_early(recording, coop_id, event):
        found.add(PICKED_TOO_EARLY)
    return found


def _is_too_early(recording: Recording, coop_id: str, event: Event) -> bool:
    """Whether this picking did not wait, or this spraying shows that one before had not."""
    connection, role = recording.connection, SUBJECT if event.event_type == "spraying" else INPUT
    plantings = _plantings(recording, event, role)
    if not plantings:
        return False
    now = Happened(
        event.event_time.date,
        event.event_time.moment if event.event_time.precision == MINUTE else None,
        _place(recording, coop_id, event),
    )
    if event.event_type == "spraying":
        spraying = growing.spraying_of(now.on, dict(event.what))
        taken = growing.takings_from(connection, plantings)
        sprayed = [growing.Sprayed(now.place, one, spraying, now) for one in plantings]
    else:
        sprayed = growing.sprayings_of(connection, plantings)
        taken = [growing.Taken(one, now.place, now) for one in plantings]
    return any(
        one.planting_key == picking.planting_key and growing.did_not_wait(one, picking)
        for one in sprayed
        for picking in taken
    )


def _place(recording: Recording, coop_id: str, event: Event) -> int:
    """Where the event stands among the records: last, or where what it replaces stands."""
    connection = recording.connection
    found = event.replaces and events.event_by_id(connection, coop_id, event.replaces)
    return growing.first_place(connection, found) if found else ledger.size(connection)


def _plantings(recording: Recording, event: Event, role: str) -> list[int]:
    found = nodes.node_keys(recording.connection, [one.node_id for one in event.of_role(role)])
    return [one["node_key"] for one in found.values() if one["kind"] == PLANTING]
