"""How often each pesticide was used on a planting this season, beside its most uses."""

import json
from dataclasses import dataclass

from ..domain.most_uses import TooOften, Use, used_too_often
from ..repository import declared, field_work, lots, plot_work
from ..repository.database import Connection, Row
from ..repository.declared import Declared
from ..repository.instance import Instance

SPRAYING = ("spraying",)


@dataclass(frozen=True)
class UsedTooOften:
    """A planting on which an input was used more often than its registration allows."""

    planting: str
    plot: Declared
    product: Declared
    input: Declared
    used: int
    most: int


@dataclass(frozen=True)
class UsesSoFar:
    """How often an input was used on a planting until now, and how often it may be."""

    input: Declared
    used: int
    most: int | None


def uses_so_far(
    instance: Instance, coop_id: str, planting_id: str, input_id: str
) -> UsesSoFar | None:
    """The uses of one input on one planting of this co-op; None where either is not ours."""
    with instance.database.reading() as connection:
        grown = [
            one
            for one in field_work.plantings_of(connection, coop_id)
            if one["node_id"] == planting_id
        ]
        listed = declared.one_of(connection, coop_id, "input", input_id)
        if not grown or listed is None:
            return None
        uses = _uses(connection, coop_id, grown)
    used = uses.count(Use(planting_id, input_id))
    return UsesSoFar(listed, used, most_uses(listed))


def input_of_lot(instance: Instance, coop_id: str, lot_id: str) -> str:
    """Which input a lot of the store is of; empty where there is no such lot of ours."""
    with instance.database.reading() as connection:
        lot = lots.lot_by_code(connection, lot_id)
    return str(lot["input_id"] or "") if lot and lot["coop_id"] == coop_id else ""


def most_uses(listed: Declared) -> int | None:
    """The figure of an input's registration, None where nobody has written it."""
    most = listed.fields.get("most_uses")
    return None if most is None else int(most)


def too_often(connection: Connection, coop_id: str, live: set[str]) -> tuple[UsedTooOften, ...]:
    """Of these live plantings: where an input was used too often."""
    grown = {
        one["node_id"]: one
        for one in field_work.plantings_of(connection, coop_id)
        if one["node_id"] in live
    }
    inputs = declared.all_current(connection, coop_id, "input", with_retired=True)
    most = {one.id: count for one in inputs if (count := most_uses(one)) is not None}
    found = used_too_often(_uses(connection, coop_id, list(grown.values())), most)
    by_id = {one.id: one for one in inputs}
    plots = declared.by_ids(connection, "plot", [grown[one.planting]["plot_id"] for one in found])
    crops = declared.by_ids(
        connection, "product", [grown[one.planting]["product_id"] for one in found]
    )
    return tuple(_told(one, grown, plots, crops, by_id) for one in found)


def _told(
    one: TooOften,
    grown: dict[str, Row],
    plots: dict[str, Declared],
    crops: dict[str, Declared],
    inputs: dict[str, Declared],
) -> UsedTooOften:
    planting = grown[one.planting]
    plot, crop = plots[planting["plot_id"]], crops[planting["product_id"]]
    return UsedTooOften(one.planting, plot, crop, inputs[one.input], one.used, one.most)


def _uses(connection: Connection, coop_id: str, grown: list[Row]) -> list[Use]:
    ids = {one["node_key"]: one["node_id"] for one in grown}
    named = [
        (ids[one["node_key"]], json.loads(one["what"]).get("input"))
        for one in plot_work.work_done(connection, coop_id, SPRAYING)
        if one["node_key"] in ids
    ]
    return [Use(planting, listed) for planting, listed in named if listed]
