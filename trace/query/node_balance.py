"""The sums of one lot, and what was picked of one planting against what grows there."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from ..domain.imbalance import (
    Imbalance,
    labels_above_packed,
    more_than_grows,
    more_than_there,
)
from ..domain.key_data import LOT, PACKAGE, PLANTING
from ..domain.mass_balance import Balance
from ..domain.quantity import Quantity
from ..domain.season_balance import mass_of
from ..repository import balances, declared, lots, nodes
from ..repository.database import Connection
from ..repository.instance import Instance


@dataclass(frozen=True)
class PlantingYield:
    """All that was picked of a planting, and the most that its area bears.

    `most_kg` is None where nobody has declared the area or the product's highest yield; `unweighed`
    are amounts that have no weight.
    """

    picked_kg: Decimal
    most_kg: Decimal | None
    area_mu: Decimal | None
    product_id: str
    plot_id: str
    unweighed: tuple[Quantity, ...]


@dataclass(frozen=True)
class NodeBalance:
    """What adds up, or not, about one lot or planting; `amounts` are of lots and packages."""

    amounts: Balance | None = None
    grown: PlantingYield | None = None
    wrong: tuple[Imbalance, ...] = ()


def node_balance(instance: Instance, coop_id: str, node_id: str) -> NodeBalance:
    """The sums of one node of this co-op; empty for what is neither lot nor planting of it."""
    with instance.database.reading() as connection:
        found = nodes.node_keys(connection, [node_id]).get(node_id)
        if found is None or found["coop_id"] != coop_id:
            return NodeBalance()
        if found["kind"] == PLANTING:
            return _of_planting(connection, found["node_key"])
        if found["kind"] in (LOT, PACKAGE):
            return _of_lot(connection, found["node_key"])
        return NodeBalance()


def _of_lot(connection: Connection, key: int) -> NodeBalance:
    (lot,) = lots.lots_by_keys(connection, [key])
    amounts = nodes.lot_balance(connection, key)
    found = [more_than_there(amounts, _number(connection, lot["product_id"], "tolerance_percent"))]
    if lot["packed_quantity"] is not None:
        alive = balances.labels_of(connection, [key]).get(key, 0)
        found.append(labels_above_packed(alive, lot["packed_quantity"], lot["unit"]))
    return NodeBalance(amounts, None, _only(found))


def _of_planting(connection: Connection, key: int) -> NodeBalance:
    (planting,) = lots.plantings_by_keys(connection, [key])
    product_id = planting["product_id"]
    mass = _number(connection, product_id, "unit_mass_kg") or None
    given = [
        Quantity(Decimal(one["quantity"]), one["unit"])
        for one in balances.taken_from_plantings(connection, [key])
    ]
    weighed = [(one, mass_of(one, mass)) for one in given]
    picked = sum((kg for _one, kg in weighed if kg is not None), Decimal(0))
    area = balances.area_of(connection, key)
    top = _number(connection, product_id, "top_yield_kg_per_mu")
    tolerance = _number(connection, product_id, "tolerance_percent")
    grown = PlantingYield(
        picked,
        area * top if area and top else None,
        area,
        product_id,
        planting["plot_id"],
        tuple(one for one, kg in weighed if kg is None),
    )
    return NodeBalance(None, grown, _only([more_than_grows(picked, area, top, tolerance)]))


def _number(connection: Connection, product_id: str | None, name: str) -> Decimal:
    product = declared.by_ids(connection, "product", [product_id or ""]).get(product_id or "")
    return Decimal((product.text(name) if product else "") or 0)


def _only(found: Iterable[Imbalance | None]) -> tuple[Imbalance, ...]:
    return tuple(one for one in found if one)
