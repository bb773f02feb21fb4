"""The calendar for manager and growers: which weeks are shown, and each line in words."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import request

from ..query.field_calendar import CalendarLine, CalendarPlot
from . import display
from .calendar_drawing import Drawing, drawing
from .language import current_language
from .record_words import type_words
from .words import _, ngettext

WEEKS, WEEKS_BEFORE = 8, 5
"""How many weeks a desk shows, and how many of them lie before this one."""

NEAR_BEFORE, NEAR_AFTER = 11, 9
"""How many days a phone shows around today: three weeks."""

WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class DrawnLine:
    """One planting, drawn wide for a desk and near for a phone, and told in words."""

    line: CalendarLine
    wide: Drawing
    near: Drawing
    told: tuple[str, ...]


@dataclass(frozen=True)
class DrawnPlot:
    """One plot with its lines."""

    plot: CalendarPlot
    lines: tuple[DrawnLine, ...]


def weeks_asked(today: date) -> tuple[date, date]:
    """First Monday and last Sunday of what is shown; `?from=` begins in that week."""
    try:
        first = date.fromisoformat(request.args.get("from", ""))
    except ValueError:
        first = today - WEEKS_BEFORE * WEEK
    first = min(max(first, date(1971, 1, 4)), date(9000, 1, 1))
    first -= timedelta(days=first.weekday())
    return first, first + WEEKS * WEEK - timedelta(days=1)


def near_days(days: tuple[date, date], today: date) -> tuple[date, date]:
    """The part that a phone shows: around today, else the last three weeks of what is shown."""
    around = min(max(today, days[0] + timedelta(days=NEAR_BEFORE)), days[1])
    first = min(around - timedelta(days=NEAR_BEFORE),
                days[1] - timedelta(days=NEAR_BEFORE + NEAR_AFTER))  # fmt: skip
    return first, first + timedelta(days=NEAR_BEFORE + NEAR_AFTER)


def drawn(
    found: tuple[CalendarPlot, ...], days: tuple[date, date], today: date
) -> tuple[DrawnPlot, ...]:
    """Every plot with its plantings drawn and told."""
    near = near_days(days, today)
    return tuple(
        DrawnPlot(
            plot,
            tuple(
                DrawnLine(one, drawing(one, days, today), drawing(one, near, today), told(one))
                for one in plot.lines
            ),
        )
        for plot in found
    )


def told(line: CalendarLine) -> tuple[str, ...]:
    """What a line shows, in words, in the order of the days."""
    language = current_language()
    words: list[tuple[date, str]] = []
    for mark in line.marks:
        kind = type_words(mark.event_type)
        times = ngettext("%(num)s time", "%(num)s times", mark.times) if mark.times > 1 else ""
        words.append((mark.on, " ".join(one for one in (kind, times) if one)))
    for span in line.closed:
        name = span.spraying.name(language)
        if span.last is None:
            words.append((span.first, _("%(input)s: interval not known", input=name)))
        else:
            opens = display.day(span.last + timedelta(days=1), language)
            words.append(
                (span.first, _("%(input)s: no picking before %(day)s", input=name, day=opens))
            )
    return tuple(f"{display.day(on, language)} {said}" for on, said in sorted(words))
