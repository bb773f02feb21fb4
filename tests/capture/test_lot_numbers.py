"""What a made lot is called, and what one of it weighs."""

import pytest

from trace.domain.errors import Refused

from .ledger_reading import last_body
from .small_farm import SmallFarm


def test_a_box_does_not_weigh_what_a_bundle_weighs(farm: SmallFarm) -> None:
    takes = [{"node": farm.harvest(farm.plant()), "quantity": "100"}]
    sent = {"takes": takes, "packed_quantity": "20", "unit": "box"}
    with pytest.raises(Refused, match="what one of them weighs"):
        farm.record("packing", sent)
    receipt = farm.record("packing", sent | {"unit_mass": "5", "unit_mass_unit": "kg"})
    assert last_body(farm)["nodes"][1]["facts"]["unit_mass_kg"] == "5"
    assert receipt.made[0].lot_number == "HG-260301-02"


def test_lot_numbers_follow_product_day_and_order(farm: SmallFarm) -> None:
    planting = farm.plant()
    takes = [{"node": planting, "quantity": "9"}]
    made = [farm.record("harvesting", {"takes": takes}).made[0].lot_number for _ in range(2)]
    late = farm.record("harvesting", {"takes": takes}, when="2026-02-20").made[0].lot_number
    assert (*made, late) == ("HG-260301-01", "HG-260301-02", "HG-260220-01")


def test_a_chosen_lot_number_is_read_in_capitals_and_given_once(farm: SmallFarm) -> None:
    sent = {"takes": [{"node": farm.plant(), "quantity": "9"}], "lot_number": " my-lot-7 "}
    assert farm.record("harvesting", sent).made[0].lot_number == "MY-LOT-7"
    assert "lot_number" not in last_body(farm)["what"]
    with pytest.raises(Refused, match="MY-LOT-7 is already in use"):
        farm.record("harvesting", sent)


@pytest.mark.parametrize("number", ["批-1", "A_1", "A" * 21])
def test_what_is_no_lot_number_is_refused(farm: SmallFarm, number: str) -> None:
    sent = {"takes": [{"node": farm.plant(), "quantity": "9"}], "lot_number": number}
    with pytest.raises(Refused, match="1 to 20 letters"):
        farm.record("harvesting", sent)


def test_another_co_op_may_use_the_same_lot_number(farm: SmallFarm) -> None:
    theirs = SmallFarm(farm.instance, farm.now)
    ours_made = farm.record(
        "harvesting", {"takes": [{"node": farm.plant(), "quantity": "9"}], "lot_number": "X-1"}
    )
    their_made = theirs.record(
        "harvesting", {"takes": [{"node": theirs.plant(), "quantity": "9"}], "lot_number": "X-1"}
    )
    assert ours_made.made[0].lot_number == their_made.made[0].lot_number
