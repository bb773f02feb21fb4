"""What another co-op of this server sent to us: on the way, and taken over as a lot of our own."""

from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from ...domain.errors import N_, Problem
from ...domain.quantity import PACKED, Quantity, convert, format_decimal, parse_decimal
from ...query.arrivals import Arriving, arriving, arriving_lot, contradictions
from ...query.packing import house_of
from .. import display
from ..access import deed, house, signed_in
from ..form_once import new_form
from ..language import current_language
from .making import MASSES
from .posting import Sent, Typed, save
from .routes import blueprint, last_days, page, today

MORE_THAN_SENT = N_("Only %(sent)s were sent, and %(given)s is written. Is there a 0 too many?")


@blueprint.get("/arrivals")
@deed("receive_goods")
def arrivals() -> ResponseReturnValue:
    """What is on the way to us, and what two co-ops say differently."""
    instance, coop_id = house().instance, signed_in().coop_id
    return page(
        "arrivals",
        coming=arriving(instance, coop_id),
        contradictions=contradictions(instance, coop_id),
    )


def _coming(entry_id: str, code: str) -> Arriving:
    found = arriving_lot(house().instance, signed_in().coop_id, entry_id, code)
    if found is None:
        abort(404)
    return found


def _show(one: Arriving) -> dict[str, Any]:
    return {
        "one": one,
        "house": house_of(house().instance, signed_in().coop_id),
        "units": list(dict.fromkeys((one.unit, *MASSES, *PACKED))),
        "days": last_days(),
        "stopped": one.is_held or one.is_recalled,
    }


@blueprint.get("/arrivals/<entry_id>/<code>")
@deed("receive_goods")
def arrival(entry_id: str, code: str) -> ResponseReturnValue:
    """How much arrived, as what of ours; filled in with what was sent."""
    one = _coming(entry_id, code)
    if one.is_taken:
        return redirect(url_for("packing.arrivals"))
    values = {
        "when": today().isoformat(),
        "quantity": format_decimal(one.quantity),
        "quantity_unit": one.unit,
        "product": one.taken_as,
    }
    return page("arrival", typed=new_form(values), **_show(one))


@blueprint.post("/arrivals/<entry_id>/<code>")
@deed("receive_goods")
def take_over(entry_id: str, code: str) -> ResponseReturnValue:
    """Record the arrival: a lot of ours that hangs on the sender's and keeps its code."""
    one = _coming(entry_id, code)
    typed: Typed = MultiDict(request.form)
    source = {
        "node": code,
        "quantity": typed.get("quantity", ""),
        "unit": typed.get("quantity_unit", "") or one.unit,
    }
    what = {"shipping": entry_id, "source": [source]}
    what |= {name: typed.get(name, "") for name in ("product", "temperature", "lot_number")}
    sent = Sent(what, (), {"source-0": "quantity", "source": "quantity"}, _asks(one, source))
    return save("receiving", "arrival", sent, lambda: _show(one))


def _asks(one: Arriving, source: dict[str, str]) -> list[Problem]:
    """More arrived than was sent: asked once, since it may be a slip of the finger."""
    try:
        given = convert(Quantity(parse_decimal(source["quantity"]), source["unit"]), one.unit)
    except ValueError:
        return []  # said of the amount itself, or of another unit
    if given <= one.quantity:
        return []
    said = {"sent": _words(one.quantity, one.unit), "given": _words(given, one.unit)}
    return [Problem("quantity", MORE_THAN_SENT, said, N_("Quantity"))]


def _words(much: Any, unit: str) -> str:
    return display.quantity(much, unit, current_language())
