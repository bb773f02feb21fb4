"""Recalls: what they begin at, what followed, whom somebody tried to reach, customers' links."""

from typing import Any

from ..domain.event_check import Known
from ..domain.key_data import INPUT, OUTPUT, SUBJECT
from ..domain.recall_causes import INSPECTION_KIND, PLOT_DAYS, AskedCause
from . import declared, nodes, recall_closure
from .database import Connection, Row, marks, parts, row, rows


def nodes_asked(connection: Connection, coop_id: str, asked: AskedCause) -> list[str]:
    """The ids of the nodes that a cause means today, each once; what is another's is left out."""
    if asked.kind == PLOT_DAYS:
        return _picked_between(connection, coop_id, asked)
    if asked.kind == INSPECTION_KIND:
        return _inspected(connection, coop_id, asked.inspection)
    return list(dict.fromkeys(asked.causes))


def known_to(connection: Connection, coop_id: str, asked: AskedCause, node_ids: list[str]) -> Known:
    """What of a cause exists and is ours: retired plots too, failed inspections only."""
    found = nodes.node_keys(connection, node_ids) if node_ids else {}
    own = {one: node["kind"] for one, node in found.items() if node["coop_id"] == coop_id}
    plots = declared.by_ids(connection, "plot", list(asked.plots)) if asked.plots else {}
    failed = _failed_inspection(connection, coop_id, asked.inspection)
    return Known(
        own,
        {
            "plot": frozenset(one.id for one in plots.values() if one.coop_id == coop_id),
            "entry": frozenset({asked.inspection}) if failed else frozenset(),
        },
    )


def _picked_between(connection: Connection, coop_id: str, asked: AskedCause) -> list[str]:
    """What was made out of plantings on these plots between two days, both included."""
    if not asked.plots:
        return []
    found = rows(
        connection,
        "SELECT DISTINCT n.node_id, n.node_key FROM event e"
        " JOIN event_node i ON i.entry_index = e.entry_index AND i.role = ?"
        " JOIN planting p ON p.node_key = i.node_key"
        " JOIN event_node o ON o.entry_index = e.entry_index AND o.role = ?"
        " JOIN node n ON n.node_key = o.node_key"
        " WHERE e.coop_id = ? AND e.event_date >= ? AND e.event_date <= ?"
        f" AND e.declared_wrong_by IS NULL AND p.plot_id IN ({marks(len(asked.plots))})"
        " ORDER BY n.node_key",
        (INPUT, OUTPUT, coop_id, asked.from_day, asked.until_day, *asked.plots),
    )
    return [one["node_id"] for one in found]


def _failed_inspection(connection: Connection, coop_id: str, entry_id: str) -> Row | None:
    return row(
        connection,
        "SELECT e.entry_index FROM event e JOIN inspection i ON i.entry_index = e.entry_index"
        " WHERE e.coop_id = ? AND e.entry_id = ? AND i.passed = 0 AND e.declared_wrong_by IS NULL",
        (coop_id, entry_id),
    )


def _inspected(connection: Connection, coop_id: str, entry_id: str) -> list[str]:
    """What an inspection names, and every planting on the plots it names."""
    failed = _failed_inspection(connection, coop_id, entry_id)
    if failed is None:
        return []
    index = failed["entry_index"]
    found = rows(
        connection,
        "SELECT n.node_id, n.node_key FROM event_node s JOIN node n ON n.node_key = s.node_key"
        " WHERE s.entry_index = ? AND s.role = ? AND n.coop_id = ?"
        " UNION SELECT n.node_id, n.node_key FROM inspection_plot i JOIN planting p"
        " ON p.coop_id = i.coop_id AND p.plot_id = i.plot_id JOIN node n ON n.node_key = p.node_key"
        " WHERE i.entry_index = ? ORDER BY 2",
        (index, SUBJECT, coop_id, index),
    )
    return [one["node_id"] for one in found]


def failed_inspections(connection: Connection, coop_id: str, limit: int) -> list[Row]:
    """The newest inspections that were not passed and still stand."""
    return rows(
        connection,
        "SELECT e.* FROM event e JOIN inspection i ON i.entry_index = e.entry_index"
        " WHERE e.coop_id = ? AND i.passed = 0 AND e.declared_wrong_by IS NULL"
        " ORDER BY e.entry_index DESC LIMIT ?",
        (coop_id, limit),
    )


_RECALL = (
    "SELECT e.*, (SELECT MAX(r.closed_by) FROM recall r WHERE r.entry_index = e.entry_index)"
    " AS closed_by FROM event e WHERE e.event_type = 'recall'"
)


def recall_by_id(connection: Connection, entry_id: str) -> Row | None:
    """A recall of any co-op, with what closed it."""
    return row(connection, f"{_RECALL} AND e.entry_id = ?", (entry_id,))


def recalls_since(connection: Connection, record_time: str) -> list[Row]:
    """The recalls of all co-ops recorded since then, or still open, newest first."""
    return rows(
        connection,
        f"{_RECALL} AND (e.record_time >= ? OR EXISTS (SELECT 1 FROM recall r"
        " WHERE r.entry_index = e.entry_index AND r.closed_by IS NULL))"
        " ORDER BY e.entry_index DESC",
        (record_time,),
    )


