"""What an event makes: the planting, lot, input lot or package that comes out of it.

The codes and lot numbers are passed in, already minted; this decides kind, product, quantity and
the facts that are fixed at the making. A harvested lot has a lot number but no traceability lot
code: that is assigned at packing, first receiving or transformation (21 CFR 1.1320).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .errors import N_, Problem
from .event_check import Reading
from .events import MadeNode, NodeShare
from .imbalance import NO_CONVERSION
from .key_data import INPUT, INPUT_LOT, LOT, PACKAGE, PLANTING, SOURCE
from .quantity import COUNT, Quantity, can_convert, convert, format_decimal
from .standing import NodeFacts

MAKING = (
    "planting",
    "harvesting",
    "packing",
    "splitting",
    "merging",
    "repacking",
    "package_made",
    "input_purchase",
    "receiving",
)
SEVERAL_PRODUCTS = N_("These are different products; choose what they are packed as.")
ONE_PRODUCT_ONLY = N_("These are different products; only lots of one product are merged.")
MASS_UNKNOWN = N_("Say what one of them weighs.")


@dataclass(frozen=True)
class Name:
    """A minted code and the lot number that goes with it."""

    code: str
    lot_number: str


def makes_how_many(event_type: str, reading: Reading) -> int:
    """How many nodes the event makes; an arrival of our own goods at a shop makes none."""
    if event_type not in MAKING:
        return 0
    if event_type == "receiving" and any(one.role != SOURCE for one in reading.shares):
        return 0
    return len(reading.what.get("parts", [])) if event_type == "splitting" else 1


def mass_of_one(product: Mapping[str, Any], reading: Reading) -> str | None:
    """What the product says one weighs in kg, where it is packed in the product's own unit."""
    unit = reading.what.get("unit") or reading.what.get("quantity", {}).get("unit")
    if unit in COUNT and unit != product.get("unit"):
        return None
    mass = product.get("unit_mass_kg")
    return str(mass) if mass else None


def product_of(
    event_type: str, reading: Reading, facts: Mapping[str, NodeFacts]
) -> tuple[str | None, list[Problem]]:
    """The product of what is made: named, or that of everything that goes in."""
    if event_type in ("input_purchase", "package_made"):
        return None, []
    named = reading.what.get("product")
    if named:
        return str(named), []
    inside = {
        facts[share.node_id].product_id
        for share in reading.shares
        if share.role == INPUT and facts[share.node_id].kind != INPUT_LOT
    }
    if len(inside) == 1:
        return inside.pop(), []
    if event_type == "merging":
        return None, [Problem("takes", ONE_PRODUCT_ONLY, {}, N_("What goes in"))]
    return None, [Problem("product", SEVERAL_PRODUCTS, {}, N_("Product"))]


def _sum_inputs(reading: Reading, facts: Mapping[str, NodeFacts], unit: str) -> Decimal:
    total = Decimal(0)
    for share in reading.shares:
        if share.role == INPUT and share.quantity:
            total += convert(share.quantity, unit, facts[share.node_id].unit_mass_kg)
    return total


def _measured(value: Mapping[str, str]) -> Quantity:
    return Quantity(Decimal(value["quantity"]), value["unit"])


def _packed(
    what: Mapping[str, Any], default_mass_kg: str | None
) -> tuple[Quantity, dict[str, str], list[Problem]]:
    count = Quantity(Decimal(what["packed_quantity"]), str(what["unit"]))
    facts = {"packed_quantity": str(what["packed_quantity"])}
    mass = what.get("unit_mass")
    mass_kg = format_decimal(convert(_measured(mass), "kg")) if mass else default_mass_kg
    if mass_kg is None:
        return count, facts, [Problem("unit_mass", MASS_UNKNOWN, {}, N_("Mass of one"))]
    return count, facts | {"unit_mass_kg": mass_kg}, []


