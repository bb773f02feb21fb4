"""What was typed on a form, as the key data elements of its event type."""

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from ...domain.errors import N_, Problem
from ...domain.key_data import elements
from ...domain.most_uses import ask_once_more
from ...query.farm import planting_of
from ...query.input_store import unit_of
from ...query.season_uses import input_of_lot, uses_so_far
from ..access import house, signed_in
from ..language import current_language
from .amounts import plain_amount
from .posting import Sent
from .routes import own_grower, today

OTHER = "other"
"""The choice of an input that is not in the store's list: its name is typed."""

CHOOSE_UNIT = N_("Choose the unit of the amount.")

Typed = MultiDict[str, str]


def _plain(event_type: str, typed: Typed) -> dict[str, Any]:
    """Every element by its own name, with its unit beside it."""
    what: dict[str, Any] = {}
    for name, element in elements(event_type).items():
        what[name] = typed.getlist(name) if element.many else typed.get(name, "")
        if element.kind == "decimal":
            unit = typed.get(f"{name}_unit")
            what[name] = plain_amount(what[name], unit or element.units[0])
            if unit:
                what[f"{name}_unit"] = unit
    return what


def read_simple(event_type: str, typed: Typed) -> Sent:
    """Planting, irrigation, field work: each field is an element."""
    what = _plain(event_type, typed)
    if what.get("seed_lot") == OTHER:
        what["seed_lot"] = ""
    return Sent(what)


def read_input_use(event_type: str, typed: Typed) -> Sent:
    """Spraying and fertilising: an input of the store or a name, and an amount with its unit.

    Where no unit was chosen, that of the store's lot counts: it is what stands on the bottle.
    """
    if typed.get("input_lot") not in (None, "", OTHER) and not typed.get("amount_unit"):
        unit = unit_of(house().instance, signed_in().coop_id, typed["input_lot"])
        if unit in elements(event_type)["amount"].units:
            typed = MultiDict(typed)
            typed["amount_unit"] = unit
    what = _plain(event_type, typed)
    if what["input_lot"] in ("", OTHER):
        what["input_lot"] = ""
    else:
        what["input_name"] = ""
    problems = []
    if what["amount"].strip() and not typed.get("amount_unit"):
        label = elements(event_type)["amount"].label
        problems.append(Problem("amount_unit", CHOOSE_UNIT, {}, label))
    return Sent(what, problems, questions=once_more(what) if event_type == "spraying" else ())


def once_more(what: Mapping[str, Any]) -> list[Problem]:
    """What is asked where an input was used as often on a planting as its registration allows."""
    instance, coop_id = house().instance, signed_in().coop_id
    used = input_of_lot(instance, coop_id, what["input_lot"]) if what["input_lot"] else ""
    used = used or str(what.get("input", ""))
    found = []
    for planting in what["plantings"]:
        so_far = uses_so_far(instance, coop_id, planting, used) if used else None
        grown = planting_of(instance, coop_id, own_grower(), planting, today())
        if so_far and grown:
            language = current_language()
            name = so_far.input.in_language("name", language)
            found += ask_once_more(name, so_far.used, so_far.most, grown.name(language))
    return found


READ: Mapping[str, Any] = {
    "planting": read_simple,
    "irrigation": read_simple,
    "field_work": read_simple,
    "spraying": read_input_use,
    "fertilising": read_input_use,
}
