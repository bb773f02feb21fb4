"""The manager's desk: holding lots, recalling, and correcting records."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.two_coops import BROWSER, TwoCoops, form_id, make_two_coops, words
from trace.capture.declaring import declare


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> TwoCoops:
    return make_two_coops(tmp_path_factory.mktemp("two"))


@pytest.fixture
def two(built: TwoCoops, tmp_path: Path) -> Iterator[TwoCoops]:
    fresh = built.copied(tmp_path / "copy")
    yield fresh
    fresh.instance.database.close()


def test_lots_are_listed_by_state(two: TwoCoops) -> None:
    client, ids = two.client(), two.ours.ids
    client.post(f"/manage/lots/{ids['lot']}/hold", data={"reason": "疑"})
    assert ids["lot"] in client.get("/manage/lots?state=held").text
    assert ids["lot"] not in client.get("/manage/lots?state=open").text
    assert ids["lot"] in client.get("/manage/lots?state=nonsense").text


def test_a_hold_without_a_reason_is_refused(two: TwoCoops) -> None:
    before = two.ledger_size()
    answer = two.client().post(f"/manage/lots/{two.ours.ids['lot']}/hold", data={"reason": " "})
    assert answer.status_code == 422
    assert 'href="#f-reason"' in answer.text
    assert two.ledger_size() == before


def test_a_hold_reaches_what_was_made_from_it_until_it_is_lifted(two: TwoCoops) -> None:
    client, ids = two.client(), two.ours.ids
    client.post(f"/manage/lots/{ids['harvest']}/hold", data={"reason": "疑"})
    said = words(client.get(f"/manage/lots/{ids['lot']}"))
    assert "held with what it was made from" in said
    found = re.search(r"/holds/(\w+)/lift", client.get(f"/manage/lots/{ids['lot']}").text)
    assert found
    address = f"/manage/lots/{ids['harvest']}/holds/{found[1]}/lift"
    assert client.post(address, data={"reason": "复检合格"}).status_code == 303
    assert "What stands against it" not in words(client.get(f"/manage/lots/{ids['lot']}"))


def test_a_hold_from_a_failed_test_is_not_lifted_by_hand(two: TwoCoops) -> None:
    client, ids = two.client(), two.ours.ids
    failed, _ = two.record(
        two.ours, "tester", "inspection",
        {"inspection_kind": "rapid_test", "subjects": [ids["lot"]], "passed": "no"},
    )  # fmt: skip
    address = f"/manage/lots/{ids['lot']}/holds/{failed}/lift"
    assert "ends only by a passed laboratory report" in words(client.get(address))
    before = two.ledger_size()
    assert client.post(address, data={"reason": "算了"}).status_code == 422
    assert two.ledger_size() == before


def test_lifting_twice_is_lifting_once(two: TwoCoops) -> None:
    client, ids = two.client(), two.ours.ids
    address = f"/manage/lots/{ids['held']}/holds/{ids['hold']}/lift"
    sent = {"reason": "没事", "form_id": form_id(client, address)}
    before = two.ledger_size()
    assert [client.post(address, data=sent).status_code for _ in range(2)] == [303, 303]
    assert two.ledger_size() == before + 1


def test_before_a_recall_every_lot_label_and_customer_is_shown(two: TwoCoops) -> None:
    ids, before = two.ours.ids, two.ledger_size()
    answer = two.client().post(
        "/manage/recall/check", data={"causes": ids["input_lot"], "reason": "坏药"}
    )
    said = words(answer)
    assert "2 lots 24 labels 1 customer to call" in said
    assert "东社客户" in said
    assert 'href="tel:0532-60"' in answer.text
    assert two.ledger_size() == before


def test_going_back_from_the_check_keeps_causes_and_words(two: TwoCoops) -> None:
    client, ids = two.client(), two.ours.ids
    causes = [ids["planting"], ids["input_lot"]]
    checked = client.post("/manage/recall/check", data={"causes": causes, "reason": "坏药"})
    back = re.search(r'href="(/manage/recall\?[^"]+)"', checked.text)
    assert back
    answer = client.get(back[1].replace("&amp;", "&"))
    for cause in causes:
        assert f'value="{cause}" checked' in answer.text
    assert 'value="坏药"' in answer.text


def test_a_recall_turns_the_pages_and_a_double_click_is_one(two: TwoCoops) -> None:
    client, ids = two.client(), two.ours.ids
    sent = {"causes": ids["input_lot"], "reason": "坏药", "advice": "退货",
            "form_id": form_id(client, "/manage/recall")}  # fmt: skip
    before = two.ledger_size()
    answers = [client.post("/manage/recall", data=sent) for _ in range(2)]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert two.ledger_size() == before + 1
    done = client.get(answers[0].headers["Location"])
    assert f'href="/t/{ids["lot"]}"' in done.text
    shopper = two.app.test_client().get(f"/t/{ids['lot']}", headers=BROWSER)
    assert "Recalled Do not eat it This lot is recalled. The co-op's own words: 坏药" in words(
        shopper
    )


def test_a_recall_said_in_english_too_reads_so_to_who_reads_english(two: TwoCoops) -> None:
    client, ids = two.client(), two.ours.ids
    sent = {"causes": ids["input_lot"], "reason": "坏药", "reason_en": "A bad pesticide.",
            "advice_en": "Return it.", "form_id": form_id(client, "/manage/recall")}  # fmt: skip
    checked = client.post("/manage/recall/check", data=sent)
    assert 'name="reason_en" value="A bad pesticide."' in checked.text
    back = client.get(
        re.findall(r'href="(/manage/recall\?[^"]+)"', checked.text)[0].replace("&amp;", "&")
    )
    assert 'value="Return it."' in back.text
    client.post("/manage/recall", data=sent)
    shopper = words(two.app.test_client().get(f"/t/{ids['lot']}", headers=BROWSER))
    assert "A bad pesticide." in shopper
    assert "Return it." in shopper


def test_a_recall_without_cause_and_reason_names_both(two: TwoCoops) -> None:
    answer = two.client().post("/manage/recall/check", data={"advice": "退货"})
    assert answer.status_code == 422
    assert 'href="#f-causes"' in answer.text
    assert 'href="#f-reason"' in answer.text
    assert 'value="退货"' in answer.text


@pytest.mark.parametrize("how", ["number", "code", "label", "typed small"])
def test_the_cause_is_found_by_number_code_or_label(two: TwoCoops, how: str) -> None:
    lot = two.ours.ids["lot"]
    with two.instance.database.reading() as connection:
        row = connection.execute(
            "SELECT l.lot_number, u.code FROM lot l JOIN unit u ON u.node_key = l.node_key"
            " WHERE l.code = ?", (lot,),
        ).fetchone()  # fmt: skip
    typed = {"number": row["lot_number"], "code": lot, "label": row["code"],
             "typed small": lot.lower()}[how]  # fmt: skip
    answer = two.client().get("/manage/recall", query_string={"q": typed})
    found = answer.text.split("Inputs bought")[0]
    assert f'value="{lot}"' in found


def test_closing_a_recall_needs_a_word_and_leaves_the_goods_recalled(two: TwoCoops) -> None:
    client, ids = two.client(), two.ours.ids
    address = f"/manage/recall/{ids['recall']}"
    assert client.post(f"{address}/close", data={}).status_code == 422
    assert client.post(f"{address}/close", data={"reason": "都收回了"}).status_code == 303
    before = two.ledger_size()
    assert client.post(f"{address}/close", data={"reason": "又一次"}).status_code == 303
    assert two.ledger_size() == before
    assert "It is closed" in words(client.get(address))
    assert "recalled" in words(client.get(f"/manage/lots/{ids['recalled']}"))


def test_records_are_listed_by_day_and_type(two: TwoCoops) -> None:
    client = two.client()
    september = client.get("/manage/records?from=2026-09-01&to=2026-09-02&type=spraying")
    assert words(september).count("Spraying") == 2  # the list and the drop-down
    assert "No record of these days" in words(client.get("/manage/records?from=x&to=2026-08-01"))


def test_a_record_shows_what_who_when_and_its_photo(two: TwoCoops) -> None:
    ids = two.ours.ids
    answer = two.client().get(f"/manage/records/{ids['entry']}")
    said = words(answer).replace("\N{NO-BREAK SPACE}", " ")
    assert "Amount 30 ml" in said
    assert "东社备注" in said
    assert f"/manage/files/{ids['file']}?small=1" in answer.text


def test_what_did_not_happen_is_struck_out_and_stays(two: TwoCoops) -> None:
    client, ids = two.client(), two.ours.ids
    address = f"/manage/records/{ids['shipping']}"
    sent = {"reason": "did_not_occur", "note": "车没来"}
    assert client.post(f"{address}/correct", data=sent).status_code == 303
    assert "Struck out by 东社理事长" in words(client.get(address))
    assert "<del>Shipping</del>" in client.get("/manage/records?from=2026-09-01").text


def test_a_wrong_count_is_replaced_and_the_lot_keeps_its_code(two: TwoCoops) -> None:
    client, ids = two.client(), two.ours.ids
    sent = {"reason": "incorrect_data", "note": "数错了", "packed_quantity": "230",
            "takes-0": "115"}  # fmt: skip
    assert client.post(f"/manage/records/{ids['packing']}/correct", data=sent).status_code == 303
    said = words(client.get(f"/manage/lots/{ids['lot']}")).replace("\N{NO-BREAK SPACE}", " ")
    assert "130 bundles of 230 bundles left" in said


def test_a_correction_without_words_is_refused(two: TwoCoops) -> None:
    before = two.ledger_size()
    answer = two.client().post(
        f"/manage/records/{two.ours.ids['packing']}/correct",
        data={"reason": "incorrect_data", "note": "", "packed_quantity": "many"},
    )
    assert answer.status_code == 422
    assert 'value="many"' in answer.text
    assert two.ledger_size() == before


def test_a_wrong_amount_in_a_correction_is_named_on_its_field(two: TwoCoops) -> None:
    answer = two.client().post(
        f"/manage/records/{two.ours.ids['packing']}/correct",
        data={"reason": "incorrect_data", "note": "数错了", "takes-0": "many"},
    )
    assert answer.status_code == 422
    assert 'href="#f-takes-0"' in answer.text
    assert 'id="f-takes-0"' in answer.text


def test_a_recall_cannot_be_corrected_away(two: TwoCoops) -> None:
    client, recall = two.client(), two.ours.ids["recall"]
    answer = client.post(
        f"/manage/records/{recall}/correct", data={"reason": "did_not_occur", "note": "算了"}
    )
    assert answer.status_code == 422
    assert "cannot be corrected" in words(answer)


def test_the_page_of_a_rules_hold_tells_the_fact_the_law_and_what_ends_it(two: TwoCoops) -> None:
    ids = two.ours.ids
    listed = {"name": "嘧菌酯", "kind": "pesticide", "unit": "ml", "pre_harvest_interval_days": "3"}
    known = declare(two.recorder, two.ours.actors["manager"], "input", listed)
    used = {"plantings": [ids["planting"]], "input": known, "amount": "30"}
    two.record(two.ours, "grower", "spraying", used)
    takes = {"takes": [{"node": ids["planting"], "quantity": "5"}]}
    picking, made = two.record(two.ours, "grower", "harvesting", takes)
    page = two.client().get(f"/manage/lots/{made}")
    way = re.search(r"/manage/lots/\w+/holds/\w+/lift", page.text)
    assert way is not None
    told = two.client().get(way[0])
    assert "picking from" in words(told)
    assert "农药管理条例 Art. 34" in words(told)
    assert "This hold ends only when the wrong record is corrected" in words(told)
    assert f"/manage/records/{picking}" in told.text
