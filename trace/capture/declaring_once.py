"""Declaring out of a form: a double click makes one version, and an invitation one party."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..domain.roles import require
from .declaring import declare_within
from .recording import Actor, Recorder, Recording
from .submissions import Made, Receipt, answer_once


@dataclass(frozen=True)
class Declaration:
    """What a form declares: a noun anew, or a version of the one named; `retired` ends it."""

    noun: str
    sent: Mapping[str, Any]
    noun_id: str | None = None
    retired: bool = False


def declare_once(
    recorder: Recorder, actor: Actor, declaration: Declaration, submission_id: str
) -> str:
    """Declare, or answer a repeat with the first answer; the noun's id.

    Raises Refused with all problems, NotFound, NotAllowed.
    """
    require(actor.role, "declare")
    with recorder.recording() as recording:
        receipt = answer_once(
            recording,
            actor,
            submission_id,
            declaration,
            lambda: _declare(recording, actor, declaration, submission_id),
        )
    return receipt.made[0].node_id if receipt.made else declaration.noun_id or ""


def _declare(
    recording: Recording, actor: Actor, declaration: Declaration, submission_id: str
) -> Receipt:
    noun_id = declare_within(
        recording,
        actor.coop_id,
        declaration.noun,
        declaration.sent,
        declaration.noun_id,
        retired=declaration.retired,
        declared_by=actor.party_id,
    )
    made = Made(noun_id, declaration.noun, "")
    return Receipt(submission_id, (), (made,), record_time=recording.record_time)
