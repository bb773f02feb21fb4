"""Bursts: many records typed in at one sitting about different days."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from trace.domain.bursts import BURST_DAYS, BURST_RECORDS, BURST_WITHIN, Written, bursts

SUNDAY = datetime(2026, 11, 22, 12, tzinfo=UTC)


def sitting(
    *days: int, who: str = "王长财", apart: timedelta = timedelta(minutes=1)
) -> list[Written]:
    """Records written one after the other, each about a day of November."""
    return [
        Written(f"{who}-{number}", who, SUNDAY + number * apart, date(2026, 11, day))
        for number, day in enumerate(days)
    ]


def test_a_weeks_work_written_on_sunday_evening_is_a_burst() -> None:
    week = sitting(16, 17, 18, 19, 20)
    assert bursts(week) == {one.entry_id for one in week}


def test_four_records_are_no_burst() -> None:
    assert bursts(sitting(16, 17, 18, 22)) == frozenset()


def test_a_busy_morning_about_one_day_is_no_burst() -> None:
    assert bursts(sitting(*[22] * 12)) == frozenset()


def test_days_less_than_three_apart_are_no_burst() -> None:
    assert bursts(sitting(20, 20, 21, 22, 22)) == frozenset()
    assert bursts(sitting(19, 20, 21, 22, 22)) != frozenset()


def test_what_was_written_hours_apart_is_no_burst() -> None:
    assert bursts(sitting(16, 17, 18, 19, 20, apart=timedelta(hours=3))) == frozenset()


def test_two_people_at_once_are_not_one_sitting() -> None:
    both = sitting(16, 19, 22, who="王") + sitting(16, 19, 22, who="李")
    assert bursts(both) == frozenset()


def test_a_record_of_another_sitting_is_not_marked_with_the_burst() -> None:
    week = sitting(16, 17, 18, 19, 20)
    later = Written("later", "王长财", SUNDAY + timedelta(hours=2), date(2026, 11, 22))
    assert bursts([*week, later]) == {one.entry_id for one in week}


records = st.lists(
    st.builds(
        Written,
        st.uuids().map(str),
        st.sampled_from(["王", "李"]),
        st.integers(0, 60).map(lambda minutes: SUNDAY + timedelta(minutes=minutes)),
        st.integers(10, 22).map(lambda day: date(2026, 11, day)),
    ),
    max_size=25,
    unique_by=lambda one: one.entry_id,
)


@given(records)
def test_a_record_is_marked_where_any_ten_minutes_around_it_are_a_burst(
    written: list[Written],
) -> None:
    expected = set()
    for begin in written:
        window = [
            one
            for one in written
            if one.recorded_by == begin.recorded_by
            and timedelta(0) <= one.record_time - begin.record_time <= BURST_WITHIN
        ]
        days = [one.on for one in window]
        if len(window) >= BURST_RECORDS and (max(days) - min(days)).days >= BURST_DAYS:
            expected |= {one.entry_id for one in window}
    assert bursts(written) == expected
