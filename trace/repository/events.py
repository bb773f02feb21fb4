"""Events and submissions: what was sent already, which entries are ours, and free lot numbers."""

import json
from typing import Any

from ..domain.inspection import OFFICE
from .database import Connection, Row, marks, row, rows


def existing_entries(
    connection: Connection, coop_id: str, entry_ids: list[str], event_type: str | None = None
) -> frozenset[str]:
    """Which of these events are this co-op's, of this type, and not declared wrong."""
    found = rows(
        connection,
        f"SELECT entry_id FROM event WHERE coop_id = ? AND entry_id IN ({marks(len(entry_ids))})"
        " AND declared_wrong_by IS NULL AND (? IS NULL OR event_type = ?)",
        (coop_id, *entry_ids, event_type, event_type),
    )
    return frozenset(one["entry_id"] for one in found)


def event_by_id(connection: Connection, coop_id: str, entry_id: str) -> Row | None:
    """One event of this co-op."""
    return row(
        connection, "SELECT * FROM event WHERE coop_id = ? AND entry_id = ?", (coop_id, entry_id)
    )


def shares_of(connection: Connection, entry_index: int) -> list[Row]:
    """The nodes of one event with their ids and kinds, in role order."""
    return rows(
        connection,
        "SELECT s.*, n.node_id, n.kind FROM event_node s JOIN node n ON n.node_key = s.node_key"
        " WHERE s.entry_index = ? ORDER BY s.role, s.node_key",
        (entry_index,),
    )


def answered(connection: Connection, coop_id: str, submission_id: str) -> tuple[str, Any] | None:
    """The body hash and first answer of a submission that came before."""
    found = row(
        connection,
        "SELECT body_hash, answer FROM submission WHERE coop_id = ? AND submission_id = ?",
        (coop_id, submission_id),
    )
    return (found["body_hash"], json.loads(found["answer"])) if found else None


def keep_answer(
    connection: Connection,
    coop_id: str,
    submission_id: str,
    body_hash: str,
    answer: Any,
    record_time: str,
) -> None:
    """Remember the answer, so that the same submission sent again gives it again."""
    connection.execute(
        "INSERT INTO submission(coop_id, submission_id, body_hash, answer, record_time)"
        " VALUES(?,?,?,?,?)",
        (coop_id, submission_id, body_hash, json.dumps(answer, ensure_ascii=False), record_time),
    )


def keep_in_inbox(
    connection: Connection,
    coop_id: str,
    submission_id: str,
    account_id: str,
    body: str,
    problems: list[str],
    record_time: str,
) -> None:
    """Keep what could not be recorded for the manager, so that no phone is stuck with it."""
    if row(
        connection,
        "SELECT 1 AS found FROM inbox WHERE coop_id = ? AND submission_id = ? AND body = ?",
        (coop_id, submission_id, body),
    ):
        return
    connection.execute(
        "INSERT INTO inbox(coop_id, submission_id, account_id, record_time, body, problems)"
        " VALUES(?,?,?,?,?,?)",
        (coop_id, submission_id, account_id, record_time, body, json.dumps(problems)),
    )


def has_lot_number(connection: Connection, coop_id: str, lot_number: str) -> bool:
    """Whether the co-op already has a lot of this number."""
    return bool(
        row(
            connection,
            "SELECT 1 AS found FROM lot WHERE coop_id = ? AND lot_number = ?",
            (coop_id, lot_number),
        )
    )


def free_lot_number(
    connection: Connection, coop_id: str, stem: str, taken: frozenset[str] = frozenset()
) -> str:
    """The next lot number with this stem: stem-01, stem-02 …"""
    found = rows(
        connection,
        "SELECT lot_number FROM lot WHERE coop_id = ? AND lot_number LIKE ?",
        (coop_id, f"{stem}-%"),
    )
    used = {one["lot_number"] for one in found} | taken
    number = 1
    while f"{stem}-{number:02d}" in used:
        number += 1
    return f"{stem}-{number:02d}"


def lot_number_of(connection: Connection, node_id: str) -> str:
    """The lot number of a node, empty for a planting."""
    found = row(connection, "SELECT lot_number FROM lot WHERE code = ?", (node_id,))
    return str(found["lot_number"]) if found else ""


def is_vouched_by_office(connection: Connection, entry_index: int) -> bool:
    """Whether this event is an inspection that a public office signed."""
    found = row(
        connection, "SELECT vouched_by FROM inspection WHERE entry_index = ?", (entry_index,)
    )
    return found is not None and found["vouched_by"] == OFFICE
