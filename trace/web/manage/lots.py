"""Lots with their states; holding on suspicion, and lifting such a hold."""

from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ...capture.events import Report
from ...capture.lifting import lift_hold
from ...capture.suspicion import hold_on_suspicion
from ...domain.errors import Refused
from ...domain.holds import may_lift
from ...domain.imbalance import RULES
from ...query.arrivals import contradictions
from ...query.coop_nodes import STATES, lot_page
from ...query.hold_facts import hold_facts
from ...query.lot_proofs import lot_proofs
from ...query.node_balance import node_balance
from ...query.node_page import Against, NodePage, node_page
from ..access import actor, deed, house, signed_in
from ..balance_drawing import lot_river
from ..clause_words import clause_words
from ..form_once import placed, submission_id
from ..record_words import basis_words
from .recall_words import READY_SUSPICIONS, in_both
from .routes import blueprint, page, refused_page

HERE = "/manage/lots"


def _node(code: str) -> NodePage:
    found = node_page(house().instance, signed_in().coop_id, code)
    if found is None:
        abort(404)
    return found


@blueprint.get("/lots")
@deed("see_desk")
def lots() -> ResponseReturnValue:
    """All lots, the last made first; `?state=` shows one state, `?before=` goes on."""
    state = request.args.get("state", "")
    state = state if state in STATES else ""
    before = request.args.get("before", "")
    shown = lot_page(
        house().instance,
        signed_in().coop_id,
        state,
        int(before) if before.isdecimal() and len(before) < 16 else None,
    )
    return page("lots", here=HERE, shown=shown, state=state, states=STATES)


def sums_shown(code: str) -> dict[str, object]:
    """What a node's page needs to show what came in and what went out."""
    sums = node_balance(house().instance, signed_in().coop_id, code)
    river = lot_river(sums.amounts) if sums.amounts else None
    return {"sums": sums, "sums_river": river, "rules": RULES}


@blueprint.get("/lots/<code>")
@deed("see_desk")
def lot(code: str) -> ResponseReturnValue:
    """One lot, package, planting or input lot: facts, what stands against it, records."""
    return page(
        "lot",
        here=HERE,
        node=_node(code),
        may_lift=may_lift,
        suspicions=READY_SUSPICIONS,
        held=request.args.get("held", ""),
        contradictions=contradictions(house().instance, signed_in().coop_id, code),
        proofs=lot_proofs(house().instance, signed_in().coop_id, code),
        basis_words=basis_words,
        **sums_shown(code),
    )


@blueprint.get("/lots/<code>/hold")
@deed("hold")
def hold_form(code: str) -> ResponseReturnValue:
    """Why it is to be held."""
    return page("hold", here=HERE, node=_node(code))


@blueprint.post("/lots/<code>/hold")
@deed("hold")
def hold(code: str) -> ResponseReturnValue:
    """Hold it: its page says so at once, labels and shipping are refused.

    A ready reason is one tap; the words beside it are a note for ourselves.
    """
    node = _node(code)
    reason, english = request.form.get("reason", "").strip(), ""
    if (ready := READY_SUSPICIONS.get(request.form.get("ready", ""))) and not reason:
        reason, english = in_both(ready)
    report = Report(
        "hold",
        {"subjects": [code], "reason": reason, "reason_en": english},
        note=request.form.get("note", ""),
    )
    try:
        receipt = hold_on_suspicion(house().recorder, actor(), report, submission_id())
    except Refused as refused:
        return refused_page("hold", refused.problems, here=HERE, node=node)
    done = "already" if receipt.is_repeat else "now"
    return redirect(url_for("manage.lot", code=code, held=done), 303)


def _hold(node: NodePage, entry_id: str) -> Against:
    for one in node.holds:
        if one.entry_id == entry_id and one.is_own:
            return one
    abort(404)


def _shown(held: Against) -> dict[str, Any]:
    """A hold with the facts behind it, and why nobody lifts it by hand where a rule put it on."""
    why_not = may_lift(held.rule)
    instance, coop_id = house().instance, signed_in().coop_id
    facts = hold_facts(instance, coop_id, held.entry_id, held.node_id) if why_not else None
    return {"hold": held, "why_not": why_not, "facts": facts, "clause_words": clause_words}


@blueprint.get("/lots/<code>/holds/<entry_id>/lift")
@deed("hold")
def lift_form(code: str, entry_id: str) -> ResponseReturnValue:
    """Why a hold is lifted; one that a rule put on says what ends it instead."""
    node = _node(code)
    held = _hold(node, entry_id)
    return page("lift", here=HERE, node=node, **_shown(held))


@blueprint.post("/lots/<code>/holds/<entry_id>/lift")
@deed("hold")
def lift(code: str, entry_id: str) -> ResponseReturnValue:
    """Lift a hold that stood on suspicion."""
    node = _node(code)
    standing = any(one.entry_id == entry_id for one in node.holds)
    if not standing and any(one.entry_id == entry_id for one in node.records):
        return redirect(url_for("manage.lot", code=code), 303)
    held = _hold(node, entry_id)
    reason = request.form.get("reason", "").strip()
    try:
        lift_hold(house().recorder, actor(), entry_id, reason, submission_id())
    except Refused as refused:
        problems = placed(refused.problems, {"hold": ""})
        return refused_page("lift", problems, here=HERE, node=node, **_shown(held))
    return redirect(url_for("manage.lot", code=code), 303)
