"""The tasks of a recall: each customer of ours who got goods, and how far we have come."""

import json
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from ..repository import declared, recalls
from ..repository.database import Connection, Row
from ..repository.declared import Declared
from ..repository.instance import Instance
from .recall_page import Recalled, recall_of
from .recall_reach import Delivery

TO_CALL, ACKNOWLEDGED = "to_call", "acknowledged"
ORDER = ("nobody_reached", TO_CALL, "written_to", "called", ACKNOWLEDGED)
"""The states of a task, those first that need somebody most."""


@dataclass(frozen=True)
class Tried:
    """A try to reach a customer: how it went, when, and who tried."""

    outcome: str
    at: datetime
    by: Declared | None


@dataclass(frozen=True)
class Answered:
    """What a customer answered, the amounts by name with their units."""

    entry_id: str
    at: datetime
    by_name: str
    means: str
    amounts: tuple[tuple[str, Decimal, str], ...]


@dataclass(frozen=True)
class Task:
    """One customer of a recall; `state` is acknowledged, or the last try, or to_call."""

    customer: Declared
    given: tuple[Delivery, ...]
    tried: tuple[Tried, ...]
    answers: tuple[Answered, ...]
    has_link: bool

    @property
    def state(self) -> str:
        """How far we have come."""
        if self.answers:
            return ACKNOWLEDGED
        return self.tried[0].outcome if self.tried else TO_CALL

    @property
    def units(self) -> tuple[str, ...]:
        """In which units the goods were given."""
        return tuple(dict.fromkeys(one.unit for one in self.given if one.unit))

    def names_in(self, unit: str, language: str) -> tuple[str, ...]:
        """What was given in one unit, each name once."""
        names = (one.line.name(language) for one in self.given if one.unit == unit)
        return tuple(dict.fromkeys(names))


@dataclass(frozen=True)
class ShopPage:
    """What a customer's own link shows: the recall, the co-op that delivered, its own goods."""

    recall: Recalled
    coop: Declared
    task: Task


def tasks_of(instance: Instance, coop_id: str, recall: Recalled) -> tuple[Task, ...]:
    """A task for each customer of this co-op who got goods, the most pressing first."""
    with instance.database.reading() as connection:
        answers = _by_customer(recalls.answers_to(connection, coop_id, recall.entry_id))
        tries = _by_customer(recalls.contacts_of(connection, coop_id, recall.entry_id))
        linked = recalls.linked_customers(connection, coop_id, recall.entry_id)
        people = _people(connection, [row for rows in tries.values() for row in rows])
    found = [
        Task(
            customer,
            given,
            tuple(_tried(row, people) for row in tries.get(customer.id, [])),
            tuple(_answered(row) for row in answers.get(customer.id, [])),
            customer.id in linked,
        )
        for customer, given in recall.reach.customers
    ]
    return tuple(sorted(found, key=lambda one: ORDER.index(one.state)))


def task_of(instance: Instance, coop_id: str, recall: Recalled, customer_id: str) -> Task | None:
    """The task of one customer, or None for who got nothing."""
    for one in tasks_of(instance, coop_id, recall):
        if one.customer.id == customer_id:
            return one
    return None


def shop_page(instance: Instance, token: str) -> ShopPage | None:
    """What the customer's link with this token opens, or None."""
    hashed = sha256(token.encode()).hexdigest()
    with instance.database.reading() as connection:
        link = recalls.link_by_hash(connection, hashed)
    if link is None:
        return None
    recall = recall_of(instance, link["coop_id"], link["recall_id"])
    if recall is None:
        return None
    with instance.database.reading() as connection:
        coop = declared.by_ids(connection, "coop", [link["coop_id"]])[link["coop_id"]]
        party = declared.by_ids(connection, "party", [link["customer_id"]])[link["customer_id"]]
    task = task_of(instance, link["coop_id"], recall, link["customer_id"])
    return ShopPage(recall, coop, task or Task(party, (), (), (), True))


def _by_customer(found: list[Row]) -> dict[str, list[Row]]:
    by_id: dict[str, list[Row]] = {}
    for row in found:
        by_id.setdefault(row["customer_id"], []).append(row)
    return by_id


def _people(connection: Connection, tries: list[Row]) -> dict[str, Declared]:
    wanted = sorted({row["party_id"] for row in tries})
    return declared.by_ids(connection, "party", wanted) if wanted else {}


def _tried(row: Row, people: dict[str, Declared]) -> Tried:
    at = datetime.fromisoformat(row["happened_at"])
    return Tried(row["outcome"], at, people.get(row["party_id"]))


def _answered(row: Row) -> Answered:
    what: dict[str, Any] = json.loads(row["what"])
    amounts = tuple(
        (name, Decimal(one["quantity"]), str(one["unit"]))
        for name in ("taken_off", "still_there", "sold")
        for one in what.get(name, ())
    )
    return Answered(
        row["entry_id"],
        datetime.fromisoformat(row["event_time"]),
        row["answered_by"] or "",
        str(what["means"]),
        amounts,
    )
