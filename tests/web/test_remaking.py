"""Lots split, merged and repacked; labels voided; losses and plantings ploughed under."""

import re
from pathlib import Path

import pytest

from tests.jobs.printing import issue, labelled_lot
from tests.web.packing_room import PackingRoom
from trace.domain.quantity import format_decimal
from trace.query.packing import packing_lot
from trace.query.print_jobs import print_work


@pytest.fixture
def room(tmp_path: Path) -> PackingRoom:
    return PackingRoom(tmp_path)


def picked(room: PackingRoom, kg: str = "126") -> str:
    return room.farm.harvest(room.farm.plant(), kg)


def left(room: PackingRoom, lot: str) -> str:
    found = packing_lot(room.farm.instance, room.farm.coop_id, lot)
    return format_decimal(found.remaining)


def lots(room: PackingRoom, made_by: str) -> list[tuple[str, str]]:
    found = room.rows("SELECT quantity, unit FROM lot WHERE made_by = ? ORDER BY node_key", made_by)
    return [tuple(one) for one in found]


def test_a_lot_is_split_and_what_no_part_takes_stays(room: PackingRoom) -> None:
    lot = picked(room)
    assert f"/packing/split?lot={lot}" in room.text("/packing/split")
    form = {"lot": lot, "part-1": "60", "part-3": "40.5", "part_unit": "kg"}
    answer = room.send("/packing/split", form, f"/packing/split?lot={lot}")
    assert answer.status_code == 303
    assert lots(room, "splitting") == [("60", "kg"), ("40.5", "kg")]
    assert left(room, lot) == "25.5"
    assert "The numbers of the new lots" in room.text(answer.location)


def test_parts_are_told_in_the_unit_that_was_chosen(room: PackingRoom) -> None:
    lot = picked(room)
    form = {"lot": lot, "part-1": "100", "part_unit": "jin"}
    assert room.send("/packing/split", form, f"/packing/split?lot={lot}").status_code == 303
    assert lots(room, "splitting") == [("100", "jin")]
    assert left(room, lot) == "76"


def test_a_part_that_is_no_number_is_named_and_the_others_stay_typed(room: PackingRoom) -> None:
    lot = picked(room)
    form = {"lot": lot, "part-1": "60", "part-2": "许多", "part_unit": "kg"}
    answer = room.send("/packing/split", form, f"/packing/split?lot={lot}")
    assert answer.status_code == 422
    assert 'href="#f-part-2"' in answer.text
    assert 'value="60"' in answer.text
    assert lots(room, "splitting") == []


def test_splitting_into_nothing_asks_for_a_part(room: PackingRoom) -> None:
    lot = picked(room)
    answer = room.send("/packing/split", {"lot": lot}, f"/packing/split?lot={lot}")
    assert answer.status_code == 422
    assert 'href="#f-part-1"' in answer.text


def test_parts_of_more_than_is_left_are_asked_about_once(room: PackingRoom) -> None:
    lot = picked(room)
    form = {"lot": lot, "part-1": "100", "part-2": "100", "part_unit": "kg"}
    asked = room.send("/packing/split", form, f"/packing/split?lot={lot}")
    assert asked.status_code == 422
    assert "Only 126\xa0kg left, and 200\xa0kg is written" in asked.text
    sure = re.search(r'name="sure" value="(\w+)"', asked.text)
    assert sure
    answer = room.send("/packing/split", form | {"sure": sure[1]}, f"/packing/split?lot={lot}")
    assert answer.status_code == 303
    assert "more went out than came in" in room.text(answer.location)


def test_several_lots_become_one_and_the_picture_says_of_what(room: PackingRoom) -> None:
    first, second = picked(room, "100"), picked(room, "26")
    page = room.text(f"/packing/merge?lot={first}&lot={second}&go=1")
    assert 'class="river"' in page
    assert "100\xa0kg" in page and "26\xa0kg" in page and "126\xa0kg" in page
    assert "The new lot inherits every hold and recall" in page
    form = {"lot": [first, second], f"amount-{first}": "100", f"amount-{second}": "52",
            f"amount-{second}_unit": "jin"}  # fmt: skip
    answer = room.send("/packing/merge", form, f"/packing/merge?lot={first}&lot={second}&go=1")
    assert answer.status_code == 303
    assert lots(room, "merging") == [("126.0", "kg")]
    assert (left(room, first), left(room, second)) == ("0", "0")


def test_different_products_are_said_to_be_before_anything_is_typed(room: PackingRoom) -> None:
    cucumbers = picked(room)
    room.farm.ids["cucumber"] = room.farm.declare(
        "product", name="番茄", unit="box", unit_mass_kg="0.5", label_needs="nothing"
    )
    page = room.text(f"/packing/merge?lot={cucumbers}&lot={picked(room)}&go=1")
    assert "only lots of one product are merged" in page


def test_lots_ticked_in_a_search_stay_ticked_in_the_next(room: PackingRoom) -> None:
    first, second = picked(room), picked(room)
    number = packing_lot(room.farm.instance, room.farm.coop_id, second).lot_number
    page = room.text(f"/packing/merge?lot={first}&find={number.lower()}")
    assert re.search(rf'value="{first}" checked', page)
    assert f'value="{second}">' in page
    nothing = room.text("/packing/merge?find=番茄")
    assert "No lot is called that" in nothing


def test_mixing_a_held_lot_with_a_free_one_is_asked_about(room: PackingRoom) -> None:
    held, free = picked(room), picked(room)
    room.farm.record("hold", {"subjects": [held], "reason": "疑"})
    both = f"/packing/repack?lot={held}&lot={free}&go=1"
    form = {"lot": [held, free], f"amount-{held}": "1", f"amount-{free}": "1",
            "packed_quantity": "4", "packed_quantity_unit": "bundle"}  # fmt: skip
    asked = room.send("/packing/repack", form, both)
    assert asked.status_code == 422
    assert "all that is made with it will be on hold too" in asked.text
    assert lots(room, "repacking") == []


