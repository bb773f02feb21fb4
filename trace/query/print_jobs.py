"""Print jobs: what one has to print, how far it is, and the log of all of them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ..domain.errors import NotFound, Problem
from ..repository import declared, units
from ..repository.database import Connection, Row
from ..repository.declared import Declared
from ..repository.instance import Instance


@dataclass(frozen=True)
class PrintWork:
    """All that the sheets of one job are made of: the same work gives the same file."""

    job_id: str
    lot_number: str
    stock: str
    first_cell: int
    first_sequence: int
    base_url: str
    label_text: Mapping[str, Any]
    codes: tuple[str, ...]

    @property
    def title(self) -> str:
        """The title of the PDF."""
        last = self.first_sequence + len(self.codes) - 1
        return f"{self.label_text['product_name']} {self.lot_number} {self.first_sequence}–{last}"


@dataclass(frozen=True)
class PrintJob:
    """One row of the log. `state` is waiting, running, done, failed or stopped."""

    job_id: str
    lot_code: str
    lot_number: str
    product: Declared | None
    name: str
    stock: str
    first_cell: int
    first_sequence: int
    quantity: int
    state: str
    done: int
    problem: Problem | None
    file: Path | None
    asked_at: datetime
    asked_by: Declared | None

    @property
    def last_sequence(self) -> int:
        """The number of its last label."""
        return self.first_sequence + self.quantity - 1

    @property
    def is_ended(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self.state not in ("waiting", "running")


def print_work(instance: Instance, job_id: str) -> PrintWork:
    """What this job prints. Raises NotFound."""
    with instance.database.reading() as connection:
        found = units.print_job(connection, job_id)
        if found is None:
            raise NotFound(job_id)
        codes = units.codes_of(
            connection, found["node_key"], found["first_sequence"], found["quantity"]
        )
    return PrintWork(
        job_id,
        found["lot_number"],
        found["stock"],
        found["first_cell"],
        found["first_sequence"],
        found["base_url"],
        json.loads(found["label_text"]),
        tuple(codes),
    )


def print_job(instance: Instance, coop_id: str, job_id: str) -> PrintJob:
    """One job of this co-op. Raises NotFound."""
    with instance.database.reading() as connection:
        found = units.print_job(connection, job_id)
        if found is None or found["coop_id"] != coop_id:
            raise NotFound(job_id)
        return _read(instance, connection, coop_id, [found])[0]


def print_jobs(instance: Instance, coop_id: str, limit: int = 50) -> list[PrintJob]:
    """The co-op's jobs, newest first."""
    with instance.database.reading() as connection:
        return _read(instance, connection, coop_id, units.print_jobs(connection, coop_id, limit))


def next_cell(instance: Instance, coop_id: str, stock: str, cells: int) -> int:
    """The first free cell after the co-op's last job on this stock; 1 where none or it was full."""
    with instance.database.reading() as connection:
        last = units.last_job_on(connection, coop_id, stock)
    return (last["first_cell"] - 1 + last["quantity"]) % cells + 1 if last else 1


def _read(
    instance: Instance, connection: Connection, coop_id: str, rows: list[Row]
) -> list[PrintJob]:
    products = declared.by_ids(connection, "product", [one["product_id"] for one in rows])
    parties = declared.by_ids(connection, "party", [one["asked_by"] for one in rows])
    zone = ZoneInfo(declared.time_zone(connection, coop_id))
    return [
        PrintJob(
            one["job_id"],
            one["node_id"],
            one["lot_number"],
            products.get(one["product_id"] or ""),
            one["name"] or "",
            one["stock"],
            one["first_cell"],
            one["first_sequence"],
            one["quantity"],
            one["state"],
            one["done"],
            _problem(one["problem"]),
            instance.jobs_folder / one["result"] if one["result"] else None,
            datetime.fromisoformat(one["asked_at"]).astimezone(zone),
            parties.get(one["asked_by"]),
        )
        for one in rows
    ]


def _problem(told: str | None) -> Problem | None:
    return Problem(**json.loads(told)) if told else None
