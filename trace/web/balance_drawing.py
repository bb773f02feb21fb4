"""A balance as a river: what came in flows down and parts into what went out and what is left.

Geometry and words only; `templates/parts/balance.html` draws it. Where more went out than came in,
the piece of the river without a spring stands beside the others in its own colour.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from ..domain.errors import N_
from ..domain.mass_balance import Balance
from ..domain.quantity import Quantity, can_convert, convert
from ..domain.season_balance import CAME_IN, WENT_OUT, ProductBalance
from ..domain.vocabulary import EVENT_TYPES
from . import display
from .language import current_language
from .words import _

WIDE, HEIGHT, BANK, GAP = 1000.0, 200.0, 40.0, 10.0
_BEND = (HEIGHT - 2 * BANK) / 2

BEFORE, MADE, LEFT = N_("Left from before"), N_("Made or received"), N_("Left")
TOGETHER = N_("The new lot")
USED, MISSING = N_("Packed on or used"), N_("Missing: more went out than came in")

_SHARES = tuple(f"share {number}" for number in range(6))
_COLOURS = {
    **dict.fromkeys(("picked", "made", "from_other"), "grown"),
    **dict.fromkeys(("received", "returned", "before"), "bought"),
    **dict.fromkeys(("shipping",), "sent"),
    **dict.fromkeys(("selling",), "sold"),
    **dict.fromkeys(("used", "into_boxes", "into_other"), "used"),
    **dict.fromkeys(("trimmed", "loss", "destroying"), "lost"),
    **dict.fromkeys(("unweighed_in", "unweighed_out"), "unweighed"),
    **dict(zip(_SHARES, ("grown", "sold", "bought", "used", "sent", "lost"), strict=True)),
    "left": "left",
    "gained": "missing",
    "missing": "missing",
}


@dataclass(frozen=True)
class Piece:
    """A stretch of a bank with its name, amount, share in per cent, colour class and place."""

    name: str
    amount: Decimal
    per_cent: int
    colour: str
    x: float
    width: float


@dataclass(frozen=True)
class Arm:
    """One arm of the river, as an SVG path from the upper bank to the lower one."""

    path: str
    colour: str


@dataclass(frozen=True)
class River:
    """The upper bank, the lower bank, the arms between them, and all of it in words."""

    unit: str
    there: Decimal
    upper: tuple[Piece, ...]
    lower: tuple[Piece, ...]
    arms: tuple[Arm, ...]
    words: str


Part = tuple[str, str, Decimal]
"""A part's key, its name and how much of it."""


def product_river(balance: ProductBalance) -> River:
    """A product's season, in kg."""
    upper = [("before", _(BEFORE), max(balance.before, Decimal(0)))]
    upper += [(key, _(CAME_IN[key]), balance.came_in.get(key, Decimal(0))) for key in CAME_IN]
    lower = [(key, _(WENT_OUT[key]), balance.went_out.get(key, Decimal(0))) for key in WENT_OUT]
    return _river("kg", upper, lower, balance.left)


def lot_river(amounts: Balance) -> River:
    """One lot, in its own unit."""
    upper = [("made", _(MADE), amounts.made), ("returned", _("Came back"), amounts.returned)]
    lower = [("used", _(USED), amounts.used)]
    lower += [(key, _(EVENT_TYPES[key].label), much) for key, much in amounts.gone.items()]
    return _river(amounts.unit, upper, lower, amounts.remaining)


def mixing_river(lots: Iterable[tuple[str, Quantity, Decimal | None]]) -> River | None:
    """Lots flowing together: each its name, how much of it and what one of it weighs.

    In kg, as the new lot will be. None where one of them has no weight.
    """
    given, unit = list(lots), "kg"
    if not all(can_convert(much.unit, unit, mass) for _name, much, mass in given):
        return None
    upper = [
        (_SHARES[at % len(_SHARES)], name, convert(much, unit, mass))
        for at, (name, much, mass) in enumerate(given)
    ]
    whole = sum((much for _key, _name, much in upper), Decimal(0))
    return _river(unit, upper, [("left", _(TOGETHER), whole)], Decimal(0))


def _river(unit: str, upper: list[Part], lower: list[Part], left: Decimal) -> River:
    there = sum((much for _key, _name, much in upper), Decimal(0))
    if left > 0:
        lower = [*lower, ("left", _(LEFT), left)]
    elif left < 0:
        upper = [*upper, ("missing", _(MISSING), -left)]
    upper, lower = ([part for part in bank if part[2] > 0] for bank in (upper, lower))
    whole = max(sum((one[2] for one in bank), Decimal(0)) for bank in (upper, lower))
    room = WIDE - GAP * max(len(lower) - 1, 0)
    above = _bank(upper, whole, room, (WIDE - room) / 2, 0)
    below = _bank(lower, whole, room, 0, GAP)
    return River(unit, there, above, below, tuple(_arms(above, below)), _words(unit, above, below))


def _bank(
    parts: list[Part], whole: Decimal, room: float, start: float, gap: float
) -> tuple[Piece, ...]:
    pieces, at = [], start
    for key, name, much in parts:
        share = float(much / whole) if whole else 0.0
        colour = _COLOURS.get(key, "lost")
        pieces.append(Piece(name, much, round(share * 100), colour, at, share * room))
        at += share * room + gap
    return tuple(pieces)


def _arms(above: tuple[Piece, ...], below: tuple[Piece, ...]) -> Iterable[Arm]:
    if not above:
        return
    at, middle, low = above[0].x, BANK + _BEND, HEIGHT - BANK
    for piece in below:
        to, end = at + piece.width, piece.x + piece.width
        yield Arm(
            f"M{at:.1f} {BANK:g}C{at:.1f} {middle:g} {piece.x:.1f} {middle:g} {piece.x:.1f} {low:g}"
            f"H{end:.1f}C{end:.1f} {middle:g} {to:.1f} {middle:g} {to:.1f} {BANK:g}Z",
            piece.colour,
        )
        at = to


def _words(unit: str, above: tuple[Piece, ...], below: tuple[Piece, ...]) -> str:
    said = {"in": _listed(unit, above), "out": _listed(unit, below)}
    return _("Came in: %(in)s. Of this: %(out)s.", **said)


def _listed(unit: str, pieces: tuple[Piece, ...]) -> str:
    language = current_language()
    between = ", " if language == "en" else "、"
    found = [f"{one.name} {display.quantity(one.amount, unit, language)}" for one in pieces]
    return between.join(found) or _("nothing")
