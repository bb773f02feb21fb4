"""Goods on their way: stored, sent, sold, brought back, lost, destroyed; lots or labels scanned."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from ...domain.key_data import elements
from ...domain.quantity import Quantity, convert, format_decimal, parse_decimal, without_dust
from ...query.packing import PackingLot, house_of, packing_lot, packing_lots
from ...query.plantings_standing import plantings_standing
from ...query.scanned_labels import scanned_labels
from ..access import deed, house, signed_in
from ..form_once import new_form
from ..words import _
from .asking import amount_questions, day_typed, scan_questions, test_questions
from .finding import IS_LONG, matches
from .posting import Sent, Typed, amounts, amounts_typed, save
from .routes import blueprint, last_days, page, today

KINDS = {
    "ship": "shipping",
    "sell": "selling",
    "store": "storing",
    "return": "returning",
    "lose": "loss",
    "destroy": "destroying",
}
"""The last part of the address, and the event type it records."""

FIRST = "ship"

FIELDS = {
    "shipping": ("customer", "carrier", "vehicle", "temperature", "reference"),
    "selling": ("channel", "customer"),
    "storing": ("site", "temperature", "humidity"),
    "returning": ("customer", "reason"),
    "loss": ("cause",),
    "destroying": ("reason", "method"),
}


def _lots(event_type: str, named: Collection[str] = ()) -> list[PackingLot]:
    """What the deed can be about: what is there, or for a return what has gone out.

    And the lots that are `named` by an amount or a scanned label, whatever is left of them.
    """
    instance, coop_id = house().instance, signed_in().coop_id
    found = packing_lots(instance, coop_id, today())
    if event_type == "returning":
        chosen = [lot for lot in found if lot.amounts.gone or lot.code in named]
    else:
        chosen = [lot for lot in found if lot.remaining > 0 or lot.code in named]
    listed = {lot.code for lot in found}
    chosen += [packing_lot(instance, coop_id, code) for code in sorted(named) if code not in listed]
    return sorted(chosen, key=lambda lot: not lot.is_packed)


def _show(kind: str, lots: Sequence[PackingLot]) -> dict[str, Any]:
    return {
        "kind": kind,
        "kinds": tuple(KINDS),
        "event_type": KINDS[kind],
        "elements": elements(KINDS[kind]),
        "cause_tiles": _cause_tiles(KINDS[kind]),
        "lots": lots,
        "plantings": plantings_standing(house().instance, signed_in().coop_id)
        if kind == "destroy"
        else (),
        "house": house_of(house().instance, signed_in().coop_id),
        "days": last_days(),
    }


def _cause_tiles(event_type: str) -> list[dict[str, str]]:
    """Why goods were lost, as tiles."""
    cause = elements(event_type).get("cause")
    return [{"value": value, "words": _(words)} for value, words in cause.choices] if cause else []


def _kind(kind: str) -> str:
    if kind not in KINDS:
        abort(404)
    return kind


@blueprint.get("/out")
@deed("move_goods")
def send() -> ResponseReturnValue:
    """Sending comes first: most goods leave that way."""
    return redirect(url_for("packing.out", kind=FIRST))


@blueprint.get("/out/<kind>")
@deed("move_goods")
def out(kind: str) -> ResponseReturnValue:
    """The form of one way for goods to go; `?lot=` fills in all that is left of a lot."""
    find, every = request.args.get("find", "").strip(), _lots(KINDS[_kind(kind)])
    lots = [lot for lot in every if matches(lot, find)]
    values = {"when": today().isoformat()}
    chosen = next((lot for lot in lots if lot.code == request.args.get("lot")), None)
    if chosen is not None and kind == "store":
        values["lots"] = chosen.code
    elif chosen is not None and kind != "return":
        values[f"amount-{chosen.code}"] = format_decimal(chosen.remaining)
    return page(
        "out",
        typed=new_form(values),
        find=find,
        is_long=len(every) > IS_LONG,
        **_show(kind, lots),
    )


@blueprint.post("/out/<kind>")
@deed("move_goods")
def save_out(kind: str) -> ResponseReturnValue:
    """Record it, or say what is wrong; what has already left is recorded and flagged."""
    event_type = KINDS[_kind(kind)]
    typed: Typed = MultiDict(request.form)
    scanned = scanned_labels(house().instance, signed_in().coop_id, typed.get("codes", ""))
    lots = _lots(event_type, {*scanned.counts, *amounts_typed(typed)})
    what: dict[str, Any] = {name: typed.get(name, "") for name in FIELDS[event_type]}
    if event_type == "destroying":
        what["plantings"] = typed.getlist("plantings")
    if event_type == "storing":
        chosen = [*typed.getlist("lots"), *scanned.counts]
        sent = Sent(what | {"lots": list(dict.fromkeys(chosen))}, scanned.problems)
    else:
        merged = _with_scanned(typed, scanned.counts, lots)
        taken = amounts(merged, lots, "lots")
        given = taken.what["lots"]
        questions = amount_questions(event_type, lots, given)
        questions += scan_questions(
            event_type,
            lots,
            scanned.counts,
            day_typed(typed, today()),
            house_of(house().instance, signed_in().coop_id),
        )
        if "already" not in typed:
            questions += test_questions(event_type, lots, given)
        sent = Sent(
            {**taken.what, **what},
            scanned.problems,
            {**taken.places, "lots": "amounts"},
            questions,
        )
    return save(event_type, "out", sent, lambda: _show(kind, lots))


def _with_scanned(typed: Typed, counts: Mapping[str, int], lots: Sequence[PackingLot]) -> Typed:
    """The amounts typed beside the lots and those scanned, added up; what is typed stays typed."""
    merged: Typed = MultiDict(typed)
    by_code = {lot.code: lot for lot in lots}
    for code, count in counts.items():
        before, lot = typed.get(f"amount-{code}", "").strip(), by_code[code]
        unit = typed.get(f"amount-{code}_unit") or lot.unit
        try:
            given = Quantity(parse_decimal(before), unit) if before else None
            whole = convert(given, lot.unit, lot.unit_mass_kg) if given else Decimal(0)
        except ValueError:
            continue  # said of the amount itself, as it was typed
        merged[f"amount-{code}"] = format_decimal(without_dust(whole + count))
        merged[f"amount-{code}_unit"] = lot.unit
    return merged
