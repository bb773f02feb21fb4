"""Holds after a failed inspection: they follow from the record, in whatever order it was written.

What failed is held until a named laboratory passes the same on that day or later. A failed plot
holds the plantings that grew on it then; a later report on plot or planting answers it.
"""

from dataclasses import dataclass
from datetime import date

from ..domain.holds import FAILED_INSPECTION
from ..domain.inspection import LABORATORY, was_growing
from ..domain.key_data import SUBJECT
from . import growing
from .database import Connection, Row, row, rows
from .holds import DESTROYING

_INSPECTIONS = (
    "SELECT i.entry_index, i.inspection_kind, i.passed, i.vouched_by, e.entry_id, e.event_date,"
    " i.coop_id, COALESCE(i.sampled_on, e.event_date) AS sampled_on FROM inspection i"
    " JOIN event e ON e.entry_index = i.entry_index"
    " JOIN {named_by} s ON s.entry_index = i.entry_index"
    " WHERE e.declared_wrong_by IS NULL AND {condition} ORDER BY e.event_date, i.entry_index"
)


@dataclass(frozen=True)
class _Failed:
    """One failed inspection that concerns a node: its place, and the report that answers it."""

    entry_index: int
    coop_id: str
    answered_by: str | None


def plantings_on(connection: Connection, entry_index: int) -> list[int]:
    """The plantings on the plots of one inspection, whenever they grew."""
    found = rows(
        connection,
        "SELECT p.node_key FROM inspection_plot i JOIN planting p"
        " ON p.coop_id = i.coop_id AND p.plot_id = i.plot_id WHERE i.entry_index = ?"
        " ORDER BY p.node_key",
        (entry_index,),
    )
    return [one["node_key"] for one in found]


def settle_failed_tests(connection: Connection, entry_id: str, keys: list[int]) -> list[int]:
    """Hold these nodes where an inspection failed and nothing answers it; end the other holds.

    `entry_id` is the entry that is being written, which ends what no longer follows. Gives the
    nodes whose holds changed; what was destroyed stays ended.
    """
    changed = set[int]()
    for key in sorted(set(keys)):
        failed = {one.entry_index: one for one in _failed(connection, key)}
        standing = {one["entry_index"]: one for one in _holds(connection, key)}
        for entry_index, one in failed.items():
            held = standing.get(entry_index)
            if held is None:
                connection.execute(
                    "INSERT INTO hold(entry_index, node_key, coop_id, rule, lifted_by)"
                    " VALUES(?,?,?,?,?)",
                    (entry_index, key, one.coop_id, FAILED_INSPECTION, one.answered_by),
                )
            elif held["lifted_by"] == one.answered_by or held["lifted_in"] == DESTROYING:
                continue
            else:
                _set(connection, key, entry_index, one.answered_by)
            changed.add(key)
        for entry_index, held in standing.items():
            if entry_index not in failed and held["lifted_by"] is None:
                _set(connection, key, entry_index, entry_id)
                changed.add(key)
    return sorted(changed)


def _set(connection: Connection, key: int, entry_index: int, lifted_by: str | None) -> None:
    connection.execute(
        "UPDATE hold SET lifted_by = ? WHERE node_key = ? AND entry_index = ?",
        (lifted_by, key, entry_index),
    )


def _holds(connection: Connection, key: int) -> list[Row]:
    return rows(
        connection,
        "SELECT h.entry_index, h.lifted_by, e.event_type AS lifted_in FROM hold h"
        " LEFT JOIN event e ON e.entry_id = h.lifted_by WHERE h.node_key = ? AND h.rule = ?"
        " ORDER BY h.entry_index",
        (key, FAILED_INSPECTION),
    )


def _failed(connection: Connection, key: int) -> list[_Failed]:
    """The failed inspections of a node, and of its plot while it grew there."""
    own = _inspections(connection, "event_node", "s.node_key = ? AND s.role = ?", (key, SUBJECT))
    reports = [one for one in own if _is_answer(one)]
    found = [
        _Failed(one["entry_index"], one["coop_id"], _answer(one, reports))
        for one in own
        if not one["passed"]
    ]
    planting = row(
        connection, "SELECT coop_id, plot_id, started_on FROM planting WHERE node_key = ?", (key,)
    )
    if planting is None:
        return found
    where = (planting["coop_id"], planting["plot_id"])
    on_plot = _inspections(connection, "inspection_plot", "s.coop_id = ? AND s.plot_id = ?", where)
    concerned = [one for one in on_plot if not one["passed"]]
    if not concerned:
        return found
    picked = [one.happened.on for one in growing.takings_from(connection, [key])]
    started, last = date.fromisoformat(planting["started_on"]), max(picked, default=None)
    known = {one.entry_index for one in found}
    answers = [*reports, *(one for one in on_plot if _is_answer(one))]
    return found + [
        _Failed(one["entry_index"], one["coop_id"], _answer(one, answers))
        for one in concerned
        if one["entry_index"] not in known
        and was_growing(started, last, date.fromisoformat(one["event_date"]))
    ]


def _inspections(
    connection: Connection, named_by: str, condition: str, values: tuple[object, ...]
) -> list[Row]:
    """The inspections that are not declared wrong and name these, the earliest first."""
    sql = _INSPECTIONS.format(named_by=named_by, condition=condition)
    return rows(connection, sql, values)


def _is_answer(one: Row) -> bool:
    """Whether a report ends what failed: without laboratory and number it is our own word."""
    return bool(
        one["passed"]
        and one["inspection_kind"] == "laboratory_report"
        and one["vouched_by"] == LABORATORY
    )


def _answer(failed: Row, reports: list[Row]) -> str | None:
    """The first of these reports from that day on, of a sample no older than the failed one's."""
    later = [
        one
        for one in reports
        if one["event_date"] >= failed["event_date"] and one["sampled_on"] >= failed["sampled_on"]
    ]
    first = min(later, key=lambda one: (one["event_date"], one["entry_index"]), default=None)
    return first["entry_id"] if first else None
