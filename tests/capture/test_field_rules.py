"""What field work may break, and what follows by itself: early picking, banned and unlisted inputs.

Facts are recorded as they happened; the goods or plantings they spoil are held (DESIGN part 3).
"""

import json
from typing import Any

import pytest

from trace.capture.correcting import Correction, correct_event
from trace.capture.events import Report
from trace.capture.identifying import Identification, identify_input
from trace.domain.errors import NotFound, Refused
from trace.domain.standing import BANNED_INPUT_USED, PICKED_TOO_EARLY, UNLISTED_INPUT_USED
from trace.repository.database import rows
from trace.repository.rebuilding import first_difference

from .short_deeds import destroy, is_held, laboratory_pass
from .small_farm import SmallFarm


def spray(farm: SmallFarm, planting: str, when: str = "", **more: Any) -> str:
    """Spray 30 ml of the listed pesticide, which asks for three days; the entry id."""
    used = {"input": farm.ids["azoxystrobin"]} | more
    sent = {"plantings": [planting], "amount": "30"} | used
    return farm.record("spraying", sent, "grower", when=when).entry_ids[0]


def rules(farm: SmallFarm) -> list[str]:
    """The rules of all open holds."""
    with farm.instance.database.reading() as connection:
        found = rows(connection, "SELECT rule FROM hold WHERE lifted_by IS NULL ORDER BY rule")
    return [one["rule"] for one in found]


def breaches(farm: SmallFarm, entry_id: str) -> list[str]:
    with farm.instance.database.reading() as connection:
        found = rows(connection, "SELECT breaches FROM event WHERE entry_id = ?", (entry_id,))
    return list(json.loads(found[0]["breaches"]))


def picked_on(farm: SmallFarm, planting: str, when: str) -> tuple[str, str]:
    """Pick 5 kg on a day or at a minute; the lot's id and the entry's."""
    takes = {"takes": [{"node": planting, "quantity": "5"}]}
    receipt = farm.record("harvesting", takes, "grower", when=when)
    return receipt.made[0].node_id, receipt.entry_ids[0]


def is_as_replayed(farm: SmallFarm, folder: Any) -> bool:
    return first_difference(farm.instance.database, folder) is None


@pytest.fixture
def planting(farm: SmallFarm) -> str:
    """Cucumbers of early March."""
    found = farm.plant()
    farm.wait(days=60)
    return found


def test_a_picking_inside_the_interval_is_recorded_and_its_lot_held(
    farm: SmallFarm, planting: str
) -> None:
    spray(farm, planting, "2026-04-20")
    lot, entry = picked_on(farm, planting, "2026-04-22")
    assert breaches(farm, entry) == [PICKED_TOO_EARLY]
    assert is_held(farm, lot)
    assert rules(farm) == ["early_harvest"]


def test_a_picking_on_the_first_allowed_day_is_not_held(farm: SmallFarm, planting: str) -> None:
    spray(farm, planting, "2026-04-20")
    lot, entry = picked_on(farm, planting, "2026-04-23")
    assert breaches(farm, entry) == []
    assert not is_held(farm, lot)


def test_a_spraying_written_down_late_holds_what_was_picked_after_it(
    farm: SmallFarm, planting: str
) -> None:
    lot, _ = picked_on(farm, planting, "2026-04-22")
    packed = farm.pack(lot, "5", "10")
    entry = spray(farm, planting, "2026-04-20")
    assert breaches(farm, entry) == [PICKED_TOO_EARLY]
    assert is_held(farm, packed)


def test_a_morning_picking_does_not_wait_for_the_spraying_of_the_evening(
    farm: SmallFarm, planting: str
) -> None:
    lot, _ = picked_on(farm, planting, "2026-04-20T06:30")
    spray(farm, planting, "2026-04-20T17:00")
    assert not is_held(farm, lot)


def test_of_a_day_known_only_as_such_what_was_written_first_came_first(
    farm: SmallFarm, planting: str
) -> None:
    before, _ = picked_on(farm, planting, "2026-04-20")
    spray(farm, planting, "2026-04-20")
    after, _ = picked_on(farm, planting, "2026-04-20")
    assert not is_held(farm, before)
    assert is_held(farm, after)


def test_of_the_same_minute_what_was_written_first_came_first(
    farm: SmallFarm, planting: str
) -> None:
    before, _ = picked_on(farm, planting, "2026-04-20T06:30")
    spray(farm, planting, "2026-04-20T06:30")
    after, _ = picked_on(farm, planting, "2026-04-20T06:30")
    assert not is_held(farm, before)
    assert is_held(farm, after)


