"""Holding goods on suspicion with one tap: two managers who do the same do it once."""

import json

from ..domain.holds import SUSPICION
from ..domain.roles import require
from ..repository import coop_records
from .events import Report, record_within
from .recording import Actor, Recorder
from .submissions import Receipt, answer_once


def hold_on_suspicion(
    recorder: Recorder, actor: Actor, report: Report, submission_id: str
) -> Receipt:
    """Hold what the report names; a hold of the same reason that still stands answers for it.

    Another reason is another hold: each has to be lifted. Raises Refused with all problems.
    """
    require(actor.role, "hold")
    with recorder.recording() as recording:
        subjects = {str(one) for one in report.sent.get("subjects", ())}
        reason = " ".join(str(report.sent.get("reason", "")).split())
        for row in coop_records.open_holds_of(recording.connection, actor.coop_id):
            is_same = row["rule"] == SUSPICION and subjects == {row["node_id"]}
            if is_same and json.loads(row["what"]).get("reason") == reason:
                return Receipt(submission_id, (row["entry_id"],), is_repeat=True)
        return answer_once(
            recording,
            actor,
            submission_id,
            report,
            lambda: record_within(recording, actor, report, submission_id),
        )
