"""用什么药检什么药: whether what was sprayed on the goods is what their tests measured.

Each planting of a mixed lot is judged on its own: a test counts for it where it was made of the
planting, or of a lot on every way from the planting to the goods. A rapid enzyme test measures two
classes as one sum and nothing else. Names are compared by their residue, in either language.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from .banned import substances_named
from .errors import N_, Problem
from .inspection import LABORATORY, Examined
from .substances import ENZYME_CLASSES, class_of, is_inhibition, measured_as, substance_of
from .test_before_label import Goods, ways_to_origins

ORDER_4 = "承诺达标合格证管理办法"

OWN_CONTROL, OWN_TEST, LABORATORY_TEST = "own_control", "own_test", "laboratory"
BASES = (OWN_CONTROL, OWN_TEST, LABORATORY_TEST)
"""What a certificate of conformity may state as its basis."""

NO_TEST = N_("No passed test of it is recorded, so that no test can be the basis.")
NO_REPORT = N_(
    "No passed report of a named laboratory is recorded, so that it cannot be the basis."
)
NOT_MEASURED = N_(
    "%(substance)s was sprayed on %(day)s and no test of it is recorded. Have it tested for"
    " %(substance)s, or choose another basis."
)
NOT_KNOWN = N_(
    "What was in %(substance)s, sprayed on %(day)s, is not written down, so that no test can be"
    " compared with it. Write its active ingredients into the list of inputs."
)
BASIS = N_("Basis")


@dataclass(frozen=True)
class Sprayed:
    """One active ingredient sprayed on one planting; `is_known` where a record names it.

    `substance` is its name as recorded; where nobody wrote ingredients down, the input's name.
    """

    substance: str
    on: date
    planting: int
    is_known: bool = True


@dataclass(frozen=True)
class Scope:
    """What the tests cover of what was sprayed, what they miss, and what cannot be compared."""

    covered: tuple[Sprayed, ...] = ()
    missing: tuple[Sprayed, ...] = ()
    unknown: tuple[Sprayed, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing and nothing is unknown."""
        return not (self.missing or self.unknown)


def ingredients_sprayed(
    ingredients: Iterable[str], input_name: str, on: date, planting: int
) -> list[Sprayed]:
    """The active ingredients of one spraying; several in one text are told apart.

    >>> day = date(2026, 11, 12)
    >>> [one.substance for one in ingredients_sprayed(["阿维菌素·毒死蜱"], "某药", day, 1)]
    ['毒死蜱', '阿维菌素']
    """
    found = {measured_as(name): name for text in ingredients for name in _named(text)}
    if not found:
        return [Sprayed(input_name, on, planting, is_known=False)]
    return [Sprayed(name, on, planting) for _, name in sorted(found.items(), reverse=True)]


def _named(text: str) -> Collection[str]:
    """The substances of one text by their Chinese names, or as typed where they are not known."""
    whole = substance_of(text)
    names = [whole.english] if whole else sorted(substances_named(text))
    return [one.chinese if (one := substance_of(name)) else name for name in names]


def measured_by(analytes: Iterable[str]) -> frozenset[str]:
    """What a report of these analytes measures: residues, or the classes of the enzyme test."""
    found = set[str]()
    for analyte in analytes:
        if is_inhibition(analyte):
            found.update(ENZYME_CLASSES)
        else:
            found.update(measured_as(name) for name in _named(analyte))
    return frozenset(found)


def covers(measured: Collection[str], substance: str) -> bool:
    """Whether these residues and classes hold this substance."""
    group = class_of(substance)
    return measured_as(substance) in measured or bool(group and group in measured)


def may_be_basis(one: Examined, basis: str) -> bool:
    """Whether an inspection is of the kind that a basis names; both name passed ones only."""
    if not one.passed or one.is_wrong or not one.is_measured:
        return False
    is_laboratory = one.inspection_kind == "laboratory_report" and one.vouched_by == LABORATORY
    return is_laboratory or basis == OWN_TEST


def scope(
    key: int, goods: Mapping[int, Goods], sprayed: Iterable[Sprayed], basis: str = OWN_TEST
) -> Scope:
    """What was sprayed on the plantings of these goods up to their picking, against their tests.

    A spraying on the day of the picking counts. What one way to the goods leaves open is missing.
    """
    by_planting: dict[int, list[Sprayed]] = {}
    for one in sprayed:
        by_planting.setdefault(one.planting, []).append(one)
    verdicts: dict[Sprayed, bool] = {}
    for way in ways_to_origins(key, goods, lambda one: may_be_basis(one, basis)):
        measured = frozenset[str]().union(*(measured_by(one.analytes) for one in way.examined))
        for one in by_planting.get(way.origin, ()):
            if way.taken_on is None or one.on <= way.taken_on:
                is_covered = one.is_known and covers(measured, one.substance)
                verdicts[one] = verdicts.get(one, True) and is_covered
    told = sorted(verdicts, key=lambda one: (one.on, one.planting, one.substance))
    return Scope(
        tuple(one for one in told if verdicts[one]),
        tuple(one for one in told if not verdicts[one] and one.is_known),
        tuple(one for one in told if not one.is_known),
    )


def basis_problems(basis: str, found: Scope, has_passed: bool) -> list[Problem]:
    """Why a certificate may not state this basis: every substance with the day it was last used."""
    if basis == OWN_CONTROL:
        return []
    problems = []
    if not has_passed:
        message = NO_TEST if basis == OWN_TEST else NO_REPORT
        problems.append(Problem("basis", message, {}, BASIS, ORDER_4))
    for message, those in ((NOT_MEASURED, found.missing), (NOT_KNOWN, found.unknown)):
        last = {one.substance: one.on for one in sorted(those, key=lambda one: one.on)}
        for substance, day in last.items():
            said = {"substance": substance, "day": day.isoformat()}
            problems.append(Problem("basis", message, said, BASIS, ORDER_4))
    return problems
