"""Printing a lot's labels: which lot, what stock from which cell, a look at it, and go."""

from typing import Any

from flask import abort, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from labels.errors import LabelError
from labels.stock import STOCKS, Stock

from ...capture.labelling import LabelOrder, issue_labels, printing_problems
from ...domain.errors import N_, Problem, Refused
from ...domain.quantity import parse_decimal
from ...query.label_text import label_words, read_text
from ...query.lot_proofs import lot_proofs
from ...query.packing import PackingLot, packing_lot, packing_lots
from ...query.print_jobs import next_cell, print_jobs
from ..access import actor, deed, house, signed_in
from ..form_once import new_form, submission_id
from .home import LAST_JOBS, by_urgency, to_label
from .label_check import (
    HOW_MANY,
    address_problems,
    job_problems,
    label_base_url,
    text_problems,
    trial_png,
)
from .routes import blueprint, page, today

FIRST_STOCK = "a4-24"
STOCK_NAMES = {
    "a4-24": N_("A4, 24 labels"),
    "roll-60x40": N_("Roll, 60 × 40"),
}
NOT_A_COUNT = N_("Write a whole number of labels, not “%(given)s”.")


@blueprint.get("/print")
@deed("print_labels")
def choose_lot() -> ResponseReturnValue:
    """The first lot whose labels can be printed, or the home page where there is none."""
    lots = _lots()
    if not lots:
        return redirect(url_for("packing.home"))
    return redirect(url_for("packing.print_lot", code=lots[0].code))


@blueprint.get("/print/<code>")
@deed("print_labels")
def print_lot(code: str) -> ResponseReturnValue:
    """The three steps for one lot; reasons against it are named at once."""
    lot = packing_lot(house().instance, signed_in().coop_id, code)
    stock = _stock(request.args.get("stock", FIRST_STOCK))
    problems = [*_standing(lot), *address_problems(), *_text(lot, stock)]
    first = next_cell(house().instance, signed_in().coop_id, stock.key, stock.cells)
    typed = new_form({"quantity": lot.labels_wanted, "first_cell": first})
    return page("print", typed=typed, problems=problems, **_show(lot, stock, first))


@blueprint.get("/print/<code>/preview.png")
@deed("print_labels")
def preview(code: str) -> ResponseReturnValue:
    """The label itself, drawn from the very PDF that would be printed."""
    lot = packing_lot(house().instance, signed_in().coop_id, code)
    text = read_text(label_words(house().instance, lot.code))
    try:
        answer = make_response(trial_png(_stock(request.args.get("stock", FIRST_STOCK)), text))
    except LabelError:
        abort(404)
    answer.mimetype = "image/png"
    return answer


@blueprint.post("/print/<code>")
@deed("print_labels")
def issue(code: str) -> ResponseReturnValue:
    """Issue the labels once and go to their job; a double click goes to the same one."""
    lot = packing_lot(house().instance, signed_in().coop_id, code)
    stock = _stock(request.form.get("stock", FIRST_STOCK))
    first, quantity = _whole("first_cell"), _whole("quantity")
    problems = [*address_problems(), *_text(lot, stock)]
    if quantity is None:
        given = request.form.get("quantity", "")[:40]
        problems.append(Problem("quantity", NOT_A_COUNT, {"given": given}, HOW_MANY))
    problems += job_problems(stock, quantity or 1, first or 0)
    if problems or quantity is None or first is None:
        wanted = 1 if quantity is None else quantity
        problems += printing_problems(house().instance, lot_coop(), lot.code, wanted)
        return _again(lot, stock, problems)
    words = label_words(house().instance, lot.code)
    order = LabelOrder(lot.code, stock.key, quantity, label_base_url(), words, first)
    try:
        receipt = issue_labels(house().recorder, actor(), order, submission_id())
    except Refused as refused:
        return _again(lot, stock, list(refused.problems))
    return redirect(url_for("packing.job", job_id=receipt.submission_id), 303)


def lot_coop() -> str:
    """The co-op whose lots these are: the session's."""
    return signed_in().coop_id


def _again(lot: PackingLot, stock: Stock, problems: list[Problem]) -> ResponseReturnValue:
    first = next_cell(house().instance, lot_coop(), stock.key, stock.cells)
    typed: MultiDict[str, str] = MultiDict(request.form)
    return page("print", typed=typed, problems=problems, **_show(lot, stock, first)), 422


def _show(lot: PackingLot, stock: Stock, first: int) -> dict[str, Any]:
    text = _text(lot, stock)
    return {
        "lot": lot,
        "others": [one for one in _lots() if one.code != lot.code],
        "jobs": print_jobs(house().instance, lot_coop(), LAST_JOBS),
        "is_blocked": bool(_standing(lot)),
        "is_stopped": bool([*_standing(lot), *address_problems(), *text]),
        "stock": stock,
        "stocks": [(key, name) for key, name in STOCK_NAMES.items() if key in STOCKS],
        "first_free": first,
        "words": read_text(label_words(house().instance, lot.code)),
        "has_picture": not text,
        "proofs": lot_proofs(house().instance, lot_coop(), lot.code),
    }


def _lots() -> list[PackingLot]:
    found = packing_lots(house().instance, signed_in().coop_id, today())
    return by_urgency(lot for lot in found if lot.is_packed and to_label(lot))


def _standing(lot: PackingLot) -> list[Problem]:
    """What stands against printing even one more label of this lot."""
    return printing_problems(house().instance, lot_coop(), lot.code, 1)


def _text(lot: PackingLot, stock: Stock) -> list[Problem]:
    return text_problems(stock, read_text(label_words(house().instance, lot.code)))


def _stock(key: str) -> Stock:
    if key not in STOCKS:
        abort(404)
    return STOCKS[key]


def _whole(name: str) -> int | None:
    """A whole number as typed on a phone, or None."""
    try:
        amount = parse_decimal(request.form.get(name, ""))
    except ValueError:
        return None
    return int(amount) if amount == amount.to_integral_value() else None
