"""Rebuilding the projections in a scratch database from the ledger, to compare with the live ones.

For checking only, never a migration or a start step. The scratch file goes into a folder of the
caller's; the live database is read in one short transaction, when the scratch has caught up.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..domain.canonical import parse_canonical
from ..domain.errors import QijimuError
from . import ledger
from .database import Connection, Database, connect, marks, migrate, rows
from .projection import project

PROJECTIONS = (
    "declared",
    "event",
    "node",
    "planting",
    "lot",
    "event_node",
    "event_file",
    "lineage",
    "inspection",
    "inspection_plot",
    "hold",
    "recall",
    "recall_follow_up",
    "consignment",
)
"""The tables that follow from the ledger, those first in which a difference says most."""

PAGE_ROWS = 2000
REPORT_ENTRIES = 500

Progress = Callable[[int, int], None]
"""Called now and then with how many entries are done, and how many there are."""


@dataclass(frozen=True)
class Difference:
    """The first row of a projection that the ledger says otherwise; its primary key."""

    table: str
    row_key: tuple[Any, ...]
    problem: str

    def __str__(self) -> str:
        place = ", ".join(str(part) for part in self.row_key)
        return (
            f"{self.table} ({place}): {self.problem}" if place else f"{self.table}: {self.problem}"
        )


def first_difference(
    database: Database, scratch_folder: Path, progress: Progress = lambda done, total: None
) -> Difference | None:
    """Replay the whole ledger and name the first row that differs, or None.

    The scratch database needs about as much room as the live one.
    """
    path = scratch_folder / "scratch.db"
    migrate(path)
    scratch = connect(path)
    try:
        scratch.execute("PRAGMA synchronous=OFF").fetchall()
        if fault := _replay(database.connection, scratch, progress):
            return fault
        with database.reading() as live:
            if fault := _replay(live, scratch, progress):  # what was recorded meanwhile
                return fault
            return next(_differences(live, scratch), None)
    finally:
        scratch.close()


def _replay(live: Connection, scratch: Connection, progress: Progress) -> Difference | None:
    """Project the entries that the scratch does not have yet; what cannot be is a difference."""
    total = ledger.size(live)
    first = _projected(scratch)
    scratch.execute("BEGIN")
    for entry in ledger.iterate_entries(live, first):
        if entry.entry_index >= total:
            break
        try:
            project(scratch, entry.entry_index, parse_canonical(entry.body))
        except (QijimuError, scratch.Error, LookupError, ValueError, TypeError) as error:
            scratch.execute("ROLLBACK")
            said = f"entry {entry.entry_id} cannot be projected: {error!r}"
            return Difference("entry", (entry.entry_index,), said)
        if (done := entry.entry_index + 1) % REPORT_ENTRIES == 0:
            progress(done, total)
    scratch.execute(f"PRAGMA user_version = {total}")
    scratch.execute("COMMIT")
    progress(total, total)
    return None


def _projected(scratch: Connection) -> int:
    """How many entries the scratch holds: kept in a header field that nothing else uses."""
    return int(rows(scratch, "PRAGMA user_version")[0][0])


def _differences(live: Connection, scratch: Connection) -> Iterator[Difference]:
    for table in PROJECTIONS:
        described = rows(scratch, f"PRAGMA table_info({table})")
        key = [
            name for _, name in sorted((one["pk"], one["name"]) for one in described if one["pk"])
        ]
        rest = [one["name"] for one in described if not one["pk"]]
        try:
            yield from _row_differences(live, scratch, table, key, rest)
        except live.DatabaseError as error:  # the file is damaged, or text in it is no text
            yield Difference(table, (), f"cannot be read: {error}")


def _row_differences(
    live: Connection, scratch: Connection, table: str, key: list[str], rest: list[str]
) -> Iterator[Difference]:
    names = key + rest
    after: tuple[Any, ...] = ()
    while True:
        found, expected = (
            _page(connection, table, names, key, after) for connection in (live, scratch)
        )
        if found != expected:
            row_key, problem = _first_of_pages(found, expected, names, len(key))
            yield Difference(table, row_key, problem)
            return
        if len(found) < PAGE_ROWS:
            return
        after = found[-1][: len(key)]


def _page(
    connection: Connection, table: str, names: list[str], key: list[str], after: tuple[Any, ...]
) -> list[tuple[Any, ...]]:
    """The next rows in the order of their key."""
    where = f"WHERE ({', '.join(key)}) > ({marks(len(after))})" if after else ""
    sql = (
        f"SELECT {', '.join(names)} FROM {table} {where} ORDER BY {', '.join(key)}"
        f" LIMIT {PAGE_ROWS}"
    )
    return [tuple(one) for one in rows(connection, sql, after)]


def _first_of_pages(
    found: list[tuple[Any, ...]], expected: list[tuple[Any, ...]], names: list[str], width: int
) -> tuple[tuple[Any, ...], str]:
    """The key of the first row in which two unlike pages differ, and how."""
    for has, wanted in zip(found, expected, strict=False):
        if has == wanted:
            continue
        if has[:width] == wanted[:width]:
            wrong = [name for name, a, b in zip(names, has, wanted, strict=True) if a != b]
            return has[:width], f"{', '.join(wrong)} not as the ledger says"
        if has[:width] in {one[:width] for one in expected}:
            return wanted[:width], "the row is missing"
        return has[:width], "the row is in no entry of the ledger"
    if len(found) < len(expected):
        return expected[len(found)][:width], "the row is missing"
    return found[len(expected)][:width], "the row is in no entry of the ledger"
