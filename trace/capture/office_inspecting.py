"""What an office does beside reading: asks what would be refused, and corrects what it signed."""

from ..domain.roles import require
from .correcting import Correction, correct_within
from .events import Report, deed_of, record_within
from .recording import Actor, Recorder
from .submissions import Receipt, answer_once


class _Rehearsed(Exception):
    """Ends a rehearsal: everything it wrote is rolled back."""


def rehearse_event(recorder: Recorder, actor: Actor, report: Report) -> None:
    """Go through with a report and write nothing. Raises Refused with every problem."""
    require(actor.role, deed_of(report))
    try:
        with recorder.recording() as recording:
            record_within(recording, actor, report, "")
            raise _Rehearsed
    except _Rehearsed:
        return


def correct_own_inspection(
    recorder: Recorder, actor: Actor, correction: Correction, submission_id: str
) -> Receipt:
    """An office strikes out an inspection it signed, and signs what replaces it with it."""
    require(actor.role, "correct_own_inspection")
    with recorder.recording() as recording:
        return answer_once(
            recording,
            actor,
            submission_id,
            correction,
            lambda: correct_within(recording, actor, correction, submission_id),
        )
