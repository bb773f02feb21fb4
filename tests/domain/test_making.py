"""What comes out of an event: kind, product, amount and the facts that are fixed then."""

from decimal import Decimal
from typing import Any

import pytest

from trace.domain.event_check import Reading
from trace.domain.events import MadeNode, NodeShare
from trace.domain.key_data import INPUT, INPUT_LOT, KEY_DATA, LOT, PACKAGE, PLANTING, SUBJECT
from trace.domain.making import MAKING, Name, make_nodes, makes_how_many, mass_of_one, product_of
from trace.domain.quantity import Quantity
from trace.domain.standing import NodeFacts

KG = Quantity(Decimal(126), "kg")
FACTS = {
    "P": NodeFacts("P", PLANTING, "津优35", product_id="cucumber"),
    "L": NodeFacts("L", LOT, "HG-1", product_id="cucumber"),
    "B": NodeFacts(
        "B", LOT, "HG-2", "cucumber", None, "bundle", Decimal("0.5"), traceability_lot_code="HG-2"
    ),
    "T": NodeFacts("T", LOT, "FQ-1", product_id="tomato"),
    "S": NodeFacts("S", INPUT_LOT, "IN-1", input_id="seed"),
}
NAMES = [Name("CODE1", "HG-01"), Name("CODE2", "HG-02")]
PACKED = {"packed_quantity": 240, "unit": "bundle"}


def takes(*shares: tuple[str, str, str]) -> list[NodeShare]:
    return [NodeShare(node, INPUT, Quantity(Decimal(n), unit)) for node, n, unit in shares]


def make(
    event_type: str, what: dict[str, Any], *shares: tuple[str, str, str], mass: str | None = None
) -> tuple[tuple[MadeNode, ...], list[Any]]:
    reading = Reading(what, takes(*shares))
    product_id, problems = product_of(event_type, reading, FACTS)
    assert not problems
    names = NAMES[: makes_how_many(event_type, reading)]
    return make_nodes(event_type, reading, FACTS, names, product_id, mass)


def one(
    event_type: str, what: dict[str, Any], *shares: tuple[str, str, str], mass: str | None = None
) -> MadeNode:
    (made,), problems = make(event_type, what, *shares, mass=mass)
    assert not problems
    return made


def test_sowing_makes_a_planting() -> None:
    what = {"plot": "plot", "product": "cucumber", "variety": "津优35"}
    assert one("planting", what) == MadeNode(
        "CODE1", PLANTING, None,
        {"plot_id": "plot", "product_id": "cucumber", "variety": "津优35"},
    )  # fmt: skip
    area = {"area": {"quantity": "1.2", "unit": "mu"}}
    assert one("planting", what | area).facts["area_mu"] == "1.2"


def test_picking_makes_a_bulk_lot_in_kilograms_without_a_traceability_lot_code() -> None:
    made = one("harvesting", {}, ("P", "126", "kg"), ("L", "4", "jin"))
    assert made == MadeNode(
        "CODE1", LOT, Quantity(Decimal("128.0"), "kg"),
        {"lot_number": "HG-01", "product_id": "cucumber"},
    )  # fmt: skip


def test_merging_gives_a_traceability_lot_code() -> None:
    made = one("merging", {}, ("L", "6", "kg"), ("B", "10", "bundle"))
    assert made.quantity == Quantity(Decimal("11.0"), "kg")
    assert made.facts["traceability_lot_code"] == "HG-01"


def test_packing_counts_and_keeps_the_mass_of_one() -> None:
    mass = {"unit_mass": {"quantity": "500", "unit": "g"}}
    made = one("packing", PACKED | mass, ("L", "120", "kg"), mass="0.7")
    assert made.quantity == Quantity(Decimal(240), "bundle")
    assert made.facts == {
        "lot_number": "HG-01", "product_id": "cucumber", "packed_quantity": "240",
        "unit_mass_kg": "0.5", "traceability_lot_code": "HG-01",
    }  # fmt: skip


def test_packing_takes_the_mass_of_one_from_the_product() -> None:
    assert one("repacking", PACKED, ("L", "9", "kg"), mass="0.7").facts["unit_mass_kg"] == "0.7"


def test_packing_without_any_mass_asks_for_it() -> None:
    _, problems = make("packing", PACKED, ("L", "120", "kg"))
    assert [problem.field for problem in problems] == ["unit_mass"]


def test_splitting_makes_a_lot_a_part_that_keeps_what_the_whole_had() -> None:
    parts = [{"quantity": "100", "unit": "bundle"}, {"quantity": "140", "unit": "bundle"}]
    made, _ = make("splitting", {"parts": parts}, ("B", "240", "bundle"))
    assert [part.node_id for part in made] == ["CODE1", "CODE2"]
    assert [part.quantity for part in made] == [
        Quantity(Decimal(100), "bundle"), Quantity(Decimal(140), "bundle"),
    ]  # fmt: skip
    assert made[1].facts == {
        "lot_number": "HG-02", "product_id": "cucumber", "traceability_lot_code": "HG-2",
        "unit_mass_kg": "0.5",
    }  # fmt: skip


