"""How far a recall reaches: lots, labels, how much is here and how much has left, whom to call."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from ..domain.errors import Refused
from ..domain.event_check import read_key_data
from ..domain.key_data import INPUT_LOT, PLANTING
from ..domain.recall_causes import AskedCause, cause_problems
from ..repository import coop_records, declared, lineage, nodes, recalls
from ..repository.database import Connection
from ..repository.declared import Declared
from ..repository.instance import Instance
from .coop_nodes import NodeLine, node_lines

Total = tuple[Decimal, str]
"""An amount and its unit."""


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

    @property
    def still_here(self) -> tuple[Total, ...]:
        """What should still lie in our own rooms, by unit."""
        return totals(
            (one.remaining, one.unit) for one in self.lots if one.remaining and one.remaining > 0
        )

    @property
    def has_left(self) -> tuple[Total, ...]:
        """What was shipped or sold, by unit."""
        return totals((Decimal(one.quantity), one.unit) for one in self.gone if one.quantity)

    @property
    def recalled_before(self) -> tuple[NodeLine, ...]:
        """Lots that another recall has reached already."""
        return tuple(one for one in self.lots if one.state == "recalled")


def totals(amounts: Any) -> tuple[Total, ...]:
    """Amounts added up by unit, in the order the units first come."""
    found: dict[str, Decimal] = {}
    for amount, unit in amounts:
        found[unit] = found.get(unit, Decimal(0)) + amount
    return tuple((amount, unit) for unit, amount in found.items())


def recall_reach(
    instance: Instance, coop_id: str, asked: AskedCause, said: Mapping[str, str]
) -> Reach:
    """What a recall of this cause would reach. Raises Refused with all problems of the order.

    `said` are reason and advice in both languages as typed.
    """
    with instance.database.reading() as connection:
        causes = recalls.nodes_asked(connection, coop_id, asked)
        known = recalls.known_to(connection, coop_id, asked, causes)
        reading = read_key_data("recall", asked.stated | {"causes": causes} | dict(said), known)
        if problems := cause_problems(asked, known.nodes, reading.problems):
            raise Refused(problems)
        found = nodes.node_keys(connection, causes)
        return reach_of(connection, coop_id, [found[one]["node_key"] for one in causes])


def reach_of(
    connection: Connection, coop_id: str, keys: list[int], closure: list[int] | None = None
) -> Reach:
    """What was made from these nodes, as one co-op may see it, or the closure of a recall.

    Of nodes of others only their lots are shown, and of causes only our own.
    """
    reached = lineage.forward_closure(connection, keys) if closure is None else closure
    lines = node_lines(connection, reached)
    own = [one for one in lines if one.coop_id == coop_id]
    coops = declared.by_ids(connection, "coop", [one.coop_id for one in lines])
    goods = tuple(one for one in own if one.kind not in (PLANTING, INPUT_LOT))
    is_ours = any(one.key in keys for one in own)
    return Reach(
        tuple(one for one in own if one.key in keys),
        goods,
        tuple((one, coops[one.coop_id]) for one in lines if one.coop_id != coop_id)
        if is_ours
        else (),
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
    wanted = sorted({str(one.get("customer", "")) for one in told} - {""})
    parties = declared.by_ids(connection, "party", wanted) if wanted else {}
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
