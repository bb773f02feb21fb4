"""The shopper's page rendered each time, beside a bare Flask "hello" in the same run.

    python tests/bench/bench_scan.py [--small]

Both are called as WSGI applications in this process, without a server; the goal is a ratio of 0.15.
Also printed: the page's size as it travels, compressed with gzip level 6 (goal: at most 30 kB).
"""

import argparse
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import flask  # noqa: E402 - after sys.path

from tests import seasons  # noqa: E402 - after sys.path
from trace.capture.recording import Recorder  # noqa: E402 - after sys.path
from trace.repository.database import sqlite_version  # noqa: E402 - after sys.path
from trace.web import create_app  # noqa: E402 - after sys.path
from trace.web.access import House  # noqa: E402 - after sys.path
from trace.web.settings import Settings  # noqa: E402 - after sys.path

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)
ROUNDS = 7


def environ(path: str) -> dict[str, Any]:
    """What a server hands to the application for one scan by a phone."""
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "HTTP_ACCEPT_ENCODING": "gzip",
        "HTTP_ACCEPT_LANGUAGE": "zh-CN,zh;q=0.9",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": None,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }


def call(app: Callable[..., Iterable[bytes]], path: str) -> tuple[str, bytes]:
    """One request: the status line and the whole body."""
    lines: list[str] = []
    body = app(environ(path), lambda line, _headers, *_more: lines.append(line))
    content = b"".join(body)
    close = getattr(body, "close", None)
    if close:
        close()
    return lines[0], content


def seconds(app: Callable[..., Iterable[bytes]], path: str, count: int) -> float:
    """Median seconds of one call."""
    times = []
    for _ in range(count):
        begun = time.perf_counter()
        call(app, path)
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def hello() -> flask.Flask:
    """The rival: Flask with one view that says hello."""
    app = flask.Flask("hello")
    app.add_url_rule("/", view_func=lambda: "hello")
    return app


def main() -> None:
    """Print medians, ratio and size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a short run, for correctness only")
    count, rounds = (20, 1) if parser.parse_args().small else (300, ROUNDS)
    with tempfile.TemporaryDirectory() as folder:
        season = seasons.begin(Path(folder))
        seasons.cucumbers(season)
        app = create_app(Settings(Path(folder)))
        app.extensions["house"] = House(season.instance, Recorder(season.instance, lambda: NOW))
        path = f"/T/{season.ids['label']}"
        status, page = call(app.wsgi_app, path)
        if status != "200 OK":
            raise SystemExit(f"the page answered {status}")
        rival = hello()
        pairs = []
        for _ in range(rounds):
            bare = seconds(rival.wsgi_app, "/", count * 3)
            pairs.append((bare, seconds(app.wsgi_app, path, count)))
        season.instance.database.close()
    bare, rendered = (statistics.median(times) for times in zip(*pairs, strict=True))
    sqlite = ".".join(map(str, sqlite_version()))
    print(f"Python {platform.python_version()}, SQLite {sqlite}, {platform.machine()}")
    print(f"bare Flask hello: {bare * 1e6:.0f} µs; shopper's page: {rendered * 1e6:.0f} µs")
    print(f"ratio: {bare / rendered:.3f} (goal 0.15)")
    print(f"page as it travels: {len(page)} bytes (goal 30000)")


if __name__ == "__main__":
    main()
