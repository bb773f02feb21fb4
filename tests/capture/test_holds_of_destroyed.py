"""Holds of what was destroyed: they end in whatever order it became known that all is gone."""

from pathlib import Path

import pytest

from trace.capture.events import Report
from trace.repository.database import rows
from trace.repository.rebuilding import first_difference

from .ledger_reading import maker_of
from .short_deeds import correct, destroy, hold, is_held, laboratory_pass, ship
from .small_farm import SmallFarm


@pytest.fixture
def planting(farm: SmallFarm) -> str:
    """Cucumbers of early March, two months later."""
    found = farm.plant()
    farm.wait(days=60)
    return found


def spray(farm: SmallFarm, planting: str, when: str = "") -> str:
    sent = {"plantings": [planting], "amount": "30", "input": farm.ids["azoxystrobin"]}
    return farm.record("spraying", sent, "grower", when=when).entry_ids[0]


def rules(farm: SmallFarm) -> list[str]:
    """The rules of all open holds."""
    with farm.instance.database.reading() as connection:
        found = rows(connection, "SELECT rule FROM hold WHERE lifted_by IS NULL ORDER BY rule")
    return [one["rule"] for one in found]


def test_a_shipping_struck_out_after_the_destroying_leaves_nothing_to_hold(
    farm: SmallFarm, planting: str, tmp_path: Path
) -> None:
    lot = farm.pack(farm.harvest(planting), kg="126")
    wrong = ship(farm, lot, "40")
    farm.rapid_test(lot, passed=False)
    destroy(farm, lot, "240", "bundle")
    assert is_held(farm, lot)
    correct(farm, wrong)
    assert not is_held(farm, lot)
    assert first_difference(farm.instance.database, tmp_path) is None


def test_a_weight_corrected_to_what_was_destroyed_leaves_nothing_to_hold(
    farm: SmallFarm, planting: str
) -> None:
    lot = farm.harvest(planting)
    farm.rapid_test(lot, passed=False)
    destroy(farm, lot, "100", "kg")
    takes = [{"node": planting, "quantity": "101"}]
    again = correct(farm, maker_of(farm, lot), Report("harvesting", {"takes": takes}))
    assert is_held(farm, lot)
    takes = [{"node": planting, "quantity": "100"}]
    correct(farm, again.entry_ids[-1], Report("harvesting", {"takes": takes}))
    assert not is_held(farm, lot)


def test_what_was_destroyed_before_it_proved_early_or_failed_is_not_held(
    farm: SmallFarm, planting: str, tmp_path: Path
) -> None:
    lot = farm.harvest(planting)
    destroy(farm, lot, "126", "kg")
    farm.wait(days=1)
    spray(farm, planting, "2026-04-29")
    farm.rapid_test(lot, passed=False)
    assert rules(farm) == []
    assert first_difference(farm.instance.database, tmp_path) is None


def test_a_suspicion_about_what_was_destroyed_stands_until_it_is_lifted(
    farm: SmallFarm, planting: str
) -> None:
    lot = farm.harvest(planting)
    destroy(farm, lot, "126", "kg")
    hold(farm, lot)
    assert is_held(farm, lot)


def test_a_destroying_that_was_wrong_brings_back_no_hold_that_was_answered_since(
    farm: SmallFarm, planting: str, tmp_path: Path
) -> None:
    picked = farm.harvest(planting)
    packed = farm.pack(picked, kg="126")
    farm.rapid_test(picked, passed=False)
    wrong = destroy(farm, packed, "240", "bundle")
    laboratory_pass(farm, picked)
    correct(farm, wrong)
    assert not is_held(farm, packed)
    assert first_difference(farm.instance.database, tmp_path) is None


def test_what_came_back_is_not_held_by_a_picking_that_was_not_early_after_all(
    farm: SmallFarm, planting: str, tmp_path: Path
) -> None:
    spray(farm, planting)
    picked = farm.harvest(planting)
    packed = farm.pack(picked, kg="126")
    destroy(farm, packed, "240", "bundle")
    takes = [{"node": planting, "quantity": "126"}]
    farm.wait(days=5)
    later = Report("harvesting", {"takes": takes}, "2026-05-03")
    correct(farm, maker_of(farm, picked), later)
    assert rules(farm) == []
    back = [{"node": packed, "quantity": "20", "unit": "bundle"}]
    farm.record("returning", {"lots": back, "reason": "没卖掉"}, "packer")
    assert rules(farm) == []
    assert first_difference(farm.instance.database, tmp_path) is None
