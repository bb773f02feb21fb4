"""What waits for a manager today."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from ..domain.holds import BANNED_INPUT, EARLY_HARVEST, UNLISTED_INPUT
from ..domain.key_data import LOT
from ..domain.standing import BANNED_INPUT_USED, PICKED_TOO_EARLY, UNLISTED_INPUT_USED
from ..repository import coop_records, field_work, inspections
from ..repository.database import Connection, Row
from ..repository.instance import Instance
from .coop_nodes import NodeLine, node_lines
from .field_records import FieldRecord, records_told
from .members import Open, people_of

UNTESTED_SINCE = timedelta(days=30)
FLAGGED_SINCE = timedelta(days=30)
LAST_RECORDS = 6
HOLDING = frozenset({PICKED_TOO_EARLY, BANNED_INPUT_USED, UNLISTED_INPUT_USED})
"""Breaches that hold by themselves."""

FOR_GOOD = (EARLY_HARVEST, BANNED_INPUT)
"""Rules whose holds no test ends: told first, and of several holds on one thing."""

_SCAN = 400
_STORED = "%Y-%m-%dT%H:%M:%S.000Z"


@dataclass(frozen=True)
class Held:
    """A node on hold by its own, with the rule that holds it and the reason given.

    `entry_id` is the record that put the hold on; a picking too early is held by its spraying, but
    nothing before it was made.
    """

    entry_id: str
    line: NodeLine
    rule: str
    reason: str
    on: date


@dataclass(frozen=True)
class Waiting:
    """What waits: goods on hold, open recalls, lots whose product needs a test, invitations.

    `flagged` are records of the last days that broke a rule and hold nothing; those that do are
    told by what they hold. What used an input not in the list is due elsewhere (`desk_due`).
    """

    held: tuple[Held, ...]
    open_recalls: tuple[FieldRecord, ...]
    flagged: tuple[FieldRecord, ...]
    untested: tuple[NodeLine, ...]
    invited: tuple[Open, ...]
    last_records: tuple[FieldRecord, ...]

    @property
    def count(self) -> int:
        """How many things wait for somebody to decide."""
        shown = self.held, self.open_recalls, self.flagged, self.untested, self.invited
        return sum(len(one) for one in shown)


def waiting(instance: Instance, coop_id: str, now: datetime, today: date) -> Waiting:
    """What waits in one co-op."""
    invited = people_of(instance, coop_id, now).invited
    with instance.database.reading() as connection:
        holds = coop_records.open_holds_of(connection, coop_id)
        by_key = {one.key: one for one in node_lines(connection, [h["node_key"] for h in holds])}
        told_last = holds[::-1]
        told_last.sort(key=lambda row: row["rule"] in FOR_GOOD)
        held = {
            row["node_key"]: Held(
                row["entry_id"],
                by_key[row["node_key"]],
                row["rule"],
                str(json.loads(row["what"]).get("reason", "")),
                max(date.fromisoformat(row["event_date"]), by_key[row["node_key"]].made_on),
            )
            for row in told_last
            if row["rule"] != UNLISTED_INPUT
        }
        stopped = {row["node_key"] for row in holds}
        recalls = coop_records.recalls_by(connection, coop_id)
        rows = coop_records.goods_before(connection, coop_id, None, _SCAN)
        since = (today - UNTESTED_SINCE).isoformat()
        lately = [row["node_key"] for row in rows if row["made_on"] >= since]
        untested = []
        for line in node_lines(connection, lately):
            is_open_lot = line.kind == LOT and line.state == "open"
            if is_open_lot and inspections.untested(connection, line.key):
                untested.append(line)
        long_ago = now.astimezone(UTC) - FLAGGED_SINCE
        flagged = [
            row
            for row in coop_records.flagged_since(connection, coop_id, long_ago.strftime(_STORED))
            if not _is_told_by_a_hold(connection, row, stopped)
        ]
        last = coop_records.last_records(connection, coop_id, LAST_RECORDS)
        return Waiting(
            tuple(reversed(held.values())),
            records_told(connection, coop_id, [row for row in recalls if not row["closed_by"]]),
            records_told(connection, coop_id, flagged),
            tuple(untested),
            invited,
            records_told(connection, coop_id, last),
        )


def _is_told_by_a_hold(connection: Connection, row: Row, stopped: set[int]) -> bool:
    """Whether all that is wrong with a record is what holds its goods or planting already."""
    if set(json.loads(row["breaches"])) - HOLDING:
        return False
    named = field_work.nodes_of(connection, [row["entry_index"]])
    return any(one["node_key"] in stopped for one in named)
