"""Planting, irrigation, fertilising, spraying and field work: one page each."""

from functools import partial
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from ...domain.key_data import elements
from ...domain.pre_harvest_interval import first_day
from ...query import farm
from ...query.input_store import StoredInput, inputs_in_store
from ..access import deed, house, signed_in
from .posting import Files, new_form, save
from .reading import OTHER, READ
from .routes import blueprint, last_days, own_grower, page, today

WORK = {
    "planting": "planting",
    "irrigation": "irrigation",
    "fertilising": "fertilising",
    "spraying": "spraying",
    "field-work": "field_work",
}
"""The last part of the address, and the event type it records."""

_INPUT_KIND = {"planting": "seed", "fertilising": "fertiliser", "spraying": "pesticide"}
_UNITS = {
    "spraying": ("ml", "g", "l", "kg", "bottle", "packet"),
    "fertilising": ("kg", "bag", "g", "l", "ml", "packet"),
}
_WORK_PICTURES = {
    "weeding": "sheaf",
    "tying": "seedling",
    "pruning": "scissors",
    "pollination": "flower",
    "thinning": "leafy-green",
    "covering": "house",
    "traps": "magnifier",
    "clearing": "tractor",
    "other": "farmer",
}
_HOW_PICTURES = {"drip": "water", "furrow": "tractor", "sprinkler": "flower", "hose": "bucket"}


@blueprint.get("/farm/<any(planting,irrigation,fertilising,spraying,'field-work'):work>")
@deed("record_field_work")
def record_work(work: str) -> ResponseReturnValue:
    """The form of one kind of field work, for the planting it was opened from."""
    event_type = WORK[work]
    typed = new_form(when=today().isoformat())
    shown = show_work(event_type, typed)
    if event_type == "planting":
        if not shown["plots"] or not shown["products"]:
            return page("no_plot", plots=shown["plots"])
        _only_choice(typed, "plot", [plot.id for plot in shown["plots"]], request.args.get("plot"))
        _only_choice(typed, "product", [one.id for one in shown["products"]])
    else:
        choose_planting(typed, shown["plantings"], "plantings")
        if event_type == "spraying":
            _choose_whole_plot(typed, shown["plantings"])
    return page(event_type, typed=typed, files=Files([], [], []), problems=(), **shown)


@blueprint.post("/farm/<any(planting,irrigation,fertilising,spraying,'field-work'):work>")
@deed("record_field_work")
def save_work(work: str) -> ResponseReturnValue:
    """Record it, or show the form again with what is wrong."""
    event_type = WORK[work]
    return save(event_type, partial(READ[event_type], event_type), partial(show_work, event_type))


def choose_planting(
    typed: MultiDict[str, str], plantings: tuple[farm.FieldPlanting, ...], name: str
) -> None:
    """Tick the planting that the form was opened from, or the only one there is."""
    asked = request.args.get("planting")
    _only_choice(typed, name, [one.id for one in plantings], asked)


def _choose_whole_plot(
    typed: MultiDict[str, str], plantings: tuple[farm.FieldPlanting, ...]
) -> None:
    """Tick everything that grows on the chosen plot: a spray reaches all of it until told apart."""
    chosen = {one.plot.id for one in plantings if one.id in typed.getlist("plantings")}
    typed.setlist("plantings", [one.id for one in plantings if one.plot.id in chosen])


def _only_choice(
    typed: MultiDict[str, str], name: str, values: list[str], asked: str | None = None
) -> None:
    if asked in values:
        typed[name] = str(asked)
    elif len(values) == 1:
        typed[name] = values[0]


def people_to_choose() -> list[tuple[str, str]]:
    """For whom somebody writes: the co-op's people; growers write for themselves alone."""
    if own_grower() is not None:
        return []
    session = signed_in()
    found = farm.parties(house().instance, session.coop_id, "person")
    return [(one.id, one.text("name")) for one in found]


def plantings_to_choose(asked: list[str]) -> tuple[farm.FieldPlanting, ...]:
    """The live plantings, and those asked for although they were cleared away."""
    session, instance = signed_in(), house().instance
    live = farm.live_plantings(instance, session.coop_id, own_grower(), today())
    known = {one.id for one in live}
    more = [
        farm.planting_of(instance, session.coop_id, own_grower(), one, today())
        for one in asked
        if one not in known
    ]
    return live + tuple(one for one in more if one)


def show_work(event_type: str, typed: MultiDict[str, str]) -> dict[str, Any]:
    """What the form of this work shows beside what was typed."""
    session, instance = signed_in(), house().instance
    shown: dict[str, Any] = {
        "event_type": event_type,
        "days": last_days(),
        "people": people_to_choose(),
        "elements": elements(event_type),
    }
    if event_type == "planting":
        shown["plots"] = farm.plots(instance, session.coop_id, own_grower())
        shown["products"] = farm.products(instance, session.coop_id)
    else:
        asked = [*typed.getlist("plantings"), *request.args.getlist("planting")]
        shown["plantings"] = plantings_to_choose(asked)
    if event_type in _INPUT_KIND:
        inputs = inputs_in_store(instance, session.coop_id, _INPUT_KIND[event_type], today())
        shown["inputs"] = inputs
        shown["consequences"] = [_first_days(one) for one in inputs]
        shown["other"] = OTHER
    shown["units"] = _UNITS.get(event_type, ())
    shown["pictures"] = _WORK_PICTURES | _HOW_PICTURES
    return shown


def _first_days(stored: StoredInput) -> tuple[Any, ...]:
    """From when picking would be allowed, for each day button; empty where nobody knows."""
    days = stored.interval_days
    return () if days is None else tuple(first_day(day, days) for day in last_days())
