"""Inspections: who vouches for a result, and what a laboratory's report needs.

Who vouches follows who recorded: the grower, the co-op's tester, a named laboratory, an office. A
laboratory's report needs its file; with laboratory and report number the laboratory vouches,
without them it counts as the co-op's own word.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .errors import N_, Problem
from .quantity import parse_decimal
from .rapid_test import PASSED_ABOVE
from .substances import INHIBITION_LIMIT, is_inhibition

GROWER, COOP, LABORATORY, OFFICE = "grower", "coop", "laboratory", "office"
VOUCHERS = {
    GROWER: N_("the grower says"),
    COOP: N_("co-op's testing room"),
    LABORATORY: N_("outside laboratory"),
    OFFICE: N_("public office"),
}
ENOUGH = {
    "rapid_test": ("rapid_test", "laboratory_report"),
    "laboratory": ("laboratory_report",),
}
"""Which kinds of inspection meet what a product states that a label needs first."""

ABOVE_LIMIT = N_(
    "%(analyte)s is %(result)s, above the limit of %(limit)s: choose failed, or mend the value."
)
FILE_MISSING = N_("A laboratory's report needs its file: a PDF or a photo.")
SAMPLED_AFTER = N_("The sample was taken on %(sampled)s, after the day of the result.")


STILL_GROWING_DAYS = 60
"""How long after its last picking a planting counts as still growing on its plot."""


def was_growing(started_on: date, last_picked: date | None, day: date) -> bool:
    """Whether a planting grew on its plot on this day, so that the plot's inspection tells of it.

    >>> was_growing(date(2026, 9, 8), date(2026, 11, 21), date(2026, 11, 23))
    True
    """
    if started_on > day:
        return False
    return last_picked is None or (day - last_picked).days <= STILL_GROWING_DAYS


def inspection_problems(
    what: Mapping[str, Any], has_file: bool, on: date | None = None
) -> list[Problem]:
    """What a laboratory's report is missing, and what contradicts the result or its day `on`."""
    problems, sampled = list[Problem](), str(what.get("sampled_on", ""))
    if on and sampled > on.isoformat():
        label = N_("Sampled on")
        problems.append(Problem("sampled_on", SAMPLED_AFTER, {"sampled": sampled}, label))
    if what.get("inspection_kind") == "laboratory_report" and not has_file:
        problems.append(Problem("report", FILE_MISSING, {}, N_("Report")))
    if what.get("passed") is True:
        problems += _above_limits(what)
    return problems


def _above_limits(what: Mapping[str, Any]) -> list[Problem]:
    """Values above their limit in an inspection that is said to have passed."""
    problems = []
    for number, row in enumerate(what.get("results", [])):
        said = {name: row.get(name, "") for name in ("analyte", "result", "limit")}
        is_enzyme_test = is_inhibition(said["analyte"])
        if is_enzyme_test and not said["limit"]:
            said["limit"] = INHIBITION_LIMIT
        try:
            found, limit = parse_decimal(said["result"]), parse_decimal(said["limit"])
        except ValueError:
            continue  # 未检出 and the like: words are no numbers to compare
        place = f"results-{number}-result"
        if is_enzyme_test and found >= limit:
            said = {"value": said["result"], "limit": said["limit"]}
            problems.append(Problem(place, PASSED_ABOVE, said, N_("Measured values")))
        elif found > limit:
            problems.append(Problem(place, ABOVE_LIMIT, said, N_("Measured values")))
    return problems


def vouched_by(what: Mapping[str, Any], role: str) -> str:
    """Who vouches for this inspection."""
    if role == "inspector":
        return OFFICE
    if role == "grower":
        return GROWER
    named = what.get("laboratory") and what.get("report_number")
    return LABORATORY if what["inspection_kind"] == "laboratory_report" and named else COOP


@dataclass(frozen=True)
class Examined:
    """One inspection as far as rules need it; `at_origin` means planting or plot, not goods.

    `on` is the day of the inspection, `sampled_on` that of the sample where it is known.
    """

    inspection_kind: str
    passed: bool
    vouched_by: str
    on: date
    valid_until: str | None = None
    at_origin: bool = False
    is_wrong: bool = False
    sampled_on: date | None = None
    analytes: tuple[str, ...] = ()

    @property
    def is_measured(self) -> bool:
        """Whether residues were measured, not only the field looked at."""
        return self.inspection_kind != "field_inspection"

    def ran_out(self, picked_on: date) -> bool:
        """Whether a test of planting or plot was no longer valid on the day of picking."""
        return bool(self.at_origin and self.valid_until) and (
            picked_on.isoformat() > str(self.valid_until)
        )

    def counts(self, picked_on: date | None) -> bool:
        """Whether it stands for goods picked on this day: what expired before then does not.

        Of planting or plot, a sample taken after the picking tells of other goods. What failed
        counts all the same: it is a warning.
        """
        if self.is_wrong:
            return False
        if not self.at_origin or picked_on is None:
            return True
        is_later = self.passed and (self.sampled_on or self.on) > picked_on
        return not is_later and not self.ran_out(picked_on)
