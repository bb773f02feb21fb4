"""What came in and what went out: the manager's page, a lot's page, a planting's page."""

from pathlib import Path

import pytest

from tests.web.packing_room import PackingRoom


@pytest.fixture
def room(tmp_path: Path) -> PackingRoom:
    room = PackingRoom(tmp_path)
    room.client = room.sign_in("manager")
    return room


def lose(room: PackingRoom, lot: str, quantity: str, unit: str) -> str:
    goods = [{"node": lot, "quantity": quantity, "unit": unit}]
    sent = {"cause": "dried", "lots": goods}
    return room.farm.record("loss", sent, "packer").entry_ids[0]


def test_a_season_shows_every_part_by_mass_and_that_all_adds_up(room: PackingRoom) -> None:
    farm = room.farm
    packed = farm.pack(farm.harvest(farm.plant()), "126", "240")
    lose(room, packed, "4", "bundle")
    page = room.text("/manage/balance")
    for words in (
        "Everything adds up", "126\xa0kg", "Trimmed off in packing", "6\xa0kg", "2\xa0kg",
        "118\xa0kg", "<title", "<desc", "黄瓜",
    ):  # fmt: skip
        assert words in page, words
    assert " style=" not in page


def test_what_does_not_add_up_leads_to_the_lot_and_the_record(room: PackingRoom) -> None:
    farm = room.farm
    lot = farm.harvest(farm.plant())
    lose(room, lot, "130", "kg")
    over = {"takes": [{"node": farm.harvest(farm.plant()), "quantity": "10"}],
            "packed_quantity": "30", "unit": "bundle"}  # fmt: skip
    entry = farm.record("packing", over, "packer").entry_ids[0]
    page = room.text("/manage/balance")
    assert "2 things do not add up" in page
    assert "At most 126\xa0kg, written down are 130\xa0kg: 4\xa0kg too much" in page
    assert f'href="/manage/lots/{lot}"' in page
    assert f'href="/manage/records/{entry}"' in page


def test_the_days_that_are_asked_for_decide_what_is_shown(room: PackingRoom) -> None:
    farm = room.farm
    farm.harvest(farm.plant())
    assert "Nothing was picked or sent" in room.text(
        "/manage/balance?from=2025-01-01&to=2025-12-31"
    )
    later = room.text("/manage/balance?from=2026-02-01&to=2026-03-31")
    assert "126\xa0kg" in later


def test_what_has_no_weight_is_listed(room: PackingRoom) -> None:
    farm = room.farm
    grapes = farm.declare("product", name="葡萄", unit="case", label_needs="nothing")
    sent = {"supplier": farm.ids["shop"], "product": grapes, "quantity": "10",
            "quantity_unit": "box"}  # fmt: skip
    lot = farm.record("receiving", sent, "packer").made[0]
    page = room.text("/manage/balance")
    assert "One amount has no weight and is not counted" in page
    assert lot.lot_number in page
    assert "10\xa0boxes" in page


def test_a_lots_page_shows_its_own_river_and_a_planting_its_yield(room: PackingRoom) -> None:
    farm = room.farm
    planting = farm.plant()
    lot = farm.harvest(planting)
    farm.pack(lot, "100", "200")
    page = room.text(f"/manage/lots/{lot}")
    assert 'class="river"' in page
    assert "26\xa0kg" in page
    grown = room.text(f"/manage/lots/{planting}")
    assert "What was picked of it" in grown
    assert "How much can grow there is not known" in grown


def test_a_gift_box_has_a_river_of_boxes(room: PackingRoom) -> None:
    farm = room.farm
    packed = farm.pack(farm.harvest(farm.plant()))
    takes = [{"node": packed, "quantity": "40", "unit": "bundle"}]
    sent = {"takes": takes, "package_name": "礼盒", "packed_quantity": "10"}
    box = farm.record("package_made", sent, "packer").made[0].node_id
    lose(room, box, "1", "box")
    page = room.text("/manage/balance")
    assert "Gift boxes" in page
    assert "18\xa0kg" in page
    assert "9\xa0boxes" in room.text(f"/manage/lots/{box}")


def test_a_flagged_record_says_why_and_what_would_mend_it(room: PackingRoom) -> None:
    lot = room.farm.harvest(room.farm.plant())
    page = room.text(f"/manage/records/{lose(room, lot, '130', 'kg')}")
    assert "more went out than came in" in page
    assert "Find the amount that is wrong and correct it" in page