def test_what_is_repacked_is_a_lot_that_may_carry_labels(room: PackingRoom) -> None:
    lot = labelled_lot(room.farm)
    form = {"lot": lot, f"amount-{lot}": "10", "packed_quantity": "5",
            "packed_quantity_unit": "bag", "unit_mass": "1", "unit_mass_unit": "kg"}  # fmt: skip
    answer = room.send("/packing/repack", form, f"/packing/repack?lot={lot}&go=1")
    assert answer.status_code == 303
    assert lots(room, "repacking") == [("5", "bag")]
    assert "Print its labels" in room.text(answer.location)


def test_another_coops_lot_is_not_found(room: PackingRoom) -> None:
    other = room.farm.__class__(room.farm.instance, room.farm.now)
    theirs = other.harvest(other.plant())
    for way in ("split", "merge", "repack"):
        assert room.get(f"/packing/{way}?lot={theirs}&go=1").status_code == 404
        assert room.post(f"/packing/{way}", {"lot": theirs}).status_code == 404


def test_a_tick_takes_all_that_is_left(room: PackingRoom) -> None:
    lot = picked(room)
    form = {f"all-{lot}": "yes", "cause": "spoiled"}
    assert room.send("/packing/out/lose", form).status_code == 303
    assert room.rows("SELECT quantity, unit FROM event_node WHERE role = 'removed'")[0][:] == (
        "126", "kg",
    )  # fmt: skip


def test_a_loss_says_why(room: PackingRoom) -> None:
    lot = picked(room)
    answer = room.send("/packing/out/lose", {f"amount-{lot}": "3"})
    assert answer.status_code == 422
    assert 'href="#f-cause"' in answer.text
    form = {f"amount-{lot}": "3", f"amount-{lot}_unit": "jin", "cause": "dried"}
    answer = room.send("/packing/out/lose", form)
    assert answer.status_code == 303
    assert "dried out" in room.text(answer.location)
    assert left(room, lot) == "124.5"


def test_a_unit_nobody_knows_is_refused_at_its_field(room: PackingRoom) -> None:
    lot = picked(room)
    form = {f"amount-{lot}": "3", f"amount-{lot}_unit": "担", "cause": "dried"}
    answer = room.send("/packing/out/lose", form)
    assert answer.status_code == 422
    assert f'href="#f-amount-{lot}"' in answer.text


def test_a_planting_is_ploughed_under_once(room: PackingRoom) -> None:
    planting = room.farm.plant()
    assert f'value="{planting}"' in room.text("/packing/out/destroy")
    form = {"plantings": planting, "reason": "打了禁用药"}
    assert room.send("/packing/out/destroy", form).status_code == 303
    assert f'value="{planting}"' not in room.text("/packing/out/destroy")


def test_a_long_list_of_goods_is_searched(room: PackingRoom) -> None:
    first, *others = [picked(room) for _ in range(9)]
    number = packing_lot(room.farm.instance, room.farm.coop_id, first).lot_number
    page = room.text(f"/packing/out/ship?find={number}")
    assert f"amount-{first}" in page
    assert not [one for one in others if f"amount-{one}" in page]


def voided(room: PackingRoom) -> list[int]:
    found = room.rows("SELECT sequence FROM unit WHERE voided_by IS NOT NULL ORDER BY sequence")
    return [one["sequence"] for one in found]


def test_labels_are_voided_by_their_numbers(room: PackingRoom) -> None:
    lot = labelled_lot(room.farm)
    issue(room.farm, lot, 10)
    assert f"/packing/lots/{lot}/void" in room.text(f"/packing/lots/{lot}")
    form = {"first": "３", "last": "5", "reason": "spoiled"}
    assert room.send(f"/packing/lots/{lot}/void", form).status_code == 303
    assert voided(room) == [3, 4, 5]
    page = room.text(f"/packing/lots/{lot}")
    assert "3 labels are void." in page
    assert "7 of 240 labels printed" in page


def test_one_number_alone_and_scanned_labels_are_voided_together(room: PackingRoom) -> None:
    lot = labelled_lot(room.farm)
    codes = print_work(room.farm.instance, issue(room.farm, lot, 10)).codes
    form = {"first": "1", "codes": f"{codes[8]}\n{codes[3]}\n{codes[4]}", "reason": "lost"}
    assert room.send(f"/packing/lots/{lot}/void", form).status_code == 303
    assert voided(room) == [1, 4, 5, 9]


def test_what_is_wrong_with_voiding_is_said_all_at_once(room: PackingRoom) -> None:
    lot, other = labelled_lot(room.farm), labelled_lot(room.farm)
    issue(room.farm, lot, 10)
    strange = print_work(room.farm.instance, issue(room.farm, other, 1)).codes[0]
    form = {"first": "9", "last": "8", "codes": f"{strange}\nnot a code"}
    answer = room.send(f"/packing/lots/{lot}/void", form)
    assert answer.status_code == 422
    for words in (
        "This comes before the first number", "is not one of this lot", "Line 2 is no label",
        'href="#f-reason"', 'value="9"',
    ):  # fmt: skip
        assert words in answer.text
    beyond = room.send(f"/packing/lots/{lot}/void", {"first": "11", "reason": "lost"})
    assert "This must be a whole number from 1 to 10" in beyond.text
    nothing = room.send(f"/packing/lots/{lot}/void", {"reason": "lost"})
    assert "Write the numbers, or scan the labels" in nothing.text
    assert voided(room) == []
