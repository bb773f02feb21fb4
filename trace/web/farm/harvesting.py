"""Picking: what came off each planting, by weight or by crates, and the lot it makes.

Before the first allowed day the page warns and asks; what was picked all the same is recorded as it
happened. Nobody is asked to write another date.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from ...domain.errors import N_, Problem
from ...domain.event_check import parse_date
from ...domain.key_data import elements
from ...domain.pre_harvest_interval import Gate, gate
from ...domain.quantity import format_decimal, parse_spoken_amount
from ...query.farm import FieldPlanting
from ..access import deed
from .amounts import CRATE_WORDS, amount_of, plain_amount
from .posting import Files, Sent, new_form, save
from .routes import blueprint, last_days, page, today
from .work import choose_planting, people_to_choose, plantings_to_choose

UNITS = ("kg", "jin")
EITHER = N_("Write either the whole weight or the crates: they do not agree.")
BOTH_OF_CRATES = N_("Write how many crates, and how much one weighs.")
NOT_A_NUMBER = N_("“%(given)s” is not a number.")
NOT_WHOLE = N_("This must be a whole number, not %(given)s.")
AMOUNT = N_("How much was picked")


@dataclass(frozen=True)
class Warning:
    """A planting that may not be picked on the day that was chosen."""

    planting: FieldPlanting
    gate: Gate


@blueprint.get("/farm/harvesting")
@deed("record_harvest")
def record_harvest() -> ResponseReturnValue:
    """The picking form."""
    typed = new_form(when=today().isoformat(), unit=UNITS[0])
    shown = show_harvest(typed)
    choose_planting(typed, shown["plantings"], "takes")
    return page("harvesting", typed=typed, files=Files([], [], []), problems=(), **shown)


@blueprint.post("/farm/harvesting")
@deed("record_harvest")
def save_harvest() -> ResponseReturnValue:
    """Record the picking, warn of an interval that still runs, or say what is wrong."""
    return save("harvesting", read_harvest, show_harvest)


def show_harvest(typed: MultiDict[str, str]) -> dict[str, Any]:
    """What the picking form shows beside what was typed."""
    return {
        "event_type": "harvesting",
        "days": last_days(),
        "people": people_to_choose(),
        "plantings": plantings_to_choose(_named(typed)),
        "elements": elements("harvesting"),
        "units": UNITS,
        "warnings": (),
    }


def _named(typed: MultiDict[str, str]) -> list[str]:
    """The plantings that were ticked, and those with a weight although nobody ticked them."""
    found = typed.getlist("takes")
    for name in ("total", "crates"):
        for field, value in typed.items():
            node = field.removeprefix(f"{name}-")
            if node != field and value.strip() and node not in found:
                found.append(node)
    return found


def read_harvest(typed: MultiDict[str, str]) -> Sent:
    """Each planting's kilograms, a report for each crop; crates are multiplied out exactly."""
    named = _named(typed)
    plantings = {one.id: one for one in plantings_to_choose(named)}
    crops: dict[str, list[str]] = {}
    for node in named:
        crop = plantings[node].product.id if node in plantings else ""
        crops.setdefault(crop, []).append(node)
    found = [_read_crop(typed, nodes) for nodes in crops.values()] or [_read_crop(typed, [])]
    warnings = _warnings(typed, named)
    if typed.get("already_picked"):
        early = {one.planting.id for one in warnings}
        told = [
            replace(one, already_happened=len(found) == 1 or bool(early & set(nodes)))
            for one, nodes in zip(found, crops.values(), strict=False)
        ]
        found, warnings = told or found, ()
    problems = [problem for one in found for problem in one.problems]
    return replace(found[0], problems=problems, warnings=warnings, more=tuple(found[1:]))


def _read_crop(typed: MultiDict[str, str], named: list[str]) -> Sent:
    """What was picked of one crop: it makes one lot."""
    takes, problems, crates = [], list[Problem](), Decimal(0)
    unit = typed.get("unit", UNITS[0])
    for node in named:
        amount, count, wrong = _amount(typed, node)
        problems += wrong
        crates += count
        takes.append({"node": node, "quantity": amount, "unit": unit})
    places = {f"takes-{number}": f"total-{node}" for number, node in enumerate(named)}
    fields = {problem.field for problem in problems}
    what = {
        "takes": takes,
        "crates": format_decimal(crates) if crates else "",
        "picked_by": typed.get("picked_by", ""),
    }
    return Sent(what, problems, _once(places, fields))


def _once(places: dict[str, str], fields: set[str]) -> dict[str, str]:
    """Where the domain's problem of a weight belongs; `crates` has no field of its own."""
    return places | {"crates": next(iter(sorted(fields)), "takes")}


def _amount(typed: MultiDict[str, str], node: str) -> tuple[str, Decimal, list[Problem]]:
    """The weight of one planting's picking as typed or multiplied out, and its crates."""
    total, count, each = (
        typed.get(f"{name}-{node}", "").strip() for name in ("total", "crates", "each")
    )
    unit = typed.get("unit", UNITS[0])
    if not count and not each:
        return plain_amount(total, unit), Decimal(0), []
    if not count or not each:
        if count and total:  # the crates were counted, the whole was weighed
            numbers, problems = _numbers(node, {"crates": count}, unit)
            return plain_amount(total, unit), numbers.get("crates", Decimal(0)), problems
        missing = "each" if count else "crates"
        return "1", Decimal(0), [Problem(f"{missing}-{node}", BOTH_OF_CRATES, {}, AMOUNT)]
    numbers, problems = _numbers(node, {"crates": count, "each": each}, unit)
    if problems:
        return "1", Decimal(0), problems
    product = numbers["crates"] * numbers["each"]
    if total:
        whole, problems = _numbers(node, {"total": total}, unit)
        if not problems and whole["total"] != product:
            problems = [Problem(f"total-{node}", EITHER, {}, AMOUNT)]
    return format_decimal(product), numbers["crates"], problems


def _numbers(
    node: str, given: dict[str, str], unit: str
) -> tuple[dict[str, Decimal], list[Problem]]:
    found, problems = {}, []
    for name, text in given.items():
        place = f"{name}-{node}"
        try:
            if name == "crates":
                found[name] = parse_spoken_amount(text, CRATE_WORDS)
            else:
                found[name] = amount_of(text, unit)
        except ValueError:
            problems.append(Problem(place, NOT_A_NUMBER, {"given": text[:40]}, AMOUNT))
            continue
        if name == "crates" and found[name] != found[name].to_integral_value():
            problems.append(Problem(place, NOT_WHOLE, {"given": text[:40]}, AMOUNT))
    return found, problems


def _warnings(typed: MultiDict[str, str], named: list[str]) -> Sequence[Warning]:
    """The plantings whose interval still runs on the day that was chosen, or that are held."""
    day = picked_on(typed)
    plantings = {one.id: one for one in plantings_to_choose(named)}
    found = []
    for node in named:
        planting = plantings.get(node)
        if planting and day <= today():
            then = gate(planting.sprayings, day)
            if not then.is_open or planting.is_held or planting.is_recalled:
                found.append(Warning(planting, then))
    return found


def picked_on(typed: MultiDict[str, str]) -> date:
    """The day that was chosen, today where it cannot be read."""
    text = typed.get("when_other", "").strip() or typed.get("when", "")
    return parse_date(text) or today()
