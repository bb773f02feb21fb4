"""Lots that wait for their test, and what may be tested."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from ..domain.holds import FAILED_INSPECTION
from ..repository import declared, field_work, inspections, lineage, nodes
from ..repository.database import Connection, Row
from ..repository.declared import Declared
from ..repository.instance import Instance
from ..repository.standing import standing_of

RECENT = timedelta(days=30)


@dataclass(frozen=True)
class TestableLot:
    """A harvested, bought-in or packed lot; `is_tested` where a test reaches it or its harvest.

    `has_failed` where a failed test of it, or of what it was made from, still holds it; `is_held`
    where anything does.
    """

    id: str
    lot_number: str
    product: Declared | None
    made_on: date
    made_by: str
    remaining: Decimal
    unit: str
    is_tested: bool
    has_failed: bool
    is_held: bool


def recent_lots(
    instance: Instance, coop_id: str, grower_id: str | None, today: date
) -> tuple[TestableLot, ...]:
    """Lots of the last 30 days of which something is left, untested ones first."""
    with instance.database.reading() as connection:
        made = field_work.goods_made_since(connection, coop_id, (today - RECENT).isoformat())
        if grower_id is not None:
            plots = [
                plot.id
                for plot in declared.all_current(connection, coop_id, "plot")
                if plot.text("grower_id") == grower_id
            ]
            own = lineage.lots_of_plots(connection, coop_id, plots)
            made = [lot for lot in made if lot["node_id"] in own]
        ids = [lot["product_id"] for lot in made if lot["product_id"]]
        crops = declared.by_ids(connection, "product", ids)
        found = [_lot(connection, lot, crops) for lot in made]
    left = [one for one in found if one.remaining > 0]
    return tuple(sorted(left, key=lambda one: one.is_tested))


def _lot(connection: Connection, lot: Row, crops: dict[str, Declared]) -> TestableLot:
    keys = list(lineage.backward_closure(connection, lot["node_key"]))
    tests = inspections.inspections_of(connection, keys)
    standing = standing_of(connection, lot["node_key"])
    return TestableLot(
        lot["node_id"],
        lot["lot_number"],
        crops.get(lot["product_id"]),
        date.fromisoformat(lot["made_on"]),
        lot["made_by"],
        nodes.remaining(connection, lot["node_key"]),
        lot["unit"],
        any(not test["declared_wrong_by"] and test["inspection_kind"] != "field_inspection"
            for test in tests),
        any(hold["rule"] == FAILED_INSPECTION for hold in standing.holds),
        bool(standing.holds or standing.recalls),
    )  # fmt: skip
