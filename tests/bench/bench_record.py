"""Recording one event, and verifying a whole ledger, each beside its rival in the same run.

    python tests/bench/bench_record.py [--small]

An event is validated, projected, put into the tree, signed and durable when its receipt comes back.
Its rival is one bare row of the same size in the same kind of database with synchronous=FULL.
Verifying has hashing the same bytes as its rival.
"""

import argparse
import platform
import statistics
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.capture.small_farm import SmallFarm, make_farm  # noqa: E402 - after sys.path
from trace.repository import ledger  # noqa: E402 - after sys.path
from trace.repository.database import connect, sqlite_version  # noqa: E402 - after sys.path
from trace.repository.ledger_verification import verify_ledger  # noqa: E402 - after sys.path


def capture_times(farm: SmallFarm, planting: str, count: int) -> list[float]:
    """Seconds for each of so many waterings, one transaction each."""
    times = []
    for _ in range(count):
        begun = time.perf_counter()
        farm.record("irrigation", {"plantings": [planting], "method": "drip"}, "grower")
        times.append(time.perf_counter() - begun)
    return times


def bare_times(path: Path, body: bytes, count: int) -> list[float]:
    """Seconds for each of so many bare inserts of a body, one transaction each, FULL."""
    connection = connect(path)
    connection.execute("CREATE TABLE IF NOT EXISTS bare(number INTEGER PRIMARY KEY, body BLOB)")
    times = []
    for _ in range(count):
        begun = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO bare(body) VALUES(?)", (body,))
        connection.execute("COMMIT")
        times.append(time.perf_counter() - begun)
    connection.close()
    return times


def main() -> None:
    """Print medians and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a short run, for correctness only")
    count = 60 if parser.parse_args().small else 1500
    with tempfile.TemporaryDirectory() as folder:
        farm = make_farm(Path(folder))
        planting = farm.plant()
        capture_times(farm, planting, 20)
        with farm.instance.database.reading() as connection:
            body = max((bytes(entry.body) for entry in ledger.iterate_entries(connection)), key=len)
        captured, bare = [], []
        for _ in range(5):  # in turns, so that a drifting machine touches both alike
            captured += capture_times(farm, planting, count // 5)
            bare += bare_times(Path(folder) / "bare.db", body, count // 5)
        ours, rival = statistics.median(captured) * 1000, statistics.median(bare) * 1000
        version = ".".join(map(str, sqlite_version()))
        print(f"{platform.machine()}, Python {platform.python_version()}, SQLite {version}")
        print(f"capture of one event, {count} of each, body {len(body)} bytes")
        print(f"  ours {ours:.3f} ms, a bare insert with FULL {rival:.3f} ms (medians)")
        print(f"  ratio {ours / rival:.2f}, {ours - rival:.3f} ms more (goal: <= 3, or <= 0.3 ms)")
        _verification(farm)


def _verification(farm: SmallFarm) -> None:
    with farm.instance.database.reading() as connection:
        bodies = [bytes(entry.body) for entry in ledger.iterate_entries(connection)]
        ours, rival = [], []
        for _ in range(3):
            begun = time.perf_counter()
            verdict = verify_ledger(connection, farm.instance.verifier_key, every_detail=False)
            ours.append(time.perf_counter() - begun)
            begun = time.perf_counter()
            for body in bodies:
                sha256(body).digest()
            rival.append(time.perf_counter() - begun)
    if not verdict.is_whole:
        raise SystemExit(f"the ledger of the benchmark is not whole: {verdict.fault}")
    ratio = statistics.median(ours) / statistics.median(rival)
    print(f"verify of {len(bodies)} entries, roots and newest signature")
    print(
        f"  {statistics.median(ours) * 1000:.1f} ms, hashing {statistics.median(rival) * 1000:.2f}"
    )
    print(f"  ratio {ratio:.1f} (goal: <= 4)")


if __name__ == "__main__":
    main()
