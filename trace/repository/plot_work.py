"""What was done on a co-op's plantings, read by the kind of work: waterings, by far the most, stay
unread where nobody asks for them.
"""

from collections.abc import Sequence

from .database import Connection, Row, marks, rows

EVER = ("0001-01-01", "9999-12-31")


def work_done(
    connection: Connection,
    coop_id: str,
    event_types: Sequence[str],
    days: tuple[str, str] = EVER,
) -> list[Row]:
    """Events of these types and days, a row for each node they name, newest first, wrong ones out.

    The rows are those of `field_work.events_on`.
    """
    found = rows(
        connection,
        "SELECT s.node_key, s.role, s.quantity, s.unit, e.* FROM event e"
        " JOIN event_node s ON s.entry_index = e.entry_index"
        f" WHERE e.coop_id = ? AND e.event_type IN ({marks(len(event_types))})"
        " AND e.event_date >= ? AND e.event_date <= ? AND e.declared_wrong_by IS NULL",
        (coop_id, *event_types, *days),
    )
    return sorted(found, key=lambda one: (one["event_utc"], one["entry_index"]), reverse=True)
