"""A calendar of the plots: what was done on each planting, and when it may be picked."""

from dataclasses import dataclass
from datetime import date, timedelta

from ..domain.pre_harvest_interval import Spraying
from ..repository import field_work, plot_work
from ..repository.database import Connection, Row
from ..repository.declared import Declared
from ..repository.instance import Instance
from .farm import FieldPlanting, plantings_between, plots

MARKED = ("planting", "spraying", "fertilising", "harvesting", "packing", "field_work")
"""What stands in a calendar; watering would hide all else."""


@dataclass(frozen=True)
class Mark:
    """Something done on a day; `times` where it was written down more than once."""

    on: date
    event_type: str
    entry_id: str
    times: int = 1


@dataclass(frozen=True)
class Closed:
    """Days on which a planting may not be picked: from a spraying to the last such day.

    `last` is None where nobody knows the interval.
    """

    spraying: Spraying
    first: date
    last: date | None


@dataclass(frozen=True)
class CalendarLine:
    """One planting: what was done, and the days on which it may not be picked."""

    planting: FieldPlanting
    marks: tuple[Mark, ...]
    closed: tuple[Closed, ...]


@dataclass(frozen=True)
class CalendarPlot:
    """One plot and what grows on it; nothing where nothing is planted."""

    plot: Declared
    lines: tuple[CalendarLine, ...]


def field_calendar(
    instance: Instance,
    coop_id: str,
    grower_id: str | None,
    days: tuple[date, date],
    today: date,
) -> tuple[CalendarPlot, ...]:
    """The plots of a co-op, or of one grower, with each planting of these days on its own line."""
    grown = plantings_between(instance, coop_id, grower_id, days, today)
    with instance.database.reading() as connection:
        marks = _marks(connection, coop_id, days)
    by_plot: dict[str, list[CalendarLine]] = {}
    for one in grown:
        line = CalendarLine(one, tuple(marks.get(one.id, ())), closed_days(one.sprayings, days))
        by_plot.setdefault(one.plot.id, []).append(line)
    return tuple(
        CalendarPlot(plot, tuple(by_plot.get(plot.id, ())))
        for plot in plots(instance, coop_id, grower_id)
    )


def closed_days(sprayings: tuple[Spraying, ...], days: tuple[date, date]) -> tuple[Closed, ...]:
    """The closed spans that reach into these days, the earliest first."""
    found = []
    for one in sprayings:
        opens = one.first_day
        last = None if opens is None else opens - timedelta(days=1)
        if last is not None and last < one.on:
            continue  # no day of waiting at all
        if one.on <= days[1] and (last is None or last >= days[0]):
            found.append(Closed(one, one.on, last))
    return tuple(sorted(found, key=lambda one: one.first))


def _marks(connection: Connection, coop_id: str, days: tuple[date, date]) -> dict[str, list[Mark]]:
    """By planting: one mark for each kind of work of a day, in the order of the days."""
    grown = {
        one["node_key"]: one["node_id"] for one in field_work.plantings_of(connection, coop_id)
    }
    span = days[0].isoformat(), days[1].isoformat()
    rows: dict[tuple[str, str, str], list[Row]] = {}
    for event in plot_work.work_done(connection, coop_id, MARKED, span):
        if event["node_key"] in grown:
            key = (grown[event["node_key"]], event["event_date"], event["event_type"])
            rows.setdefault(key, []).append(event)
    marks: dict[str, list[Mark]] = {}
    for (planting, on, event_type), events in sorted(rows.items()):
        mark = Mark(date.fromisoformat(on), event_type, events[-1]["entry_id"], len(events))
        marks.setdefault(planting, []).append(mark)
    return marks
