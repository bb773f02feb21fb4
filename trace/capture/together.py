"""Several reports of one form, all or none: a morning's samples are one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..domain.errors import Problem, Refused
from ..domain.roles import require
from .events import Report, deed_of, record_within
from .recording import Actor, Recorder, Recording, new_id
from .submissions import Made, Receipt, answer_once

SHARED = ("when", "performed_by", "photos", "note", "method")
"""Fields that all reports of one form have in common: what is wrong with them is said once."""


@dataclass(frozen=True)
class Together:
    """The reports, in the order of their rows."""

    reports: tuple[Report, ...]


def record_together(
    recorder: Recorder, actor: Actor, reports: Sequence[Report], submission_id: str
) -> Receipt:
    """Record all of them or nothing; the receipt names an entry for each, in their order.

    Raises Refused with every problem of every report; a field that belongs to one of them comes
    back as `1.results-0-result`, the number being that of the report, from 0.
    """
    for report in reports:
        require(actor.role, deed_of(report))
    submission_id = submission_id or new_id()
    together = Together(tuple(reports))
    with recorder.recording() as recording:
        return answer_once(
            recording,
            actor,
            submission_id,
            together,
            lambda: _all_or_none(recording, actor, together, submission_id),
        )


def _all_or_none(
    recording: Recording, actor: Actor, together: Together, submission_id: str
) -> Receipt:
    receipts, problems = list[Receipt](), list[Problem]()
    for number, report in enumerate(together.reports):
        try:
            receipts.append(record_within(recording, actor, report, submission_id))
        except Refused as refused:
            found = [_placed(number, one) for one in refused.problems]
            problems += [one for one in found if one not in problems]
    if problems:
        raise Refused(problems)  # what was written before is rolled back with the transaction
    made: tuple[Made, ...] = tuple(one for receipt in receipts for one in receipt.made)
    entries = tuple(one for receipt in receipts for one in receipt.entry_ids)
    broken = tuple(dict.fromkeys(one for receipt in receipts for one in receipt.breaches))
    return Receipt(submission_id, entries, made, broken, recording.record_time)


def _placed(number: int, problem: Problem) -> Problem:
    if problem.field in SHARED:
        return problem
    return replace(problem, field=f"{number}.{problem.field}")
