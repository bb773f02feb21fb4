"""Inspections of a lot and of what it was made from."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..domain.inspection import ENOUGH
from ..domain.test_before_label import Goods, Untested
from ..domain.test_before_label import untested as untested_origins
from . import declared, nodes
from .database import Connection, Row, marks, parts, rows
from .tested_goods import goods_of


def inspections_of(connection: Connection, keys: list[int]) -> list[Row]:
    """Inspections of these nodes, or of the plots they grew on while they grew, oldest first."""
    return rows(
        connection,
        "SELECT i.*, e.entry_id, e.event_time, e.event_date, e.record_time, e.what,"
        " e.performed_by, e.declared_wrong_by FROM inspection i"
        " JOIN event e ON e.entry_index = i.entry_index WHERE i.entry_index IN ("
        f" SELECT entry_index FROM event_node WHERE node_key IN ({marks(len(keys))})"
        " UNION SELECT t.entry_index FROM inspection_plot t JOIN planting p"
        " ON p.coop_id = t.coop_id AND p.plot_id = t.plot_id"
        " JOIN event x ON x.entry_index = t.entry_index"
        f" WHERE p.node_key IN ({marks(len(keys))}) AND x.event_date >= p.started_on)"
        " ORDER BY e.event_utc, e.entry_index",
        (*keys, *keys),
    )


def lots_by_product(connection: Connection, key: int) -> list[tuple[int, str]]:
    """A lot with its product, or the lots in a package with theirs."""
    own = rows(connection, "SELECT product_id FROM lot WHERE node_key = ?", (key,))
    if own and own[0]["product_id"]:
        return [(key, own[0]["product_id"])]
    inside = nodes.taken_from(connection, key)
    return [lot for one in inside for lot in lots_by_product(connection, one)]


@dataclass(frozen=True)
class Missing:
    """What the labels of one product still need, and the origins that no test reaches."""

    product_id: str
    need: str
    untested: tuple[Untested, ...]


def missing_tests(connection: Connection, key: int) -> list[Missing]:
    """What labels of this lot or package still need, for each product in it.

    What was packed as another product is still what was picked: that product's need stands too.
    """
    found: dict[str, Missing] = {}
    for lot_key, product_id in lots_by_product(connection, key):
        goods = goods_of(connection, lot_key)
        origins = _picked_as(connection, lot_key, goods)
        wanted = sorted({product_id, *(one for some in origins.values() for one in some)})
        products = declared.by_ids(connection, "product", wanted)
        for one_id in wanted:
            need = products[one_id].text("label_needs")
            if need not in ENOUGH:
                continue
            lacking = [
                one
                for one in untested_origins(need, lot_key, goods)
                if one_id == product_id or one_id in origins.get(one.lot, ())
            ]
            before = found[one_id].untested if one_id in found else ()
            if lacking:
                every = tuple(dict.fromkeys((*before, *lacking)))
                found[one_id] = Missing(one_id, need, every)
    return list(found.values())


def _picked_as(
    connection: Connection, key: int, goods: Mapping[int, Goods]
) -> dict[int, frozenset[str]]:
    """Of each picking or lot bought in: as which products of the same co-op it grew or came."""
    known: dict[int, Row] = {}
    for part in parts(goods):
        found = rows(
            connection,
            "SELECT n.node_key, n.coop_id, COALESCE(l.product_id, p.product_id) AS product_id"
            " FROM node n LEFT JOIN lot l ON l.node_key = n.node_key"
            " LEFT JOIN planting p ON p.node_key = n.node_key"
            f" WHERE n.node_key IN ({marks(len(part))})",
            part,
        )
        known |= {one["node_key"]: one for one in found}
    ours = {
        node_key: one["product_id"]
        for node_key, one in known.items()
        if one["coop_id"] == known[key]["coop_id"] and one["product_id"]
    }
    origins: dict[int, frozenset[str]] = {}
    for node_key, one in goods.items():
        grown = [parent for parent, _ in one.taken if parent in goods and goods[parent].is_planting]
        if grown or not one.taken:
            origins[node_key] = frozenset(ours[at] for at in grown or [node_key] if at in ours)
    return origins


def untested(connection: Connection, key: int) -> dict[str, str]:
    """What labels of this lot or package still need: product id to the test that has not passed."""
    return {one.product_id: one.need for one in missing_tests(connection, key)}
