"""The season's calendar: days counted from the day of loading, every moment before the loading.

Day 0 is the local date of loading, day -1 the day before. What happens on day 0 happens before half
past eight. Who loads the example earlier than that finds it in the evening before instead.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

ZONE: Final = ZoneInfo("Asia/Shanghai")
EARLIEST_TODAY, LATEST_TODAY = time(5), time(8, 30)
INTO_THE_EVENING: Final = timedelta(hours=-10)
"""Five in the morning of day 0 becomes seven in the evening of day -1."""
LATEST_DAY_BEFORE: Final = time(18, 50)


@dataclass(frozen=True)
class Calendar:
    """The days of one loading."""

    loaded: datetime

    @property
    def today(self) -> date:
        """The local date of loading, day 0."""
        return self.loaded.astimezone(ZONE).date()

    def date_of(self, day: int) -> date:
        """The date of a day, counted from day 0."""
        return self.today + timedelta(days=day)

    def moment(self, day: int, clock: str) -> datetime:
        """The moment of a day at a local time such as 06:30, before the loading at any hour.

        Raises ValueError where the season's rules for its last two days are broken.
        """
        at = time.fromisoformat(clock)
        moment = datetime.combine(self.date_of(day), at, ZONE)
        if day > 0:
            raise ValueError(f"day {day} has not come yet")
        if day == -1 and at > LATEST_DAY_BEFORE:
            raise ValueError(f"{clock} on the day before is where the small hours' events go")
        if day < 0:
            return moment
        if not EARLIEST_TODAY <= at < LATEST_TODAY:
            raise ValueError(f"{clock} on the day itself is not before {LATEST_TODAY}")
        now = self.loaded.astimezone(ZONE)
        is_early = now.time() < LATEST_TODAY
        return moment + INTO_THE_EVENING if is_early else moment
