"""Goods with all that was examined on the way to them, and what was sprayed on their plantings."""

import json
from collections import defaultdict
from datetime import date
from typing import Any

from ..domain.inspection import Examined
from ..domain.key_data import INPUT_LOT, PLANTING, SUBJECT
from ..domain.substances import INHIBITION, is_enzyme_method, substance_of
from ..domain.test_before_label import Goods
from ..domain.test_scope import Sprayed, ingredients_sprayed
from . import declared, lineage
from .database import Connection, Row, marks, rows
from .declared import Declared

_EXAMINED = (
    "SELECT {key} AS node_key, i.*, e.event_date, e.what, e.declared_wrong_by FROM inspection i"
    " JOIN event e ON e.entry_index = i.entry_index"
)


def goods_of(connection: Connection, key: int) -> dict[int, Goods]:
    """This lot, package or planting and all it was made from, farm inputs left out."""
    keys = sorted(lineage.backward_closure(connection, key))
    found = rows(
        connection,
        "SELECT n.node_key, n.kind, l.lot_number, l.made_by, l.made_on, p.plot_id FROM node n"
        " LEFT JOIN lot l ON l.node_key = n.node_key"
        " LEFT JOIN planting p ON p.node_key = n.node_key WHERE n.kind <> ?"
        f" AND n.node_key IN ({marks(len(keys))})",
        (INPUT_LOT, *keys),
    )
    kept = {one["node_key"]: one for one in found}
    plots = declared.by_ids(connection, "plot", [one["plot_id"] or "" for one in found])
    examined, taken = _examined(connection, kept), _taken(connection, kept)
    return {
        node_key: Goods(
            one["lot_number"] or _plot_name(plots, one["plot_id"]),
            tuple(examined[node_key]),
            tuple(taken[node_key]),
            one["kind"] == PLANTING,
            date.fromisoformat(one["made_on"]) if one["made_by"] == "receiving" else None,
        )
        for node_key, one in kept.items()
    }


def sprayed_on(connection: Connection, plantings: list[int]) -> list[Sprayed]:
    """Every active ingredient sprayed on these plantings, as stated then or, failing that, now."""
    if not plantings:
        return []
    found = rows(
        connection,
        "SELECT s.node_key, e.event_date, e.what FROM event_node s"
        " JOIN event e ON e.entry_index = s.entry_index WHERE e.event_type = 'spraying'"
        f" AND s.role = ? AND s.node_key IN ({marks(len(plantings))})"
        " AND e.declared_wrong_by IS NULL ORDER BY e.event_date, e.entry_index",
        (SUBJECT, *plantings),
    )
    told = [(one["node_key"], one["event_date"], json.loads(one["what"])) for one in found]
    inputs = declared.by_ids(connection, "input", [str(what.get("input", "")) for *_, what in told])
    sprayed = list[Sprayed]()
    for node_key, day, what in told:
        listed = inputs.get(str(what.get("input", "")))
        ingredients, name = _stated(what, listed)
        sprayed += ingredients_sprayed(ingredients, name, date.fromisoformat(day), node_key)
    return sprayed


def _stated(what: dict[str, Any], listed: Declared | None) -> tuple[list[str], str]:
    """The ingredients of what was sprayed, and its name; a name may be that of a substance."""
    name = listed.text("name") if listed else str(what.get("input_name", ""))
    ingredients = what.get("ingredients") or (listed.fields.get("ingredients") if listed else None)
    if ingredients:
        return [str(one) for one in ingredients], name
    return ([name] if substance_of(name) else []), name


def _plot_name(plots: dict[str, Declared], plot_id: str | None) -> str:
    plot = plots.get(plot_id or "")
    return plot.text("name") if plot else ""


def _taken(connection: Connection, kept: dict[int, Row]) -> dict[int, list[tuple[int, date]]]:
    taken = defaultdict[int, list[tuple[int, date]]](list)
    keys = sorted(kept)
    found = rows(
        connection,
        "SELECT DISTINCT l.child_key, l.parent_key, e.event_date FROM lineage l"
        " JOIN event e ON e.entry_index = l.entry_index"
        f" WHERE l.child_key IN ({marks(len(keys))})"
        " ORDER BY l.child_key, l.parent_key, e.event_date",
        keys,
    )
    for one in found:
        if one["parent_key"] in kept and kept[one["child_key"]]["kind"] != PLANTING:
            day = date.fromisoformat(one["event_date"])
            taken[one["child_key"]].append((one["parent_key"], day))
    return taken


def _examined(connection: Connection, kept: dict[int, Row]) -> dict[int, list[Examined]]:
    """The inspections of each node itself, and those of its plot since it began to grow there."""
    keys, examined = sorted(kept), defaultdict[int, list[Examined]](list)
    own = rows(
        connection,
        f"{_EXAMINED.format(key='s.node_key')} JOIN event_node s ON s.entry_index = i.entry_index"
        f" WHERE s.role = ? AND s.node_key IN ({marks(len(keys))}) ORDER BY i.entry_index",
        (SUBJECT, *keys),
    )
    on_plot = rows(
        connection,
        f"{_EXAMINED.format(key='p.node_key')} JOIN inspection_plot t"
        " ON t.entry_index = i.entry_index"
        " JOIN planting p ON p.coop_id = t.coop_id AND p.plot_id = t.plot_id"
        f" WHERE p.node_key IN ({marks(len(keys))}) AND e.event_date >= p.started_on"
        " ORDER BY i.entry_index",
        keys,
    )
    for one in (*own, *on_plot):
        is_planting = kept[one["node_key"]]["kind"] == PLANTING
        examined[one["node_key"]].append(_read(one, at_origin=is_planting))
    return examined


def _read(one: Row, *, at_origin: bool) -> Examined:
    what = json.loads(one["what"])
    analytes = [str(row.get("analyte", "")) for row in what.get("results", ())]
    if one["inspection_kind"] == "rapid_test" and is_enzyme_method(str(what.get("method", ""))):
        analytes.append(INHIBITION)
    return Examined(
        one["inspection_kind"],
        bool(one["passed"]),
        one["vouched_by"],
        date.fromisoformat(one["event_date"]),
        one["valid_until"],
        at_origin,
        bool(one["declared_wrong_by"]),
        date.fromisoformat(one["sampled_on"]) if one["sampled_on"] else None,
        tuple(analytes),
    )
