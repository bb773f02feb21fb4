"""What runs in the web server's own process; imported there by name, so it stays small."""

import logging
import os
import signal
import threading
from multiprocessing import parent_process
from pathlib import Path

from flask import Flask

from ..repository.instance import open_instance
from ..web.settings import Settings
from ..web.wsgi import make_app

STOP_SECONDS = 10

log = logging.getLogger("qijimu.jobs")


def load(settings: Settings, *, with_jobs: bool) -> Flask:
    """The application for these settings; with the jobs in a thread of this one writing process."""
    end_with_parent()
    app = make_app(settings)
    if with_jobs:
        threading.Thread(target=_work, args=(settings.instance,), name="jobs", daemon=True).start()
    return app


def _work(folder: Path) -> None:
    """Do the instance's jobs for as long as the server lives."""
    from ..capture.jobs import resume_interrupted
    from ..jobs.process import POLL_SECONDS, run_waiting

    instance = open_instance(folder)
    pause = threading.Event()
    while True:
        try:
            resume_interrupted(instance)
            while True:
                run_waiting(instance)
                pause.wait(POLL_SECONDS)
        except Exception:  # a full disk or a locked database passes; the work waits
            log.exception("a job could not be taken or told of")
            pause.wait(POLL_SECONDS * 10)


def end_with_parent() -> None:
    """End this process when its parent says so, or soon after it was killed outright.

    Ctrl-C reaches the whole group: here it is left to the parent, since the server's own worker
    hangs when a second signal comes while it handles the first (4 times in 9, measured).
    """
    parent = parent_process()
    if parent is None:
        return
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # and in all threads begun from here

    def watch() -> None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
        threading.Event().wait(STOP_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, name="end-with-parent", daemon=True).start()
