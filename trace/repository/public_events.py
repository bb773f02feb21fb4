"""Reading for the shopper's page: the events of a node's closure, their notes and files."""

from .database import Connection, Row, marks, parts, row, rows


def events_with_roles(connection: Connection, keys: list[int]) -> list[Row]:
    """Every event these nodes take part in, a row for each part, oldest first.

    What ended a hold names the hold alone: it is given to the nodes that were on hold.
    """
    listed = marks(len(keys))
    return rows(
        connection,
        "SELECT e.*, s.node_key, s.role, s.quantity AS share, s.unit AS share_unit"
        " FROM event_node s JOIN event e ON e.entry_index = s.entry_index"
        f" WHERE s.node_key IN ({listed})"
        " UNION ALL SELECT e.*, h.node_key, 'subject', NULL, NULL"
        " FROM hold h JOIN event e ON e.entry_id = h.lifted_by"
        f" WHERE e.event_type = 'hold_lifted' AND h.node_key IN ({listed})"
        " ORDER BY event_utc, entry_index, node_key",
        [*keys, *keys],
    )


def events_by_ids(connection: Connection, entry_ids: list[str]) -> dict[str, Row]:
    """Events by entry id, such as the corrections that others name."""
    if not entry_ids:
        return {}
    found = rows(
        connection, f"SELECT * FROM event WHERE entry_id IN ({marks(len(entry_ids))})", entry_ids
    )
    return {one["entry_id"]: one for one in found}


def notes_of(connection: Connection, entry_ids: list[str]) -> dict[str, str]:
    """The notes of these entries that were not erased."""
    found = rows(
        connection,
        "SELECT entry_id, value FROM private_value WHERE path = 'note'"
        f" AND entry_id IN ({marks(len(entry_ids))})",
        entry_ids,
    )
    return {one["entry_id"]: one["value"] for one in found}


def files_of(connection: Connection, entry_indexes: list[int]) -> list[Row]:
    """The files of these events in the order they were given, with what they are."""
    return rows(
        connection,
        "SELECT DISTINCT f.entry_index, f.position, f.sha256, f.purpose, k.media_type, k.byte_size"
        " FROM event_file f JOIN event e ON e.entry_index = f.entry_index"
        " JOIN file k ON k.sha256 = f.sha256 AND k.coop_id = e.coop_id"
        f" WHERE f.entry_index IN ({marks(len(entry_indexes))}) ORDER BY f.entry_index, f.position",
        entry_indexes,
    )


def closure_nodes(connection: Connection, keys: list[int]) -> dict[int, Row]:
    """Nodes with their planting or lot, by key."""
    found = rows(
        connection,
        "SELECT n.node_key, n.node_id, n.coop_id, n.kind, n.revision, l.lot_number, l.made_by,"
        " COALESCE(l.product_id, p.product_id) AS product_id, l.input_id, l.name, l.name_en,"
        " l.quantity, l.unit, l.unit_mass_kg, l.packed_quantity, l.traceability_lot_code,"
        " l.supplier_id,"
        " l.supplier_lot_number, l.supplier_certificate, l.made_on, p.plot_id, p.variety,"
        " p.started_on FROM node n LEFT JOIN lot l ON l.node_key = n.node_key"
        " LEFT JOIN planting p ON p.node_key = n.node_key"
        f" WHERE n.node_key IN ({marks(len(keys))})",
        keys,
    )
    return {one["node_key"]: one for one in found}


def contents_of(connection: Connection, key: int) -> list[Row]:
    """What was put into a package: each lot with how much of it."""
    return rows(
        connection,
        "SELECT l.parent_key AS node_key, n.node_id, l.quantity, l.unit FROM lineage l"
        " JOIN node n ON n.node_key = l.parent_key WHERE l.child_key = ? ORDER BY l.parent_key",
        (key,),
    )


def packed_lots(connection: Connection, coop_id: str, keys: list[int]) -> list[Row]:
    """Packed lots and packages of one co-op among these nodes, newest first."""
    found: list[Row] = []
    for part in parts(keys):
        found += rows(
            connection,
            "SELECT lot_number, product_id, name, made_on FROM lot WHERE coop_id = ?"
            f" AND packed_quantity IS NOT NULL AND node_key IN ({marks(len(part))})",
            (coop_id, *part),
        )
    by_number = sorted(found, key=lambda one: str(one["lot_number"]))
    return sorted(by_number, key=lambda one: str(one["made_on"]), reverse=True)


def products_of_gtin(connection: Connection, gtins: list[str]) -> list[str]:
    """Products that carry or ever carried a GTIN, in these spellings: labels outlive versions."""
    found = rows(
        connection,
        "SELECT id FROM declared WHERE noun = 'product'"
        f" AND ({' OR '.join(['fields LIKE ?'] * len(gtins))}) ORDER BY entry_index DESC",
        [f'%"gtin": "{gtin}"%' for gtin in gtins],
    )
    return list(dict.fromkeys(one["id"] for one in found))


def lot_of_product(connection: Connection, product_ids: list[str], lot_number: str) -> str | None:
    """The code of the lot with this number among these products."""
    found = row(
        connection,
        f"SELECT code FROM lot WHERE lot_number = ? AND product_id IN ({marks(len(product_ids))})",
        (lot_number, *product_ids),
    )
    return found["code"] if found else None
