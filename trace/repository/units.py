"""Unit labels, each a code and a number of a lot or package; and the jobs that printed them."""

import json
from typing import Any

from .database import Connection, Row, row, rows


def issued_count(connection: Connection, node_key: int) -> int:
    """How many labels were issued for a lot; sequence numbers run from 1 without a gap."""
    found = row(
        connection, "SELECT MAX(sequence) AS last FROM unit WHERE node_key = ?", (node_key,)
    )
    return int(found["last"] or 0) if found else 0


def alive_count(connection: Connection, node_key: int) -> int:
    """How many labels of a lot are issued and not void."""
    found = row(
        connection,
        "SELECT COUNT(*) AS alive FROM unit WHERE node_key = ? AND voided_by IS NULL",
        (node_key,),
    )
    return int(found["alive"]) if found else 0


def add_units(
    connection: Connection, node_key: int, first_sequence: int, codes: list[str], job_id: str
) -> None:
    """Write the labels of one print job."""
    connection.executemany(
        "INSERT INTO unit(node_key, sequence, code, print_job_id) VALUES(?,?,?,?)",
        [(node_key, first_sequence + number, code, job_id) for number, code in enumerate(codes)],
    )


def codes_of(connection: Connection, node_key: int, first: int, count: int) -> list[str]:
    """The codes of a run of sequence numbers, in order."""
    found = rows(
        connection,
        "SELECT code FROM unit WHERE node_key = ? AND sequence >= ? AND sequence < ?"
        " ORDER BY sequence",
        (node_key, first, first + count),
    )
    return [one["code"] for one in found]


def unit_by_code(connection: Connection, code: str) -> Row | None:
    """The label with this code: its lot, sequence number and whether it was voided."""
    return row(connection, "SELECT * FROM unit WHERE code = ?", (code,))


def add_print_job(
    connection: Connection,
    *,
    job_id: str,
    coop_id: str,
    asked_by: str,
    asked_at: str,
    node_key: int,
    stock: str,
    first_cell: int,
    first_sequence: int,
    quantity: int,
    base_url: str,
    label_text: dict[str, Any],
    entry_id: str,
) -> None:
    """Ask for the PDF of labels that are already issued."""
    connection.execute(
        "INSERT INTO job(job_id, coop_id, kind, work, state, total, asked_by, asked_at)"
        " VALUES(?, ?, 'labels', '{}', 'waiting', ?, ?, ?)",
        (job_id, coop_id, quantity, asked_by, asked_at),
    )
    connection.execute(
        "INSERT INTO print_job(job_id, coop_id, node_key, stock, first_cell, first_sequence,"
        " quantity, base_url, label_text, entry_id, asked_at) VALUES(?,?,?,?,?,?,?,?,?,?,?)",
        (
            job_id,
            coop_id,
            node_key,
            stock,
            first_cell,
            first_sequence,
            quantity,
            base_url,
            json.dumps(label_text, ensure_ascii=False, sort_keys=True),
            entry_id,
            asked_at,
        ),
    )


def print_job(connection: Connection, job_id: str) -> Row | None:
    """A print job with the state of its work."""
    return row(
        connection,
        "SELECT p.*, j.state, j.done, j.total, j.result, j.problem, j.asked_by, j.ended_at,"
        " n.node_id, l.lot_number, l.product_id, l.name FROM print_job p"
        " JOIN job j ON j.job_id = p.job_id JOIN node n ON n.node_key = p.node_key"
        " JOIN lot l ON l.node_key = p.node_key WHERE p.job_id = ?",
        (job_id,),
    )


def print_jobs(connection: Connection, coop_id: str, limit: int = 50) -> list[Row]:
    """A co-op's print jobs, newest first."""
    return rows(
        connection,
        "SELECT p.*, j.state, j.done, j.total, j.result, j.problem, j.asked_by, n.node_id,"
        " l.lot_number, l.product_id, l.name FROM print_job p JOIN job j ON j.job_id = p.job_id"
        " JOIN node n ON n.node_key = p.node_key JOIN lot l ON l.node_key = p.node_key"
        " WHERE p.coop_id = ? ORDER BY p.asked_at DESC, p.job_id LIMIT ?",
        (coop_id, limit),
    )


def last_job_on(connection: Connection, coop_id: str, stock: str) -> Row | None:
    """The co-op's newest print job on this stock."""
    return row(
        connection,
        "SELECT * FROM print_job WHERE coop_id = ? AND stock = ?"
        " ORDER BY asked_at DESC, job_id DESC LIMIT 1",
        (coop_id, stock),
    )


def void_units(
    connection: Connection, node_key: int, first: int, count: int, voided_by: str
) -> None:
    """Mark a run of labels as void by this entry; what was void before stays as it was."""
    connection.execute(
        "UPDATE unit SET voided_by = ? WHERE node_key = ? AND sequence >= ? AND sequence < ?"
        " AND voided_by IS NULL",
        (voided_by, node_key, first, first + count),
    )
