"""The packing room takes over what another co-op sent, and sees of that co-op what shoppers see."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from tests.web.two_coops import NEIGHBOUR, TwoCoops, form_id, make_two_coops, words
from trace.capture.correcting import Correction, correct_event
from trace.capture.declaring import declare
from trace.query.lineage import family_of


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> TwoCoops:
    return make_two_coops(tmp_path_factory.mktemp("two"))


@pytest.fixture
def two(built: TwoCoops, tmp_path: Path) -> Iterator[TwoCoops]:
    fresh = built.copied(tmp_path / "copy")
    yield fresh
    fresh.instance.database.close()


def address(two: TwoCoops) -> str:
    return f"/packing/arrivals/{two.ours.ids['arriving']}/{two.ours.ids['arriving lot']}"


def sent(two: TwoCoops, **more: str) -> dict[str, str]:
    client = two.client("packer")
    return {
        "form_id": form_id(client, address(two)), "quantity": "58", "quantity_unit": "bundle",
        "product": two.ours.ids["product"], "when": "2026-11-21", **more,
    }  # fmt: skip


def take_over(two: TwoCoops, **more: str) -> str:
    """Take it over; the new lot's code."""
    answer = two.client("packer").post(address(two), data=sent(two, **more))
    assert answer.status_code == 303, words(answer)
    with two.instance.database.reading() as connection:
        return str(connection.execute(
            "SELECT code FROM lot WHERE coop_id = ? ORDER BY node_key DESC LIMIT 1",
            (two.ours.coop_id,)).fetchone()["code"])  # fmt: skip


def test_what_is_on_the_way_is_named_with_sender_lot_day_and_amount(two: TwoCoops) -> None:
    for page in ("/packing/arrivals", "/packing/receive", "/packing"):
        said = words(two.client("packer").get(page))
        for told in (f"from {NEIGHBOUR}", "邻家黄瓜", "LJ-", "60 bundles"):
            assert told in said, page


def test_the_form_comes_filled_in_with_what_was_sent(two: TwoCoops) -> None:
    page = two.client("packer").get(address(two))
    assert 'name="quantity" type="text" inputmode="decimal"' in page.text
    assert 'value="60"' in page.text


def test_taken_over_it_is_a_lot_of_ours_and_no_longer_on_the_way(two: TwoCoops) -> None:
    code = take_over(two)
    said = words(two.client("packer").get(f"/packing/lots/{code}"))
    assert "58 bundles" in said
    assert NEIGHBOUR in said
    assert "Nothing is on the way" in words(two.client("packer").get("/packing/arrivals"))


def test_the_record_of_an_arrival_leads_to_what_shoppers_see_of_the_senders_lot(
    two: TwoCoops,
) -> None:
    take_over(two)
    with two.instance.database.reading() as connection:
        entry = connection.execute(
            "SELECT entry_id FROM event WHERE coop_id = ? AND event_type = 'receiving'",
            (two.ours.coop_id,),
        ).fetchone()["entry_id"]
    client, theirs = two.client(), two.ours.ids["arriving lot"]
    page = client.get(f"/manage/records/{entry}")
    assert f"/manage/lots/{theirs}" not in page.text
    assert "The shipping it belongs to" not in words(page)
    assert f"/t/{theirs}" in page.text.replace("/T/", "/t/")


def test_an_arrival_is_corrected_in_its_own_form(two: TwoCoops) -> None:
    code, client = take_over(two), two.client()
    with two.instance.database.reading() as connection:
        entry = connection.execute(
            "SELECT entry_id FROM event WHERE coop_id = ? AND event_type = 'receiving'",
            (two.ours.coop_id,),
        ).fetchone()["entry_id"]
    form = f"/manage/records/{entry}/correct"
    data = {
        "form_id": form_id(client, form), "whole": "yes", "reason": "incorrect_data",
        "note": "数错了", "source-0_node": two.ours.ids["arriving lot"], "source-0": "55",
        "source-0_unit": "bundle", "product": two.ours.ids["product"], "when": "2026-11-21",
    }  # fmt: skip
    assert client.post(form, data=data).status_code == 303
    assert "55 bundles" in words(two.client("packer").get(f"/packing/lots/{code}"))
    assert "Nothing is on the way" in words(two.client("packer").get("/packing/arrivals"))


