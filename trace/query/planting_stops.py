"""Why a planting may not be picked: what holds it, what recalls it, and what ends that."""

import json
from dataclasses import dataclass
from datetime import date

from ..domain.holds import FAILED_INSPECTION, HOLD_RULES
from ..repository import inspections, nodes
from ..repository.database import Row
from ..repository.instance import Instance
from ..repository.standing import standing_of


@dataclass(frozen=True)
class Stop:
    """One thing that stands against a planting, since when, and in whose words.

    `rule` is a rule of `HOLD_RULES`, empty for a recall; a farmer's word for what was used goes
    into `called`, the manager's own reason into `reason`.
    """

    rule: str
    on: date
    called: str
    reason: str
    reason_en: str

    @property
    def words(self) -> str:
        """The rule in a few words, a msgid; empty for a recall."""
        return HOLD_RULES[self.rule].words if self.rule else ""

    @property
    def ends(self) -> str:
        """What ends it, a msgid; empty for a recall, which nothing ends for the goods."""
        return HOLD_RULES[self.rule].ends if self.rule else ""


def planting_stops(instance: Instance, planting_id: str) -> tuple[Stop, ...]:
    """What stands against this planting, recalls first, then the newest hold; each reason once.

    A failed inspection of its plot stops it as much as one of its own.
    """
    with instance.database.reading() as connection:
        key = nodes.node_key(connection, planting_id)
        standing = standing_of(connection, key)
        looked_at = [
            seen
            for seen in inspections.inspections_of(connection, [key])
            if not seen["declared_wrong_by"]
        ]
    found = [_stop("", one) for one in standing.recalls]
    found += [_stop(one["rule"], one) for one in standing.holds]
    if looked_at and not looked_at[-1]["passed"]:
        found.append(
            Stop(FAILED_INSPECTION, date.fromisoformat(looked_at[-1]["event_date"]), "", "", "")
        )
    once = {(one.rule, one.called, one.reason): one for one in reversed(found)}
    return tuple(reversed(once.values()))


def _stop(rule: str, one: Row) -> Stop:
    what = json.loads(one["what"])
    return Stop(
        rule,
        date.fromisoformat(one["event_time"][:10]),
        str(what.get("input_name", "")),
        str(what.get("reason", "")),
        str(what.get("reason_en", "")),
    )
