"""Recalling: from causes forward through everything made from them, over co-ops and packages.

The recall's entry holds how it was asked, the nodes that meant, and the count and hash of its
closure; what is linked to the closure later is recalled too, since a page asks for recalls on all
its ancestors.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from ..domain.errors import NotFound, Refused
from ..domain.event_check import read_key_data
from ..domain.event_time import at_minute
from ..domain.events import Event
from ..domain.recall_causes import AskedCause, cause_problems
from ..domain.roles import require
from ..repository import lineage, nodes, recalls
from .events import Report, append_event, record_within
from .recording import Actor, Recorder, Recording
from .submissions import Receipt, answer_once


@dataclass(frozen=True)
class RecallOrder:
    """What is recalled, why, and what buyers should do.

    `causes` are node ids, of the kind `cause_kind` where that is given; the kinds plot_days and
    inspection are looked up from `plots` and days, or from `inspection`, when it is recorded.
    """

    causes: tuple[str, ...]
    reason: str
    advice: str = ""
    note: str = ""
    reason_en: str = ""
    advice_en: str = ""
    cause_kind: str = ""
    plots: tuple[str, ...] = ()
    from_day: str = ""
    until_day: str = ""
    inspection: str = ""

    @property
    def asked(self) -> AskedCause:
        """The cause alone."""
        return AskedCause(
            self.cause_kind,
            self.causes,
            self.plots,
            self.from_day,
            self.until_day,
            self.inspection,
        )


def recall(recorder: Recorder, actor: Actor, order: RecallOrder, submission_id: str) -> Receipt:
    """Recall everything made from the causes, now. Raises Refused with all problems."""
    require(actor.role, "recall")
    with recorder.recording() as recording:
        return answer_once(
            recording,
            actor,
            submission_id,
            order,
            lambda: _recall(recording, actor, order, submission_id),
        )


def _recall(recording: Recording, actor: Actor, order: RecallOrder, submission_id: str) -> Receipt:
    connection, asked = recording.connection, order.asked
    causes = recalls.nodes_asked(connection, actor.coop_id, asked)
    known = recalls.known_to(connection, actor.coop_id, asked, causes)
    sent: dict[str, Any] = asked.stated | {
        "causes": causes,
        "reason": order.reason,
        "reason_en": order.reason_en,
        "advice": order.advice,
        "advice_en": order.advice_en,
    }
    reading = read_key_data("recall", sent, known)
    if problems := cause_problems(asked, known.nodes, reading.problems):
        raise Refused(problems)
    keys = [nodes.node_key(connection, share.node_id) for share in reading.shares]
    closure = lineage.closure_of(connection, keys)
    what = reading.what | {
        "closure_count": len(closure.ids),
        "closure_hash": sha256("\n".join(sorted(closure.ids.values())).encode()).hexdigest(),
    }
    event = Event(
        "recall",
        at_minute(recording.now, recording.zone(actor.coop_id)),
        actor.party_id,
        actor.party_id,
        tuple(reading.shares),
        what=what,
    )
    entry_id = append_event(recording, actor, event, order.note, submission_id, closure)
    return Receipt(submission_id, (entry_id,), record_time=recording.record_time)


def close_recall(
    recorder: Recorder,
    actor: Actor,
    recall_id: str,
    reason: str,
    submission_id: str,
    reason_en: str = "",
) -> Receipt:
    """Close a recall of ours with what came of it; one that is closed stays as it was closed.

    Two managers closing at once make one closing: the second gets the first one's entry.
    """
    require(actor.role, "recall")
    sent = {"recall": recall_id, "reason": reason, "reason_en": reason_en}
    report = Report("recall_closed", sent)
    with recorder.recording() as recording:
        found = recalls.recall_by_id(recording.connection, recall_id)
        if found is None or found["coop_id"] != actor.coop_id:
            raise NotFound(recall_id)
        if found["closed_by"]:
            return Receipt(submission_id, (found["closed_by"],), is_repeat=True)
        return answer_once(
            recording,
            actor,
            submission_id,
            report,
            lambda: record_within(recording, actor, report, submission_id),
        )
