"""The days whose records an inspector may read, and whether his door is open today.

One span says both: he reads what happened from its first day to its last, and after its last day
reads nothing any more. An end left open is unlimited. Days are the co-op's own.
"""

from dataclasses import dataclass
from datetime import date

from .errors import N_, Problem

OPEN, NOT_YET, ENDED = "open", "not_yet", "ended"

NOT_A_DAY = N_("“%(given)s” is not a date.")
OVER_ALREADY = N_("This day is over: an inspector could read nothing at all.")
WRONG_ORDER = N_("The last day lies before the first.")


@dataclass(frozen=True)
class Span:
    """First and last day, both included; None where that end is open."""

    first: date | None = None
    last: date | None = None

    @property
    def is_limited(self) -> bool:
        """Whether either end is set."""
        return self.first is not None or self.last is not None

    def state(self, today: date) -> str:
        """Whether the door is open today, not yet, or no more.

        >>> Span(last=date(2026, 11, 30)).state(date(2026, 12, 1))
        'ended'
        """
        if self.last is not None and today > self.last:
            return ENDED
        if self.first is not None and today < self.first:
            return NOT_YET
        return OPEN

    def holds(self, day: date) -> bool:
        """Whether what happened on this day may be read."""
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)

    def within(self, days: tuple[date, date]) -> tuple[date, date]:
        """The days asked for that may be read; first after last where there is none.

        >>> Span(first=date(2026, 5, 1)).within((date(2026, 4, 1), date(2026, 6, 1)))
        (datetime.date(2026, 5, 1), datetime.date(2026, 6, 1))
        """
        return max(days[0], self.first or days[0]), min(days[1], self.last or days[1])


UNLIMITED = Span()


def read_span(first: str, last: str, today: date) -> tuple[Span, tuple[Problem, ...]]:
    """The span that was typed as two dates, empty for an open end, and every problem with it."""
    problems: list[Problem] = []
    days = dict[str, date | None]()
    labels = {"first_day": N_("From which day"), "last_day": N_("To which day")}
    for field, typed in (("first_day", first.strip()), ("last_day", last.strip())):
        days[field] = None
        if typed:
            try:
                days[field] = date.fromisoformat(typed)
            except ValueError:
                problems.append(Problem(field, NOT_A_DAY, {"given": typed[:40]}, labels[field]))
    span = Span(days["first_day"], days["last_day"])
    if span.last is not None and span.last < today:
        problems.append(Problem("last_day", OVER_ALREADY, {}, labels["last_day"]))
    elif span.first is not None and span.last is not None and span.last < span.first:
        problems.append(Problem("last_day", WRONG_ORDER, {}, labels["last_day"]))
    return span, tuple(problems)
