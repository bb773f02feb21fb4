"""What a shopper's page concludes from a record: verdict, what is missing, the worst of facts.

Never more than the record says: a verdict tells whether it is whole, not whether it is true.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from .errors import N_, Problem
from .event_time import Happened, came_before
from .inspection import LABORATORY, OFFICE, Examined
from .key_data import KEY_DATA

UNKNOWN, VOID, RECALLED, HELD = "unknown", "void", "recalled", "held"
INCOMPLETE, COMPLETE = "incomplete", "complete"
VERDICTS = (UNKNOWN, VOID, RECALLED, HELD, INCOMPLETE, COMPLETE)
"""In order: the first that is true is shown, and of several products the first of theirs."""

NO_STANDARD = N_("The safety standard")
NO_TEST = N_("The test that this product needs before it is labelled")
NO_PICKING = N_("The picking date")
NO_INTERVAL = N_("How long after spraying on %(day)s picking had to wait")
NO_CERTIFICATE = N_("The supplier's certificate")

_ASKED_BY_LAW = {
    event_type: tuple(
        element
        for element in elements
        if (element.clause or element.required) and element.kind != "nodes"
    )
    for event_type, elements in KEY_DATA.items()
    if event_type in ("planting", "fertilising", "spraying", "harvesting", "packing", "shipping")
}


def verdict(*, is_void: bool, is_recalled: bool, is_held: bool, is_missing: bool) -> str:
    """The first of VERDICTS that is true of a known code."""
    truths = (
        (is_void, VOID),
        (is_recalled, RECALLED),
        (is_held, HELD),
        (is_missing, INCOMPLETE),
    )
    return next((word for is_true, word in truths if is_true), COMPLETE)


def worst(verdicts: Iterable[str]) -> str:
    """The worst verdict of several products; complete where there is none."""
    return min(verdicts, key=VERDICTS.index, default=COMPLETE)


@dataclass(frozen=True)
class Spray:
    """One spraying of one planting; `needed` are the days of its label, None where unknown."""

    planting: int
    on: date
    needed: int | None
    happened: Happened | None = None


@dataclass(frozen=True)
class Pick:
    """One picking from one planting."""

    planting: int
    on: date
    happened: Happened | None = None


@dataclass(frozen=True)
class Interval:
    """How long before a picking a spraying was, and how long it had to be."""

    sprayed_on: date
    picked_on: date
    needed: int | None

    @property
    def days(self) -> int:
        """Whole days from the day of spraying to the day of picking."""
        return (self.picked_on - self.sprayed_on).days

    @property
    def is_kept(self) -> bool | None:
        """Whether picking waited long enough; None where nobody knows how long that is."""
        return None if self.needed is None else self.days >= self.needed


def intervals(sprays: Iterable[Spray], picks: Iterable[Pick]) -> list[Interval]:
    """Every spraying before every picking of the same planting, the tightest interval first.

    An unknown interval comes before all that are kept: it may have been broken.
    """
    found = {
        Interval(spray.on, pick.on, spray.needed)
        for pick in picks
        for spray in sprays
        if spray.planting == pick.planting and _is_before(spray, pick)
    }

    def slack(interval: Interval) -> tuple[int, int, date]:
        if interval.needed is None:
            return 0, interval.days, interval.sprayed_on
        spare = interval.days - interval.needed
        return (spare if spare < 0 else 1), spare, interval.sprayed_on

    return sorted(found, key=slack)


def _is_before(spray: Spray, pick: Pick) -> bool:
    if spray.happened and pick.happened:
        return came_before(spray.happened, pick.happened)
    return spray.on <= pick.on


def first_picking_date(sprays: Iterable[Spray]) -> date | None:
    """From which day all these intervals are over: the 12th and 3 days give the 15th."""
    known = [
        spray.on + timedelta(days=spray.needed) for spray in sprays if spray.needed is not None
    ]
    return max(known, default=None)


def is_tested_outside(examined: Iterable[Examined], picked_on: date | None) -> bool:
    """Whether an outside laboratory or office has tested lot, planting or plot."""
    return any(one.vouched_by in (LABORATORY, OFFICE) for one in examined if one.counts(picked_on))


def telling_test(examined: Iterable[Examined], picked_on: date | None) -> Examined | None:
    """The inspection to put first: a failed one that no later laboratory settled, else the best.

    A laboratory's report is stronger than a rapid test, that stronger than a look at the field; of
    equals the later one counts.
    """
    counted = [one for one in examined if one.counts(picked_on)]
    settled = [
        one.on
        for one in counted
        if one.passed
        and one.inspection_kind == "laboratory_report"
        and one.vouched_by == LABORATORY
    ]
    failed = [one for one in counted if not one.passed and not any(on >= one.on for on in settled)]
    strength = {"laboratory_report": 3, "rapid_test": 2, "field_inspection": 1}
    best = failed or [one for one in counted if one.passed]
    return max(best, key=lambda one: (strength[one.inspection_kind], one.on), default=None)


def missing_elements(event_type: str, what: Mapping[str, Any]) -> list[str]:
    """Labels of key data elements that a law or standard asks of this step and nobody filled in."""
    return [
        element.label
        for element in _ASKED_BY_LAW.get(event_type, ())
        if what.get(element.name) in (None, "", [])
    ]


def missing_facts(
    *,
    has_standard: bool,
    meets_rule: bool,
    lacks_picking: bool = False,
    unknown_intervals: Iterable[date] = (),
    lacks_certificate: bool = False,
) -> list[Problem]:
    """What product and picture of the whole record ask for and is not there, each as a problem."""
    found = [] if has_standard else [Problem("standard", NO_STANDARD)]
    found += [] if meets_rule else [Problem("test", NO_TEST)]
    found += [Problem("picking", NO_PICKING)] if lacks_picking else []
    found += [
        Problem("interval", NO_INTERVAL, {"day": day.isoformat()})
        for day in sorted(set(unknown_intervals))
    ]
    return found + ([Problem("certificate", NO_CERTIFICATE)] if lacks_certificate else [])
