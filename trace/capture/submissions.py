"""Answering a submission once: repeats get the first answer, a changed body goes to the inbox."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from ..domain.errors import N_
from ..repository import events
from .recording import Actor, Recording

SAME_ID_OTHER_BODY = N_("The same number was used for another record.")


@dataclass(frozen=True)
class Made:
    """A node that came out of an event."""

    node_id: str
    kind: str
    lot_number: str


@dataclass(frozen=True)
class Receipt:
    """The answer to a submission: entries, what they made; `in_inbox` where it waits for help."""

    submission_id: str
    entry_ids: tuple[str, ...] = ()
    made: tuple[Made, ...] = ()
    breaches: tuple[str, ...] = ()
    record_time: str = ""
    in_inbox: bool = False
    is_repeat: bool = False


def _read_receipt(answer: dict[str, Any]) -> Receipt:
    return Receipt(
        answer["submission_id"],
        tuple(answer["entry_ids"]),
        tuple(Made(**one) for one in answer["made"]),
        tuple(answer["breaches"]),
        answer["record_time"],
        is_repeat=True,
    )


def answer_once(
    recording: Recording,
    actor: Actor,
    submission_id: str,
    body: Any,
    deed: Callable[[], Receipt],
) -> Receipt:
    """Do the deed the first time this id comes, and give its answer ever after."""
    text = json.dumps(asdict(body), ensure_ascii=False, sort_keys=True, default=str)
    body_hash = sha256(text.encode()).hexdigest()
    before = events.answered(recording.connection, actor.coop_id, submission_id)
    if before and before[0] == body_hash:
        return _read_receipt(before[1])
    if before:
        events.keep_in_inbox(
            recording.connection,
            actor.coop_id,
            submission_id,
            actor.account_id,
            text,
            [SAME_ID_OTHER_BODY],
            recording.record_time,
        )
        return Receipt(submission_id, record_time=recording.record_time, in_inbox=True)
    receipt = deed()
    events.keep_answer(
        recording.connection,
        actor.coop_id,
        submission_id,
        body_hash,
        asdict(receipt),
        recording.record_time,
    )
    return receipt
