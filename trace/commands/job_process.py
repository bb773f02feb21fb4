"""The job process: started with the server, begun anew when it dies, ended with the server."""

import multiprocessing
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from pathlib import Path

from .server_process import STOP_SECONDS, end_with_parent
from .surroundings import say

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
"""Seconds before a job process that died is begun anew; doubled each time it dies again."""


def work(folder: Path) -> None:
    """Do the instance's jobs until told to stop; the server's requests come first."""
    os.nice(5)
    end_with_parent()
    from ..jobs.process import run_jobs  # the server's main process has no use for what it draws in

    run_jobs(folder)


@contextmanager
def jobs_in_a_process(folder: Path) -> Iterator[None]:
    """Keep a job process at work for as long as the context lasts."""
    told, tell = multiprocessing.Pipe(duplex=False)
    keeper = threading.Thread(target=_keep_at_work, args=(folder, told), name="jobs")
    keeper.start()
    try:
        yield
    finally:
        tell.close()
        keeper.join()
        told.close()


def _keep_at_work(folder: Path, told: Connection) -> None:
    pause = FIRST_PAUSE
    while True:
        process = multiprocessing.get_context("spawn").Process(
            target=work, args=(folder,), name="qijimu-jobs", daemon=True
        )
        process.start()
        if told in wait([process.sentinel, told]):
            process.terminate()
            process.join(STOP_SECONDS)
            if process.is_alive():
                process.kill()
                process.join()
            return
        process.join()
        say(f"The job process ended with code {process.exitcode}; it is begun anew.")
        if wait([told], pause):
            return
        pause = min(pause * 2, LONGEST_PAUSE)