def make_nodes(
    event_type: str,
    reading: Reading,
    facts: Mapping[str, NodeFacts],
    names: Sequence[Name],
    product_id: str | None,
    product_mass_kg: str | None,
) -> tuple[tuple[MadeNode, ...], list[Problem]]:
    """The nodes this event makes, one for each name, or why they cannot be made."""
    what, problems = reading.what, list[Problem]()
    if not names:
        return (), []
    code, lot_number = names[0].code, names[0].lot_number
    fixed = {"lot_number": lot_number} | ({"product_id": product_id} if product_id else {})
    if event_type == "planting":
        grown = {"plot_id": what["plot"], "product_id": what["product"], "variety": what["variety"]}
        area = what.get("area")
        grown |= {"area_mu": area["quantity"]} if area else {}
        return (MadeNode(code, PLANTING, None, grown),), []
    if event_type == "input_purchase":
        bought = {
            "lot_number": lot_number,
            "input_id": what["input"],
            "supplier_id": what["supplier"],
        }
        bought |= {"expires_on": what["expires_on"]} if "expires_on" in what else {}
        return (MadeNode(code, INPUT_LOT, _measured(what["quantity"]), bought),), []
    if event_type == "splitting":
        source = facts[reading.shares[0].node_id]
        kept = _inherited(source)
        for number, part in enumerate(what["parts"]):
            if not can_convert(part["unit"], source.unit, source.unit_mass_kg):
                said = {"lot": source.name, "unit": source.unit, "given_unit": part["unit"]}
                problems.append(Problem(f"parts-{number}", NO_CONVERSION, said, N_("Parts")))
        if problems:
            return (), problems
        return tuple(
            MadeNode(
                name.code, LOT, _measured(part), fixed | kept | {"lot_number": name.lot_number}
            )
            for name, part in zip(names, what["parts"], strict=True)
        ), []
    if event_type in ("packing", "repacking"):
        count, packed, problems = _packed(what, product_mass_kg)
        made = fixed | packed | {"traceability_lot_code": lot_number}
        return (MadeNode(code, LOT, count, made),), problems
    if event_type == "package_made":
        count = Quantity(Decimal(what["packed_quantity"]), "box")
        box = {"lot_number": lot_number, "name": what["package_name"]}
        box |= {"name_en": what["package_name_en"]} if "package_name_en" in what else {}
        box |= {
            "packed_quantity": str(what["packed_quantity"]),
            "traceability_lot_code": lot_number,
        }
        return (MadeNode(code, PACKAGE, count, box),), []
    if event_type == "receiving" and reading.shares:
        return (_taken_over(reading.shares[0], facts, code, fixed, product_mass_kg),), []
    if event_type == "receiving":
        given = {"supplier_id": what["supplier"], "traceability_lot_code": lot_number}
        for name in ("supplier_lot_number", "supplier_certificate"):
            given |= {name: what[name]} if name in what else {}
        if product_mass_kg:
            given["unit_mass_kg"] = product_mass_kg
        return (MadeNode(code, LOT, _measured(what["quantity"]), fixed | given),), []
    # harvesting and merging: a bulk lot in kilograms
    total = Quantity(_sum_inputs(reading, facts, "kg"), "kg")
    merged = {"traceability_lot_code": lot_number} if event_type == "merging" else {}
    return (MadeNode(code, LOT, total, fixed | merged),), problems


def _taken_over(
    share: NodeShare,
    facts: Mapping[str, NodeFacts],
    code: str,
    fixed: Mapping[str, str],
    product_mass_kg: str | None,
) -> MadeNode:
    """Our own lot of what another co-op sent: its traceability lot code stays the same."""
    source = facts[share.node_id]
    mass = format_decimal(source.unit_mass_kg) if source.unit_mass_kg else product_mass_kg
    kept = {"traceability_lot_code": source.traceability_lot_code or fixed["lot_number"]}
    kept |= {"unit_mass_kg": mass} if mass else {}
    return MadeNode(code, LOT, share.quantity, {**fixed, **kept})


def _inherited(source: NodeFacts) -> dict[str, str]:
    """What a part keeps of the lot it was split from."""
    kept = {"product_id": source.product_id, "traceability_lot_code": source.traceability_lot_code}
    if source.unit_mass_kg:
        kept["unit_mass_kg"] = format_decimal(source.unit_mass_kg)
    return {name: value for name, value in kept.items() if value}
