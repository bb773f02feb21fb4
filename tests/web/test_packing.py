"""The packing room: what waits there, packing, printing, fetching again."""

import json
import re
from pathlib import Path

import pytest

from labels.read_back import read_back
from labels.stock import stock_named
from tests.capture.short_deeds import hold, lift
from tests.jobs.printing import BASE, labelled_lot
from tests.seasons import paper
from tests.web.packing_room import PackingRoom
from trace.jobs.process import run_waiting
from trace.query.label_text import address
from trace.query.print_jobs import print_work
from trace.repository.instance import EXAMPLE, write_fact


@pytest.fixture
def room(tmp_path: Path) -> PackingRoom:
    return PackingRoom(tmp_path)


def harvested(room: PackingRoom, kg: str = "126") -> str:
    planting = room.farm.plant()
    room.farm.wait(days=70)
    return room.farm.harvest(planting, kg)


def packing(lot: str, **more: str) -> dict[str, str]:
    return {
        f"amount-{lot}": "120", "packed_quantity": "240", "packed_quantity_unit": "bundle",
    } | more  # fmt: skip


def sure(page: str) -> dict[str, str]:
    """What the button that says "it is so" sends."""
    found = re.search(r'form="said" name="sure" value="(\w+)"', page)
    assert found
    return {"sure": found[1]}


def test_an_empty_room_says_what_will_stand_there(room: PackingRoom) -> None:
    assert "Nothing to pack yet" in room.text("/packing")


def test_every_page_of_the_room_opens(room: PackingRoom) -> None:
    lot = labelled_lot(room.farm)
    room.farm.harvest(room.farm.plant(), "5")
    for path in ("", "/pack", "/box", "/receive", "/jobs", "/records", f"/lots/{lot}"):
        assert room.get(f"/packing{path}").status_code == 200, path
    for kind in ("ship", "sell", "store", "return", "destroy"):
        assert room.get(f"/packing/out/{kind}").status_code == 200, kind
    assert room.get("/packing/out/burn").status_code == 404


def test_a_grower_does_not_enter(room: PackingRoom) -> None:
    client = room.sign_in("grower")
    assert client.get("/packing", base_url=room.host).status_code == 403


def test_a_stranger_is_asked_to_sign_in(room: PackingRoom) -> None:
    answer = room.app.test_client().get("/packing", base_url=room.host)
    assert (answer.status_code, answer.location) == (302, "/sign-in?next=/packing")


def test_another_coops_lot_is_not_there(room: PackingRoom, tmp_path: Path) -> None:
    other = room.farm.__class__(room.farm.instance, room.farm.now)
    lot = labelled_lot(other)
    for path in (f"/packing/lots/{lot}", f"/packing/print/{lot}"):
        assert room.get(path).status_code == 404


def test_the_home_page_says_what_may_be_done_with_each_lot(room: PackingRoom) -> None:
    waiting = room.farm.pack(harvested(room))
    assert "Waits for its test" in room.text("/packing")
    room.farm.rapid_test(waiting)
    assert "May be printed" in room.text("/packing")
    room.farm.record("hold", {"subjects": [waiting], "reason": "suspicion"})
    assert "On hold" in room.text("/packing")


def test_packing_makes_a_lot_and_offers_its_labels(room: PackingRoom) -> None:
    lot = harvested(room)
    answer = room.send("/packing/pack", packing(lot, note="两人包的"))
    assert answer.status_code == 303
    page = room.text(answer.location)
    assert "HG-260510-02" in page
    assert "Print its labels" in page
    made = room.rows("SELECT quantity, unit, unit_mass_kg FROM lot WHERE made_by = 'packing'")
    assert [tuple(one) for one in made] == [("240", "bundle", "0.5")]


def test_the_form_of_a_lot_suggests_all_that_is_left(room: PackingRoom) -> None:
    lot = harvested(room)
    page = room.text(f"/packing/pack?lot={lot}")
    assert (
        f'name="amount-{lot}" type="text" inputmode="decimal" autocomplete="off" value="126"'
        in page
    )
    assert 'value="252"' in page


def test_a_refused_packing_names_all_problems_and_keeps_what_was_typed(room: PackingRoom) -> None:
    lot = harvested(room)
    form = packing(lot, packed_quantity="many") | {f"amount-{lot}": "a few", "note": "kept"}
    answer = room.send("/packing/pack", form)
    assert answer.status_code == 422
    for words in ("“many” is not a number", "“a few” is not a number", "2 things", ">kept<"):
        assert words in answer.text
    assert f'href="#f-amount-{lot}"' in answer.text
    assert room.rows("SELECT 1 FROM lot WHERE made_by = 'packing'") == []


