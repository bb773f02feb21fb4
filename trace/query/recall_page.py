"""A recall as the people of a co-op see it: how it was asked, its news, whether it still stands.

Whoever's lots it reaches sees it: the co-op that began it whole, another one with its own lots and
customers alone.
"""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from ..domain.recall_causes import INSPECTION_KIND
from ..repository import coop_records, declared, events, nodes, recall_closure, recalls
from ..repository import public_events as stored
from ..repository.database import Connection, Row
from ..repository.declared import Declared
from ..repository.instance import Instance
from .coop_nodes import NodeLine, node_lines
from .recall_news import News, news_told
from .recall_reach import Reach, reach_of

STORED_TIME = "%Y-%m-%dT%H:%M:%S.000Z"
ONE_YEAR = timedelta(days=366)


@dataclass(frozen=True)
class Asked:
    """How the cause was asked for: its kind, and the plots and days where that was the question."""

    kind: str
    plots: tuple[Declared, ...]
    from_day: date | None
    until_day: date | None
    inspection: str


@dataclass(frozen=True)
class Recalled:
    """A recall: cause, reason and advice, what it reaches of ours, and since when it is closed.

    `is_struck_out` says that the record of a cause was corrected away since: the recall stays.
    `joined_later` was picked in the days asked for, but written down after the recall; `kept`
    is how many plantings and lots a correction would have taken out of it: they stay recalled.
    """

    entry_id: str
    coop: Declared
    is_own: bool
    by: Declared | None
    on: date
    at: datetime
    reason: str
    reason_en: str
    advice: str
    advice_en: str
    asked: Asked
    closed_by: str
    closed_on: date | None
    closed_reason: str
    news: tuple[News, ...]
    is_struck_out: bool
    joined_later: tuple[NodeLine, ...]
    kept: int
    reach: Reach


def recalls_of(instance: Instance, coop_id: str) -> tuple[Recalled, ...]:
    """The co-op's recalls, newest first."""
    with instance.database.reading() as connection:
        return tuple(
            _recalled(connection, coop_id, row)
            for row in coop_records.recalls_by(connection, coop_id)
        )


def recalls_reaching(instance: Instance, coop_id: str, now: datetime) -> tuple[Recalled, ...]:
    """Other co-ops' recalls, open or of the last year, that reach lots of ours, newest first."""
    since = (now.astimezone(UTC) - ONE_YEAR).strftime(STORED_TIME)
    with instance.database.reading() as connection:
        found = [
            _recalled(connection, coop_id, row)
            for row in recalls.recalls_since(connection, since)
            if row["coop_id"] != coop_id
        ]
    return tuple(one for one in found if one.reach.lots)


def recall_of(instance: Instance, coop_id: str, entry_id: str) -> Recalled | None:
    """One recall of this co-op, or another's that reaches lots of this one; else None."""
    with instance.database.reading() as connection:
        row = recalls.recall_by_id(connection, entry_id)
        if row is None:
            return None
        found = _recalled(connection, coop_id, row)
    return found if found.is_own or found.reach.lots else None


def _recalled(connection: Connection, coop_id: str, row: Row) -> Recalled:
    keys = recalls.cause_keys(connection, row["entry_index"])
    what = json.loads(row["what"])
    coop = declared.by_ids(connection, "coop", [row["coop_id"]])[row["coop_id"]]
    closing = stored.events_by_ids(connection, [row["closed_by"]] if row["closed_by"] else [])
    closed = closing.get(row["closed_by"] or "")
    is_own = row["coop_id"] == coop_id
    asked = _asked(connection, what)
    people = declared.by_ids(connection, "party", [row["performed_by"]]) if is_own else {}
    return Recalled(
        row["entry_id"],
        coop,
        is_own,
        people.get(row["performed_by"]),
        date.fromisoformat(row["event_date"]),
        datetime.fromisoformat(row["event_time"]),
        str(what.get("reason", "")),
        str(what.get("reason_en", "")),
        str(what.get("advice", "")),
        str(what.get("advice_en", "")),
        asked,
        row["closed_by"] or "",
        date.fromisoformat(closed["event_date"]) if closed else None,
        str(json.loads(closed["what"]).get("reason", "")) if closed else "",
        news_told(connection, [row["entry_id"]]).get(row["entry_id"], ()),
        is_own and _is_struck_out(connection, row, keys, asked),
        _joined_later(connection, row, keys) if is_own else (),
        recall_closure.kept_by_corrections(connection, row["entry_index"]) if is_own else 0,
        reach_of(
            connection, coop_id, keys, recall_closure.closure_of(connection, row["entry_index"])
        ),
    )


def _asked(connection: Connection, what: dict[str, object]) -> Asked:
    given = what.get("plots")
    wanted = [str(one) for one in given] if isinstance(given, list) else []
    plots = declared.by_ids(connection, "plot", wanted) if wanted else {}
    days = (str(what.get(name, "")) for name in ("from_day", "until_day"))
    first, last = (date.fromisoformat(one) if one else None for one in days)
    return Asked(
        str(what.get("cause_kind", "")),
        tuple(plots[one] for one in wanted if one in plots),
        first,
        last,
        str(what.get("inspection", "")),
    )


def _is_struck_out(connection: Connection, row: Row, keys: list[int], asked: Asked) -> bool:
    """Whether a record that this recall rests on was declared wrong, and not replaced."""
    if asked.kind == INSPECTION_KIND:
        inspection = events.event_by_id(connection, row["coop_id"], asked.inspection)
        if inspection and inspection["declared_wrong_by"]:
            return True
    return bool(recalls.unmade(connection, keys))


def _joined_later(connection: Connection, row: Row, keys: list[int]) -> tuple[NodeLine, ...]:
    """What was picked on the plots and days asked for, but written down after the recall."""
    before = nodes.made_before(connection, keys, row["entry_index"])
    later = [key for key in keys if key not in before]
    return node_lines(connection, later) if later else ()
