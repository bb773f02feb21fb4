"""Recalling: from causes forward through everything made from them, over co-ops and packages.

The recall's entry holds the count and hash of its closure; what is linked to the closure later is
recalled too, since a page asks for recalls on all its ancestors.
"""

from dataclasses import dataclass
from hashlib import sha256

from ..domain.errors import Refused
from ..domain.event_check import read_key_data
from ..domain.event_time import at_minute
from ..domain.events import Event
from ..domain.roles import require
from ..repository import nodes
from .events import append_event
from .gathering import gather
from .recording import Actor, Recorder, Recording
from .submissions import Receipt, answer_once


@dataclass(frozen=True)
class RecallOrder:
    """What is recalled, why, and what buyers should do; causes are node ids."""

    causes: tuple[str, ...]
    reason: str
    advice: str = ""
    note: str = ""
    reason_en: str = ""
    advice_en: str = ""


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
    sent = {
        "causes": list(order.causes),
        "reason": order.reason,
        "reason_en": order.reason_en,
        "advice": order.advice,
        "advice_en": order.advice_en,
    }
    reading = read_key_data("recall", sent, gather(recording, actor, "recall", sent))
    if reading.problems:
        raise Refused(reading.problems)
    connection = recording.connection
    keys = [nodes.node_key(connection, share.node_id) for share in reading.shares]
    closure = nodes.node_ids(connection, nodes.forward_closure(connection, keys))
    what = reading.what | {
        "closure_count": len(closure),
        "closure_hash": sha256("\n".join(closure).encode()).hexdigest(),
    }
    event = Event(
        "recall",
        at_minute(recording.now, recording.zone(actor.coop_id)),
        actor.party_id,
        actor.party_id,
        tuple(reading.shares),
        what=what,
    )
    entry_id = append_event(recording, actor, event, order.note, submission_id)
    return Receipt(submission_id, (entry_id,), record_time=recording.record_time)
