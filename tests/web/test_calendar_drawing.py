"""The calendar's geometry: every day inside the picture, no picture upon another."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from trace.domain.pre_harvest_interval import Spraying, gate
from trace.query.farm import FieldPlanting
from trace.query.field_calendar import CalendarLine, Mark, closed_days
from trace.repository.declared import Declared
from trace.web.calendar_drawing import DAY, PICTURE, drawing, mondays
from trace.web.calendar_words import NEAR_AFTER, NEAR_BEFORE, near_days

MONDAY = date(2026, 10, 19)
DAYS = (MONDAY, MONDAY + timedelta(days=55))
TODAY = date(2026, 11, 23)
NOUN = Declared("plot", "P", "C", 1, "E", "2026-01-01T00:00:00.000Z", False, {"name": "17号大棚"})


def line(marks: list[Mark], sprayings: tuple[Spraying, ...] = ()) -> CalendarLine:
    planting = FieldPlanting(
        "N", NOUN, NOUN, "津优35", MONDAY, sprayings, gate(sprayings, TODAY), False, False, None,
        None, False,
    )  # fmt: skip
    return CalendarLine(planting, tuple(marks), closed_days(sprayings, DAYS))


def sprayed(day: date, interval: int | None) -> Spraying:
    return Spraying(day, interval, "嘧菌酯")


def test_sprayed_on_the_twelfth_with_three_days_it_is_closed_for_three_days() -> None:
    (bar,) = drawing(line([], (sprayed(date(2026, 11, 12), 3),)), DAYS, TODAY).bars
    assert (bar.x, bar.width, bar.is_unknown) == (24 * DAY, 3 * DAY, False)


def test_an_interval_of_no_days_closes_nothing() -> None:
    assert drawing(line([], (sprayed(date(2026, 11, 12), 0),)), DAYS, TODAY).bars == ()


def test_what_began_before_and_ends_after_is_cut_at_the_edges() -> None:
    (bar,) = drawing(line([], (sprayed(date(2026, 9, 1), 365),)), DAYS, TODAY).bars
    assert (bar.x, bar.width) == (0, 56 * DAY)


def test_an_unknown_interval_closes_to_the_end() -> None:
    (bar,) = drawing(line([], (sprayed(date(2026, 12, 13), None),)), DAYS, TODAY).bars
    assert (bar.x, bar.width, bar.is_unknown) == (55 * DAY, DAY, True)


def test_a_spraying_after_what_is_shown_draws_nothing() -> None:
    assert drawing(line([], (sprayed(date(2026, 12, 14), 9),)), DAYS, TODAY).bars == ()


def test_today_is_marked_where_it_is_shown() -> None:
    assert drawing(line([]), DAYS, TODAY).today == 35 * DAY + DAY // 2
    assert drawing(line([]), DAYS, date(2027, 1, 1)).today is None


def test_weeks_begin_on_monday() -> None:
    assert [day.weekday() for _, day in mondays(DAYS)] == [0] * 8


marks = st.lists(
    st.builds(
        Mark,
        st.integers(-5, 60).map(lambda at: MONDAY + timedelta(days=at)),
        st.sampled_from(["spraying", "harvesting", "planting"]),
        st.just("E"),
    ),
    max_size=20,
).map(lambda found: sorted(found, key=lambda one: one.on))


@given(marks)
def test_no_picture_lies_upon_another_or_outside(found: list[Mark]) -> None:
    drawn = drawing(line(found), DAYS, TODAY)
    places = [one.x for one in drawn.pictures]
    assert len(places) == sum(DAYS[0] <= one.on <= DAYS[1] for one in found)
    assert all(0 <= x <= drawn.width - PICTURE for x in places)
    assert all(after - before >= PICTURE - 4 for before, after in pairwise(places))


@given(st.integers(-400, 400))
def test_a_phone_shows_three_weeks_of_what_is_shown_around_today_where_it_can(away: int) -> None:
    today = MONDAY + timedelta(days=away)
    first, last = near_days(DAYS, today)
    assert (last - first).days == NEAR_BEFORE + NEAR_AFTER
    assert first >= DAYS[0]
    assert last <= DAYS[1]
    if DAYS[0] + timedelta(days=NEAR_BEFORE) <= today <= DAYS[1] - timedelta(days=NEAR_AFTER):
        assert first + timedelta(days=NEAR_BEFORE) == today
