"""What was lost from the store, and the store's words where more was used than was bought."""

from pathlib import Path

import pytest

from tests.web.packing_room import PackingRoom


@pytest.fixture
def room(tmp_path: Path) -> PackingRoom:
    room = PackingRoom(tmp_path)
    room.client = room.sign_in("manager")
    return room


def gone(room: PackingRoom) -> list[tuple[str, str, str]]:
    found = room.rows(
        "SELECT e.event_type, s.quantity, s.unit FROM event_node s"
        " JOIN event e ON e.entry_index = s.entry_index WHERE s.role = 'removed'"
    )
    return [tuple(one) for one in found]


def spray(room: PackingRoom, lot: str, millilitres: str) -> None:
    planting = room.farm.plant()
    sent = {"plantings": [planting], "input_lot": lot, "amount": millilitres, "amount_unit": "ml"}
    room.farm.record("spraying", sent, "grower")


def test_a_spilled_bottle_is_a_loss_and_less_is_left(room: PackingRoom) -> None:
    lot = room.farm.buy_pesticide()
    form = {"quantity": "0.1", "quantity_unit": "l", "happened": "damaged", "reason": "瓶子摔了"}
    assert room.send(f"/manage/store/{lot}/gone", form).status_code == 303
    assert gone(room) == [("loss", "0.1", "l")]
    assert "400\xa0ml" in room.text("/manage/store")


def test_all_that_the_books_say_is_left_is_destroyed_at_once(room: PackingRoom) -> None:
    lot = room.farm.buy_pesticide()
    spray(room, lot, "120")
    form = {"all": "yes", "happened": "destroyed", "reason": "过期，交回收点"}
    assert room.send(f"/manage/store/{lot}/gone", form).status_code == 303
    assert gone(room) == [("destroying", "380", "ml")]


def test_everything_that_is_missing_is_named_at_once(room: PackingRoom) -> None:
    lot = room.farm.buy_pesticide()
    answer = room.send(f"/manage/store/{lot}/gone", {"when": "2027-01-01"})
    assert answer.status_code == 422
    for field in ("quantity", "happened", "when"):
        assert f'href="#f-{field}"' in answer.text, field
    destroyed = room.send(f"/manage/store/{lot}/gone", {"happened": "destroyed", "quantity": "1"})
    assert 'href="#f-reason"' in destroyed.text
    assert gone(room) == []


def test_another_coops_store_is_not_found(room: PackingRoom) -> None:
    other = room.farm.__class__(room.farm.instance, room.farm.now)
    theirs = other.buy_pesticide()
    assert room.get(f"/manage/store/{theirs}/gone").status_code == 404


def test_more_used_than_bought_is_said_in_words(room: PackingRoom) -> None:
    lot = room.farm.buy_pesticide()
    spray(room, lot, "500")
    assert "more was used than was bought" not in room.text("/manage/store")
    spray(room, lot, "20")
    assert "20\xa0ml more was used than was bought" in room.text("/manage/store")


def test_what_is_handed_out_and_then_used_is_not_counted_twice(room: PackingRoom) -> None:
    farm, lot = room.farm, room.farm.buy_pesticide()
    share = {"node": lot, "quantity": "300", "unit": "ml"}
    farm.record("input_issue", {"lots": [share], "recipient": farm.ids["grower"]})
    spray(room, lot, "300")
    page = room.text("/manage/store")
    assert "200\xa0ml" in page
    assert "more was used than was bought" not in page
