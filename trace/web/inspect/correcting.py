"""An office corrects an inspection it signed: struck out for all to see, and signed anew."""

from dataclasses import replace
from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ...capture.correcting import Correction
from ...capture.office_inspecting import correct_own_inspection
from ...domain.correcting import DID_NOT_OCCUR, INCORRECT_DATA
from ...domain.errors import N_, Problem, Refused
from ...domain.events import Photo
from ...query.coop_records import RecordTold
from ..access import actor, deed, house
from ..form_once import new_form, placed, submission_id
from ..record_words import told_pairs
from .reading import own_signature, readable_record
from .result import MEASURES, as_signed, sent_result, typed_again
from .routes import blueprint, page

CHOOSE = N_("Choose what is wrong.")
SAY_WHY = N_("Say in a few words what was wrong.")


def _own(entry_id: str) -> RecordTold:
    """An inspection that he signed; 404 for any other record."""
    told = readable_record(entry_id)
    if not own_signature(told):
        abort(404)
    return told


def _page(told: RecordTold, **shown: Any) -> str:
    return page(
        "correct",
        here="/inspect/records",
        told=told,
        pairs=told_pairs(told),
        measures=MEASURES,
        **shown,
    )


@blueprint.get("/records/<entry_id>/correct")
@deed("correct_own_inspection")
def correction_form(entry_id: str) -> ResponseReturnValue:
    """What is wrong with it: it never was, or something in it is other."""
    told = _own(entry_id)
    if told.record.struck:
        return redirect(url_for("inspect.record", entry_id=entry_id))
    return _page(told, typed=new_form(as_signed(told)))


@blueprint.post("/records/<entry_id>/correct")
@deed("correct_own_inspection")
def correct(entry_id: str) -> ResponseReturnValue:
    """Strike it out, and record what replaces it in the same moment."""
    told = _own(entry_id)
    reason, why = request.form.get("reason", ""), request.form.get("why", "").strip()
    problems = []
    if reason not in (DID_NOT_OCCUR, INCORRECT_DATA):
        problems.append(Problem("reason", CHOOSE, {}, N_("What is wrong")))
    if not why:
        problems.append(Problem("why", SAY_WHY, {}, N_("In your words")))
    result = sent_result()
    report = result.report
    if not report.photos:
        kept = [Photo(one) for one in told.record.photos]
        kept += [Photo(one, "report") for one in told.record.papers]
        report = replace(report, photos=tuple(kept))
    replacement = report if reason == INCORRECT_DATA else None
    try:
        if problems:
            raise Refused(problems)
        receipt = correct_own_inspection(
            house().recorder,
            actor(),
            Correction(entry_id, reason, why, replacement),
            submission_id(result.file_hash),
        )
    except Refused as refused:
        found = placed(result.problems(refused.problems), {"wrong": ""})
        return _page(told, problems=found, typed=typed_again(), kept_file=result.file_hash), 422
    shown = receipt.entry_ids[-1] if replacement else entry_id
    return redirect(url_for("inspect.record", entry_id=shown), 303)
