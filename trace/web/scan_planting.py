"""The stake in the field: may this planting be picked today, and if not, from when."""

from dataclasses import dataclass
from datetime import date

from ..query.public_record import Record

OPEN, WAIT, UNSURE, STOPPED = "open", "wait", "unsure", "stopped"


@dataclass(frozen=True)
class Picking:
    """Whether it may be picked: open, wait (until `on`), unsure, or stopped by a hold or recall."""

    state: str
    on: date | None = None
    grown_days: int = 0


def planting_state(record: Record, today: date) -> Picking:
    """What a stranger at the stake should know."""
    grown = record.growing
    days = (today - grown.started_on).days if grown.started_on else 0
    if record.hold or record.recall:
        return Picking(STOPPED, None, days)
    if any(spray.needed is None for spray in grown.sprays):
        return Picking(UNSURE, None, days)
    first = grown.may_be_picked_from
    if first and first > today:
        return Picking(WAIT, first, days)
    return Picking(OPEN, None, days)
