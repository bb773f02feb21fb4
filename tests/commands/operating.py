"""Ways to run the program as an operator does: in this process, or as a process of its own."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from click.testing import CliRunner, Result

from tests.environment.needs import ROOT
from trace.commands import main
from trace.web.settings import NAMES

SECONDS = 30


def run(*arguments: object) -> Result:
    """Run a command in this process; stdout and stderr are kept apart."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def environment(folder: Path, **more: str) -> dict[str, str]:
    """An environment with one instance and no other setting of ours."""
    kept = {key: value for key, value in os.environ.items() if key not in (*NAMES, "PYTHONPATH")}
    return kept | {"QIJIMU_INSTANCE": str(folder)} | more


def command(*arguments: str) -> list[str]:
    """The command line that runs the program from any folder, without the folder's modules."""
    return [sys.executable, "-P", str(ROOT / "run.py"), *arguments]


@contextmanager
def serving(
    cwd: Path, environ: dict[str, str], *arguments: str, program: list[str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A server in a process group of its own, once it answers; killed at the end if still there."""
    with (cwd / "stdout").open("wb") as stdout, (cwd / "stderr").open("wb") as stderr:
        process = subprocess.Popen(
            program or command(*arguments or ("serve",)),
            cwd=cwd,
            env=environ,
            start_new_session=True,
            stdout=stdout,
            stderr=stderr,
        )
    try:
        wait_for(f"http://127.0.0.1:{environ['PORT']}/healthz", process, cwd)
        yield process
    finally:
        if living_group(process.pid):
            os.killpg(process.pid, 9)
        process.wait()


def wait_for(url: str, process: subprocess.Popen[bytes], cwd: Path) -> None:
    """Wait until a page answers; fails with what the server said."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            get(url)
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError((cwd / "stderr").read_text("utf-8"))


def get(url: str) -> tuple[int, str]:
    """Status and text of a page."""
    with urllib.request.urlopen(url, timeout=SECONDS) as answer:
        return answer.status, answer.read().decode("utf-8")


def living_group(group: int) -> list[str]:
    """The processes of a group that are not dead yet."""
    listed = subprocess.run(
        ["ps", "-A", "-ww", "-o", "pgid=,stat=,args="],
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout
    found = [line.split(None, 2) for line in listed.splitlines()]
    return [one[2] for one in found if one[0] == str(group) and not one[1].startswith("Z")]


def wait_for_nobody(group: int) -> list[str]:
    """The processes of a group that are still there after a while."""
    end = time.monotonic() + SECONDS
    while (left := living_group(group)) and time.monotonic() < end:
        time.sleep(0.05)
    return left


def run_apart(environ: dict[str, str], *arguments: str) -> str:
    """Run a command as a process of its own; its stdout. A failure fails the test."""
    answer = subprocess.run(
        command(*arguments), env=environ, capture_output=True, encoding="utf-8", timeout=SECONDS
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout
