"""Plantings, lots, input lots and packages: what they are, and their amounts."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from ..domain.errors import NotFound
from ..domain.key_data import INPUT, INPUT_LOT, OUTPUT, REMOVED
from ..domain.mass_balance import Balance, Movement, balance
from ..domain.quantity import Quantity
from .database import Connection, Row, marks, parts, row, rows

LOT_FACTS = (
    "product_id",
    "input_id",
    "name",
    "name_en",
    "unit_mass_kg",
    "packed_quantity",
    "traceability_lot_code",
    "supplier_id",
    "supplier_lot_number",
    "supplier_certificate",
    "expires_on",
)

PLANTING_FACTS = ("plot_id", "product_id", "variety", "area_mu", "started_on")


def _instead(names: tuple[str, ...]) -> str:
    """For a node that is there already: the replacing event's facts instead of the old ones."""
    return "ON CONFLICT(node_key) DO UPDATE SET " + ", ".join(f"{n} = excluded.{n}" for n in names)


def node_key(connection: Connection, node_id: str) -> int:
    """The instance-wide integer key of a node."""
    found = row(connection, "SELECT node_key FROM node WHERE node_id = ?", (node_id,))
    if found is None:
        raise NotFound(node_id)
    return int(found["node_key"])


def node_keys(connection: Connection, node_ids: list[str]) -> dict[str, Row]:
    """Node rows by id, for those that exist."""
    found: dict[str, Row] = {}
    for part in parts(node_ids):
        sql = f"SELECT * FROM node WHERE node_id IN ({marks(len(part))})"
        found |= {one["node_id"]: one for one in rows(connection, sql, part)}
    return found


def make_node(
    connection: Connection, entry_index: int, body: dict[str, Any], made: dict[str, Any]
) -> int:
    """Write a node and its planting or lot; an event that replaces another writes its lot anew."""
    found = row(connection, "SELECT node_key FROM node WHERE node_id = ?", (made["node"],))
    if found is None:
        connection.execute(
            "INSERT INTO node(node_id, coop_id, kind, entry_index) VALUES(?,?,?,?)",
            (made["node"], body["coop_id"], made["kind"], entry_index),
        )
    key = node_key(connection, made["node"])
    facts = made["facts"]
    day = datetime.fromisoformat(body["event_time"]).date().isoformat()
    if made["kind"] == "planting":
        connection.execute(
            "INSERT INTO planting(node_key, coop_id, plot_id, product_id, variety, area_mu,"
            f" started_on) VALUES(?,?,?,?,?,?,?) {_instead(PLANTING_FACTS)}",
            (
                key,
                body["coop_id"],
                facts["plot_id"],
                facts["product_id"],
                facts["variety"],
                facts.get("area_mu"),
                day,
            ),
        )
    else:
        connection.execute(
            "INSERT INTO lot(node_key, coop_id, lot_number, code, made_by, quantity, unit, made_on,"
            f" {', '.join(LOT_FACTS)}) VALUES({marks(8 + len(LOT_FACTS))})"
            f" {_instead(('lot_number', 'quantity', 'unit', 'made_on', *LOT_FACTS))}",
            (
                key,
                body["coop_id"],
                facts["lot_number"],
                made["node"],
                body["event_type"],
                made["quantity"],
                made["unit"],
                day,
                *(facts.get(name) for name in LOT_FACTS),
            ),
        )
    return key


def lot_balance(connection: Connection, key: int) -> Balance:
    """The amounts of one lot, in its own unit, without what was declared wrong."""
    lot = row(connection, "SELECT quantity, unit, unit_mass_kg FROM lot WHERE node_key = ?", (key,))
    if lot is None:
        raise NotFound(str(key))
    moved = rows(
        connection,
        "SELECT e.event_type, n.role, n.quantity, n.unit FROM event_node n"
        " JOIN event e ON e.entry_index = n.entry_index"
        " WHERE n.node_key = ? AND n.quantity IS NOT NULL AND e.declared_wrong_by IS NULL",
        (key,),
    )
    return balance(
        Quantity(Decimal(lot["quantity"]), lot["unit"]),
        Decimal(lot["unit_mass_kg"]) if lot["unit_mass_kg"] else None,
        (
            Movement(
                one["event_type"], one["role"], Quantity(Decimal(one["quantity"]), one["unit"])
            )
            for one in moved
        ),
    )


