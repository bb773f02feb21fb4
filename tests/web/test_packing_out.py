"""Goods out: by lot or scanned label, refused where held, recorded where they have left."""

import re
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


def sure(page: str) -> dict[str, str]:
    """What the button that says "it is so" sends."""
    found = re.search(r'name="sure" value="(\w+)"', page)
    assert found
    return {"sure": found[1]}


def breaches(room: PackingRoom) -> list[str]:
    found = room.rows("SELECT breaches FROM event WHERE breaches <> '[]' ORDER BY entry_index")
    return [one[0] for one in found]


def test_more_than_is_left_is_asked_about_once_and_then_recorded(room: PackingRoom) -> None:
    lot = labelled_lot(room.farm)
    form = shipping(room, note="两车") | {f"amount-{lot}": "2400"}
    asked = room.send("/packing/out/ship", form)
    assert asked.status_code == 422
    assert "Only 240\xa0bundles left, and 2400\xa0bundles is written" in asked.text
    assert "It is that much" in asked.text
    assert "must be put right" not in asked.text
    assert 'value="2400"' in asked.text
    assert ">两车<" in asked.text
    assert gone(room) == []
    again = room.send("/packing/out/ship", form | sure(asked.text) | {f"amount-{lot}": "24000"})
    assert again.status_code == 422
    assert room.send("/packing/out/ship", form | sure(asked.text)).status_code == 303
    assert gone(room) == [("removed", "2400", "bundle")]
    assert breaches(room) == ['["more_than_there"]']


def test_an_answer_travels_along_while_another_problem_is_put_right(room: PackingRoom) -> None:
    lot = labelled_lot(room.farm)
    asked = room.send("/packing/out/ship", {f"amount-{lot}": "2400"})
    refused = room.send("/packing/out/ship", {f"amount-{lot}": "2400"} | sure(asked.text))
    assert 'href="#f-customer"' in refused.text
    form = shipping(room) | {f"amount-{lot}": "2400"} | sure(refused.text)
    assert room.send("/packing/out/ship", form).status_code == 303


@pytest.mark.parametrize(
    ("kind", "more"), [("sell", {"channel": "gate"}), ("destroy", {"reason": "烂了"})]
)
def test_selling_and_destroying_more_than_is_left_are_asked_about(
    room: PackingRoom, kind: str, more: dict[str, str]
) -> None:
    form = {f"amount-{labelled_lot(room.farm)}": "241"} | more
    asked = room.send(f"/packing/out/{kind}", form)
    assert "Only 240\xa0bundles left" in asked.text
    assert room.send(f"/packing/out/{kind}", form | sure(asked.text)).status_code == 303


def test_more_back_than_went_out_is_asked_about(room: PackingRoom) -> None:
    lot = labelled_lot(room.farm)
    room.send("/packing/out/ship", shipping(room) | {f"amount-{lot}": "125"})
    back = shipping(room, reason="碰坏了") | {f"amount-{lot}": "500"}
    asked = room.send("/packing/out/return", back)
    assert "Only 125\xa0bundles went out, and 500\xa0bundles is written" in asked.text
    assert room.send("/packing/out/return", back | sure(asked.text)).status_code == 303


def test_labels_scanned_twice_name_the_earlier_delivery(room: PackingRoom) -> None:
    lot = labelled_lot(room.farm)
    form = shipping(room, codes="\n".join(codes_of(room, lot, 3)))
    assert room.send("/packing/out/ship", form).status_code == 303
    asked = room.send("/packing/out/ship", form)
    assert asked.status_code == 422
    assert "3 labels of" in asked.text
    assert "10 May 邻家鲜果店 3\xa0bundles" in asked.text
    assert len(gone(room)) == 1
    assert room.send("/packing/out/ship", form | sure(asked.text)).status_code == 303
    assert len(gone(room)) == 2


def test_other_labels_of_a_lot_are_not_asked_about(room: PackingRoom) -> None:
    codes = codes_of(room, labelled_lot(room.farm), 5)
    room.send("/packing/out/ship", shipping(room, codes="\n".join(codes[:3])))
    rest = shipping(room, codes="\n".join(codes[3:]))
    assert room.send("/packing/out/ship", rest).status_code == 303


def test_labels_of_a_lot_that_is_all_gone_are_recorded_when_it_is_so(room: PackingRoom) -> None:
    lot = labelled_lot(room.farm)
    codes = codes_of(room, lot, 2)
    room.send("/packing/out/ship", shipping(room) | {f"amount-{lot}": "240"})
    form = shipping(room, codes=codes[0])
    asked = room.send("/packing/out/ship", form)
    assert "Only 0\xa0bundles left" in asked.text
    assert "this went out before: 10 May 邻家鲜果店 240\xa0bundles" in asked.text
    assert room.send("/packing/out/ship", form | sure(asked.text)).status_code == 303
    assert breaches(room) == ['["more_than_there"]']


def test_a_lot_without_its_test_says_so_and_is_asked_about(room: PackingRoom) -> None:
    lot = room.farm.pack(room.farm.harvest(room.farm.plant()))
    assert "Waits for its test" in room.text("/packing/out/ship")
    form = shipping(room) | {f"amount-{lot}": "10"}
    asked = room.send("/packing/out/ship", form)
    assert "is not tested yet. Has it really left?" in asked.text
    assert room.send("/packing/out/ship", form | sure(asked.text)).status_code == 303


def test_the_clause_behind_a_problem_is_folded_away(room: PackingRoom) -> None:
    labelled_lot(room.farm)
    answer = room.send("/packing/out/ship", {})
    assert answer.text.count("<summary><span>The rule behind it</span>") == 2
    assert "</summary><small>21 CFR 1.1340</small></details>" in answer.text
