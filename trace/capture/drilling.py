"""A timed recall drill: it asks like a recall and changes nothing in the record."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ..domain.drill import STEPS
from ..domain.errors import N_, NotFound, Problem, Refused, refuse
from ..domain.event_check import read_key_data
from ..domain.recall_causes import AskedCause, cause_problems
from ..domain.roles import require
from ..repository import drills, recalls
from .recording import Actor, Recorder, Recording, new_id
from .submissions import Receipt, answer_once

NO_SUCH_STEP = N_("%(given)s is not a step of the drill.")
OVER = N_("This drill is finished; its report stays as it is.")


@dataclass(frozen=True)
class Figures:
    """What a drill found: counts, the share of the goods accounted for in per cent, and names."""

    lots: int
    labels: int
    share: str | None
    customers: int
    without_phone: tuple[str, ...]
    sold_without_name: int


def start_drill(recorder: Recorder, actor: Actor, asked: AskedCause, submission_id: str) -> str:
    """Start the watch for this cause; the drill's id. A double click starts one drill.

    Raises Refused with the problems a recall of this cause would have.
    """
    require(actor.role, "recall")
    drill_id = new_id()
    with recorder.recording() as recording:
        receipt = answer_once(
            recording,
            actor,
            submission_id,
            asked,
            lambda: _start(recording, actor, asked, submission_id, drill_id),
        )
    return receipt.entry_ids[0]


def _start(
    recording: Recording, actor: Actor, asked: AskedCause, submission_id: str, drill_id: str
) -> Receipt:
    connection = recording.connection
    causes = recalls.nodes_asked(connection, actor.coop_id, asked)
    known = recalls.known_to(connection, actor.coop_id, asked, causes)
    sent: dict[str, Any] = asked.stated | {"causes": causes, "reason": "drill"}
    read = read_key_data("recall", sent, known).problems
    if problems := cause_problems(asked, known.nodes, read):
        raise Refused(problems)
    drills.add_drill(
        connection,
        drill_id=drill_id,
        coop_id=actor.coop_id,
        asked=asdict(asked),
        started_at=recording.record_time,
        started_by=actor.party_id,
    )
    return Receipt(submission_id, (drill_id,), record_time=recording.record_time)


def tick_steps(recorder: Recorder, actor: Actor, drill_id: str, done: Mapping[str, bool]) -> None:
    """Say of each of these steps whether it is done; the time of the first tick counts."""
    require(actor.role, "recall")
    if wrong := [Problem("steps", NO_SUCH_STEP, {"given": one[:40]}) for one in done
                 if one not in STEPS]:  # fmt: skip
        raise Refused(wrong)
    with recorder.recording() as recording:
        _running(recording, actor, drill_id)
        for step, is_done in done.items():
            if is_done:
                drills.tick(
                    recording.connection, drill_id, step, recording.record_time, actor.party_id
                )
            else:
                drills.untick(recording.connection, drill_id, step)


def finish_drill(recorder: Recorder, actor: Actor, drill_id: str, figures: Figures) -> None:
    """Stop the watch and keep the report; a drill that is finished stays as it was."""
    require(actor.role, "recall")
    with recorder.recording() as recording:
        found = drills.drill_by_id(recording.connection, actor.coop_id, drill_id)
        if found is None:
            raise NotFound(drill_id)
        drills.finish(
            recording.connection,
            drill_id,
            recording.record_time,
            actor.party_id,
            json.dumps(asdict(figures), ensure_ascii=False, sort_keys=True),
        )


def _running(recording: Recording, actor: Actor, drill_id: str) -> None:
    found = drills.drill_by_id(recording.connection, actor.coop_id, drill_id)
    if found is None:
        raise NotFound(drill_id)
    if found["finished_at"]:
        raise refuse("", OVER)
