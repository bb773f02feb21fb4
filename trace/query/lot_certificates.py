"""Declared certificates held against goods: one judgement for every page, and for the label."""

from dataclasses import dataclass, replace
from datetime import date

from ..domain.certificates import Goods, Judged, judge
from ..domain.key_data import PLANTING
from ..repository import declared, growing, lineage, lots
from ..repository import public_events as stored
from ..repository.database import Connection
from ..repository.declared import Declared
from ..repository.inspections import lots_by_product
from ..repository.picked_amounts import picked_kg
from .lot_origin import origin_of


@dataclass(frozen=True)
class Certificate:
    """A declared certificate and what it is worth for these goods."""

    declared: Declared
    judged: Judged

    @property
    def state(self) -> str:
        """valid, expired, not_yet or out_of_scope."""
        return self.judged.state

    @property
    def valid_until(self) -> date:
        """Its last day."""
        return date.fromisoformat(self.declared.text("valid_until"))


def certificates_of(connection: Connection, key: int) -> list[Certificate]:
    """Every certificate of the co-op, judged for one lot, package or planting."""
    own = stored.closure_nodes(connection, [key])[key]
    found = declared.all_current(connection, own["coop_id"], "certificate")
    if not found:
        return []
    goods = _goods(connection, key)
    return [Certificate(one, _judge(connection, one, goods)) for one in found]


def _judge(connection: Connection, one: Declared, goods: Goods) -> Judged:
    if one.fields.get("quantity_kg") and goods.days:
        picked = picked_kg(
            connection,
            one.coop_id,
            one.fields.get("product_ids") or (),
            one.fields.get("site_ids") or (),
            one.text("valid_from"),
            max(goods.days).isoformat(),
        )
        goods = replace(goods, picked_kg=picked)
    return judge(one.fields, goods)


def _goods(connection: Connection, key: int) -> Goods:
    keys = list(lineage.backward_closure(connection, key))
    origin = origin_of(connection, key)
    own = stored.closure_nodes(connection, [key])[key]
    plantings = [one["node_key"] for one in lots.plantings_by_keys(connection, keys)]
    reached = set(keys)
    days = {
        one.happened.on
        for one in growing.takings_from(connection, plantings)
        if own["kind"] == PLANTING or one.lot_key in reached
    }
    if not days:
        days = {date.fromisoformat(own["made_on"] or own["started_on"])}
    inside = {product_id for _, product_id in lots_by_product(connection, key)}
    return Goods(
        frozenset(inside or {own["product_id"] or ""}),
        frozenset(plot.text("site_id") for plot in origin.plots),
        frozenset(days),
        origin.is_grown and not origin.has_bought_in,
    )