def test_plants_in_pots_are_packed_straight_from_their_plot(room: PackingRoom) -> None:
    potted = room.farm.declare(
        "product", name="盆栽小油菜", unit="pot", unit_mass_kg="0.6", label_needs="nothing"
    )
    sent = {"plot": room.farm.ids["plot"], "product": potted, "variety": "苏州青"}
    planting = room.farm.record("planting", sent, "grower").made[0].node_id
    room.farm.wait(days=45)
    assert "straight from the plot" in room.text("/packing/pack")
    form = {"packed_quantity": "100", "packed_quantity_unit": "pot", f"amount-{planting}": "100"}
    answer = room.send("/packing/pack", form)
    assert answer.status_code == 303, answer.text
    lot = room.rows("SELECT code FROM lot WHERE made_by = 'packing'")[0]["code"]
    assert room.send(f"/packing/print/{lot}", printing()).status_code == 303


def test_the_same_form_sent_twice_packs_once(room: PackingRoom) -> None:
    lot = harvested(room)
    form = packing(lot) | {"form_id": "0123456789abcdef"}
    first, second = (room.post("/packing/pack", form) for _ in range(2))
    assert first.location == second.location
    assert len(room.rows("SELECT 1 FROM lot WHERE made_by = 'packing'")) == 1


def test_more_packed_than_was_there_is_recorded_and_flagged(room: PackingRoom) -> None:
    lot = harvested(room, "100")
    asked = room.send("/packing/pack", packing(lot))
    answer = room.send("/packing/pack", packing(lot) | sure(asked.text))
    assert "more went out than came in" in room.text(answer.location)
    assert "More went out than came in" in room.text(f"/packing/lots/{lot}")


def test_a_broken_photo_is_named_and_nothing_is_recorded(room: PackingRoom) -> None:
    lot = harvested(room)
    answer = room.send("/packing/pack", packing(lot) | {"photos": b"no picture"})
    assert answer.status_code == 422
    assert 'href="#f-photos"' in answer.text
    assert room.rows("SELECT 1 FROM lot WHERE made_by = 'packing'") == []


def test_a_gift_box_is_made_of_packed_lots(room: PackingRoom) -> None:
    lot = room.farm.pack(harvested(room))
    form = {f"amount-{lot}": "20", "package_name": "七级菜篮子", "packed_quantity": "10"}
    answer = room.send("/packing/box", form)
    assert answer.status_code == 303
    package = room.rows("SELECT code, lot_number FROM lot WHERE made_by = 'package_made'")[0]
    assert "七级菜篮子" in room.text(f"/packing/lots/{package['code']}")
    assert package["lot_number"] in room.text(answer.location)


def test_an_arrival_names_supplier_and_certificate_and_keeps_its_paper(room: PackingRoom) -> None:
    supplier = room.farm.declare("party", name="平度红土地合作社", kind="supplier")
    form = {
        "supplier": supplier, "product": room.farm.ids["cucumber"], "quantity": "50",
        "quantity_unit": "kg", "supplier_certificate": "HGZ-17", "report": paper(),
    }  # fmt: skip
    answer = room.send("/packing/receive", form)
    assert answer.status_code == 303
    assert "Pack it" in room.text(answer.location)
    lot = room.rows("SELECT * FROM lot WHERE made_by = 'receiving'")[0]
    assert (lot["supplier_id"], lot["supplier_certificate"]) == (supplier, "HGZ-17")
    assert [one["purpose"] for one in room.rows("SELECT purpose FROM event_file")] == ["report"]


def printing(**more: str) -> dict[str, str]:
    return {"stock": "a4-24", "first_cell": "1", "quantity": "24"} | more


def test_24_labels_become_a_pdf_that_says_their_own_addresses(room: PackingRoom) -> None:
    lot = labelled_lot(room.farm)
    answer = room.send(f"/packing/print/{lot}", printing())
    assert answer.status_code == 303
    waiting = room.get(answer.location)
    assert waiting.headers["Refresh"] == "1"
    run_waiting(room.farm.instance)
    done = room.get(answer.location)
    assert "Refresh" not in done.headers
    assert "Open the PDF" in done.text
    pdf = room.get(f"{answer.location}/labels.pdf")
    assert pdf.mimetype == "application/pdf"
    codes = print_work(room.farm.instance, room.jobs()[0].job_id).codes
    found = read_back(pdf.data, [address(BASE, code) for code in codes], stock_named("a4-24"))
    assert (found.labels, found.unread) == (24, ())