def remaining(connection: Connection, key: int) -> Decimal:
    """What should be left of one lot, in its own unit; zero for what is no lot."""
    amounts = balance_or_none(connection, key)
    return amounts.remaining if amounts else Decimal(0)


def balance_or_none(connection: Connection, key: int) -> Balance | None:
    """The amounts of one lot, or None for what is no lot."""
    try:
        return lot_balance(connection, key)
    except NotFound:
        return None


def unmake(connection: Connection, entry_index: int) -> None:
    """Nothing came out of a struck-out record; what replaces it writes its lot anew."""
    connection.execute(
        "UPDATE lot SET quantity = '0',"
        " packed_quantity = CASE WHEN packed_quantity IS NULL THEN NULL ELSE 0 END"
        " WHERE node_key IN (SELECT node_key FROM event_node WHERE entry_index = ? AND role = ?)",
        (entry_index, OUTPUT),
    )


def node_ids(connection: Connection, keys: list[int]) -> list[str]:
    """The ids of nodes, sorted."""
    found: list[str] = []
    for part in parts(keys):
        sql = f"SELECT node_id FROM node WHERE node_key IN ({marks(len(part))})"
        found += [one["node_id"] for one in rows(connection, sql, part)]
    return sorted(found)


def packed_quantity(connection: Connection, key: int) -> int | None:
    """How many units a lot or package was packed into; None for bulk."""
    found = row(connection, "SELECT packed_quantity FROM lot WHERE node_key = ?", (key,))
    return found["packed_quantity"] if found else None


def lots_of_coop(connection: Connection, coop_id: str) -> list[Row]:
    """Every lot and package of a co-op with its code and kind, oldest first; no input lots."""
    return rows(
        connection,
        "SELECT l.*, n.node_id, n.kind FROM lot l JOIN node n ON n.node_key = l.node_key"
        " WHERE l.coop_id = ? AND n.kind IN ('lot', 'package') ORDER BY l.node_key",
        (coop_id,),
    )


def is_used(connection: Connection, key: int) -> bool:
    """Whether something was made from a node, it left, or labels of it are printed."""
    found = row(
        connection,
        "SELECT 1 AS found FROM event_node n JOIN event e ON e.entry_index = n.entry_index"
        " WHERE n.node_key = ? AND e.declared_wrong_by IS NULL"
        " AND (n.role IN (?, ?) OR e.event_type = 'labels_issued') LIMIT 1",
        (key, INPUT, REMOVED),
    )
    return found is not None


def taken_from(connection: Connection, key: int) -> list[int]:
    """The plantings and lots that a node was made from at once, without farm inputs."""
    found = rows(
        connection,
        "SELECT DISTINCT l.parent_key FROM lineage l JOIN node n ON n.node_key = l.parent_key"
        " WHERE l.child_key = ? AND n.kind <> ? ORDER BY l.parent_key",
        (key, INPUT_LOT),
    )
    return [one["parent_key"] for one in found]


def plots_of(connection: Connection, planting_ids: list[str]) -> dict[str, str]:
    """The plot of each planting, by the planting's id."""
    if not planting_ids:
        return {}
    found = rows(
        connection,
        "SELECT n.node_id, p.plot_id FROM node n JOIN planting p ON p.node_key = n.node_key"
        f" WHERE n.node_id IN ({marks(len(planting_ids))})",
        planting_ids,
    )
    return {one["node_id"]: one["plot_id"] for one in found}


def made_before(connection: Connection, keys: list[int], entry_index: int) -> frozenset[int]:
    """Which of these nodes were there before an entry."""
    found = {
        one["node_key"]
        for part in parts(keys)
        for one in rows(
            connection,
            f"SELECT node_key FROM node WHERE node_key IN ({marks(len(part))}) AND entry_index < ?",
            (*part, entry_index),
        )
    }
    return frozenset(found)
