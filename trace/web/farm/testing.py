"""The tester's morning: one page, a row for each sample, one submit, all recorded or none."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import uuid4

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from ...capture.events import UNKNOWN_FILE, Report
from ...capture.together import record_together
from ...domain import rapid_test
from ...domain.errors import N_, ClockRanBack, Problem, Refused
from ...domain.event_check import NAMED_TWICE, UNKNOWN
from ...domain.events import Photo
from ...domain.holds import FAILED_INSPECTION, HOLD_RULES
from ...domain.substances import ENZYME_METHOD, INHIBITION_LIMIT
from ...query.goods_to_test import recent_lots
from ...query.lot_proofs import lot_proofs
from ...query.node_page import node_page
from ...query.samples import Sample, samples_named, samples_of, tested_together
from ..access import actor, deed, house, signed_in
from ..asked_once import asked, is_answered
from ..language import current_language
from ..record_words import basis_words, hold_words
from .posting import CLOCK_WRONG, Files, new_form, take_files
from .routes import blueprint, last_days, own_grower, page, today
from .work import people_to_choose, plantings_to_choose

TYPED_ROWS, MORE_ROWS, MOST_ROWS = 2, 4, 60
SEVERAL = N_("%(given)s may be several things: write the lot number, or the code on its label.")
NOTHING = N_("Nothing is filled in yet: write the value beside a sample, or choose its result.")
NO_LIMIT = N_("“%(given)s” is no limit: a number above 0, up to 100.")
NO_SAMPLE = N_("Which sample is it? Write its lot number, its code or its plot.")
SAMPLE, LIMIT = N_("Sample"), N_("Limit")

_SUBMISSION = re.compile(r"[0-9A-Za-z-]{8,64}")
_NOT_ARRIVED = Photo("a photo that did not arrive")

Typed = MultiDict[str, str]


@dataclass(frozen=True)
class Row:
    """One row of the grid: what it is a sample of, where that is known; `key` names its fields."""

    key: str
    sample: Sample | None
    is_several: bool = False


@blueprint.get("/farm/tests")
@deed("record_rapid_test")
def tests() -> ResponseReturnValue:
    """The grid; what waits for its test is filled in, `?subject=` and `?planting=` add to it."""
    waiting = [one.id for one in _waiting()]
    asked_for = [*request.args.getlist("subject"), *request.args.getlist("planting")]
    typed = new_form(when=today().isoformat(), limit=INHIBITION_LIMIT, method=ENZYME_METHOD)
    typed.setlist("row", list(dict.fromkeys([*asked_for, *waiting])))
    return _grid(typed, Files([], [], []))


@blueprint.post("/farm/tests")
@deed("record_rapid_test")
def save_tests() -> ResponseReturnValue:
    """Record every row that is filled in, or show the grid again with every problem."""
    typed: Typed = MultiDict(request.form)
    if not _SUBMISSION.fullmatch(typed.get("submission_id", "")):
        typed["submission_id"] = str(uuid4())
    files = take_files()
    if "more" in typed:
        return _grid(typed, files)
    morning = _read(typed)
    problems = [*files.problems, *morning.problems]
    if not problems and not is_answered(morning.questions):
        for key, passed in morning.suggested.items():
            typed[f"passed-{key}"] = "yes" if passed else "no"
        return _grid(typed, files, morning.questions, asks=asked(morning.questions)), 422
    if not morning.rows:
        return _grid(typed, files, problems), files.status
    try:
        receipt = record_together(
            house().recorder,
            actor(),
            [_report(typed, files, one, bool(problems)) for one in morning.rows],
            typed["submission_id"],
        )
    except Refused as refused:
        problems += _placed(refused.problems, morning.rows, bool(problems))
    except ClockRanBack:
        files.status = 503
        problems.append(Problem("", CLOCK_WRONG))
    else:
        if receipt.in_inbox:
            return page("waiting", event_type="inspection"), 202
        if receipt.entry_ids:
            return redirect(url_for("farm.tested", entry_id=receipt.entry_ids[0]), 303)
    return _grid(typed, files, problems), files.status


@blueprint.get("/farm/tests/<entry_id>")
@deed("record_rapid_test")
def tested(entry_id: str) -> ResponseReturnValue:
    """The morning as it was recorded: what passed, and what is on hold and how that ends."""
    records = tested_together(house().instance, signed_in().coop_id, entry_id)
    if not records:
        abort(404)
    return page(
        "tested",
        records=records,
        failed=[one for one in records if not one.what["passed"]],
        ends=HOLD_RULES[FAILED_INSPECTION].ends,
    )


@blueprint.get("/farm/lots/<lot_id>")
@deed("record_laboratory_report")
def lot_tests(lot_id: str) -> ResponseReturnValue:
    """One lot as the tester sees it: what was sprayed, what measured it, what is still missing."""
    instance, coop_id = house().instance, signed_in().coop_id
    node, proofs = node_page(instance, coop_id, lot_id), lot_proofs(instance, coop_id, lot_id)
    if node is None or proofs is None:
        abort(404)
    shown = {"node": node, "proofs": proofs}
    return page("lot_tests", hold_words=hold_words, basis_words=basis_words, **shown)


@dataclass(frozen=True)
class _Filled:
    """A row that says something: its sample and what it comes to."""

    key: str
    sample: Sample
    tested: rapid_test.Judged
    results: list[dict[str, str]]


@dataclass(frozen=True)
class _Morning:
    rows: Sequence[_Filled]
    problems: Sequence[Problem]
    questions: Sequence[Problem]
    suggested: dict[str, bool]


def _read(typed: Typed) -> _Morning:
    """Every row that is filled in, against the limit; what is wrong stands at its own cell."""
    filled, problems, seen = list[_Filled](), list[Problem](), set[str]()
    limit = rapid_test.read_limit(typed.get("limit", ""))
    if limit is None:
        said_limit = {"given": typed.get("limit", "")[:20]}
        problems.append(Problem("limit", NO_LIMIT, said_limit, LIMIT))
    is_empty = True
    for row in _rows(typed):
        name = row.sample.name(current_language()) if row.sample else ""
        value, said = typed.get(f"inhibition-{row.key}", ""), typed.get(f"passed-{row.key}", "")
        one = rapid_test.Sample(row.key, name, value, said if said in ("yes", "no") else "")
        given = typed.get(f"sample-{row.key}", "").strip()
        if one.is_empty and (row.sample or not given):
            continue
        is_empty = False
        judged = rapid_test.judge(one, limit or Decimal(INHIBITION_LIMIT))
        problems += judged.problems
        if row.sample is None:
            problems.append(_unknown(row, given))
        elif row.sample.id in seen:
            problems.append(Problem(f"sample-{row.key}", NAMED_TWICE, {"given": name}, SAMPLE))
        else:
            seen.add(row.sample.id)
            results = rapid_test.measured(judged.inhibition, limit) if limit else []
            filled.append(_Filled(row.key, row.sample, judged, results))
    if is_empty:
        problems.append(Problem("samples", NOTHING, {}, SAMPLE))
    questions = [question for one in filled for question in one.tested.questions]
    suggested = {
        one.key: one.tested.passed
        for one in filled
        if one.tested.questions and one.tested.passed is not None
    }
    return _Morning(filled, problems, questions, suggested)


def _unknown(row: Row, given: str) -> Problem:
    if not given:
        return Problem(f"sample-{row.key}", NO_SAMPLE, {}, SAMPLE)
    message = SEVERAL if row.is_several else UNKNOWN
    return Problem(f"sample-{row.key}", message, {"given": given[:40]}, SAMPLE)


def _report(typed: Typed, files: Files, one: _Filled, is_refused: bool) -> Report:
    """The report of one row; with a photo that never arrived where it is to be refused anyway."""
    what = {
        "inspection_kind": "rapid_test",
        "subjects": [one.sample.id],
        "passed": "yes" if one.tested.passed else "no",
        "method": typed.get("method", ""),
        "results": one.results,
    }
    day = typed.get("when_other", "").strip() or typed.get("when", "")
    clock = typed.get("clock", "").strip()
    return Report(
        "inspection",
        what,
        f"{day}T{clock}" if clock else day,
        "" if own_grower() is not None else typed.get("performed_by", ""),
        typed.get("note", ""),
        (*files.named(), _NOT_ARRIVED) if is_refused else files.named(),
    )


_CELLS = {"results": "inhibition", "passed": "passed", "subjects": "sample"}


def _placed(problems: Sequence[Problem], rows: Sequence[_Filled], is_known: bool) -> list[Problem]:
    """What recording refused, at the cells of the grid."""
    found = list[Problem]()
    for one in problems:
        if is_known and one.message == UNKNOWN_FILE:
            continue
        number, dot, name = one.field.partition(".")
        if dot:
            cell = _CELLS.get(name.split("-")[0], "sample")
            one = replace(one, field=f"{cell}-{rows[int(number)].key}")
        found.append(one)
    return found


def _waiting() -> list[Any]:
    session = signed_in()
    found = recent_lots(house().instance, session.coop_id, own_grower(), today())
    return [one for one in found if not one.is_tested]


def _row_count(typed: Typed) -> int:
    shown = typed.get("rows", "")
    rows = int(shown) if shown.isascii() and shown.isdigit() and len(shown) < 4 else TYPED_ROWS
    return min(max(TYPED_ROWS, rows) + (MORE_ROWS if "more" in typed else 0), MOST_ROWS)


def _rows(typed: Typed) -> list[Row]:
    """Rows of samples that the page named, then those whose sample is typed."""
    ids = list(dict.fromkeys(typed.getlist("row")))
    known = samples_of(house().instance, signed_in().coop_id, ids)
    rows = [Row(one, known[one]) for one in ids if one in known]
    plantings = plantings_to_choose([]) if any(one.startswith("sample-") for one in typed) else ()
    for number in range(_row_count(typed)):
        given = typed.get(f"sample-n{number}", "").strip()
        found = samples_named(house().instance, signed_in().coop_id, given, plantings)
        is_one = len(found) == 1
        rows.append(Row(f"n{number}", found[0] if is_one else None, len(found) > 1))
    return rows


def _grid(typed: Typed, files: Files, problems: Sequence[Problem] = (), asks: str = "") -> str:
    """The grid with everything that was typed; `asks` where the problems are questions."""
    rows = _rows(typed)
    return page(
        "tests",
        typed=typed,
        files=files,
        problems=problems,
        asks=asks,
        rows=[row for row in rows if not row.key.startswith("n")],
        typed_rows=[row for row in rows if row.key.startswith("n")],
        days=last_days(),
        people=people_to_choose(),
        plantings=plantings_to_choose([]),
        event_type="inspection",
    )
