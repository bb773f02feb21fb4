"""Recall and drill on the manager's desk, the shop's own link, and the public list."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pypdfium2
import pytest
from flask.testing import FlaskClient

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


def recall_lot(two: TwoCoops, **said: str) -> str:
    """Recall the shipped lot; the address of its page."""
    client = two.client()
    sent = {"cause_kind": "lot", "causes-lot": two.ours.ids["lot"], "reason": "坏药", **said}
    answer = client.post("/manage/recall", data=sent)
    assert answer.status_code == 303, words(answer)
    return answer.headers["Location"]


def stranger(two: TwoCoops) -> FlaskClient:
    """Somebody with a browser and no session."""
    client = two.app.test_client()
    client.environ_base.update({f"HTTP_{name.upper().replace('-', '_')}": value
                                for name, value in BROWSER.items()})  # fmt: skip
    return client


def shop_link(two: TwoCoops, recall: str) -> str:
    """Make the customer's link; its path."""
    answer = two.client().post(f"{recall}/customers/{two.ours.ids['customer']}/link")
    found = re.search(r"(/shop/[\w-]+)", answer.text)
    assert found
    return found[1]


def test_every_kind_of_cause_is_offered(two: TwoCoops) -> None:
    text = two.client().get("/manage/recall").text
    for kind in ("input_lot", "plot_days", "planting", "inspection", "lot", "package"):
        assert f'name="cause_kind" value="{kind}"' in text


def test_a_plot_and_days_with_nothing_picked_is_a_clear_problem_at_the_plots(
    two: TwoCoops,
) -> None:
    sent = {"cause_kind": "plot_days", "plots": two.ours.ids["plot"], "from_day": "2026-01-01",
            "until_day": "2026-01-02", "ready_reason": "residue"}  # fmt: skip
    answer = two.client().post("/manage/recall/check", data=sent)
    assert answer.status_code == 422
    assert "Nothing was picked from these plots" in words(answer)
    assert 'href="#f-plots"' in answer.text
    assert 'value="2026-01-01"' in answer.text
    assert re.search(r'name="ready_reason" value="residue" checked', answer.text)


def test_a_plot_and_days_reaches_what_was_picked_then(two: TwoCoops) -> None:
    sent = {"cause_kind": "plot_days", "plots": two.ours.ids["plot"], "from_day": "2026-09-01",
            "until_day": "2026-11-21", "ready_reason": "residue"}  # fmt: skip
    client = two.client()
    checked = client.post("/manage/recall/check", data=sent)
    assert "2 lots 24 labels 1 customer to call" in words(checked)
    assert "Still here 140 bundles + 6 kg Has left 100 bundles" in words(checked)
    done = client.post("/manage/recall", data=sent)
    told = words(client.get(done.headers["Location"]))
    assert "Everything picked on 东社大棚 from 1 September 2026 to 21 November 2026" in told


def test_a_ready_sentence_is_recorded_in_both_languages(two: TwoCoops) -> None:
    recall_lot(two, reason="", ready_reason="residue", ready_advice="return")
    page = stranger(two).get(f"/t/{two.ours.ids['lot']}")
    assert "A test found more pesticide residue in it than is allowed." in words(page)
    assert "the price is returned, without a receipt" in words(page)
    chinese = stranger(two).get(f"/t/{two.ours.ids['lot']}?lang=zh")
    assert "检测发现农药残留超过限量。" in words(chinese)


def test_own_words_count_before_a_ready_sentence(two: TwoCoops) -> None:
    address = recall_lot(two, ready_reason="residue")
    assert "Reason 坏药" in words(two.client().get(address)).replace("\n", " ")


def test_going_back_keeps_kind_plots_days_and_sentences(two: TwoCoops) -> None:
    sent = {"cause_kind": "plot_days", "plots": two.ours.ids["plot"], "from_day": "2026-09-01",
            "until_day": "2026-11-21", "ready_reason": "residue", "advice": "退货"}  # fmt: skip
    client = two.client()
    checked = client.post("/manage/recall/check", data=sent)
    back = re.search(r'href="(/manage/recall\?[^"]+)"', checked.text)
    assert back
    text = client.get(unescape(back[1])).text
    assert 'value="plot_days" checked' in text
    assert f'name="plots" value="{two.ours.ids["plot"]}" checked' in text
    assert 'value="2026-09-01"' in text
    assert 'name="ready_reason" value="residue" checked' in text
    assert 'value="退货"' in text


