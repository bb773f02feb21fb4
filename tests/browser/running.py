"""A real server on a real example, as `make run` starts it, for what a person does in a browser."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Running:
    """A server that answers: its address, its instance, and what `example --json` said."""

    base: str
    instance: Path
    environ: dict[str, str]
    links: dict[str, Any]

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the program against the same instance."""
        return _command(self.environ, *words)

    def fresh_links(self) -> dict[str, Any]:
        """New invitations, and the lots as they stand."""
        return _links(self.environ)

    def sign_in(self, context: BrowserContext, role: str) -> Page:
        """Open a fresh invitation of this role and press its button."""
        page = context.new_page()
        page.goto(self.fresh_links()["invitations"][role])
        page.locator("main form button").first.click()
        page.wait_for_url(lambda address: "/invitation/" not in address)
        return page


def phone(chromium: Browser, language: str = "zh", width: int = 360) -> BrowserContext:
    """A phone's window, without animations."""
    return chromium.new_context(
        viewport={"width": width, "height": 640},
        locale="zh-CN" if language == "zh" else "en-GB",
        reduced_motion="reduce",
    )


@contextmanager
def running_example(folder: Path) -> Iterator[Running]:
    """Initialise an instance, load the example, and serve it until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environ |= {"QIJIMU_INSTANCE": str(folder / "instance"), "PORT": str(port)}
    _command(environ, "init")
    links = _links(environ)
    server = subprocess.Popen(
        [sys.executable, str(ROOT / "run.py"), "serve"],
        env=environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    base = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{base}/readyz", server)
        yield Running(base, folder / "instance", environ, links)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)


def _command(environ: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, str(ROOT / "run.py"), *words],
        env=environ,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if done.returncode:
        raise AssertionError(f"run.py {' '.join(words)}: {done.stderr[-2000:]}")
    return done


def _links(environ: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_command(environ, "example", "--json").stdout)
    return found


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        if server.poll() is not None:
            raise AssertionError(f"the server stopped with {server.returncode}")
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"no answer from {address}")
