"""What the waiting time asks of plantings: their sprayings, and what was taken off them."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from ..domain.event_time import MINUTE, Happened, came_before
from ..domain.key_data import SUBJECT
from ..domain.pre_harvest_interval import Spraying, too_early
from .database import Connection, Row, marks, row, rows


@dataclass(frozen=True)
class Sprayed:
    """One spraying of one planting, by its place in the ledger."""

    entry_index: int
    planting_key: int
    spraying: Spraying
    happened: Happened


@dataclass(frozen=True)
class Taken:
    """One taking from a planting into a lot."""

    planting_key: int
    lot_key: int
    happened: Happened
    entry_id: str = ""


def did_not_wait(sprayed: Sprayed, taken: Taken) -> bool:
    """Whether this picking came after this spraying and before its waiting time was over."""
    return came_before(sprayed.happened, taken.happened) and bool(
        too_early([sprayed.spraying], taken.happened.on)
    )


def sprayings_of(connection: Connection, planting_keys: list[int]) -> list[Sprayed]:
    """The sprayings of these plantings that were not declared wrong, oldest first."""
    if not planting_keys:
        return []
    found = rows(
        connection,
        "SELECT s.node_key, e.* FROM event_node s"
        " JOIN event e ON e.entry_index = s.entry_index WHERE e.event_type = 'spraying'"
        f" AND s.role = ? AND s.node_key IN ({marks(len(planting_keys))})"
        " AND e.declared_wrong_by IS NULL ORDER BY e.event_date, e.entry_index",
        (SUBJECT, *planting_keys),
    )
    return [
        Sprayed(
            one["entry_index"],
            one["node_key"],
            spraying_of(date.fromisoformat(one["event_date"]), json.loads(one["what"])),
            happened(connection, one),
        )
        for one in found
    ]


def spraying_of(on: date, what: dict[str, object]) -> Spraying:
    """A spraying with the interval that was stated when it was recorded."""
    days = what.get("pre_harvest_interval_days")
    return Spraying(on, None if days is None else int(str(days)), str(what.get("input_name", "")))


def happened(connection: Connection, event: Row) -> Happened:
    """When a stored event happened."""
    return Happened(
        date.fromisoformat(event["event_date"]),
        datetime.fromisoformat(event["event_utc"]) if event["precision"] == MINUTE else None,
        first_place(connection, event),
    )


def first_place(connection: Connection, event: Row) -> int:
    """The place in the ledger of the first record that this one stands for after corrections."""
    while event["replaces"]:
        before = row(connection, "SELECT * FROM event WHERE entry_id = ?", (event["replaces"],))
        if before is None:
            break
        event = before
    return int(event["entry_index"])


def takings_from(connection: Connection, plantings: list[int]) -> list[Taken]:
    """Everything taken off these plantings."""
    return _takings(connection, "l.parent_key", plantings)


def takings_into(connection: Connection, lots: list[int]) -> list[Taken]:
    """What went into these lots straight from a planting."""
    return _takings(connection, "l.child_key", lots)


def _takings(connection: Connection, column: str, keys: list[int]) -> list[Taken]:
    if not keys:
        return []
    found = rows(
        connection,
        "SELECT l.parent_key, l.child_key, e.* FROM lineage l"
        " JOIN planting p ON p.node_key = l.parent_key"
        " JOIN event e ON e.entry_index = l.entry_index"
        f" WHERE {column} IN ({marks(len(keys))}) ORDER BY l.child_key, l.parent_key",
        keys,
    )
    return [
        Taken(one["parent_key"], one["child_key"], happened(connection, one), one["entry_id"])
        for one in found
    ]


def is_ploughed_under(connection: Connection, planting_key: int) -> bool:
    """Whether a planting was destroyed: it grows no more."""
    found = rows(
        connection,
        "SELECT 1 FROM event_node s JOIN event e ON e.entry_index = s.entry_index"
        " JOIN planting p ON p.node_key = s.node_key WHERE s.node_key = ?"
        " AND e.event_type = 'destroying' AND e.declared_wrong_by IS NULL LIMIT 1",
        (planting_key,),
    )
    return bool(found)
