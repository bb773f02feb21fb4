"""A recall drill as its page shows it: the watch, what would be reached, the steps, the report."""

import json
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from ..domain.drill import LotAccount, account_of, share_found
from ..domain.mass_balance import Balance
from ..domain.quantity import Quantity, can_convert, convert
from ..domain.recall_causes import AskedCause
from ..repository import declared, drills, lots, nodes, recalls
from ..repository.database import Connection, Row
from ..repository.declared import Declared
from ..repository.instance import Instance
from .recall_reach import Reach, reach_of

LAST_DRILLS = 10


@dataclass(frozen=True)
class Ticked:
    """A step that is done: how many seconds after the start, and by whom."""

    seconds: int
    by: Declared | None


@dataclass(frozen=True)
class Drill:
    """One drill; `figures` are those of the report once it is finished, empty before.

    Names of people and businesses are joined when read: what was erased since is not there.
    """

    drill_id: str
    asked: AskedCause
    started_at: datetime
    started_by: Declared | None
    finished_at: datetime | None
    seconds: int
    steps: dict[str, Ticked]
    figures: dict[str, Any]
    without_phone: tuple[Declared, ...]
    reach: Reach

    @property
    def share(self) -> str:
        """The share of the goods accounted for, in per cent; empty where there were none."""
        return str(self.figures.get("share") or "")


def drills_of(instance: Instance, coop_id: str, now: datetime) -> tuple[Drill, ...]:
    """The co-op's last drills, the newest first."""
    with instance.database.reading() as connection:
        found = drills.drills_of(connection, coop_id)[:LAST_DRILLS]
        return tuple(_drill(connection, coop_id, row, now) for row in found)


def drill_of(instance: Instance, coop_id: str, drill_id: str, now: datetime) -> Drill | None:
    """One drill of this co-op, with what its cause reaches today; or None."""
    with instance.database.reading() as connection:
        row = drills.drill_by_id(connection, coop_id, drill_id)
        return _drill(connection, coop_id, row, now) if row else None


def share_of(instance: Instance, drill: Drill) -> str | None:
    """How much of the goods is accounted for, in per cent; None where there are none."""
    nameless: dict[int, list[Quantity]] = {}
    for one in drill.reach.nameless:
        if one.quantity:
            amount = Quantity(Decimal(one.quantity), one.unit)
            nameless.setdefault(one.line.key, []).append(amount)
    keys = [one.key for one in drill.reach.lots]
    with instance.database.reading() as connection:
        rows = lots.lots_by_keys(connection, keys) if keys else []
        accounts = [
            _account(
                nodes.lot_balance(connection, row["node_key"]),
                Decimal(row["unit_mass_kg"]) if row["unit_mass_kg"] else None,
                nameless.get(row["node_key"], []),
            )
            for row in rows
        ]
    return share_found(accounts)


def _account(amounts: Balance, mass: Decimal | None, nameless: list[Quantity]) -> LotAccount:
    lost = sum(
        (
            convert(one, amounts.unit, mass)
            for one in nameless
            if can_convert(one.unit, amounts.unit, mass)
        ),
        Decimal(0),
    )
    return account_of(amounts, mass, lost)


def _drill(connection: Connection, coop_id: str, row: Row, now: datetime) -> Drill:
    started = datetime.fromisoformat(row["started_at"])
    finished = datetime.fromisoformat(row["finished_at"]) if row["finished_at"] else None
    given = json.loads(row["asked"])
    asked = AskedCause(
        given["kind"],
        tuple(given["causes"]),
        tuple(given["plots"]),
        given["from_day"],
        given["until_day"],
        given["inspection"],
    )
    found = nodes.node_keys(connection, recalls.nodes_asked(connection, coop_id, asked) or [""])
    keys = [one["node_key"] for one in found.values() if one["coop_id"] == coop_id]
    steps = drills.steps_of(connection, row["drill_id"])
    figures: dict[str, Any] = json.loads(row["figures"]) if row["figures"] else {}
    without = [str(one) for one in figures.get("without_phone", ())]
    wanted = [row["started_by"], *without, *(one["done_by"] for one in steps.values())]
    people = declared.by_ids(connection, "party", wanted)
    return Drill(
        row["drill_id"],
        asked,
        started,
        people.get(row["started_by"]),
        finished,
        int(((finished or now) - started).total_seconds()),
        {
            step: Ticked(
                int((datetime.fromisoformat(one["done_at"]) - started).total_seconds()),
                people.get(one["done_by"]),
            )
            for step, one in steps.items()
        },
        figures,
        tuple(people[one] for one in without if one in people),
        reach_of(connection, coop_id, keys),
    )
