"""What does not add up: picked against what can grow, out against in, made against taken, labels.

Facts are always recorded: what these rules find is flagged, never refused, labels excepted. Each
finding says how much there could be and how much there is; RULES says why it matters and what
would mend it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from .element import FSMA_RECEIVE
from .errors import N_, Problem
from .events import MadeNode, NodeShare
from .key_data import ART27, FSMA_TRANSFORM, LOT, elements
from .mass_balance import Balance
from .quantity import UNITS, Quantity, can_convert, convert, without_dust
from .standing import (
    BREACHES,
    MORE_ARRIVED,
    MORE_THAN_GROWS,
    MORE_THAN_THERE,
    MOVED,
    PACKED_MORE,
    NodeFacts,
)

LABELS_ABOVE_PACKED = "labels_above_packed"


@dataclass(frozen=True)
class Rule:
    """One thing that must add up: what is said where it does not, why, and what would mend it."""

    words: str
    reason: str
    mend: str
    clause: str = ART27


RULES: dict[str, Rule] = {
    MORE_THAN_GROWS: Rule(
        BREACHES[MORE_THAN_GROWS],
        N_("An area bears no more than the highest yield declared for its product."),
        N_("Correct the weights picked, the area of the plot, or the product's highest yield."),
    ),
    PACKED_MORE: Rule(
        BREACHES[PACKED_MORE],
        N_("What comes out weighs no more than what went in."),
        N_("Correct how many were packed, what one weighs, or how much was taken."),
        FSMA_TRANSFORM,
    ),
    MORE_ARRIVED: Rule(
        BREACHES[MORE_ARRIVED],
        N_("What another co-op sent is all that can arrive of it."),
        N_("Correct how much arrived, or ask the sender to correct how much was sent."),
        FSMA_RECEIVE,
    ),
    MORE_THAN_THERE: Rule(
        BREACHES[MORE_THAN_THERE],
        N_("What is used, sent, sold, destroyed or lost was there before."),
        N_("Find the amount that is wrong and correct it, or record the arrival that is missing."),
    ),
    LABELS_ABOVE_PACKED: Rule(
        N_("there are more labels than were packed"),
        N_("Each label stands for one that was packed."),
        N_("Void the labels that are too many."),
    ),
}
"""By name; all but the last are breaches that the record of an event keeps."""


@dataclass(frozen=True)
class Imbalance:
    """One thing that does not add up: at most so much, and so much is written down."""

    rule: str
    most: Decimal
    found: Decimal
    unit: str

    @property
    def excess(self) -> Decimal:
        """How much too much."""
        return without_dust(self.found - self.most)


def with_tolerance(amount: Decimal, tolerance_percent: Decimal) -> Decimal:
    """The most that passes for this amount: scales and hands are not exact.

    >>> with_tolerance(Decimal(200), Decimal(3))
    Decimal('206.00')
    """
    return amount * (100 + tolerance_percent) / 100


def slack(came_in: Decimal, unit: str, tolerance_percent: Decimal) -> Decimal:
    """How far below zero a lot may fall: goods that are counted may not, they were counted."""
    if UNITS[unit].dimension != "mass":
        return Decimal(0)
    return with_tolerance(came_in, tolerance_percent) - came_in


def more_than_grows(
    picked_kg: Decimal,
    area_mu: Decimal | None,
    top_yield_kg_per_mu: Decimal | None,
    tolerance_percent: Decimal = Decimal(0),
) -> Imbalance | None:
    """All that was picked of a planting against its area; nothing where nobody declared either."""
    if not area_mu or not top_yield_kg_per_mu:
        return None
    most = area_mu * top_yield_kg_per_mu
    if picked_kg <= with_tolerance(most, tolerance_percent):
        return None
    return Imbalance(MORE_THAN_GROWS, most, picked_kg, "kg")


def more_than_taken(
    made: Decimal, taken: Decimal, unit: str, tolerance_percent: Decimal = Decimal(0)
) -> Imbalance | None:
    """What came out against what went in, both in this unit; losing something on the way is well.

    What was counted and stayed counted in the same unit has no tolerance.
    """
    if without_dust(made - taken) <= slack(taken, unit, tolerance_percent):
        return None
    return Imbalance(PACKED_MORE, taken, made, unit)


def more_than_there(amounts: Balance, tolerance_percent: Decimal = Decimal(0)) -> Imbalance | None:
    """A lot's outgoings against what came into it."""
    came_in = amounts.made + amounts.returned
    if amounts.remaining >= -slack(came_in, amounts.unit, tolerance_percent):
        return None
    return Imbalance(MORE_THAN_THERE, came_in, came_in - amounts.remaining, amounts.unit)


