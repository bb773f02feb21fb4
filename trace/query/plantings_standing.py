"""The plantings of a co-op that still stand on their plots, so that one can be ploughed under."""

from dataclasses import dataclass
from datetime import date

from ..repository import balances, declared, field_work
from ..repository.declared import Declared
from ..repository.instance import Instance

MOST = 200


@dataclass(frozen=True)
class StandingPlanting:
    """A planting by its id, with its product, plot and first day."""

    id: str
    product: Declared | None
    plot: Declared | None
    variety: str
    started_on: date


def plantings_standing(instance: Instance, coop_id: str) -> tuple[StandingPlanting, ...]:
    """Plantings that nobody has destroyed, the newest first, at most 200."""
    with instance.database.reading() as connection:
        found = field_work.plantings_of(connection, coop_id)
        gone = balances.ploughed_under(connection, coop_id)
        found = [row for row in found if row["node_key"] not in gone][:MOST]
        products = declared.by_ids(connection, "product", [row["product_id"] for row in found])
        plots = declared.by_ids(connection, "plot", [row["plot_id"] for row in found])
    return tuple(
        StandingPlanting(
            row["node_id"],
            products.get(row["product_id"]),
            plots.get(row["plot_id"]),
            row["variety"],
            date.fromisoformat(row["started_on"]),
        )
        for row in found
    )
