"""Signing an inspection in five screens: which co-op, what, the result, a last look, signed.

The first is the start page. What is chosen travels in the form itself, so that going back loses
nothing; the file that arrived is kept by its hash.
"""

from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from ...capture.events import record_event
from ...capture.office_inspecting import rehearse_event
from ...domain.errors import N_, Problem, Refused
from ...domain.key_data import GOODS, PLANTING
from ...domain.typed_code import code_in
from ...query.coop_nodes import NodeLine, found_nodes
from ...query.declared_nouns import Declared, nouns_of
from ...query.node_page import node_page
from ...query.things_to_inspect import things_to_inspect
from ..access import actor, deed, house, signed_in
from ..form_once import new_form, submission_id
from ..manage.routes import today
from .result import MEASURES, Result, sent_result, typed_again
from .routes import blueprint, page

HERE = "/inspect/sign"
INSPECTED = (*GOODS, PLANTING)
NOTHING_CHOSEN = N_("Choose what was inspected.")
NOT_FOUND = N_("Nothing here has the number or code “%(given)s”.")
SEVERAL = N_("“%(given)s” is part of several numbers: choose from the list.")
WHAT = N_("What was inspected")


def _chosen(typed: MultiDict[str, str]) -> dict[str, Any]:
    """What was chosen, to be named on top of the form: lots and plantings, and plots."""
    instance, coop_id = house().instance, signed_in().coop_id
    nodes: list[NodeLine] = []
    for code in dict.fromkeys(filter(None, typed.getlist("subjects"))):
        node = node_page(instance, coop_id, code)
        if node:
            nodes.append(node.line)
    asked = set(typed.getlist("plots"))
    plots: list[Declared] = [
        one for one in nouns_of(instance, coop_id, "plot") if one.id in asked
    ] if asked else []  # fmt: skip
    return {"here": HERE, "chosen": nodes, "chosen_plots": plots, "measures": MEASURES}


def _choices(typed: MultiDict[str, str], problems: tuple[Problem, ...], code: str) -> str:
    instance, session = house().instance, signed_in()
    things = things_to_inspect(instance, session.coop_id, session.span)
    found = found_nodes(instance, session.coop_id, code_in(code)) if code else ()
    return page(
        "choose",
        here=HERE,
        found=[one for one in found if one.kind in INSPECTED],
        plantings=things.plantings,
        lots=things.lots,
        plots=nouns_of(instance, session.coop_id, "plot"),
        typed=typed,
        problems=problems,
    )


@blueprint.get("/sign")
@deed("inspect")
def choose_subject() -> ResponseReturnValue:
    """What was inspected: plot, planting or lot, from the lists or by a code typed or scanned."""
    return _choices(MultiDict(request.args), (), "")


@blueprint.get("/sign/result")
@deed("inspect")
def result_form() -> ResponseReturnValue:
    """What came of it; a code that was typed is looked up first."""
    if not request.args:
        return redirect(url_for("inspect.choose_subject"))
    typed: MultiDict[str, str] = MultiDict(request.args)
    code = typed.get("code", "").strip()[:200]
    if code:
        instance, coop_id = house().instance, signed_in().coop_id
        found = [
            one for one in found_nodes(instance, coop_id, code_in(code)) if one.kind in INSPECTED
        ]
        exact = [one for one in found if one.lot_number == code.upper()] or found
        if len(exact) != 1:
            message = SEVERAL if exact else NOT_FOUND
            problem = Problem("code", message, {"given": code[:60]}, WHAT)
            return _choices(typed, (problem,), code), 422
        typed.add("subjects", exact[0].id)
    if not (any(typed.getlist("subjects")) or any(typed.getlist("plots"))):
        return _choices(typed, (Problem("code", NOTHING_CHOSEN, {}, WHAT),), ""), 422
    chosen: dict[str, Any] = {
        "subjects": typed.getlist("subjects"),
        "plots": typed.getlist("plots"),
        "when": today().isoformat(),
    }
    form = new_form(chosen)
    return page("sign", typed=form, kept_file="", **_chosen(form))


@blueprint.post("/sign/result")
@deed("inspect")
def change_result() -> ResponseReturnValue:
    """Back from the last look, with everything that was typed."""
    typed = typed_again()
    return page("sign", typed=typed, kept_file=typed.get("file_kept", ""), **_chosen(typed))


def _refused(result: Result, refused: Refused) -> ResponseReturnValue:
    typed = typed_again()
    problems = result.problems(refused.problems)
    shown = page(
        "sign", problems=problems, typed=typed, kept_file=result.file_hash, **_chosen(typed)
    )
    return shown, 422


@blueprint.post("/sign/check")
@deed("inspect")
def check() -> ResponseReturnValue:
    """The last look before signing: everything as it will stand; nothing is written yet."""
    result, typed = sent_result(), typed_again()
    try:
        rehearse_event(house().recorder, actor(), result.report)
    except Refused as refused:
        return _refused(result, refused)
    typed["file_kept"] = result.file_hash
    return page("check", typed=typed, sent=result.report.sent, **_chosen(typed))


@blueprint.post("/sign")
@deed("inspect")
def sign() -> ResponseReturnValue:
    """Sign the inspection: the office vouches for it."""
    result = sent_result()
    try:
        receipt = record_event(
            house().recorder, actor(), result.report, submission_id(result.file_hash)
        )
    except Refused as refused:
        return _refused(result, refused)
    return redirect(url_for("inspect.record", entry_id=receipt.entry_ids[0], signed=1), 303)
