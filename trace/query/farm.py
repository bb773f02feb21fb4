"""The field as a grower sees it: plantings, from when each may be picked, what was done last."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ..domain.pre_harvest_interval import Gate, Spraying, gate, is_just_planted
from ..repository import declared, field_work, inspections, plot_work
from ..repository.database import Connection, Row
from ..repository.declared import Declared
from ..repository.instance import Instance
from ..repository.standing import standing_of

CLEARING = "clearing"
"""The field work that ends a planting: it is no longer among today's plots."""

TAKEN_BY = ("harvesting", "packing")
"""What takes something off a planting; leaves may be packed where they grow."""

GATE_READ = ("spraying", "field_work", "destroying", *TAKEN_BY)
"""What says when a planting may be picked; its waterings, by far the most, do not."""

WORK_READ = (*GATE_READ, "irrigation")


@dataclass(frozen=True)
class LastWork:
    """The last time something was done to a planting; `alone` when to no other one as well."""

    entry_id: str
    on: date
    what: dict[str, Any]
    alone: bool


@dataclass(frozen=True)
class FieldPlanting:
    """One planting: where, what, since when; its sprayings, and what stands against it.

    `is_held` where it is on hold, or its plot failed the last inspection; `has_twin` where the same
    crop grows on the same plot twice, so that only the day of planting tells them apart.
    """

    id: str
    plot: Declared
    product: Declared
    variety: str
    started_on: date
    sprayings: tuple[Spraying, ...]
    gate: Gate
    is_held: bool
    is_recalled: bool
    cleared_on: date | None
    watered: LastWork | None
    is_just_planted: bool
    has_twin: bool = False

    def name(self, language: str) -> str:
        """Plot and crop, as people call it: 17号大棚 黄瓜."""
        plot, crop = (one.in_language("name", language) for one in (self.plot, self.product))
        return f"{plot} {crop}"


def plots(instance: Instance, coop_id: str, grower_id: str | None) -> tuple[Declared, ...]:
    """A co-op's plots, or those of one grower."""
    with instance.database.reading() as connection:
        return tuple(_plots(connection, coop_id, grower_id).values())


def products(instance: Instance, coop_id: str) -> tuple[Declared, ...]:
    """What the co-op grows and sells."""
    with instance.database.reading() as connection:
        return tuple(declared.all_current(connection, coop_id, "product"))


def parties(instance: Instance, coop_id: str, kind: str) -> tuple[Declared, ...]:
    """The co-op's parties of one kind, such as its persons or laboratories."""
    with instance.database.reading() as connection:
        found = declared.all_current(connection, coop_id, "party")
        return tuple(one for one in found if one.text("kind") == kind)


def live_plantings(
    instance: Instance, coop_id: str, grower_id: str | None, today: date
) -> tuple[FieldPlanting, ...]:
    """What grows on these plots and was not cleared away, in the order of the plots."""
    with instance.database.reading() as connection:
        everything = _plantings(connection, coop_id, grower_id, today)
    live = [one for one in everything if one.cleared_on is None]
    places = Counter((one.plot.id, one.product.id) for one in live)
    return tuple(replace(one, has_twin=places[one.plot.id, one.product.id] > 1) for one in live)


def plantings_between(
    instance: Instance,
    coop_id: str,
    grower_id: str | None,
    days: tuple[date, date],
    today: date,
) -> tuple[FieldPlanting, ...]:
    """What grew on these plots on any of these days, in the order of the plots.

    When it was watered last is not read.
    """
    with instance.database.reading() as connection:
        everything = _plantings(connection, coop_id, grower_id, today, work=GATE_READ)
    grew = [
        one
        for one in everything
        if one.started_on <= days[1] and (one.cleared_on is None or one.cleared_on >= days[0])
    ]
    places = Counter((one.plot.id, one.product.id) for one in grew)
    return tuple(replace(one, has_twin=places[one.plot.id, one.product.id] > 1) for one in grew)


