"""What an inspector may choose from a list: the newest plantings and lots of a co-op."""

from dataclasses import dataclass
from datetime import date

from ..domain.reading_span import Span
from ..repository import coop_records, field_work
from ..repository.instance import Instance
from .coop_nodes import NodeLine, node_lines

NEWEST = 60


@dataclass(frozen=True)
class Things:
    """The newest plantings and lots; older ones are found by number or code."""

    plantings: tuple[NodeLine, ...]
    lots: tuple[NodeLine, ...]


def things_to_inspect(instance: Instance, coop_id: str, span: Span) -> Things:
    """Plantings begun before the span ends, and lots made in it, the newest first."""
    with instance.database.reading() as connection:
        plantings = [
            one["node_key"]
            for one in field_work.plantings_of(connection, coop_id)
            if span.last is None or date.fromisoformat(one["started_on"]) <= span.last
        ]
        goods = [
            one["node_key"]
            for one in coop_records.goods_before(connection, coop_id, None, NEWEST)
            if span.holds(date.fromisoformat(one["made_on"]))
        ]
        return Things(
            node_lines(connection, plantings[:NEWEST]) if plantings else (),
            node_lines(connection, goods) if goods else (),
        )
