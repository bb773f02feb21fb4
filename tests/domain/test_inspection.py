"""Who vouches for an inspection, and what a laboratory's report needs."""

from datetime import date
from typing import Any

import pytest

from trace.domain.inspection import VOUCHERS, inspection_problems, vouched_by
from trace.domain.key_data import INSPECTION_KINDS

REPORT = {"inspection_kind": "laboratory_report", "laboratory": "L", "report_number": "SY-1"}


def test_a_laboratory_report_needs_its_file() -> None:
    assert [problem.field for problem in inspection_problems(REPORT, has_file=False)] == ["report"]
    assert inspection_problems(REPORT, has_file=True) == []


@pytest.mark.parametrize("kind", ["rapid_test", "field_inspection", None])
def test_other_inspections_need_no_file(kind: str | None) -> None:
    assert inspection_problems({"inspection_kind": kind}, has_file=False) == []


@pytest.mark.parametrize("kind", INSPECTION_KINDS)
def test_growers_and_offices_vouch_for_what_they_record(kind: str) -> None:
    what = REPORT | {"inspection_kind": kind}
    assert vouched_by(what, "grower") == "grower"
    assert vouched_by(what, "inspector") == "office"


@pytest.mark.parametrize("role", ["tester", "manager"])
@pytest.mark.parametrize(
    ("what", "voucher"),
    [
        (REPORT, "laboratory"),
        (REPORT | {"report_number": ""}, "coop"),
        (REPORT | {"laboratory": None}, "coop"),
        (REPORT | {"inspection_kind": "rapid_test"}, "coop"),
    ],
)
def test_a_laboratory_vouches_only_by_name_and_number(
    role: str, what: dict[str, Any], voucher: str
) -> None:
    assert vouched_by(what, role) == voucher
    assert voucher in VOUCHERS


def test_a_value_above_its_limit_has_not_passed() -> None:
    rows = [{"analyte": "毒死蜱", "result": "0.8", "limit": "0.02"}]
    what = {"inspection_kind": "rapid_test", "passed": True, "results": rows}
    (problem,) = inspection_problems(what, has_file=False)
    assert problem.field == "results-0-result"
    assert problem.values["limit"] == "0.02"


@pytest.mark.parametrize(
    "row",
    [
        {"analyte": "嘧菌酯", "result": "0.5", "limit": "0.5"},
        {"analyte": "嘧菌酯", "result": "未检出", "limit": "0.5"},
        {"analyte": "嘧菌酯", "result": "0.8"},
    ],
)
def test_a_value_at_its_limit_or_in_words_may_pass(row: dict[str, str]) -> None:
    what = {"inspection_kind": "rapid_test", "passed": True, "results": [row]}
    assert inspection_problems(what, has_file=False) == []


def test_a_failed_inspection_may_be_above_its_limit() -> None:
    rows = [{"analyte": "毒死蜱", "result": "0.8", "limit": "0.02"}]
    what = {"inspection_kind": "rapid_test", "passed": False, "results": rows}
    assert inspection_problems(what, has_file=False) == []


@pytest.mark.parametrize("limit", ["50", ""])
def test_an_inhibition_that_reaches_its_limit_has_not_passed(limit: str) -> None:
    rows = [{"analyte": "酶抑制率", "result": "50", "unit": "%", "limit": limit}]
    what = {"inspection_kind": "rapid_test", "passed": True, "results": rows}
    (problem,) = inspection_problems(what, has_file=False)
    assert problem.field == "results-0-result"
    assert problem.values == {"value": "50", "limit": "50"}
    rows[0]["result"] = "49.9"
    assert inspection_problems(what, has_file=False) == []


def test_a_sample_is_not_taken_after_its_result() -> None:
    what = {"inspection_kind": "rapid_test", "sampled_on": "2026-11-24"}
    (problem,) = inspection_problems(what, has_file=False, on=date(2026, 11, 23))
    assert (problem.field, problem.values) == ("sampled_on", {"sampled": "2026-11-24"})
    assert inspection_problems(what, has_file=False, on=date(2026, 11, 24)) == []
