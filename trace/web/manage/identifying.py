"""Saying what an input was that somebody used and our list did not know: it ends that hold."""

from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ...capture.identifying import Identification, identify_input
from ...domain.errors import Refused
from ...domain.standing import UNLISTED_INPUT_USED
from ...query.coop_records import RecordTold
from ...query.declared_nouns import nouns_of
from ..access import actor, deed, house, signed_in
from ..form_once import new_form, submission_id
from ..record_words import told_pairs
from .corrections import HERE, told_or_404
from .routes import blueprint, page, refused_page

KINDS = {"spraying": ("pesticide", "fertiliser"), "fertilising": ("fertiliser", "pesticide")}
"""What may have been used, the likelier kind first: a foliar feed is sprayed as well."""


def _told(entry_id: str) -> RecordTold:
    told = told_or_404(entry_id)
    if UNLISTED_INPUT_USED not in told.record.breaches:
        abort(404)
    return told


def _shown(told: RecordTold) -> dict[str, Any]:
    kinds = KINDS.get(told.record.event_type, ())
    listed = nouns_of(house().instance, signed_in().coop_id, "input")
    inputs = sorted(
        (one for one in listed if one.text("kind") in kinds),
        key=lambda one: kinds.index(one.text("kind")),
    )
    return {"here": HERE, "told": told, "pairs": told_pairs(told), "inputs": inputs}


@blueprint.get("/records/<entry_id>/input")
@deed("correct")
def identify_form(entry_id: str) -> ResponseReturnValue:
    """The photo and the name that was typed, and the inputs of the list to choose from."""
    told = _told(entry_id)
    if told.record.struck:
        return redirect(url_for("manage.record", entry_id=entry_id))
    return page("identify", typed=new_form(), **_shown(told))


@blueprint.post("/records/<entry_id>/input")
@deed("correct")
def identify(entry_id: str) -> ResponseReturnValue:
    """Name it: the record is replaced by one that names the input, and the hold ends."""
    told = _told(entry_id)
    said = Identification(entry_id, request.form.get("input", ""), request.form.get("note", ""))
    try:
        receipt = identify_input(house().recorder, actor(), said, submission_id())
    except Refused as refused:
        return refused_page("identify", refused.problems, **_shown(told))
    return redirect(url_for("manage.record", entry_id=receipt.entry_ids[-1]), 303)
