"""What may be chosen as the cause of a recall, by the kinds of cause."""

from dataclasses import dataclass

from ..domain.key_data import LOT, PACKAGE
from ..repository import coop_records, declared, field_work, recalls
from ..repository.declared import Declared
from ..repository.instance import Instance
from .coop_nodes import NodeLine, node_lines
from .field_records import FieldRecord, records_told

LATELY = 40
_SCAN = 200


@dataclass(frozen=True)
class Causes:
    """The newest of each kind, every plot (those given up too), and failed inspections."""

    inputs: tuple[NodeLine, ...]
    plantings: tuple[NodeLine, ...]
    lots: tuple[NodeLine, ...]
    packages: tuple[NodeLine, ...]
    plots: tuple[Declared, ...]
    inspections: tuple[FieldRecord, ...]


def possible_causes(instance: Instance, coop_id: str) -> Causes:
    """The newest of each kind; older ones are searched for by number or code."""
    with instance.database.reading() as connection:
        inputs = field_work.input_lots_of(connection, coop_id)[:LATELY]
        plantings = field_work.plantings_of(connection, coop_id)[:LATELY]
        goods = coop_records.goods_before(connection, coop_id, None, _SCAN)
        lots = [one for one in goods if one["kind"] == LOT][:LATELY]
        packages = [one for one in goods if one["kind"] == PACKAGE][:LATELY]
        found = [
            node_lines(connection, [one["node_key"] for one in rows])
            for rows in (inputs, plantings, lots, packages)
        ]
        plots = declared.all_current(connection, coop_id, "plot", with_retired=True)
        failed = recalls.failed_inspections(connection, coop_id, LATELY)
        inspections = records_told(connection, coop_id, failed)
        return Causes(found[0], found[1], found[2], found[3], tuple(plots), inspections)
