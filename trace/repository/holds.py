"""Holds: how they are put on a node, and the three ways they end.

One from a suspicion is lifted by a person, one from a failed test by a later passed test of a
named laboratory, any by destroying everything (DESIGN part 3). Each is undone by a correction.
"""

from decimal import Decimal
from typing import Any

from ..domain.inspection import LABORATORY
from . import nodes
from .database import Connection, marks, rows

SUSPICION, FAILED_INSPECTION = "suspicion", "failed_inspection"
DESTROYING = "destroying"


def put(
    connection: Connection, entry_index: int, body: dict[str, Any], keys: list[int], rule: str
) -> None:
    """Hold these nodes, and with them everything made from them."""
    connection.executemany(
        "INSERT INTO hold(entry_index, node_key, coop_id, rule) VALUES(?,?,?,?)",
        [(entry_index, node_key, body["coop_id"], rule) for node_key in keys],
    )


def lift_tested(connection: Connection, body: dict[str, Any], keys: list[int]) -> None:
    """A passed laboratory report ends what failed on the same day or before.

    A report without laboratory and number is the co-op's own word and lifts nothing.
    """
    if body["vouched_by"] != LABORATORY:
        return
    for node_key in keys:
        connection.execute(
            "UPDATE hold SET lifted_by = ? WHERE node_key = ? AND lifted_by IS NULL AND rule = ?"
            " AND (SELECT event_date FROM event e WHERE e.entry_index = hold.entry_index) <= ?",
            (body["entry_id"], node_key, FAILED_INSPECTION, body["event_time"][:10]),
        )


def lift_said(connection: Connection, entry_id: str, hold_id: str) -> list[int]:
    """End a suspicion; gives the nodes it held. A failed test is no suspicion."""
    held = rows(
        connection,
        "SELECT h.entry_index, h.node_key FROM hold h JOIN event e ON e.entry_index = h.entry_index"
        " WHERE e.entry_id = ? AND h.rule = ? AND h.lifted_by IS NULL",
        (hold_id, SUSPICION),
    )
    connection.executemany(
        "UPDATE hold SET lifted_by = ? WHERE entry_index = ? AND node_key = ?",
        [(entry_id, one["entry_index"], one["node_key"]) for one in held],
    )
    return [one["node_key"] for one in held]


def lift_destroyed(connection: Connection, entry_id: str, keys: list[int]) -> list[int]:
    """End the holds of which all is destroyed, also in what was made from it."""
    held = _held(connection, _origins(connection, keys), "lifted_by IS NULL")
    gone = [node_key for node_key in held if _is_all_destroyed(connection, node_key)]
    connection.executemany(
        "UPDATE hold SET lifted_by = ? WHERE node_key = ? AND lifted_by IS NULL",
        [(entry_id, node_key) for node_key in gone],
    )
    return gone


def restore_undestroyed(connection: Connection, keys: list[int]) -> list[int]:
    """Hold again what a destroying had freed and of which something has turned up since."""
    freed = (
        "lifted_by IN (SELECT e.entry_id FROM event e"
        f" WHERE e.entry_id = hold.lifted_by AND e.event_type = '{DESTROYING}')"
    )
    held = _held(connection, _origins(connection, keys), freed)
    again = [node_key for node_key in held if not _is_all_destroyed(connection, node_key)]
    connection.executemany(
        f"UPDATE hold SET lifted_by = NULL WHERE node_key = ? AND {freed}",
        [(node_key,) for node_key in again],
    )
    return again


def strike_out(
    connection: Connection, declared_by: str, wrong_id: str, wrong_index: int
) -> list[int]:
    """A wrong record's holds end, and what it had lifted is held again; gives the latter."""
    connection.execute(
        "UPDATE hold SET lifted_by = ? WHERE entry_index = ?", (declared_by, wrong_index)
    )
    again = rows(
        connection,
        "SELECT DISTINCT node_key FROM hold WHERE lifted_by = ? ORDER BY node_key",
        (wrong_id,),
    )
    connection.execute("UPDATE hold SET lifted_by = NULL WHERE lifted_by = ?", (wrong_id,))
    return [one["node_key"] for one in again]


def _origins(connection: Connection, keys: list[int]) -> list[int]:
    """These nodes and all they were made from."""
    found: set[int] = set()
    for node_key in keys:
        found |= set(nodes.backward_closure(connection, node_key))
    return sorted(found)


def _held(connection: Connection, keys: list[int], condition: str) -> list[int]:
    found = rows(
        connection,
        f"SELECT DISTINCT node_key FROM hold WHERE node_key IN ({marks(len(keys))})"
        f" AND {condition} ORDER BY node_key",
        keys,
    )
    return [one["node_key"] for one in found]


def _is_all_destroyed(connection: Connection, key: int) -> bool:
    """Whether nothing is left of this lot and what was made from it, and nothing is with buyers.

    A planting grows on: it is never all destroyed.
    """
    for node_key in nodes.forward_closure(connection, [key]):
        amounts = nodes.balance_or_none(connection, node_key)
        if amounts is None or amounts.remaining > 0:
            return False
        left = sum(amounts.gone.values(), Decimal(0)) - amounts.gone.get(DESTROYING, Decimal(0))
        if left > amounts.returned:
            return False
    return True
