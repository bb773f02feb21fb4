"""The links of lineage with the events that made them, and where goods ended, for drawings.

What hangs together is asked of the closures; this reads what lies between the nodes they found.
"""

from .database import Connection, Row, marks, rows

_PART = 500
ENDING = ("shipping", "selling", "destroying", "loss", "returning")


def links_into(connection: Connection, keys: list[int]) -> list[Row]:
    """Every link to one of these children, with its parent's kind and what one of it weighs."""
    found: list[Row] = []
    for start in range(0, len(keys), _PART):
        part = keys[start : start + _PART]
        found += rows(
            connection,
            "SELECT l.child_key, l.parent_key, l.enters_on, l.quantity, l.unit, e.entry_id,"
            " e.event_type, n.kind AS parent_kind, t.unit_mass_kg FROM lineage l"
            " JOIN event e ON e.entry_index = l.entry_index"
            " JOIN node n ON n.node_key = l.parent_key"
            " LEFT JOIN lot t ON t.node_key = l.parent_key"
            f" WHERE l.child_key IN ({marks(len(part))})"
            " ORDER BY l.child_key, l.parent_key, l.entry_index",
            part,
        )
    return found


def endings_of(connection: Connection, coop_id: str, keys: list[int]) -> list[Row]:
    """What of these goods a co-op sent, sold, destroyed, lost or took back; wrong ones left out."""
    found: list[Row] = []
    for start in range(0, len(keys), _PART):
        part = keys[start : start + _PART]
        found += rows(
            connection,
            "SELECT s.node_key, s.quantity, s.unit, e.entry_id, e.event_type, e.event_date, e.what"
            " FROM event_node s JOIN event e ON e.entry_index = s.entry_index"
            f" WHERE e.coop_id = ? AND e.event_type IN ({marks(len(ENDING))})"
            f" AND s.role IN ('removed', 'returned') AND s.node_key IN ({marks(len(part))})"
            " AND e.declared_wrong_by IS NULL ORDER BY e.entry_index, s.node_key",
            (coop_id, *ENDING, *part),
        )
    return found
