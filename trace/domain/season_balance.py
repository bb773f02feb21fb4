"""A product's season by mass: what was there, what came in, what went out, what should be left.

Amounts of lots that were made into other lots of the same product stay inside; what crosses the
border of a product, or is trimmed off on the way, is a part of its own. Every part is an exact sum,
whatever the order of the records. What has no weight is named in `uncounted`, never dropped.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from .errors import N_
from .key_data import INPUT, OUTPUT, REMOVED, RETURNED
from .quantity import Quantity, can_convert, convert, without_dust

CAME_IN = {
    "picked": N_("Picked"),
    "received": N_("Arrived from suppliers"),
    "returned": N_("Came back"),
    "from_other": N_("Made from other products"),
    "unweighed_in": N_("Made from goods without a weight"),
    "gained": N_("Packed, but never taken"),
}
WENT_OUT = {
    "shipping": N_("Sent"),
    "selling": N_("Sold directly"),
    "into_boxes": N_("Into gift boxes"),
    "into_other": N_("Into other products"),
    "unweighed_out": N_("Into goods without a weight"),
    "trimmed": N_("Trimmed off in packing"),
    "loss": N_("Lost"),
    "destroying": N_("Destroyed"),
}
"""The parts of a balance in the order in which they are shown; `removed` parts are event types."""

PACKAGE_MADE = "package_made"
PACKAGES = ""
"""Stands for a product where gift boxes are meant: several products under one code."""


@dataclass(frozen=True)
class Stock:
    """A lot, package or planting whose amounts move; `unit_mass_kg` is what one of it weighs."""

    key: int
    product_id: str
    unit: str
    unit_mass_kg: Decimal | None = None
    is_planting: bool = False


class Moved(NamedTuple):
    """One amount of one stock in one record; a tuple, as a season has many."""

    entry: int
    day: str
    event_type: str
    role: str
    stock: Stock
    quantity: Quantity


_Part = tuple[str, str, bool, Decimal]
"""A product, a part of its balance, whether that came in, and how many kg."""


@dataclass
class ProductBalance:
    """One product in kg: what was there on the first day, the parts, and what has no weight."""

    before: Decimal = Decimal(0)
    came_in: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    went_out: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    uncounted: list[Moved] = field(default_factory=list)

    @property
    def there(self) -> Decimal:
        """All that was there at any time: from before, and what came in."""
        return without_dust(self.before + sum(self.came_in.values(), Decimal(0)))

    @property
    def gone(self) -> Decimal:
        """All that went out."""
        return without_dust(sum(self.went_out.values(), Decimal(0)))

    @property
    def left(self) -> Decimal:
        """What should still be there; below zero where more went out than came in."""
        return without_dust(self.there - self.gone)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.before or self.came_in or self.went_out or self.uncounted)


def mass_of(quantity: Quantity, unit_mass_kg: Decimal | None) -> Decimal | None:
    """An amount in kg; None where it has no weight."""
    if quantity.unit == "kg":
        return quantity.amount
    if not can_convert(quantity.unit, "kg", unit_mass_kg):
        return None
    return convert(quantity, "kg", unit_mass_kg)


def by_entry(moved: Iterable[Moved]) -> dict[int, list[Moved]]:
    """The amounts of each record."""
    found = defaultdict[int, list[Moved]](list)
    for one in moved:
        found[one.entry].append(one)
    return found


def product_balances(
    entries: Mapping[int, list[Moved]], first_day: str, boxes: Mapping[int, Decimal] | None = None
) -> dict[str, ProductBalance]:
    """Every product's balance from `first_day` on; what happened before is what was there then.

    `boxes` are the package_masses of these entries, where they are at hand.
    """
    masses = package_masses(entries) if boxes is None else boxes
    seasons = defaultdict[str, ProductBalance](ProductBalance)
    for moves in entries.values():
        parts, uncounted = _parts(moves, masses)
        is_before = moves[0].day < first_day
        for product_id, name, is_in, kg in parts:
            if not kg:
                continue
            season = seasons[product_id]
            if is_before:
                season.before += kg if is_in else -kg
            elif is_in:
                season.came_in[name] += kg
            else:
                season.went_out[name] += kg
        if not is_before:
            for one in uncounted:
                seasons[one.stock.product_id].uncounted.append(one)
    return dict(seasons)


def package_masses(entries: Mapping[int, list[Moved]]) -> dict[int, Decimal]:
    """What one gift box of each package weighs: what went in, over how many were made."""
    found = {}
    for moves in entries.values():
        if moves[0].event_type != PACKAGE_MADE:
            continue
        made = next(one for one in moves if one.role == OUTPUT)
        inside = [mass_of(one.quantity, one.stock.unit_mass_kg) for one in moves if one is not made]
        weighed = [one for one in inside if one is not None]
        if weighed and len(weighed) == len(inside) and made.quantity.amount:
            found[made.stock.key] = sum(weighed, Decimal(0)) / made.quantity.amount
    return found


def _parts(moves: list[Moved], boxes: Mapping[int, Decimal]) -> tuple[list[_Part], list[Moved]]:
    """What one record means for products, and its amounts that have no weight."""
    parts, uncounted = list[_Part](), list[Moved]()
    taken, made = dict[str, Decimal](), dict[str, Decimal]()
    for one in moves:
        stock, role = one.stock, one.role
        product_id = stock.product_id
        kg = mass_of(one.quantity, boxes.get(stock.key, stock.unit_mass_kg))
        if kg is None:
            uncounted.append(one)
            kg = Decimal(0)
        if role == REMOVED:
            parts.append((product_id, one.event_type, False, kg))
        elif role == RETURNED:
            parts.append((product_id, "returned", True, kg))
        elif role == OUTPUT:
            made[product_id] = made.get(product_id, 0) + kg
        elif role == INPUT:
            taken[product_id] = taken.get(product_id, 0) + kg
            if stock.is_planting:
                parts.append((product_id, "picked", True, kg))
    if made:
        parts += _made_from(taken, made, is_weighed=not uncounted)
    return parts, uncounted


def _made_from(
    taken: Mapping[str, Decimal], made: Mapping[str, Decimal], *, is_weighed: bool
) -> list[_Part]:
    """What crosses from product to product where something is made, and what is lost or gained."""
    product_id, out = next(iter(made)), sum(made.values(), Decimal(0))
    if not taken:
        return [(product_id, "received", True, out)]
    found = []
    for source, kg in taken.items():
        if source != product_id:
            crossing = "into_boxes" if product_id == PACKAGES else "into_other"
            found += [(source, crossing, False, kg), (product_id, "from_other", True, kg)]
    short = without_dust(sum(taken.values(), Decimal(0)) - out)
    if short > 0:
        found.append((product_id, "trimmed" if is_weighed else "unweighed_out", False, short))
    elif short < 0:
        found.append((product_id, "gained" if is_weighed else "unweighed_in", True, -short))
    return found
