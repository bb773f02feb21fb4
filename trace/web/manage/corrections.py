"""Correcting a record: what hangs on it, what is wrong, the right values."""

from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ...capture.correcting import Correction, correct_event
from ...domain.correcting import INCORRECT_DATA, reason_problems
from ...domain.errors import Refused
from ...query.coop_records import RecordTold, record_told
from ...query.corrections import may_be_corrected, what_hangs_on
from ...query.declared_nouns import nouns_of
from ..access import actor, deed, house, signed_in
from ..asked_once import asked, is_answered
from ..form_once import new_form, placed, submission_id
from ..record_words import told_pairs
from .correction_asking import correction_questions
from .correction_form import as_it_stands, asked_fields, replacement
from .options import option_pairs
from .routes import blueprint, page, refused_page

HERE = "/manage/records"


def told_or_404(entry_id: str) -> RecordTold:
    """A record of this co-op."""
    found = record_told(house().instance, signed_in().coop_id, entry_id)
    if found is None:
        abort(404)
    return found


def _back(told: RecordTold) -> str:
    """The record that this correction was begun for, where it is ours and another one."""
    asked_for = request.values.get("for", "")
    if not asked_for or asked_for == told.record.entry_id:
        return ""
    found = record_told(house().instance, signed_in().coop_id, asked_for)
    return asked_for if found else ""


def _shown(told: RecordTold) -> dict[str, Any]:
    instance, coop_id = house().instance, signed_in().coop_id
    parties = nouns_of(instance, coop_id, "party")
    return {
        "here": HERE,
        "told": told,
        "pairs": told_pairs(told),
        "fields": asked_fields(told),
        "people": option_pairs(one for one in parties if one.text("kind") in ("person", "office")),
        "hanging": what_hangs_on(instance, coop_id, told.record.entry_id),
        "back_to": _back(told),
    }


@blueprint.get("/records/<entry_id>/correct")
@deed("correct")
def correction_form(entry_id: str) -> ResponseReturnValue:
    """What is wrong with a record: it did not happen, or something in it is otherwise."""
    told = told_or_404(entry_id)
    if not may_be_corrected(house().instance, signed_in().coop_id, entry_id):
        return redirect(url_for("manage.record", entry_id=entry_id))
    typed = as_it_stands(told)
    typed |= new_form()
    return page("correct", typed=typed, **_shown(told))


@blueprint.post("/records/<entry_id>/correct")
@deed("correct")
def correct(entry_id: str) -> ResponseReturnValue:
    """Strike the record out, and record what replaces it, together."""
    told = told_or_404(entry_id)
    reason, note = request.form.get("reason", ""), request.form.get("note", "").strip()
    problems = reason_problems(reason, note)
    instead, places = replacement(told) if reason == INCORRECT_DATA else (None, {})
    places = {"wrong": "reason", "event_time": "when", "photos": "", **places}
    questions = correction_questions(told, dict(instead.sent)) if instead else []
    questions = list(placed(questions, places))
    if not problems and not told.record.struck and not is_answered(questions):
        return refused_page(
            "correct", tuple(questions), **_shown(told) | {"asks": asked(questions)}
        )
    try:
        if problems:
            raise Refused(problems)
        correction = Correction(entry_id, reason, note, instead)
        correct_event(house().recorder, actor(), correction, submission_id())
    except Refused as refused:
        return refused_page("correct", placed(refused.problems, places), **_shown(told))
    back_to = _back(told)
    if back_to:
        return redirect(url_for("manage.correction_form", entry_id=back_to), 303)
    return redirect(url_for("manage.record", entry_id=entry_id), 303)
