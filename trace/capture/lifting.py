"""Lifting a hold that stood on suspicion; other holds end by what put them right."""

from ..domain.errors import NotFound, Refused
from ..domain.holds import may_lift
from ..domain.roles import require
from ..repository import coop_records, holds
from .events import Report, record_within
from .recording import Actor, Recorder, Recording
from .submissions import Receipt, answer_once


def lift_hold(
    recorder: Recorder, actor: Actor, hold: str, reason: str, submission_id: str
) -> Receipt:
    """Lift one hold of this co-op by its entry id. Raises Refused where a rule holds the goods.

    Two managers lifting at once lift once: the second gets the first one's entry.
    """
    require(actor.role, "hold")
    report = Report("hold_lifted", {"hold": hold, "reason": reason})
    with recorder.recording() as recording:
        return answer_once(
            recording, actor, submission_id, report, lambda: _lift(recording, actor, report,
                                                                   submission_id)
        )  # fmt: skip


def _lift(recording: Recording, actor: Actor, report: Report, submission_id: str) -> Receipt:
    standing = {
        row["entry_id"]: str(row["rule"])
        for row in coop_records.open_holds_of(recording.connection, actor.coop_id)
    }
    rule = standing.get(str(report.sent["hold"]))
    if rule is None:
        hold = str(report.sent["hold"])
        ended = holds.lifted_already(recording.connection, actor.coop_id, hold)
        if ended is None:
            raise NotFound(hold)
        return Receipt(submission_id, (ended,), is_repeat=True)
    if problems := may_lift(rule):
        raise Refused(problems)
    return record_within(recording, actor, report, submission_id)
