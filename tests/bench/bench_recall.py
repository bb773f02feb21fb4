"""Recalling from one cause, beside plain breadth-first search in memory in the same run.

    python tests/bench/bench_recall.py [--small]

The record is 200,000 lots and 600,000 links of twenty co-ops: plantings sprayed over a season,
pickings, packings, lots merged and repacked, packages, and a lot of pesticide that one co-op bought
and the others received of it. Ours is the whole deed: the closure, the hash of its ids, every
revision raised, the recall and its entry signed and durable. The rival reads every link from the
same file into a dict of lists and walks it with a deque, without dates, hash or any writing.
"""

import argparse
import platform
import random
import statistics
import sys
import tempfile
import time
import uuid
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.capture.small_farm import SmallFarm, make_farm  # noqa: E402 - after sys.path
from trace.capture.recalling import RecallOrder, recall  # noqa: E402 - after sys.path
from trace.repository import lineage  # noqa: E402 - after sys.path
from trace.repository.database import Connection, connect, sqlite_version  # noqa: E402 - after sys.path

COOPS = 20
FIRST_DAY = date(2026, 1, 10)
SEASON = 240
ROUNDS = 7

Link = tuple[int, int, int, int]
"""Child, parent, enters_on, leaves_on."""


def number(day: int) -> int:
    """A day of the season as lineage has it."""
    return lineage.day_number((FIRST_DAY + timedelta(days=day)).isoformat())


