"""Reading what stands against a node: holds and recalls on it or on anything it was made from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from ..domain.holds import HOLD_RULES
from ..domain.key_data import PLANTING
from ..domain.standing import NodeFacts
from . import lineage, nodes
from .database import Connection, Row, marks, parts, row, rows

EVER = "0001-01-01"
"""A day before all others."""


@dataclass(frozen=True)
class Standing:
    """The holds not lifted and the recalls that reach a node, newest first."""

    holds: tuple[Row, ...]
    recalls: tuple[Row, ...]


def standing_of(connection: Connection, key: int) -> Standing:
    """What stands against this node, by its own and its ancestors' holds and recalls."""
    from_day = [rule.name for rule in HOLD_RULES.values() if rule.from_day]
    in_time = f"(h.rule NOT IN ({marks(len(from_day))}) OR {lineage.IN_TIME})"
    return Standing(
        tuple(_on(connection, "hold", f"h.lifted_by IS NULL AND {in_time}", [key, *from_day])),
        tuple(_on(connection, "recall", "h.kept_from <= a.until", [key])),
    )


def _on(connection: Connection, table: str, condition: str, values: list[Any]) -> list[Row]:
    return rows(
        connection,
        f"{lineage.ancestors()} SELECT h.*, e.entry_id, e.event_type, e.event_time, e.precision,"
        " e.record_time, e.what, e.performed_by, n.node_id, l.made_on,"
        " m.record_time AS made_recorded"
        f" FROM ancestor a JOIN {table} h ON h.node_key = a.node_key"
        " JOIN event e ON e.entry_index = h.entry_index"
        " JOIN node n ON n.node_key = h.node_key LEFT JOIN event m"
        " ON m.entry_index = n.entry_index LEFT JOIN lot l ON l.node_key = h.node_key"
        f" WHERE {condition} ORDER BY h.entry_index DESC",
        values,
    )


def began_on(against: Row) -> date:
    """From which day something stood against a node: nothing is held before it was made."""
    return date.fromisoformat(max(against["event_time"][:10], against["made_on"] or ""))


def held_among(connection: Connection, keys: list[int]) -> frozenset[int]:
    """Which of these nodes a hold not lifted reaches."""
    since: dict[int, str] = {}
    for one in _above(connection, "hold", "h.lifted_by IS NULL", keys):
        day = one["event_date"] if HOLD_RULES[one["rule"]].from_day else EVER
        since[one["node_key"]] = min(day, since.get(one["node_key"], day))
    return frozenset(keys) & frozenset(lineage.forward_closure(connection, since, since))


def recalled_among(connection: Connection, keys: list[int]) -> frozenset[int]:
    """Which of these nodes a recall reaches."""
    since: dict[int, str] = {}
    for one in _above(connection, "recall", "1 = 1", keys):
        day = lineage.date_of(one["kept_from"])
        since[one["node_key"]] = min(day, since.get(one["node_key"], day))
    return frozenset(keys) & frozenset(lineage.forward_closure(connection, since, since))


def _above(connection: Connection, table: str, condition: str, keys: list[int]) -> list[Row]:
    """The holds or recalls on these nodes and on all that any of them was made from."""
    found: list[Row] = []
    for part in parts(keys):
        found += rows(
            connection,
            f"{lineage.ancestors(len(part))} SELECT h.*, e.event_date"
            f" FROM ancestor a JOIN {table} h ON h.node_key = a.node_key"
            f" JOIN event e ON e.entry_index = h.entry_index WHERE {condition}",
            part,
        )
    return found


def facts_of(connection: Connection, node_ids: Iterable[str]) -> dict[str, NodeFacts]:
    """What is known of each of these nodes, by id."""
    found = {}
    for node_id, node in nodes.node_keys(connection, sorted(set(node_ids))).items():
        key = node["node_key"]
        standing = standing_of(connection, key)
        if node["kind"] == PLANTING:
            planting = row(connection, "SELECT * FROM planting WHERE node_key = ?", (key,))
            assert planting is not None  # noqa: S101 - the foreign key has it
            found[node_id] = NodeFacts(
                node_id,
                node["kind"],
                planting["variety"],
                product_id=planting["product_id"],
                plot_id=planting["plot_id"],
                is_held=bool(standing.holds),
                is_recalled=bool(standing.recalls),
            )
            continue
        lot = row(connection, "SELECT * FROM lot WHERE node_key = ?", (key,))
        assert lot is not None  # noqa: S101 - the foreign key has it
        mass = lot["unit_mass_kg"]
        found[node_id] = NodeFacts(
            node_id,
            node["kind"],
            lot["lot_number"],
            product_id=lot["product_id"],
            input_id=lot["input_id"],
            unit=lot["unit"],
            unit_mass_kg=Decimal(mass) if mass else None,
            traceability_lot_code=lot["traceability_lot_code"],
            remaining=nodes.remaining(connection, key),
            is_held=bool(standing.holds),
            is_recalled=bool(standing.recalls),
        )
    return found
