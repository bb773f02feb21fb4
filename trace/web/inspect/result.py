"""The part of a form that says what an inspection found: read into a report, problems placed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import request
from werkzeug.datastructures import MultiDict

from ...capture.events import Report
from ...domain.errors import N_, Problem
from ...domain.event_check import RESULT_FIELDS
from ...query.coop_records import RecordTold
from ..form_once import placed
from ..manage.routes import named_files, take_file, with_files

KINDS = ("field_inspection", "rapid_test")
MEASURES = ("", "-1", "-2")
"""The endings of the fields of each measured value."""


@dataclass(frozen=True)
class Result:
    """What was sent: the report, the hash of its file, and what is wrong with that file."""

    report: Report
    file_hash: str
    wrong_file: tuple[Problem, ...]
    places: Mapping[str, str]

    def problems(self, found: Iterable[Problem]) -> tuple[Problem, ...]:
        """A refusal's problems at the fields of the form."""
        return with_files(placed(found, self.places), "file", self.wrong_file)


def sent_result() -> Result:
    """The inspection that the form of this request describes."""
    form = request.form
    file_hash, wrong = take_file("file", N_("Photo or report"))
    file_hash = file_hash or form.get("file_kept", "")
    kind = form.get("inspection_kind", "")
    places = {"event_time": "when", "photos": "file"}
    results: list[dict[str, str]] = []
    for ending in MEASURES:
        row = {name: form.get(name + ending, "").strip() for name in RESULT_FIELDS}
        if any(row.values()):
            places |= {f"results-{len(results)}-{name}": name + ending for name in RESULT_FIELDS}
            results.append(row)
    report = Report(
        "inspection",
        {
            "inspection_kind": kind if kind in KINDS else "",
            "subjects": list(dict.fromkeys(filter(None, form.getlist("subjects")))),
            "plots": list(dict.fromkeys(filter(None, form.getlist("plots")))),
            "passed": form.get("passed", ""),
            "method": form.get("method", "").strip(),
            "results": results,
        },
        when=form.get("when", ""),
        note=form.get("note", ""),
        photos=named_files(file_hash, wrong),
    )
    return Result(report, file_hash, wrong, places)


def as_signed(told: RecordTold) -> dict[str, object]:
    """The form's values as an inspection was signed, to be corrected."""
    what, record = told.record.what, told.record
    values: dict[str, object] = {
        "inspection_kind": what.get("inspection_kind", ""),
        "passed": "yes" if what.get("passed") else "no",
        "when": record.on.isoformat(),
        "method": what.get("method", ""),
        "note": record.note,
        "subjects": [part.node_id for part in record.of_role("subject")],
        "plots": [str(one) for one in what.get("plots", [])],
    }
    for ending, row in zip(MEASURES, what.get("results", []), strict=False):
        values |= {name + ending: row.get(name, "") for name in RESULT_FIELDS}
    return values


def typed_again() -> MultiDict[str, str]:
    """The form as it was sent."""
    return MultiDict(request.form)
