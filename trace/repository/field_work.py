"""Reading for the field: plantings, what happened to them, input lots, and who recorded what."""

from .database import Connection, Row, marks, row, rows

_PART = 500


def plantings_of(connection: Connection, coop_id: str) -> list[Row]:
    """Every planting of a co-op whose sowing was not declared wrong, newest first."""
    return rows(
        connection,
        "SELECT p.*, n.node_id FROM planting p JOIN node n ON n.node_key = p.node_key"
        " WHERE p.coop_id = ? AND EXISTS (SELECT 1 FROM event_node o"
        " JOIN event e ON e.entry_index = o.entry_index WHERE o.node_key = p.node_key"
        " AND o.role = 'output' AND e.declared_wrong_by IS NULL)"
        " ORDER BY p.started_on DESC, p.node_key DESC",
        (coop_id,),
    )


def events_on(connection: Connection, keys: list[int], event_types: list[str]) -> list[Row]:
    """Events of these types on these nodes, a row for each node, newest first, wrong ones out."""
    found: list[Row] = []
    for start in range(0, len(keys), _PART):
        part = keys[start : start + _PART]
        found += rows(
            connection,
            "SELECT s.node_key, s.role, s.quantity, s.unit, e.* FROM event_node s"
            " JOIN event e ON e.entry_index = s.entry_index"
            f" WHERE s.node_key IN ({marks(len(part))}) AND e.declared_wrong_by IS NULL"
            f" AND e.event_type IN ({marks(len(event_types))})",
            (*part, *event_types),
        )
    return sorted(found, key=lambda one: (one["event_utc"], one["entry_index"]), reverse=True)


def nodes_of(connection: Connection, entry_indexes: list[int]) -> list[Row]:
    """The nodes of these events with role, amount, and what they are: planting or lot."""
    found: list[Row] = []
    for start in range(0, len(entry_indexes), _PART):
        part = entry_indexes[start : start + _PART]
        found += rows(
            connection,
            "SELECT s.entry_index, s.role, s.quantity, s.unit, n.node_id, n.node_key, n.kind,"
            " p.plot_id, COALESCE(p.product_id, l.product_id) AS product_id, l.lot_number,"
            " l.input_id FROM event_node s JOIN node n ON n.node_key = s.node_key"
            " LEFT JOIN planting p ON p.node_key = n.node_key"
            " LEFT JOIN lot l ON l.node_key = n.node_key"
            f" WHERE s.entry_index IN ({marks(len(part))}) ORDER BY s.entry_index, s.node_key",
            part,
        )
    return found


def input_lots_of(connection: Connection, coop_id: str) -> list[Row]:
    """Every input lot of a co-op whose purchase was not declared wrong, newest first."""
    return rows(
        connection,
        "SELECT l.*, n.node_id FROM lot l JOIN node n ON n.node_key = l.node_key"
        " WHERE l.coop_id = ? AND n.kind = 'input_lot' AND EXISTS (SELECT 1 FROM event_node o"
        " JOIN event e ON e.entry_index = o.entry_index WHERE o.node_key = l.node_key"
        " AND o.role = 'output' AND e.declared_wrong_by IS NULL)"
        " ORDER BY l.made_on DESC, l.node_key DESC",
        (coop_id,),
    )


def goods_made_since(connection: Connection, coop_id: str, day: str) -> list[Row]:
    """Lots made by picking, packing or merging since a day, not declared wrong, newest first."""
    return rows(
        connection,
        "SELECT l.*, n.node_id FROM lot l JOIN node n ON n.node_key = l.node_key"
        " WHERE l.coop_id = ? AND n.kind = 'lot' AND l.made_on >= ? AND EXISTS"
        " (SELECT 1 FROM event_node o JOIN event e ON e.entry_index = o.entry_index"
        " WHERE o.node_key = l.node_key AND o.role = 'output' AND e.declared_wrong_by IS NULL)"
        " ORDER BY l.made_on DESC, l.node_key DESC",
        (coop_id, day),
    )


def recorded_by(
    connection: Connection, coop_id: str, party_id: str, since: str, event_types: list[str]
) -> list[Row]:
    """What a party recorded since a record time, struck-out records included, newest day first."""
    return rows(
        connection,
        "SELECT * FROM event WHERE coop_id = ? AND recorded_by = ? AND record_time >= ?"
        f" AND event_type IN ({marks(len(event_types))})"
        " ORDER BY event_date DESC, entry_index DESC",
        (coop_id, party_id, since, *event_types),
    )


def entry_of(connection: Connection, entry_id: str) -> Row | None:
    """The ledger's own row of an entry: its place, record time and leaf hash."""
    return row(
        connection,
        "SELECT entry_index, record_time, leaf_hash FROM entry WHERE entry_id = ?",
        (entry_id,),
    )


def files_of(connection: Connection, entry_indexes: list[int]) -> list[Row]:
    """The files of these events with their media types, in the order they were given."""
    return rows(
        connection,
        "SELECT f.entry_index, f.sha256, f.purpose, k.media_type FROM event_file f"
        " JOIN event e ON e.entry_index = f.entry_index"
        " JOIN file k ON k.sha256 = f.sha256 AND k.coop_id = e.coop_id"
        f" WHERE f.entry_index IN ({marks(len(entry_indexes))}) ORDER BY f.entry_index, f.position",
        entry_indexes,
    )


def notes_of(connection: Connection, entry_ids: list[str]) -> dict[str, str]:
    """The notes of these entries that were not erased."""
    found = rows(
        connection,
        "SELECT entry_id, value FROM private_value WHERE path = 'note'"
        f" AND entry_id IN ({marks(len(entry_ids))})",
        entry_ids,
    )
    return {one["entry_id"]: one["value"] for one in found}


def events_by_ids(connection: Connection, coop_id: str, entry_ids: list[str]) -> dict[str, Row]:
    """Events of a co-op by entry id."""
    found = rows(
        connection,
        f"SELECT * FROM event WHERE coop_id = ? AND entry_id IN ({marks(len(entry_ids))})",
        (coop_id, *entry_ids),
    )
    return {one["entry_id"]: one for one in found}


def replacements_of(connection: Connection, coop_id: str, entry_ids: list[str]) -> dict[str, str]:
    """Which record stands in place of each of these that was declared wrong."""
    found = rows(
        connection,
        "SELECT entry_id, replaces FROM event WHERE coop_id = ?"
        f" AND replaces IN ({marks(len(entry_ids))})",
        (coop_id, *entry_ids),
    )
    return {one["replaces"]: one["entry_id"] for one in found}
