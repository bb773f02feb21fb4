"""Amounts that do not add up are recorded and flagged, and hold nothing."""

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trace.capture.correcting import Correction, correct_event
from trace.capture.events import Report
from trace.capture.labelling import VoidOrder, void_labels
from trace.domain.errors import Refused
from trace.domain.quantity import format_decimal
from trace.query.balances import season_balances
from trace.query.node_balance import node_balance
from trace.repository import nodes, units

from .short_deeds import is_held, label
from .small_farm import SmallFarm, make_farm

YEAR = "2026-01-01", "2026-12-31"


def limit(farm: SmallFarm, top: str = "100", tolerance: str = "") -> None:
    """Cucumbers bear so many kg a mu from now on."""
    farm.ids["cucumber"] = farm.declare(
        "product", name="黄瓜", unit="bundle", unit_mass_kg="0.5", label_needs="nothing",
        top_yield_kg_per_mu=top, tolerance_percent=tolerance,
    )  # fmt: skip


def pick(farm: SmallFarm, planting: str, kg: str, **more: Any) -> Any:
    return farm.record(
        "harvesting", {"takes": [{"node": planting, "quantity": kg}]}, "grower", **more
    )


def findings(farm: SmallFarm) -> list[tuple[str, str]]:
    seasons = season_balances(farm.instance, farm.coop_id, *YEAR)
    return [
        (one.imbalance.rule, format_decimal(one.imbalance.excess))
        for each in seasons
        for one in each.findings
    ]


def test_the_picking_that_goes_over_the_highest_yield_is_flagged_and_held_by_nothing(
    farm: SmallFarm,
) -> None:
    limit(farm)
    planting = farm.plant()
    assert pick(farm, planting, "100").breaches == ()
    over = pick(farm, planting, "21")
    assert over.breaches == ("more_than_grows",)
    assert not is_held(farm, over.made[0].node_id)
    assert findings(farm) == [("more_than_grows", "1")]
    grown = node_balance(farm.instance, farm.coop_id, planting)
    assert grown.grown is not None
    assert grown.grown.picked_kg == 121
    assert grown.grown.most_kg == 120
    assert [one.rule for one in grown.wrong] == ["more_than_grows"]


def test_a_picking_taken_back_no_longer_counts_against_the_plot(farm: SmallFarm) -> None:
    limit(farm)
    planting = farm.plant()
    first = pick(farm, planting, "120").entry_ids[0]
    assert pick(farm, planting, "10").breaches == ("more_than_grows",)
    correction = Correction(first, "did_not_occur", "记错了")
    correct_event(farm.recorder, farm.actor(), correction, "correct-1")
    assert pick(farm, planting, "100").breaches == ()
    assert findings(farm) == []


def test_a_corrected_weight_is_judged_anew(farm: SmallFarm) -> None:
    limit(farm)
    planting = farm.plant()
    wrong = pick(farm, planting, "1200")
    assert wrong.breaches == ("more_than_grows",)
    right = Report("harvesting", {"takes": [{"node": planting, "quantity": "120"}]})
    correction = Correction(wrong.entry_ids[0], "incorrect_data", "多写了一个零", right)
    receipt = correct_event(farm.recorder, farm.actor(), correction, "correct-1")
    assert receipt.breaches == ()
    assert findings(farm) == []


def test_plants_in_pots_count_against_the_area_by_what_one_weighs(farm: SmallFarm) -> None:
    farm.ids["cucumber"] = farm.declare(
        "product", name="盆菜", unit="pot", unit_mass_kg="0.5", label_needs="nothing",
        top_yield_kg_per_mu="100",
    )  # fmt: skip
    planting = farm.plant()
    sent = {
        "takes": [{"node": planting, "quantity": "241", "unit": "pot"}],
        "packed_quantity": "241", "unit": "pot",
    }  # fmt: skip
    assert farm.record("packing", sent, "packer").breaches == ("more_than_grows",)


