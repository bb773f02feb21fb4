"""Judging amounts when they are recorded: against what grows, what is there, what was taken.

The sums are those of the record at that moment. A late record or a correction changes them later,
so the pages work the balance out anew (query/balances.py); what is kept here is what was known.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from ..domain import imbalance
from ..domain.events import Event, NodeShare
from ..domain.key_data import INPUT, LOT, PLANTING, SOURCE
from ..domain.quantity import Quantity, can_convert, convert
from ..domain.standing import MORE_ARRIVED, MORE_THAN_GROWS, MOVED, PACKED_MORE, NodeFacts
from ..repository import balances, consignments, declared, nodes
from ..repository.database import Connection
from ..repository.declared import Declared
from .recording import Recording

TAKING = ("harvesting", "packing")
COMING_OUT = ("packing", "splitting", "merging", "repacking")


def slack_of(
    recording: Recording, shares: Iterable[NodeShare], facts: Mapping[str, NodeFacts]
) -> dict[str, Decimal]:
    """How far below zero each weighed lot may fall by its product's tolerance; others are out."""
    connection, found = recording.connection, dict[str, Decimal]()
    moved = [one.node_id for one in shares if one.role in MOVED and facts[one.node_id].kind == LOT]
    products = _products(connection, facts.values())
    for node_id in moved:
        tolerance = tolerance_of(products.get(facts[node_id].product_id or ""))
        if tolerance:
            amounts = nodes.lot_balance(connection, nodes.node_key(connection, node_id))
            came_in = amounts.made + amounts.returned
            found[node_id] = imbalance.slack(came_in, amounts.unit, tolerance)
    return found


def amount_breaches(recording: Recording, event: Event, facts: Mapping[str, NodeFacts]) -> set[str]:
    """What does not add up in an event that is about to be written."""
    found, connection = set(), recording.connection
    products = _products(connection, facts.values())
    taken = [one for one in event.shares if one.role == INPUT and one.quantity]
    if event.event_type in COMING_OUT:
        product = products.get(next((facts[one.node_id].product_id or "" for one in taken), ""))
        if _is_more(event, taken, facts, products, tolerance_of(product)):
            found.add(PACKED_MORE)
    if event.event_type in TAKING and _is_more_than_grows(connection, taken, facts, products):
        found.add(MORE_THAN_GROWS)
    if any(_is_more_than_sent(connection, event, share) for share in event.of_role(SOURCE)):
        found.add(MORE_ARRIVED)
    return found


def _is_more_than_sent(connection: Connection, event: Event, share: NodeShare) -> bool:
    """Whether more of another co-op's lot arrived than its shipping says, in the sender's unit."""
    made = {one.facts.get("product_id", "") for one in event.makes}
    products = declared.by_ids(connection, "product", sorted(made))
    tolerance = max((tolerance_of(one) for one in products.values()), default=Decimal(0))
    for sent in consignments.of_shipping(connection, str(event.what.get("shipping", ""))):
        mass = Decimal(sent["unit_mass_kg"]) if sent["unit_mass_kg"] else None
        if sent["node_id"] != share.node_id or share.quantity is None:
            continue
        if can_convert(share.quantity.unit, sent["unit"], mass):
            arrived = convert(share.quantity, sent["unit"], mass)
            amount = Decimal(sent["quantity"])
            return imbalance.more_than_taken(arrived, amount, sent["unit"], tolerance) is not None
    return False


def tolerance_of(product: Declared | None) -> Decimal:
    """A product's tolerance in per cent; none declared is none."""
    return Decimal(product.text("tolerance_percent") or 0) if product else Decimal(0)


def mass_of_one(facts: NodeFacts, product: Declared | None) -> Decimal | None:
    """What one of a node weighs: as it was packed, or as its product says of a plant in a pot."""
    if facts.unit_mass_kg or facts.kind != PLANTING or product is None:
        return facts.unit_mass_kg
    mass = product.text("unit_mass_kg")
    return Decimal(mass) if mass else None


def _products(connection: Connection, facts: Iterable[NodeFacts]) -> dict[str, Declared]:
    return declared.by_ids(connection, "product", [one.product_id or "" for one in facts])


def _is_more(
    event: Event,
    taken: list[NodeShare],
    facts: Mapping[str, NodeFacts],
    products: Mapping[str, Declared],
    tolerance: Decimal,
) -> bool:
    weighed = []
    for one in taken:
        lot = facts[one.node_id]
        mass = mass_of_one(lot, products.get(lot.product_id or ""))
        weighed.append((one.quantity or Quantity(Decimal(0), lot.unit), mass))
    sums = imbalance.made_and_taken(imbalance.made_amounts(event.makes), weighed)
    return sums is not None and imbalance.more_than_taken(*sums, tolerance) is not None


def _is_more_than_grows(
    connection: Connection,
    taken: list[NodeShare],
    facts: Mapping[str, NodeFacts],
    products: Mapping[str, Declared],
) -> bool:
    for share in taken:
        planting, quantity = facts[share.node_id], share.quantity
        product = products.get(planting.product_id or "")
        if planting.kind != PLANTING or product is None or quantity is None:
            continue
        top, mass = product.text("top_yield_kg_per_mu"), mass_of_one(planting, product)
        key = nodes.node_key(connection, share.node_id)
        before = [
            Quantity(Decimal(one["quantity"]), one["unit"])
            for one in balances.taken_from_plantings(connection, [key])
        ]
        picked = sum(
            (
                convert(one, "kg", mass)
                for one in (*before, quantity)
                if can_convert(one.unit, "kg", mass)
            ),
            Decimal(0),
        )
        area = balances.area_of(connection, key)
        most = Decimal(top) if top else None
        if imbalance.more_than_grows(picked, area, most, tolerance_of(product)):
            return True
    return False
