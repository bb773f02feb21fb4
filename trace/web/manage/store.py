"""The store of farm inputs: what was bought, handed out, used and is left; handing out."""

from decimal import Decimal

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from ...capture.events import Report, record_event
from ...domain.errors import N_, Problem, Refused
from ...domain.quantity import INPUT, Quantity, convert, format_decimal, parse_decimal
from ...query.declared_nouns import nouns_of
from ...query.store import StoreLot, store_shelves
from .. import display
from ..access import actor, deed, house, signed_in
from ..asked_once import asked, is_answered
from ..form_once import new_form, placed, submission_id
from ..language import current_language
from .routes import blueprint, page, refused_page, today

HERE = "/manage/store"
MORE_THAN_THERE = N_("Of %(lot)s %(left)s are in the store, and %(given)s is written. Is it so?")


def _lots() -> list[StoreLot]:
    shelves = store_shelves(house().instance, signed_in().coop_id)
    return [lot for shelf in shelves for lot in shelf.lots]


def _choices() -> dict[str, object]:
    language = current_language()
    lots = [one for one in _lots() if not one.is_used_up or one.id == request.values.get("lot")]
    parties = nouns_of(house().instance, signed_in().coop_id, "party")
    return {
        "here": HERE,
        "lots": [
            (one.id, f"{one.input.in_language('name', language)} {one.lot_number}") for one in lots
        ],
        "people": [one for one in parties if one.text("kind") == "person"],
        "units": INPUT,
    }


@blueprint.get("/store")
@deed("declare")
def store() -> ResponseReturnValue:
    """Every input with its lots: bought, handed out, used, left."""
    return page("store", here=HERE, shelves=store_shelves(house().instance, signed_in().coop_id))


@blueprint.get("/store/hand-out")
@deed("declare")
def hand_out_form() -> ResponseReturnValue:
    """To whom, of which lot, how much; `?lot=` chooses ahead."""
    lot = next((one for one in _lots() if one.id == request.args.get("lot")), None)
    first = {"lot": lot.id if lot else "", "when": today().isoformat()}
    if lot:
        first["quantity_unit"] = lot.bought.unit
    return page("hand_out", typed=new_form(first), **_choices())


@blueprint.post("/store/hand-out")
@deed("declare")
def hand_out() -> ResponseReturnValue:
    """Record that it was handed out; more than is there is asked about once."""
    names = ("lot", "quantity", "quantity_unit", "recipient", "when", "note")
    form = {name: request.form.get(name, "").strip() for name in names}
    questions = _questions(form)
    if not is_answered(questions):
        return refused_page("hand_out", tuple(questions), asks=asked(questions), **_choices())
    share = {"node": form["lot"], "quantity": form["quantity"], "unit": form["quantity_unit"]}
    report = Report(
        "input_issue",
        {"lots": [share] if form["lot"] else [], "recipient": form["recipient"]},
        when=form["when"],
        note=form["note"],
    )
    try:
        record_event(house().recorder, actor(), report, submission_id())
    except Refused as refused:
        places = {"lots-0": "quantity" if form["lot"] else "lot", "lots": "lot"}
        return refused_page(
            "hand_out", placed(refused.problems, places | {"event_time": "when"}), **_choices()
        )
    return redirect(url_for("manage.store"), 303)


def _questions(form: dict[str, str]) -> list[Problem]:
    """Whether more is handed out than can be in the store."""
    lot = next((one for one in _lots() if one.id == form["lot"]), None)
    left = (lot.in_room or lot.left) if lot else None
    try:
        amount = Quantity(parse_decimal(form["quantity"]), form["quantity_unit"])
        given = convert(amount, left.unit) if left else Decimal(0)
    except ValueError:
        return []  # refused with its own words
    if lot is None or left is None or given <= left.amount:
        return []
    language = current_language()
    words = [
        display.quantity(format_decimal(much), left.unit, language)
        for much in (max(left.amount, Decimal(0)), given)
    ]
    said = {"lot": lot.lot_number, "left": words[0], "given": words[1]}
    return [Problem("quantity", MORE_THAN_THERE, said, N_("Quantity"))]
