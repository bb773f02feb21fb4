"""The rails beside the rows of a lineage: before the node they meet, behind it they part."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..domain.lineage_layout import Drawing

LANE, HEAD = 18, 40
"""How wide a rail is and how high the head of a row, in px; the dot is in the head's middle."""


@dataclass(frozen=True)
class Rails:
    """The rails of one row: where its dot is, the paths in its head, and what goes on below."""

    node: str
    dot: int
    paths: tuple[str, ...]
    below: tuple[int, ...]
    leads_to: tuple[str, ...]


@dataclass
class _Lanes:
    """Which rail is whose: before the node the child's that it leads to, behind it the parent's."""

    owners: list[str | None] = field(default_factory=list)

    def used(self) -> list[int]:
        return [lane for lane, owner in enumerate(self.owners) if owner is not None]

    def of(self, owner: str) -> int | None:
        return self.owners.index(owner) if owner in self.owners else None

    def free(self) -> int:
        if None not in self.owners:
            self.owners.append(None)
        return self.owners.index(None)


def rails_of(drawing: Drawing) -> tuple[tuple[Rails, ...], int]:
    """The rails of every row, from the first origin to the last end, and how many lie abreast."""
    stands = drawing.stands
    order = sorted(stands, key=lambda node: (stands[node].column, stands[node].row))
    place = {node: number for number, node in enumerate(order)}
    children: dict[str, list[str]] = {node: [] for node in order}
    parents: dict[str, list[str]] = {node: [] for node in order}
    for line in drawing.lines:
        passes_by = stands[line.parent].column < 0 < stands[line.child].column
        if not line.closes_circle and not passes_by:
            children[line.parent].append(line.child)
            parents[line.child].append(line.parent)
    lanes, found = _Lanes(), []
    for node in order:
        found.append(
            _part(node, lanes, parents[node], children, place)
            if stands[node].column > 0
            else _meet(node, lanes, children[node], is_focus=stands[node].column == 0)
        )
    return tuple(found), max(len(lanes.owners), 1)


def _meet(node: str, lanes: _Lanes, children: Sequence[str], *, is_focus: bool) -> Rails:
    """A row before the node, or its own: what leads to it ends, rails to its children begin."""
    above = lanes.used()
    own = lanes.of(node)
    dot = lanes.free() if own is None else own
    lanes.owners[dot] = None
    paths = [_down(lane) for lane in above if lane != dot]
    paths += [_to_dot(dot, dot)] if own is not None else []
    if is_focus and children:
        lanes.owners[dot] = node
        paths.append(_from_dot(dot, dot))
    elif not is_focus:
        for child in children:
            lane = lanes.of(child)
            if lane is None:
                lane = dot if lanes.owners[dot] is None else lanes.free()
                lanes.owners[lane] = child
            paths.append(_from_dot(dot, lane))
    return Rails(node, dot, tuple(paths), tuple(lanes.used()), tuple(children))


def _part(
    node: str,
    lanes: _Lanes,
    parents: Sequence[str],
    children: Mapping[str, Sequence[str]],
    place: Mapping[str, int],
) -> Rails:
    """A row behind the node: it leaves the rails of its parents, and begins one of its own."""
    above = lanes.used()
    from_lanes = [lane for parent in parents if (lane := lanes.of(parent)) is not None]
    for parent in parents:
        lane = lanes.of(parent)
        if lane is not None and max(place[child] for child in children[parent]) == place[node]:
            lanes.owners[lane] = None
    ended = [lane for lane in from_lanes if lanes.owners[lane] is None]
    dot = ended[0] if ended else lanes.free()
    paths = [_down(lane) for lane in above if lane not in ended]
    paths += [_to_dot(lane, dot) for lane in from_lanes]
    if children[node]:
        lanes.owners[dot] = node
        paths.append(_from_dot(dot, dot))
    return Rails(node, dot, tuple(paths), tuple(lanes.used()), tuple(children[node]))


def middle(lane: int) -> int:
    """The middle of a rail, in px from the left."""
    return LANE * lane + LANE // 2


def _down(lane: int) -> str:
    return f"M{middle(lane)} 0V{HEAD}"


def _to_dot(lane: int, dot: int) -> str:
    x, to_x, y = middle(lane), middle(dot), HEAD // 2
    return f"M{x} 0V{y}" if x == to_x else f"M{x} 0C{x} {y} {x} {y} {to_x} {y}"


def _from_dot(dot: int, lane: int) -> str:
    x, to_x, y = middle(dot), middle(lane), HEAD // 2
    return f"M{x} {y}V{HEAD}" if x == to_x else f"M{x} {y}C{to_x} {y} {to_x} {y} {to_x} {HEAD}"
