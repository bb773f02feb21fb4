"""Correcting: an error declaration strikes a wrong record out; nothing is ever edited.

A recall is never undone by a correction (TRUST promise 5).
"""

from dataclasses import dataclass

from ..domain.errors import N_, NotFound, refuse
from ..domain.event_time import at_minute
from ..domain.events import Event
from ..domain.key_data import OUTPUT
from ..domain.making import Name
from ..domain.roles import require
from ..repository import events, nodes, units
from .events import Report, append_event, record_within
from .recording import Actor, Recorder, Recording
from .submissions import Receipt, answer_once

NEVER_CORRECTED = ("error_declaration", "recall", "recall_closed", "labels_issued")
MAY_NOT = N_("A record of this kind cannot be corrected.")
OFFICE = N_("An office's inspection is corrected by the office alone.")
ALREADY = N_("This record was already corrected.")
USED_SINCE = N_(
    "Something was recorded with %(lot)s since. Correct that first, or give new values here."
)
OTHER_KIND = N_("A record is replaced by one of the same kind.")
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
    """Declare a record wrong, and record what replaces it in the same transaction."""
    require(actor.role, "correct")
    with recorder.recording() as recording:
        return answer_once(
            recording,
            actor,
            submission_id,
            correction,
            lambda: _correct(recording, actor, correction, submission_id),
        )


def _correct(
    recording: Recording, actor: Actor, correction: Correction, submission_id: str
) -> Receipt:
    connection = recording.connection
    wrong = events.event_by_id(connection, actor.coop_id, correction.wrong)
    if wrong is None:
        raise NotFound(correction.wrong)
    if wrong["event_type"] in NEVER_CORRECTED:
        raise refuse("wrong", MAY_NOT)
    if events.is_vouched_by_office(connection, wrong["entry_index"]):
        raise refuse("wrong", OFFICE)
    if wrong["declared_wrong_by"]:
        raise refuse("wrong", ALREADY)
    replacement = correction.replacement
    if replacement and replacement.event_type != wrong["event_type"]:
        raise refuse("wrong", OTHER_KIND)
    made = [
        share
        for share in events.shares_of(connection, wrong["entry_index"])
        if share["role"] == OUTPUT
    ]
    used = [one for one in made if nodes.is_used(connection, one["node_key"])]
    if used and not replacement:
        lots = ", ".join(_lot_number(recording, one["node_id"]) or one["node_id"] for one in used)
        raise refuse("wrong", USED_SINCE, lot=lots)
    declaration = Event(
        "error_declaration",
        at_minute(recording.now, recording.zone(actor.coop_id)),
        actor.party_id,
        actor.party_id,
        what={
            "wrong": correction.wrong,
            "declaration_reason": "incorrect_data" if replacement else correction.reason,
        },
    )
    first = append_event(recording, actor, declaration, correction.note, submission_id)
    if replacement is None:
        return Receipt(submission_id, (first,), record_time=recording.record_time)
    names = tuple(Name(one["node_id"], _lot_number(recording, one["node_id"])) for one in made)
    receipt = record_within(
        recording, actor, replacement, submission_id, replaces=correction.wrong, names=names
    )
    _check_labels(recording, names)
    return Receipt(
        submission_id,
        (first, *receipt.entry_ids),
        receipt.made,
        receipt.breaches,
        recording.record_time,
    )


def _check_labels(recording: Recording, names: tuple[Name, ...]) -> None:
    """Labels never exceed the packed quantity, of a corrected lot neither. Raises Refused."""
    connection = recording.connection
    for name in names:
        key = nodes.node_key(connection, name.code)
        issued = units.issued_count(connection, key)
        if issued > (nodes.packed_quantity(connection, key) or 0):
            label = N_("How many were packed")
            raise refuse("packed_quantity", BELOW_LABELS, label, issued=issued, lot=name.lot_number)


def _lot_number(recording: Recording, node_id: str) -> str:
    return events.lot_number_of(recording.connection, node_id)
