"""All records of the co-op, and correcting one: struck out, never edited."""

from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ...capture.correcting import Correction, correct_event
from ...capture.events import Report
from ...domain.correcting import NEVER_CORRECTED
from ...domain.errors import N_, Problem, Refused
from ...domain.event_time import DAY
from ...domain.events import Photo
from ...domain.standing import GOING_OUT
from ...domain.vocabulary import EVENT_TYPES
from ...query.coop_records import RecordTold, record_page, record_told, sent_again
from ..access import actor, deed, house, signed_in
from ..asked_once import asked, is_answered
from ..days_asked import days_asked
from ..form_once import new_form, placed, submission_id
from ..record_words import part_words, told_pairs, type_words
from .correction_asking import correction_questions
from .routes import blueprint, page, refused_page, today

HERE = "/manage/records"
SAY_WHY = N_("Say in a few words what was wrong.")
NOT_HAPPENED, WRONG = "did_not_occur", "incorrect_data"
CHOOSE = N_("Choose what is wrong.")
REPLACED = ("packing", "repacking", "harvesting", "shipping", "selling", "destroying", "returning",
            "spraying", "fertilising")  # fmt: skip
"""Records of these types may be replaced here by the same one with other amounts."""


def _told(entry_id: str) -> RecordTold:
    found = record_told(house().instance, signed_in().coop_id, entry_id)
    if found is None:
        abort(404)
    return found


@blueprint.get("/records")
@deed("see_desk")
def records() -> ResponseReturnValue:
    """The records of some days, the last written first; `?type=` one type, `?before=` goes on."""
    days = days_asked(today())
    event_type = request.args.get("type", "")
    event_type = event_type if event_type in EVENT_TYPES else ""
    before = request.args.get("before", "")
    shown = record_page(
        house().instance,
        signed_in().coop_id,
        days,
        event_type,
        int(before) if before.isdecimal() and len(before) < 16 else None,
    )
    return page(
        "records",
        here=HERE,
        shown=shown,
        days=days,
        event_type=event_type,
        types=[(name, type_words(name)) for name in EVENT_TYPES],
    )


@blueprint.get("/records/<entry_id>")
@deed("see_desk")
def record(entry_id: str) -> ResponseReturnValue:
    """One record, whole."""
    told = _told(entry_id)
    return page(
        "record",
        here=HERE,
        told=told,
        pairs=told_pairs(told),
        may_correct=told.record.event_type not in NEVER_CORRECTED and not told.record.struck,
    )


def _amounts(told: RecordTold) -> list[dict[str, str]]:
    """The amounts of a record that a correction may change: field, words, unit, as they stand."""
    if told.record.event_type not in REPLACED:
        return []
    found = []
    for element, value in sent_again(told.record).items():
        if element in ("packed_quantity", "amount"):
            number = value["quantity"] if isinstance(value, dict) else str(value)
            unit = value["unit"] if isinstance(value, dict) else told.record.what["unit"]
            words = N_("How many were packed") if element == "packed_quantity" else N_("Amount")
            found.append({"name": element, "words": words, "unit": unit, "value": number})
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for at, share in enumerate(value):
                if share.get("quantity"):
                    part = next(one for one in told.record.parts if one.node_id == share["node"])
                    found.append(
                        {
                            "name": f"{element}-{at}",
                            "words": part_words(part),
                            "unit": share["unit"],
                            "value": share["quantity"],
                        }
                    )
    return found


def _replacement(told: RecordTold) -> Report:
    """The same report with the amounts of the form."""
    record, sent = told.record, sent_again(told.record)
    for one in _amounts(told):
        typed = request.form.get(one["name"], one["value"]).strip()
        name, _, at = one["name"].partition("-")
        if at:
            sent[name][int(at)]["quantity"] = typed
        elif isinstance(sent[name], dict):
            sent[name] = sent[name] | {"quantity": typed}
        else:
            sent[name] = typed
    event_time = told.event_time
    return Report(
        record.event_type,
        sent,
        when=record.on.isoformat() if told.precision == DAY else event_time,
        performed_by=record.performed_by.id if record.performed_by else "",
        note=record.note,
        photos=tuple(Photo(one) for one in record.photos)
        + tuple(Photo(one, "report") for one in record.papers),
        already_happened=record.already_happened or record.event_type in GOING_OUT,
    )


def _correction_page(told: RecordTold) -> dict[str, Any]:
    return {
        "here": HERE,
        "told": told,
        "pairs": told_pairs(told),
        "amounts": _amounts(told),
    }


@blueprint.get("/records/<entry_id>/correct")
@deed("correct")
def correction_form(entry_id: str) -> ResponseReturnValue:
    """What is wrong with a record: it did not happen, or its amounts are others."""
    told = _told(entry_id)
    if told.record.event_type in NEVER_CORRECTED or told.record.struck:
        return redirect(url_for("manage.record", entry_id=entry_id))
    return page("correct", typed=new_form(), **_correction_page(told))


@blueprint.post("/records/<entry_id>/correct")
@deed("correct")
def correct(entry_id: str) -> ResponseReturnValue:
    """Strike the record out, and record what replaces it, together."""
    told = _told(entry_id)
    reason, note = request.form.get("reason", ""), request.form.get("note", "").strip()
    problems = []
    if reason not in (NOT_HAPPENED, WRONG) or (reason == WRONG and not _amounts(told)):
        problems.append(Problem("reason", CHOOSE, {}, N_("What is wrong")))
    if not note:
        problems.append(Problem("note", SAY_WHY, {}, N_("In your words")))
    replacement = _replacement(told) if reason == WRONG else None
    questions = correction_questions(told, dict(replacement.sent)) if replacement else []
    if not problems and not told.record.struck and not is_answered(questions):
        shown = _correction_page(told) | {"asks": asked(questions)}
        return refused_page("correct", tuple(questions), **shown)
    try:
        if problems:
            raise Refused(problems)
        correct_event(
            house().recorder,
            actor(),
            Correction(entry_id, reason, note, replacement),
            submission_id(),
        )
    except Refused as refused:
        places = {"wrong": "", "takes": "takes-0", "lots": "lots-0"}
        exact = {one["name"]: one["name"] for one in _amounts(told)}
        return refused_page(
            "correct", placed(refused.problems, places | exact), **_correction_page(told)
        )
    return redirect(url_for("manage.record", entry_id=entry_id), 303)