def test_looking_for_a_number_keeps_what_was_typed(two: TwoCoops) -> None:
    sent = {"q": two.ours.ids["lot"], "reason": "坏药", "cause_kind": ""}
    answer = two.client().post("/manage/recall/look", data=sent)
    assert answer.status_code == 200
    assert 'value="坏药"' in answer.text
    assert 'name="cause_kind" value="lot" checked' in answer.text


def test_a_recall_from_the_page_of_a_lot_has_it_ticked(two: TwoCoops) -> None:
    lot = two.ours.ids["lot"]
    text = two.client().get(f"/manage/recall?cause={lot}").text
    assert f'name="causes-lot" value="{lot}" checked' in text


def test_every_page_of_the_closure_turns_at_once(two: TwoCoops) -> None:
    client, ids = two.client(), two.ours.ids
    pages = [f"/t/{ids['harvest']}", f"/t/{ids['lot']}"]
    before = [stranger(two).get(page) for page in pages]
    assert all("Do not eat it" not in words(page) for page in before)
    sent = {"cause_kind": "input_lot", "causes-input_lot": ids["input_lot"], "reason": "坏药"}
    client.post("/manage/recall", data=sent)
    for page, was in zip(pages, before, strict=True):
        asked = stranger(two).get(page, headers={"If-None-Match": was.headers["ETag"]})
        assert asked.status_code == 200
        assert "Recalled Do not eat it" in words(asked)


def test_a_recall_of_a_recalled_lot_is_warned_about_and_taken(two: TwoCoops) -> None:
    recall_lot(two)
    sent = {"cause_kind": "lot", "causes-lot": two.ours.ids["lot"], "reason": "又一条"}
    checked = two.client().post("/manage/recall/check", data=sent)
    assert "1 of these lots is recalled already." in words(checked)
    assert two.client().post("/manage/recall", data=sent).status_code == 303


def test_the_notice_says_what_to_do_in_both_languages_and_is_short(two: TwoCoops) -> None:
    text = two.client().get(recall_lot(two, advice="退货", advice_en="Return it.")).text
    notices = re.findall(r'class="copy[^"]*" lang="(zh|en)">([^<]+)<', text)
    told = {tongue: unescape(notice) for tongue, notice in notices}
    assert "【召回通知】东社合作社召回：东社黄瓜" in told["zh"]
    assert "退货" in told["zh"]
    assert "Return it." in told["en"]
    assert max(len(one) for one in told.values()) <= 500


def test_the_poster_is_one_page_with_reason_and_lot_number(two: TwoCoops) -> None:
    answer = two.client().get(f"{recall_lot(two)}/poster.pdf?lang=zh")
    assert answer.mimetype == "application/pdf"
    document = pypdfium2.PdfDocument(answer.data)
    assert len(document) == 1
    said = document[0].get_textpage().get_text_bounded()
    assert "产品召回" in said
    assert "坏药" in said
    assert re.search(r"HG-\d{6}-\d{2}", said)


def test_a_recall_of_what_became_nothing_yet_has_nothing_to_announce(two: TwoCoops) -> None:
    address = f"/manage/recall/{two.ours.ids['recall']}"
    answer = two.client().get(address)
    assert "No lot was made from it yet." in words(answer)
    assert "poster.pdf" not in answer.text
    assert two.client().get(f"{address}/poster.pdf").status_code == 404
    assert two.client().get(f"{address}/phone-list").status_code == 200


def test_the_phone_list_has_a_number_and_boxes_to_tick(two: TwoCoops) -> None:
    answer = two.client().get(f"{recall_lot(two)}/phone-list")
    assert "东社客户" in words(answer)
    assert "0532-60" in words(answer)
    assert answer.text.count('class="tick-box"') == 2


