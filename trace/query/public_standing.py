"""What stands against goods, and what became of them: holds, recalls, amounts."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, tzinfo
from decimal import Decimal

from ..domain.errors import NotFound
from ..repository import nodes, recall_closure
from ..repository import public_events as stored
from ..repository.database import Connection, Row
from ..repository.standing import began_on
from .recall_news import News, news_told

MOST_LOTS_NAMED = 24


@dataclass(frozen=True)
class HoldNotice:
    """Why sale is stopped and since when: a rule, and in whose words where a person did it."""

    rule: str
    reason: str
    since: datetime
    is_to_the_minute: bool
    updated: datetime
    reason_en: str = ""


@dataclass(frozen=True)
class RecallNotice:
    """What is recalled with these goods, why, since when, and what buyers should do."""

    reason: str
    reason_en: str
    advice: str
    advice_en: str
    since: datetime
    is_to_the_minute: bool
    updated: datetime
    closed: datetime | None
    lot_numbers: tuple[str, ...]
    more_lots: int
    entry_id: str
    news: tuple[News, ...]


@dataclass(frozen=True)
class Amounts:
    """What came in and went out of a lot, in its own unit; empty for a planting."""

    unit: str
    gone: dict[str, Decimal]
    remaining: Decimal | None

    @property
    def destroyed(self) -> Decimal:
        """How much was destroyed."""
        return self.gone.get("destroying", Decimal(0))

    @property
    def is_all_destroyed(self) -> bool:
        """Whether nothing but destroying ended this lot."""
        return bool(self.destroyed) and not self.remaining and len(self.gone) == 1


def amounts(connection: Connection, key: int, own: Row) -> Amounts:
    """The balance of a lot or package."""
    if own["lot_number"] is None:
        return Amounts("", {}, None)
    try:
        balance = nodes.lot_balance(connection, key)
    except NotFound:
        return Amounts("", {}, None)
    return Amounts(balance.unit, balance.gone, balance.remaining)


def _local(text: str, zone: tzinfo) -> datetime:
    return datetime.fromisoformat(text).astimezone(zone)


def hold_notice(holds: Sequence[Row], zone: tzinfo) -> HoldNotice | None:
    """The oldest open hold, and the last change of any."""
    if not holds:
        return None
    first = holds[-1]
    since, began = _local(first["event_time"], zone), began_on(first)
    is_later = began > since.date()
    return HoldNotice(
        first["rule"],
        str(json.loads(first["what"]).get("reason", "")),
        datetime.combine(began, time(12), zone) if is_later else since,
        first["precision"] == "minute" and not is_later,
        max(_local(max(one["record_time"], one["made_recorded"] or ""), zone) for one in holds),
        str(json.loads(first["what"]).get("reason_en", "")),
    )


def recall_notice(
    connection: Connection, recalls: Sequence[Row], coop_id: str, zone: tzinfo
) -> RecallNotice | None:
    """The newest recall that reaches these goods, with the packed lots of this co-op it reaches."""
    if not recalls:
        return None
    newest = recalls[0]
    ends = stored.events_by_ids(
        connection, [one["closed_by"] for one in recalls if one["closed_by"]]
    )
    closing = ends.get(newest["closed_by"] or "")
    news = news_told(connection, [newest["entry_id"]]).get(newest["entry_id"], ())
    times = [one["record_time"] for one in (*recalls, *ends.values())]
    times += [one.at.isoformat() for one in news]
    closure = recall_closure.closure_of(connection, newest["entry_index"])
    lots = stored.packed_lots(connection, coop_id, closure)
    what = json.loads(newest["what"])
    return RecallNotice(
        str(what.get("reason", "")),
        str(what.get("reason_en", "")),
        str(what.get("advice", "")),
        str(what.get("advice_en", "")),
        _local(newest["event_time"], zone),
        newest["precision"] == "minute",
        max(_local(one, zone) for one in times),
        _local(closing["event_time"], zone) if closing else None,
        tuple(one["lot_number"] for one in lots[:MOST_LOTS_NAMED]),
        max(0, len(lots) - MOST_LOTS_NAMED),
        newest["entry_id"],
        news,
    )
