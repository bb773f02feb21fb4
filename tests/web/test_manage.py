"""The manager's desk: what waits, members and invitations, lists, purchases."""

import re
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest

from tests.web.two_coops import BROWSER, TwoCoops, form_id, make_two_coops, photo_bytes, words
from trace.capture.people import accept_invitation, invite_as_operator
from trace.capture.recalling import RecallOrder, recall


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> TwoCoops:
    return make_two_coops(tmp_path_factory.mktemp("two"))


@pytest.fixture
def two(built: TwoCoops, tmp_path: Path) -> Iterator[TwoCoops]:
    fresh = built.copied(tmp_path / "copy")
    yield fresh
    fresh.instance.database.close()


def test_the_desk_counts_what_waits_and_names_it(two: TwoCoops) -> None:
    said = words(two.client().get("/manage"))
    assert "2 things wait for you today" in said
    assert "A recall is open" in said
    assert "东社疑" in said


def test_a_desk_with_nothing_to_do_says_so(two: TwoCoops) -> None:
    client = two.client()
    client.post(f"/manage/recall/{two.ours.ids['recall']}/close", data={"reason": "都收回了"})
    code, hold = two.ours.ids["held"], two.ours.ids["hold"]
    client.post(f"/manage/lots/{code}/holds/{hold}/lift", data={"reason": "没事"})
    assert "Nothing waits for you today" in words(client.get("/manage"))


def rows_that_wait(said: str) -> int:
    return said.split('id="waiting"')[1].split("</section>")[0].count("<li>")


def test_the_desk_lists_what_was_flagged_until_it_is_corrected(two: TwoCoops) -> None:
    client, ids = two.client(), two.ours.ids
    too_many = {"lots": [{"node": ids["lot"], "quantity": "999", "unit": "bundle"}],
                "customer": ids["customer"]}  # fmt: skip
    shipped, _ = two.record(two.ours, "packer", "shipping", too_many)
    given = {"plantings": [ids["planting"]], "input_name": "邻居给的药", "amount": "30"}
    sprayed, _ = two.record(two.ours, "grower", "spraying", given)
    page = client.get("/manage")
    said = words(page)
    for told in ("more went out than came in", "东社packer", "“邻居给的药” was used",
                 "东社grower"):  # fmt: skip
        assert told in said
    assert f'href="/manage/records/{shipped}">Look' in page.text
    assert f'href="/manage/records/{sprayed}/input">Say what it was' in page.text
    assert page.text.index(sprayed) < page.text.index(shipped)
    for entry in (shipped, sprayed):
        client.post(
            f"/manage/records/{entry}/correct", data={"reason": "did_not_occur", "note": "写错"}
        )
    assert "more went out than came in" not in words(client.get("/manage"))
    assert "邻居给的药” was used" not in words(client.get("/manage"))


def test_what_was_flagged_long_ago_is_no_longer_on_the_desk(two: TwoCoops) -> None:
    too_many = {"lots": [{"node": two.ours.ids["lot"], "quantity": "999", "unit": "bundle"}],
                "customer": two.ours.ids["customer"]}  # fmt: skip
    two.record(two.ours, "packer", "shipping", too_many)
    two.now += timedelta(days=31)
    token = accept_invitation(
        two.recorder,
        invite_as_operator(two.recorder, two.ours.coop_id, "manager", two.ours.ids["manager"]),
        "test",
    ).token
    client = two.client()
    client.set_cookie("qijimu", token)
    page = client.get("/manage")
    assert page.status_code == 200
    assert "more went out than came in" not in words(page)


def test_two_open_recalls_are_two_rows_and_the_headline_counts_every_row(two: TwoCoops) -> None:
    order = RecallOrder((two.ours.ids["harvest"],), "农残超标", "别吃")
    recall(two.recorder, two.ours.actors["manager"], order, "second-recall")
    page = two.client().get("/manage").text
    assert page.count("A recall is open") == 2
    assert "农残超标" in page
    counted = re.search(r"<h1>(\d+) things wait", page)
    assert counted
    assert int(counted[1]) == rows_that_wait(page)


