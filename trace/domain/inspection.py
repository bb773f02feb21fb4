"""Inspections: who vouches for a result, and what a laboratory's report needs.

Who vouches follows who recorded: the grower, the co-op's tester, a named laboratory, an office. A
laboratory's report needs its file; with laboratory and report number the laboratory vouches,
without them it counts as the co-op's own word.
"""

from collections.abc import Mapping
from typing import Any

from .errors import N_, Problem
from .quantity import parse_decimal

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


def inspection_problems(what: Mapping[str, Any], has_file: bool) -> list[Problem]:
    """What a laboratory's report is missing, and what contradicts the result."""
    problems = []
    if what.get("inspection_kind") == "laboratory_report" and not has_file:
        problems.append(Problem("report", FILE_MISSING, {}, N_("Report")))
    if what.get("passed") is True:
        problems += _above_limits(what)
    return problems


def _above_limits(what: Mapping[str, Any]) -> list[Problem]:
    """Values above their limit in an inspection that is said to have passed."""
    problems = []
    for number, row in enumerate(what.get("results", [])):
        try:
            found, limit = parse_decimal(row.get("result", "")), parse_decimal(row.get("limit", ""))
        except ValueError:
            continue  # 未检出 and the like: words are no numbers to compare
        if found > limit:
            said = {name: row.get(name, "") for name in ("analyte", "result", "limit")}
            place = f"results-{number}-result"
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
