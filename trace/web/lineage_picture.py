"""The drawing of a lineage: boxes and lines of the wide picture, rows and rails of the outline.

Geometry and words only; templates/parts/lineage.html writes them as SVG without style attributes.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..domain.lineage import Link, Share
from ..domain.lineage_layout import Drawing, Line, Stand, drawing_of
from ..query.lineage import Family
from ..query.lineage_ends import Relative
from .lineage_outline import LANE, Rails, rails_of
from .lineage_words import Label, fold_label, label_of, rank_of

WIDTH, NARROWEST, WIDEST, GAP, LEAST_GAP = 1098, 160, 240, 36, 24
MOST_COLUMNS = 6
APART, HIGH, LINE = 24, 96, 21
TEXT, PAD, ICON = 16, 8, 22
THINNEST, THICKEST = 1.5, 9.0


@dataclass(frozen=True)
class Box:
    """One node of the wide picture; `x` and `y` are its upper left corner."""

    label: Label
    x: int
    y: int
    title: tuple[str, ...]
    lines: tuple[str, ...]
    is_focus: bool


@dataclass(frozen=True)
class Flow:
    """One line of the wide picture and how thick it is; `kind` is goods, input, end or circle."""

    path: str
    width: str
    kind: str


@dataclass(frozen=True)
class Picture:
    """The wide picture with its size in px."""

    width: int
    height: int
    box_width: int
    box_height: int
    boxes: tuple[Box, ...]
    flows: tuple[Flow, ...]


@dataclass(frozen=True)
class Row:
    """One row of the outline; `part` is before, node or behind."""

    label: Label
    rails: Rails
    part: str
    leads_to: tuple[str, ...]


@dataclass(frozen=True)
class Shown:
    """Both drawings of one family, of the same nodes and folds; `rails` is their width in px.

    `signs` are those that the legend explains: input, other, share, circle.
    """

    picture: Picture
    rows: tuple[Row, ...]
    rails: int
    signs: frozenset[str]
    leaves_out_inputs: bool


def shown(family: Family, page_of: Callable[[Relative], str]) -> Shown:
    """Draw a family; `page_of` gives the address a node leads to, empty for none."""
    whole = _drawing(family, family.links)
    goods = [link for link in family.links if family.relatives[link.parent].kind != "input_lot"]
    is_long = len(whole.columns) > MOST_COLUMNS and len(goods) < len(family.links)
    narrower = _drawing(family, goods) if is_long else whole
    labels = _labels(family, whole, page_of)
    rails, abreast = rails_of(whole)
    return Shown(
        _picture(family, narrower, _labels(family, narrower, page_of)),
        tuple(_row(one, whole, labels) for one in rails),
        LANE * abreast,
        frozenset(_signs(whole, labels)),
        is_long,
    )


def _signs(drawing: Drawing, labels: Mapping[str, Label]) -> Iterator[str]:
    """Which signs are in the drawing."""
    for label in labels.values():
        if label.kind == "input":
            yield "input"
        if label.is_other:
            yield "other"
        if any("%" in line for line in label.lines):
            yield "share"
    if any(line.closes_circle for line in drawing.lines):
        yield "circle"


def _drawing(family: Family, links: Sequence[Link]) -> Drawing:
    relatives = family.relatives
    return drawing_of(
        links,
        family.focus,
        lambda node: _group(relatives[node]),
        lambda node: rank_of(relatives[node]),
    )


def _labels(
    family: Family, drawing: Drawing, page_of: Callable[[Relative], str]
) -> dict[str, Label]:
    relatives = family.relatives
    return {
        node: fold_label(drawing.folds[node], relatives)
        if node in drawing.folds
        else label_of(relatives[node], page_of(relatives[node]))
        for node in drawing.stands
    }


def _group(one: Relative) -> tuple[str, ...]:
    """What is folded together: alike in kind and in how they were made."""
    coop = one.coop.id if one.coop else ""
    return (one.kind, one.made_by if one.kind in ("lot", "end") else "", one.input_kind, coop)


def _row(rails: Rails, drawing: Drawing, labels: Mapping[str, Label]) -> Row:
    column = drawing.stands[rails.node].column
    part = "node" if not column else "before" if column < 0 else "behind"
    leads_to = tuple(spoken(labels[child]) for child in rails.leads_to)
    return Row(labels[rails.node], rails, part, leads_to)


def spoken(label: Label) -> str:
    """A node in a few words, as another row names it."""
    return " ".join((label.title, *label.lines[:1]))


def _picture(family: Family, drawing: Drawing, labels: Mapping[str, Label]) -> Picture:
    columns = drawing.columns
    gap = GAP if len(columns) < MOST_COLUMNS else LEAST_GAP
    pitch = max(NARROWEST, min(WIDEST, (WIDTH + gap) // len(columns)))
    wide = pitch - gap
    room = wide - 2 * PAD
    titles = {node: in_two(labels[node].title, room - ICON, room) for node in drawing.stands}
    high = HIGH + LINE * (max(len(title) for title in titles.values()) - 1)

    def at(stand: Stand) -> tuple[int, int]:
        row = round(stand.row * (high + APART))
        return (stand.column - columns[0]) * pitch + 2, row + 4

    boxes = []
    for node, stand in drawing.stands.items():
        left, level = at(stand)
        lines = tuple(fit(line, TEXT, room) for line in labels[node].lines)
        corner = (left, level - high // 2)
        boxes.append(Box(labels[node], *corner, titles[node], lines, node == family.focus))
    flows = tuple(_flow(line, drawing, family.relatives, at, wide) for line in drawing.lines
                  if line.parent in drawing.stands and line.child in drawing.stands)  # fmt: skip
    return Picture(
        pitch * len(columns) - gap + 4,
        round(drawing.rows * (high + APART)) + 8,
        wide,
        high,
        tuple(boxes),
        flows,
    )


def _flow(
    line: Line,
    drawing: Drawing,
    relatives: Mapping[str, Relative],
    at: Callable[[Stand], tuple[int, int]],
    wide: int,
) -> Flow:
    (left, level), (to_x, to_y) = at(drawing.stands[line.parent]), at(drawing.stands[line.child])
    if line.closes_circle:
        over = min(level, to_y) - HIGH // 2 - 8
        path = f"M{left + wide} {level}C{left + wide + 40} {over} {to_x - 40} {over} {to_x} {to_y}"
        return Flow(path, "2", "circle")
    x, y = left + wide, level
    path = f"M{x} {y}"
    for stand in line.via:
        via_x, via_y = at(stand)
        path += f"{_bend(x, y, via_x, via_y)}H{via_x + wide}"
        x, y = via_x + wide, via_y
    return Flow(
        path + _bend(x, y, to_x, to_y),
        _thickness(line, drawing, relatives),
        _flow_kind(line, relatives),
    )


def _bend(x: int, y: int, to_x: int, to_y: int) -> str:
    between = (x + to_x) // 2
    return f"C{between} {y} {between} {to_y} {to_x} {to_y}"


def _flow_kind(line: Line, relatives: Mapping[str, Relative]) -> str:
    first = line.links[0]
    if relatives[first.parent].kind == "input_lot":
        return "input"
    return "end" if relatives[first.child].kind == "end" else "goods"


def _thickness(line: Line, drawing: Drawing, relatives: Mapping[str, Relative]) -> str:
    """By the share of the node in question that came this way; thin where that means nothing."""
    if drawing.stands[line.child].column > 0 or _flow_kind(line, relatives) == "input":
        return "2"
    members = drawing.folds[line.parent].members if line.parent in drawing.folds else [line.parent]
    share = _sum([relatives[one].share for one in members])
    width = THINNEST + (THICKEST - THINNEST) * float(min(share or Fraction(0), Fraction(1)))
    return f"{width:.1f}"


def _sum(shares: Sequence[Share]) -> Share:
    known = [one for one in shares if one is not None]
    return sum(known, Fraction(0)) if len(known) == len(shares) else None


def fit(text: str, size: int, room: float, bold: bool = False) -> str:
    """The text, cut where it would run out of its box."""
    if _width(text, size, bold) <= room:
        return text
    while text and _width(text, size, bold) > room - size:
        text = text[:-1]
    return text.rstrip(" ·") + "…"


def in_two(name: str, first_room: float, room: float) -> tuple[str, ...]:
    """A name in one line or two; where even that is too little, it is cut."""
    if _width(name, TEXT, bold=True) <= first_room:
        return (name,)
    end = len(name)
    while _width(name[:end], TEXT, bold=True) > first_room:
        end -= 1
    blank = name.rfind(" ", 1, end + 1)
    end = blank if blank > 0 else end
    return name[:end].rstrip(), fit(name[end:].lstrip(), TEXT, room, bold=True)


def _width(text: str, size: int, bold: bool) -> float:
    """About how wide a text is drawn, in px."""
    return sum(_wide(sign) for sign in text) * size * (1.08 if bold else 1)


def _wide(sign: str) -> float:
    if sign > "\u2e80":
        return 0.93
    if sign == " ":
        return 0.28
    return 0.64 if sign.isupper() else 0.56 if sign.isdigit() else 0.48
