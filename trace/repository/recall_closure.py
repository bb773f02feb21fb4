"""What a recall reaches: all that was made from its causes, and what corrections cannot free."""

import json
from typing import Any

from ..domain.recall_causes import PLOT_DAYS
from . import lineage
from .database import Connection, Row, marks, row, rows


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


def join_recalls_of_plots(
    connection: Connection, body: dict[str, Any], plantings: list[int], lots: list[int]
) -> list[int]:
    """Recall what was picked on plots and days that a recall names, but written down after it.

    Gives the lots that joined (TRUST promise 7: never fewer than hold the cause).
    """
    recalls = rows(
        connection,
        "SELECT e.entry_index, e.what, (SELECT MAX(r.closed_by) FROM recall r"
        " WHERE r.entry_index = e.entry_index) AS closed_by FROM event e"
        " WHERE e.coop_id = ? AND e.event_type = 'recall' ORDER BY e.entry_index",
        (body["coop_id"],),
    )
    asked = [(one, what) for one in recalls if (what := _plots_and_days(one, body["event_time"]))]
    if not asked or not plantings:
        return []
    sql = f"SELECT plot_id FROM planting WHERE node_key IN ({marks(len(plantings))})"
    plots = {one["plot_id"] for one in rows(connection, sql, plantings)}
    joined = [one for one, what in asked if plots & set(what)]
    connection.executemany(
        "INSERT INTO recall(entry_index, node_key, coop_id, closed_by) VALUES(?,?,?,?)"
        " ON CONFLICT(node_key, entry_index) DO NOTHING",
        [
            (one["entry_index"], lot, body["coop_id"], one["closed_by"])
            for one in joined
            for lot in lots
        ],
    )
    return lots if joined else []


def _plots_and_days(recalled: Row, event_time: str) -> list[str]:
    """The plots of a recall whose days this moment lies in; none of another kind of recall."""
    what = json.loads(recalled["what"])
    if what.get("cause_kind") != PLOT_DAYS:
        return []
    is_within = what["from_day"] <= event_time[:10] <= what["until_day"]
    return list(what["plots"]) if is_within else []
