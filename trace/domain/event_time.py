"""When something happened: a moment with its offset, known to the day or to the minute.

A day is stored as 12:00 in the co-op's time zone, or the recording time if that is earlier, and
compared as a date (DESIGN part 3).
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

DAY, MINUTE = "day", "minute"
LATE_AFTER = timedelta(hours=24)


@dataclass(frozen=True)
class EventTime:
    """A moment with an offset, and how exactly it is known."""

    moment: datetime
    precision: str = MINUTE

    @property
    def date(self) -> date:
        """The local date at the place of the event."""
        return self.moment.date()

    @property
    def offset(self) -> str:
        """EPCIS eventTimeZoneOffset, such as +08:00."""
        return self.moment.isoformat()[-6:]


@dataclass(frozen=True)
class Happened:
    """When a record says something happened, and its place among the records.

    `moment` is None where only the day is known; `place` is that of the first record of it, so
    that a correction does not move it.
    """

    on: date
    moment: datetime | None
    place: int


def came_before(one: Happened, other: Happened) -> bool:
    """Whether one happened before the other; within a day or minute, as written down.

    >>> day = date(2026, 11, 12)
    >>> came_before(Happened(day, None, 8), Happened(day, None, 7))
    False
    """
    if one.on != other.on:
        return one.on < other.on
    if one.moment and other.moment and one.moment != other.moment:
        return one.moment < other.moment
    return one.place < other.place


def on_day(day: date, zone: tzinfo, now: datetime) -> EventTime:
    """The event time of something known to the day; today's is never later than the recording."""
    noon = datetime.combine(day, time(12), zone)
    local_now = now.astimezone(zone).replace(microsecond=0)
    return EventTime(min(noon, local_now) if day == local_now.date() else noon, DAY)


def at_minute(moment: datetime, zone: tzinfo) -> EventTime:
    """The event time of something known to the minute; a moment without offset is local."""
    local = moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)
    return EventTime(local.replace(second=0, microsecond=0), MINUTE)


def is_future(event_time: EventTime, now: datetime, zone: tzinfo) -> bool:
    """Whether this lies after now: days are compared as dates, minutes as moments."""
    if event_time.precision == DAY:
        return event_time.date > now.astimezone(zone).date()
    return event_time.moment > now


def is_late(event_time: EventTime, record_time: datetime, zone: tzinfo) -> bool:
    """Whether it was written more than 24 hours after the event, a day counting from its end."""
    happened = event_time.moment
    if event_time.precision == DAY:
        happened = datetime.combine(event_time.date + timedelta(days=1), time(0), zone)
    return record_time - happened > LATE_AFTER
