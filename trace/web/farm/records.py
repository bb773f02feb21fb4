"""What I recorded: after saving, in the last 30 days, one by one; and photos of one's own co-op."""

from itertools import groupby
from uuid import uuid4

from flask import abort, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue

from ...capture.correcting import take_back
from ...domain.errors import N_, NotFound, Problem, Refused
from ...domain.pre_harvest_interval import Gate, gate
from ...query import farm
from ...query.corrections import may_be_taken_back
from ...query.field_records import FieldRecord, my_records, proof_facts, record_of
from ...query.kept_files import own_file
from ...query.planting_stops import planting_stops
from ..access import actor, can, deed, house, signed_in
from ..form_once import submission_id
from ..words import _
from .routes import blueprint, own_grower, page, today

SLIP = N_("A slip of the finger, taken back at once.")
MOST_TOGETHER = 20
"""How many further records of one form its saved page shows."""


def _record(entry_id: str) -> FieldRecord:
    """A record that whoever asks may see: a grower's own, or of the grower's plots."""
    session = signed_in()
    found = record_of(house().instance, session.coop_id, entry_id)
    if found is None:
        raise NotFound(entry_id)
    grower = own_grower()
    if grower is not None and found.recorded_by_id != grower:
        plots = [part.plot for part in found.parts if part.plot]
        if not any(plot.text("grower_id") == grower for plot in plots):
            raise NotFound(entry_id)
    return found


@blueprint.get("/farm/saved/<entry_id>")
@deed("see_field_work")
def saved(entry_id: str) -> ResponseReturnValue:
    """It is saved: what was recorded, and what follows from it.

    `also` names the further records of the same form.
    """
    found = [_record(one) for one in (entry_id, *request.args.getlist("also")[:MOST_TOGETHER])]
    gates = [one for record in found for one in _gates(record)]
    sprayed = [one for one, _gate in gates if found[0].event_type == "spraying"]
    stopped = [one for one in sprayed if one.is_held or one.is_recalled]
    stops = [stop for one in stopped for stop in planting_stops(house().instance, one.id)]
    return page("saved", record=found[0], records=found, gates=gates, stops=stops)


def _gates(record: FieldRecord) -> list[tuple[farm.FieldPlanting, Gate]]:
    """The plantings of a spraying as they now stand; those of a picking on its day."""
    session, found = signed_in(), []
    day = record.on if record.event_type == "harvesting" else today()
    for part in record.plantings:
        one = farm.planting_of(
            house().instance, session.coop_id, own_grower(), part.node_id, today()
        )
        if one:
            found.append((one, gate(one.sprayings, day)))
    return found


@blueprint.get("/farm/records")
@deed("see_field_work")
def records() -> ResponseReturnValue:
    """What I recorded in the last 30 days, by day."""
    session = signed_in()
    found = my_records(
        house().instance, session.coop_id, session.party_id, house().recorder.clock()
    )
    days = [(day, list(those)) for day, those in groupby(found, key=lambda one: one.on)]
    return page("records", days=days)


@blueprint.get("/farm/records/<entry_id>")
@deed("see_field_work")
def record(entry_id: str) -> ResponseReturnValue:
    """One record, with what shows that it has not been changed since."""
    return _page(entry_id)


@blueprint.post("/farm/records/<entry_id>/slip")
@deed("take_back")
def slip(entry_id: str) -> ResponseReturnValue:
    """Take one's own record back, moments after writing it; it stays, struck out."""
    _record(entry_id)
    try:
        take_back(house().recorder, actor(), entry_id, _(SLIP), submission_id())
    except Refused as refused:
        return _page(entry_id, refused.problems), 422
    return redirect(url_for("farm.record", entry_id=entry_id), 303)


def _page(entry_id: str, problems: tuple[Problem, ...] = ()) -> str:
    found, session, instance = _record(entry_id), signed_in(), house().instance
    is_slip = can("take_back") and may_be_taken_back(
        instance, session.coop_id, entry_id, session.party_id, house().recorder.clock()
    )
    return page(
        "record",
        record=found,
        proof=proof_facts(instance, entry_id),
        is_slip=is_slip,
        form_id=uuid4().hex,
        problems=problems,
    )


@blueprint.get("/farm/photo/<sha256>")
@deed("see_field_work")
def photo(sha256: str) -> ResponseReturnValue:
    """A photo of this co-op, small enough for a list."""
    return _file(sha256, small=True)


@blueprint.get("/farm/file/<sha256>")
@deed("see_field_work")
def file(sha256: str) -> ResponseReturnValue:
    """A photo or report of this co-op, whole."""
    return _file(sha256, small=False)


def _file(sha256: str, *, small: bool) -> ResponseReturnValue:
    kept = own_file(house().instance, signed_in().coop_id, sha256, small)
    if kept is None:
        abort(404)
    path, media_type = kept
    answer = send_file(path, mimetype=media_type, etag=sha256)
    answer.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return answer