def test_news_stand_on_the_lots_page_and_the_public_list(two: TwoCoops) -> None:
    address = recall_lot(two)
    sent = {"ready": "most_back", "form_id": form_id(two.client(), address)}
    before = two.ledger_size()
    answers = [two.client().post(f"{address}/news", data=sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert two.ledger_size() == before + 1
    for page in (f"/t/{two.ours.ids['lot']}", "/recalls"):
        assert "Most of it is back and under lock." in words(stranger(two).get(page))


def test_news_of_nothing_are_refused(two: TwoCoops) -> None:
    answer = two.client().post(f"{recall_lot(two)}/news", data={"words": " "})
    assert answer.status_code == 422
    assert 'href="#f-words"' in answer.text


def test_calling_a_customer_is_noted_once(two: TwoCoops) -> None:
    address = f"{recall_lot(two)}/customers/{two.ours.ids['customer']}"
    client = two.client()
    sent = {"outcome": "called", "form_id": form_id(client, address)}
    for _ in range(2):
        assert client.post(f"{address}/contact", data=sent).status_code == 303
    assert two.counts("recall_contact") == 1
    assert "called, no answer yet" in words(client.get(address))
    assert client.post(f"{address}/contact", data={"outcome": "x"}).status_code == 422


def test_who_got_nothing_has_no_task(two: TwoCoops) -> None:
    address = recall_lot(two)
    client = two.client()
    assert client.get(f"{address}/customers/{two.ours.ids['supplier']}").status_code == 404
    assert client.post(f"{address}/customers/{two.ours.ids['supplier']}/link").status_code == 404


def test_a_shop_answers_on_its_own_link_without_signing_in(two: TwoCoops) -> None:
    address = recall_lot(two)
    link = shop_link(two, address)
    shop = stranger(two)
    opened = shop.get(link)
    assert "Please take it off sale now" in words(opened)
    assert "100 bundles" in words(opened)
    assert opened.headers["Cache-Control"] == "no-store"
    before = two.ledger_size()
    sent = {"answered_by": "刘店长", "taken_off-bundle": "60", "sold-bundle": "40",
            "form_id": form_id(shop, link)}  # fmt: skip
    assert [shop.post(link, data=sent).status_code for _ in range(2)] == [303, 303]
    assert two.ledger_size() == before + 1
    assert "Thank you, we have your answer 刘店长 Taken off sale : 60 bundles" in (
        words(shop.get(link)).replace("sale:", "sale :")
    )
    room = words(two.client().get(address))
    assert "1 / 1 have taken it off sale" in room


def test_links_for_all_who_have_not_answered_are_made_at_once(two: TwoCoops) -> None:
    address = recall_lot(two)
    client = two.client()
    made = client.post(f"{address}/links")
    (link,) = re.findall(r"(/shop/[\w-]+)", made.text)
    stranger(two).post(link, data={"answered_by": "刘店长"})
    again = client.post(f"{address}/links")
    assert "Everybody has answered already." in words(again)
    assert "/shop/" not in again.text


def test_opening_the_link_changes_nothing(two: TwoCoops) -> None:
    link = shop_link(two, recall_lot(two))
    before = two.ledger_size()
    for _ in range(2):
        stranger(two).get(link)
    assert two.ledger_size() == before


def test_a_shops_wrong_answer_keeps_what_was_typed(two: TwoCoops) -> None:
    link = shop_link(two, recall_lot(two))
    sent = {"answered_by": " ", "taken_off-bundle": "viele", "sold-bundle": "4"}
    answer = stranger(two).post(link, data=sent)
    assert answer.status_code == 422
    assert 'href="#f-answered_by"' in answer.text
    assert 'href="#f-taken_off-bundle"' in answer.text
    assert 'value="viele"' in answer.text


def test_a_shops_page_names_no_other_customer(two: TwoCoops) -> None:
    manager = two.ours.actors["manager"]
    other = declare(two.recorder, manager, "party", {"name": "别家店", "kind": "customer"})
    goods = [{"node": two.ours.ids["lot"], "quantity": "7", "unit": "bundle"}]
    two.record(two.ours, "packer", "shipping", {"lots": goods, "customer": other})
    text = stranger(two).get(shop_link(two, recall_lot(two))).text
    assert "东社客户" in text
    assert "别家店" not in text


def test_a_guessed_link_is_not_found(two: TwoCoops) -> None:
    recall_lot(two)
    assert stranger(two).get("/shop/guessed").status_code == 404
    assert stranger(two).post("/shop/guessed", data={"answered_by": "x"}).status_code == 404


def test_a_manager_writes_an_answer_down_even_after_closing(two: TwoCoops) -> None:
    address = recall_lot(two)
    client = two.client()
    client.post(f"{address}/close", data={"reason": "都收回了"})
    task = f"{address}/customers/{two.ours.ids['customer']}"
    sent = {"means": "telephone", "answered_by": "老板", "taken_off-bundle": "96"}
    assert client.post(f"{task}/answer", data=sent).status_code == 303
    told = words(client.get(task))
    assert "What they answered 老板 Taken off sale" in told
    wrong = client.post(f"{task}/answer", data={"answered_by": ""})
    assert wrong.status_code == 422


def test_closing_twice_keeps_the_first_closing(two: TwoCoops) -> None:
    address = recall_lot(two)
    client = two.client()
    for reason in ("都收回了", "还没有"):
        assert client.post(f"{address}/close", data={"reason": reason}).status_code == 303
    told = words(client.get(address))
    assert "It is closed 都收回了" in told
    assert "还没有" not in told


def test_the_public_pages_of_a_recall_name_no_customer(two: TwoCoops) -> None:
    address = recall_lot(two).replace("/manage/recall/", "/recalls/")
    for page in ("/recalls", address):
        answer = stranger(two).get(page)
        assert "坏药" in answer.text
        assert "东社客户" not in answer.text
        assert "0532-60" not in answer.text
    assert stranger(two).get("/recalls/NOTHING").status_code == 404


def test_the_public_list_lists_every_co_ops_recalls(two: TwoCoops) -> None:
    text = stranger(two).get("/recalls").text
    assert "东社合作社" in text
    assert "西村合作社" in text


def test_the_recalled_page_leads_to_the_notice_and_the_list(two: TwoCoops) -> None:
    address = recall_lot(two).replace("/manage/recall/", "/recalls/")
    text = stranger(two).get(f"/t/{two.ours.ids['lot']}").text
    assert f'href="{address}"' in text
    assert 'href="/recalls"' in text
    assert 'href="/recalls"' in stranger(two).get("/").text


def hand_over(two: TwoCoops) -> None:
    """Ours sends bundles to the other co-op, which sends them on to a customer of its own."""
    ours, theirs = two.ours, two.theirs
    town = {"name": "西村社", "kind": "customer", "coop_id": "西村合作社"}
    ids = {"customer": declare(two.recorder, ours.actors["manager"], "party", town)}
    goods = {"node": ours.ids["lot"], "quantity": "50", "unit": "bundle"}
    sent, _ = two.record(ours, "packer", "shipping", {"lots": [goods], **ids})
    taken = {"shipping": sent, "source": goods, "product": theirs.ids["product"]}
    _, theirs.ids["taken over"] = two.record(theirs, "packer", "receiving", taken)
    on = {"node": theirs.ids["taken over"], "quantity": "20", "unit": "bundle"}
    out = {"lots": [on], "customer": theirs.ids["customer"]}
    two.record(theirs, "packer", "shipping", out)


def test_another_co_ops_manager_finds_our_recall_on_the_desk_with_their_own_customers(
    two: TwoCoops,
) -> None:
    hand_over(two)
    address = recall_lot(two)
    ours, theirs = two.client(), two.client("manager", two.theirs)
    room = ours.get(address).text
    assert "西村合作社" in room
    assert "西村客户" not in room
    assert "Another co-op's recall reaches us" in words(theirs.get("/manage"))
    told = theirs.get(address)
    assert "东社合作社 began this recall." in words(told)
    assert "西村客户" in told.text
    assert "东社客户" not in told.text
    assert f"{address}/close" not in told.text
    task = f"{address}/customers/{two.theirs.ids['customer']}"
    sent = {"answered_by": "西店", "taken_off-bundle": "20"}
    assert theirs.post(f"{task}/answer", data=sent).status_code == 303
    assert "西店" not in ours.get(address).text
    assert ours.get(task).status_code == 404


def test_only_the_co_op_that_began_a_recall_tells_news_or_closes_it(two: TwoCoops) -> None:
    hand_over(two)
    address = recall_lot(two)
    theirs, before = two.client("manager", two.theirs), two.ledger_size()
    assert theirs.post(f"{address}/news", data={"words": "没事"}).status_code == 403
    assert theirs.post(f"{address}/close", data={"reason": "没事"}).status_code == 403
    assert two.ledger_size() == before


def test_a_drill_shows_everything_and_changes_nothing(two: TwoCoops) -> None:
    client, ids = two.client(), two.ours.ids
    before, page = two.ledger_size(), stranger(two).get(f"/t/{ids['lot']}")
    sent = {"cause_kind": "input_lot", "causes-input_lot": ids["input_lot"],
            "form_id": form_id(client, "/manage/drill")}  # fmt: skip
    answers = [client.post("/manage/drill", data=sent) for _ in range(2)]
    address = answers[0].headers["Location"]
    assert answers[1].headers["Location"] == address
    running = words(client.get(address))
    assert "DRILL Nothing changes" in running
    assert "2 lots 24 labels 1 customer to call" in running
    client.post(f"{address}/steps", data={"steps": ["lots_found"]})
    assert "after 0:00 minutes" in words(client.get(address))
    client.post(f"{address}/steps", data={"steps": ["lots_found"], "finish": "yes"})
    report = words(client.get(address))
    assert "Report of a recall drill" in report
    assert "0:00 minutes taken 2 lots 24 labels 100% of the goods accounted for" in report
    assert "Every customer found has a phone number." in report
    assert two.ledger_size() == before
    after = stranger(two).get(f"/t/{ids['lot']}", headers={"If-None-Match": page.headers["ETag"]})
    assert after.status_code == 304


def test_a_drill_names_customers_without_a_phone_number(two: TwoCoops) -> None:
    manager = two.ours.actors["manager"]
    mute = declare(two.recorder, manager, "party", {"name": "没电话店", "kind": "customer"})
    goods = [{"node": two.ours.ids["lot"], "quantity": "7", "unit": "bundle"}]
    two.record(two.ours, "packer", "shipping", {"lots": goods, "customer": mute})
    client = two.client()
    sent = {"cause_kind": "lot", "causes-lot": two.ours.ids["lot"]}
    address = client.post("/manage/drill", data=sent).headers["Location"]
    client.post(f"{address}/steps", data={"finish": "yes"})
    assert "Without a phone number 没电话店" in words(client.get(address))


def test_a_drill_without_a_cause_says_so(two: TwoCoops) -> None:
    answer = two.client().post("/manage/drill", data={"cause_kind": "lot"})
    assert answer.status_code == 422
    assert 'href="#f-causes"' in answer.text


def test_one_tap_holds_a_lot_and_the_second_manager_sees_the_first(two: TwoCoops) -> None:
    client, lot = two.client(), two.ours.ids["lot"]
    assert 'name="ready" value="complaint"' in client.get(f"/manage/lots/{lot}").text
    before = two.ledger_size()
    first = client.post(f"/manage/lots/{lot}/hold", data={"ready": "complaint", "note": "老李打来"})
    told = words(client.get(first.headers["Location"]))
    assert "It is on hold, with everything made from it." in told
    second = two.client().post(f"/manage/lots/{lot}/hold", data={"ready": "complaint"})
    told = words(two.client().get(second.headers["Location"]))
    assert "It was on hold already for this reason" in told
    assert "东社理事长" in told
    assert two.ledger_size() == before + 1
    shopper = words(stranger(two).get(f"/t/{lot}"))
    assert "A buyer complained; we are checking." in shopper


def test_a_picture_that_does_not_exist_breaks_no_page(two: TwoCoops) -> None:
    manager = two.ours.actors["manager"]
    fields = {"name": "黄瓜", "unit": "bundle", "label_needs": "nothing", "picture": "none"}
    declare(two.recorder, manager, "product", fields, two.ours.ids["product"])
    recall = recall_lot(two)
    for address in ("/recalls", f"/recalls/{recall.split('/')[-1]}"):
        assert stranger(two).get(address).status_code == 200
    assert stranger(two).get(shop_link(two, recall)).status_code == 200
    for address in (recall, "/manage", "/manage/products", "/manage/search?q=黄瓜"):
        assert two.client().get(address).status_code in (200, 404), address
