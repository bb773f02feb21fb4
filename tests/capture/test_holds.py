"""What a hold reaches, and what ends it: a named laboratory, a person's word, or destroying all."""

import pytest

from trace.domain.errors import Refused

from .short_deeds import (
    destroy,
    hold,
    is_held,
    laboratory_pass,
    lift,
    revision,
    ship,
)
from .small_farm import SmallFarm


@pytest.fixture
def picked(farm: SmallFarm) -> str:
    """A harvest lot of 126 kg."""
    return farm.harvest(farm.plant())


def test_a_failed_rapid_test_holds_the_lot_and_what_is_packed_from_it_later(
    farm: SmallFarm, picked: str
) -> None:
    farm.rapid_test(picked, passed=False)
    assert is_held(farm, picked)
    assert is_held(farm, farm.pack(picked))


def test_a_failed_rapid_test_holds_what_was_packed_before(farm: SmallFarm, picked: str) -> None:
    packed = farm.pack(picked)
    before = revision(farm, packed)
    farm.rapid_test(picked, passed=False)
    assert is_held(farm, packed)
    assert revision(farm, packed) > before


def test_a_held_child_does_not_hold_what_it_was_made_from(farm: SmallFarm, picked: str) -> None:
    farm.rapid_test(farm.pack(picked), passed=False)
    assert not is_held(farm, picked)


def test_a_passed_rapid_test_never_lifts_a_hold(farm: SmallFarm, picked: str) -> None:
    farm.rapid_test(picked, passed=False)
    farm.wait(hours=1)
    farm.rapid_test(picked, passed=True)
    assert is_held(farm, picked)


def test_a_later_laboratory_pass_lifts_a_failed_test(farm: SmallFarm, picked: str) -> None:
    farm.rapid_test(picked, passed=False)
    farm.wait(days=2)
    laboratory_pass(farm, picked)
    assert not is_held(farm, picked)


def test_a_laboratory_pass_of_the_same_day_known_to_the_day_lifts_a_failed_test(
    farm: SmallFarm, picked: str
) -> None:
    farm.wait(hours=7)
    farm.rapid_test(picked, passed=False)
    laboratory_pass(farm, picked, when=farm.now.date().isoformat())
    assert not is_held(farm, picked)


def test_a_laboratory_pass_from_before_the_failed_test_lifts_nothing(
    farm: SmallFarm, picked: str
) -> None:
    day = farm.now.date().isoformat()
    farm.wait(days=2)
    farm.rapid_test(picked, passed=False)
    laboratory_pass(farm, picked, when=day)
    assert is_held(farm, picked)


def test_a_laboratory_report_without_its_number_is_our_own_word_and_lifts_nothing(
    farm: SmallFarm, picked: str
) -> None:
    farm.rapid_test(picked, passed=False)
    laboratory_pass(farm, picked, number="")
    assert is_held(farm, picked)


def test_a_laboratory_pass_does_not_lift_a_suspicion(farm: SmallFarm, picked: str) -> None:
    hold(farm, picked)
    laboratory_pass(farm, picked)
    assert is_held(farm, picked)


def test_a_suspicion_holds_until_a_person_lifts_it(farm: SmallFarm, picked: str) -> None:
    packed = farm.pack(picked)
    suspicion = hold(farm, picked)
    assert is_held(farm, packed)
    before = revision(farm, packed)
    lift(farm, suspicion)
    assert not is_held(farm, packed)
    assert revision(farm, packed) > before


def test_lifting_one_suspicion_leaves_the_other(farm: SmallFarm, picked: str) -> None:
    first = hold(farm, picked)
    hold(farm, picked)
    lift(farm, first)
    assert is_held(farm, picked)


def test_nobody_lifts_a_failed_test_by_their_word(farm: SmallFarm, picked: str) -> None:
    failed = farm.rapid_test(picked, passed=False)
    with pytest.raises(Refused, match="not known here"):
        lift(farm, failed)
    assert is_held(farm, picked)


def test_lifting_names_a_hold_and_no_other_record(farm: SmallFarm, picked: str) -> None:
    sold = {"lots": [{"node": picked, "quantity": "1"}], "channel": "gate"}
    sale = farm.record("selling", sold).entry_ids[0]
    with pytest.raises(Refused, match="not known here"):
        lift(farm, sale)


def test_closing_names_a_recall_and_no_other_record(farm: SmallFarm, picked: str) -> None:
    with pytest.raises(Refused, match="not known here"):
        farm.record("recall_closed", {"recall": hold(farm, picked), "reason": "查清了"})


def test_destroying_all_of_a_lot_lifts_its_hold(farm: SmallFarm, picked: str) -> None:
    farm.rapid_test(picked, passed=False)
    destroy(farm, picked, "126", "kg")
    assert not is_held(farm, picked)


def test_destroying_a_part_of_a_lot_leaves_it_held(farm: SmallFarm, picked: str) -> None:
    farm.rapid_test(picked, passed=False)
    destroy(farm, picked, "125.999", "kg")
    assert is_held(farm, picked)


def test_destroying_what_is_left_of_a_picking_leaves_what_was_packed_from_it_held(
    farm: SmallFarm, picked: str
) -> None:
    farm.rapid_test(picked, passed=False)
    packed = farm.pack(picked)
    destroy(farm, picked, "6", "kg")
    assert is_held(farm, packed)


def test_destroying_the_packed_lot_last_lifts_the_hold_of_the_picking(
    farm: SmallFarm, picked: str
) -> None:
    farm.rapid_test(picked, passed=False)
    packed = farm.pack(picked)
    destroy(farm, picked, "6", "kg")
    before = revision(farm, picked)
    destroy(farm, packed, "240", "bundle")
    assert not is_held(farm, packed)
    assert not is_held(farm, picked)
    assert revision(farm, picked) > before


def test_what_has_left_keeps_the_hold_although_the_rest_is_destroyed(
    farm: SmallFarm, picked: str
) -> None:
    packed = farm.pack(picked)
    ship(farm, packed, "100")
    farm.rapid_test(packed, passed=False)
    destroy(farm, packed, "140", "bundle")
    assert is_held(farm, packed)


def test_what_came_back_and_was_destroyed_is_held_no_more(farm: SmallFarm, picked: str) -> None:
    packed = farm.pack(picked)
    ship(farm, packed, "100")
    farm.rapid_test(packed, passed=False)
    back = {"lots": [{"node": packed, "quantity": "100", "unit": "bundle"}], "reason": "召回"}
    farm.record("returning", back, "packer")
    destroy(farm, packed, "240", "bundle")
    assert not is_held(farm, packed)


def test_what_turns_up_after_all_was_destroyed_is_held_again(farm: SmallFarm, picked: str) -> None:
    packed = farm.pack(picked)
    farm.rapid_test(packed, passed=False)
    destroy(farm, packed, "240", "bundle")
    back = {"lots": [{"node": packed, "quantity": "5", "unit": "bundle"}], "reason": "退货"}
    farm.record("returning", back, "packer")
    assert is_held(farm, packed)


def test_what_is_packed_from_a_lot_said_to_be_destroyed_is_held(
    farm: SmallFarm, picked: str
) -> None:
    farm.rapid_test(picked, passed=False)
    destroy(farm, picked, "126", "kg")
    assert is_held(farm, farm.pack(picked))


def test_destroying_one_picking_does_not_free_a_held_planting(farm: SmallFarm) -> None:
    planting = farm.plant()
    picked = farm.harvest(planting)
    farm.rapid_test(planting, passed=False)
    destroy(farm, picked, "126", "kg")
    assert is_held(farm, planting)
