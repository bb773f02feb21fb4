"""Finding what a tester names: a lot by its number or code, a label's code, a plot by its name."""

from .database import Connection, Row, marks, rows
from .units import unit_by_code

_NODE = (
    "SELECT n.node_key, n.node_id, n.kind, l.lot_number, l.input_id, l.made_on, l.name,"
    " COALESCE(l.product_id, p.product_id) AS product_id, p.plot_id, p.started_on FROM node n"
    " LEFT JOIN lot l ON l.node_key = n.node_key LEFT JOIN planting p ON p.node_key = n.node_key"
)


def by_ids(connection: Connection, coop_id: str, node_ids: list[str]) -> dict[str, Row]:
    """Lots, packages, input lots and plantings of a co-op by their codes."""
    found = rows(
        connection,
        f"{_NODE} WHERE n.coop_id = ? AND n.node_id IN ({marks(len(node_ids))})",
        (coop_id, *node_ids),
    )
    return {one["node_id"]: one for one in found}


def by_number(connection: Connection, coop_id: str, lot_number: str) -> list[Row]:
    """The lot, package or input lot with this number."""
    return rows(
        connection,
        f"{_NODE} WHERE n.coop_id = ? AND l.lot_number = ? ORDER BY n.node_key",
        (coop_id, lot_number),
    )


def by_label(connection: Connection, coop_id: str, code: str) -> list[Row]:
    """The lot on which a label with this code sits."""
    unit = unit_by_code(connection, code)
    if unit is None:
        return []
    return rows(
        connection,
        f"{_NODE} WHERE n.coop_id = ? AND n.node_key = ?",
        (coop_id, unit["node_key"]),
    )


def of_submission(connection: Connection, coop_id: str, entry_id: str) -> list[Row]:
    """The inspections that were sent together with this one, in the order of the form."""
    return rows(
        connection,
        "SELECT * FROM event WHERE coop_id = ? AND event_type = 'inspection'"
        " AND submission_id = (SELECT submission_id FROM event WHERE entry_id = ?)"
        " ORDER BY entry_index",
        (coop_id, entry_id),
    )