def test_correcting_the_amount_of_a_spraying_keeps_its_place_in_the_day(
    farm: SmallFarm, planting: str
) -> None:
    entry = spray(farm, planting, "2026-04-20")
    lot, _ = picked_on(farm, planting, "2026-04-20")
    correct(farm, entry, "spraying", {"amount": "25"}, planting, "2026-04-20")
    assert is_held(farm, lot)


def correct(
    farm: SmallFarm, entry: str, event_type: str, said: Any, planting: str, when: str
) -> None:
    sent = {"plantings": [planting], "input": farm.ids["azoxystrobin"], "amount": "30"} | said
    report = Report(event_type, sent, when=when)
    correction = Correction(entry, "incorrect_data", "写错了", report)
    correct_event(farm.recorder, farm.actor(), correction, f"correct-{entry}")


def test_another_planting_of_the_plot_does_not_wait_for_this_ones_spraying(
    farm: SmallFarm, planting: str
) -> None:
    other = farm.plant()
    spray(farm, planting, "2026-04-20")
    lot, _ = picked_on(farm, other, "2026-04-21")
    assert not is_held(farm, lot)


def test_correcting_the_day_of_the_spraying_ends_the_hold_and_back_again(
    farm: SmallFarm, planting: str, tmp_path: Any
) -> None:
    entry = spray(farm, planting, "2026-04-20")
    lot, _ = picked_on(farm, planting, "2026-04-22")
    correct(farm, entry, "spraying", {}, planting, "2026-04-10")
    assert not is_held(farm, lot)
    with farm.instance.database.reading() as connection:
        found = rows(connection, "SELECT entry_id FROM event WHERE replaces = ?", (entry,))
    correct(farm, found[0]["entry_id"], "spraying", {}, planting, "2026-04-20")
    assert is_held(farm, lot)
    assert is_as_replayed(farm, tmp_path)


def test_correcting_the_day_of_the_picking_ends_the_hold_and_the_breach(
    farm: SmallFarm, planting: str, tmp_path: Any
) -> None:
    spray(farm, planting, "2026-04-20")
    lot, entry = picked_on(farm, planting, "2026-04-22")
    takes = {"takes": [{"node": planting, "quantity": "5"}]}
    correction = Correction(
        entry, "incorrect_data", "日期点错了", Report("harvesting", takes, when="2026-04-24")
    )
    receipt = correct_event(farm.recorder, farm.actor(), correction, "c1")
    assert not is_held(farm, lot)
    assert receipt.breaches == ()
    assert is_as_replayed(farm, tmp_path)


def test_neither_a_word_nor_a_laboratory_lifts_a_hold_of_an_early_picking(
    farm: SmallFarm, planting: str
) -> None:
    spray(farm, planting, "2026-04-20")
    lot, _ = picked_on(farm, planting, "2026-04-22")
    farm.rapid_test(lot)
    laboratory_pass(farm, lot)
    assert is_held(farm, lot)


def test_destroying_all_of_an_early_picking_ends_its_hold(
    farm: SmallFarm, planting: str, tmp_path: Any
) -> None:
    spray(farm, planting, "2026-04-20")
    lot, _ = picked_on(farm, planting, "2026-04-22")
    destroy(farm, lot, "5", "kg")
    assert not is_held(farm, lot)
    assert is_as_replayed(farm, tmp_path)


def test_a_harvest_with_one_early_planting_among_two_is_held(
    farm: SmallFarm, planting: str
) -> None:
    other = farm.plant()
    spray(farm, other, "2026-04-20")
    takes = [{"node": one, "quantity": "5"} for one in (planting, other)]
    receipt = farm.record("harvesting", {"takes": takes}, "grower", when="2026-04-21")
    assert is_held(farm, receipt.made[0].node_id)


def test_leaves_packed_straight_from_a_planting_wait_as_well(
    farm: SmallFarm, planting: str
) -> None:
    spray(farm, planting, "2026-04-20")
    sent = {
        "takes": [{"node": planting, "quantity": "5", "unit": "kg"}],
        "packed_quantity": "10", "unit": "bundle",
    }  # fmt: skip
    receipt = farm.record("packing", sent, "packer", when="2026-04-21")
    assert receipt.breaches == (PICKED_TOO_EARLY,)
    assert is_held(farm, receipt.made[0].node_id)


@pytest.fixture
def banned(farm: SmallFarm) -> str:
    """A listed pesticide with a substance that is banned on vegetables; its id."""
    return farm.declare(
        "input", name="旧药瓶", kind="pesticide", unit="ml", pre_harvest_interval_days="7",
        ingredients=["毒死蜱 40%"],
    )  # fmt: skip


