"""Inspections: who vouches for a result, and what a laboratory's report needs.

Who vouches follows who recorded: the grower, the co-op's tester, a named laboratory, an office. A
laboratory's report needs its file; with laboratory and report number the laboratory vouches,
without them it counts as the co-op's own word.
"""

from collections.abc import Mapping
from typing import Any

from .errors import N_, Problem

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

FILE_MISSING = N_("A laboratory's report needs its file: a PDF or a photo.")


def inspection_problems(what: Mapping[str, Any], has_file: bool) -> list[Problem]:
    """What a laboratory's report is missing."""
    if what.get("inspection_kind") == "laboratory_report" and not has_file:
        return [Problem("report", FILE_MISSING, {}, N_("Report"))]
    return []


def vouched_by(what: Mapping[str, Any], role: str) -> str:
    """Who vouches for this inspection."""
    if role == "inspector":
        return OFFICE
    if role == "grower":
        return GROWER
    named = what.get("laboratory") and what.get("report_number")
    return LABORATORY if what["inspection_kind"] == "laboratory_report" and named else COOP
