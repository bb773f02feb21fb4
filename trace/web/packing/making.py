"""Packing lots and potted plants, gift boxes of several products, arrivals of bought-in goods."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from ...domain.quantity import PACKED, Quantity, convert, format_decimal
from ...query.arrivals import arriving
from ...query.packing import (
    POTTED,
    PackingLot,
    PottedPlanting,
    house_of,
    packing_lots,
    potted_plantings,
)
from ..access import deed, house, signed_in
from ..form_once import new_form
from .asking import amount_questions
from .home import by_urgency
from .posting import Sent, Typed, amount_of, amounts, save
from .routes import blueprint, last_days, page, today

MASSES = ("kg", "g", "jin")


def _plain(typed: Typed, *names: str) -> dict[str, str]:
    return {name: typed.get(name, "") for name in names}


def _bulk() -> list[PackingLot]:
    found = packing_lots(house().instance, signed_in().coop_id, today())
    return by_urgency(lot for lot in found if not lot.is_packed and _may_be_taken(lot))


def _may_be_taken(lot: PackingLot) -> bool:
    """Whether something is left, or an amount was typed beside it all the same."""
    return lot.remaining > 0 or bool(amount_of(MultiDict(request.form), lot))


def _show_packing() -> dict[str, Any]:
    instance, coop_id = house().instance, signed_in().coop_id
    return {
        "lots": _bulk(),
        "potted": potted_plantings(instance, coop_id, today()),
        "house": house_of(instance, coop_id),
        "units": PACKED,
        "masses": MASSES,
        "days": last_days(),
    }


@blueprint.get("/pack")
@deed("pack")
def pack() -> ResponseReturnValue:
    """The packing form; `?lot=` fills in all that is left of one lot."""
    shown = _show_packing()
    typed = new_form({"when": today().isoformat()} | _suggested(shown, request.args.get("lot", "")))
    return page("pack", typed=typed, **shown)


def _suggested(shown: Mapping[str, Any], chosen: str) -> dict[str, str]:
    """All that is left of the chosen lot, in the units its product is packed in."""
    lots: list[PackingLot] = shown["lots"]
    potted: list[PottedPlanting] = shown["potted"]
    for one in potted:
        if one.id == chosen:
            mass = one.product.text("unit_mass_kg")
            return {"packed_quantity_unit": POTTED, "unit_mass": mass, "unit_mass_unit": "kg"}
    lot = next((one for one in lots if one.code == chosen), None)
    if lot is None and len(lots) == 1:
        lot = lots[0]
    if lot is None:
        return {}
    values = {f"amount-{lot.code}": format_decimal(lot.remaining)}
    product = lot.product
    if product is None:
        return values
    values |= {"packed_quantity_unit": product.text("unit"), "unit_mass_unit": "kg"}
    if mass := product.text("unit_mass_kg"):
        kg = convert(Quantity(lot.remaining, lot.unit), "kg", lot.unit_mass_kg)
        values |= {"unit_mass": mass, "packed_quantity": str(int(kg / Decimal(mass)))}
    return values


@blueprint.post("/pack")
@deed("pack")
def save_packing() -> ResponseReturnValue:
    """Record the packing and offer its labels, or say what is wrong."""
    typed: Typed = MultiDict(request.form)
    shown = _show_packing()
    potted = {one.id: POTTED for one in shown["potted"]}
    taken = amounts(typed, shown["lots"], "takes", potted)
    what = _plain(
        typed, "packed_quantity", "unit_mass", "unit_mass_unit", "lot_number", "product", "site"
    )
    what |= {"unit": typed.get("packed_quantity_unit", "")}
    places = {**taken.places, "takes": "amounts", "unit": "packed_quantity"}
    questions = amount_questions("packing", shown["lots"], taken.what["takes"])
    sent = Sent({**taken.what, **what}, (), places, questions)
    return save("packing", "pack", sent, lambda: shown)


@blueprint.get("/box")
@deed("pack")
def box() -> ResponseReturnValue:
    """The form of a gift box: several products under one code."""
    return page("box", typed=new_form({"when": today().isoformat()}), **_show_box())


def _show_box() -> dict[str, Any]:
    found = packing_lots(house().instance, signed_in().coop_id, today())
    lots = [lot for lot in found if not lot.is_package and _may_be_taken(lot)]
    packed_first = sorted(by_urgency(lots), key=lambda lot: not lot.is_packed)
    return {"lots": packed_first, "days": last_days()}


@blueprint.post("/box")
@deed("pack")
def save_box() -> ResponseReturnValue:
    """Record what was put into the boxes."""
    typed: Typed = MultiDict(request.form)
    shown = _show_box()
    taken = amounts(typed, shown["lots"], "takes")
    what = _plain(typed, "package_name", "package_name_en", "packed_quantity", "lot_number")
    places = {**taken.places, "takes": "amounts"}
    questions = amount_questions("package_made", shown["lots"], taken.what["takes"])
    sent = Sent({**taken.what, **what}, (), places, questions)
    return save("package_made", "box", sent, lambda: shown)


@blueprint.get("/receive")
@deed("receive_goods")
def receive() -> ResponseReturnValue:
    """The form of an arrival from a supplier."""
    coming = arriving(house().instance, signed_in().coop_id)
    typed = new_form({"when": today().isoformat()})
    return page("receive", typed=typed, coming=coming, **_show_arrival())


def _show_arrival() -> dict[str, Any]:
    return {
        "house": house_of(house().instance, signed_in().coop_id),
        "units": (*MASSES, *PACKED),
        "days": last_days(),
    }


@blueprint.post("/receive")
@deed("receive_goods")
def save_arrival() -> ResponseReturnValue:
    """Record the arrival: a lot of ours that names the supplier's."""
    typed: Typed = MultiDict(request.form)
    what = _plain(
        typed,
        *("supplier", "product", "quantity", "quantity_unit", "supplier_lot_number"),
        *("supplier_certificate", "temperature", "lot_number"),
    )
    return save("receiving", "receive", Sent(what), _show_arrival, purpose="report")
