"""The calendar's geometry: days to units of a picture, pictures that do not cover each other.

A day is DAY units wide; all numbers are SVG units. Nothing here asks for the request or the clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ..query.field_calendar import CalendarLine, Mark

DAY = 16
"""The width of a day."""

HEIGHT = 52
"""The height of a line: the pictures, and the bar below them."""

PICTURE = 22
BAR_TOP, BAR_HEIGHT = 32, 12


@dataclass(frozen=True)
class Bar:
    """A span of closed days; `is_unknown` where nobody knows when it ends."""

    x: int
    width: int
    is_unknown: bool


@dataclass(frozen=True)
class Picture:
    """One thing done, at the left edge of its picture."""

    x: int
    mark: Mark


@dataclass(frozen=True)
class Drawing:
    """One line of the calendar; `today` is the middle of today, None where it is not shown."""

    width: int
    bars: tuple[Bar, ...]
    pictures: tuple[Picture, ...]
    mondays: tuple[tuple[int, date], ...]
    today: int | None


def drawing(line: CalendarLine, days: tuple[date, date], today: date) -> Drawing:
    """One planting's line over these days, first and last included."""
    count = (days[1] - days[0]).days + 1
    bars = []
    for span in line.closed:
        first = max((span.first - days[0]).days, 0)
        last = count - 1 if span.last is None else min((span.last - days[0]).days, count - 1)
        if last >= first:
            bars.append(Bar(first * DAY, (last - first + 1) * DAY, span.last is None))
    shown = [one for one in line.marks if days[0] <= one.on <= days[1]]
    return Drawing(
        count * DAY, tuple(bars), _apart(shown, days[0], count), mondays(days), _today(days, today)
    )


def mondays(days: tuple[date, date]) -> tuple[tuple[int, date], ...]:
    """Where each week begins."""
    count = (days[1] - days[0]).days + 1
    all_days = [days[0] + timedelta(days=at) for at in range(count)]
    return tuple((at * DAY, day) for at, day in enumerate(all_days) if day.weekday() == 0)


def _today(days: tuple[date, date], today: date) -> int | None:
    return (today - days[0]).days * DAY + DAY // 2 if days[0] <= today <= days[1] else None


def _apart(marks: Iterable[Mark], first: date, count: int) -> tuple[Picture, ...]:
    """Each picture in the middle of its day, moved to the right where the one before covers it."""
    found: list[Picture] = []
    for mark in marks:
        x = (mark.on - first).days * DAY + (DAY - PICTURE) // 2
        if found:
            x = max(x, found[-1].x + PICTURE - 4)
        found.append(Picture(max(0, x), mark))
    room = count * DAY - PICTURE
    for at in range(len(found) - 1, -1, -1):  # what fell over the right edge is pushed back
        limit = room if at == len(found) - 1 else found[at + 1].x - (PICTURE - 4)
        if found[at].x > limit and limit >= 0:
            found[at] = Picture(limit, found[at].mark)
    return tuple(found)
