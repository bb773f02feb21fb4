"""Inspections of a lot and of what it was made from."""

from collections.abc import Collection

from ..domain.inspection import ENOUGH, LABORATORY
from . import declared, nodes
from .database import Connection, Row, marks, rows


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


def is_tested(connection: Connection, key: int, kinds: Collection[str]) -> bool:
    """Whether a node passed one of these kinds of inspection, or all that it was made from did.

    A laboratory report that no laboratory vouches for is the co-op's own word: a rapid test.
    """
    open_keys, seen = [key], {key}
    while open_keys:
        one = open_keys.pop()
        if _passed(connection, one) & set(kinds):
            continue
        parents = nodes.taken_from(connection, one)
        if not parents:
            return False
        open_keys += [parent for parent in parents if parent not in seen]
        seen |= set(parents)
    return True


def _passed(connection: Connection, key: int) -> set[str]:
    return {
        one["inspection_kind"] if one["vouched_by"] == LABORATORY else "rapid_test"
        for one in inspections_of(connection, [key])
        if one["passed"]
        and not one["declared_wrong_by"]
        and one["inspection_kind"] in ("rapid_test", "laboratory_report")
    }


def lots_by_product(connection: Connection, key: int) -> list[tuple[int, str]]:
    """A lot with its product, or the lots in a package with theirs."""
    own = rows(connection, "SELECT product_id FROM lot WHERE node_key = ?", (key,))
    if own and own[0]["product_id"]:
        return [(key, own[0]["product_id"])]
    inside = nodes.taken_from(connection, key)
    return [lot for one in inside for lot in lots_by_product(connection, one)]


def untested(connection: Connection, key: int) -> dict[str, str]:
    """What labels of this lot or package still need: product id to the test that has not passed."""
    inside = lots_by_product(connection, key)
    products = declared.by_ids(connection, "product", [product_id for _, product_id in inside])
    missing: dict[str, str] = {}
    for lot_key, product_id in inside:
        need = products[product_id].text("label_needs")
        if need in ENOUGH and not is_tested(connection, lot_key, ENOUGH[need]):
            missing[product_id] = need
    return missing
