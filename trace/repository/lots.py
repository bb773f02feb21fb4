"""Lots as a co-op keeps them: the lists of the packing house, amounts, what they came from."""

from .database import Connection, Row, marks, row, rows

# A lot whose making was declared wrong, and not replaced, never was.
_WAS_MADE = (
    "EXISTS (SELECT 1 FROM event_node s JOIN event e ON e.entry_index = s.entry_index"
    " WHERE s.node_key = l.node_key AND s.role = 'output' AND e.declared_wrong_by IS NULL)"
)
_LOT = "SELECT l.*, n.kind, n.node_id FROM lot l JOIN node n ON n.node_key = l.node_key"


def lot_by_code(connection: Connection, code: str) -> Row | None:
    """A lot or package by its code, with its kind."""
    return row(connection, f"{_LOT} WHERE l.code = ?", (code,))


def lots_by_number(connection: Connection, lot_number: str) -> list[Row]:
    """Lots and packages with this number: one a co-op at most."""
    return rows(
        connection,
        f"{_LOT} WHERE l.lot_number = ? AND n.kind IN ('lot', 'package') ORDER BY l.node_key",
        (lot_number,),
    )


def lots_since(connection: Connection, coop_id: str, day: str, limit: int = 500) -> list[Row]:
    """A co-op's lots and packages made on this day or later, newest first."""
    return rows(
        connection,
        f"{_LOT} WHERE l.coop_id = ? AND l.made_on >= ? AND n.kind IN ('lot', 'package')"
        f" AND {_WAS_MADE} ORDER BY l.made_on DESC, l.node_key DESC LIMIT ?",
        (coop_id, day, limit),
    )


def lots_by_keys(connection: Connection, keys: list[int]) -> list[Row]:
    """These lots, packages and input lots, in the order of making; other nodes are left out."""
    return rows(
        connection,
        f"{_LOT} WHERE l.node_key IN ({marks(len(keys))}) ORDER BY l.node_key",
        keys,
    )


def plantings_by_keys(connection: Connection, keys: list[int]) -> list[Row]:
    """These plantings with their ids, in the order of planting; other nodes are left out."""
    return rows(
        connection,
        "SELECT p.*, n.node_id FROM planting p JOIN node n ON n.node_key = p.node_key"
        f" WHERE p.node_key IN ({marks(len(keys))}) ORDER BY p.node_key",
        keys,
    )


def plantings_of(connection: Connection, coop_id: str) -> list[Row]:
    """A co-op's plantings, newest first."""
    return rows(
        connection,
        "SELECT p.*, n.node_id FROM planting p JOIN node n ON n.node_key = p.node_key"
        " WHERE p.coop_id = ? ORDER BY p.started_on DESC, p.node_key DESC",
        (coop_id,),
    )


def movements_of(connection: Connection, keys: list[int]) -> list[Row]:
    """Every amount that moved in or out of these lots, without what was declared wrong."""
    return rows(
        connection,
        "SELECT n.node_key, e.event_type, n.role, n.quantity, n.unit FROM event_node n"
        " JOIN event e ON e.entry_index = n.entry_index"
        f" WHERE n.node_key IN ({marks(len(keys))}) AND n.quantity IS NOT NULL"
        " AND e.declared_wrong_by IS NULL",
        keys,
    )


def issued_counts(connection: Connection, keys: list[int]) -> dict[int, int]:
    """How many labels were issued for each of these lots; those without any are left out."""
    found = rows(
        connection,
        "SELECT node_key, MAX(sequence) AS last FROM unit"
        f" WHERE node_key IN ({marks(len(keys))}) GROUP BY node_key",
        keys,
    )
    return {one["node_key"]: one["last"] for one in found}


def first_taking(connection: Connection, planting_keys: list[int]) -> str | None:
    """The day on which something was first taken from these plantings, by picking or packing."""
    found = row(
        connection,
        "SELECT MIN(e.event_date) AS day FROM event_node s"
        " JOIN event e ON e.entry_index = s.entry_index"
        f" WHERE s.node_key IN ({marks(len(planting_keys))}) AND s.role = 'input'"
        " AND e.event_type IN ('harvesting', 'packing') AND e.declared_wrong_by IS NULL",
        planting_keys,
    )
    return found["day"] if found else None


def events_of_node(connection: Connection, key: int) -> list[Row]:
    """The events that name this node, newest first, with its part and how much of it."""
    return rows(
        connection,
        "SELECT e.*, s.role, s.quantity, s.unit FROM event_node s"
        " JOIN event e ON e.entry_index = s.entry_index WHERE s.node_key = ?"
        " ORDER BY e.event_utc DESC, e.entry_index DESC",
        (key,),
    )


def events_of_types(
    connection: Connection, coop_id: str, event_types: list[str], limit: int
) -> list[Row]:
    """A co-op's newest events of these types, in the order of recording."""
    return rows(
        connection,
        f"SELECT * FROM event WHERE coop_id = ? AND event_type IN ({marks(len(event_types))})"
        " ORDER BY entry_index DESC LIMIT ?",
        (coop_id, *event_types, limit),
    )


def units_by_codes(connection: Connection, codes: list[str]) -> list[Row]:
    """Unit labels by code, with the lot each is bound to and whose it is."""
    found: list[Row] = []
    for start in range(0, len(codes), 500):
        part = codes[start : start + 500]
        found += rows(
            connection,
            "SELECT u.*, n.node_id, n.coop_id FROM unit u JOIN node n ON n.node_key = u.node_key"
            f" WHERE u.code IN ({marks(len(part))})",
            part,
        )
    return found


def contents_of(connection: Connection, key: int) -> list[Row]:
    """What was put into a package: each lot, and how much of it in all packages together."""
    return rows(
        connection,
        "SELECT l.*, g.quantity AS taken, g.unit AS taken_unit FROM lineage g"
        " JOIN lot l ON l.node_key = g.parent_key WHERE g.child_key = ? ORDER BY g.parent_key",
        (key,),
    )