def cause_keys(connection: Connection, entry_index: int) -> list[int]:
    """The nodes a recall began from."""
    found = rows(
        connection,
        "SELECT node_key FROM recall WHERE entry_index = ? AND kept_by IS NULL ORDER BY node_key",
        (entry_index,),
    )
    return [one["node_key"] for one in found]


def unmade(connection: Connection, keys: list[int]) -> frozenset[int]:
    """Which of these nodes come out of no record that still stands."""
    made: set[int] = set()
    for part in parts(keys):
        found = rows(
            connection,
            "SELECT DISTINCT o.node_key FROM event_node o JOIN event e ON e.entry_index ="
            f" o.entry_index WHERE o.node_key IN ({marks(len(part))}) AND o.role = ?"
            " AND e.declared_wrong_by IS NULL",
            (*part, OUTPUT),
        )
        made |= {one["node_key"] for one in found}
    return frozenset(keys) - made


def note_follow_up(connection: Connection, entry_index: int, body: dict[str, Any]) -> list[int]:
    """Keep which recall an entry is about; gives the nodes whose pages tell its news."""
    connection.execute(
        "INSERT INTO recall_follow_up(entry_index, recall_id, coop_id, event_type, customer_id)"
        " VALUES(?,?,?,?,?)",
        (
            entry_index,
            body["what"]["recall"],
            body["coop_id"],
            body["event_type"],
            body["what"].get("customer"),
        ),
    )
    if body["event_type"] == "recall_acknowledged":
        return []
    found = recall_by_id(connection, body["what"]["recall"])
    return recall_closure.closure_of(connection, found["entry_index"]) if found else []


def news_of(connection: Connection, recall_ids: list[str]) -> list[Row]:
    """What was told of these recalls after they began, the newest first."""
    if not recall_ids:
        return []
    return rows(
        connection,
        "SELECT f.recall_id, e.* FROM recall_follow_up f JOIN event e"
        " ON e.entry_index = f.entry_index WHERE f.event_type = 'recall_updated'"
        f" AND f.recall_id IN ({marks(len(recall_ids))}) AND e.declared_wrong_by IS NULL"
        " ORDER BY e.entry_index DESC",
        recall_ids,
    )


def answers_to(connection: Connection, coop_id: str, recall_id: str) -> list[Row]:
    """The answers of a co-op's own customers, the newest first, with the name that was given."""
    return rows(
        connection,
        "SELECT f.customer_id, e.*, p.value AS answered_by FROM recall_follow_up f"
        " JOIN event e ON e.entry_index = f.entry_index"
        " LEFT JOIN private_value p ON p.entry_id = e.entry_id AND p.path = 'answered_by'"
        " WHERE f.recall_id = ? AND f.coop_id = ? AND f.event_type = 'recall_acknowledged'"
        " AND e.declared_wrong_by IS NULL ORDER BY e.entry_index DESC",
        (recall_id, coop_id),
    )


def add_contact(
    connection: Connection,
    *,
    contact_id: str,
    recall_id: str,
    coop_id: str,
    customer_id: str,
    outcome: str,
    happened_at: str,
    party_id: str,
) -> None:
    """Somebody tried to reach a customer."""
    connection.execute(
        "INSERT INTO recall_contact(contact_id, recall_id, coop_id, customer_id, outcome,"
        " happened_at, party_id) VALUES(?,?,?,?,?,?,?)",
        (contact_id, recall_id, coop_id, customer_id, outcome, happened_at, party_id),
    )


def contacts_of(connection: Connection, coop_id: str, recall_id: str) -> list[Row]:
    """Every try to reach this co-op's customers, the newest first."""
    return rows(
        connection,
        "SELECT * FROM recall_contact WHERE recall_id = ? AND coop_id = ?"
        " ORDER BY happened_at DESC, contact_id",
        (recall_id, coop_id),
    )


def add_link(
    connection: Connection,
    *,
    token_hash: str,
    recall_id: str,
    coop_id: str,
    customer_id: str,
    created_at: str,
    created_by: str,
) -> None:
    """A customer's own link: earlier ones go on working, since they were sent already."""
    connection.execute(
        "INSERT INTO recall_link(token_hash, recall_id, coop_id, customer_id, created_at,"
        " created_by) VALUES(?,?,?,?,?,?)",
        (token_hash, recall_id, coop_id, customer_id, created_at, created_by),
    )


def link_by_hash(connection: Connection, token_hash: str) -> Row | None:
    """Whose link this is, and to which recall."""
    return row(connection, "SELECT * FROM recall_link WHERE token_hash = ?", (token_hash,))


def linked_customers(connection: Connection, coop_id: str, recall_id: str) -> frozenset[str]:
    """The customers for whom a link was made."""
    found = rows(
        connection,
        "SELECT DISTINCT customer_id FROM recall_link WHERE recall_id = ? AND coop_id = ?",
        (recall_id, coop_id),
    )
    return frozenset(one["customer_id"] for one in found)
