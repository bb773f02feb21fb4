"""What may stop goods or a planting, as one table: which rule, the law behind it, what ends it.

A rule that a fact breaks holds at once and by itself (DESIGN part 3: facts are always recorded,
permissions are refused). Nobody lifts such a hold by hand: only what puts the fact right ends it.
"""

from dataclasses import dataclass

from .errors import N_, Problem

SUSPICION, FAILED_INSPECTION = "suspicion", "failed_inspection"
EARLY_HARVEST, BANNED_INPUT, UNLISTED_INPUT = "early_harvest", "banned_input", "unlisted_input"


@dataclass(frozen=True)
class HoldRule:
    """One rule: its words, why it stands, and what ends it, in words for the manager.

    `from_day` says that it reaches only what is taken from a planting on or after the day of the
    fact: what was picked before a spraying did not have it.
    """

    name: str
    words: str
    clause: str
    ends: str
    by_hand: bool = False
    from_day: bool = False


HOLD_RULES: dict[str, HoldRule] = {
    rule.name: rule
    for rule in (
        HoldRule(
            SUSPICION, N_("held on suspicion"), "",
            N_("A manager lifts this hold when the suspicion is cleared up."), by_hand=True,
        ),
        HoldRule(
            FAILED_INSPECTION, N_("a test was not passed"), "农产品质量安全法 Art. 36",
            N_("A hold after a failed test ends only by a passed laboratory report, or when the"
               " goods are destroyed."),
        ),
        HoldRule(
            EARLY_HARVEST, N_("picked before the waiting time was over"), "农药管理条例 Art. 34",
            N_("This hold ends only when the wrong record is corrected, or when the goods are"
               " destroyed."),
        ),
        HoldRule(
            BANNED_INPUT, N_("a banned substance was used"), "农产品质量安全法 Art. 29",
            N_("This hold ends only when the wrong record is corrected, or when planting and goods"
               " are destroyed."), from_day=True,
        ),
        HoldRule(
            UNLISTED_INPUT, N_("something was used that is not in the list"),
            "农产品质量安全法 Art. 27",
            N_("This hold ends when the manager says what was used."), from_day=True,
        ),
    )
}  # fmt: skip


def may_lift(rule: str) -> list[Problem]:
    """Why a hold that this rule put on is not lifted by hand."""
    known = HOLD_RULES[rule]
    return [] if known.by_hand else [Problem("hold", known.ends, clause=known.clause)]
