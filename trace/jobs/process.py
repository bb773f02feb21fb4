"""The job process: takes waiting work from the job table, one job at a time.

Killed at any moment it loses nothing: what it was doing waits again when the next process starts,
and labels are made of the same codes into the same file. `serve` starts `run_jobs` in a process of
its own; `run_waiting` does the same work at once, for the command line and tests.
"""

import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from labels.errors import LabelError

from ..capture import jobs
from ..capture.jobs import Job
from ..domain.errors import Problem, QijimuError
from ..domain.label_problems import UNKNOWN, label_problem
from ..query.instances import Instance, open_instance
from ..query.print_jobs import print_work
from .label_sheets import file_name, keep_whole, make_sheets

POLL_SECONDS = 0.4
PROGRESS_SECONDS = 0.5
STALE_SECONDS = 600

log = logging.getLogger("qijimu.jobs")


class Stopped(QijimuError, InterruptedError):
    """The process was asked to end in the middle of a job, which waits for the next one."""


def run_jobs(instance_folder: Path) -> None:
    """Work until told to end (SIGTERM, SIGINT), or until the process that started this is gone."""
    stop = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    parent = os.getppid()
    instance = open_instance(instance_folder)
    try:
        _sweep(instance)
        jobs.resume_interrupted(instance)
        while not stop.is_set() and os.getppid() == parent:
            try:
                if not do_next(instance, stop):
                    stop.wait(POLL_SECONDS)
            except Stopped:
                break
            except Exception:  # a full disk or a locked database passes; the work waits
                log.exception("a job could not be taken or told of")
                stop.wait(POLL_SECONDS * 10)
                jobs.resume_interrupted(instance)
    finally:
        instance.database.close()


def run_waiting(instance: Instance) -> int:
    """Do every waiting job now; returns how many were done or failed."""
    count = 0
    while do_next(instance, threading.Event()):
        count += 1
    return count


def do_next(instance: Instance, stop: threading.Event, job_id: str | None = None) -> bool:
    """Do the oldest waiting job, or this one if it waits. False where there is none."""
    job = jobs.take_job(instance, job_id=job_id)
    if job is None:
        return False
    try:
        result = _WORK[job.kind](instance, job, _teller(instance, job, stop))
    except LabelError as error:
        log.warning("job %s refused: %s", job.job_id, error)
        jobs.fail_job(instance, job, label_problem(error))
    except Stopped:
        raise
    except Exception as error:
        log.exception("job %s failed", job.job_id)
        jobs.fail_job(instance, job, Problem("", UNKNOWN, {"said": type(error).__name__}))
    else:
        jobs.finish_job(instance, job, result)
    return True


def _labels(instance: Instance, job: Job, progress: Callable[[int], None]) -> str:
    work = print_work(instance, job.job_id)
    name = file_name(work)
    keep_whole(instance.jobs_folder / name, make_sheets(work, progress))
    return name


_WORK: dict[str, Callable[[Instance, Job, Callable[[int], None]], str]] = {"labels": _labels}


def _teller(instance: Instance, job: Job, stop: threading.Event) -> Callable[[int], None]:
    """Progress into the job's row, at most twice a second; ends the work when asked to."""
    told_at = time.monotonic()

    def tell(done: int) -> None:
        nonlocal told_at
        if stop.is_set():
            raise Stopped(job.job_id)
        if (now := time.monotonic()) - told_at >= PROGRESS_SECONDS:
            told_at = now
            jobs.report_progress(instance, job, done)

    return tell


def _sweep(instance: Instance) -> None:
    """Remove what killed processes left half written; the command line may be writing just now."""
    for part in instance.jobs_folder.glob(".part-*"):
        if time.time() - part.stat().st_mtime > STALE_SECONDS:
            part.unlink(missing_ok=True)
