"""A corrected record's hold ends, and what it had lifted is held again."""

import pytest

from trace.capture.events import Report

from .short_deeds import correct, destroy, hold, is_held, laboratory_pass, lift, revision
from .small_farm import SmallFarm


@pytest.fixture
def picked(farm: SmallFarm) -> str:
    """A harvest lot of 126 kg."""
    return farm.harvest(farm.plant())


def test_correcting_a_test_failed_by_mistake_lifts_its_hold(farm: SmallFarm, picked: str) -> None:
    failed = farm.rapid_test(picked, passed=False)
    sent = {"inspection_kind": "rapid_test", "subjects": [picked], "passed": "yes"}
    correct(farm, failed, Report("inspection", sent))
    assert not is_held(farm, picked)


def test_correcting_a_test_passed_by_mistake_holds_the_lot(farm: SmallFarm, picked: str) -> None:
    passed = farm.rapid_test(picked)
    sent = {"inspection_kind": "rapid_test", "subjects": [picked], "passed": "no"}
    correct(farm, passed, Report("inspection", sent))
    assert is_held(farm, picked)


def test_correcting_a_lifting_holds_again(farm: SmallFarm, picked: str) -> None:
    lifted = lift(farm, hold(farm, picked))
    before = revision(farm, picked)
    correct(farm, lifted)
    assert is_held(farm, picked)
    assert revision(farm, picked) > before


def test_correcting_a_destroying_holds_again(farm: SmallFarm, picked: str) -> None:
    farm.rapid_test(picked, passed=False)
    correct(farm, destroy(farm, picked, "126", "kg"))
    assert is_held(farm, picked)


def test_correcting_a_laboratory_pass_holds_again(farm: SmallFarm, picked: str) -> None:
    farm.rapid_test(picked, passed=False)
    correct(farm, laboratory_pass(farm, picked))
    assert is_held(farm, picked)


def test_a_hold_that_was_itself_wrong_does_not_come_back(farm: SmallFarm, picked: str) -> None:
    suspicion = hold(farm, picked)
    lifted = lift(farm, suspicion)
    correct(farm, suspicion)
    correct(farm, lifted)
    assert not is_held(farm, picked)


def test_correcting_how_much_was_destroyed_holds_again_what_is_left(
    farm: SmallFarm, picked: str
) -> None:
    farm.rapid_test(picked, passed=False)
    lots = [{"node": picked, "quantity": "26", "unit": "kg"}]
    wrong = destroy(farm, picked, "126", "kg")
    correct(farm, wrong, Report("destroying", {"lots": lots, "reason": "没过"}))
    assert is_held(farm, picked)
