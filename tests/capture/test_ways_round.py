"""Ways round a hold or a rule that somebody might find: each is shut, or told where it is used."""

from pathlib import Path
from typing import Any

import pytest

from trace.capture.correcting import Correction, correct_event, take_back
from trace.capture.declaring import declare
from trace.capture.events import Report
from trace.capture.lifting import lift_hold
from trace.domain.errors import Refused
from trace.domain.standing import HELD_LEFT

from .short_deeds import correct, hold, is_held, ship
from .small_farm import SmallFarm
from .two_farms import packed, send, two_farms


def fields_of(refused: "pytest.ExceptionInfo[Refused]") -> list[str]:
    return [one.field for one in refused.value.problems]


def spraying(farm: SmallFarm, planting: str, amount: str = "30") -> Report:
    sent = {"plantings": [planting], "amount": amount, "input": farm.ids["azoxystrobin"]}
    return Report("spraying", sent, performed_by=farm.ids["grower"])


def shipping_of(farm: SmallFarm, lot: str, count: str) -> Report:
    lots = [{"node": lot, "quantity": count, "unit": "bundle"}]
    return Report("shipping", {"lots": lots, "customer": farm.ids["shop"]})


def test_a_pesticide_is_not_told_as_fertiliser(farm: SmallFarm) -> None:
    planting, lot = farm.plant(), farm.buy_pesticide()
    for used in ({"input_lot": lot}, {"input": farm.ids["azoxystrobin"]}):
        sent = {"plantings": [planting], "amount": "30"} | used
        with pytest.raises(Refused, match="write it down as spraying") as refused:
            farm.record("fertilising", sent, "grower")
        assert fields_of(refused) == list(used)


def test_a_shipping_corrected_to_a_held_lot_is_flagged(farm: SmallFarm) -> None:
    picked = farm.harvest(farm.plant())
    free, held = farm.pack(picked, "20", "40"), farm.pack(picked, "20", "40")
    farm.rapid_test(held, passed=False)
    corrected = correct(farm, ship(farm, free, "1"), shipping_of(farm, held, "40"))
    assert corrected.breaches == (HELD_LEFT,)


def test_a_shipping_of_a_lot_held_since_is_corrected_without_a_flag(farm: SmallFarm) -> None:
    lot = farm.pack(farm.harvest(farm.plant()))
    wrong = ship(farm, lot, "1")
    farm.rapid_test(lot, passed=False)
    assert correct(farm, wrong, shipping_of(farm, lot, "2")).breaches == ()


def test_what_was_retired_since_may_still_be_named_by_a_correction(farm: SmallFarm) -> None:
    planting = farm.plant()
    told = spraying(farm, planting)
    wrong = farm.record("spraying", told.sent, performed_by=farm.ids["grower"]).entry_ids[0]
    gone = {"input": farm.ids["azoxystrobin"], "party": farm.ids["grower"]}
    said = {"name": "嘧菌酯", "kind": "pesticide", "unit": "ml"}
    declare(farm.recorder, farm.actor(), "input", said, gone["input"], retired=True)
    said = {"name": "王长财", "kind": "person"}
    declare(farm.recorder, farm.actor(), "party", said, gone["party"], retired=True)
    with pytest.raises(Refused, match="is not known here"):
        farm.record("spraying", told.sent, performed_by=farm.ids["manager"])
    assert correct(farm, wrong, spraying(farm, planting, "20")).entry_ids


@pytest.mark.parametrize(
    ("reason", "note", "field"),
    [("did_not_occur", " ", "note"), ("whatever", "看错了", "reason")],
)
def test_nobody_corrects_a_hold_away_without_a_reason(
    farm: SmallFarm, reason: str, note: str, field: str
) -> None:
    lot = farm.harvest(farm.plant())
    correction = Correction(farm.rapid_test(lot, passed=False), reason, note)
    with pytest.raises(Refused) as refused:
        correct_event(farm.recorder, farm.actor(), correction, "S-1")
    assert fields_of(refused) == [field]
    assert is_held(farm, lot)


def test_a_picking_that_turned_out_early_is_not_tapped_away(farm: SmallFarm) -> None:
    planting = farm.plant()
    farm.wait(days=60)
    takes = {"takes": [{"node": planting, "quantity": "5"}]}
    picked = farm.record("harvesting", takes, "grower")
    sent = spraying(farm, planting).sent
    farm.record("spraying", sent, "grower", when="2026-04-29")
    assert is_held(farm, picked.made[0].node_id)
    with pytest.raises(Refused, match="only a manager corrects it"):
        take_back(farm.recorder, farm.actor("grower"), picked.entry_ids[0], "手滑", "S-1")


def test_two_managers_lifting_at_once_lift_once(farm: SmallFarm) -> None:
    held = hold(farm, farm.harvest(farm.plant()))
    first = lift_hold(farm.recorder, farm.actor(), held, "查清了", "S-1")
    second = lift_hold(farm.recorder, farm.actor(), held, "查清了", "S-2")
    assert second.is_repeat
    assert second.entry_ids == first.entry_ids


def test_parts_are_told_in_units_of_the_lot_they_were_split_from(farm: SmallFarm) -> None:
    lot = farm.harvest(farm.plant())
    parts = [{"quantity": "50", "unit": "kg"}, {"quantity": "99", "unit": "bundle"}]
    sent = {"takes": [{"node": lot, "quantity": "100"}], "parts": parts}
    with pytest.raises(Refused, match="cannot be turned into that") as refused:
        farm.record("splitting", sent, "packer")
    assert fields_of(refused) == ["parts-1"]


def test_an_arrival_is_not_corrected_to_come_from_itself(tmp_path: Path) -> None:
    sender, receiver = two_farms(tmp_path)
    lot = packed(sender)
    arrival = receiver.take_over(send(sender, lot), lot)
    own = arrival.made[0].node_id
    name = "大丰收"
    receiver.ids["back"] = receiver.declare("party", name=name, kind="customer", coop_id=name)
    lots = [{"node": own, "quantity": "50", "unit": "bundle"}]
    sent: dict[str, Any] = {"lots": lots, "customer": receiver.ids["back"]}
    returned = receiver.record("shipping", sent, "packer").entry_ids[0]
    source = {"node": own, "quantity": "50", "unit": "bundle"}
    sent = {"shipping": returned, "source": source, "product": sender.ids["cucumber"]}
    back = sender.record("receiving", sent, "packer").made[0].node_id
    source = {"node": back, "quantity": "10", "unit": "bundle"}
    again = send(sender, back, "10")
    sent = {"shipping": again, "source": source, "product": receiver.ids["cucumber"]}
    correction = Correction(
        arrival.entry_ids[0], "incorrect_data", "写错了", Report("receiving", sent)
    )
    with pytest.raises(Refused, match="cannot be used here"):
        correct_event(receiver.recorder, receiver.actor(), correction, "S-1")
