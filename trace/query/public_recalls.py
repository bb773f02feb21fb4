"""The public list of recalls: open and closed ones of all co-ops of the last year."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

from ..domain.key_data import INPUT_LOT, PLANTING
from ..repository import declared, recall_closure, recalls
from ..repository import public_events as stored
from ..repository.database import Connection, Row
from ..repository.declared import Declared
from ..repository.instance import Instance
from .coop_nodes import NodeLine, node_lines
from .recall_news import News, news_told
from .recall_page import ONE_YEAR, STORED_TIME

MOST_LOTS_NAMED = 60


@dataclass(frozen=True)
class PublicRecall:
    """A recall in public: whose, of what, why, what to do, its news, and how it ended.

    `lots` are the packed lots of every co-op it reaches, the harvests where none was packed.
    """

    entry_id: str
    coop: Declared
    since: datetime
    reason: str
    reason_en: str
    advice: str
    advice_en: str
    news: tuple[News, ...]
    closed: datetime | None
    closed_reason: str
    closed_reason_en: str
    lots: tuple[NodeLine, ...]
    more_lots: int
    zone: tzinfo

    @property
    def products(self) -> tuple[Declared, ...]:
        """Which products, each once."""
        found = {one.product.id: one.product for one in self.lots if one.product}
        return tuple(found.values())

    @property
    def pictures(self) -> tuple[str, ...]:
        """A picture of each product."""
        return tuple(dict.fromkeys(one.picture for one in self.lots))


def public_recalls(instance: Instance, now: datetime) -> tuple[PublicRecall, ...]:
    """Every recall of the last year and those still open, the open ones first, then the newest."""
    since = (now.astimezone(UTC) - ONE_YEAR).strftime(STORED_TIME)
    with instance.database.reading() as connection:
        found = [_told(connection, row) for row in recalls.recalls_since(connection, since)]
    return tuple(sorted(found, key=lambda one: one.closed is not None))


def public_recall(instance: Instance, entry_id: str) -> PublicRecall | None:
    """One recall of any co-op, however old, or None."""
    with instance.database.reading() as connection:
        row = recalls.recall_by_id(connection, entry_id)
        return _told(connection, row) if row else None


def _told(connection: Connection, row: Row) -> PublicRecall:
    what = json.loads(row["what"])
    coop = declared.by_ids(connection, "coop", [row["coop_id"]])[row["coop_id"]]
    zone = ZoneInfo(coop.text("time_zone"))
    closing = stored.events_by_ids(connection, [row["closed_by"]] if row["closed_by"] else [])
    closed = closing.get(row["closed_by"] or "")
    ended = json.loads(closed["what"]) if closed else {}
    lots = _lots(connection, recall_closure.closure_of(connection, row["entry_index"]))
    return PublicRecall(
        row["entry_id"],
        coop,
        datetime.fromisoformat(row["event_time"]).astimezone(zone),
        str(what.get("reason", "")),
        str(what.get("reason_en", "")),
        str(what.get("advice", "")),
        str(what.get("advice_en", "")),
        news_told(connection, [row["entry_id"]]).get(row["entry_id"], ()),
        datetime.fromisoformat(closed["event_time"]).astimezone(zone) if closed else None,
        str(ended.get("reason", "")),
        str(ended.get("reason_en", "")),
        lots[:MOST_LOTS_NAMED],
        max(0, len(lots) - MOST_LOTS_NAMED),
        zone,
    )


def _lots(connection: Connection, closure: list[int]) -> tuple[NodeLine, ...]:
    lines = node_lines(connection, closure)
    goods = [one for one in lines if one.kind not in (PLANTING, INPUT_LOT)]
    packed = [one for one in goods if one.packed_quantity is not None]
    return tuple(packed or goods)