def planting_of(
    instance: Instance, coop_id: str, grower_id: str | None, planting_id: str, today: date
) -> FieldPlanting | None:
    """One planting by its code, cleared or not, where it is on these plots."""
    with instance.database.reading() as connection:
        found = _plantings(connection, coop_id, grower_id, today, planting_id)
    return found[0] if found else None


def _plots(connection: Connection, coop_id: str, grower_id: str | None) -> dict[str, Declared]:
    found = declared.all_current(connection, coop_id, "plot")
    return {
        plot.id: plot for plot in found if grower_id is None or plot.text("grower_id") == grower_id
    }


def _plantings(
    connection: Connection,
    coop_id: str,
    grower_id: str | None,
    today: date,
    only: str | None = None,
    work: tuple[str, ...] = WORK_READ,
) -> list[FieldPlanting]:
    own = _plots(connection, coop_id, grower_id)
    grown = [
        one
        for one in field_work.plantings_of(connection, coop_id)
        if one["plot_id"] in own and only in (None, one["node_id"])
    ]
    keys = [one["node_key"] for one in grown]
    crops = declared.by_ids(connection, "product", [one["product_id"] for one in grown])
    if work == WORK_READ:
        events = field_work.events_on(connection, keys, list(work))
    else:
        events = plot_work.work_done(connection, coop_id, work)
    by_key: dict[int, list[Row]] = {}
    for event in events:
        by_key.setdefault(event["node_key"], []).append(event)
    places = list(own)
    grown.sort(key=lambda one: places.index(one["plot_id"]))
    return [
        _planting(connection, one, own, crops, by_key.get(one["node_key"], []), today)
        for one in grown
    ]


def _planting(
    connection: Connection,
    one: Row,
    own: dict[str, Declared],
    crops: dict[str, Declared],
    events: list[Row],
    today: date,
) -> FieldPlanting:
    sprayings = sprayings_in(connection, events)
    standing = standing_of(connection, one["node_key"])
    looked_at = [
        seen
        for seen in inspections.inspections_of(connection, [one["node_key"]])
        if not seen["declared_wrong_by"]
    ]
    cleared = [event for event in events if _ends_it(event)]
    was_picked = any(event["event_type"] in TAKEN_BY for event in events)
    watered = next((event for event in events if event["event_type"] == "irrigation"), None)
    return FieldPlanting(
        one["node_id"],
        own[one["plot_id"]],
        crops[one["product_id"]],
        one["variety"],
        date.fromisoformat(one["started_on"]),
        sprayings,
        gate(sprayings, today),
        bool(standing.holds) or bool(looked_at and not looked_at[-1]["passed"]),
        bool(standing.recalls),
        date.fromisoformat(cleared[0]["event_date"]) if cleared else None,
        _last(connection, watered) if watered else None,
        is_just_planted(date.fromisoformat(one["started_on"]), today, was_picked),
    )


def _ends_it(event: Row) -> bool:
    """Whether the planting is gone with this: cleared away, or ploughed under."""
    if event["event_type"] == "field_work":
        return bool(json.loads(event["what"]).get("work") == CLEARING)
    return bool(event["event_type"] == "destroying")


def _last(connection: Connection, event: Row) -> LastWork:
    named = field_work.nodes_of(connection, [event["entry_index"]])
    return LastWork(
        event["entry_id"],
        date.fromisoformat(event["event_date"]),
        json.loads(event["what"]),
        len(named) == 1,
    )


def sprayings_in(connection: Connection, events: Iterable[Row]) -> tuple[Spraying, ...]:
    """The sprayings among these events, with the interval stated when they were written."""
    sprayed = [
        (event, json.loads(event["what"])) for event in events if event["event_type"] == "spraying"
    ]
    listed = declared.by_ids(
        connection, "input", [what["input"] for _, what in sprayed if "input" in what]
    )
    found = []
    for event, what in sprayed:
        known = listed.get(what.get("input", ""))
        days = what.get("pre_harvest_interval_days")
        name = known.text("name") if known else str(what.get("input_name", ""))
        name_en = known.text("name_en") if known else ""
        found.append(
            Spraying(
                date.fromisoformat(event["event_date"]),
                None if days is None else int(days),
                name,
                name_en,
            )
        )
    return tuple(found)
