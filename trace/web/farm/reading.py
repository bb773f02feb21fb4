"""What was typed on a form, as the key data elements of its event type."""

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from ...domain.errors import N_, Problem
from ...domain.key_data import elements
from ...query.input_store import unit_of
from ..access import house, signed_in
from .amounts import plain_amount
from .posting import Sent

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
    return Sent(what, problems)


READ: Mapping[str, Any] = {
    "planting": read_simple,
    "irrigation": read_simple,
    "field_work": read_simple,
    "spraying": read_input_use,
    "fertilising": read_input_use,
}
