"""Recalling in three steps: what and why, who is affected, and confirming it."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from ...capture.recalling import RecallOrder
from ...capture.recalling import recall as confirm_recall
from ...domain.errors import Problem, Refused
from ...domain.recall_causes import CAUSE_KINDS, AskedCause
from ...query.coop_nodes import NodeLine, found_nodes
from ...query.recall_choices import possible_causes
from ...query.recall_page import recalls_of, recalls_reaching
from ...query.recall_reach import recall_reach
from ..access import actor, deed, house, signed_in
from ..form_once import new_form, placed, submission_id
from .recall_words import READY_ADVICE, READY_REASONS, in_both
from .routes import blueprint, page, refused_page

HERE = "/manage/recall"
MOST_ASKED = 20
SAID = ("reason", "advice", "reason_en", "advice_en")
TYPED = (*SAID, "ready_reason", "ready_advice", "from_day", "until_day", "inspection")
LISTS = ("causes", "plots")
OWN_WORDS = "own"
READY = {"reason": READY_REASONS, "advice": READY_ADVICE}
PLACES = {"causes": "causes", "plots": "plots"}


def asked_of(form: Mapping[str, Any]) -> AskedCause:
    """The cause that a form or a call names; each kind of goods has boxes of its own."""
    values: MultiDict[str, str] = MultiDict(form)
    kind = values.get("cause_kind", "")
    kind = kind if kind in CAUSE_KINDS else ""
    named = [*values.getlist("causes"), *values.getlist("cause")]
    named += values.getlist(f"causes-{kind}") if kind else []
    return AskedCause(
        kind,
        tuple(dict.fromkeys(named)),
        tuple(dict.fromkeys(values.getlist("plots"))),
        values.get("from_day", "").strip(),
        values.get("until_day", "").strip(),
        values.get("inspection", "").strip(),
    )


def _said(form: Mapping[str, Any]) -> dict[str, str]:
    """Reason and advice in both languages: own words, or the ready sentence that was chosen."""
    said = {name: str(form.get(name, "")).strip() for name in SAID}
    for name, sentences in READY.items():
        chosen = sentences.get(str(form.get(f"ready_{name}", "")))
        if chosen and not said[name]:
            chinese, english = in_both(chosen)
            said |= {name: chinese, f"{name}_en": said[f"{name}_en"] or english}
    return said


def choices(found: Sequence[NodeLine] = (), wanted: str = "") -> dict[str, Any]:
    """What may be chosen, and what was looked for."""
    instance, coop_id = house().instance, signed_in().coop_id
    return {
        "here": HERE,
        "wanted": wanted,
        "found": found,
        "kinds": CAUSE_KINDS,
        "ready": READY,
        "causes": possible_causes(instance, coop_id),
        "recalls": recalls_of(instance, coop_id),
        "others": recalls_reaching(instance, coop_id, house().recorder.clock()),
    }


def _looked_for(asked: AskedCause) -> tuple[str, list[NodeLine]]:
    """What was typed into the search, and the nodes of that or of the causes named already."""
    instance, coop_id = house().instance, signed_in().coop_id
    wanted = request.values.get("q", "").strip()[:100]
    looked_for = [*([wanted] if wanted else []), *asked.causes[:MOST_ASKED]]
    found = {one.id: one for text in looked_for for one in found_nodes(instance, coop_id, text)}
    return wanted, list(found.values())


def _form(values: Mapping[str, Any]) -> ResponseReturnValue:
    """The first step with everything that was typed, and what was looked for ticked or shown."""
    asked = asked_of(values)
    wanted, found = _looked_for(asked)
    kinds = {one.kind for one in found}
    kind = asked.kind or (kinds.pop() if len(kinds) == 1 else "")
    typed = {name: str(values.get(name, "")) for name in TYPED}
    given: MultiDict[str, str] = MultiDict(values)
    ticked = {f"causes-{one}": given.getlist(f"causes-{one}") for one in CAUSE_KINDS}
    for name in asked.causes:
        for one in found:
            if one.id == name and name not in ticked[f"causes-{one.kind}"]:
                ticked[f"causes-{one.kind}"].append(name)
    form = new_form(typed | ticked | {"cause_kind": kind, "plots": list(asked.plots)})
    return page("recall", typed=form, **choices(found, wanted))


@blueprint.get("/recall")
@deed("recall")
def recall_form() -> ResponseReturnValue:
    """Choose the cause; `?q=` looks for a number or code, `?cause=` chooses ahead."""
    return _form(request.args)


@blueprint.post("/recall/look")
@deed("recall")
def look_for_cause() -> ResponseReturnValue:
    """Look for a number or code without losing what was typed."""
    return _form(request.form)


def refused_order(template: str, problems: tuple[Problem, ...]) -> ResponseReturnValue:
    """The first step again with every problem at its place."""
    wanted, found = _looked_for(asked_of(request.form))
    return refused_page(template, placed(problems, PLACES), **choices(found, wanted))


@blueprint.post("/recall/check")
@deed("recall")
def check_recall() -> ResponseReturnValue:
    """Show everything the recall would reach; nothing is recorded yet."""
    asked, said = asked_of(request.form), _said(request.form)
    try:
        reach = recall_reach(house().instance, signed_in().coop_id, asked, said)
    except Refused as refused:
        return refused_order("recall", refused.problems)
    return page(
        "recall_check", here=HERE, asked=asked, said=said, reach=reach, back=_back(asked),
        kinds=CAUSE_KINDS,
    )  # fmt: skip


def _back(asked: AskedCause) -> str:
    """The first step again, everything as it was typed."""
    typed: dict[str, Any] = {name: request.form.get(name, "").strip() for name in TYPED}
    typed |= {"cause": asked.causes, "cause_kind": asked.kind, "plots": asked.plots}
    given = {name: value for name, value in typed.items() if value}
    return url_for("manage.recall_form", **given)


@blueprint.post("/recall")
@deed("recall")
def recall() -> ResponseReturnValue:
    """Confirm: every page of the reach turns at once."""
    asked, said = asked_of(request.form), _said(request.form)
    order = RecallOrder(
        asked.causes,
        **said,
        cause_kind=asked.kind,
        plots=asked.plots,
        from_day=asked.from_day,
        until_day=asked.until_day,
        inspection=asked.inspection,
    )
    try:
        receipt = confirm_recall(house().recorder, actor(), order, submission_id())
    except Refused as refused:
        return refused_order("recall", refused.problems)
    return redirect(url_for("manage.recalled", entry_id=receipt.entry_ids[0]), 303)
