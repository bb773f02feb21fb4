"""How far a recall reaches before it is confirmed, and the recalls there are."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..domain.errors import Refused
from ..domain.event_check import Known, as_list, read_key_data
from ..domain.key_data import INPUT_LOT, PLANTING
from ..repository import coop_records, declared, field_work, nodes
from ..repository.database import Connection, Row
from ..repository.declared import Declared
from ..repository.instance import Instance
from .coop_nodes import NodeLine, node_lines

LATELY = 40


@dataclass(frozen=True)
class Delivery:
    """Goods of a lot that left: to whom, when, how much. The sale at a gate has no customer."""

    line: NodeLine
    customer: Declared | None
    channel: str
    on: date
    quantity: str
    unit: str
    entry_id: str


@dataclass(frozen=True)
class Reach:
    """Everything made from the causes: own lots, other co-ops' (never their customers), goods gone.

    `labels` is how many unit labels the lots have together.
    """

    causes: tuple[NodeLine, ...]
    lots: tuple[NodeLine, ...]
    others: tuple[tuple[NodeLine, Declared], ...]
    plantings: tuple[NodeLine, ...]
    inputs: tuple[NodeLine, ...]
    gone: tuple[Delivery, ...]

    @property
    def labels(self) -> int:
        """How many labels turn."""
        return sum(one.labels for one in (*self.lots, *(line for line, _ in self.others)))

    @property
    def customers(self) -> tuple[tuple[Declared, tuple[Delivery, ...]], ...]:
        """Whom to call, each with what they were given."""
        by_id: dict[str, list[Delivery]] = {}
        found: dict[str, Declared] = {}
        for one in self.gone:
            if one.customer:
                found[one.customer.id] = one.customer
                by_id.setdefault(one.customer.id, []).append(one)
        return tuple((found[party], tuple(given)) for party, given in by_id.items())

    @property
    def nameless(self) -> tuple[Delivery, ...]:
        """What was sold to nobody we know."""
        return tuple(one for one in self.gone if one.customer is None)


@dataclass(frozen=True)
class Recalled:
    """A recall of this co-op: its cause, reason and advice, and since when it is closed."""

    entry_id: str
    on: date
    reason: str
    advice: str
    closed_by: str
    reach: Reach


@dataclass(frozen=True)
class Causes:
    """What may be chosen as the cause: lately bought inputs, plantings, and lots."""

    inputs: tuple[NodeLine, ...]
    plantings: tuple[NodeLine, ...]
    lots: tuple[NodeLine, ...]


def possible_causes(instance: Instance, coop_id: str) -> Causes:
    """The newest of each kind; older ones are searched for by number or code."""
    with instance.database.reading() as connection:
        inputs = field_work.input_lots_of(connection, coop_id)[:LATELY]
        plantings = field_work.plantings_of(connection, coop_id)[:LATELY]
        goods = coop_records.goods_before(connection, coop_id, None, LATELY)
        found = tuple(
            node_lines(connection, [one["node_key"] for one in rows])
            for rows in (inputs, plantings, goods)
        )
    return Causes(*found)


def recall_reach(instance: Instance, coop_id: str, sent: Mapping[str, Any]) -> Reach:
    """What a recall of these causes would reach. Raises Refused with all problems of the order."""
    with instance.database.reading() as connection:
        causes = [str(one) for one in as_list(sent.get("causes"))]
        found = nodes.node_keys(connection, causes)
        own = {one: node["kind"] for one, node in found.items() if node["coop_id"] == coop_id}
        reading = read_key_data("recall", sent, Known(own))
        if reading.problems:
            raise Refused(reading.problems)
        return _reach(connection, coop_id, [found[one]["node_key"] for one in causes])


def recalls_of(instance: Instance, coop_id: str) -> tuple[Recalled, ...]:
    """The co-op's recalls, newest first."""
    with instance.database.reading() as connection:
        return tuple(
            _recalled(connection, coop_id, row)
            for row in coop_records.recalls_by(connection, coop_id)
        )


def recall_of(instance: Instance, coop_id: str, entry_id: str) -> Recalled | None:
    """One recall of this co-op, or None."""
    with instance.database.reading() as connection:
        for row in coop_records.recalls_by(connection, coop_id):
            if row["entry_id"] == entry_id:
                return _recalled(connection, coop_id, row)
    return None


def _recalled(connection: Connection, coop_id: str, row: Row) -> Recalled:
    keys = [one["node_key"] for one in field_work.nodes_of(connection, [row["entry_index"]])]
    what = json.loads(row["what"])
    return Recalled(
        row["entry_id"],
        date.fromisoformat(row["event_date"]),
        str(what.get("reason", "")),
        str(what.get("advice", "")),
        row["closed_by"] or "",
        _reach(connection, coop_id, keys),
    )


def _reach(connection: Connection, coop_id: str, keys: list[int]) -> Reach:
    closure = nodes.forward_closure(connection, keys)
    lines = node_lines(connection, closure)
    own = [one for one in lines if one.coop_id == coop_id]
    coops = declared.by_ids(connection, "coop", [one.coop_id for one in lines])
    goods = tuple(one for one in own if one.kind not in (PLANTING, INPUT_LOT))
    return Reach(
        tuple(one for one in lines if one.key in keys),
        goods,
        tuple((one, coops[one.coop_id]) for one in lines if one.coop_id != coop_id),
        tuple(one for one in own if one.kind == PLANTING),
        tuple(one for one in own if one.kind == INPUT_LOT),
        _gone(connection, coop_id, goods),
    )


def _gone(
    connection: Connection, coop_id: str, goods: tuple[NodeLine, ...]
) -> tuple[Delivery, ...]:
    by_key = {one.key: one for one in goods}
    rows = coop_records.goods_gone(connection, coop_id, list(by_key))
    told = [json.loads(row["what"]) for row in rows]
    parties = declared.by_ids(connection, "party", [str(one.get("customer", "")) for one in told])
    return tuple(
        Delivery(
            by_key[row["node_key"]],
            parties.get(what.get("customer", "")),
            str(what.get("channel", "")),
            date.fromisoformat(row["event_date"]),
            row["quantity"] or "",
            row["unit"] or "",
            row["entry_id"],
        )
        for row, what in zip(rows, told, strict=True)
    )