def test_a_banned_substance_is_recorded_with_its_notice_and_the_planting_held(
    farm: SmallFarm, planting: str, banned: str
) -> None:
    entry = spray(farm, planting, "2026-04-20", input=banned)
    assert breaches(farm, entry) == [BANNED_INPUT_USED]
    assert is_held(farm, planting)
    with farm.instance.database.reading() as connection:
        found = rows(connection, "SELECT what FROM event WHERE entry_id = ?", (entry,))
    notice = json.loads(found[0]["what"])["banned"][0]
    assert (notice["name"], notice["notice"]) == ("毒死蜱", "农业部公告第2032号")


def test_a_banned_substance_typed_as_a_name_is_known_as_well(
    farm: SmallFarm, planting: str
) -> None:
    entry = spray(farm, planting, "2026-04-20", input="", input_name="3%克百威颗粒剂")
    assert breaches(farm, entry) == [UNLISTED_INPUT_USED]  # banned from June on only
    later = spray(farm, planting, "2026-04-20", input="", input_name="毒死蜱乳油")
    assert breaches(farm, later) == [BANNED_INPUT_USED]


def test_what_was_picked_before_a_banned_spraying_is_not_held_by_it(
    farm: SmallFarm, planting: str, banned: str
) -> None:
    before, _ = picked_on(farm, planting, "2026-04-10")
    spray(farm, planting, "2026-04-20", input=banned)
    after, _ = picked_on(farm, planting, "2026-04-28")
    assert not is_held(farm, before)
    assert is_held(farm, after)


def test_a_planting_ploughed_under_and_its_goods_destroyed_end_the_hold(
    farm: SmallFarm, planting: str, banned: str, tmp_path: Any
) -> None:
    picked_on(farm, planting, "2026-04-10")
    spray(farm, planting, "2026-04-20", input=banned)
    after, _ = picked_on(farm, planting, "2026-04-28")
    destroy(farm, after, "5", "kg")
    assert is_held(farm, planting)
    farm.record("destroying", {"plantings": [planting], "reason": "用了禁用药"})
    assert not is_held(farm, planting)
    assert rules(farm) == []
    assert is_as_replayed(farm, tmp_path)


def test_something_not_in_the_list_holds_the_planting_until_somebody_says_what_it_was(
    farm: SmallFarm, planting: str, tmp_path: Any
) -> None:
    entry = spray(farm, planting, "2026-04-20", input="", input_name="邻居给的药")
    assert is_held(farm, planting)
    said = Identification(entry, farm.ids["azoxystrobin"], "看了瓶子")
    identify_input(farm.recorder, farm.actor(), said, "identify-1")
    assert not is_held(farm, planting)
    assert is_as_replayed(farm, tmp_path)


def test_what_was_picked_before_somebody_said_what_it_was_is_judged_by_it_too(
    farm: SmallFarm, planting: str
) -> None:
    entry = spray(farm, planting, "2026-04-20", input="", input_name="邻居给的药")
    early, _ = picked_on(farm, planting, "2026-04-22")
    late, _ = picked_on(farm, planting, "2026-04-24")
    said = Identification(entry, farm.ids["azoxystrobin"], "看了瓶子")
    identify_input(farm.recorder, farm.actor(), said, "identify-1")
    assert is_held(farm, early)
    assert not is_held(farm, late)


def test_the_farmers_own_words_stay_beside_the_name_that_was_found(
    farm: SmallFarm, planting: str
) -> None:
    entry = spray(farm, planting, "2026-04-20", input="", input_name="邻居给的药")
    said = Identification(entry, farm.ids["azoxystrobin"])
    receipt = identify_input(farm.recorder, farm.actor(), said, "identify-1")
    with farm.instance.database.reading() as connection:
        found = rows(connection, "SELECT what FROM event WHERE entry_id = ?",
                     (receipt.entry_ids[1],))  # fmt: skip
    what = json.loads(found[0]["what"])
    assert what["input_name"] == "邻居给的药"
    assert what["input"] == farm.ids["azoxystrobin"]
    assert what["pre_harvest_interval_days"] == 3


def test_it_is_said_once_what_something_was(farm: SmallFarm, planting: str) -> None:
    entry = spray(farm, planting, "2026-04-20", input="", input_name="邻居给的药")
    said = Identification(entry, farm.ids["azoxystrobin"])
    identify_input(farm.recorder, farm.actor(), said, "identify-1")
    with pytest.raises(Refused, match="already said"):
        identify_input(farm.recorder, farm.actor(), said, "identify-2")


def test_a_listed_use_is_not_named_again(farm: SmallFarm, planting: str) -> None:
    entry = spray(farm, planting, "2026-04-20")
    with pytest.raises(NotFound):
        identify_input(
            farm.recorder, farm.actor(), Identification(entry, farm.ids["azoxystrobin"]), "i"
        )