def test_a_second_click_leads_to_the_same_job(room: PackingRoom) -> None:
    lot = labelled_lot(room.farm)
    form = printing(quantity="240") | {"form_id": "0123456789abcdef"}
    first, second = (room.post(f"/packing/print/{lot}", form) for _ in range(2))
    assert (first.status_code, first.location) == (303, second.location)
    assert len(room.jobs()) == 1


def test_more_labels_than_were_packed_are_refused(room: PackingRoom) -> None:
    lot = labelled_lot(room.farm)
    answer = room.send(f"/packing/print/{lot}", printing(quantity="241"))
    assert answer.status_code == 422
    assert "241 labels are too many: 240 were packed" in answer.text
    assert (room.jobs(), room.rows("SELECT 1 FROM unit")) == ([], [])


def test_what_waits_for_its_test_cannot_be_printed(room: PackingRoom) -> None:
    lot = room.farm.pack(harvested(room))
    page = room.text(f"/packing/print/{lot}")
    assert "needs a passed rapid test" in page
    assert 'id="go"' not in page
    assert room.send(f"/packing/print/{lot}", printing()).status_code == 422


def test_what_is_held_cannot_be_printed(room: PackingRoom) -> None:
    lot = labelled_lot(room.farm)
    room.farm.record("hold", {"subjects": [lot], "reason": "suspicion"})
    answer = room.send(f"/packing/print/{lot}", printing())
    assert answer.status_code == 422
    assert "is on hold. No labels may be printed for it." in answer.text
    assert room.jobs() == []


def test_the_page_of_what_is_held_says_whom_to_ask_and_offers_nothing_that_would_be_refused(
    room: PackingRoom,
) -> None:
    lot = labelled_lot(room.farm)
    hold(room.farm, lot)
    page = room.text(f"/packing/print/{lot}")
    assert "No labels can be printed for this lot now" in page
    assert "The manager sees why, and what ends it" in page
    assert 'name="quantity"' not in page
    assert "preview.png" not in page


def test_as_many_labels_are_offered_as_there_are_goods_left(room: PackingRoom) -> None:
    lot = labelled_lot(room.farm)
    lost = {"lots": [{"node": lot, "quantity": "40", "unit": "bundle"}], "cause": "spoiled"}
    room.farm.record("loss", lost, "packer")
    assert re.search(r'name="quantity"[^>]* value="200"', room.text(f"/packing/print/{lot}"))


def test_all_reasons_against_printing_are_named_together(room: PackingRoom) -> None:
    lot = room.farm.pack(harvested(room))
    answer = room.send(f"/packing/print/{lot}", printing(quantity="lots", first_cell="25"))
    assert answer.status_code == 422
    for words in ("not “lots”", "places 1 to 24, not 25", "needs a passed rapid test"):
        assert words in answer.text


def test_a_name_too_long_for_the_label_is_said_before_any_code_is_minted(
    room: PackingRoom,
) -> None:
    room.farm.ids["cucumber"] = room.farm.declare(
        "product", name="七级社区大丰收合作社露地越冬有机水果黄瓜礼品装加长特别版本", unit="bundle",
        unit_mass_kg="0.5", label_needs="nothing",
    )  # fmt: skip
    lot = labelled_lot(room.farm)
    assert "is too long for this label" in room.text(f"/packing/print/{lot}")
    assert room.get(f"/packing/print/{lot}/preview.png").status_code == 404
    assert room.send(f"/packing/print/{lot}", printing()).status_code == 422
    assert room.rows("SELECT 1 FROM unit") == []


def test_the_picture_is_the_label_itself(room: PackingRoom) -> None:
    answer = room.get(f"/packing/print/{labelled_lot(room.farm)}/preview.png?stock=roll-60x40")
    assert (answer.status_code, answer.data[:4]) == (200, b"\x89PNG")


def test_the_next_sheet_begins_where_the_last_one_ended(room: PackingRoom) -> None:
    lot = labelled_lot(room.farm)
    room.send(f"/packing/print/{lot}", printing(quantity="7"))
    page = room.text(f"/packing/print/{lot}")
    assert 'name="first_cell" value="8" checked' in page
    assert "The last sheet was used up to place 7." in page


