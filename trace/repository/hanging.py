"""What hangs on a record: later records that name what it made, and arrivals of what it shipped."""

import json
from datetime import datetime

from ..domain.correcting import Later, Wrong
from ..domain.key_data import INPUT_LOT, OUTPUT
from .database import Connection, Row, row, rows
from .events import is_vouched_by_office

_LATER = (
    "SELECT e.entry_id, e.entry_index, e.coop_id, e.event_type, e.what, s.role, n.node_id, n.kind,"
    " l.lot_number, p.variety FROM event_node m JOIN event_node s ON s.node_key = m.node_key"
    " JOIN event e ON e.entry_index = s.entry_index JOIN node n ON n.node_key = s.node_key"
    " LEFT JOIN lot l ON l.node_key = n.node_key LEFT JOIN planting p ON p.node_key = n.node_key"
    " WHERE m.entry_index = ? AND s.entry_index <> m.entry_index AND e.declared_wrong_by IS NULL"
)


def wrong_record(connection: Connection, coop_id: str, entry_id: str) -> Wrong | None:
    """A co-op's record as the rules of correcting ask about it, or None."""
    found = row(
        connection, "SELECT * FROM event WHERE coop_id = ? AND entry_id = ?", (coop_id, entry_id)
    )
    if found is None:
        return None
    held = row(
        connection,
        "SELECT 1 AS found FROM hold WHERE entry_index = ? OR (lifted_by IS NULL AND node_key IN"
        " (SELECT node_key FROM event_node WHERE entry_index = ? AND role = ?)) LIMIT 1",
        (found["entry_index"], found["entry_index"], OUTPUT),
    )
    return Wrong(
        found["entry_id"],
        found["event_type"],
        found["recorded_by"],
        datetime.fromisoformat(found["record_time"]),
        found["declared_wrong_by"] is not None,
        is_vouched_by_office(connection, found["entry_index"]),
        held is not None,
        tuple(json.loads(found["breaches"])),
    )


def later_records(connection: Connection, coop_id: str, entry_id: str) -> list[Later]:
    """Each record that names what this one made, newest first, once a record.

    Of a shipping, the arrivals that name it, whichever co-op wrote them down.
    """
    found = row(
        connection,
        "SELECT entry_index FROM event WHERE coop_id = ? AND entry_id = ?",
        (coop_id, entry_id),
    )
    if found is None:
        return []
    index = found["entry_index"]
    made = rows(connection, f"{_LATER} AND m.role = ? ORDER BY e.entry_index DESC", (index, OUTPUT))
    came = rows(
        connection,
        f"{_LATER} AND m.role = 'removed' AND e.event_type = 'receiving'"
        " ORDER BY e.entry_index DESC",
        (index,),
    )
    arrived = [one for one in came if json.loads(one["what"]).get("shipping") == entry_id]
    once: dict[str, Row] = {}
    for one in [*made, *arrived]:
        once.setdefault(one["entry_id"], one)
    return [_later(one, coop_id) for one in once.values()]


def _later(one: Row, coop_id: str) -> Later:
    is_made = one["kind"] in ("lot", "package", INPUT_LOT)
    name = one["lot_number"] if is_made else one["variety"]
    return Later(
        one["entry_id"], one["event_type"], one["role"], name or "", one["coop_id"] == coop_id
    )