def test_a_double_click_takes_over_once(two: TwoCoops) -> None:
    data = sent(two)
    client = two.client("packer")
    first, second = (client.post(address(two), data=data) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]


def test_our_product_is_remembered_for_the_next_time(two: TwoCoops) -> None:
    take_over(two)
    gone = {"lots": [{"node": two.ours.ids["arriving lot"], "quantity": "5", "unit": "bundle"}],
            "customer": customer_of(two)}  # fmt: skip
    again, _ = two.record(two.neighbour, "manager", "shipping", gone)
    page = two.client("packer").get(f"/packing/arrivals/{again}/{two.ours.ids['arriving lot']}")
    assert f'<option value="{two.ours.ids["product"]}" selected' in page.text
    assert "Remembered for the next time" not in page.text


def customer_of(two: TwoCoops) -> str:
    with two.instance.database.reading() as connection:
        found = connection.execute(
            "SELECT what FROM event WHERE entry_id = ?", (two.ours.ids["arriving"],)
        ).fetchone()
    return str(found["what"]).split('"customer": "')[1].split('"')[0]


def test_more_than_was_sent_is_asked_about_once(two: TwoCoops) -> None:
    answer = two.client("packer").post(address(two), data=sent(two, quantity="580"))
    assert answer.status_code == 422
    assert "Only 60 bundles were sent, and 580 bundles is written" in words(answer)


def test_all_that_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(two: TwoCoops) -> None:
    answer = two.client("packer").post(address(two), data=sent(two, quantity="viel", product=""))
    assert answer.status_code == 422
    assert 'id="wrong-quantity"' in answer.text
    assert 'id="wrong-product"' in answer.text
    assert 'value="viel"' in answer.text


def test_held_goods_are_refused_beside_a_way_to_say_that_they_are_here(two: TwoCoops) -> None:
    held = {"subjects": [two.ours.ids["arriving lot"]], "reason": "有人投诉"}
    two.record(two.neighbour, "manager", "hold", held)
    client = two.client("packer")
    assert "It has already arrived" in words(client.get(address(two)))
    answer = client.post(address(two), data=sent(two))
    assert answer.status_code == 422
    assert "is on hold. It may not be taken in." in words(answer)
    code = take_over(two, already="yes")
    said = words(client.get(f"/packing/lots/{code}"))
    assert "it was taken in although it was on hold" in said
    assert "On hold" in said


def test_a_shipping_struck_out_after_the_arrival_is_told_to_both(two: TwoCoops) -> None:
    code = take_over(two)
    wrong = Correction(two.ours.ids["arriving"], "did_not_occur", "没发过")
    correct_event(two.recorder, two.neighbour.actors["manager"], wrong, "struck")
    for role, page in (("packer", "/packing"), ("packer", "/packing/arrivals"),
                       ("manager", f"/manage/lots/{code}"), ("manager", "/manage")):  # fmt: skip
        said = words(two.client(role).get(page))
        assert f"{NEIGHBOUR} says that what became" in said, page


@pytest.mark.parametrize("role", ["packer", "manager", "inspector"])
def test_no_page_shows_anything_private_of_the_sender(two: TwoCoops, role: str) -> None:
    code = take_over(two)
    client = two.client(role)
    pages = {
        "packer": ("/packing", "/packing/arrivals", "/packing/receive", "/packing/records",
                   f"/packing/lots/{code}", "/packing/out/ship", "/packing/pack"),
        "manager": ("/manage", "/manage/lots", f"/manage/lots/{code}", f"/manage/lineage/{code}",
                    "/manage/records", f"/manage/recall?cause={code}"),
        "inspector": ("/inspect", f"/inspect/lots/{code}", "/inspect/records"),
    }  # fmt: skip
    for page in pages[role]:
        answer = client.get(page, follow_redirects=True)
        assert answer.status_code == 200, page
        assert two.neighbour.mark not in answer.text, page
        assert two.theirs.mark not in answer.text, page