def test_more_packed_than_was_taken_is_flagged_beyond_the_tolerance(farm: SmallFarm) -> None:
    lot = farm.harvest(farm.plant())
    sent = {"takes": [{"node": lot, "quantity": "60"}], "unit": "bundle"}
    assert farm.record("packing", sent | {"packed_quantity": "120"}).breaches == ()
    over = farm.record("packing", sent | {"packed_quantity": "121"})
    assert over.breaches == ("packed_more_than_taken",)
    assert findings(farm) == [("packed_more_than_taken", "0.5")]


def test_parts_heavier_than_what_was_split_are_flagged(farm: SmallFarm) -> None:
    lot = farm.harvest(farm.plant())
    sent = {
        "takes": [{"node": lot, "quantity": "100"}],
        "parts": [{"quantity": "60", "unit": "kg"}, {"quantity": "82", "unit": "jin"}],
    }
    assert farm.record("splitting", sent, "packer").breaches == ("packed_more_than_taken",)
    even = sent | {"takes": [{"node": lot, "quantity": "26"}],
                   "parts": [{"quantity": "52", "unit": "jin"}]}  # fmt: skip
    assert farm.record("splitting", even, "packer").breaches == ()


def test_a_weighed_lot_may_fall_below_zero_by_its_tolerance_and_a_counted_one_may_not(
    farm: SmallFarm,
) -> None:
    limit(farm, "10000", "5")
    lot = farm.harvest(farm.plant(), "100")
    lose = {"cause": "dried", "lots": [{"node": lot, "quantity": "105"}]}
    assert farm.record("loss", lose, "packer").breaches == ()
    once_more = lose | {"lots": [{"node": lot, "quantity": "1", "unit": "jin"}]}
    assert farm.record("loss", once_more, "packer").breaches == ("more_than_there",)
    packed = farm.pack(farm.harvest(farm.plant(), "100"), "100", "200")
    count = lose | {"lots": [{"node": packed, "quantity": "201", "unit": "bundle"}]}
    assert farm.record("loss", count, "packer").breaches == ("more_than_there",)


def test_a_late_correction_makes_an_earlier_shipping_too_much_and_the_books_say_so(
    farm: SmallFarm,
) -> None:
    planting = farm.plant()
    picked = pick(farm, planting, "126")
    lot = picked.made[0].node_id
    sold = {"lots": [{"node": lot, "quantity": "120"}], "channel": "gate"}
    assert farm.record("selling", sold, "packer").breaches == ()
    right = Report("harvesting", {"takes": [{"node": planting, "quantity": "100"}]})
    correction = Correction(picked.entry_ids[0], "incorrect_data", "看错了", right)
    correct_event(farm.recorder, farm.actor(), correction, "correct-1")
    assert findings(farm) == [("more_than_there", "20")]
    assert [one.rule for one in node_balance(farm.instance, farm.coop_id, lot).wrong] == [
        "more_than_there"
    ]


def test_a_unit_with_nothing_in_common_is_refused_beside_its_field(farm: SmallFarm) -> None:
    lot = farm.harvest(farm.plant())
    other = farm.harvest(farm.plant())
    goods = [{"node": other, "quantity": "1"}, {"node": lot, "quantity": "3", "unit": "box"}]
    with pytest.raises(Refused) as refused:
        farm.record("shipping", {"lots": goods, "customer": farm.ids["shop"]}, "packer")
    (problem,) = refused.value.problems
    assert problem.field == "lots-1"
    assert "is kept in kg: box cannot be turned into that" in str(problem)


def test_boxes_nobody_weighed_cannot_be_merged_and_the_field_says_why(farm: SmallFarm) -> None:
    sent = {
        "supplier": farm.ids["shop"], "quantity": "10", "quantity_unit": "box",
        "product": farm.declare("product", name="葡萄", unit="case", label_needs="nothing"),
    }  # fmt: skip
    boxes = farm.record("receiving", sent, "packer").made[0].node_id
    with pytest.raises(Refused) as refused:
        takes = [{"node": boxes, "quantity": "4", "unit": "box"}]
        farm.record("merging", {"takes": takes}, "packer")
    assert [one.field for one in refused.value.problems] == ["takes-0"]
    (grapes,) = season_balances(farm.instance, farm.coop_id, *YEAR)
    assert [str(one.quantity) for one in grapes.unweighed] == ["10 box"]


