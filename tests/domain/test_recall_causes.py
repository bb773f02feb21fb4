"""What a recall begins at, and what each kind of cause must say."""

import pytest

from trace.domain.errors import Problem
from trace.domain.recall_causes import (
    ABOUT_NOTHING,
    CAUSE_KINDS,
    NOT_FAILED,
    NOTHING_PICKED,
    WRONG_WAY,
    AskedCause,
    asked_problems,
    cause_problems,
)

DAYS = AskedCause("plot_days", plots=("P",), from_day="2026-11-01", until_day="2026-11-03")


def fields(problems: list[Problem]) -> list[str]:
    return [one.field for one in problems]


def test_a_plot_needs_plots_and_both_days_and_says_so_all_at_once() -> None:
    assert fields(asked_problems(AskedCause("plot_days"))) == ["plots", "from_day", "until_day"]


def test_days_the_wrong_way_round_are_named() -> None:
    (problem,) = asked_problems(
        AskedCause("plot_days", plots=("P",), from_day="2026-11-03", until_day="2026-11-01")
    )
    assert problem.message == WRONG_WAY


def test_one_day_is_a_span() -> None:
    assert asked_problems(AskedCause("plot_days", (), ("P",), "2026-11-01", "2026-11-01")) == []


def test_nothing_picked_is_said_where_the_plots_are_chosen() -> None:
    (problem,) = cause_problems(DAYS, {}, [Problem("causes", "missing")])
    assert (problem.field, problem.message) == ("plots", NOTHING_PICKED)


def test_an_unknown_plot_is_not_also_told_that_nothing_was_picked() -> None:
    read = [Problem("causes", "missing"), Problem("plots", "unknown")]
    assert cause_problems(DAYS, {}, read) == [read[1]]


def test_an_inspection_that_was_passed_is_told_so() -> None:
    asked = AskedCause("inspection", inspection="E")
    (problem,) = cause_problems(asked, {}, [Problem("inspection", "unknown")])
    assert problem.message == NOT_FAILED


def test_an_inspection_about_nothing_of_ours_is_told_so() -> None:
    (problem,) = cause_problems(AskedCause("inspection", inspection="E"), {}, [])
    assert problem.message == ABOUT_NOTHING


def test_a_planting_chosen_as_a_lot_is_refused() -> None:
    asked = AskedCause("lot", ("A", "B"))
    assert fields(cause_problems(asked, {"A": "lot", "B": "planting"}, [])) == ["causes-1"]


def test_without_a_kind_nodes_of_several_kinds_are_taken() -> None:
    asked = AskedCause(causes=("A", "B"))
    assert cause_problems(asked, {"A": "lot", "B": "planting"}, []) == []


@pytest.mark.parametrize("kind", CAUSE_KINDS)
def test_the_entry_keeps_only_what_belongs_to_its_kind(kind: str) -> None:
    asked = AskedCause(kind, ("N",), ("P",), "2026-11-01", "2026-11-02", "E")
    more = {
        "plot_days": {"plots", "from_day", "until_day"},
        "inspection": {"inspection"},
    }.get(kind, set())
    assert set(asked.stated) == {"cause_kind"} | more