def test_the_sender_sees_who_has_it_and_nothing_of_what_became_of_it(two: TwoCoops) -> None:
    code = take_over(two)
    gone = {"lots": [{"node": code, "quantity": "7", "unit": "bundle"}],
            "customer": two.ours.ids["customer"]}  # fmt: skip
    two.record(two.ours, "packer", "shipping", gone)
    family = family_of(two.instance, two.neighbour.coop_id, two.ours.ids["arriving lot"])
    assert family is not None
    there = family.relatives[code]
    assert there.coop is not None and there.coop.id == two.ours.coop_id
    assert (there.amounts, there.share, there.plot, there.grower) == ((), None, None, None)
    ends = [one.name for one in family.relatives.values() if one.kind == "end"]
    assert {one.coop_id for one in ends if one} == {two.neighbour.coop_id}


def test_the_senders_record_says_whether_it_has_arrived_and_no_more(two: TwoCoops) -> None:
    ids, ours = two.ours.ids, two.ours
    customer = declare(two.recorder, ours.actors["manager"], "party",
                       {"name": "邻社", "kind": "customer", "coop_id": NEIGHBOUR})  # fmt: skip
    lots = [{"node": ids["lot"], "quantity": "5", "unit": "bundle"}]
    shipping, _ = two.record(ours, "packer", "shipping", {"lots": lots, "customer": customer})
    page = f"/manage/records/{shipping}"
    assert f"{NEIGHBOUR} HG-" in words(two.client().get(page))
    assert "on the way" in words(two.client().get(page))
    product = declare(two.recorder, two.neighbour.actors["manager"], "product",
                      {"name": "邻私产品", "unit": "bundle", "label_needs": "nothing"})  # fmt: skip
    taken = {"shipping": shipping, "product": product, "source": [lots[0] | {"quantity": "4"}]}
    two.record(two.neighbour, "manager", "receiving", taken)
    said = words(two.client().get(page))
    assert "arrived there 21 November" in said
    assert two.neighbour.mark not in said
    assert "4 bundles" not in said


def customer_form(two: TwoCoops, coop: str) -> TestResponse:
    data = {"name": "镇上的社", "kind": "customer", "coop_id": coop}
    return two.client().post("/manage/customers/new", data=data)


def test_a_customer_is_said_to_be_a_co_op_of_this_server_by_its_exact_name(two: TwoCoops) -> None:
    assert customer_form(two, NEIGHBOUR).status_code == 303
    page = two.client().get("/manage/customers").text
    noun_id = re.findall(r"/manage/customers/(\w{16})(?:(?!/manage).)*镇上的社", page, re.DOTALL)[0]
    form = two.client().get(f"/manage/customers/{noun_id}").text
    assert f'value="{NEIGHBOUR}"' in form
    assert two.neighbour.coop_id not in form
    saved = {"name": "镇上的社", "kind": "customer", "coop_id": NEIGHBOUR, "phone": "0532-1"}
    answer = two.client().post(f"/manage/customers/{noun_id}", data=saved)
    assert answer.status_code == 303


@pytest.mark.parametrize("given", ["邻村", "没有这个社", "东社合作社"])
def test_a_part_of_a_name_finds_no_co_op_and_none_is_listed(two: TwoCoops, given: str) -> None:
    answer = customer_form(two, given)
    assert answer.status_code == 422
    assert 'id="wrong-coop_id"' in answer.text
    assert f'value="{given}"' in answer.text
    assert NEIGHBOUR not in answer.text
