"""Recalling: the cause, what it reaches, and the pages that turned."""

from collections.abc import Sequence
from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ...capture.events import Report, record_event
from ...capture.recalling import RecallOrder
from ...capture.recalling import recall as confirm_recall
from ...domain.errors import Refused
from ...domain.recall_causes import AskedCause
from ...query.coop_nodes import found_nodes
from ...query.recall_choices import possible_causes
from ...query.recall_page import Recalled, recall_of, recalls_of
from ...query.recall_reach import recall_reach
from ..access import actor, deed, house, signed_in
from ..form_once import new_form, placed, submission_id
from .routes import blueprint, page, refused_page

HERE = "/manage/recall"
MOST_ASKED = 20
SAID = ("reason", "advice", "reason_en", "advice_en")


def _choices(asked: Sequence[str] = ()) -> dict[str, Any]:
    """What may be chosen: what was looked for, what was asked for by id, and the newest."""
    instance, coop_id = house().instance, signed_in().coop_id
    wanted = request.values.get("q", "").strip()[:100]
    looked_for = (wanted,) if wanted else asked[:MOST_ASKED]
    found = [line for typed in looked_for for line in found_nodes(instance, coop_id, typed)]
    return {
        "here": HERE,
        "wanted": wanted,
        "found": found,
        "causes": possible_causes(instance, coop_id),
        "recalls": recalls_of(instance, coop_id),
    }


def _order() -> dict[str, Any]:
    causes = list(dict.fromkeys(request.form.getlist("causes")))
    said = {name: request.form.get(name, "").strip() for name in SAID}
    return {"causes": causes} | said


@blueprint.get("/recall")
@deed("recall")
def recall_form() -> ResponseReturnValue:
    """Choose the cause; `?q=` looks for a number or code, `?cause=` chooses ahead."""
    causes = request.args.getlist("cause")
    said = {name: request.args.get(name, "") for name in SAID}
    return page("recall", typed=new_form({"causes": causes} | said), **_choices(causes))


@blueprint.post("/recall/check")
@deed("recall")
def check_recall() -> ResponseReturnValue:
    """Show everything the recall would reach; nothing is recorded yet."""
    order = _order()
    try:
        asked = AskedCause(causes=tuple(order['causes']))
        reach = recall_reach(house().instance, signed_in().coop_id, asked, {n: order[n] for n in SAID})
    except Refused as refused:
        return refused_page(
            "recall", placed(refused.problems, {"causes": "causes"}), **_choices(order["causes"])
        )
    return page("recall_check", here=HERE, order=order, reach=reach)


@blueprint.post("/recall")
@deed("recall")
def recall() -> ResponseReturnValue:
    """Confirm: every page of the reach turns at once."""
    order = _order()
    try:
        receipt = confirm_recall(
            house().recorder,
            actor(),
            RecallOrder(tuple(order["causes"]), **{name: order[name] for name in SAID}),
            submission_id(),
        )
    except Refused as refused:
        return refused_page("recall", placed(refused.problems, {"causes": "causes"}), **_choices())
    return redirect(url_for("manage.recalled", entry_id=receipt.entry_ids[0]), 303)


def _recall(entry_id: str) -> Recalled:
    found = recall_of(house().instance, signed_in().coop_id, entry_id)
    if found is None:
        abort(404)
    return found


@blueprint.get("/recall/<entry_id>")
@deed("recall")
def recalled(entry_id: str) -> ResponseReturnValue:
    """A recall: the pages that turned, whom to call, and closing it."""
    return page("recalled", here=HERE, recall=_recall(entry_id))


@blueprint.post("/recall/<entry_id>/close")
@deed("recall")
def close_recall(entry_id: str) -> ResponseReturnValue:
    """Close it with a reason; the goods stay recalled."""
    found = _recall(entry_id)
    if not found.closed_by:
        reason = request.form.get("reason", "").strip()
        report = Report("recall_closed", {"recall": entry_id, "reason": reason})
        try:
            record_event(house().recorder, actor(), report, submission_id())
        except Refused as refused:
            return refused_page("recalled", refused.problems, here=HERE, recall=found)
    return redirect(url_for("manage.recalled", entry_id=entry_id), 303)
