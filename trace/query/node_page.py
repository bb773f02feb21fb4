"""One planting, lot, package or input lot of a co-op: what it is, what stands against it."""

import json
from dataclasses import dataclass
from datetime import date

from ..repository import coop_records, lots, nodes
from ..repository.database import Connection, Row
from ..repository.instance import Instance
from ..repository.standing import standing_of
from .coop_nodes import NodeLine, node_lines
from .field_records import FieldRecord, records_told


@dataclass(frozen=True)
class Against:
    """A hold or recall that reaches a node, on itself or on what it was made from.

    `is_own` says whether this co-op wrote it; `rule` is what put a hold on.
    """

    entry_id: str
    rule: str
    reason: str
    on: date
    node_id: str
    is_own: bool
    closed_by: str


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
            tuple(_against(row, coop_id) for row in standing.holds),
            tuple(_against(row, coop_id) for row in standing.recalls),
            _own_lines(connection, coop_id, above),
            _own_lines(connection, coop_id, below),
            records_told(connection, coop_id, own),
        )


def _own_lines(connection: Connection, coop_id: str, keys: list[int]) -> tuple[NodeLine, ...]:
    return tuple(one for one in node_lines(connection, keys) if one.coop_id == coop_id)


def _against(row: Row, coop_id: str) -> Against:
    names = row.keys()
    return Against(
        row["entry_id"],
        row["rule"] if "rule" in names else "",
        str(json.loads(row["what"]).get("reason", "")),
        date.fromisoformat(row["event_time"][:10]),
        row["node_id"],
        row["coop_id"] == coop_id,
        (row["closed_by"] or "") if "closed_by" in names else "",
    )
