"""Voiding labels that must not be used: by their numbers, or scanned; from then on they say so."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from ...capture.labelling import VoidOrder, void_labels
from ...domain.errors import N_, Problem, Refused
from ...domain.event_check import NOT_A_CHOICE, REQUIRED
from ...domain.quantity import parse_decimal
from ...query.labels_to_void import labels_to_void
from ...query.packing import PackingLot, packing_lot
from ..access import actor, deed, house, signed_in
from ..form_once import new_form, placed, submission_id
from ..words import _
from .routes import blueprint, page

REASONS = (
    ("spoiled", N_("Torn or badly printed")),
    ("too_many", N_("Printed too many")),
    ("wrong", N_("Stuck on the wrong goods")),
    ("lost", N_("Gone missing")),
)
FIRST, LAST = N_("From number"), N_("To number")
NOT_A_NUMBER = N_("This must be a whole number from 1 to %(last)s.")
BACKWARDS = N_("This comes before the first number.")
EITHER = N_("Write the numbers, or scan the labels.")
_PLACES = {"count": "last", "first_sequence": "first", "lot": ""}


@blueprint.get("/lots/<code>/void")
@deed("print_labels")
def void(code: str) -> ResponseReturnValue:
    """The form: which labels of the lot, and why."""
    return page("void", typed=new_form(), **_show(_lot(code)))


@blueprint.post("/lots/<code>/void")
@deed("print_labels")
def save_void(code: str) -> ResponseReturnValue:
    """Void them, or say what is wrong."""
    lot, typed = _lot(code), MultiDict[str, str](request.form)
    runs, problems = _runs(lot)
    reason = dict(REASONS).get(typed.get("reason", ""))
    if reason is None:
        given = typed.get("reason", "")
        message, said = (NOT_A_CHOICE, {"given": given[:40]}) if given else (REQUIRED, {})
        problems.append(Problem("reason", message, said, N_("Why")))
    if not problems and reason:
        (first, count), *more = runs
        order = VoidOrder(lot.code, first, count, _(reason), tuple(more))
        try:
            void_labels(house().recorder, actor(), order, submission_id())
        except Refused as refused:
            problems = list(placed(refused.problems, _PLACES))
        else:
            return redirect(url_for("packing.lot", code=lot.code), 303)
    return page("void", typed=typed, problems=problems, **_show(lot)), 422


def _lot(code: str) -> PackingLot:
    return packing_lot(house().instance, signed_in().coop_id, code)


def _show(lot: PackingLot) -> dict[str, object]:
    return {"lot": lot, "reasons": REASONS}


def _runs(lot: PackingLot) -> tuple[list[tuple[int, int]], list[Problem]]:
    """What the form names: the numbers from one to another, and the labels that were scanned."""
    scanned = labels_to_void(house().instance, lot.code, request.form.get("codes", ""))
    runs, problems = list(scanned.runs), list(scanned.problems)
    first, last = (request.form.get(name, "").strip() for name in ("first", "last"))
    if not first and not last:
        if not runs and not problems:
            problems.append(Problem("first", EITHER, {}, FIRST))
        return runs, problems
    said = {"last": str(lot.issued)}
    begin = _number(first, lot.issued)
    end = _number(last or first, lot.issued)
    if begin is None:
        problems.append(Problem("first", NOT_A_NUMBER, said, FIRST))
    if end is None and last:
        problems.append(Problem("last", NOT_A_NUMBER, said, LAST))
    elif begin and end and end < begin:
        problems.append(Problem("last", BACKWARDS, {}, LAST))
    elif begin and end:
        runs.append((begin, end - begin + 1))
    return runs, problems


def _number(typed: str, most: int) -> int | None:
    try:
        amount = parse_decimal(typed)
    except ValueError:
        return None
    return int(amount) if amount == amount.to_integral_value() and 1 <= amount <= most else None