@dataclass
class Record:
    """The rows of a made-up season, in the order of their making."""

    scale: float
    chance: random.Random = field(default_factory=lambda: random.Random(20260110))
    nodes: list[tuple[int, str, str]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    everywhere: int = 0
    once: int = 0

    def node(self, coop: int, kind: str) -> int:
        """A new node of a co-op; its key."""
        key = len(self.nodes) + 1
        self.nodes.append((key, kind, f"coop-{coop:02}"))
        return key

    def made(self, coop: int, kind: str, parents: Iterable[int]) -> int:
        """A lot or package that holds these lots."""
        key = self.node(coop, kind)
        self.links += [
            (key, parent, lineage.FIRST_DAY, lineage.LAST_DAY) for parent in set(parents)
        ]
        return key

    def many(self, count: int) -> int:
        """So many a co-op at full size, at this one."""
        return max(3, round(count * self.scale))

    def grow(self) -> "Record":
        """Twenty co-ops, each with a season of its own."""
        self.everywhere = self.node(0, "input_lot")
        self.once = self.node(0, "input_lot")
        for coop in range(COOPS):
            inputs = [self.made(coop, "input_lot", [self.everywhere])]
            inputs += [self.node(coop, "input_lot") for _ in range(40)]
            plantings = [self.node(coop, "planting") for _ in range(self.many(400))]
            for planting in plantings:
                self.spray(planting, inputs[0], self.chance.randrange(20, 60))
                for _ in range(19):
                    self.spray(planting, self.chance.choice(inputs[1:]), self.chance.randrange(200))
            if not coop:
                self.spray(plantings[0], self.once, 50)
            self.pick_and_pack(coop, plantings)
        return self

    def spray(self, planting: int, input_lot: int, day: int) -> None:
        """A day's spraying of one planting."""
        self.links.append((planting, input_lot, number(day), lineage.LAST_DAY))

    def pick_and_pack(self, coop: int, plantings: list[int]) -> None:
        """What is picked is packed within days; later lots are merged, repacked, put in boxes."""
        chance, picked, packed = self.chance, list[int](), list[int]()
        total = self.many(4500)
        for place in range(total):
            day = 50 + place * 190 // total
            lot = self.node(coop, "lot")
            for planting in chance.sample(plantings, chance.choice((1, 1, 2))):
                self.links.append((lot, planting, lineage.FIRST_DAY, number(day)))
            picked.append(lot)
            for _ in range(4000 * (place + 1) // 4500 - 4000 * place // 4500):
                packed.append(
                    self.made(coop, "lot", chance.choices(picked[-12:], k=chance.randrange(1, 5)))
                )
            if place % 6 == 5:
                some = chance.choices(packed[-30:], k=chance.randrange(2, 9))
                packed.append(self.made(coop, "lot", some))
            if place % 6 == 2:
                some = chance.choices(packed[-30:], k=chance.randrange(2, 8))
                self.made(coop, "package", some)

    def lot_rows(self) -> Iterator[tuple[Any, ...]]:
        """The rows of table lot."""
        for key, kind, coop in self.nodes:
            if kind != "planting":
                yield key, coop, f"L-{key}", f"CODE{key:012}", "packing", "10", "kg", "2026-05-01"

    def write(self, connection: Connection, coop_id: str) -> None:
        """Into the projections, as what is recorded would be; the first co-op is the farm's."""
        chance = self.chance
        own = {"coop-00": coop_id}
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            "INSERT INTO node(node_key, node_id, coop_id, kind, entry_index) VALUES(?,?,?,?,0)",
            (
                (key, f"{chance.getrandbits(64):016X}", own.get(coop, coop), kind)
                for key, kind, coop in self.nodes
            ),
        )
        connection.executemany(
            "INSERT INTO planting(node_key, coop_id, plot_id, product_id, variety, started_on)"
            " VALUES(?,?,'plot','product','variety','2026-01-10')",
            ((key, own.get(coop, coop)) for key, kind, coop in self.nodes if kind == "planting"),
        )
        connection.executemany(
            "INSERT INTO lot(node_key, coop_id, lot_number, code, made_by, quantity, unit, made_on)"
            " VALUES(?,?,?,?,?,?,?,?)",
            self.lot_rows(),
        )
        connection.executemany(
            "INSERT INTO lineage(child_key, parent_key, entry_index, taken_at, quantity, unit,"
            " enters_on, leaves_on) VALUES(?,?,?,'2026-05-01T04:00:00.000+00:00','10','kg',?,?)",
            (
                (child, parent, place, enters, leaves)
                for place, (child, parent, enters, leaves) in enumerate(self.links)
            ),
        )
        connection.execute("COMMIT")

    def reached(self, cause: int) -> int:
        """How many nodes a search that knows the dates finds: to check the deed by."""
        children: dict[int, list[Link]] = {}
        for link in self.links:
            children.setdefault(link[1], []).append(link)
        seen, waiting = {(cause, 0)}, deque([(cause, 0)])
        while waiting:
            node, since = waiting.popleft()
            for child, _, enters, leaves in children.get(node, ()):
                if leaves >= since and (child, enters) not in seen:
                    seen.add((child, enters))
                    waiting.append((child, enters))
        return len({node for node, _ in seen})


def breadth_first(path: Path, cause: int) -> tuple[float, int]:
    """Seconds of reading every link and searching in memory, and how many nodes that reaches."""
    connection = connect(path)
    connection.row_factory = None
    begun = time.perf_counter()
    children: dict[int, list[int]] = {}
    for parent, child in connection.execute("SELECT parent_key, child_key FROM lineage"):
        children.setdefault(parent, []).append(child)
    seen, waiting = {cause}, deque([cause])
    while waiting:
        for child in children.get(waiting.popleft(), ()):
            if child not in seen:
                seen.add(child)
                waiting.append(child)
    taken = time.perf_counter() - begun
    connection.close()
    return taken, len(seen)


def deed(farm: SmallFarm, cause: str) -> float:
    """Seconds of one recall, from the order to its signed and durable entry."""
    begun = time.perf_counter()
    recall(farm.recorder, farm.actor(), RecallOrder((cause,), "坏药"), str(uuid.uuid4()))
    return time.perf_counter() - begun


def walk(connection: Connection, cause: int) -> tuple[float, int]:
    """Seconds of the closure alone, and how many nodes it has."""
    begun = time.perf_counter()
    closure = lineage.closure_of(connection, [cause])
    return time.perf_counter() - begun, len(closure.ids)


def measure(farm: SmallFarm, record: Record, cause: int, rounds: int) -> None:
    """Print the medians of one cause."""
    connection, path = farm.instance.database.connection, farm.instance.database.path
    cause_id = connection.execute(
        "SELECT node_id FROM node WHERE node_key = ?", (cause,)
    ).fetchone()["node_id"]
    times = []
    for _ in range(rounds):  # in turns, so that a drifting machine touches all alike
        rival, plain = breadth_first(path, cause)
        walked, reached = walk(connection, cause)
        times.append((rival, walked, deed(farm, cause_id)))
    if reached != record.reached(cause):
        raise SystemExit(f"{reached} nodes are reached, {record.reached(cause)} should be")
    rival, walked, done = (statistics.median(column) for column in zip(*times, strict=True))
    print(f"one cause reaching {reached} nodes ({plain} without dates)")
    print(f"  the whole deed {done * 1000:.1f} ms, its closure alone {walked * 1000:.1f} ms")
    print(f"  breadth-first search in memory with loading {rival * 1000:.1f} ms (medians)")
    print(f"  ratio {done / rival:.2f} (goal: <= 2), {done:.3f} s (goal: <= 1 s)")


def main() -> None:
    """Print medians and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a short run, for correctness only")
    is_small = parser.parse_args().small
    with tempfile.TemporaryDirectory() as folder:
        farm = make_farm(Path(folder))
        record = Record(0.01 if is_small else 1).grow()
        record.write(farm.instance.database.connection, farm.coop_id)
        lots = sum(kind != "planting" for _, kind, _ in record.nodes)
        version = ".".join(map(str, sqlite_version()))
        print(f"{platform.machine()}, Python {platform.python_version()}, SQLite {version}")
        print(f"{lots} lots, {len(record.nodes) - lots} plantings, {len(record.links)} links")
        for cause in (record.once, record.everywhere):
            measure(farm, record, cause, 2 if is_small else ROUNDS)
        farm.instance.database.close()


if __name__ == "__main__":
    main()
