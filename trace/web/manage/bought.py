"""Farm inputs bought: each lot with its supplier, its number, and a photo of the receipt."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from ...capture.events import Report, record_event
from ...domain.errors import N_, Refused
from ...domain.quantity import INPUT
from ...query.declared_nouns import bought_inputs, nouns_of
from ..access import actor, deed, house, signed_in
from ..form_once import new_form, placed, submission_id
from .routes import blueprint, named_files, page, refused_page, take_file, today, with_files

SUPPLIERS = ("supplier", "customer", "office")


def _choices() -> dict[str, object]:
    coop_id = signed_in().coop_id
    parties = nouns_of(house().instance, coop_id, "party")
    return {
        "here": "/manage/inputs/bought",
        "inputs": nouns_of(house().instance, coop_id, "input"),
        "suppliers": sorted(
            (one for one in parties if one.text("kind") in SUPPLIERS),
            key=lambda one: SUPPLIERS.index(one.text("kind")),
        ),
        "units": INPUT,
    }


@blueprint.get("/inputs/bought")
@deed("declare")
def bought() -> ResponseReturnValue:
    """Every lot bought, newest first, with what may be left of it."""
    found = bought_inputs(house().instance, signed_in().coop_id)
    return page("bought", here="/manage/inputs/bought", bought=found)


@blueprint.get("/inputs/bought/new")
@deed("declare")
def purchase_form() -> ResponseReturnValue:
    """What was bought, from whom, how much; `?input=` chooses ahead."""
    first = {"input": request.args.get("input", ""), "when": today().isoformat()}
    return page("purchase", typed=new_form(first), **_choices())


@blueprint.post("/inputs/bought/new")
@deed("declare")
def purchase() -> ResponseReturnValue:
    """Record the purchase: it makes an input lot, from which a recall may start."""
    receipt, wrong = take_file("receipt", N_("Receipt"))
    receipt = receipt or request.form.get("receipt_kept", "")
    names = ("input", "supplier", "quantity", "quantity_unit", "lot_number", "expires_on")
    report = Report(
        "input_purchase",
        {name: request.form.get(name, "").strip() for name in names},
        when=request.form.get("when", ""),
        note=request.form.get("note", ""),
        photos=named_files(receipt, wrong),
    )
    try:
        record_event(house().recorder, actor(), report, submission_id(receipt))
    except Refused as refused:
        places = {"event_time": "when", "photos": "receipt"}
        problems = with_files(placed(refused.problems, places), "receipt", wrong)
        return refused_page("purchase", problems, kept_file=receipt, **_choices())
    return redirect(url_for("manage.bought"), 303)
