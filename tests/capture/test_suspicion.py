"""A hold on suspicion: one tap, and two managers who do the same do it once."""

from trace.capture.events import Report
from trace.capture.suspicion import hold_on_suspicion

from .ledger_reading import entries
from .short_deeds import is_held, lift
from .small_farm import SmallFarm


def tap(farm: SmallFarm, lot: str, tap_id: str, reason: str = "有人投诉") -> tuple[str, bool]:
    report = Report("hold", {"subjects": [lot], "reason": reason})
    receipt = hold_on_suspicion(farm.recorder, farm.actor(), report, tap_id)
    return receipt.entry_ids[0], receipt.is_repeat


def test_two_managers_holding_for_the_same_reason_make_one_hold(farm: SmallFarm) -> None:
    lot = farm.harvest(farm.plant())
    first, is_repeat = tap(farm, lot, "H-1")
    before = entries(farm)
    assert not is_repeat
    assert tap(farm, lot, "H-2") == (first, True)
    assert entries(farm) == before


def test_another_reason_is_another_hold_and_both_have_to_be_lifted(farm: SmallFarm) -> None:
    lot = farm.harvest(farm.plant())
    first, _ = tap(farm, lot, "H-1")
    second, is_repeat = tap(farm, lot, "H-2", "标签可能有错")
    assert not is_repeat
    lift(farm, first)
    assert is_held(farm, lot)
    lift(farm, second)
    assert not is_held(farm, lot)


def test_what_was_lifted_may_be_held_again_for_the_same_reason(farm: SmallFarm) -> None:
    lot = farm.harvest(farm.plant())
    lift(farm, tap(farm, lot, "H-1")[0])
    _, is_repeat = tap(farm, lot, "H-2")
    assert not is_repeat
    assert is_held(farm, lot)