def test_an_invitation_is_shown_once_as_link_and_picture_and_signs_in(two: TwoCoops) -> None:
    answer = two.client().post(
        "/manage/people/invite", data={"role": "grower", "name": "新来的", "phone": "138"}
    )
    link = re.search(r"http://localhost(/invitation/[\w-]+)", answer.text)
    assert link
    assert '<svg class="qr"' in answer.text
    phone = two.app.test_client()
    assert phone.post(link[1], headers=BROWSER).headers["Location"] == "/farm"
    assert phone.post(link[1], headers=BROWSER).status_code == 410
    assert "新来的" in words(two.client().get("/manage/people"))


def test_an_inspector_who_is_new_becomes_a_public_office(two: TwoCoops) -> None:
    two.client().post("/manage/people/invite", data={"role": "inspector", "name": "县农业局"})
    listed = two.client().get("/manage/customers").text
    offices = listed.split("Public office</h2>")[1]
    assert "县农业局" in offices


def test_inviting_nobody_as_nothing_names_both_problems(two: TwoCoops) -> None:
    before = two.counts("invitation")
    answer = two.client().post("/manage/people/invite", data={"role": "", "name": " "})
    assert answer.status_code == 422
    assert "2 things must be put right" in words(answer)
    assert two.counts("invitation") == before


def test_a_double_click_on_the_invitation_adds_one_person(two: TwoCoops) -> None:
    client = two.client()
    sent = {"role": "packer", "name": "小赵", "form_id": form_id(client, "/manage/people/invite")}
    before = two.counts("declared")
    client.post("/manage/people/invite", data=sent)
    client.post("/manage/people/invite", data=sent)
    assert two.counts("declared") == before + 1


def test_ending_a_membership_signs_the_person_out(two: TwoCoops) -> None:
    two.client().post(f"/manage/people/{two.ours.ids['membership']}/end")
    assert two.client("packer").get("/packing").status_code == 302
    assert "Formerly here" in words(two.client().get("/manage/people"))


def test_signing_all_devices_out_leaves_the_membership(two: TwoCoops) -> None:
    address = f"/manage/people/{two.ours.ids['membership']}"
    two.client().post(f"{address}/sign-out")
    assert two.client("packer").get("/packing").status_code == 302
    assert "Devices signed in 0" in words(two.client().get(address))


def test_a_manager_cannot_end_their_own_membership(two: TwoCoops) -> None:
    answer = two.client().post(f"/manage/people/{two.ours.ids['manager membership']}/end")
    assert answer.status_code == 422
    assert two.client().get("/manage").status_code == 200


PLOT = {"name": "18号大棚", "kind": "greenhouse", "area_mu": "１．５"}


def test_a_plot_is_added_and_listed(two: TwoCoops) -> None:
    ids = two.ours.ids
    sent = PLOT | {"site_id": ids["site"], "grower_id": ids["grower"]}
    assert two.client().post("/manage/plots/new", data=sent).status_code == 303
    assert "18号大棚 greenhouse · 东社grower · 1.5 mu" in words(
        two.client().get("/manage/plots")
    ).replace("\N{NO-BREAK SPACE}", " ")


def test_a_double_click_adds_one_plot(two: TwoCoops) -> None:
    client, ids = two.client(), two.ours.ids
    sent = PLOT | {"site_id": ids["site"], "grower_id": ids["grower"]}
    sent["form_id"] = form_id(client, "/manage/plots/new")
    before = two.counts("declared")
    client.post("/manage/plots/new", data=sent)
    client.post("/manage/plots/new", data=sent)
    assert two.counts("declared") == before + 1


