"""The inspector's desk: reads the co-ops he is invited to, and signs inspections of his own."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from ..capture.events import Report, record_event
from ..domain.errors import N_, Refused
from ..domain.vocabulary import EVENT_TYPES
from ..query.coop_nodes import STATES, lot_page
from ..query.coop_records import record_page, record_told
from ..query.declared_nouns import nouns_of
from ..query.node_page import node_page
from ..query.recall_reach import possible_causes
from .access import actor, deed, house, signed_in
from .days_asked import days_asked
from .form_once import new_form, placed, submission_id
from .language import current_language
from .manage.routes import FRAME, kept_file, named_files, take_file, today, with_files
from .record_words import told_pairs, type_words

blueprint = Blueprint("inspect", __name__, url_prefix="/inspect")

KINDS = ("field_inspection", "rapid_test")
LAST_RECORDS = 8


def page(template: str, **shown: Any) -> str:
    """A page of templates/inspect with what all of them need."""
    shown.setdefault("typed", new_form())
    return render_template(
        f"inspect/{template}.html",
        session=signed_in(),
        language=current_language(),
        today=today(),
        **FRAME,
        **shown,
    )


def _before() -> int | None:
    before = request.args.get("before", "")
    return int(before) if before.isdecimal() and len(before) < 16 else None


@blueprint.get("")
@deed("inspect")
def home() -> ResponseReturnValue:
    """The co-op chosen, the others, the days to read, and what was recorded in them."""
    coop_id, days = signed_in().coop_id, days_asked(today())
    instance = house().instance
    shown = record_page(instance, coop_id, days)
    stopped = [one for state in STATES[:2] for one in lot_page(instance, coop_id, state).lines]
    return page(
        "home",
        here="/inspect",
        days=days,
        shown=shown,
        first=shown.records[:LAST_RECORDS],
        stopped=stopped,
    )


@blueprint.get("/records")
@deed("inspect")
def records() -> ResponseReturnValue:
    """The records of some days, the last written first."""
    days = days_asked(today())
    event_type = request.args.get("type", "")
    event_type = event_type if event_type in EVENT_TYPES else ""
    shown = record_page(house().instance, signed_in().coop_id, days, event_type, _before())
    types = [(name, type_words(name)) for name in EVENT_TYPES]
    return page(
        "records", here="/inspect/records", shown=shown, days=days, event_type=event_type,
        types=types,
    )  # fmt: skip


@blueprint.get("/records/<entry_id>")
@deed("inspect")
def record(entry_id: str) -> ResponseReturnValue:
    """One record, whole, read only."""
    told = record_told(house().instance, signed_in().coop_id, entry_id)
    if told is None:
        abort(404)
    signed = told.record.recorded_by_id == signed_in().party_id
    return page(
        "record", here="/inspect/records", told=told, pairs=told_pairs(told), is_mine=signed
    )


@blueprint.get("/lots")
@deed("inspect")
def lots() -> ResponseReturnValue:
    """The lots and their states, the last made first."""
    state = request.args.get("state", "")
    state = state if state in STATES else ""
    shown = lot_page(house().instance, signed_in().coop_id, state, _before())
    return page("lots", here="/inspect/lots", shown=shown, state=state, states=STATES)


@blueprint.get("/lots/<code>")
@deed("inspect")
def lot(code: str) -> ResponseReturnValue:
    """One lot or planting with everything recorded on it."""
    node = node_page(house().instance, signed_in().coop_id, code)
    if node is None:
        abort(404)
    return page("lot", here="/inspect/lots", node=node)


@blueprint.get("/files/<sha256>")
@deed("inspect")
def file(sha256: str) -> ResponseReturnValue:
    """A photo or paper of the co-op chosen."""
    return kept_file(sha256)


def _subjects() -> dict[str, Any]:
    coop_id = signed_in().coop_id
    return {
        "here": "/inspect/sign",
        "causes": possible_causes(house().instance, coop_id),
        "plots": nouns_of(house().instance, coop_id, "plot"),
    }


@blueprint.get("/sign")
@deed("inspect")
def inspection_form() -> ResponseReturnValue:
    """What was inspected and what came of it; `?subject=` or `?plot=` chooses ahead."""
    chosen = {
        "subjects": [request.args.get("subject", "")],
        "plots": [request.args.get("plot", "")],
        "when": today().isoformat(),
    }
    return page("sign", typed=new_form(chosen), **_subjects())


@blueprint.post("/sign")
@deed("inspect")
def sign() -> ResponseReturnValue:
    """Sign the inspection: the office vouches for it."""
    file_hash, wrong = take_file("file", N_("Photo or report"))
    file_hash = file_hash or request.form.get("file_kept", "")
    kind = request.form.get("inspection_kind", "")
    measured = {
        name: request.form.get(name, "").strip() for name in ("analyte", "result", "unit", "limit")
    }
    report = Report(
        "inspection",
        {
            "inspection_kind": kind if kind in KINDS else "",
            "subjects": list(dict.fromkeys(filter(None, request.form.getlist("subjects")))),
            "plots": list(dict.fromkeys(filter(None, request.form.getlist("plots")))),
            "passed": request.form.get("passed", ""),
            "method": request.form.get("method", "").strip(),
            "results": [measured] if any(measured.values()) else [],
        },
        when=request.form.get("when", ""),
        note=request.form.get("note", ""),
        photos=named_files(file_hash, wrong),
    )
    try:
        receipt = record_event(house().recorder, actor(), report, submission_id(file_hash))
    except Refused as refused:
        places = {
            "event_time": "when",
            "photos": "file",
            "results-0-analyte": "analyte",
            "results-0-result": "result",
            "subjects": "subjects",
        }
        typed: MultiDict[str, str] = MultiDict(request.form)
        shown = page(
            "sign",
            problems=with_files(placed(refused.problems, places), "file", wrong),
            typed=typed,
            kept_file=file_hash,
            **_subjects(),
        )
        return shown, 422
    return redirect(url_for("inspect.record", entry_id=receipt.entry_ids[0]), 303)
