"""What may be corrected, what hangs on a record, and when a slip is taken back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from trace.domain.correcting import (
    ALREADY,
    FLAGGED,
    HANGS,
    MAY_NOT,
    NEVER_CORRECTED,
    NOT_OWN,
    OFFICE,
    OTHER_KIND,
    SLIP_WITHIN,
    TOO_LATE,
    USED_SINCE,
    Later,
    Wrong,
    hangs,
    may_correct,
    may_take_back,
)
from trace.domain.errors import Problem

NOON = datetime(2026, 11, 21, 4, tzinfo=UTC)
PICKING = Wrong("W1", "harvesting", "王长财", NOON)
PACKED = Later("L1", "packing", "input", "HG-1")


def said(problems: list[Problem]) -> list[str]:
    return [one.message for one in problems]


def test_a_record_nothing_hangs_on_may_be_struck_out() -> None:
    assert may_correct(PICKING, "", []) == []


def test_what_was_packed_was_picked() -> None:
    problems = may_correct(PICKING, "", [PACKED, replace(PACKED, name="HG-2")])
    assert [str(one.values["lot"]) for one in problems] == ["HG-1, HG-2"]
    assert may_correct(PICKING, "harvesting", [PACKED]) == []


def test_what_another_co_op_wrote_down_keeps_nobody_from_correcting_an_own_record() -> None:
    arrived = Later("L2", "receiving", "source", "HG-1", is_ours=False)
    shipped = replace(PICKING, event_type="shipping")
    assert may_correct(shipped, "", [arrived]) == []


@pytest.mark.parametrize("event_type", NEVER_CORRECTED)
def test_some_records_are_never_corrected(event_type: str) -> None:
    wrong = replace(PICKING, event_type=event_type)
    assert MAY_NOT in said(may_correct(wrong, event_type, []))


def test_everything_that_stands_against_a_correction_is_said_at_once() -> None:
    wrong = replace(PICKING, event_type="recall", is_struck=True, by_office=True)
    assert said(may_correct(wrong, "packing", [])) == [MAY_NOT, OFFICE, ALREADY, OTHER_KIND]
    assert said(may_correct(replace(PICKING, is_struck=True), "", [PACKED])) == [
        ALREADY,
        USED_SINCE,
    ]


@pytest.mark.parametrize(
    ("event_type", "role", "does"),
    [
        ("packing", "input", True),
        ("shipping", "removed", True),
        ("destroying", "removed", True),
        ("returning", "returned", True),
        ("labels_issued", "subject", True),
        ("spraying", "subject", True),
        ("storing", "subject", True),
        ("inspection", "subject", False),
        ("hold", "subject", False),
        ("recall", "subject", False),
    ],
)
def test_what_was_done_with_the_goods_hangs_and_what_is_said_of_them_falls_with_them(
    event_type: str, role: str, does: bool
) -> None:
    assert hangs(Later("L1", event_type, role, "HG-1")) is does


def test_ones_own_fresh_record_is_taken_back() -> None:
    assert may_take_back(PICKING, "王长财", NOON + SLIP_WITHIN, []) == []


def test_everything_that_stands_against_taking_back_is_said_at_once() -> None:
    wrong = replace(PICKING, breaches=("picked_too_early",))
    later = NOON + SLIP_WITHIN + timedelta(seconds=1)
    assert said(may_take_back(wrong, "李秀兰", later, [PACKED])) == [
        NOT_OWN,
        TOO_LATE,
        HANGS,
        FLAGGED,
    ]


def test_a_test_of_the_goods_stands_against_a_slip_too() -> None:
    tested = Later("L1", "inspection", "subject", "HG-1")
    assert said(may_take_back(PICKING, "王长财", NOON, [tested])) == [HANGS]


def test_what_put_something_on_hold_is_no_slip() -> None:
    failed = replace(PICKING, event_type="inspection", put_hold=True)
    assert said(may_take_back(failed, "王长财", NOON, [])) == [FLAGGED]


def test_a_recall_is_no_slip() -> None:
    assert MAY_NOT in said(may_take_back(replace(PICKING, event_type="recall"), "王长财", NOON, []))
