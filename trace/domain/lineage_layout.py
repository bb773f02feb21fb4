"""Where each node of a lineage stands in a drawing: columns, folding, order, height. Pure numbers.

The node in question has column 0; what it was made from stands left of it, what was made of it
right, every parent left of its child. Nodes that are too many for a column are folded into one.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .lineage import Link, parents_first, without_cycles

MOST_IN_A_COLUMN = 7
SWEEPS = 6


@dataclass(frozen=True)
class Folded:
    """Nodes of one kind drawn as one: "and 480 more pickings"."""

    id: str
    group: Hashable
    members: tuple[str, ...]


@dataclass(frozen=True)
class Stand:
    """Where a node stands: its column, and the middle of its height in rows from the top."""

    column: int
    row: float


@dataclass(frozen=True)
class Line:
    """A line from a parent to a child, by way of `via` in the columns between them.

    `closes_circle` marks what cannot be: a lot among its own ancestors.
    """

    parent: str
    child: str
    links: tuple[Link, ...]
    via: tuple[Stand, ...] = ()
    closes_circle: bool = False


@dataclass(frozen=True)
class Drawing:
    """Every node or fold with its place, the lines between them, and how many rows there are."""

    stands: Mapping[str, Stand]
    lines: tuple[Line, ...]
    folds: Mapping[str, Folded] = field(default_factory=dict)
    rows: float = 1.0

    @property
    def columns(self) -> range:
        """From the leftmost column to the rightmost."""
        used = [stand.column for stand in self.stands.values()]
        return range(min(used), max(used) + 1)


def columns_of(links: Iterable[Link], focus: str) -> dict[str, int]:
    """The column of each node that leads to the focus or comes of it, by the longest way to it.

    `links` are without circles. Nodes that neither lead to the focus nor come of it are left out.
    """
    kept = list(links)
    above: dict[str, list[str]] = defaultdict(list)
    below: dict[str, list[str]] = defaultdict(list)
    for link in kept:
        above[link.child].append(link.parent)
        below[link.parent].append(link.child)
    ordered = parents_first(kept)
    found = {focus: 0}
    for node in ordered:
        if node in found:
            for child in below[node]:
                found[child] = max(found.get(child, 0), found[node] + 1)
    for node in reversed(ordered):
        if found.get(node, 1) <= 0:
            for parent in above[node]:
                found[parent] = min(found.get(parent, 0), found[node] - 1)
    return found


def drawing_of(
    links: Iterable[Link],
    focus: str,
    group_of: Callable[[str], Hashable],
    rank_of: Callable[[str], tuple[float, ...]],
    most: int = MOST_IN_A_COLUMN,
) -> Drawing:
    """Lay a lineage out around the focus.

    Of each `group_of` in a column the first by `rank_of` are drawn one by one and the rest folded;
    lines between folds carry all their links.
    """
    kept, closing = without_cycles(links)
    columns = columns_of(kept, focus)
    folds = _folds(columns, focus, group_of, rank_of, most)
    drawn_as = {member: fold.id for fold in folds.values() for member in fold.members}
    places = {drawn_as.get(node, node): column for node, column in columns.items()}
    lines = _lines(kept, columns, drawn_as, closes_circle=False)
    circles = _lines(closing, columns, drawn_as, closes_circle=True)
    rank = {node: rank_of(node) for node in places if node not in folds}
    last = (float("inf"),)
    stands, ways = _placed(places, lines, lambda node: rank.get(node, last))
    rows = max((stand.row for stand in stands.values()), default=0.0) + 0.5
    drawn = tuple(
        Line(line.parent, line.child, line.links, ways.get((line.parent, line.child), ()))
        for line in lines
    )
    return Drawing(stands, (*drawn, *circles), folds, rows)


def _folds(
    columns: Mapping[str, int],
    focus: str,
    group_of: Callable[[str], Hashable],
    rank_of: Callable[[str], tuple[float, ...]],
    most: int,
) -> dict[str, Folded]:
    """What is folded: the lowest ranks of the largest groups, until a column is short enough."""
    by_column: dict[int, dict[Hashable, list[str]]] = defaultdict(lambda: defaultdict(list))
    for node, column in columns.items():
        if node != focus:
            by_column[column][group_of(node)].append(node)
    found: dict[str, Folded] = {}
    for column, groups in by_column.items():
        room = _room_of(groups, most)
        for number, (group, members) in enumerate(groups.items()):
            if len(members) > room[group]:
                ranked = sorted(members, key=lambda node: (rank_of(node), node))
                rest = tuple(ranked[max(room[group] - 1, 0) :])
                fold = Folded(f"fold:{column}:{number}", group, rest)
                found[fold.id] = fold
    return found


def _room_of(groups: Mapping[Hashable, Sequence[str]], most: int) -> dict[Hashable, int]:
    """How many rows each group of a column gets: shared evenly, what one leaves goes to others."""
    room: dict[Hashable, int] = {}
    left, waiting = most, sorted(groups, key=lambda group: len(groups[group]))
    for number, group in enumerate(waiting):
        fair = max(1, left // (len(waiting) - number))
        room[group] = min(len(groups[group]), fair)
        left -= room[group]
    return room


def _lines(
    links: Iterable[Link],
    columns: Mapping[str, int],
    drawn_as: Mapping[str, str],
    *,
    closes_circle: bool,
) -> list[Line]:
    found: dict[tuple[str, str], list[Link]] = defaultdict(list)
    for link in links:
        if link.parent in columns and link.child in columns:
            ends = drawn_as.get(link.parent, link.parent), drawn_as.get(link.child, link.child)
            found[ends].append(link)
    return [
        Line(parent, child, tuple(carried), closes_circle=closes_circle)
        for (parent, child), carried in found.items()
    ]


_Slot = tuple[str, ...]
"""A node as (id,), or the way of a long line through a column as (parent, child, column)."""


def _placed(
    places: Mapping[str, int], lines: Sequence[Line], rank_of: Callable[[str], tuple[float, ...]]
) -> tuple[dict[str, Stand], dict[tuple[str, str], tuple[Stand, ...]]]:
    """Order each column with few crossings, then give every node its height beside its own."""
    table: dict[int, list[_Slot]] = defaultdict(list)
    for node in sorted(places, key=lambda one: (rank_of(one), one)):
        table[places[node]].append((node,))
    near: dict[_Slot, list[_Slot]] = defaultdict(list)
    far: dict[_Slot, list[_Slot]] = defaultdict(list)
    ways: dict[tuple[str, str], list[_Slot]] = {}
    for line in lines:
        first, last = places[line.parent], places[line.child]
        way = [(line.parent, line.child, str(column)) for column in range(first + 1, last)]
        for column, slot in zip(range(first + 1, last), way, strict=True):
            table[column].append(slot)
        ways[line.parent, line.child] = list(way)
        steps: list[_Slot] = [(line.parent,), *way, (line.child,)]
        for left, right in pairwise(steps):
            far[left].append(right)
            near[right].append(left)
    columns = [table[column] for column in sorted(table)]
    _uncross(columns, near, far)
    rows = _heights(columns, near, far)
    column_of = {slot: column for column in table for slot in table[column]}
    stands = {slot: Stand(column_of[slot], rows[slot]) for slot in rows}
    return (
        {slot[0]: stand for slot, stand in stands.items() if len(slot) == 1},
        {ends: tuple(stands[slot] for slot in way) for ends, way in ways.items()},
    )


_Near = Mapping[_Slot, Sequence[_Slot]]


def _uncross(columns: list[list[_Slot]], near: _Near, far: _Near) -> None:
    """Sort each column by the middle of its neighbours, to and fro; the best order is kept."""
    best, fewest = [list(column) for column in columns], crossings(columns, far)
    for sweep in range(SWEEPS):
        if not fewest:
            break
        rightward = sweep % 2 == 0
        steps = list(pairwise(columns))
        for left, right in steps if rightward else reversed(steps):
            fixed, moved, beside = (left, right, near) if rightward else (right, left, far)
            at = {slot: float(row) for row, slot in enumerate(fixed)}
            before = {slot: float(row) for row, slot in enumerate(moved)}
            middle = {
                slot: sum(at[one] for one in beside[slot]) / len(beside[slot])
                if beside.get(slot)
                else before[slot]
                for slot in moved
            }
            moved.sort(key=lambda slot: (middle[slot], before[slot]))
        found = crossings(columns, far)
        if found < fewest:
            best, fewest = [list(column) for column in columns], found
    for column, kept in zip(columns, best, strict=True):
        column[:] = kept


def crossings(columns: Sequence[Sequence[_Slot]], far: _Near) -> int:
    """How many pairs of lines cross between neighbouring columns."""
    count = 0
    for left, right in pairwise(columns):
        at = {slot: row for row, slot in enumerate(right)}
        ends = [at[one] for slot in left for one in sorted(far.get(slot, ()), key=at.__getitem__)]
        count += sum(one > other for place, one in enumerate(ends) for other in ends[place + 1 :])
    return count


def _heights(columns: Sequence[Sequence[_Slot]], near: _Near, far: _Near) -> dict[_Slot, float]:
    """Rows from 0.5 down: each node beside the middle of its neighbours, one row apart."""
    rows = {slot: float(place) for column in columns for place, slot in enumerate(column)}
    for sweep in range(SWEEPS):
        for column in columns if sweep % 2 == 0 else reversed(columns):
            wished = [
                sum(rows[one] for one in beside) / len(beside) if beside else rows[slot]
                for slot in column
                for beside in [[*near.get(slot, ()), *far.get(slot, ())]]
            ]
            rows |= zip(column, _apart(wished), strict=True)
    top = min(rows.values(), default=0.0)
    return {slot: row - top + 0.5 for slot, row in rows.items()}


def _apart(wished: Sequence[float]) -> list[float]:
    """The nearest to what is wished with at least one row between neighbours, in their order."""
    blocks: list[tuple[float, int]] = []
    for place, wish in enumerate(wished):
        middle, size = wish - place, 1
        while blocks and blocks[-1][0] > middle:
            before, count = blocks.pop()
            middle = (before * count + middle * size) / (count + size)
            size += count
        blocks.append((middle, size))
    levels = [middle for middle, size in blocks for _ in range(size)]
    return [level + place for place, level in enumerate(levels)]
