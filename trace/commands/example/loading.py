"""Loading the example season into an empty instance, and telling whether it is still of today."""

import json
from dataclasses import dataclass
from datetime import UTC
from typing import Final

from ...capture.recording import Clock, system_clock
from ...domain.errors import N_, refuse
from ...query.example_people import HERO, PERSONAS
from ...repository import ledger, nodes, units
from ...repository.instance import EXAMPLE, LOADED_ON, Instance, read_fact, write_fact
from . import (
    cucumber_story,
    field_stories,
    greenhouse_stories,
    lineage_stories,
    purchases,
    recall_stories,
    rule_stories,
    snail_story,
    testing_stories,
)
from .cast import open_the_year
from .goods import INPUTS, PRODUCTS, SNAIL_INPUTS, SNAIL_PRODUCTS, certificates
from .season_papers import PAPERS
from .season_time import Calendar
from .stage import Stage
from .steps import Step

BASE_URL: Final = "http://127.0.0.1:8000"
LOADED_SIZE: Final = "loaded_size"
"""The fact that holds how many entries the ledger had when the season was loaded."""

BUTTONS: Final = {
    "grower": "wang",
    "packer": "li",
    "tester": "zhou",
    "manager": "dafengshou manager",
    "inspector": "zheng",
}
"""The persons of the first page, role to the season's name for them."""

HOLDS_REAL_RECORDS = N_("This database holds records that are no example. Nothing was changed.")
ALREADY_LOADED = N_("The example season is already in this database. Nothing was changed.")


@dataclass(frozen=True)
class Example:
    """A loaded season: its first co-op, the hero's codes, memberships by role, its size."""

    coop_id: str
    hero_lot: str
    hero_unit: str
    personas: dict[str, str]
    loaded_on: str
    entries: int


def season(calendar: Calendar) -> tuple[Step, ...]:
    """Every step of the season, of both co-ops."""
    return (
        *purchases.steps(calendar),
        *cucumber_story.steps(calendar),
        *greenhouse_stories.steps(),
        *field_stories.steps(),
        *snail_story.steps(),
        *rule_stories.steps(),
        *lineage_stories.steps(),
        *testing_stories.steps(calendar),
        *recall_stories.steps(),
    )


def load_example(
    instance: Instance, clock: Clock = system_clock, base_url: str = BASE_URL
) -> Example:
    """Record the whole season. Raises Refused where the ledger already has an entry.

    The instance is marked as example before its first entry, so a loading that broke off leaves
    nothing that could be taken for real records.
    """
    with instance.database.writing() as connection:
        if ledger.size(connection):
            is_example = read_fact(connection, EXAMPLE) is not None
            raise refuse("instance", ALREADY_LOADED if is_example else HOLDS_REAL_RECORDS)
        write_fact(connection, EXAMPLE, "1")
    calendar = Calendar(clock().astimezone(UTC))
    stage = Stage(instance, calendar, base_url)
    stage.papers = PAPERS
    open_the_year(
        stage,
        (*PRODUCTS, *INPUTS, *certificates(calendar)),
        (*SNAIL_PRODUCTS, *SNAIL_INPUTS),
    )
    stage.play(season(calendar))
    return _leave_facts(stage)


def _leave_facts(stage: Stage) -> Example:
    personas = {role: stage.memberships[name] for role, name in BUTTONS.items()}
    lot, loaded_on = stage[cucumber_story.HERO], stage.calendar.today.isoformat()
    with stage.instance.database.writing() as connection:
        unit = units.codes_of(connection, nodes.node_key(connection, lot), 1, 1)[0]
        entries = ledger.size(connection)
        write_fact(connection, PERSONAS, json.dumps(personas))
        write_fact(connection, HERO, json.dumps({"unit": unit, "lot": lot}))
        write_fact(connection, LOADED_SIZE, str(entries))
        write_fact(connection, LOADED_ON, loaded_on)
    return Example(stage["dafengshou"], lot, unit, personas, loaded_on, entries)
