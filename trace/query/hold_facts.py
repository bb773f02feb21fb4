"""The facts behind a hold that a rule put on: what was used, and what did not wait for it."""

import json
from dataclasses import dataclass
from datetime import date

from ..repository import declared, field_work, growing, nodes
from ..repository import events as stored
from ..repository.database import Connection, Row
from ..repository.declared import Declared
from ..repository.instance import Instance


@dataclass(frozen=True)
class Waited:
    """A picking that did not wait: when it was allowed from, and its record."""

    picked_on: date
    first_day: date
    entry_id: str


@dataclass(frozen=True)
class HoldFacts:
    """What was used and when, by the record that put the hold on.

    `used` is the input of our list, `called` what the farmer called it, `notices` the bans it
    breaks as (substance, notice, date), `waited` the pickings of the held lot that were too early.
    """

    entry_id: str
    event_type: str
    on: date
    used: Declared | None
    called: str
    interval_days: int | None
    notices: tuple[tuple[str, str, date], ...]
    waited: tuple[Waited, ...]
    photos: tuple[str, ...]

    def name(self, language: str) -> str:
        """What was used, in the reader's language as far as our list has it."""
        return self.used.in_language("name", language) if self.used else self.called


def hold_facts(instance: Instance, coop_id: str, entry_id: str, node_id: str) -> HoldFacts | None:
    """The facts of one hold of this co-op on the node it stands on; None for a stranger."""
    with instance.database.reading() as connection:
        event = stored.event_by_id(connection, coop_id, entry_id)
        if event is None:
            return None
        what = json.loads(event["what"])
        input_id = what.get("input", "")
        days = what.get("pre_harvest_interval_days")
        return HoldFacts(
            entry_id,
            event["event_type"],
            date.fromisoformat(event["event_date"]),
            declared.by_ids(connection, "input", [input_id]).get(input_id),
            str(what.get("input_name", "")),
            None if days is None else int(days),
            tuple(
                (one["name"], one["notice"], date.fromisoformat(one["notice_date"]))
                for one in what.get("banned", ())
            ),
            _waited(connection, event, nodes.node_key(connection, node_id)),
            tuple(
                one["sha256"]
                for one in field_work.files_of(connection, [event["entry_index"]])
                if one["media_type"].startswith("image/")
            ),
        )


def _waited(connection: Connection, event: Row, lot_key: int) -> tuple[Waited, ...]:
    taken = growing.takings_into(connection, [lot_key])
    plantings = sorted({one.planting_key for one in taken})
    sprayed = [
        one
        for one in growing.sprayings_of(connection, plantings)
        if one.entry_index == event["entry_index"]
    ]
    return tuple(
        Waited(picking.happened.on, one.spraying.first_day, picking.entry_id)
        for one in sprayed
        for picking in taken
        if one.planting_key == picking.planting_key
        and one.spraying.first_day
        and growing.did_not_wait(one, picking)
    )
