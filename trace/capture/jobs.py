"""The job table's deeds: taken, told how far it is, finished, failed, asked for again.

Each is one short transaction, so that recording never waits for slow work.
"""

import json
from dataclasses import dataclass

from ..domain.errors import NotFound, Problem, Refused
from ..domain.roles import require
from ..domain.standing import may_be_labelled
from ..repository import jobs, units
from ..repository.database import Connection
from ..repository.instance import Instance
from ..repository.standing import facts_of
from .recording import Actor, Clock, Recorder, format_time, system_clock


@dataclass(frozen=True)
class Job:
    """Work that was taken: its id and kind."""

    job_id: str
    kind: str


def resume_interrupted(instance: Instance) -> None:
    """What a process left unfinished when it died waits again; call before taking any."""
    with instance.database.writing() as connection:
        jobs.resume_interrupted(connection)


def take_job(
    instance: Instance, clock: Clock = system_clock, *, job_id: str | None = None
) -> Job | None:
    """Take the oldest waiting job, or this one if it waits; None where there is none.

    Looks before it writes, so that an idle process leaves the disk alone.
    """
    with instance.database.reading() as connection:
        if not jobs.has_waiting(connection):
            return None
    with instance.database.writing() as connection:
        started_at = format_time(clock())
        if job_id is None:
            found = jobs.next_job(connection, started_at)
        else:
            found = jobs.take_waiting(connection, job_id, started_at)
        return Job(found["job_id"], found["kind"]) if found else None


def report_progress(instance: Instance, job: Job, done: int) -> None:
    """How many of the job's total are done."""
    with instance.database.writing() as connection:
        jobs.report_progress(connection, job.job_id, done)


def finish_job(instance: Instance, job: Job, result: str, clock: Clock = system_clock) -> None:
    """The work is done; `result` names its file in the jobs folder, which is there already."""
    with instance.database.writing() as connection:
        jobs.finish_job(connection, job.job_id, result, format_time(clock()))


def fail_job(instance: Instance, job: Job, problem: Problem, clock: Clock = system_clock) -> None:
    """The work could not be done, and why."""
    told = {
        "field": problem.field,
        "message": problem.message,
        "values": dict(problem.values),
        "label": problem.label,
    }
    text = json.dumps(told, ensure_ascii=False, sort_keys=True)
    with instance.database.writing() as connection:
        jobs.fail_job(connection, job.job_id, text, format_time(clock()))


def fetching_problems(instance: Instance, job_id: str) -> list[Problem]:
    """Why labels that are issued may not be put on paper now: their lot is held or recalled."""
    with instance.database.reading() as connection:
        return _stopped(connection, job_id)


def _stopped(connection: Connection, job_id: str) -> list[Problem]:
    found = units.print_job(connection, job_id)
    if found is None:
        return []
    facts = facts_of(connection, [found["node_id"]])
    return [problem for one in facts.values() for problem in may_be_labelled(one)]


def print_again(recorder: Recorder, actor: Actor, job_id: str) -> None:
    """Make the PDF of labels already issued once more, with the same codes.

    Raises NotFound, and Refused where their lot has been held or recalled since.
    """
    require(actor.role, "print_labels")
    with recorder.instance.database.writing() as connection:
        found = jobs.job(connection, job_id)
        if found is None or found["coop_id"] != actor.coop_id or found["kind"] != "labels":
            raise NotFound(job_id)
        if problems := _stopped(connection, job_id):
            raise Refused(problems)
        jobs.ask_again(connection, job_id)
