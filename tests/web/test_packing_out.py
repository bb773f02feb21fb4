"""Goods out: by lot or scanned label, refused where held, recorded where they have left."""

from pathlib import Path

import pytest

from tests.jobs.printing import BASE, issue, labelled_lot
from tests.web.packing_room import PackingRoom
from trace.query.label_text import address
from trace.query.print_jobs import print_work


@pytest.fixture
def room(tmp_path: Path) -> PackingRoom:
    return PackingRoom(tmp_path)


def shipping(room: PackingRoom, **more: str) -> dict[str, str]:
    return {"customer": room.farm.ids["shop"]} | more


def codes_of(room: PackingRoom, lot: str, count: int) -> list[str]:
    return list(print_work(room.farm.instance, issue(room.farm, lot, count)).codes)


def gone(room: PackingRoom) -> list[tuple[str, str, str]]:
    found = room.rows("SELECT role, quantity, unit FROM event_node WHERE role = 'removed'")
    return [tuple(one) for one in found]


def test_part_of_a_lot_is_shipped(room: PackingRoom) -> None:
    lot = labelled_lot(room.farm)
    answer = room.send(
        "/packing/out/ship", shipping(room, vehicle="鲁B·0") | {f"amount-{lot}": "90"}
    )
    assert answer.status_code == 303
    assert gone(room) == [("removed", "90", "bundle")]
    page = room.text(answer.location)
    assert "90\xa0bundles" in page
    assert "邻家鲜果店" in page
    assert "150\xa0bundles left" in room.text("/packing/out/ship")


def test_the_form_of_a_lot_suggests_all_that_is_left(room: PackingRoom) -> None:
    lot = labelled_lot(room.farm)
    page = room.text(f"/packing/out/ship?lot={lot}")
    assert 'autocomplete="off" value="240"' in page


def test_scanned_labels_are_counted_by_lot_each_once(room: PackingRoom) -> None:
    lot = labelled_lot(room.farm)
    codes = codes_of(room, lot, 3)
    scanned = [address(BASE, codes[0]), codes[1].lower(), "", f" {codes[2]} ", codes[0]]
    answer = room.send("/packing/out/ship", shipping(room, codes="\r\n".join(scanned)))
    assert answer.status_code == 303
    assert gone(room) == [("removed", "3", "bundle")]


def test_scanned_labels_are_added_to_the_amount_beside_the_lot(room: PackingRoom) -> None:
    lot = labelled_lot(room.farm)
    form = shipping(room, codes="\n".join(codes_of(room, lot, 2))) | {f"amount-{lot}": "10"}
    assert room.send("/packing/out/ship", form).status_code == 303
    assert gone(room) == [("removed", "12", "bundle")]


def test_every_wrong_line_is_named_and_nothing_is_recorded(room: PackingRoom) -> None:
    lot = labelled_lot(room.farm)
    lines = [codes_of(room, lot, 1)[0], "0" * 16, "not a code", lot]
    answer = room.send("/packing/out/ship", shipping(room, codes="\n".join(lines)))
    assert answer.status_code == 422
    for words in (
        "Line 2: no label of this co-op has the code 0000 0000 0000 0000.",
        "Line 3 is no label: not a code",
        "Line 4 is the code of the whole lot",
        lines[0],
    ):
        assert words in answer.text
    assert gone(room) == []


def test_another_coops_label_is_unknown_here(room: PackingRoom) -> None:
    other = room.farm.__class__(room.farm.instance, room.farm.now)
    code = print_work(other.instance, issue(other, labelled_lot(other), 1)).codes[0]
    room.farm.now = other.now
    labelled_lot(room.farm)
    answer = room.send("/packing/out/ship", shipping(room, codes=code))
    assert answer.status_code == 422
    assert "Line 1: no label of this co-op" in answer.text


def test_what_is_held_may_not_go_out_unless_it_has_left_already(room: PackingRoom) -> None:
    lot = labelled_lot(room.farm)
    room.farm.record("hold", {"subjects": [lot], "reason": "suspicion"})
    form = shipping(room) | {f"amount-{lot}": "90"}
    assert 'name="already"' not in room.text("/packing/out/ship")
    refused = room.send("/packing/out/ship", form)
    assert refused.status_code == 422
    assert "is on hold. It may not go out." in refused.text
    assert 'name="already"' in refused.text
    assert gone(room) == []
    answer = room.send("/packing/out/ship", form | {"already": "yes"})
    assert answer.status_code == 303
    assert "it left although it was on hold" in room.text(answer.location)
    assert gone(room) == [("removed", "90", "bundle")]


def test_a_delivery_without_goods_or_customer_names_both(room: PackingRoom) -> None:
    labelled_lot(room.farm)
    answer = room.send("/packing/out/ship", {})
    assert answer.status_code == 422
    assert 'href="#f-amounts"' in answer.text
    assert 'href="#f-customer"' in answer.text


def test_a_day_in_the_future_is_refused_at_its_field(room: PackingRoom) -> None:
    lot = labelled_lot(room.farm)
    form = shipping(room, when_other="2027-01-01") | {f"amount-{lot}": "1"}
    answer = room.send("/packing/out/ship", form)
    assert answer.status_code == 422
    assert 'href="#f-when"' in answer.text


def test_goods_are_sold_returned_stored_and_destroyed(room: PackingRoom) -> None:
    lot = labelled_lot(room.farm)
    store = room.farm.declare("site", name="冷库", kind="cold_store")
    amount = {f"amount-{lot}": "10"}
    for kind, form in (
        ("sell", amount | {"channel": "gate"}),
        ("return", amount | {"customer": room.farm.ids["shop"], "reason": "碰坏了"}),
        ("store", {"lots": lot, "site": store, "temperature": "-1.5"}),
        ("destroy", amount | {"reason": "碰坏了", "method": "沤肥"}),
    ):
        answer = room.send(f"/packing/out/{kind}", form)
        assert answer.status_code == 303, answer.text
    assert "230\xa0bundles" in room.text(f"/packing/lots/{lot}")


def test_a_return_of_what_never_left_cannot_be_chosen(room: PackingRoom) -> None:
    labelled_lot(room.farm)
    assert "Nothing has gone out yet" in room.text("/packing/out/return")


def test_the_records_list_what_went_out(room: PackingRoom) -> None:
    lot = labelled_lot(room.farm)
    room.send("/packing/out/ship", shipping(room) | {f"amount-{lot}": "90"})
    page = room.text("/packing/records")
    assert "Shipping" in page
    assert "90\xa0bundles" in page
