"""A product's season by mass: what was there, what came in, what went out, what should be left.

Amounts of lots that were made into other lots of the same product stay inside; what crosses the
border of a product, or is trimmed off on the way, is a part of its own. Every part is an exact sum,
whatever the order of the records. What has no weight is named in `uncounted`, never dropped.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

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


@dataclass(frozen=True, slots=True)
class Moved:
    """One amount of one stock in one record."""

    entry: int
    day: str
    event_type: str
    role: str
    stock: Stock
    quantity: Quantity


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
    entries: Mapping[int, Iterable[Moved]], first_day: str
) -> dict[str, ProductBalance]:
    """Every product's balance from `first_day` on; what happened before is what was there then."""
    boxes = package_masses(entries)
    seasons = defaultdict[str, ProductBalance](ProductBalance)
    for moves in entries.values():
        parts = _parts(list(moves), boxes)
        for product_id, name, is_in, kg in parts.amounts:
            if not kg:
                continue
            season = seasons[product_id]
            if parts.day < first_day:
                season.before += kg if is_in else -kg
            else:
                side = season.came_in if is_in else season.went_out
                side[name] += kg
        if parts.day >= first_day:
            for one in parts.uncounted:
                seasons[one.stock.product_id].uncounted.append(one)
    return dict(seasons)


def package_masses(entries: Mapping[int, Iterable[Moved]]) -> dict[int, Decimal]:
    """What one gift box of each package weighs: what went in, over how many were made."""
    found = {}
    for moves in entries.values():
        if (made := next((one for one in moves if _is_package(one)), None)) is None:
            continue
        inside = [mass_of(one.quantity, one.stock.unit_mass_kg) for one in moves if one is not made]
        weighed = [one for one in inside if one is not None]
        if weighed and len(weighed) == len(inside) and made.quantity.amount:
            found[made.stock.key] = sum(weighed, Decimal(0)) / made.quantity.amount
    return found


def _is_package(one: Moved) -> bool:
    return one.event_type == "package_made" and one.role == OUTPUT


@dataclass
class _Parts:
    """What one record means for products: (product, part, whether it came in, kg)."""

    day: str
    amounts: list[tuple[str, str, bool, Decimal]] = field(default_factory=list)
    uncounted: list[Moved] = field(default_factory=list)


def _parts(moves: list[Moved], boxes: Mapping[int, Decimal]) -> _Parts:
    parts = _Parts(moves[0].day)
    taken, made = defaultdict[str, Decimal](Decimal), defaultdict[str, Decimal](Decimal)
    for one in moves:
        stock = one.stock
        kg = mass_of(one.quantity, boxes.get(stock.key, stock.unit_mass_kg))
        if kg is None:
            parts.uncounted.append(one)
            kg = Decimal(0)
        if one.role == REMOVED:
            parts.amounts.append((stock.product_id, one.event_type, False, kg))
        elif one.role == RETURNED:
            parts.amounts.append((stock.product_id, "returned", True, kg))
        elif one.role == INPUT:
            taken[stock.product_id] += kg
            if stock.is_planting:
                parts.amounts.append((stock.product_id, "picked", True, kg))
        elif one.role == OUTPUT:
            made[stock.product_id] += kg
    if made:
        parts.amounts += _made_from(taken, made, is_weighed=not parts.uncounted)
    return parts


def _made_from(
    taken: Mapping[str, Decimal], made: Mapping[str, Decimal], *, is_weighed: bool
) -> list[tuple[str, str, bool, Decimal]]:
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
