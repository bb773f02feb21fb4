"""Inspections: the co-op's rapid test, a laboratory's report, a look at the field."""

from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from ...domain.event_check import RESULT_FIELDS
from ...domain.key_data import elements
from ...domain.roles import INSPECTION_DEED, may
from ...query import farm
from ...query.goods_to_test import recent_lots
from ..access import deed, house, signed_in
from .posting import Files, Sent, new_form, save
from .routes import blueprint, last_days, own_grower, page, today
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
    subjects = [one.id for one in (*shown["lots"], *shown["plantings"])]
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
    what["subjects"] = typed.getlist("subjects")
    what["results"] = [
        {name: typed.get(f"results-{number}-{name}", "") for name in RESULT_FIELDS}
        for number in range(row_count(typed))
    ]
    return Sent(what)


def show_inspection(typed: MultiDict[str, str]) -> dict[str, Any]:
    """What the inspection form shows beside what was typed."""
    session, instance = signed_in(), house().instance
    asked = [*typed.getlist("subjects"), *request.args.getlist("planting")]
    laboratories = farm.parties(instance, session.coop_id, "laboratory")
    return {
        "event_type": "inspection",
        "days": last_days(),
        "people": people_to_choose(),
        "kinds": [kind for kind, needed in INSPECTION_DEED.items() if may(session.role, needed)],
        "pictures": _PICTURES,
        "lots": recent_lots(instance, session.coop_id, own_grower(), today()),
        "plantings": plantings_to_choose(asked),
        "laboratories": [(one.id, one.text("name")) for one in laboratories],
        "elements": elements("inspection"),
        "rows": row_count(typed),
    }