def test_a_part_of_a_bulk_lot_has_no_mass_of_one() -> None:
    parts = [{"quantity": "9", "unit": "kg"}]
    made, _ = make("splitting", {"parts": parts}, ("L", "126", "kg"))
    assert made[0].facts == {"lot_number": "HG-01", "product_id": "cucumber"}


def test_a_package_has_a_name_and_no_product() -> None:
    made = one(
        "package_made", {"package_name": "礼盒", "packed_quantity": 20},
        ("B", "40", "bundle"), ("T", "20", "kg"),
    )  # fmt: skip
    assert made == MadeNode(
        "CODE1", PACKAGE, Quantity(Decimal(20), "box"),
        {"lot_number": "HG-01", "name": "礼盒", "packed_quantity": "20",
         "traceability_lot_code": "HG-01"},
    )  # fmt: skip


def test_buying_makes_an_input_lot() -> None:
    what = {"input": "azo", "supplier": "shop", "quantity": {"quantity": "500", "unit": "ml"}}
    made = one("input_purchase", what)
    assert (made.kind, made.quantity) == (INPUT_LOT, Quantity(Decimal(500), "ml"))
    assert made.facts == {"lot_number": "HG-01", "input_id": "azo", "supplier_id": "shop"}
    dated = one("input_purchase", what | {"expires_on": "2028-01-01"})
    assert dated.facts["expires_on"] == "2028-01-01"


def test_an_arrival_makes_a_lot_with_its_supplier() -> None:
    what = {
        "supplier": "farm", "product": "tomato", "quantity": {"quantity": "50", "unit": "kg"},
        "supplier_lot_number": "T-9",
    }  # fmt: skip
    made = one("receiving", what, mass="0.5")
    assert made.facts == {
        "lot_number": "HG-01", "product_id": "tomato", "supplier_id": "farm",
        "traceability_lot_code": "HG-01", "supplier_lot_number": "T-9", "unit_mass_kg": "0.5",
    }  # fmt: skip
    assert "unit_mass_kg" not in one("receiving", what).facts


def test_an_arrival_of_our_own_goods_makes_nothing() -> None:
    reading = Reading({}, [NodeShare("L", SUBJECT)])
    assert makes_how_many("receiving", reading) == 0
    assert make_nodes("receiving", reading, FACTS, [], None, None) == ((), [])


@pytest.mark.parametrize("event_type", sorted(set(KEY_DATA) - set(MAKING)))
def test_other_events_make_nothing(event_type: str) -> None:
    assert makes_how_many(event_type, Reading()) == 0


def test_different_products_are_never_merged() -> None:
    mixed = Reading({}, takes(("L", "1", "kg"), ("T", "1", "kg")))
    product_id, problems = product_of("merging", mixed, FACTS)
    assert (product_id, [problem.field for problem in problems]) == (None, ["takes"])


def test_different_products_must_be_named_anew() -> None:
    mixed = Reading({}, takes(("L", "1", "kg"), ("T", "1", "kg")))
    product_id, problems = product_of("packing", mixed, FACTS)
    assert (product_id, [problem.field for problem in problems]) == (None, ["product"])
    assert product_of("packing", Reading({"product": "salad"}, mixed.shares), FACTS) == (
        "salad",
        [],
    )


def test_the_product_is_that_of_all_that_goes_in_but_farm_inputs() -> None:
    assert product_of("packing", Reading({}, takes(("L", "1", "kg"))), FACTS)[0] == "cucumber"
    with_seed = Reading({}, takes(("P", "1", "kg"), ("S", "1", "g")))
    assert product_of("harvesting", with_seed, FACTS)[0] == "cucumber"


@pytest.mark.parametrize(
    ("what", "mass"),
    [
        ({"unit": "bundle"}, "0.5"),
        ({"unit": "box"}, None),
        ({"quantity": {"quantity": "50", "unit": "kg"}}, "0.5"),
        ({"quantity": {"quantity": "50", "unit": "case"}}, None),
        ({}, "0.5"),
    ],
)
def test_the_products_mass_of_one_is_that_of_its_own_unit(
    what: dict[str, Any], mass: str | None
) -> None:
    product = {"unit": "bundle", "unit_mass_kg": "0.5"}
    assert mass_of_one(product, Reading(what)) == mass


def test_a_product_may_have_no_mass_of_one() -> None:
    assert mass_of_one({"unit": "bundle"}, Reading({"unit": "bundle"})) is None


def test_an_amount_nobody_measured_adds_nothing() -> None:
    reading = Reading({}, [*takes(("P", "5", "kg")), NodeShare("L", INPUT)])
    (made,), _ = make_nodes("harvesting", reading, FACTS, NAMES[:1], "cucumber", None)
    assert made.quantity == Quantity(Decimal(5), "kg")