def test_a_form_gone_back_to_and_changed_counts_as_another(two: TwoCoops) -> None:
    client, ids = two.client(), two.ours.ids
    sent = PLOT | {"site_id": ids["site"], "grower_id": ids["grower"]}
    sent["form_id"] = form_id(client, "/manage/plots/new")
    client.post("/manage/plots/new", data=sent)
    client.post("/manage/plots/new", data=sent | {"name": "19号大棚"})
    assert {"18号大棚", "19号大棚"} <= set(words(client.get("/manage/plots")).split())


def test_a_bad_plot_keeps_what_was_typed_and_changes_nothing(two: TwoCoops) -> None:
    before = two.ledger_size()
    answer = two.client().post("/manage/plots/new", data={"name": "西棚<b>", "area_mu": "一亩"})
    assert answer.status_code == 422
    assert 'value="西棚&lt;b&gt;"' in answer.text
    assert 'value="一亩"' in answer.text
    for field in ("site_id", "grower_id", "kind", "area_mu"):
        assert f'href="#f-{field}"' in answer.text, field
        assert f'id="f-{field}"' in answer.text, field
    assert two.ledger_size() == before


def test_a_change_makes_a_new_version_and_shows_the_old(two: TwoCoops) -> None:
    client, ids = two.client(), two.ours.ids
    address = f"/manage/plots/{ids['plot']}"
    sent = PLOT | {"site_id": ids["site"], "grower_id": ids["grower"]}
    client.post(address, data=sent)
    answer = client.get(address)
    assert "2 versions" in words(answer)
    assert "<del>东社大棚</del> <ins>18号大棚</ins>" in answer.text


def test_what_is_retired_leaves_the_list_and_can_be_put_back(two: TwoCoops) -> None:
    client, plot = two.client(), two.ours.ids["plot"]
    client.post(f"/manage/plots/{plot}/retire")
    assert "1 no longer used" in words(client.get("/manage/plots"))
    client.post(f"/manage/plots/{plot}/retire", data={"put_back": "yes"})
    assert "no longer used" not in words(client.get("/manage/plots"))


def test_a_party_keeps_its_phone_when_another_field_changes(two: TwoCoops) -> None:
    client, customer = two.client(), two.ours.ids["customer"]
    shown = client.get(f"/manage/customers/{customer}").text
    assert 'value="0532-60"' in shown
    client.post(
        f"/manage/customers/{customer}",
        data={"name": "改名店", "kind": "customer", "phone": "0532-60"},
    )
    assert "改名店 0532-60" in words(client.get("/manage/customers"))


def test_a_certificate_takes_a_file_and_keeps_it_through_a_mistake(two: TwoCoops) -> None:
    client = two.client()
    sent = {"kind": "organic", "name": "有机", "number": "Y1", "issuer": "中心",
            "valid_from": "2026-01-01", "valid_until": "2025-01-01"}  # fmt: skip
    upload = {"file": (BytesIO(photo_bytes(33)), "c.jpg")}
    answer = client.post("/manage/certificates/new", data=sent | upload)
    assert answer.status_code == 422
    held = re.search(r'name="file_kept" value="(\w{64})"', answer.text)
    assert held
    right = sent | {"valid_until": "2027-01-01", "file_kept": held[1]}
    assert client.post("/manage/certificates/new", data=right).status_code == 303
    answer = client.get(f"/manage/files/{held[1]}", buffered=True)
    assert answer.mimetype == "image/jpeg"


def test_a_file_that_is_no_picture_is_named_on_its_field(two: TwoCoops) -> None:
    sent = {"kind": "organic", "file": (BytesIO(b"hello"), "c.jpg")}
    answer = two.client().post("/manage/certificates/new", data=sent)
    assert answer.status_code == 422
    for field in ("file", "name", "number"):
        assert answer.text.count(f'href="#f-{field}"') == 1, field


