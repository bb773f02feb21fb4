"""A co-op's season balanced, beside reading the same amounts and merely adding them up.

    python tests/bench/bench_balance.py [--small]

20 000 lots in 50 000 records: picked, packed, sent, sold, lost; the goal is a second. The rival
reads the same rows and sums their decimals in one number: no units, no products, no lots.
"""

import argparse
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.capture.small_farm import SmallFarm, make_farm  # noqa: E402 - after sys.path
from trace.query.balances import season_balances  # noqa: E402 - after sys.path
from trace.repository import balances  # noqa: E402 - after sys.path
from trace.repository.database import sqlite_version  # noqa: E402 - after sys.path

DAY, YEAR = "2026-05-01", ("2026-01-01", "2026-12-31")
FIRST_KEY, FIRST_ENTRY = 10_000, 1_000_000
ROUNDS = 5
Share = tuple[int, str, str, str]


class Season:
    """Rows of lots and records, written straight into the projections."""

    def __init__(self, farm: SmallFarm) -> None:
        self.farm = farm
        self.lots: list[tuple[object, ...]] = []
        self.events: list[tuple[object, ...]] = []
        self.shares: list[tuple[object, ...]] = []

    def lot(self, made_by: str, quantity: str, unit: str, mass: str | None) -> int:
        key = FIRST_KEY + len(self.lots)
        packed = int(quantity) if mass else None
        name, product = f"L{key}", self.farm.ids["cucumber"]
        self.lots.append(
            (
                key,
                self.farm.coop_id,
                name,
                name,
                made_by,
                product,
                quantity,
                unit,
                mass,
                packed,
                DAY,
            )
        )
        return key

    def event(self, event_type: str, *shares: Share) -> None:
        entry, moment = FIRST_ENTRY + len(self.events), f"{DAY}T08:00:00+08:00"
        row = (
            entry,
            f"E{entry}",
            self.farm.coop_id,
            event_type,
            moment,
            moment,
            DAY,
            "day",
            moment,
        )
        self.events.append((*row, 0, "P", "P", "{}"))
        self.shares += [(key, entry, role, much, unit) for key, role, much, unit in shares]

    def write(self) -> None:
        with self.farm.instance.database.writing() as connection:
            connection.executemany(
                "INSERT INTO node(node_key, node_id, coop_id, kind, entry_index)"
                " VALUES(?,?,?,'lot',1)",
                [(one[0], one[2], one[1]) for one in self.lots],
            )
            connection.executemany(
                "INSERT INTO lot(node_key, coop_id, lot_number, code, made_by, product_id,"
                " quantity, unit, unit_mass_kg, packed_quantity, made_on)"
                " VALUES(?,?,?,?,?,?,?,?,?,?,?)",
                self.lots,
            )
            connection.executemany(
                "INSERT INTO event(entry_index, entry_id, coop_id, event_type, event_time,"
                " event_utc, event_date, precision, record_time, is_late, performed_by,"
                " recorded_by, what) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)",
                self.events,
            )
            connection.executemany("INSERT INTO event_node VALUES(?,?,?,?,?)", self.shares)


def fill(farm: SmallFarm, lots: int) -> Season:
    """Half of the lots picked, half of them packed out of those; each sent, sold and lost of."""
    season = Season(farm)
    for _ in range(lots // 2):
        bulk = season.lot("harvesting", "126", "kg", None)
        packed = season.lot("packing", "240", "bundle", "0.5")
        season.event("harvesting", (bulk, "output", "126", "kg"))
        season.event("packing", (bulk, "input", "126", "kg"), (packed, "output", "240", "bundle"))
        season.event("shipping", (packed, "removed", "200", "bundle"))
        season.event("selling", (packed, "removed", "10", "jin"))
        season.event("loss", (packed, "removed", "3", "bundle"))
    season.write()
    return season


def median(run: Callable[[], object]) -> float:
    """The median of several runs in seconds, after one that warms up."""
    run()
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        run()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def merely_added(farm: SmallFarm) -> Decimal:
    """The rival: the same rows, one sum."""
    with farm.instance.database.reading() as connection:
        found = balances.movements_until(connection, farm.coop_id, YEAR[1])
        return sum((Decimal(one["quantity"]) for one in found), Decimal(0))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--small", action="store_true", help="200 lots instead of 20 000")
    lots = 200 if parser.parse_args().small else 20_000
    with tempfile.TemporaryDirectory() as folder:
        farm = make_farm(Path(folder))
        season = fill(farm, lots)
        (found,) = season_balances(farm.instance, farm.coop_id, *YEAR)
        assert found.balance.left == Decimal("13.5") * (lots // 2)  # 120 - 100 - 5 - 1.5
        ours = median(lambda: season_balances(farm.instance, farm.coop_id, *YEAR))
        rival = median(lambda: merely_added(farm))
        farm.instance.database.close()
    sqlite = ".".join(map(str, sqlite_version()))
    print(f"{platform.machine()}, Python {platform.python_version()}, SQLite {sqlite}")
    print(f"{lots} lots, {len(season.events)} records, {len(season.shares)} amounts")
    print(f"season balanced {ours * 1000:.0f} ms, merely read and added {rival * 1000:.0f} ms")
    print(f"ratio {ours / rival:.1f}; goal: 20 000 lots within 1 s")


if __name__ == "__main__":
    main()
