"""The manager's search over 100 000 records, beside folding and comparing every note in memory.

    python tests/bench/bench_search.py [--small]

The records stand as rows beside a real small farm: a third with a note, every fiftieth with
words of its own. The rival reads every note and every word once and looks for the same in
Python, reading included.
"""

import argparse
import json
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.capture.small_farm import SmallFarm, make_farm  # noqa: E402 - after sys.path
from trace.domain.searching import has_words, words_of  # noqa: E402 - after sys.path
from trace.query.desk_due import due  # noqa: E402 - after sys.path
from trace.query.field_calendar import field_calendar  # noqa: E402 - after sys.path
from trace.query.searching import search  # noqa: E402 - after sys.path
from trace.repository import nodes  # noqa: E402 - after sys.path

BEGIN = datetime(2026, 3, 2, tzinfo=UTC)
ASKED = ("背阴面", "没有这个词", "白粉病 背阴", "zzz", "ＨＧ", "浇水")


def fill(farm: SmallFarm, plantings: list[str], count: int) -> None:
    """So many waterings, every fiftieth a spraying, on these plantings in turn, as rows."""
    with farm.instance.database.writing() as connection:
        first = connection.execute("SELECT MAX(entry_index) AS n FROM entry").fetchone()["n"] + 1
        keys = list(nodes.node_keys(connection, plantings).values())
        entries, events, shares, notes = [], [], [], []
        for at in range(count):
            moment = BEGIN + timedelta(minutes=5 * at)
            text = moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
            entry_id, index = f"E{at:015d}", first + at
            kind = "spraying" if at % 50 == 0 else "irrigation"
            what = {"target": f"蚜虫 {at}"} if kind == "spraying" else {"method": "drip"}
            who = farm.ids["grower"]
            entries.append((index, entry_id, farm.coop_id, text, b"{}", bytes(32)))
            events.append((
                index, entry_id, farm.coop_id, kind, moment.isoformat(), text, text[:10], "minute",
                text, 0, who, who, f"s{at}", json.dumps(what, ensure_ascii=False),
            ))  # fmt: skip
            shares.append((keys[at % len(keys)]["node_key"], index, "subject"))
            if at % 3 == 0:
                notes.append((entry_id, "note", bytes(32), f"第{at}次浇水，水够了"))
        connection.executemany("INSERT INTO entry VALUES(?,?,?,?,?,?)", entries)
        connection.executemany(
            "INSERT INTO event(entry_index, entry_id, coop_id, event_type, event_time, event_utc,"
            " event_date, precision, record_time, is_late, performed_by, recorded_by,"
            " submission_id, what) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            events,
        )
        connection.executemany(
            "INSERT INTO event_node(node_key, entry_index, role) VALUES(?,?,?)", shares
        )
        connection.executemany("INSERT INTO private_value VALUES(?,?,?,?)", notes)


def in_memory(farm: SmallFarm, typed: str) -> int:
    """How many records hold the words, by reading all of them."""
    with farm.instance.database.reading() as connection:
        found = connection.execute(
            "SELECT e.what, v.value FROM event e LEFT JOIN private_value v"
            " ON v.entry_id = e.entry_id AND v.path = 'note' WHERE e.coop_id = ?",
            (farm.coop_id,),
        ).fetchall()
    words = words_of(typed)
    return sum(
        has_words([*map(str, json.loads(one["what"]).values()), one["value"] or ""], words)
        for one in found
    )


def seconds(deed: Callable[[], object], times: int = 3) -> float:
    """The shortest of some runs."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        deed()
        taken.append(time.perf_counter() - begun)
    return min(taken)


def main() -> None:
    """Print seconds and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a short run, for correctness only")
    count = 500 if parser.parse_args().small else 100_000
    with tempfile.TemporaryDirectory() as folder:
        farm = make_farm(Path(folder))
        farm.now = BEGIN
        planting, lot = farm.plant(), farm.buy_pesticide()
        sent = {"plantings": [planting], "input_lot": lot, "amount": "30", "target": "白粉病"}
        farm.record("spraying", sent, "grower", note="背阴面打了两遍")
        farm.harvest(planting)
        fill(farm, [planting, *(farm.plant() for _ in range(99))], count)
        farm.now = BEGIN + timedelta(minutes=5 * count)
        today = farm.now.date()
        print(f"{platform.machine()}, Python {platform.python_version()}, {count} records")
        for typed in ASKED:
            ours = seconds(lambda: search(farm.instance, farm.coop_id, typed))  # noqa: B023 - at once
            rival = seconds(lambda: in_memory(farm, typed), 1)  # noqa: B023 - at once
            print(f"  {typed}: {ours:.3f} s, in memory {rival:.3f} s, ratio {ours / rival:.2f}")
        print("  goal: <= 0.3 s each")
        days = (today - timedelta(days=35), today + timedelta(days=20))
        desk = seconds(lambda: due(farm.instance, farm.coop_id, farm.now, today))
        drawn = seconds(lambda: field_calendar(farm.instance, farm.coop_id, None, days, today))
        print(f"what is due {desk:.3f} s, the calendar {drawn:.3f} s (goal: <= 1 s each)")


if __name__ == "__main__":
    main()
