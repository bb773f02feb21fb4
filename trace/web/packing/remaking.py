"""Lots made into other lots: one split, several merged, something repacked.

First the lots are chosen, out of a list that can be searched; then the amounts are written beside
them. What is made inherits every hold and recall of what goes in, and the form says so.
"""

from collections.abc import Sequence
from contextlib import suppress
from decimal import Decimal
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from ...domain.errors import N_, Problem
from ...domain.making import ONE_PRODUCT_ONLY
from ...domain.quantity import PACKED, UNITS, Quantity, format_decimal, parse_decimal
from ...query.packing import PackingLot, house_of, packing_lot, packing_lots
from ..access import deed, house, signed_in
from ..balance_drawing import River, mixing_river
from ..form_once import new_form
from .asking import amount_questions, name_of
from .finding import IS_LONG, matches
from .home import by_urgency
from .making import MASSES
from .posting import Sent, Typed, amount_of, amounts, save
from .routes import blueprint, last_days, page, today

WAYS = {"split": "splitting", "merge": "merging", "repack": "repacking"}
MOST_PARTS, PARTS_SHOWN = 8, 3
MOST_LISTED = 60
HELD_GOES_IN = N_("%(lot)s is on hold: all that is made with it will be on hold too.")
RECALLED_GOES_IN = N_("%(lot)s is recalled: all that is made with it will be recalled too.")


@blueprint.get("/split")
@deed("pack")
def split() -> ResponseReturnValue:
    """Which lot, then into what parts."""
    return _begin("split")


@blueprint.post("/split")
@deed("pack")
def save_split() -> ResponseReturnValue:
    """Record the parts; what no part takes stays in the lot."""
    chosen = _chosen(request.form)
    if len(chosen) != 1:
        return _choose("split"), 422
    (lot,) = chosen
    unit = request.form.get("part_unit") or lot.unit
    typed = [(at, request.form.get(f"part-{at}", "").strip()) for at in range(1, MOST_PARTS + 1)]
    given = [(at, text) for at, text in typed if text]
    parts = [{"quantity": text, "unit": unit} for _at, text in given]
    takes = [{"node": lot.code, "quantity": _sum(parts), "unit": unit}] if parts else []
    places = {f"parts-{number}": f"part-{at}" for number, (at, _text) in enumerate(given)}
    places |= {"parts": "part-1", "takes": "part-1", "lots": "lot"}
    questions = _placed_at("part-1", amount_questions("splitting", chosen, takes))
    sent = Sent({"takes": takes, "parts": parts}, (), places, questions)
    return save("splitting", "remake", sent, lambda: _show("split", chosen))


@blueprint.get("/merge")
@deed("pack")
def merge() -> ResponseReturnValue:
    """Which lots, then how much of each."""
    return _begin("merge")


@blueprint.post("/merge")
@deed("pack")
def save_merge() -> ResponseReturnValue:
    """Record that several lots became one."""
    return _save_takes("merge", {"lot_number": request.form.get("lot_number", "")})


@blueprint.get("/repack")
@deed("pack")
def repack() -> ResponseReturnValue:
    """Which lots, then how much of each and what came out."""
    return _begin("repack")


@blueprint.post("/repack")
@deed("pack")
def save_repack() -> ResponseReturnValue:
    """Record what was packed anew."""
    names = ("packed_quantity", "unit_mass", "unit_mass_unit", "lot_number", "product", "site")
    what = {name: request.form.get(name, "") for name in names}
    return _save_takes("repack", what | {"unit": request.form.get("packed_quantity_unit", "")})


def _save_takes(way: str, what: dict[str, str]) -> ResponseReturnValue:
    chosen, typed = _chosen(request.form), MultiDict[str, str](request.form)
    if not chosen:
        return _choose(way), 422
    taken = amounts(typed, chosen, "takes")
    places = {**taken.places, "takes": "amounts", "unit": "packed_quantity"}
    questions = amount_questions(WAYS[way], chosen, taken.what["takes"])
    sent = Sent({**taken.what, **what}, (), places, questions + _inherited(chosen, typed))
    return save(WAYS[way], "remake", sent, lambda: _show(way, chosen, typed))


