"""The days an inspector is limited to: the first and the last count, an open end is unlimited."""

from datetime import date

import pytest

from trace.domain.reading_span import ENDED, NOT_YET, OPEN, UNLIMITED, Span, read_span

FIRST, LAST = date(2026, 5, 1), date(2026, 11, 30)
SPAN = Span(FIRST, LAST)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 4, 30), NOT_YET),
        (FIRST, OPEN),
        (LAST, OPEN),
        (date(2026, 12, 1), ENDED),
    ],
)
def test_the_door_is_open_from_the_first_day_to_the_last(today: date, state: str) -> None:
    assert SPAN.state(today) == state


def test_without_limits_every_day_may_be_read() -> None:
    assert not UNLIMITED.is_limited
    assert UNLIMITED.state(date.max) == OPEN
    assert UNLIMITED.holds(date.min)
    assert UNLIMITED.within((FIRST, LAST)) == (FIRST, LAST)


def test_one_end_may_stay_open() -> None:
    assert Span(last=LAST).holds(date.min)
    assert not Span(last=LAST).holds(date(2026, 12, 1))
    assert Span(first=FIRST).holds(date.max)
    assert not Span(first=FIRST).holds(date(2026, 4, 30))


def test_days_asked_for_are_cut_to_the_span() -> None:
    assert SPAN.within((date(2026, 1, 1), date(2027, 1, 1))) == (FIRST, LAST)
    assert SPAN.within((date(2026, 6, 1), date(2026, 6, 2))) == (date(2026, 6, 1), date(2026, 6, 2))


def test_days_wholly_outside_come_out_in_the_wrong_order() -> None:
    first, last = SPAN.within((date(2027, 1, 1), date(2027, 2, 1)))
    assert first > last


def test_typed_days_are_read_and_empty_ends_stay_open() -> None:
    today = date(2026, 6, 1)
    assert read_span("2026-05-01", "2026-11-30", today) == (SPAN, ())
    assert read_span("", " ", today) == (UNLIMITED, ())


@pytest.mark.parametrize(
    ("first", "last", "fields"),
    [
        ("tomorrow", "next week", ["first_day", "last_day"]),
        ("", "2026-05-31", ["last_day"]),
        ("2026-08-01", "2026-07-01", ["last_day"]),
        ("x", "2026-05-31", ["first_day", "last_day"]),
    ],
)
def test_every_problem_with_typed_days_is_named(first: str, last: str, fields: list[str]) -> None:
    _, problems = read_span(first, last, date(2026, 6, 1))
    assert [one.field for one in problems] == fields


def test_a_span_that_ends_today_still_lets_in() -> None:
    assert read_span("", "2026-06-01", date(2026, 6, 1))[1] == ()
