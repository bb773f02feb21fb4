"""Correcting: an error declaration strikes a wrong record out; nothing is ever edited.

Which records may be corrected, and when, are the rules of `domain.correcting`.
"""

from dataclasses import dataclass

from ..domain.correcting import (
    DID_NOT_OCCUR,
    INCORRECT_DATA,
    Wrong,
    may_correct,
    may_office_correct,
    may_take_back,
    reason_problems,
)
from ..domain.errors import N_, NotFound, Refused, refuse
from ..domain.event_time import at_minute
from ..domain.events import Event
from ..domain.key_data import OUTPUT
from ..domain.making import Name
from ..domain.roles import require
from ..repository import events, nodes, units
from ..repository.hanging import later_records, wrong_record
from .events import Report, append_event, record_within
from .recording import Actor, Recorder, Recording
from .submissions import Receipt, answer_once

BELOW_LABELS = N_("%(issued)s labels of %(lot)s are issued: the count cannot be smaller than that.")


@dataclass(frozen=True)
class Correction:
    """Which record is wrong, why, in whose words, and what replaces it."""

    wrong: str
    reason: str
    note: str
    replacement: Report | None = None


def correct_event(
    recorder: Recorder, actor: Actor, correction: Correction, submission_id: str
) -> Receipt:
    """Declare a record wrong, and record what replaces it in the same transaction.

    Raises Refused with all problems: nobody corrects without saying why.
    """
    require(actor.role, "correct")
    if problems := reason_problems(correction.reason, correction.note):
        raise Refused(problems)
    with recorder.recording() as recording:
        return answer_once(
            recording,
            actor,
            submission_id,
            correction,
            lambda: correct_within(recording, actor, correction, submission_id),
        )


def take_back(
    recorder: Recorder, actor: Actor, entry_id: str, note: str, submission_id: str
) -> Receipt:
    """Take one's own record back as a slip, moments after writing it; it stays, struck out."""
    require(actor.role, "take_back")
    with recorder.recording() as recording:
        return answer_once(
            recording,
            actor,
            submission_id,
            Correction(entry_id, DID_NOT_OCCUR, note),
            lambda: _take_back(recording, actor, entry_id, note, submission_id),
        )


def _take_back(
    recording: Recording, actor: Actor, entry_id: str, note: str, submission_id: str
) -> Receipt:
    wrong = _wrong(recording, actor, entry_id)
    later = later_records(recording.connection, actor.coop_id, entry_id)
    problems = may_take_back(wrong, actor.party_id, recording.now, later)
    if problems:
        raise Refused(problems)
    first = _declare(recording, actor, entry_id, DID_NOT_OCCUR, note, submission_id)
    return Receipt(submission_id, (first,), record_time=recording.record_time)


def _wrong(recording: Recording, actor: Actor, entry_id: str) -> Wrong:
    wrong = wrong_record(recording.connection, actor.coop_id, entry_id)
    if wrong is None:
        raise NotFound(entry_id)
    return wrong


def _declare(
    recording: Recording, actor: Actor, entry_id: str, reason: str, note: str, submission_id: str
) -> str:
    declaration = Event(
        "error_declaration",
        at_minute(recording.now, recording.zone(actor.coop_id)),
        actor.party_id,
        actor.party_id,
        what={"wrong": entry_id, "declaration_reason": reason},
    )
    return append_event(recording, actor, declaration, note, submission_id)


def correct_within(
    recording: Recording, actor: Actor, correction: Correction, submission_id: str
) -> Receipt:
    """Correct inside an open transaction. Raises Refused with every problem."""
    connection, entry_id = recording.connection, correction.wrong
    wrong = _wrong(recording, actor, entry_id)
    replacement = correction.replacement
    replaced_by = replacement.event_type if replacement else ""
    later = later_records(connection, actor.coop_id, entry_id)
    if actor.role == "inspector":
        problems = may_office_correct(wrong, actor.party_id, replaced_by, later)
    else:
        problems = may_correct(wrong, replaced_by, later)
    if problems:
        raise Refused(problems)
    reason = INCORRECT_DATA if replacement else correction.reason
    first = _declare(recording, actor, entry_id, reason, correction.note, submission_id)
    if replacement is None:
        return Receipt(submission_id, (first,), record_time=recording.record_time)
    names = _names_made(recording, actor, entry_id)
    receipt = record_within(
        recording, actor, replacement, submission_id, replaces=entry_id, names=names
    )
    _check_labels(recording, names)
    return Receipt(
        submission_id,
        (first, *receipt.entry_ids),
        receipt.made,
        receipt.breaches,
        recording.record_time,
    )


def _names_made(recording: Recording, actor: Actor, entry_id: str) -> tuple[Name, ...]:
    """The codes and lot numbers of what a record made: what replaces it makes the same."""
    connection = recording.connection
    told = events.event_by_id(connection, actor.coop_id, entry_id)
    shares = events.shares_of(connection, told["entry_index"]) if told else []
    return tuple(
        Name(one["node_id"], events.lot_number_of(connection, one["node_id"]))
        for one in shares
        if one["role"] == OUTPUT
    )


def _check_labels(recording: Recording, names: tuple[Name, ...]) -> None:
    """Labels never exceed the packed quantity, of a corrected lot neither. Raises Refused."""
    connection = recording.connection
    for name in names:
        key = nodes.node_key(connection, name.code)
        issued = units.alive_count(connection, key)
        if issued > (nodes.packed_quantity(connection, key) or 0):
            label = N_("How many were packed")
            raise refuse("packed_quantity", BELOW_LABELS, label, issued=issued, lot=name.lot_number)
