"""Recall drills: when they began and ended, the steps ticked, what they found. Never the ledger."""

import json
from typing import Any

from .database import Connection, Row, row, rows


def add_drill(
    connection: Connection,
    *,
    drill_id: str,
    coop_id: str,
    asked: dict[str, Any],
    started_at: str,
    started_by: str,
) -> None:
    """A drill has begun; `asked` is its cause as it was asked for."""
    connection.execute(
        "INSERT INTO drill(drill_id, coop_id, asked, started_at, started_by) VALUES(?,?,?,?,?)",
        (drill_id, coop_id, json.dumps(asked, ensure_ascii=False), started_at, started_by),
    )


def drill_by_id(connection: Connection, coop_id: str, drill_id: str) -> Row | None:
    """One drill of this co-op."""
    sql = "SELECT * FROM drill WHERE coop_id = ? AND drill_id = ?"
    return row(connection, sql, (coop_id, drill_id))


def drills_of(connection: Connection, coop_id: str) -> list[Row]:
    """A co-op's drills, the newest first."""
    sql = "SELECT * FROM drill WHERE coop_id = ? ORDER BY started_at DESC, drill_id"
    return rows(connection, sql, (coop_id,))


def steps_of(connection: Connection, drill_id: str) -> dict[str, Row]:
    """The steps that were ticked, by key, with when and by whom."""
    found = rows(connection, "SELECT * FROM drill_step WHERE drill_id = ?", (drill_id,))
    return {one["step"]: one for one in found}


def tick(connection: Connection, drill_id: str, step: str, done_at: str, done_by: str) -> None:
    """A step is done; the first tick counts."""
    connection.execute(
        "INSERT INTO drill_step(drill_id, step, done_at, done_by) VALUES(?,?,?,?)"
        " ON CONFLICT DO NOTHING",
        (drill_id, step, done_at, done_by),
    )


def untick(connection: Connection, drill_id: str, step: str) -> None:
    """A step was ticked by mistake."""
    sql = "DELETE FROM drill_step WHERE drill_id = ? AND step = ?"
    connection.execute(sql, (drill_id, step))


def finish(
    connection: Connection, drill_id: str, finished_at: str, finished_by: str, figures: str
) -> None:
    """Stop the watch and keep what was found, as JSON; the first finish counts."""
    connection.execute(
        "UPDATE drill SET finished_at = ?, finished_by = ?, figures = ?"
        " WHERE drill_id = ? AND finished_at IS NULL",
        (finished_at, finished_by, figures, drill_id),
    )
