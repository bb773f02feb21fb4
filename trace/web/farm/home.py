"""Today's plots and what can be done; one planting; and the same watering again."""

from datetime import timedelta

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ...capture.events import Report, record_event
from ...query import farm
from ...query.field_records import planting_records
from ...query.goods_to_test import TestableLot, recent_lots
from ...query.planting_stops import planting_stops
from ..access import actor, can, deed, house, signed_in
from ..words import _
from .posting import new_form
from .routes import blueprint, own_grower, page, today

AGAIN_WITHIN = timedelta(days=30)
LAST_RECORDS = 5


@blueprint.get("/farm")
@deed("see_field_work")
def home() -> ResponseReturnValue:
    """Good morning: what may be picked today, and what was done?"""
    session, instance = signed_in(), house().instance
    plantings = farm.live_plantings(instance, session.coop_id, own_grower(), today())
    lots = list[TestableLot]()
    if can("record_laboratory_report"):
        found = recent_lots(instance, session.coop_id, own_grower(), today())
        lots = [lot for lot in found if not lot.is_tested]
    return page(
        "home",
        plantings=plantings,
        has_plots=bool(farm.plots(instance, session.coop_id, own_grower())),
        lots=lots,
        greeting=_greeting(),
        again={one.id: new_form()["submission_id"] for one in plantings if _may_repeat(one)},
    )


def _may_repeat(planting: farm.FieldPlanting) -> bool:
    """Whether "the same again" makes sense: watered lately, and not today yet."""
    if not can("record_field_work") or planting.watered is None:
        return False
    return timedelta(0) < today() - planting.watered.on <= AGAIN_WITHIN


def _greeting() -> str:
    hour = house().recorder.clock().astimezone(signed_in().zone).hour
    for until, words in ((9, _("Good morning")), (12, _("Good forenoon")), (14, _("Good day")),
                         (18, _("Good afternoon"))):  # fmt: skip
        if hour < until:
            return words if hour >= 4 else _("Good evening")
    return _("Good evening")


@blueprint.post("/farm/again")
@deed("record_field_work")
def again() -> ResponseReturnValue:
    """Water one planting as the last time, today."""
    session = signed_in()
    planting = farm.planting_of(
        house().instance, session.coop_id, own_grower(), request.form.get("planting", ""), today()
    )
    if planting is None:
        abort(404)
    if planting.watered is None:  # struck out since the page was shown
        address = url_for("farm.record_work", work="irrigation", planting=planting.id)
        return redirect(address, 303)
    said = planting.watered.what
    what = {"plantings": [planting.id], "method": said.get("method", "")}
    if planting.watered.alone and (volume := said.get("volume")):
        what |= {"volume": volume["quantity"], "volume_unit": volume["unit"]}
    submission_id = request.form.get("submission_id", "")[:64] or new_form()["submission_id"]
    report = Report("irrigation", what, today().isoformat())
    receipt = record_event(house().recorder, actor(), report, submission_id)
    if receipt.in_inbox:
        return page("waiting", event_type="irrigation"), 202
    return redirect(url_for("farm.saved", entry_id=receipt.entry_ids[0]), 303)


@blueprint.get("/farm/plantings/<planting_id>")
@deed("see_field_work")
def planting(planting_id: str) -> ResponseReturnValue:
    """One planting: from when it may be picked, what was done last, and what to record."""
    session, instance = signed_in(), house().instance
    found = farm.planting_of(instance, session.coop_id, own_grower(), planting_id, today())
    if found is None:
        abort(404)
    records = planting_records(instance, session.coop_id, planting_id, LAST_RECORDS)
    stops = planting_stops(instance, planting_id)
    return page("plot", planting=found, records=records, stops=stops)