def labels_above_packed(labels: int, packed_quantity: int, unit: str) -> Imbalance | None:
    """Labels that are not void against what was packed, by count."""
    if labels <= packed_quantity:
        return None
    return Imbalance(LABELS_ABOVE_PACKED, Decimal(packed_quantity), Decimal(labels), unit)


def made_and_taken(
    made: Iterable[tuple[Quantity, Decimal | None]],
    taken: Iterable[tuple[Quantity, Decimal | None]],
) -> tuple[Decimal, Decimal, str] | None:
    """What came out, what went in and their unit: kg, or the one counted unit of all of them.

    Each amount comes with what one of it weighs; boxes that weigh less than those they were filled
    from are weighed, not counted. None where they have nothing in common.
    """
    out, into = list(made), list(taken)
    every = out + into
    alike = {quantity.unit for quantity, _ in every}
    counted = next(iter(alike)) if len(alike) == 1 else ""
    if counted and UNITS[counted].dimension != "count":
        counted = ""
    if counted and len({mass for _, mass in every}) == 1:
        return _sum(out, counted), _sum(into, counted), counted
    if all(can_convert(quantity.unit, "kg", mass) for quantity, mass in every):
        return _sum(out, "kg"), _sum(into, "kg"), "kg"
    return (_sum(out, counted), _sum(into, counted), counted) if counted else None


def _sum(amounts: Iterable[tuple[Quantity, Decimal | None]], unit: str) -> Decimal:
    return sum((convert(quantity, unit, mass) for quantity, mass in amounts), Decimal(0))


def made_amounts(makes: Iterable[MadeNode]) -> list[tuple[Quantity, Decimal | None]]:
    """The amounts of the lots that an event makes, each with what one of it weighs."""
    found = []
    for one in makes:
        mass = one.facts.get("unit_mass_kg")
        if one.kind == LOT and one.quantity:
            found.append((one.quantity, Decimal(mass) if mass else None))
    return found


NO_CONVERSION = N_("%(lot)s is kept in %(unit)s: %(given_unit)s cannot be turned into that.")
NO_WEIGHT = N_("Nobody has said what one %(unit)s of %(lot)s weighs, so it cannot be weighed in.")
SUMMED_BY_MASS = ("harvesting", "merging")
"""What comes out of these is weighed: every amount that goes in must have a weight."""


def unit_problems(
    event_type: str, shares: Iterable[NodeShare], facts: Mapping[str, NodeFacts]
) -> list[Problem]:
    """Amounts in units that have nothing in common with their lot's, each beside its own field."""
    given, problems = list(shares), list[Problem]()
    for element in elements(event_type).values():
        if element.kind != "nodes" or not element.units or element.role not in MOVED:
            continue
        own = [
            one
            for one in given
            if one.role == element.role and facts[one.node_id].kind in element.nodes
        ]
        for number, share in enumerate(own):
            lot, place = facts[share.node_id], f"{element.name}-{number}"
            if lot.remaining is None or share.quantity is None:
                continue
            unit, mass = share.quantity.unit, lot.unit_mass_kg
            said, message = {"lot": lot.name, "unit": lot.unit}, ""
            if not can_convert(unit, lot.unit, mass):
                said, message = said | {"given_unit": unit}, NO_CONVERSION
            elif event_type in SUMMED_BY_MASS and not can_convert(unit, "kg", mass):
                message = NO_WEIGHT
            if message:
                problems.append(Problem(place, message, said, element.label, element.clause))
    return problems
