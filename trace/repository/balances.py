"""Amounts of a whole co-op at once: what moved, of which lots, what was taken from plantings.

Never a query for each lot: a season of 20 000 lots is read in four statements.
"""

from decimal import Decimal

from . import declared
from .database import Connection, Row, marks, row, rows

_PART = 500
_MOVES = "('input', 'output', 'removed', 'returned')"


def movements_until(connection: Connection, coop_id: str, last_day: str) -> list[Row]:
    """Every amount a co-op moved up to this day, record by record; what was struck out is not."""
    return rows(
        connection,
        "SELECT e.entry_index, e.event_date, e.event_type, s.role, s.node_key, s.quantity, s.unit"
        " FROM event e JOIN event_node s ON s.entry_index = e.entry_index"
        " WHERE e.coop_id = ? AND e.event_date <= ? AND e.declared_wrong_by IS NULL"
        f" AND s.quantity IS NOT NULL AND s.role IN {_MOVES} ORDER BY e.entry_index",
        (coop_id, last_day),
    )


def goods_of(connection: Connection, coop_id: str) -> list[Row]:
    """Every lot and package of a co-op, with what its amounts are counted in."""
    return rows(
        connection,
        "SELECT l.node_key, n.node_id, n.kind, l.lot_number, l.product_id, l.name, l.name_en,"
        " l.unit, l.unit_mass_kg, l.packed_quantity FROM lot l"
        " JOIN node n ON n.node_key = l.node_key"
        " WHERE l.coop_id = ? AND n.kind IN ('lot', 'package')",
        (coop_id,),
    )


def plantings_of(connection: Connection, coop_id: str) -> list[Row]:
    """Every planting of a co-op with its own area, where one was told."""
    return rows(
        connection,
        "SELECT p.node_key, n.node_id, p.plot_id, p.product_id, p.variety, p.area_mu, p.started_on"
        " FROM planting p JOIN node n ON n.node_key = p.node_key WHERE p.coop_id = ?",
        (coop_id,),
    )


def labels_alive(connection: Connection, coop_id: str) -> dict[int, int]:
    """How many labels of each lot are issued and not void, for lots that have labels."""
    found = rows(
        connection,
        "SELECT u.node_key, COUNT(*) AS alive FROM unit u JOIN lot l ON l.node_key = u.node_key"
        " WHERE l.coop_id = ? AND u.voided_by IS NULL GROUP BY u.node_key",
        (coop_id,),
    )
    return {one["node_key"]: one["alive"] for one in found}


def labels_of(connection: Connection, keys: list[int]) -> dict[int, int]:
    """How many labels of each of these lots are issued and not void; lots without any are out."""
    if not keys:
        return {}
    found = rows(
        connection,
        f"SELECT node_key, COUNT(*) AS alive FROM unit WHERE node_key IN ({marks(len(keys))})"
        " AND voided_by IS NULL GROUP BY node_key",
        keys,
    )
    return {one["node_key"]: one["alive"] for one in found}


def entry_ids(connection: Connection, entry_indexes: list[int]) -> dict[int, str]:
    """The ids of records by their place in the ledger."""
    found: dict[int, str] = {}
    for start in range(0, len(entry_indexes), _PART):
        part = entry_indexes[start : start + _PART]
        sql = f"SELECT entry_index, entry_id FROM event WHERE entry_index IN ({marks(len(part))})"
        found |= {one["entry_index"]: one["entry_id"] for one in rows(connection, sql, part)}
    return found


def taken_from_plantings(connection: Connection, keys: list[int]) -> list[Row]:
    """What was picked of these plantings or potted up from them, without what was struck out."""
    found: list[Row] = []
    for start in range(0, len(keys), _PART):
        part = keys[start : start + _PART]
        found += rows(
            connection,
            "SELECT s.node_key, s.quantity, s.unit FROM event_node s"
            " JOIN event e ON e.entry_index = s.entry_index"
            f" WHERE s.node_key IN ({marks(len(part))}) AND s.role = 'input'"
            " AND s.quantity IS NOT NULL AND e.declared_wrong_by IS NULL",
            part,
        )
    return found


def area_of(connection: Connection, key: int) -> Decimal | None:
    """The area of a planting in mu: its own, else that of its plot; None where nobody has said."""
    found = row(connection, "SELECT plot_id, area_mu FROM planting WHERE node_key = ?", (key,))
    if found is None:
        return None
    area = found["area_mu"]
    if not area:
        plot = declared.by_ids(connection, "plot", [found["plot_id"]]).get(found["plot_id"])
        area = plot.text("area_mu") if plot else ""
    return Decimal(area) if area else None


def ploughed_under(connection: Connection, coop_id: str) -> frozenset[int]:
    """The plantings of a co-op that were destroyed."""
    found = rows(
        connection,
        "SELECT s.node_key FROM event_node s JOIN event e ON e.entry_index = s.entry_index"
        " JOIN planting p ON p.node_key = s.node_key WHERE p.coop_id = ? AND s.role = 'removed'"
        " AND e.event_type = 'destroying' AND e.declared_wrong_by IS NULL",
        (coop_id,),
    )
    return frozenset(one["node_key"] for one in found)