def test_a_real_installation_prints_no_labels_for_an_address_nearby(tmp_path: Path) -> None:
    room = PackingRoom(tmp_path, "http://localhost")
    lot = labelled_lot(room.farm)
    answer = room.send(f"/packing/print/{lot}", printing())
    assert answer.status_code == 422
    assert "Labels need an address that begins with https://" in answer.text
    assert room.rows("SELECT 1 FROM unit") == []


def test_an_example_prints_for_the_address_it_was_asked_at(tmp_path: Path) -> None:
    room = PackingRoom(tmp_path, None)
    with room.farm.instance.database.writing() as connection:
        write_fact(connection, EXAMPLE, "1")
    lot = labelled_lot(room.farm)
    assert room.send(f"/packing/print/{lot}", printing()).status_code == 303
    work = print_work(room.farm.instance, room.jobs()[0].job_id)
    assert (work.base_url, work.label_text["example_mark"]) == ("http://localhost", "示例数据")


def test_a_pdf_that_was_cleared_away_is_made_again_of_the_same_codes(room: PackingRoom) -> None:
    lot = labelled_lot(room.farm)
    place = room.send(f"/packing/print/{lot}", printing()).location
    run_waiting(room.farm.instance)
    first = room.get(f"{place}/labels.pdf").data
    file = room.jobs()[0].file
    assert file is not None
    file.unlink()
    assert room.get(f"{place}/labels.pdf").location == place
    run_waiting(room.farm.instance)
    assert room.get(f"{place}/labels.pdf").data == first


def test_a_failed_job_says_why_and_can_be_tried_again(room: PackingRoom) -> None:
    lot = labelled_lot(room.farm)
    place = room.send(f"/packing/print/{lot}", printing()).location
    with room.farm.instance.database.writing() as connection:
        text = json.dumps({"product_name": "", "net_quantity": "1", "rows": [], "call": "x"})
        connection.execute("UPDATE print_job SET label_text = ?", (text,))
    run_waiting(room.farm.instance)
    assert "Something the label must say is empty." in room.text(place)
    assert room.post(place, {}).location == place
    assert room.jobs()[0].state == "waiting"


def test_labels_of_what_is_held_since_are_fetched_no_more_until_it_is_free(
    room: PackingRoom,
) -> None:
    lot = labelled_lot(room.farm)
    place = room.send(f"/packing/print/{lot}", printing()).location
    run_waiting(room.farm.instance)
    held = hold(room.farm, lot)
    told = "is on hold. No labels may be printed for it."
    assert told in room.text(place)
    assert "labels.pdf" not in room.text(place)
    for answer in (room.get(f"{place}/labels.pdf"), room.post(place, {})):
        assert (answer.status_code, told in answer.text) == (422, True)
    lift(room.farm, held)
    assert room.get(f"{place}/labels.pdf").mimetype == "application/pdf"


def test_wechat_is_told_how_to_save_the_pdf(room: PackingRoom) -> None:
    place = room.send(f"/packing/print/{labelled_lot(room.farm)}", printing()).location
    run_waiting(room.farm.instance)
    assert '<details class="plain">' in room.text(place)
    inside = room.get(place, headers={"User-Agent": "Mozilla/5.0 MicroMessenger/8.0"}).text
    assert '<details class="plain" open>' in inside


def test_the_log_leads_to_every_job(room: PackingRoom) -> None:
    place = room.send(f"/packing/print/{labelled_lot(room.farm)}", printing()).location
    assert place in room.text("/packing/jobs")


def test_a_quantity_in_words_is_no_number_and_not_also_missing(room: PackingRoom) -> None:
    supplier = room.farm.declare("party", name="邻村合作社", kind="supplier")
    sent = {"supplier": supplier, "product": room.farm.ids["cucumber"], "quantity": "一百"}
    answer = room.send("/packing/receive", sent)
    assert answer.status_code == 422
    assert "One thing must be put right" in answer.text
    assert "“一百” is not a number" in answer.text


def test_packing_more_than_is_left_is_asked_about_once(room: PackingRoom) -> None:
    lot = harvested(room, "5")
    form = packing(lot, packed_quantity="10") | {f"amount-{lot}": "50"}
    asked = room.send("/packing/pack", form)
    assert asked.status_code == 422
    assert "Only 5\xa0kg left, and 50\xa0kg is written. Is there a 0 too many?" in asked.text
    assert 'value="50"' in asked.text
    assert room.rows("SELECT 1 FROM lot WHERE made_by = 'packing'") == []
    answer = room.send("/packing/pack", form | sure(asked.text))
    assert "more went out than came in" in room.text(answer.location)
