"""When something happened, to the day or to the minute."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trace.domain.event_time import DAY, MINUTE, EventTime, at_minute, is_future, is_late, on_day

CHINA = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 9, 1, 30, 12, tzinfo=UTC)
"""9:30 in China."""

moments = st.datetimes(datetime(1992, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


def test_a_day_is_stored_as_noon() -> None:
    assert on_day(date(2026, 11, 8), CHINA, NOW).moment.isoformat() == "2026-11-08T12:00:00+08:00"


def test_today_before_noon_is_stored_as_the_time_of_recording() -> None:
    assert on_day(date(2026, 11, 9), CHINA, NOW).moment.isoformat() == "2026-11-09T09:30:12+08:00"


def test_today_after_noon_is_stored_as_noon() -> None:
    afternoon = NOW + timedelta(hours=6)
    assert on_day(date(2026, 11, 9), CHINA, afternoon).moment.hour == 12


@given(moments)
def test_today_is_never_in_the_future(now: datetime) -> None:
    today = on_day(now.astimezone(CHINA).date(), CHINA, now)
    assert today.moment <= now
    assert not is_future(today, now, CHINA)


@given(moments)
def test_tomorrow_is_always_in_the_future(now: datetime) -> None:
    tomorrow = now.astimezone(CHINA).date() + timedelta(days=1)
    assert is_future(on_day(tomorrow, CHINA, now), now, CHINA)


def test_a_minute_has_no_seconds() -> None:
    assert at_minute(NOW, CHINA) == EventTime(datetime(2026, 11, 9, 9, 30, tzinfo=CHINA), MINUTE)


def test_a_moment_without_offset_is_local() -> None:
    assert at_minute(datetime(2026, 11, 9, 9, 30), CHINA).moment.astimezone(UTC).hour == 1


def test_a_moment_of_another_place_is_told_in_local_time() -> None:
    tokyo = datetime(2026, 11, 9, 0, 30, tzinfo=timezone(timedelta(hours=9)))
    local = at_minute(tokyo, CHINA)
    assert local.date == date(2026, 11, 8)
    assert local.offset == "+08:00"


def test_a_minute_from_now_is_in_the_future() -> None:
    assert is_future(at_minute(NOW + timedelta(minutes=1), CHINA), NOW, CHINA)
    assert not is_future(at_minute(NOW, CHINA), NOW, CHINA)


@pytest.mark.parametrize(("hours", "late"), [(24, False), (24.01, True)])
def test_a_minute_is_late_after_a_day(hours: float, late: bool) -> None:
    event_time = EventTime(NOW, MINUTE)
    assert is_late(event_time, NOW + timedelta(hours=hours), CHINA) == late


@pytest.mark.parametrize(("hour", "late"), [(0, False), (1, True)])
def test_a_day_is_late_a_day_after_its_end(hour: int, late: bool) -> None:
    event_time = on_day(date(2026, 11, 8), CHINA, NOW)
    assert event_time.precision == DAY
    assert is_late(event_time, datetime(2026, 11, 10, hour, tzinfo=CHINA), CHINA) == late
