"""Test before label: each product states what its labels need first, and here is what is missing.

Goods are tested where they passed it themselves, or where everything they were made from did. What
is made later inherits what was valid at the harvest: a test of planting or plot counts for what
was picked on its day or later, up to the last day of its validity.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from .errors import N_, Problem
from .inspection import ENOUGH, LABORATORY, Examined

ART34 = "农产品质量安全法 Art. 34"

NONE, RAN_OUT, TOO_LATE, OWN_WORD, WEAKER = "none", "ran_out", "too_late", "own_word", "weaker"
ARRIVED_LATE = "arrived_late"
NEEDED = {
    "rapid_test": N_("%(product)s needs a passed rapid test before its labels are printed."),
    "laboratory": N_("%(product)s needs a laboratory report before its labels are printed."),
}
WHY = {
    NONE: N_("%(lot)s: no passed test is recorded."),
    RAN_OUT: N_("%(lot)s: its test was valid until %(until)s, before the picking on %(picked)s."),
    ARRIVED_LATE: N_("%(lot)s: its test was valid until %(until)s, before it arrived."),
    TOO_LATE: N_("%(lot)s: its plot was tested only after the picking on %(picked)s."),
    OWN_WORD: N_("%(lot)s: its report lacks the laboratory or the report number."),
    WEAKER: N_("%(lot)s: only a rapid test is recorded."),
}
MENDS = {
    "rapid_test": N_("The testing room or a manager writes the test down."),
    "laboratory": N_(
        "The testing room or a manager writes the report down, with laboratory, number and file."
    ),
}


@dataclass(frozen=True)
class Goods:
    """A lot, package or planting as the rule sees it.

    `taken` are the lots and plantings it was made from, each with the local day of the taking;
    `arrived_on` is the day on which something bought in arrived.
    """

    name: str
    examined: tuple[Examined, ...] = ()
    taken: tuple[tuple[int, date], ...] = ()
    is_planting: bool = False
    arrived_on: date | None = None

    def counting(self, taken_on: date | None) -> list[Examined]:
        """What was examined here and stands for what was taken on this day."""
        return [one for one in self.examined if one.counts(taken_on) and not self.had_run_out(one)]

    def had_run_out(self, one: Examined) -> bool:
        """Whether a report that came with bought-in goods was no longer valid when they arrived."""
        return bool(self.arrived_on and one.valid_until) and (
            str(self.arrived_on) > str(one.valid_until)
        )


@dataclass(frozen=True)
class Way:
    """One way from an origin to the goods: when it was taken there, and what counts on the way.

    `lot` is what was taken there: the picking of a planting, or what was bought in itself.
    """

    origin: int
    lot: int
    taken_on: date | None
    examined: frozenset[Examined]


@dataclass(frozen=True)
class Untested:
    """A picking or a lot bought in that no test reaches: why, and the days that tell.

    `is_part` where other parts of the goods are tested.
    """

    lot: int
    name: str
    why: str
    until: str = ""
    picked_on: date | None = None
    is_part: bool = False


def ways_to_origins(
    key: int, goods: Mapping[int, Goods], counts: Callable[[Examined], bool]
) -> list[Way]:
    """Every way from these goods back to a planting or to what was bought in.

    A way on which a subset of the tests lies is told instead of those with more; a cycle in the
    lineage ends where it would repeat.
    """
    ways = list[Way]()
    open_ways = [Way(key, key, None, frozenset())]
    gone: dict[tuple[int, int, date | None], list[frozenset[Examined]]] = {}
    while open_ways:
        way = open_ways.pop()
        one = goods.get(way.origin)
        if one is None:
            continue
        found = {test for test in one.counting(way.taken_on) if counts(test)}
        lot = way.lot if one.is_planting else way.origin
        way = Way(way.origin, lot, way.taken_on, way.examined | found)
        before = gone.setdefault((way.origin, way.lot, way.taken_on), [])
        if any(fewer <= way.examined for fewer in before):
            continue
        before.append(way.examined)
        if not one.taken:
            ways.append(way)
        open_ways += [Way(parent, way.origin, on, way.examined) for parent, on in one.taken]
    return ways


def is_enough(one: Examined, need: str) -> bool:
    """Whether a passed inspection is of a kind that meets the need.

    A laboratory's report that no laboratory vouches for is the co-op's own word: a rapid test.
    """
    if not one.passed or one.is_wrong or not one.is_measured:
        return False
    kind = one.inspection_kind
    if kind == "laboratory_report" and one.vouched_by != LABORATORY:
        kind = "rapid_test"
    return kind in ENOUGH[need]


def untested(need: str, key: int, goods: Mapping[int, Goods]) -> list[Untested]:
    """What went into these goods and no test reaches; none where the product needs nothing."""
    if need not in ENOUGH:
        return []
    ways = ways_to_origins(key, goods, lambda one: is_enough(one, need))
    missing = {_untested(need, key, way, goods) for way in ways if not way.examined}
    is_part = any(way.examined for way in ways)
    return sorted(
        (replace(one, is_part=is_part) for one in missing),
        key=lambda one: (one.lot, one.picked_on or date.min),
    )


def _untested(need: str, key: int, way: Way, goods: Mapping[int, Goods]) -> Untested:
    """Why the tests there are do not count: the nearest miss is told."""
    told = way.lot, goods[way.lot].name
    nearest = dict.fromkeys((way.origin, way.lot, key))
    passed = [one for node in nearest for one in goods[node].examined if one.passed]
    passed = [one for one in passed if one.is_measured and not one.is_wrong]
    enough = [one for one in passed if is_enough(one, need)]
    if way.taken_on and any(one.ran_out(way.taken_on) for one in enough):
        until = max(one.valid_until or "" for one in enough if one.ran_out(way.taken_on))
        return Untested(*told, RAN_OUT, until, way.taken_on)
    if enough and any(goods[way.lot].had_run_out(one) for one in enough):
        return Untested(*told, ARRIVED_LATE, max(one.valid_until or "" for one in enough))
    if enough:
        return Untested(*told, TOO_LATE, picked_on=way.taken_on)
    if any(one.inspection_kind == "laboratory_report" for one in passed):
        return Untested(*told, OWN_WORD, picked_on=way.taken_on)
    why = WEAKER if passed else NONE
    return Untested(*told, why, picked_on=way.taken_on)


def label_problems(product: str, need: str, missing: Iterable[Untested]) -> list[Problem]:
    """What a product's labels still need, and of which part where the rest has it."""
    told = list(missing)
    if not told:
        return []
    problems = [Problem("lot", NEEDED[need], {"product": product}, clause=ART34)]
    for one in told:
        said = {"lot": one.name}
        if one.why in (RAN_OUT, TOO_LATE) and one.picked_on:
            said["picked"] = one.picked_on.isoformat()
        if one.why in (RAN_OUT, ARRIVED_LATE):
            said["until"] = one.until
        if one.why != NONE or one.is_part:
            problems.append(Problem("lot", WHY[one.why], said))
    return problems
