"""The list of banned substances as it was last imported."""

from datetime import date
from pathlib import Path

from ..domain.banned import COLUMNS, BannedSubstance, parse_banned_list
from .database import Connection, Row, marks, rows

SHIPPED = Path(__file__).parent / "banned_substances.csv"
"""The list a fresh instance begins with; every row says where it was read."""


def begin_banned_list(connection: Connection) -> None:
    """Give an instance that has no list yet the one we ship."""
    if not banned_list(connection):
        replace_banned_list(connection, parse_banned_list(SHIPPED.read_text(encoding="utf-8")))


def replace_banned_list(connection: Connection, listed: tuple[BannedSubstance, ...]) -> None:
    """Put this list in place of the one before."""
    connection.execute("DELETE FROM banned_substance")
    connection.executemany(
        f"INSERT INTO banned_substance({', '.join(COLUMNS)}) VALUES({marks(len(COLUMNS))})",
        [(*one.as_stated().values(), one.source) for one in listed],
    )


def banned_list(connection: Connection) -> tuple[BannedSubstance, ...]:
    """Every banned substance, by name."""
    found = rows(connection, f"SELECT {', '.join(COLUMNS)} FROM banned_substance ORDER BY name")
    return tuple(
        BannedSubstance(
            one["name"],
            one["name_en"],
            one["scope"],
            date.fromisoformat(one["banned_from"]),
            one["notice"],
            date.fromisoformat(one["notice_date"]),
            one["source"],
        )
        for one in found
    )


def uses_recorded(connection: Connection) -> list[Row]:
    """Every spraying and fertilising that was not declared wrong, oldest first."""
    return rows(
        connection,
        "SELECT coop_id, entry_id, event_date, what FROM event"
        " WHERE event_type IN ('spraying', 'fertilising') AND declared_wrong_by IS NULL"
        " ORDER BY event_date, entry_index",
    )