def test_different_products_are_not_merged(farm: SmallFarm) -> None:
    cucumbers = farm.harvest(farm.plant())
    limit(farm, "10000")
    others = farm.harvest(farm.plant())
    with pytest.raises(Refused, match="only lots of one product are merged"):
        takes = [{"node": one, "quantity": "1"} for one in (cucumbers, others)]
        farm.record("merging", {"takes": takes}, "packer")


def test_a_void_label_makes_room_for_another(farm: SmallFarm) -> None:
    packed = ready(farm)
    label(farm, packed, 240)
    with pytest.raises(Refused, match="too many"):
        label(farm, packed, 1, "labels-2")
    void_labels(farm.recorder, farm.actor("packer"), VoidOrder(packed, 1, 2, "撕坏了"), "void-1")
    label(farm, packed, 2, "labels-3")
    with pytest.raises(Refused, match="too many"):
        label(farm, packed, 1, "labels-4")


def test_scattered_labels_are_voided_at_once_or_none_of_them(farm: SmallFarm) -> None:
    packed, packer = ready(farm), farm.actor("packer")
    label(farm, packed, 10)
    with pytest.raises(Refused, match="9 to 11 were not all issued"):
        void_labels(farm.recorder, packer, VoidOrder(packed, 1, 1, "丢了", ((9, 3),)), "void-1")
    assert alive(farm, packed) == 10
    order = VoidOrder(packed, 1, 1, "丢了", ((3, 2), (10, 1)))
    receipt = void_labels(farm.recorder, packer, order, "void-2")
    assert (len(receipt.entry_ids), alive(farm, packed)) == (3, 6)
    assert void_labels(farm.recorder, packer, order, "void-2").entry_ids == receipt.entry_ids


def ready(farm: SmallFarm) -> str:
    """240 tested bundles."""
    harvest = farm.harvest(farm.plant())
    farm.rapid_test(harvest)
    return farm.pack(harvest)


def alive(farm: SmallFarm, lot: str) -> int:
    with farm.instance.database.reading() as connection:
        return units.alive_count(connection, nodes.node_key(connection, lot))


deeds = st.lists(
    st.one_of(
        st.tuples(st.just("issue"), st.integers(1, 12)),
        st.tuples(st.just("void"), st.integers(1, 14), st.integers(1, 6)),
        st.tuples(st.just("correct"), st.integers(1, 14)),
    ),
    max_size=8,
)


@settings(max_examples=20, deadline=None)
@given(deeds)
def test_labels_never_exceed_what_is_packed_in_any_order_of_deeds(given_deeds: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        farm = make_farm(Path(folder))
        harvest = farm.harvest(farm.plant())
        farm.rapid_test(harvest)
        takes = [{"node": harvest, "quantity": "6"}]
        sent = {"takes": takes, "packed_quantity": "10", "unit": "bundle"}
        packed = farm.record("packing", sent, "packer")
        lot, last, packer = packed.made[0].node_id, packed.entry_ids[-1], farm.actor("packer")
        for number, (deed, first, *more) in enumerate(given_deeds):
            try:
                if deed == "issue":
                    label(farm, lot, first, f"deed-{number}")
                elif deed == "void":
                    order = VoidOrder(lot, first, more[0], "撕坏了")
                    void_labels(farm.recorder, packer, order, f"deed-{number}")
                else:
                    right = Report("packing", sent | {"packed_quantity": str(first)})
                    correction = Correction(last, "incorrect_data", "数错了", right)
                    receipt = correct_event(
                        farm.recorder, farm.actor(), correction, f"deed-{number}"
                    )
                    last = receipt.entry_ids[-1]
            except Refused:
                pass
            with farm.instance.database.reading() as connection:
                key = nodes.node_key(connection, lot)
                assert units.alive_count(connection, key) <= (
                    nodes.packed_quantity(connection, key) or 0
                )
        farm.instance.database.close()
