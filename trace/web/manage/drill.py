"""A timed recall drill (演练): it goes like a recall, and nothing in the record changes."""

from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ...capture.drilling import Figures, finish_drill, start_drill, tick_steps
from ...domain.drill import STEPS, minutes_of
from ...domain.errors import Refused
from ...domain.recall_causes import CAUSE_KINDS
from ...query.drill_page import Drill, drill_of, drills_of, share_of
from ..access import actor, deed, house, signed_in
from ..form_once import new_form, placed, submission_id
from .recall import PLACES, asked_of, choices
from .routes import blueprint, page, refused_page

HERE = "/manage/drill"


def _shown() -> dict[str, Any]:
    now = house().recorder.clock()
    past = drills_of(house().instance, signed_in().coop_id, now)
    return choices() | {"here": HERE, "drills": past, "minutes_of": minutes_of}


@blueprint.get("/drill")
@deed("recall")
def drill_form() -> ResponseReturnValue:
    """What the drill pretends, and the drills so far."""
    return page("drills", typed=new_form({"cause_kind": ""}), **_shown())


@blueprint.post("/drill")
@deed("recall")
def begin_drill() -> ResponseReturnValue:
    """Start the watch."""
    asked = asked_of(request.form)
    try:
        drill_id = start_drill(house().recorder, actor(), asked, submission_id())
    except Refused as refused:
        return refused_page("drills", placed(refused.problems, PLACES), **_shown())
    return redirect(url_for("manage.drill", drill_id=drill_id), 303)


def _drill(drill_id: str) -> Drill:
    now = house().recorder.clock()
    found = drill_of(house().instance, signed_in().coop_id, drill_id, now)
    if found is None:
        abort(404)
    return found


@blueprint.get("/drill/<drill_id>")
@deed("recall")
def drill(drill_id: str) -> ResponseReturnValue:
    """The running drill with its lists and steps; once finished, its report to be printed."""
    found = _drill(drill_id)
    template = "drill_report" if found.finished_at else "drill"
    return page(
        template, here=HERE, drill=found, steps=STEPS, kinds=CAUSE_KINDS, minutes_of=minutes_of
    )


@blueprint.post("/drill/<drill_id>/steps")
@deed("recall")
def tick_drill(drill_id: str) -> ResponseReturnValue:
    """Keep which steps are done; finishing comes with the last of them."""
    found = _drill(drill_id)
    if not found.finished_at:
        ticked = set(request.form.getlist("steps")) & set(STEPS)
        done = {step: step in ticked for step in STEPS}
        tick_steps(house().recorder, actor(), drill_id, done)
        if request.form.get("finish"):
            _finish(found)
    return redirect(url_for("manage.drill", drill_id=drill_id), 303)


def _finish(found: Drill) -> None:
    customers = [one for one, _ in found.reach.customers]
    figures = Figures(
        len(found.reach.lots) + len(found.reach.others),
        found.reach.labels,
        share_of(house().instance, found),
        len(customers),
        tuple(one.id for one in customers if not one.text("phone")),
        len(found.reach.nameless),
    )
    finish_drill(house().recorder, actor(), found.drill_id, figures)
