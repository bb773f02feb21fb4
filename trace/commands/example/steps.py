"""What a season is made of: steps in words, each with its day, its hour and who does it.

A text `@name` in a step stands for what an earlier step or the cast called so, `#name` for the lot
number of a lot made earlier, `~name` for the record itself where it also made something.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

EVENING: Final = "18:20"
"""When what is known to the day alone is written down."""


@dataclass(frozen=True)
class Report:
    """Somebody reports an event.

    `at` is the local time it happened, empty where only the day is known; it is written down the
    same day at `recorded_at`, or on `recorded_day`. `photos` name drawn scenes, `paper` a paper.
    """

    day: int
    who: str
    event_type: str
    sent: Mapping[str, Any]
    called: str = ""
    at: str = ""
    recorded_at: str = ""
    recorded_day: int | None = None
    done_by: str = ""
    note: str = ""
    photos: tuple[str, ...] = ()
    paper: str = ""

    @property
    def written(self) -> tuple[int, str]:
        """Day and local time of the record."""
        day = self.day if self.recorded_day is None else self.recorded_day
        return day, self.recorded_at or (_soon_after(self.at) if self.at else EVENING)


@dataclass(frozen=True)
class Together:
    """Reports of one form, such as a morning's samples, written down when the first of them is."""

    reports: tuple[Report, ...]

    @property
    def who(self) -> str:
        """Who fills in the form."""
        return self.reports[0].who

    @property
    def written(self) -> tuple[int, str]:
        """Day and local time of the record."""
        return self.reports[0].written


@dataclass(frozen=True)
class Labels:
    """Somebody prints labels for a lot."""

    day: int
    at: str
    who: str
    lot: str
    quantity: int
    stock: str = "a4-24"

    @property
    def written(self) -> tuple[int, str]:
        """Day and local time of the record."""
        return self.day, self.at


@dataclass(frozen=True)
class Correction:
    """The manager declares a record wrong and puts another in its place."""

    day: int
    at: str
    who: str
    wrong: str
    note: str
    replacement: Report

    @property
    def written(self) -> tuple[int, str]:
        """Day and local time of the record."""
        return self.day, self.at


@dataclass(frozen=True)
class Recall:
    """The manager recalls everything made from a cause."""

    day: int
    at: str
    who: str
    cause: str
    reason: str
    advice: str
    note: str = ""
    reason_en: str = ""
    advice_en: str = ""
    called: str = ""

    @property
    def written(self) -> tuple[int, str]:
        """Day and local time of the record."""
        return self.day, self.at


@dataclass(frozen=True)
class TakingBack:
    """Somebody takes a record of their own back as a slip, moments after writing it."""

    day: int
    at: str
    who: str
    wrong: str
    note: str = ""

    @property
    def written(self) -> tuple[int, str]:
        """Day and local time of the record."""
        return self.day, self.at


@dataclass(frozen=True)
class Naming:
    """The manager says which listed input it was that somebody used."""

    day: int
    at: str
    who: str
    record: str
    input: str
    note: str

    @property
    def written(self) -> tuple[int, str]:
        """Day and local time of the record."""
        return self.day, self.at


@dataclass(frozen=True)
class Lifting:
    """The manager lifts a hold that stood on suspicion."""

    day: int
    at: str
    who: str
    hold: str
    reason: str

    @property
    def written(self) -> tuple[int, str]:
        """Day and local time of the record."""
        return self.day, self.at


@dataclass(frozen=True)
class Answer:
    """A customer answers a recall, by telephone where nothing else is said.

    `amounts` maps taken_off, still_there and sold to what was said, in `unit`.
    """

    day: int
    at: str
    who: str
    recall: str
    customer: str
    answered_by: str
    amounts: Mapping[str, str]
    unit: str
    means: str = "telephone"
    note: str = ""

    @property
    def written(self) -> tuple[int, str]:
        """Day and local time of the record."""
        return self.day, self.at


@dataclass(frozen=True)
class Closing:
    """The manager closes a recall with what came of it."""

    day: int
    at: str
    who: str
    recall: str
    reason: str

    @property
    def written(self) -> tuple[int, str]:
        """Day and local time of the record."""
        return self.day, self.at


@dataclass(frozen=True)
class Drill:
    """The manager tries a recall of a lot against the watch; the record stays as it is."""

    day: int
    at: str
    who: str
    lot: str

    @property
    def written(self) -> tuple[int, str]:
        """Day and local time of the start."""
        return self.day, self.at


@dataclass(frozen=True)
class Called:
    """Somebody tried to reach a customer about a recall."""

    day: int
    at: str
    who: str
    recall: str
    customer: str
    outcome: str

    @property
    def written(self) -> tuple[int, str]:
        """Day and local time of the record."""
        return self.day, self.at


@dataclass(frozen=True)
class PagesRead:
    """An inspector opens pages of the co-op: each as the log calls it, and what it shows."""

    day: int
    at: str
    who: str
    pages: tuple[tuple[str, str], ...]

    @property
    def written(self) -> tuple[int, str]:
        """Day and local time of the first page."""
        return self.day, self.at


Step = (
    Report
    | Together
    | Labels
    | Correction
    | TakingBack
    | Naming
    | Lifting
    | Recall
    | Answer
    | Closing
    | Called
    | Drill
    | PagesRead
)


def _soon_after(at: str) -> str:
    """A quarter of an hour later, on the same day."""
    hours, minutes = (int(part) for part in at.split(":"))
    minutes += 15
    return f"{hours + minutes // 60:02}:{minutes % 60:02}"


def of(amount: str, unit: str) -> dict[str, str]:
    """An amount in a unit, as a form sends it."""
    return {"quantity": amount, "unit": unit}


def some(name: str, amount: str, unit: str) -> dict[str, str]:
    """So much of what is called so."""
    return {"node": f"@{name}"} | of(amount, unit)


def rapid_test(subjects: tuple[str, ...], inhibition: str, passed: bool = True) -> dict[str, Any]:
    """The testing room's enzyme inhibition test; less than half is a pass (GB/T 5009.199)."""
    return {
        "inspection_kind": "rapid_test",
        "subjects": [f"@{name}" for name in subjects],
        "passed": "yes" if passed else "no",
        "method": "酶抑制率法",
        "results": [{"analyte": "抑制率", "result": inhibition, "unit": "%", "limit": "50"}],
    }
