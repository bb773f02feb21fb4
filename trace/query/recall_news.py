"""What was told of recalls after they began."""

import json
from dataclasses import dataclass
from datetime import datetime

from ..repository import recalls
from ..repository.database import Connection


@dataclass(frozen=True)
class News:
    """Something told of a recall after it began, in both languages where both were given."""

    words: str
    words_en: str
    at: datetime


def news_told(connection: Connection, entry_ids: list[str]) -> dict[str, tuple[News, ...]]:
    """What was told of these recalls since, the newest first."""
    found: dict[str, tuple[News, ...]] = {}
    for row in recalls.news_of(connection, entry_ids):
        what = json.loads(row["what"])
        news = News(
            str(what["words"]),
            str(what.get("words_en", "")),
            datetime.fromisoformat(row["event_time"]),
        )
        found[row["recall_id"]] = (*found.get(row["recall_id"], ()), news)
    return found