def test_a_certificate_past_its_end_is_marked_expired(two: TwoCoops) -> None:
    sent = {"kind": "organic", "name": "旧证", "number": "Y1", "issuer": "中心",
            "valid_from": "2020-01-01", "valid_until": "2021-01-01"}  # fmt: skip
    two.client().post("/manage/certificates/new", data=sent)
    assert "expired" in words(two.client().get("/manage/certificates"))


def test_a_time_zone_that_does_not_exist_is_refused(two: TwoCoops) -> None:
    answer = two.client().post("/manage/coop", data={"name": "东社", "time_zone": "Asia/Jimo"})
    assert answer.status_code == 422
    assert "“Asia/Jimo” is not a time zone." in words(answer)


def test_a_purchase_makes_an_input_lot_with_its_receipt(two: TwoCoops) -> None:
    client, ids = two.client(), two.ours.ids
    sent = {"input": ids["input"], "supplier": ids["supplier"], "quantity": "2",
            "quantity_unit": "l", "lot_number": "AB-7", "when": "2026-11-20",
            "expires_on": "2026-11-01",
            "receipt": (BytesIO(photo_bytes(44)), "r.jpg")}  # fmt: skip
    assert client.post("/manage/inputs/bought/new", data=sent).status_code == 303
    said = words(client.get("/manage/inputs/bought"))
    assert "东社药 AB-7" in said
    assert "expired on 1 November 2026" in said


def test_a_purchase_of_tomorrow_names_the_day(two: TwoCoops) -> None:
    ids = two.ours.ids
    sent = {"input": ids["input"], "supplier": ids["supplier"], "quantity": "0",
            "when": "2026-11-30"}  # fmt: skip
    answer = two.client().post("/manage/inputs/bought/new", data=sent)
    assert answer.status_code == 422
    assert 'href="#f-when"' in answer.text
    assert 'href="#f-quantity"' in answer.text


def correction(**amounts: str) -> dict[str, str]:
    return {"reason": "incorrect_data", "note": "写错了"} | amounts


def answered(page: str) -> dict[str, str]:
    found = re.search(r'form="said" name="sure" value="(\w+)"', page)
    assert found
    return {"sure": found[1]}


def test_a_packing_corrected_below_what_left_is_asked_about_once(two: TwoCoops) -> None:
    client, address = two.client(), f"/manage/records/{two.ours.ids['packing']}/correct"
    sent = correction(packed_quantity="50")
    before = two.ledger_size()
    asked = client.post(address, data=sent)
    assert asked.status_code == 422
    assert "100 bundles of HG-260921-02 already went out" in words(asked).replace("\xa0", " ")
    assert 'value="50"' in asked.text
    assert two.ledger_size() == before
    assert client.post(address, data=sent | answered(asked.text)).status_code == 303
    assert two.ledger_size() == before + 2


def test_a_packing_corrected_below_its_labels_is_refused(two: TwoCoops) -> None:
    address = f"/manage/records/{two.ours.ids['packing']}/correct"
    sent = correction(packed_quantity="5")
    client = two.client()
    answer = client.post(address, data=sent | answered(client.post(address, data=sent).text))
    assert answer.status_code == 422
    assert "24 labels of HG-260921-02 are issued" in words(answer)


def test_a_delivery_corrected_above_what_was_there_is_asked_about_once(two: TwoCoops) -> None:
    client, address = two.client(), f"/manage/records/{two.ours.ids['shipping']}/correct"
    sent = correction(**{"lots-0": "1000"})
    asked = client.post(address, data=sent)
    assert asked.status_code == 422
    assert "there were 240 bundles, and 1000 bundles is written" in words(asked).replace(
        "\xa0", " "
    )
    assert client.post(address, data=sent | answered(asked.text)).status_code == 303


def test_a_correction_that_fits_is_not_asked_about(two: TwoCoops) -> None:
    address = f"/manage/records/{two.ours.ids['packing']}/correct"
    sent = correction(packed_quantity="120")
    assert two.client().post(address, data=sent).status_code == 303
