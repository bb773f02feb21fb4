"""Saying what an input was that somebody used and our list did not know.

The record as it was told stays, struck out, beside the one that names the input; the hold on the
plantings ends, and the waiting time of what was used is judged like that of any other spraying.
"""

import json
from dataclasses import dataclass, replace

from ..domain.correcting import INCORRECT_DATA
from ..domain.errors import N_, NotFound, refuse
from ..domain.roles import require
from ..domain.standing import UNLISTED_INPUT_USED
from ..repository import declared, events
from .as_recorded import report_of
from .correcting import Correction, correct_within
from .recording import Actor, Recorder, Recording
from .submissions import Receipt, answer_once

ALREADY_NAMED = N_("Somebody has already said what this was.")
NOT_LISTED = N_("Choose the input from the list.")


@dataclass(frozen=True)
class Identification:
    """Which record used something unknown, which listed input it was, and how we know."""

    record: str
    input_id: str
    note: str = ""


def identify_input(
    recorder: Recorder, actor: Actor, said: Identification, submission_id: str
) -> Receipt:
    """Name the listed input of a spraying or fertilising. Raises Refused, NotFound."""
    require(actor.role, "correct")
    with recorder.recording() as recording:
        return answer_once(
            recording,
            actor,
            submission_id,
            said,
            lambda: _identify(recording, actor, said, submission_id),
        )


def _identify(
    recording: Recording, actor: Actor, said: Identification, submission_id: str
) -> Receipt:
    connection = recording.connection
    event = events.event_by_id(connection, actor.coop_id, said.record)
    if event is None or UNLISTED_INPUT_USED not in json.loads(event["breaches"]):
        raise NotFound(said.record)
    if event["declared_wrong_by"]:
        raise refuse("input", ALREADY_NAMED)
    if not declared.existing_ids(connection, actor.coop_id, "input", [said.input_id]):
        raise refuse("input", NOT_LISTED, N_("What it was"))
    told = report_of(connection, event)
    named = replace(told, sent=dict(told.sent) | {"input": said.input_id})
    correction = Correction(said.record, INCORRECT_DATA, said.note, named)
    return correct_within(recording, actor, correction, submission_id)
