"""A co-op's records as its desk lists them: by day and type, holds, recalls, goods gone."""

from collections.abc import Sequence

from .database import Connection, Row, marks, rows

_PART = 500

LOOKS = {
    "": "1 = 1",
    "late": "is_late = 1",
    "flagged": "breaches <> '[]'",
    "corrected": "(declared_wrong_by IS NOT NULL OR replaces IS NOT NULL)",
}
"""What a list of records may be asked for, and the condition it is."""


def records_between(
    connection: Connection,
    coop_id: str,
    first_day: str,
    last_day: str,
    event_type: str = "",
    before: int | None = None,
    limit: int = 50,
    *,
    look: str = "",
    only: Sequence[str] | None = None,
) -> list[Row]:
    """Events of these days, the last written first; `before` is the entry index to go on from.

    `look` is one of LOOKS; `only` leaves out every other entry id.
    """
    if only is not None and not only:
        return []
    among = "" if only is None else f" AND entry_id IN ({marks(len(only))})"
    return rows(
        connection,
        "SELECT * FROM event WHERE coop_id = ? AND event_date >= ? AND event_date <= ?"
        " AND (? = '' OR event_type = ?) AND (? IS NULL OR entry_index < ?)"
        f" AND {LOOKS[look]}{among} ORDER BY entry_index DESC LIMIT ?",
        (
            *(coop_id, first_day, last_day, event_type, event_type, before, before),
            *(only or ()),
            limit,
        ),
    )


def last_records(connection: Connection, coop_id: str, limit: int) -> list[Row]:
    """A co-op's events that were written last, the newest first."""
    return rows(
        connection,
        "SELECT * FROM event WHERE coop_id = ? ORDER BY record_time DESC, entry_index DESC LIMIT ?",
        (coop_id, limit),
    )


def open_holds_of(connection: Connection, coop_id: str) -> list[Row]:
    """The holds not lifted on a co-op's own nodes, newest first."""
    return rows(
        connection,
        "SELECT h.node_key, h.rule, e.entry_id, e.event_type, e.event_date, e.record_time, e.what,"
        " n.node_id, n.kind FROM hold h JOIN event e ON e.entry_index = h.entry_index"
        " JOIN node n ON n.node_key = h.node_key"
        " WHERE n.coop_id = ? AND h.lifted_by IS NULL ORDER BY h.entry_index DESC",
        (coop_id,),
    )


def recalls_by(connection: Connection, coop_id: str) -> list[Row]:
    """The recalls a co-op has confirmed, newest first, with what closed each."""
    return rows(
        connection,
        "SELECT e.*, (SELECT MAX(r.closed_by) FROM recall r WHERE r.entry_index = e.entry_index)"
        " AS closed_by FROM event e WHERE e.coop_id = ? AND e.event_type = 'recall'"
        " ORDER BY e.entry_index DESC",
        (coop_id,),
    )


def goods_gone(connection: Connection, coop_id: str, keys: list[int]) -> list[Row]:
    """What of these nodes a co-op shipped or sold, the newest first; wrong records left out."""
    found: list[Row] = []
    for start in range(0, len(keys), _PART):
        part = keys[start : start + _PART]
        found += rows(
            connection,
            "SELECT s.node_key, s.quantity, s.unit, e.entry_id, e.entry_index, e.event_type,"
            " e.event_date, e.what FROM event_node s JOIN event e ON e.entry_index = s.entry_index"
            " WHERE e.coop_id = ? AND e.event_type IN ('shipping', 'selling')"
            f" AND s.role = 'removed' AND s.node_key IN ({marks(len(part))})"
            " AND e.declared_wrong_by IS NULL",
            (coop_id, *part),
        )
    return sorted(found, key=lambda one: int(one["entry_index"]), reverse=True)


