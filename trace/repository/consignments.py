"""Goods on their way from one co-op to another on this server: sent by one, taken by the other.

A row is written with the shipping and marked by the receiving, both in their own transactions.
"""

from typing import Any

from ..domain.key_data import OUTPUT, REMOVED, SOURCE
from . import nodes
from .database import Connection, Row, marks, row, rows

Body = dict[str, Any]

_SENT = (
    "SELECT c.*, e.entry_id, e.event_date, e.declared_wrong_by, n.node_id, n.kind, l.lot_number,"
    " l.product_id, l.name, l.made_on, l.unit_mass_kg, l.traceability_lot_code FROM consignment c"
    " JOIN event e ON e.entry_index = c.entry_index JOIN node n ON n.node_key = c.node_key"
    " JOIN lot l ON l.node_key = c.node_key"
)


def send(connection: Connection, entry_index: int, body: Body) -> list[int]:
    """Note a shipping to another co-op of this server; one that replaces another keeps its arrival.

    Which co-op a customer is was judged when the shipping was recorded (`what.to_coop`).
    """
    receiver = body["what"].get("to_coop")
    if not receiver:
        return []
    for share in body["nodes"]:
        if share["role"] != REMOVED:
            continue
        key = nodes.node_key(connection, share["node"])
        before = row(
            connection,
            "SELECT c.received_by FROM consignment c JOIN event e ON e.entry_index = c.entry_index"
            " WHERE e.entry_id = ? AND c.node_key = ? AND c.receiver_coop_id = ?",
            (body.get("replaces"), key, receiver),
        )
        connection.execute(
            "INSERT INTO consignment(entry_index, node_key, coop_id, receiver_coop_id, quantity,"
            " unit, received_by) VALUES(?,?,?,?,?,?,?)",
            (
                entry_index,
                key,
                body["coop_id"],
                receiver,
                share["quantity"],
                share["unit"],
                before["received_by"] if before else None,
            ),
        )
    return []


def receive(connection: Connection, entry_index: int, body: Body) -> list[int]:
    """Note what an arrival takes over of a shipping that names us."""
    for share in body["nodes"]:
        if share["role"] == SOURCE:
            connection.execute(
                "UPDATE consignment SET received_by = ? WHERE node_key = ? AND receiver_coop_id = ?"
                " AND entry_index IN (SELECT entry_index FROM event WHERE entry_id = ?"
                " OR replaces = ?)",
                (
                    body["entry_id"],
                    nodes.node_key(connection, share["node"]),
                    body["coop_id"],
                    body["what"]["shipping"],
                    body["what"]["shipping"],
                ),
            )
    return []


def undo_receiving(connection: Connection, wrong_id: str) -> None:
    """An arrival that did not happen: the goods are on their way again."""
    connection.execute(
        "UPDATE consignment SET received_by = NULL WHERE received_by = ?", (wrong_id,)
    )


def to_coop(connection: Connection, coop_id: str, entry_id: str) -> list[Row]:
    """The goods of one shipping that were sent to this co-op, arrived or not."""
    return rows(
        connection,
        f"{_SENT} WHERE c.receiver_coop_id = ? AND e.entry_id = ? ORDER BY c.node_key",
        (coop_id, entry_id),
    )


def on_the_way(connection: Connection, coop_id: str) -> list[Row]:
    """What was sent to this co-op and has not arrived, the last sent first."""
    return rows(
        connection,
        f"{_SENT} WHERE c.receiver_coop_id = ? AND c.received_by IS NULL"
        " AND e.declared_wrong_by IS NULL ORDER BY c.entry_index DESC, c.node_key",
        (coop_id,),
    )


def struck_after_arrival(connection: Connection, coop_id: str) -> list[Row]:
    """What arrived by one side's record and was never sent by the other's, of either side.

    Where another shipping replaces it and sends the same goods to the same co-op, that one keeps
    the arrival, and nothing is left to tell.
    """
    return rows(
        connection,
        f"{_SENT} WHERE (c.receiver_coop_id = ? OR c.coop_id = ?) AND c.received_by IS NOT NULL"
        " AND e.declared_wrong_by IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM event r JOIN consignment k ON k.entry_index ="
        " r.entry_index WHERE r.replaces = e.entry_id AND k.node_key = c.node_key"
        " AND k.receiver_coop_id = c.receiver_coop_id)"
        " ORDER BY c.entry_index DESC, c.node_key",
        (coop_id, coop_id),
    )


def of_shipping(connection: Connection, entry_id: str) -> list[Row]:
    """Everything one shipping sent to other co-ops."""
    return rows(connection, f"{_SENT} WHERE e.entry_id = ? ORDER BY c.node_key", (entry_id,))


def lots_made_by(connection: Connection, entry_ids: list[str]) -> dict[str, Row]:
    """The lot that each arrival made, by the arrival's entry id."""
    if not entry_ids:
        return {}
    found = rows(
        connection,
        "SELECT e.entry_id, e.event_date, n.node_id, n.node_key, l.lot_number FROM event e"
        " JOIN event_node s ON s.entry_index = e.entry_index AND s.role = ?"
        " JOIN node n ON n.node_key = s.node_key JOIN lot l ON l.node_key = s.node_key"
        f" WHERE e.entry_id IN ({marks(len(entry_ids))})",
        (OUTPUT, *entry_ids),
    )
    return {one["entry_id"]: one for one in found}


def product_taken_as(connection: Connection, coop_id: str, product_id: str) -> str | None:
    """As which product of its own this co-op last took over another's product."""
    found = row(
        connection,
        "SELECT mine.product_id FROM consignment c JOIN lot theirs ON theirs.node_key = c.node_key"
        " JOIN event e ON e.entry_id = c.received_by"
        " JOIN event_node s ON s.entry_index = e.entry_index AND s.role = ?"
        " JOIN lot mine ON mine.node_key = s.node_key"
        " WHERE c.receiver_coop_id = ? AND theirs.product_id = ?"
        " ORDER BY e.entry_index DESC LIMIT 1",
        (OUTPUT, coop_id, product_id),
    )
    return found["product_id"] if found else None
