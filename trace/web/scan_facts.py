"""The facts on the tag: picking, pesticides, test and standard, each with who vouches for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from ..domain.inspection import LABORATORY, OFFICE
from ..query.public_facts import Test, interval_days
from ..query.public_record import Record
from . import display
from .language import current_language
from .scan_words import NOT_DETECTED, result_parts
from .words import _, ngettext


@dataclass(frozen=True)
class Fact:
    """One line of the tag: what, who vouches, and its parts, broken over lines between them only.

    `tone` is `no` where it should alarm, `wait` where something is missing.
    """

    icon: str
    label: str
    parts: tuple[str, ...]
    who: str | None = None
    who_words: str | None = None
    tone: str = ""

    @property
    def words(self) -> str:
        """All parts in one line."""
        text = self.parts[0]
        for part in self.parts[1:]:
            text += {"（": part, "(": f" {part}"}.get(part[0], f" · {part}")
        return text


def facts_of(record: Record, today: date) -> list[Fact]:
    """The four facts of the tag; a package has those of what is in it."""
    if record.kind == "package":
        return []
    grown_here = None if record.is_bought_in else "grower"
    return [
        _picked(record, today, grown_here),
        _sprayed(record, grown_here),
        _tested(record),
        _standard(record),
    ]


def _short_day(day: date) -> str:
    """A date with its year, short enough for one line of a telephone."""
    if current_language() == "zh":
        return display.day(day, "zh", year=True)
    number, month, year = display.day(day, "en", year=True).split()
    return f"{number} {month[:3]} {year}"


def _picked(record: Record, today: date, who: str | None) -> Fact:
    grown, language = record.growing, current_language()
    label = _("Picking date") if grown.is_harvested else _("Taken from the nursery")
    if grown.picked_from is None:
        return Fact("day", _("Picking date"), (_("Not filled in"),), tone="wait")
    on = _short_day(grown.picked_from)
    if grown.picked_to != grown.picked_from:
        on = _("from %(day)s on", day=on)
    return Fact("day", label, (on, display.days_ago(grown.picked_from, today, language)), who)


def _sprayed(record: Record, who: str | None) -> Fact:
    label = _("Pesticides")
    grown = record.growing
    if not grown.plot_ids:
        return Fact("spray", label, (_("Not filled in"),), tone="wait")
    if not grown.intervals:
        return Fact("spray", label, (_("No spraying on record"),), who)
    tightest = grown.intervals[0]
    unknown = _unknown_words(record)
    if tightest.is_kept is None:
        return Fact("spray", label, (unknown,), who, tone="wait")
    days, needed = tightest.days, tightest.needed
    if not tightest.is_kept:
        first = ngettext(
            "Only %(num)s day after spraying", "Only %(num)s days after spraying", days
        )
    else:
        first = ngettext(
            "%(num)s day after spraying",
            "%(num)s days after spraying",
            days,
        )
    if needed:
        second = ngettext("(%(num)s needed)", "(%(num)s needed)", needed)
    else:
        second = _("(no wait needed)")
    parts = (first, second, unknown) if unknown else (first, second)
    return Fact("spray", label, parts, who, tone="" if tightest.is_kept else "no")


def _unknown_words(record: Record) -> str:
    """That nobody knows how long picking had to wait after so many sprayings; empty for none."""
    days = {one.sprayed_on for one in record.growing.intervals if one.needed is None}
    if not days:
        return ""
    count = sum(
        event.event_type == "spraying"
        and not event.is_wrong
        and event.date in days
        and interval_days(event) is None
        for event in record.events
    )
    return ngettext(
        "%(num)s spraying has no known waiting time",
        "%(num)s sprayings have no known waiting time",
        count,
    )


def _worst_result(record: Record, test: Test) -> tuple[str, ...]:
    """The result nearest to its limit; of none that was found, how many were looked for."""

    def share(row: Mapping[str, Any]) -> Decimal:
        try:
            return Decimal(row["result"]) / Decimal(row["limit"])
        except (ArithmeticError, KeyError, ValueError):
            return Decimal(-1)

    found = [row for row in test.results if row["result"] not in NOT_DETECTED]
    if found:
        return result_parts(record, max(found, key=share))
    if not test.results:
        return ()
    return (
        ngettext(
            "%(num)s substance looked for, not found",
            "%(num)s substances looked for, none found",
            len(test.results),
        ),
    )


def _tested(record: Record) -> Fact:
    test = record.telling_test
    if test is None:
        return Fact("tube", _("Test result"), (_("Not filled in"),))
    word = _("Passed") if test.examined.passed else _("Not passed")
    parts = (word, *_worst_result(record, test))
    voucher = test.examined.vouched_by
    who = {"coop": "tester", "laboratory": "lab"}.get(voucher, voucher)
    return Fact("tube", _("Test result"), parts, who, tone="" if test.examined.passed else "no")


def _standard(record: Record) -> Fact:
    """The standard, and plainly beside it where no passed test says that it is met."""
    label = _("Safety standard")
    standard = record.product.in_language("standard", current_language()) if record.product else ""
    if not standard:
        return Fact("book", label, (_("Not filled in"),), tone="wait")
    told = record.telling_test
    if told is None or not told.examined.is_measured or not told.examined.passed:
        failed = told is not None and not told.examined.passed
        applies = _("Applies: %(standard)s", standard=standard)
        parts = (applies, _("no passed residue test yet"))
        return Fact("book", label, parts, tone="no" if failed else "wait")
    outside = any(
        test.examined.passed
        and test.examined.is_measured
        and test.examined.vouched_by in (LABORATORY, OFFICE)
        and test.examined.counts(record.growing.picked_from)
        for test in record.tests
    )
    who_words = _("Lab tested") if outside else None
    return Fact("book", label, (standard,), "lab" if outside else None, who_words)