def goods_before(connection: Connection, coop_id: str, before: int | None, limit: int) -> list[Row]:
    """A co-op's lots and packages, the last made first; `before` is the node key to go on from."""
    return rows(
        connection,
        "SELECT l.*, n.node_id, n.kind FROM lot l JOIN node n ON n.node_key = l.node_key"
        " WHERE l.coop_id = ? AND n.kind IN ('lot', 'package') AND (? IS NULL OR l.node_key < ?)"
        " AND EXISTS (SELECT 1 FROM event_node o JOIN event e ON e.entry_index = o.entry_index"
        " WHERE o.node_key = l.node_key AND o.role = 'output' AND e.declared_wrong_by IS NULL)"
        " ORDER BY l.node_key DESC LIMIT ?",
        (coop_id, before, before, limit),
    )


def nodes_called(connection: Connection, coop_id: str, typed: str, limit: int) -> list[Row]:
    """A co-op's nodes of this code, and its lots whose number holds what was typed."""
    return rows(
        connection,
        "SELECT n.node_key, n.node_id, n.kind FROM node n LEFT JOIN lot l"
        " ON l.node_key = n.node_key WHERE n.coop_id = ? AND (n.node_id = ? OR l.lot_number = ?"
        " OR instr(l.lot_number, ?) > 0) ORDER BY n.node_key DESC LIMIT ?",
        (coop_id, typed, typed, typed, limit),
    )


def nodes_by_keys(connection: Connection, keys: list[int]) -> list[Row]:
    """Nodes of any co-op with what they are: planting, lot, package or input lot."""
    found: list[Row] = []
    for start in range(0, len(keys), _PART):
        part = keys[start : start + _PART]
        found += rows(
            connection,
            "SELECT n.node_key, n.node_id, n.kind, n.coop_id, p.plot_id, p.variety,"
            " COALESCE(p.product_id, l.product_id) AS product_id, l.input_id, l.lot_number,"
            " l.name, l.made_by, COALESCE(l.made_on, p.started_on) AS made_on, l.quantity,"
            " l.unit, l.unit_mass_kg, l.packed_quantity, l.supplier_id, l.expires_on"
            " FROM node n LEFT JOIN planting p ON p.node_key = n.node_key"
            " LEFT JOIN lot l ON l.node_key = n.node_key"
            f" WHERE n.node_key IN ({marks(len(part))}) ORDER BY n.node_key DESC",
            part,
        )
    return found


def neighbours(connection: Connection, key: int) -> tuple[list[int], list[int]]:
    """What a node was made from, and what was made from it, one step each way."""
    above = rows(connection, "SELECT DISTINCT parent_key FROM lineage WHERE child_key = ?", (key,))
    below = rows(connection, "SELECT DISTINCT child_key FROM lineage WHERE parent_key = ?", (key,))
    return [one["parent_key"] for one in above], [one["child_key"] for one in below]


def flagged_since(connection: Connection, coop_id: str, record_time: str) -> list[Row]:
    """Records written since then that broke a rule, the newest first; no wrong ones."""
    return rows(
        connection,
        "SELECT * FROM event WHERE coop_id = ? AND record_time >= ? AND declared_wrong_by IS NULL"
        " AND breaches <> '[]' ORDER BY entry_index DESC",
        (coop_id, record_time),
    )


def late_since(connection: Connection, coop_id: str, record_time: str) -> int:
    """How many records written since then were late; those declared wrong are left out."""
    found = rows(
        connection,
        "SELECT COUNT(*) AS late FROM event WHERE coop_id = ? AND record_time >= ?"
        " AND is_late = 1 AND declared_wrong_by IS NULL",
        (coop_id, record_time),
    )
    return int(found[0]["late"])


def events_named(connection: Connection, coop_id: str, entry_ids: list[str]) -> list[Row]:
    """These events of a co-op, the last written first; those declared wrong are left out."""
    if not entry_ids:
        return []
    return rows(
        connection,
        f"SELECT * FROM event WHERE coop_id = ? AND entry_id IN ({marks(len(entry_ids))})"
        " AND declared_wrong_by IS NULL ORDER BY entry_index DESC",
        (coop_id, *entry_ids),
    )
