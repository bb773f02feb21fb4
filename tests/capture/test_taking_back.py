"""A slip of the finger: taken back by whoever wrote it, moments later, for ever readable."""

import pytest

from trace.capture.correcting import take_back
from trace.capture.submissions import Receipt
from trace.domain.errors import NotAllowed, NotFound, Refused

from .ledger_reading import last_body, maker_of, row_of
from .small_farm import SmallFarm


def back(farm: SmallFarm, entry_id: str, role: str = "grower") -> Receipt:
    return take_back(farm.recorder, farm.actor(role), entry_id, "点错了", f"back-{entry_id}")


def water(farm: SmallFarm, planting: str) -> str:
    return farm.record("irrigation", {"plantings": [planting]}, "grower").entry_ids[0]


def test_a_grower_takes_back_what_was_tapped_by_mistake(farm: SmallFarm) -> None:
    entry_id = water(farm, farm.plant())
    farm.wait(minutes=15)
    back(farm, entry_id)
    struck = row_of(farm, "SELECT declared_wrong_by FROM event WHERE entry_id = ?", entry_id)
    assert struck["declared_wrong_by"]
    assert last_body(farm)["what"] == {"wrong": entry_id, "declaration_reason": "did_not_occur"}


def test_after_a_quarter_of_an_hour_it_is_no_slip_any_more(farm: SmallFarm) -> None:
    entry_id = water(farm, farm.plant())
    farm.wait(minutes=16)
    with pytest.raises(Refused, match="too late"):
        back(farm, entry_id)


def test_nobody_takes_back_what_another_wrote(farm: SmallFarm) -> None:
    entry_id = water(farm, farm.plant())
    with pytest.raises(Refused, match="whoever wrote"):
        back(farm, entry_id, "manager")


def test_a_picking_that_was_packed_is_no_slip(farm: SmallFarm) -> None:
    picked = farm.harvest(farm.plant())
    farm.pack(picked)
    with pytest.raises(Refused, match="correct that first"):
        back(farm, maker_of(farm, picked))


def test_a_failed_test_is_not_tapped_away(farm: SmallFarm) -> None:
    entry_id = farm.rapid_test(farm.harvest(farm.plant()), passed=False)
    with pytest.raises(Refused, match="only a manager corrects it"):
        back(farm, entry_id, "tester")


def test_a_packer_takes_nothing_back(farm: SmallFarm) -> None:
    packed = farm.pack(farm.harvest(farm.plant()))
    with pytest.raises(NotAllowed):
        back(farm, maker_of(farm, packed), "packer")


def test_what_is_not_ours_is_not_found(farm: SmallFarm) -> None:
    with pytest.raises(NotFound):
        back(farm, "ANOTHER")


def test_a_double_tap_takes_back_once(farm: SmallFarm) -> None:
    entry_id = water(farm, farm.plant())
    assert back(farm, entry_id).entry_ids == back(farm, entry_id).entry_ids
