"""Inspections of a lot and of what it was made from."""

from dataclasses import dataclass

from ..domain.inspection import ENOUGH
from ..domain.test_before_label import Untested
from ..domain.test_before_label import untested as untested_origins
from . import declared, nodes
from .database import Connection, Row, marks, rows
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
    """What labels of this lot or package still need, for each product in it."""
    inside = lots_by_product(connection, key)
    products = declared.by_ids(connection, "product", [product_id for _, product_id in inside])
    found: dict[str, Missing] = {}
    for lot_key, product_id in inside:
        need = products[product_id].text("label_needs")
        if need not in ENOUGH:
            continue
        lacking = tuple(untested_origins(need, lot_key, goods_of(connection, lot_key)))
        before = found.get(product_id)
        if lacking and before:
            lacking = tuple(dict.fromkeys((*before.untested, *lacking)))
        if lacking:
            found[product_id] = Missing(product_id, need, lacking)
    return list(found.values())


def untested(connection: Connection, key: int) -> dict[str, str]:
    """What labels of this lot or package still need: product id to the test that has not passed."""
    return {one.product_id: one.need for one in missing_tests(connection, key)}