def _begin(way: str) -> ResponseReturnValue:
    """The list to choose from, or the form for the lots that were chosen."""
    chosen = _chosen(request.args)
    if "find" in request.args and "go" not in request.args:
        return _choose(way)
    if not chosen or (way == "split" and len(chosen) > 1):
        return _choose(way)
    if way != "split" and "go" not in request.args:
        return redirect(url_for(f"packing.{way}", lot=[one.code for one in chosen], go=1))
    values = {"when": today().isoformat()}
    if way != "split":
        values |= {
            f"amount-{one.code}": format_decimal(one.remaining)
            for one in chosen
            if one.remaining > 0
        }
        product = chosen[0].product
        values |= {"packed_quantity_unit": product.text("unit")} if product else {}
    several = len({one.product.id for one in chosen if one.product}) > 1
    mixed = Problem("amounts", ONE_PRODUCT_ONLY, {}, N_("What goes in"))
    problems = (mixed,) if way == "merge" and several else ()
    return page("remake", typed=new_form(values), problems=problems, **_show(way, chosen))


def _chosen(given: MultiDict[str, str]) -> list[PackingLot]:
    """The lots that are named, each once. Raises NotFound for what is not a lot of ours."""
    coop_id = signed_in().coop_id
    codes = dict.fromkeys(given.getlist("lot"))
    return [packing_lot(house().instance, coop_id, code) for code in codes if code]


def _choose(way: str) -> str:
    """Lots with something left that match what is looked for; what is ticked stays in the list."""
    find, ticked = request.args.get("find", "").strip(), set(request.values.getlist("lot"))
    found = packing_lots(house().instance, signed_in().coop_id, today())
    there = [lot for lot in by_urgency(found) if lot.remaining > 0 and not lot.is_package]
    matching = [lot for lot in there if lot.code in ticked or matches(lot, find)]
    return page(
        "choose",
        way=way,
        find=find,
        ticked=ticked,
        lots=matching[:MOST_LISTED],
        more=len(matching) - MOST_LISTED,
        is_long=len(there) > IS_LONG,
        here=url_for(f"packing.{way}"),
    )


def _show(way: str, chosen: Sequence[PackingLot], typed: Typed | None = None) -> dict[str, Any]:
    return {
        "way": way,
        "lots": chosen,
        "river": _river(chosen, typed) if way == "merge" and len(chosen) > 1 else None,
        "house": house_of(house().instance, signed_in().coop_id),
        "units": PACKED,
        "masses": MASSES,
        "days": last_days(),
        "parts": range(1, MOST_PARTS + 1),
        "parts_shown": PARTS_SHOWN,
        "standing": [one for one in chosen if one.is_held or one.is_recalled],
        "here": url_for(f"packing.{way}"),
    }


def _river(chosen: Sequence[PackingLot], typed: Typed | None) -> River | None:
    """What flows together: the amounts typed so far, else all that is left of each lot."""
    flowing = []
    for lot in chosen:
        much = Quantity(lot.remaining, lot.unit)
        given = amount_of(typed, lot) if typed else None
        if given and given["unit"] in UNITS:
            with suppress(ValueError):  # said of the amount itself
                much = Quantity(parse_decimal(given["quantity"]), given["unit"])
        if much.amount > 0:
            flowing.append((lot.lot_number, much, lot.unit_mass_kg))
    return mixing_river(flowing) if flowing else None


def _inherited(chosen: Sequence[PackingLot], typed: Typed) -> list[Problem]:
    """What is asked before a free lot is mixed with one that is held or recalled."""
    taken = [lot for lot in chosen if amount_of(typed, lot)]
    if all(lot.is_recalled for lot in taken) or all(lot.is_held for lot in taken):
        return []
    found = []
    for lot in taken:
        if lot.is_recalled or lot.is_held:
            message = RECALLED_GOES_IN if lot.is_recalled else HELD_GOES_IN
            found.append(Problem(f"amount-{lot.code}", message, {"lot": name_of(lot)}))
    return found


def _placed_at(place: str, problems: Sequence[Problem]) -> list[Problem]:
    return [Problem(place, one.message, one.values, one.label) for one in problems]


def _sum(parts: Sequence[dict[str, str]]) -> str:
    """What all parts take together; a part that is no number is refused by itself."""
    whole = Decimal(0)
    for part in parts:
        try:
            whole += parse_decimal(part["quantity"])
        except ValueError:
            continue
    return format_decimal(whole if whole > 0 else Decimal(1))
