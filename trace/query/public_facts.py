"""The facts a shopper asks first: picking, spraying, tests, certificates, and what is missing."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, tzinfo
from typing import Any

from ..domain import public_record as rules
from ..domain.errors import Problem
from ..domain.inspection import Examined
from ..domain.key_data import INPUT, LOT, PACKAGE, PLANTING
from ..domain.vocabulary import EVENT_TYPES
from ..repository import inspections
from ..repository import public_events as stored
from ..repository.database import Connection, Row
from ..repository.declared import Declared
from .public_events import File, PublicEvent, read_events


@dataclass(frozen=True)
class Growing:
    """Where, by whom and from when to when it grew, and what was sprayed.

    `intervals` begin with the tightest. `is_harvested` is false for what is sold with its roots.
    Growers, plots and sites are filled in by `named`.
    """

    plot_ids: tuple[str, ...]
    varieties: tuple[str, ...]
    started_on: date | None
    last_started_on: date | None
    picked_from: date | None
    picked_to: date | None
    is_harvested: bool
    sprays: tuple[rules.Spray, ...]
    intervals: tuple[rules.Interval, ...]
    plots: tuple[Declared, ...] = ()
    growers: tuple[Declared, ...] = ()
    sites: tuple[Declared, ...] = ()

    @property
    def may_be_picked_from(self) -> date | None:
        """The first day on which every known interval is over."""
        return rules.first_picking_date(self.sprays)

    @property
    def days(self) -> int | None:
        """Days from the earliest sowing to the first picking; None where it was picked before."""
        if self.started_on is None or self.picked_from is None:
            return None
        days = (self.picked_from - self.started_on).days
        return days if days >= 0 else None

    def named(self, names: Mapping[str, Declared]) -> "Growing":
        """With plots, growers and sites in the order of the plots."""
        plots = [names[plot_id] for plot_id in self.plot_ids if plot_id in names]
        growers = dict.fromkeys(plot.text("grower_id") for plot in plots)
        sites = dict.fromkeys(plot.text("site_id") for plot in plots)
        return replace(
            self,
            plots=tuple(plots),
            growers=tuple(names[one] for one in growers if one in names),
            sites=tuple(names[one] for one in sites if one in names),
        )


def interval_days(event: PublicEvent) -> int | None:
    """The waiting time that a spraying was recorded with; None where nobody knows it."""
    needed = event.what.get("pre_harvest_interval_days")
    return None if needed in (None, "") else int(needed)


def growing(rows: Mapping[int, Row], events: Iterable[PublicEvent], own: Row) -> Growing:
    """What plantings and field work say; records declared wrong do not count."""
    plantings = [row for row in rows.values() if row["kind"] == PLANTING]
    keys = {row["node_key"] for row in plantings}
    right = [event for event in events if not event.is_wrong]
    sprays = [
        rules.Spray(share.node_key, event.date, interval_days(event), event.happened)
        for event in right
        if event.event_type == "spraying"
        for share in event.shares
        if share.node_key in keys
    ]
    takings = [
        event
        for event in right
        if event.event_type in ("harvesting", "packing")
        and any(share.node_key in keys and share.role == INPUT for share in event.shares)
    ]
    picks = [
        rules.Pick(share.node_key, event.date, event.happened)
        for event in takings
        for share in event.of_role(INPUT)
        if share.node_key in keys
    ]
    starts = [date.fromisoformat(row["started_on"]) for row in plantings]
    days = [pick.on for pick in picks]
    return Growing(
        tuple(dict.fromkeys(row["plot_id"] for row in plantings)),
        tuple(dict.fromkeys(row["variety"] for row in plantings)),
        min(starts, default=None),
        max(starts, default=None),
        min(days, default=None),
        max(days, default=None),
        any(event.event_type == "harvesting" for event in takings) or own["kind"] == PLANTING,
        tuple(sprays),
        tuple(rules.intervals(sprays, picks)),
    )


@dataclass(frozen=True)
class Test:
    """One inspection with its report; `results` are rows of analyte, result, unit and limit."""

    examined: Examined
    event: PublicEvent
    laboratory_id: str
    report_number: str
    sampled_on: date | None
    valid_until: date | None
    results: tuple[Mapping[str, Any], ...]
    files: tuple[File, ...] = field(default=())


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def tests(
    connection: Connection,
    keys: list[int],
    rows: Mapping[int, Row],
    events: list[PublicEvent],
    grown: Growing,
    zone: tzinfo,
) -> tuple[list[Test], list[PublicEvent]]:
    """The inspections that tell of these goods, oldest first, and those of their plots' events that
    are not among `events` yet. A plot's inspection after the last picking tells of other goods."""
    found = inspections.inspections_of(connection, keys)
    known = {event.entry_id: event for event in events}
    last = grown.picked_to
    of_plots = [
        one["entry_id"]
        for one in found
        if one["entry_id"] not in known and (last is None or one["event_date"] <= last.isoformat())
    ]
    further = read_events(
        connection, list(stored.events_by_ids(connection, of_plots).values()), zone
    )
    known |= {event.entry_id: event for event in further}
    goods = {key for key, row in rows.items() if row["kind"] in (LOT, PACKAGE)}
    made = []
    for one in found:
        event = known.get(one["entry_id"])
        if event is None:
            continue
        what = json.loads(one["what"])
        examined = Examined(
            one["inspection_kind"],
            bool(one["passed"]),
            one["vouched_by"],
            event.date,
            one["valid_until"],
            at_origin=not any(share.node_key in goods for share in event.shares),
            is_wrong=event.is_wrong,
            sampled_on=_day(one["sampled_on"]),
        )
        made.append(
            Test(
                examined,
                event,
                one["laboratory_id"] or "",
                one["report_number"] or "",
                _day(one["sampled_on"]),
                _day(one["valid_until"]),
                tuple(what.get("results", ())),
                (*event.reports, *event.photos),
            )
        )
    return made, further


def missing(
    own: Row,
    product: Declared | None,
    grown: Growing,
    events: Iterable[PublicEvent],
    is_tested: bool,
    supplier: Row | None,
) -> list[Problem]:
    """What the steps, the product's label rule and the standard ask for that nobody filled in."""
    found = rules.missing_facts(
        has_standard=bool(product and product.text("standard")),
        meets_rule=is_tested,
        lacks_picking=grown.picked_from is None,
        unknown_intervals=(one.sprayed_on for one in grown.intervals if one.needed is None),
        lacks_certificate=bool(supplier and not supplier["supplier_certificate"]),
    )
    return found + [
        Problem(
            event.event_type,
            label,
            {"day": event.date.isoformat()},
            EVENT_TYPES[event.event_type].label,
        )
        for event in events
        if not event.is_wrong
        for label in rules.missing_elements(event.event_type, event.what)
    ]
