"""One planting, lot, package or input lot of a co-op: what it is, what stands against it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from ..domain.holds import EARLY_HARVEST
from ..repository import coop_records, declared, lots, nodes
from ..repository.database import Connection, Row
from ..repository.declared import Declared
from ..repository.instance import Instance
from ..repository.standing import began_on, standing_of
from .coop_nodes import NodeLine, node_lines
from .field_records import FieldRecord, records_told


@dataclass(frozen=True)
class Against:
    """A hold or recall that reaches a node, on itself or on what it was made from.

    `is_own` says whether this co-op wrote it, and only then `by` who did; `rule` is what put a hold
    on; `at` is when it was written down.
    """

    entry_id: str
    rule: str
    reason: str
    on: date
    node_id: str
    is_own: bool
    closed_by: str
    at: datetime
    by: Declared | None


@dataclass(frozen=True)
class NodePage:
    """A node with its holds and recalls, what is above and below it, and the records on it."""

    line: NodeLine
    holds: tuple[Against, ...]
    recalls: tuple[Against, ...]
    made_from: tuple[NodeLine, ...]
    became: tuple[NodeLine, ...]
    records: tuple[FieldRecord, ...]


def node_page(instance: Instance, coop_id: str, node_id: str) -> NodePage | None:
    """One node of this co-op, or None."""
    with instance.database.reading() as connection:
        found = nodes.node_keys(connection, [node_id]).get(node_id)
        if found is None or found["coop_id"] != coop_id:
            return None
        key = found["node_key"]
        standing = standing_of(connection, key)
        above, below = coop_records.neighbours(connection, key)
        on_it = lots.events_of_node(connection, key)
        own = [row for row in on_it if row["coop_id"] == coop_id]
        return NodePage(
            node_lines(connection, [key])[0],
            _all_against(connection, coop_id, _told_once(standing.holds)),
            _all_against(connection, coop_id, standing.recalls),
            _own_lines(connection, coop_id, above),
            _own_lines(connection, coop_id, below),
            records_told(connection, coop_id, own),
        )


def _told_once(holds: tuple[Row, ...]) -> tuple[Row, ...]:
    """The holds of a page: a lot picked too early after several sprayings is held once in words."""
    told: dict[tuple[object, ...], Row] = {}
    for one in holds:
        is_early = one["rule"] == EARLY_HARVEST
        told.setdefault((one["node_key"],) if is_early else (one["entry_id"], one["node_key"]), one)
    return tuple(told.values())


def _own_lines(connection: Connection, coop_id: str, keys: list[int]) -> tuple[NodeLine, ...]:
    return tuple(one for one in node_lines(connection, keys) if one.coop_id == coop_id)


def _all_against(
    connection: Connection, coop_id: str, found: tuple[Row, ...]
) -> tuple[Against, ...]:
    own = sorted({row["performed_by"] for row in found if row["coop_id"] == coop_id})
    people = declared.by_ids(connection, "party", own) if own else {}
    return tuple(_against(row, coop_id, people) for row in found)


def _against(row: Row, coop_id: str, people: Mapping[str, Declared]) -> Against:
    names = row.keys()
    is_own = row["coop_id"] == coop_id
    return Against(
        row["entry_id"],
        row["rule"] if "rule" in names else "",
        str(json.loads(row["what"]).get("reason", "")),
        began_on(row),
        row["node_id"],
        is_own,
        (row["closed_by"] or "") if "closed_by" in names else "",
        datetime.fromisoformat(row["record_time"]),
        people.get(row["performed_by"]) if is_own else None,
    )
