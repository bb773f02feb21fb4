"""When records were typed in, by whom, and of which day they tell: what bursts are found from."""

from datetime import date, datetime

from ..domain.bursts import BURST_WITHIN, Written
from .database import Connection, Row, marks, rows

_COLUMNS = "entry_id, recorded_by, record_time, event_date"
_OWN_WORK = "event_type <> 'error_declaration' AND replaces IS NULL"
"""A correction tells of another day by its nature, and is no memory of a week's work."""

_PART = 500


def _stored(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def written_since(connection: Connection, coop_id: str, record_time: str) -> list[Written]:
    """Every record of a co-op written since then, in the order of writing."""
    return _written(
        rows(
            connection,
            f"SELECT {_COLUMNS} FROM event WHERE coop_id = ? AND record_time >= ? AND {_OWN_WORK}"
            " ORDER BY entry_index",
            (coop_id, record_time),
        )
    )


def written_around(connection: Connection, coop_id: str, shown: list[Row]) -> list[Written]:
    """What the writers of these records wrote from ten minutes before the first to after the last.

    Enough to tell which of them belong to a burst.
    """
    if not shown:
        return []
    moments = [datetime.fromisoformat(one["record_time"]) for one in shown]
    people = sorted({one["recorded_by"] for one in shown})
    first, last = _stored(min(moments) - BURST_WITHIN), _stored(max(moments) + BURST_WITHIN)
    return _written(
        rows(
            connection,
            f"SELECT {_COLUMNS} FROM event WHERE coop_id = ? AND record_time >= ?"
            f" AND record_time <= ? AND recorded_by IN ({marks(len(people))}) AND {_OWN_WORK}"
            " ORDER BY entry_index",
            (coop_id, first, last, *people),
        )
    )


def _written(found: list[Row]) -> list[Written]:
    return [
        Written(
            one["entry_id"],
            one["recorded_by"],
            datetime.fromisoformat(one["record_time"]),
            date.fromisoformat(one["event_date"]),
        )
        for one in found
    ]
