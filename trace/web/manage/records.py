"""All records of the co-op, one record whole, and taking back a slip."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from ...capture.correcting import take_back
from ...domain.errors import N_, Problem, Refused
from ...domain.vocabulary import EVENT_TYPES
from ...query.arrivals import consigned
from ...query.coop_records import LOOKS, record_page
from ...query.corrections import chain_of, may_be_corrected, may_be_taken_back, what_hangs_on
from ..access import actor, deed, house, signed_in
from ..days_asked import days_asked
from ..form_once import submission_id
from ..record_words import told_pairs, type_words
from ..words import _
from .corrections import HERE, told_or_404
from .routes import blueprint, page, today

SLIP = N_("A slip of the finger, taken back at once.")


@blueprint.get("/records")
@deed("see_desk")
def records() -> ResponseReturnValue:
    """The records of some days, the last written first; `?type=` one type, `?before=` goes on."""
    days = days_asked(today())
    event_type = request.args.get("type", "")
    event_type = event_type if event_type in EVENT_TYPES else ""
    before = request.args.get("before", "")
    look = request.args.get("look", "")
    look = look if look in LOOKS else ""
    shown = record_page(
        house().instance,
        signed_in().coop_id,
        days,
        event_type,
        int(before) if before.isdecimal() and len(before) < 16 else None,
        look,
    )
    return page(
        "records",
        look=look,
        looks=LOOKS,
        here=HERE,
        shown=shown,
        days=days,
        event_type=event_type,
        types=[(name, type_words(name)) for name in EVENT_TYPES],
    )


@blueprint.get("/records/<entry_id>")
@deed("see_desk")
def record(entry_id: str) -> ResponseReturnValue:
    """One record, whole, with what was put in its place and what hangs on it."""
    return _record(entry_id)


@blueprint.post("/records/<entry_id>/slip")
@deed("correct")
def slip(entry_id: str) -> ResponseReturnValue:
    """Take one's own record back, moments after writing it; it stays, struck out."""
    told_or_404(entry_id)
    try:
        take_back(house().recorder, actor(), entry_id, _(SLIP), submission_id())
    except Refused as refused:
        return _record(entry_id, refused.problems), 422
    return redirect(url_for("manage.record", entry_id=entry_id), 303)


def _record(entry_id: str, problems: tuple[Problem, ...] = ()) -> str:
    told = told_or_404(entry_id)
    instance, session = house().instance, signed_in()
    return page(
        "record",
        here=HERE,
        consigned=consigned(instance, session.coop_id, entry_id),
        told=told,
        pairs=told_pairs(told),
        chain=chain_of(instance, session.coop_id, entry_id),
        hanging=what_hangs_on(instance, session.coop_id, entry_id),
        is_slip=may_be_taken_back(
            instance, session.coop_id, entry_id, session.party_id, house().recorder.clock()
        ),
        may_correct=may_be_corrected(instance, session.coop_id, entry_id),
        problems=problems,
    )
