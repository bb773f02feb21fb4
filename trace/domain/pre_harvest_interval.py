"""The spray-to-harvest gate: from which day a planting may be picked.

The first allowed day is the local date of the spraying plus the interval in days: sprayed on the
12th with 3 days, from the 15th (安全间隔期, 农药管理条例 Art. 34). No other date is asked for:
this tells, and what happened all the same is recorded as it happened.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

JUST_PLANTED_DAYS = 14
"""How many days a planting counts as just planted.

Next to nothing sown or set out is ready within two weeks: radishes take three, chives and sprouts
that are sooner show it by their first picking, which ends this. It only tells; it refuses nothing.
"""


def is_just_planted(planted_on: date, day: date, was_picked: bool) -> bool:
    """Whether on that day there can hardly be anything to pick yet.

    >>> is_just_planted(date(2026, 11, 20), date(2026, 11, 23), False)
    True
    """
    return not was_picked and (day - planted_on).days < JUST_PLANTED_DAYS


@dataclass(frozen=True)
class Spraying:
    """One spraying of a planting: its local date and the interval in days, None where unknown."""

    on: date
    interval_days: int | None
    input_name: str = ""
    input_name_en: str = ""

    def name(self, language: str) -> str:
        """What was sprayed, in English where there is an English name and English is asked for."""
        return (self.input_name_en if language == "en" else "") or self.input_name

    @property
    def first_day(self) -> date | None:
        """The first day on which picking is allowed again, None where nobody knows the interval."""
        return None if self.interval_days is None else first_day(self.on, self.interval_days)


@dataclass(frozen=True)
class Gate:
    """What the sprayings of a planting say of picking it on the day that was asked about.

    `closed_by` is the spraying that keeps it shut longest; `unknown` the latest whose interval
    nobody knows.
    """

    day: date
    closed_by: Spraying | None = None
    unknown: Spraying | None = None

    @property
    def first_day(self) -> date | None:
        """From when picking is allowed; None where nothing known stands against it."""
        return self.closed_by.first_day if self.closed_by else None

    @property
    def days_until(self) -> int:
        """How many days until then; 0 where picking is allowed."""
        return (self.first_day - self.day).days if self.first_day else 0

    @property
    def is_open(self) -> bool:
        """Whether it may be picked on that day."""
        return self.closed_by is None and self.unknown is None


def first_day(sprayed_on: date, interval_days: int) -> date:
    """The first allowed picking date.

    >>> first_day(date(2026, 11, 12), 3)
    datetime.date(2026, 11, 15)
    """
    return sprayed_on + timedelta(days=interval_days)


def too_early(sprayings: Iterable[Spraying], picked_on: date) -> list[Spraying]:
    """The sprayings whose waiting time was not over on the day of picking.

    >>> [one.first_day for one in too_early([Spraying(date(2026, 11, 12), 3)], date(2026, 11, 14))]
    [datetime.date(2026, 11, 15)]
    >>> too_early([Spraying(date(2026, 11, 12), 3)], date(2026, 11, 15))
    []
    """
    before = [one for one in sprayings if one.on <= picked_on]
    return [one for one in before if one.first_day and picked_on < one.first_day]


def gate(sprayings: Iterable[Spraying], day: date) -> Gate:
    """The gate on one day; sprayings after that day do not count."""
    before = [one for one in sprayings if one.on <= day]
    closing = too_early(before, day)
    unknown = [one for one in before if one.interval_days is None]
    return Gate(
        day,
        max(closing, key=lambda one: (one.first_day or day, one.on), default=None),
        max(unknown, key=lambda one: one.on, default=None),
    )
