"""The testing room's morning: what a measured inhibition suggests, and what the tester says of it.

The enzyme test of GB/T 5009.199 is positive from its limit on. The value suggests, the tester says:
what was left open is asked about with the suggestion filled in, and so is a contradiction. Nobody
passes what reaches the limit.
"""

from dataclasses import dataclass
from decimal import Decimal

from .errors import N_, Problem
from .quantity import format_decimal, parse_decimal
from .substances import INHIBITION

MOST_PERCENT = 100

NOT_A_PERCENTAGE = N_("“%(given)s” is no percentage: a number up to 100.")
PASSED_ABOVE = N_(
    "%(value)s %% reaches the limit of %(limit)s %%: choose not passed, or mend the value."
)
FAILED_BELOW = N_(
    "%(sample)s: %(value)s %% is below the limit of %(limit)s %%, and not passed is chosen."
)
SUGGESTS_PASSED = N_("%(sample)s: %(value)s %%, below %(limit)s %%, so it passed.")
SUGGESTS_FAILED = N_(
    "%(sample)s: %(value)s %% reaches %(limit)s %%, so it did not pass and is on hold at once."
)
LABEL = N_("Inhibition")
RESULT = N_("Result")
UNSAID = N_("Choose passed or not passed, or write the value.")


@dataclass(frozen=True)
class Sample:
    """One row as it was typed; `said` is yes, no or empty, `key` tells the row's fields apart."""

    key: str
    name: str
    inhibition: str = ""
    said: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was measured and nothing said: the row is skipped."""
        return not self.inhibition.strip() and not self.said


@dataclass(frozen=True)
class Judged:
    """What a row comes to: the value in canonical digits, the result, problems and questions."""

    inhibition: str = ""
    passed: bool | None = None
    problems: tuple[Problem, ...] = ()
    questions: tuple[Problem, ...] = ()


def read_limit(typed: str) -> Decimal | None:
    """The limit in percent, or None where it is none."""
    try:
        limit = parse_decimal(typed)
    except ValueError:
        return None
    return limit if 0 < limit <= MOST_PERCENT else None


def is_passed(inhibition: Decimal, limit: Decimal) -> bool:
    """Whether this value is negative: below the limit.

    >>> is_passed(Decimal("49.9"), Decimal(50)), is_passed(Decimal(50), Decimal(50))
    (True, False)
    """
    return inhibition < limit


def judge(sample: Sample, limit: Decimal) -> Judged:
    """One row against the limit; a row that only says its result is taken at its word."""
    place = f"inhibition-{sample.key}"
    said = {"yes": True, "no": False}.get(sample.said)
    if not sample.inhibition.strip():
        if said is None:
            return Judged(problems=(Problem(f"passed-{sample.key}", UNSAID, {}, RESULT),))
        return Judged(passed=said)
    try:
        value = parse_decimal(sample.inhibition)
    except ValueError:
        value = Decimal(MOST_PERCENT + 1)
    if abs(value) > MOST_PERCENT:
        given = {"given": sample.inhibition.strip()[:20]}
        return Judged(passed=said, problems=(Problem(place, NOT_A_PERCENTAGE, given, LABEL),))
    told, suggested = format_decimal(value), is_passed(value, limit)
    words = {"value": told, "limit": format_decimal(limit)}
    if said and not suggested:
        return Judged(told, said, (Problem(place, PASSED_ABOVE, words, LABEL),))
    if said == suggested:
        return Judged(told, said)
    message = SUGGESTS_PASSED if suggested else SUGGESTS_FAILED
    asked = FAILED_BELOW if said is False else message
    question = Problem(f"passed-{sample.key}", asked, words | {"sample": sample.name})
    return Judged(told, suggested if said is None else said, questions=(question,))


def measured(inhibition: str, limit: Decimal) -> list[dict[str, str]]:
    """The value as an inspection keeps it; nothing where nothing was measured."""
    if not inhibition:
        return []
    row = {"analyte": INHIBITION, "result": inhibition, "unit": "%"}
    return [row | {"limit": format_decimal(limit)}]
