"""Inspections: the co-op's rapid test, a laboratory's report, a look at the field."""

from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from ...domain.errors import Problem
from ...domain.event_check import RESULT_FIELDS, UNKNOWN
from ...domain.key_data import elements
from ...domain.known_names import substance_names
from ...domain.roles import INSPECTION_DEED, may
from ...query import farm
from ...query.goods_to_test import recent_lots
from ...query.input_store import inputs_in_store
from ...query.samples import samples_named, samples_of
from ..access import deed, house, signed_in
from ..language import current_language
from .posting import Files, Sent, new_form, save
from .routes import blueprint, last_days, own_grower, page, today
from .testing import SAMPLE, SEVERAL
from .work import people_to_choose, plantings_to_choose

ROWS = 3
MOST_ROWS = 60
_PICTURES = {
    "rapid_test": "test-tube",
    "laboratory_report": "clipboard",
    "field_inspection": "magnifier",
}
_TEXTS = ("inspection_kind", "passed", "method", "report_number", "laboratory", "sampled_on",
          "valid_until")  # fmt: skip


@blueprint.get("/farm/inspection")
@deed("record_rapid_test")
def record_inspection() -> ResponseReturnValue:
    """The inspection form, its kinds by the role table."""
    typed = new_form(when=today().isoformat())
    shown = show_inspection(typed)
    subjects = [one.id for one in (*shown["lots"], *shown["plantings"], *shown["others"])]
    asked = [*request.args.getlist("subject"), *request.args.getlist("planting")]
    typed.setlist("subjects", [one for one in asked if one in subjects])
    kind = request.args.get("kind", shown["kinds"][0])
    typed["inspection_kind"] = kind if kind in shown["kinds"] else shown["kinds"][0]
    return page("inspection", typed=typed, files=Files([], [], []), problems=(), **shown)


@blueprint.post("/farm/inspection")
@deed("record_rapid_test")
def save_inspection() -> ResponseReturnValue:
    """Record the inspection; the deed of its kind is asked again when it is written."""
    kind = request.form.get("inspection_kind", "")
    if kind in INSPECTION_DEED and not may(signed_in().role, INSPECTION_DEED[kind]):
        abort(403)
    return save("inspection", read_inspection, show_inspection)


def row_count(typed: MultiDict[str, str]) -> int:
    """How many rows of results the page shows: three more for each wish, all that are filled."""
    asked = typed.get("rows", "")
    rows = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else ROWS
    rows = max(ROWS, rows) + (ROWS if "more" in typed else 0)
    return min(rows, MOST_ROWS)


def read_inspection(typed: MultiDict[str, str]) -> Sent:
    """Subjects, result, and the rows of measured values in their places."""
    what: dict[str, Any] = {name: typed.get(name, "") for name in _TEXTS}
    subjects, problems = typed.getlist("subjects"), list[Problem]()
    if given := typed.get("subject_named", "").strip():
        plantings = plantings_to_choose([])
        named = samples_named(house().instance, signed_in().coop_id, given, plantings)
        if len(named) == 1:
            subjects = list(dict.fromkeys([*subjects, named[0].id]))
        else:
            message = SEVERAL if named else UNKNOWN
            problems.append(Problem("subject_named", message, {"given": given[:40]}, SAMPLE))
    what["subjects"], what["plots"] = subjects, typed.getlist("plots")
    what["results"] = [
        {name: typed.get(f"results-{number}-{name}", "") for name in RESULT_FIELDS}
        for number in range(row_count(typed))
    ]
    return Sent(what, problems)


def show_inspection(typed: MultiDict[str, str]) -> dict[str, Any]:
    """What the inspection form shows beside what was typed."""
    session, instance = signed_in(), house().instance
    asked = [*typed.getlist("subjects"), *request.args.getlist("planting")]
    laboratories = farm.parties(instance, session.coop_id, "laboratory")
    lots = recent_lots(instance, session.coop_id, own_grower(), today())
    plantings = plantings_to_choose(asked)
    known = {one.id for one in lots} | {one.id for one in plantings}
    named = [one for one in (*request.args.getlist("subject"), *asked) if one not in known]
    others = samples_of(instance, session.coop_id, named) if own_grower() is None else {}
    kept = [
        one
        for kind in ("seed", "fertiliser", "pesticide")
        for one in inputs_in_store(instance, session.coop_id, kind, today())
    ]
    return {
        "event_type": "inspection",
        "days": last_days(),
        "people": people_to_choose(),
        "kinds": [kind for kind, needed in INSPECTION_DEED.items() if may(session.role, needed)],
        "pictures": _PICTURES,
        "lots": lots,
        "plantings": plantings,
        "others": [one for one in others.values() if one.id not in {each.id for each in kept}],
        "inputs_kept": kept if own_grower() is None else (),
        "plots": farm.plots(instance, session.coop_id, own_grower()),
        "substances": substance_names(current_language()),
        "laboratories": [(one.id, one.text("name")) for one in laboratories],
        "elements": elements("inspection"),
        "rows": row_count(typed),
    }
