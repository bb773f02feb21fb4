"""What a recall reaches: all that was made from its causes, and what corrections cannot free."""

from . import lineage
from .database import Connection, row, rows


def keep_recalled(connection: Connection, declared_by: str, wrong_index: int) -> None:
    """Keep in their recalls what a record about to be struck out had put there (TRUST promise 5).

    Whoever holds the goods was told not to eat them, and a wrong correction must not free them.
    """
    if row(connection, "SELECT 1 AS found FROM recall LIMIT 1") is None:
        return
    links = rows(
        connection,
        "SELECT child_key, parent_key, enters_on, leaves_on FROM lineage WHERE entry_index = ?",
        (wrong_index,),
    )
    for link in links:
        reached = rows(
            connection,
            f"{lineage.ancestors(1, link['leaves_on'])} SELECT DISTINCT r.entry_index, r.coop_id,"
            " r.closed_by FROM ancestor a JOIN recall r ON r.node_key = a.node_key"
            " AND r.kept_from <= a.until",
            (link["parent_key"],),
        )
        connection.executemany(
            "INSERT INTO recall(entry_index, node_key, coop_id, closed_by, kept_by, kept_from)"
            " VALUES(?,?,?,?,?,?) ON CONFLICT(node_key, entry_index) DO UPDATE SET kept_from ="
            " CASE WHEN excluded.kept_from < recall.kept_from THEN excluded.kept_from"
            " ELSE recall.kept_from END",
            [
                (
                    one["entry_index"],
                    link["child_key"],
                    one["coop_id"],
                    one["closed_by"],
                    declared_by,
                    link["enters_on"],
                )
                for one in reached
            ],
        )


def closure_of(connection: Connection, entry_index: int) -> list[int]:
    """Every node that a recall reaches: from its causes, and what corrections left in it."""
    found = rows(
        connection, "SELECT node_key, kept_from FROM recall WHERE entry_index = ?", (entry_index,)
    )
    since = {one["node_key"]: lineage.date_of(one["kept_from"]) for one in found}
    return lineage.forward_closure(connection, since, since)


def kept_by_corrections(connection: Connection, entry_index: int) -> int:
    """How many nodes are in a recall although a correction says that the cause is not in them."""
    found = rows(
        connection,
        "SELECT node_key FROM recall WHERE entry_index = ? AND kept_by IS NOT NULL",
        (entry_index,),
    )
    return len(found)
