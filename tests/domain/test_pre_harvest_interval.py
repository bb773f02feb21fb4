"""From which day a planting may be picked."""

from datetime import date

import pytest

from trace.domain.pre_harvest_interval import Spraying, first_day, gate, is_just_planted

TWELFTH = date(2026, 11, 12)


@pytest.mark.parametrize(
    ("day", "was_picked", "just"),
    [(12, False, True), (25, False, True), (26, False, False), (13, True, False)],
)
def test_a_planting_is_just_planted_for_two_weeks_or_until_it_is_picked(
    day: int, was_picked: bool, just: bool
) -> None:
    assert is_just_planted(TWELFTH, date(2026, 11, day), was_picked) is just


def test_sprayed_on_the_twelfth_with_three_days_picking_is_allowed_from_the_fifteenth() -> None:
    assert first_day(TWELFTH, 3) == date(2026, 11, 15)


@pytest.mark.parametrize(("day", "is_open"), [(12, False), (14, False), (15, True), (16, True)])
def test_the_gate_opens_on_the_first_allowed_day(day: int, is_open: bool) -> None:
    assert gate([Spraying(TWELFTH, 3)], date(2026, 11, day)).is_open is is_open


def test_the_gate_says_how_many_days_are_left() -> None:
    closed = gate([Spraying(TWELFTH, 3)], date(2026, 11, 13))
    assert (closed.first_day, closed.days_until) == (date(2026, 11, 15), 2)


def test_of_several_sprayings_the_one_that_keeps_it_shut_longest_counts() -> None:
    long, short = Spraying(date(2026, 11, 5), 14, "A"), Spraying(TWELFTH, 3, "B")
    assert gate([short, long], TWELFTH).closed_by is long


def test_an_interval_of_no_days_leaves_the_gate_open() -> None:
    closed = gate([Spraying(TWELFTH, 0)], TWELFTH)
    assert closed.is_open
    assert closed.days_until == 0


def test_a_spraying_after_the_day_does_not_count() -> None:
    assert gate([Spraying(TWELFTH, 3)], date(2026, 11, 11)).is_open


def test_an_unknown_interval_keeps_the_gate_shut_without_a_day() -> None:
    unknown = Spraying(TWELFTH, None, "药")
    closed = gate([unknown], date(2027, 3, 1))
    assert not closed.is_open
    assert closed.unknown is unknown
    assert closed.first_day is None


def test_nothing_sprayed_leaves_the_gate_open() -> None:
    assert gate([], TWELFTH).is_open


def test_a_pesticide_has_its_english_name_where_there_is_one() -> None:
    both, one = Spraying(TWELFTH, 3, "嘧菌酯", "azoxystrobin"), Spraying(TWELFTH, 3, "土药")
    assert (both.name("en"), both.name("zh"), one.name("en")) == ("azoxystrobin", "嘧菌酯", "土药")
