"""Which holds a person may lift.

A hold on suspicion ends by a manager's word. One from a failed test ends only by a later passed
laboratory report or by destroying; one from a broken interval or a banned substance only by
correcting a wrong record or by destroying (DESIGN part 3).
"""

from .errors import N_, Problem

SUSPICION = "suspicion"
HOLD_RULES = {
    SUSPICION: N_("held on suspicion"),
    "failed_inspection": N_("a test was not passed"),
}
OTHER_RULE = N_("a rule was broken")
ONLY_BY_REPORT = N_(
    "A hold after a failed test ends only by a passed laboratory report, or when the goods are"
    " destroyed."
)
ONLY_BY_CORRECTION = N_(
    "This hold ends only when the wrong record is corrected, or when the goods are destroyed."
)


def may_lift(rule: str) -> list[Problem]:
    """Why a hold that this rule put on is not lifted by hand."""
    if rule == SUSPICION:
        return []
    message = ONLY_BY_REPORT if rule == "failed_inspection" else ONLY_BY_CORRECTION
    return [Problem("hold", message)]
