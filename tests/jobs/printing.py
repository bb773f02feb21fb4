"""A small farm with a tested, packed lot, and labels issued for it."""

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path

from tests.capture.small_farm import SmallFarm
from tests.environment.needs import ROOT
from trace.capture.labelling import LabelOrder, issue_labels
from trace.query.label_text import label_words

BASE = "https://q.example.org"
RUN = (
    "import sys; from pathlib import Path; from trace.jobs.process import run_jobs;"
    " run_jobs(Path(sys.argv[1]))"
)


def labelled_lot(farm: SmallFarm, count: int = 240) -> str:
    """A packed lot that may be labelled; its code."""
    planting = farm.plant()
    farm.wait(days=70)
    harvest = farm.harvest(planting, str(count))
    farm.rapid_test(harvest)
    return farm.pack(harvest, str(count // 2), str(count))


def issue(
    farm: SmallFarm, lot: str, quantity: int, stock: str = "a4-24", first_cell: int = 1
) -> str:
    """Issue labels of a lot; the id of their print job."""
    order = LabelOrder(lot, stock, quantity, BASE, label_words(farm.instance, lot), first_cell)
    return issue_labels(farm.recorder, farm.actor("packer"), order, str(uuid.uuid4())).submission_id


def job_process(folder: Path) -> subprocess.Popen[bytes]:
    """The job process as `serve` would start it."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, "-c", RUN, str(folder)], cwd=ROOT, env=environment)


def wait_for(truth: Callable[[], bool], seconds: float = 20.0) -> None:
    """Wait until something is true; fails after so many seconds."""
    until = time.monotonic() + seconds
    while not truth():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.02)


def end(process: subprocess.Popen[bytes], how: int = signal.SIGTERM) -> float:
    """End a process; how long it took, in seconds."""
    started = time.monotonic()
    process.send_signal(how)
    process.wait(timeout=20)
    return time.monotonic() - started
