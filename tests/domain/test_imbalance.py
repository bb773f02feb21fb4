"""What does not add up: yield, making, outgoings, labels; and units that have nothing in common."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trace.domain.events import MadeNode, NodeShare
from trace.domain.imbalance import (
    RULES,
    labels_above_packed,
    made_amounts,
    made_and_taken,
    more_than_grows,
    more_than_taken,
    more_than_there,
    slack,
    unit_problems,
)
from trace.domain.key_data import INPUT, INPUT_LOT, LOT, PACKAGE, PLANTING, REMOVED, SUBJECT
from trace.domain.mass_balance import Movement, balance
from trace.domain.quantity import COUNT, MASS, UNITS, Quantity, can_convert, convert
from trace.domain.standing import BREACHES, NodeFacts

D = Decimal
amounts = st.decimals(min_value=D("0.001"), max_value=D(99_999), places=3)


def kg(amount: str) -> Quantity:
    return Quantity(D(amount), "kg")


def test_an_area_bears_its_highest_yield_and_not_a_gram_more() -> None:
    assert more_than_grows(D(9600), D("1.2"), D(8000)) is None
    wrong = more_than_grows(D("9600.001"), D("1.2"), D(8000))
    assert wrong is not None
    assert (wrong.rule, wrong.most, wrong.excess) == ("more_than_grows", D(9600), D("0.001"))


def test_the_tolerance_of_a_product_widens_what_passes_but_not_what_is_told() -> None:
    assert more_than_grows(D(9888), D("1.2"), D(8000), D(3)) is None
    wrong = more_than_grows(D(9889), D("1.2"), D(8000), D(3))
    assert wrong is not None
    assert (wrong.most, wrong.excess) == (D(9600), D(289))


@pytest.mark.parametrize(("area", "top"), [(None, D(8000)), (D(0), D(8000)), (D(1), None)])
def test_without_an_area_or_a_highest_yield_nothing_is_said(
    area: Decimal | None, top: Decimal | None
) -> None:
    assert more_than_grows(D(10**9), area, top) is None


def test_what_is_lost_in_packing_is_well_and_what_is_gained_is_not() -> None:
    assert more_than_taken(D(120), D(126), "kg") is None
    assert more_than_taken(D(126), D(126), "kg") is None
    wrong = more_than_taken(D(127), D(126), "kg")
    assert wrong is not None
    assert (wrong.rule, wrong.excess, wrong.unit) == ("packed_more_than_taken", D(1), "kg")
    assert more_than_taken(D(127), D(126), "kg", D(1)) is None


@pytest.mark.parametrize("unit", COUNT)
def test_what_is_counted_has_no_tolerance(unit: str) -> None:
    assert slack(D(100), unit, D(50)) == 0
    assert more_than_taken(D(101), D(100), unit, D(50)) is not None


def test_a_lot_may_fall_below_zero_by_its_tolerance() -> None:
    gone = [Movement("shipping", REMOVED, kg("122"))]
    amounts = balance(kg("120"), None, gone)
    assert more_than_there(amounts, D(2)) is None
    wrong = more_than_there(amounts)
    assert wrong is not None
    assert (wrong.most, wrong.found, wrong.excess) == (D(120), D(122), D(2))


def test_labels_that_are_not_void_never_exceed_what_was_packed() -> None:
    assert labels_above_packed(240, 240, "bundle") is None
    wrong = labels_above_packed(241, 240, "bundle")
    assert wrong is not None
    assert (wrong.rule, wrong.excess) == ("labels_above_packed", D(1))


def test_every_rule_says_what_it_is_why_and_what_mends_it() -> None:
    for name, rule in RULES.items():
        assert rule.words and rule.reason and rule.mend and rule.clause
        assert name == "labels_above_packed" or BREACHES[name] == rule.words


def test_made_and_taken_meet_in_kg_or_in_the_one_counted_unit() -> None:
    bundles = Quantity(D(240), "bundle")
    assert made_and_taken([(bundles, D("0.5"))], [(kg("126"), None)]) == (D(120), D(126), "kg")
    assert made_and_taken([(bundles, None)], [(bundles, None)]) == (D(240), D(240), "bundle")
    assert made_and_taken([(bundles, None)], [(kg("126"), None)]) is None
    assert made_and_taken([(kg("60"), None)], [(kg("126"), None)]) == (D(60), D(126), "kg")


def test_a_made_box_has_no_weight_of_its_own() -> None:
    made = [
        MadeNode("A", LOT, Quantity(D(2), "bundle"), {"unit_mass_kg": "0.5"}),
        MadeNode("B", PACKAGE, Quantity(D(20), "box"), {}),
        MadeNode("C", LOT, kg("9"), {}),
    ]
    assert made_amounts(made) == [(Quantity(D(2), "bundle"), D("0.5")), (kg("9"), None)]


@given(amounts, st.sampled_from(MASS), st.sampled_from(MASS))
def test_mass_there_and_back_is_exactly_the_same(amount: Decimal, one: str, other: str) -> None:
    there = Quantity(convert(Quantity(amount, one), other), other)
    assert convert(there, one) == amount


@given(st.integers(1, 10**6), st.decimals(D("0.001"), D(50), places=3), st.sampled_from(COUNT))
def test_counted_goods_weigh_exactly_their_number(count: int, mass: Decimal, unit: str) -> None:
    weight = convert(Quantity(D(count), unit), "kg", mass)
    assert weight == count * mass
    assert round(convert(Quantity(weight, "kg"), unit, mass), 9) == count


@given(
    st.sampled_from(sorted(UNITS)), st.sampled_from(sorted(UNITS)), st.sampled_from([None, D(2)])
)
def test_it_is_known_beforehand_what_can_be_converted(
    one: str, other: str, mass: Decimal | None
) -> None:
    try:
        convert(Quantity(D(1), one), other, mass)
    except ValueError:
        assert not can_convert(one, other, mass)
    else:
        assert can_convert(one, other, mass)


FACTS = {
    "bulk": NodeFacts("bulk", LOT, "HG-1", unit="kg", remaining=D(10)),
    "boxes": NodeFacts("boxes", LOT, "PT-1", unit="box", remaining=D(10)),
    "weighed": NodeFacts("weighed", LOT, "PT-2", None, None, "box", D(2), remaining=D(10)),
    "store": NodeFacts("store", INPUT_LOT, "IN-1", unit="ml", remaining=D(500)),
    "planting": NodeFacts("planting", PLANTING, "津优35"),
}


def said(event_type: str, role: str, *given: tuple[str, str | None]) -> list[tuple[str, str]]:
    shares = [NodeShare(node, role, Quantity(D(1), unit) if unit else None) for node, unit in given]
    return [(one.field, str(one)) for one in unit_problems(event_type, shares, FACTS)]


def test_units_with_nothing_in_common_are_named_beside_their_own_fields() -> None:
    found = said(
        "shipping", REMOVED, ("bulk", "jin"), ("bulk", "box"), ("boxes", "kg"), ("weighed", "kg")
    )
    assert [field for field, _words in found] == ["lots-1", "lots-2"]
    assert "HG-1 is kept in kg: box cannot be turned into that" in found[0][1]


def test_what_is_merged_must_have_a_weight() -> None:
    found = said("merging", INPUT, ("bulk", "kg"), ("boxes", "box"), ("weighed", "box"))
    assert [field for field, _words in found] == ["takes-1"]
    assert "what one box of PT-1 weighs" in found[0][1]
    assert said("repacking", INPUT, ("boxes", "box")) == []


def test_each_list_of_a_form_counts_its_own_rows() -> None:
    found = said("destroying", REMOVED, ("planting", None), ("store", "kg"), ("bulk", "kg"))
    assert [field for field, _words in found] == ["lots-0"]


def test_plants_in_pots_and_what_nothing_happens_to_are_left_alone() -> None:
    assert said("packing", INPUT, ("planting", "pot")) == []
    assert said("storing", SUBJECT, ("bulk", None)) == []
