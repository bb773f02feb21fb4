"""Lineage: what was made from what, and the share of one node in another, in exact fractions.

A link leads from a parent to a child that an event made from it. Shares are by mass; where amounts
do not convert they are unknown (None), and so is everything that hangs on them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from .errors import Refused
from .quantity import Quantity, convert

Share = Fraction | None
"""A part of one whole; None where nobody can know it."""


@dataclass(frozen=True)
class Link:
    """How much of a parent went into a child; `unit_mass_kg` is what one of the parent weighs."""

    parent: str
    child: str
    event: str = ""
    quantity: Quantity | None = None
    unit_mass_kg: Decimal | None = None

    @property
    def mass_kg(self) -> Share:
        """What went in, in kilograms; None where its unit cannot be weighed."""
        if self.quantity is None:
            return None
        try:
            return Fraction(convert(self.quantity, "kg", self.unit_mass_kg))
        except Refused:
            return None


_NO_MORE = Link("", "")


def without_cycles(links: Iterable[Link]) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
    """The links without those that close a circle, and those apart; the same links, the same cut.

    A lot cannot be its own ancestor: data that say so are drawn and marked, and count nowhere.
    """
    kept = sorted(set(links), key=lambda link: (link.parent, link.child, link.event))
    below: dict[str, list[Link]] = defaultdict(list)
    for link in kept:
        below[link.parent].append(link)
    closing: set[Link] = set()
    done: set[str] = set()
    for start in sorted(below):
        if start in done:
            continue
        path = [start]
        on_path = {start}
        waiting = [iter(below[start])]
        while path:
            link = next(waiting[-1], _NO_MORE)
            if link is _NO_MORE:
                done.add(path[-1])
                on_path.discard(path.pop())
                waiting.pop()
            elif link.child in on_path:
                closing.add(link)
            elif link.child not in done:
                path.append(link.child)
                on_path.add(link.child)
                waiting.append(iter(below.get(link.child, ())))
    return (
        tuple(link for link in kept if link not in closing),
        tuple(link for link in kept if link in closing),
    )


def parents_first(links: Iterable[Link]) -> list[str]:
    """Every node of links without a circle, each behind all of its parents."""
    below: dict[str, list[str]] = defaultdict(list)
    above: dict[str, int] = defaultdict(int)
    for link in links:
        below[link.parent].append(link.child)
        above[link.child] += 1
        above[link.parent] += 0
    ready = sorted(node for node, count in above.items() if not count)
    ordered = []
    while ready:
        node = ready.pop()
        ordered.append(node)
        for child in below[node]:
            above[child] -= 1
            if not above[child]:
                ready.append(child)
    return ordered


def parent_shares(links: Iterable[Link]) -> dict[tuple[str, str], Share]:
    """The share of each parent in its child by mass, by (parent, child).

    An only parent is the whole, whatever its unit.

    >>> kilos = lambda parent, much: Link(parent, "lot", "", Quantity(Decimal(much), "kg"))
    >>> sorted(parent_shares([kilos("wang", 60), kilos("li", 40), kilos("zhao", 20)]).items())
    [(('li', 'lot'), Fraction(1, 3)), (('wang', 'lot'), Fraction(1, 2)), (('zhao', 'lot'), Fraction(1, 6))]
    """  # noqa: E501 - one line of output
    into: dict[str, dict[str, Share]] = defaultdict(dict)
    for link in links:
        mass, before = link.mass_kg, into[link.child].get(link.parent, Fraction(0))
        into[link.child][link.parent] = None if mass is None or before is None else before + mass
    return {
        (parent, child): share
        for child, masses in into.items()
        for parent, share in _parts_of_one(masses).items()
    }


def _parts_of_one(masses: Mapping[str, Share]) -> dict[str, Share]:
    if len(masses) == 1:
        return dict.fromkeys(masses, Fraction(1))
    known = [mass for mass in masses.values() if mass is not None]
    total = sum(known, Fraction(0))
    if len(known) < len(masses) or not total:
        return dict.fromkeys(masses, None)
    return {parent: mass / total for parent, mass in masses.items() if mass is not None}


def shares_in(links: Iterable[Link], node: str) -> dict[str, Share]:
    """How much of a node comes from each of its ancestors, through all steps; of itself, all.

    The shares of its origins (ancestors without parents) add up to one where none is unknown.
    """
    kept, _ = without_cycles(links)
    found: dict[str, Share] = {node: Fraction(1)}
    above: dict[str, dict[str, Share]] = defaultdict(dict)
    for (parent, child), share in parent_shares(kept).items():
        above[child][parent] = share
    for child in reversed(parents_first(kept)):
        if child in found:
            _pour(found, found[child], above[child].items())
    return found


def shares_of(links: Iterable[Link], node: str) -> dict[str, Share]:
    """How much of each descendant comes from this node; `links` holds all parents of each."""
    kept, _ = without_cycles(links)
    found: dict[str, Share] = {node: Fraction(1)}
    below: dict[str, dict[str, Share]] = defaultdict(dict)
    for (parent, child), share in parent_shares(kept).items():
        below[parent][child] = share
    for parent in parents_first(kept):
        if parent in found:
            _pour(found, found[parent], below[parent].items())
    return found


def _pour(found: dict[str, Share], whole: Share, parts: Iterable[tuple[str, Share]]) -> None:
    """Add to each node its part of a whole; what is unknown makes the sum unknown."""
    for node, part in parts:
        before = found.get(node, Fraction(0))
        known = whole is not None and part is not None and before is not None
        found[node] = before + whole * part if known else None  # type: ignore[operator] # all known


def origins(links: Iterable[Link], node: str) -> dict[str, Share]:
    """The share of each first origin in a node: ancestors that were made from nothing else."""
    kept, _ = without_cycles(links)
    children = {link.child for link in kept}
    return {one: share for one, share in shares_in(kept, node).items() if one not in children}
