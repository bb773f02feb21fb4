"""The co-op's store: of each input lot what was bought, handed out, used, and what may be left."""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..domain.errors import Refused
from ..domain.quantity import Quantity, convert
from ..repository import declared, field_work
from ..repository.database import Connection, Row
from ..repository.declared import Declared
from ..repository.instance import Instance
from .input_store import remaining_of

ISSUE = ["input_issue"]


@dataclass(frozen=True)
class HandedOut:
    """One handing out of a lot: to whom, how much, when."""

    entry_id: str
    to: Declared | None
    amount: Quantity
    on: date


@dataclass(frozen=True)
class StoreLot:
    """One lot of the store; amounts in the unit it was bought in.

    `left` is None where its uses were told in units that do not convert; `handed_out` likewise.
    """

    id: str
    lot_number: str
    input: Declared
    supplier: Declared | None
    bought: Quantity
    bought_on: date
    expires_on: str
    left: Quantity | None
    given: tuple[HandedOut, ...]
    handed_out: Quantity | None

    @property
    def used(self) -> Quantity | None:
        """What growers have recorded as used."""
        if self.left is None:
            return None
        return Quantity(self.bought.amount - self.left.amount, self.bought.unit)

    @property
    def in_room(self) -> Quantity | None:
        """What was not handed out yet; None where nothing is ever handed out of this lot."""
        if not self.given or self.handed_out is None:
            return None
        return Quantity(self.bought.amount - self.handed_out.amount, self.bought.unit)

    @property
    def used_too_much(self) -> Quantity | None:
        """By how much more was used than was bought; None where the books allow it."""
        if self.left is None or self.left.amount >= 0:
            return None
        return Quantity(-self.left.amount, self.left.unit)

    @property
    def is_used_up(self) -> bool:
        """Whether by the books nothing is left."""
        return self.left is not None and self.left.amount <= 0


@dataclass(frozen=True)
class StoreShelf:
    """One input with its lots, the last bought first."""

    input: Declared
    lots: tuple[StoreLot, ...]


def store_shelves(instance: Instance, coop_id: str) -> tuple[StoreShelf, ...]:
    """Everything ever bought, by input; what has something left comes first."""
    with instance.database.reading() as connection:
        rows = field_work.input_lots_of(connection, coop_id)
        lots = _lots(connection, rows)
    by_input: dict[str, list[StoreLot]] = {}
    for one in lots:
        by_input.setdefault(one.input.id, []).append(one)
    shelves = [StoreShelf(some[0].input, tuple(some)) for some in by_input.values()]
    return tuple(sorted(shelves, key=lambda one: all(lot.is_used_up for lot in one.lots)))


def _lots(connection: Connection, rows: list[Row]) -> list[StoreLot]:
    keys = [row["node_key"] for row in rows]
    issued: dict[int, list[Row]] = {}
    for event in field_work.events_on(connection, keys, ISSUE):
        issued.setdefault(event["node_key"], []).append(event)
    inputs = declared.by_ids(connection, "input", [row["input_id"] or "" for row in rows])
    ids = [str(json.loads(one["what"]).get("recipient", "")) for o in issued.values() for one in o]
    people = declared.by_ids(connection, "party", ids + [row["supplier_id"] or "" for row in rows])
    return [
        _lot(connection, row, inputs[row["input_id"]], issued.get(row["node_key"], []), people)
        for row in rows
        if row["input_id"] in inputs
    ]


def _lot(
    connection: Connection,
    row: Row,
    listed: Declared,
    issued: list[Row],
    people: dict[str, Declared],
) -> StoreLot:
    given = tuple(
        HandedOut(
            one["entry_id"],
            people.get(str(json.loads(one["what"]).get("recipient", ""))),
            Quantity(Decimal(one["quantity"]), one["unit"]),
            date.fromisoformat(one["event_date"]),
        )
        for one in issued
    )
    return StoreLot(
        row["node_id"],
        row["lot_number"],
        listed,
        people.get(row["supplier_id"] or ""),
        Quantity(Decimal(row["quantity"]), row["unit"]),
        date.fromisoformat(row["made_on"]),
        row["expires_on"] or "",
        remaining_of(connection, row),
        given,
        _sum(given, row["unit"]),
    )


def _sum(given: tuple[HandedOut, ...], unit: str) -> Quantity | None:
    try:
        amounts = [convert(one.amount, unit) for one in given]
    except Refused:
        return None
    return Quantity(sum(amounts, Decimal(0)), unit)
