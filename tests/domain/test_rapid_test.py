"""What a measured inhibition suggests, and what the tester says of it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trace.domain import rapid_test as rules
from trace.domain.rapid_test import Judged, Sample, judge

LIMIT = Decimal(50)


def row(inhibition: str = "", said: str = "") -> Judged:
    return judge(Sample("n0", "黄瓜 HG-1", inhibition, said), LIMIT)


@pytest.mark.parametrize(
    ("value", "said", "passed"),
    [("12.5", "yes", True), ("63", "no", False), ("50", "no", False), ("-3", "yes", True),
     ("", "yes", True), ("", "no", False)],
)  # fmt: skip
def test_what_value_and_tester_agree_on_is_taken(value: str, said: str, passed: bool) -> None:
    judged = row(value, said)
    assert judged.passed is passed
    assert judged.problems == judged.questions == ()


@pytest.mark.parametrize(("value", "passed"), [("49.9", True), ("50", False), ("63", False)])
def test_a_value_alone_suggests_its_result_and_asks(value: str, passed: bool) -> None:
    judged = row(value)
    assert judged.passed is passed
    assert [one.field for one in judged.questions] == ["passed-n0"]


def test_failing_what_is_below_the_limit_asks_and_stays_failed() -> None:
    judged = row("12", "no")
    assert judged.passed is False
    (question,) = judged.questions
    assert question.message == rules.FAILED_BELOW


@pytest.mark.parametrize("value", ["50", "63"])
def test_nobody_passes_what_reaches_the_limit(value: str) -> None:
    (problem,) = row(value, "yes").problems
    assert (problem.field, problem.message) == ("inhibition-n0", rules.PASSED_ABOVE)


@pytest.mark.parametrize("value", ["abc", "101", "-101", "5%%"])
def test_what_is_no_percentage_is_refused_beside_its_value(value: str) -> None:
    (problem,) = row(value, "yes").problems
    assert (problem.field, problem.message) == ("inhibition-n0", rules.NOT_A_PERCENTAGE)


def test_a_row_with_nothing_in_it_is_empty_and_with_neither_value_nor_result_is_unsaid() -> None:
    assert Sample("n0", "x", "  ").is_empty
    assert not Sample("n0", "x", "", "no").is_empty
    assert [one.field for one in row().problems] == ["passed-n0"]


def test_full_width_digits_are_digits() -> None:
    assert row("１２。５", "yes").inhibition == "12.5"


@pytest.mark.parametrize(("typed", "limit"), [("50", LIMIT), ("0", None), ("101", None),
                                              ("x", None), ("", None)])  # fmt: skip
def test_a_limit_lies_above_zero_and_up_to_a_hundred(typed: str, limit: Decimal | None) -> None:
    assert rules.read_limit(typed) == limit


def test_a_value_is_kept_as_a_row_of_the_inspection() -> None:
    assert rules.measured("12.5", LIMIT) == [
        {"analyte": "抑制率", "result": "12.5", "unit": "%", "limit": "50"}
    ]
    assert rules.measured("", LIMIT) == []


@given(
    st.decimals(-100, 100, places=1), st.sampled_from(["", "yes", "no"]),
    st.decimals(1, 100, places=0),
)  # fmt: skip
def test_what_is_neither_asked_nor_refused_agrees_with_the_limit(
    value: Decimal, said: str, limit: Decimal
) -> None:
    judged = judge(Sample("n0", "x", str(value), said), limit)
    if not judged.problems and not judged.questions:
        assert judged.passed == (value < limit) == (said == "yes")
