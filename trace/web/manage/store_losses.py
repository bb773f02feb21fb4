"""What was lost from the store of farm inputs, or destroyed: bottles spilled, bags out of date."""

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ...capture.events import Report, record_event
from ...domain.errors import N_, Refused
from ...domain.quantity import INPUT, format_decimal
from ...query.store import StoreLot, store_shelves
from ..access import actor, deed, house, signed_in
from ..form_once import new_form, placed, submission_id
from ..words import _
from .routes import blueprint, page, refused_page, today

HERE = "/manage/store"
DESTROYED = "destroyed"
HAPPENED = (
    ("spoiled", N_("went bad or out of date")),
    ("damaged", N_("spilled or torn")),
    ("missing", N_("not there when counted")),
    ("given_away", N_("given to somebody else")),
    (DESTROYED, N_("destroyed")),
)
_PLACES = {
    "lots": "quantity",
    "event_time": "when",
    "cause": "happened",
}


@blueprint.get("/store/<lot_id>/gone")
@deed("declare")
def gone_form(lot_id: str) -> ResponseReturnValue:
    """How much of an input lot is gone, and how."""
    lot = _lot(lot_id)
    first = {"quantity_unit": lot.bought.unit, "when": today().isoformat()}
    return page("store_loss", typed=new_form(first), **_show(lot))


@blueprint.post("/store/<lot_id>/gone")
@deed("declare")
def gone(lot_id: str) -> ResponseReturnValue:
    """Record the loss, or that it was destroyed."""
    lot = _lot(lot_id)
    happened, words = (request.form.get(name, "").strip() for name in ("happened", "reason"))
    kind = "destroying" if happened == DESTROYED else "loss"
    what = {"reason": words} if kind == "destroying" else {"cause": happened}
    report = Report(
        kind,
        what | {"lots": [_share(lot)]},
        when=request.form.get("when", ""),
        note="" if kind == "destroying" else words,
    )
    try:
        record_event(house().recorder, actor(), report, submission_id())
    except Refused as refused:
        return refused_page("store_loss", placed(refused.problems, _PLACES), **_show(lot))
    return redirect(url_for("manage.store"), 303)


def _share(lot: StoreLot) -> dict[str, str]:
    """All that is left by the books where that is ticked, else what was typed."""
    if "all" in request.form and lot.left is not None and not lot.is_used_up:
        left = format_decimal(lot.left.amount)
        return {"node": lot.id, "quantity": left, "unit": lot.left.unit}
    names = ("quantity", "quantity_unit")
    much, unit = (request.form.get(name, "").strip() for name in names)
    return {"node": lot.id, "quantity": much, "unit": unit or lot.bought.unit}


def _lot(lot_id: str) -> StoreLot:
    shelves = store_shelves(house().instance, signed_in().coop_id)
    for lot in (one for shelf in shelves for one in shelf.lots):
        if lot.id == lot_id:
            return lot
    abort(404)


def _show(lot: StoreLot) -> dict[str, object]:
    tiles = [{"value": value, "words": _(words)} for value, words in HAPPENED]
    return {"here": HERE, "lot": lot, "happened": tiles, "units": INPUT}
