"""The shopper's pages over HTTP: what a code shows, in both languages, small and safe."""

import gzip
import re
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import Headers
from werkzeug.test import TestResponse

from tests import seasons
from tests.seasons import Season
from trace.capture.recording import Recorder
from trace.web import create_app
from trace.web.access import House
from trace.web.settings import Settings

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)
MOST_BYTES = 30_000


def app_of(season: Season, *, is_example: bool = False) -> Flask:
    app = create_app(Settings(season.instance.folder, is_example=is_example))
    app.extensions["house"] = House(season.instance, Recorder(season.instance, lambda: NOW))
    return app


@pytest.fixture(scope="module")
def hero(tmp_path_factory: pytest.TempPathFactory) -> Season:
    season = seasons.begin(tmp_path_factory.mktemp("hero"))
    seasons.cucumbers(season)
    return season


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Season:
    season = seasons.begin(tmp_path_factory.mktemp("market"))
    seasons.market(season)
    return season


@pytest.fixture(scope="module")
def client(hero: Season) -> FlaskClient:
    return app_of(hero).test_client()


@pytest.fixture(scope="module")
def stall(market: Season) -> FlaskClient:
    return app_of(market).test_client()


class _Words(HTMLParser):
    """The text of a page without its styles."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.is_style = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.is_style = tag == "style"

    def handle_data(self, data: str) -> None:
        if not self.is_style:
            self.found.append(data)


def words(response: TestResponse) -> str:
    reader = _Words()
    reader.feed(response.text)
    return re.sub(r"\s+", " ", "".join(reader.found))


def fetch(client: FlaskClient, address: str) -> tuple[bytes, Headers]:
    with client.get(address.replace("&amp;", "&")) as answer:
        return answer.data, answer.headers


def look(client: FlaskClient, season: Season, called: str, language: str = "zh") -> str:
    response = client.get(f"/t/{season.ids[called]}?lang={language}")
    assert response.status_code == 200
    return words(response)


def test_the_first_screen_answers_what_a_shopper_asks(client: FlaskClient, hero: Season) -> None:
    shown = look(client, hero, "label")
    for fact in (
        "信息完整", "2026年11月21日 2天前", "打药后满 9 天才采（要求 3 天）", "嘧菌酯 0.08 mg/kg",
        "GB 2763-2026", "王长财种 · 17号大棚", "青岛即墨 · 七级", "长了 74 天",
    ):  # fmt: skip
        assert fact in shown


def test_the_english_page_has_english_names(client: FlaskClient, hero: Season) -> None:
    shown = look(client, hero, "label", "en")
    for fact in (
        "Full record", "21 Nov 2026 2 days ago", "9 days after spraying (3 needed)",
        "azoxystrobin 0.08 mg/kg (limit 0.5)", "Wang Changcai, grower · Greenhouse 17",
        "Jimo, Qingdao · Qiji", "Grew 74 days", "Neighbour Fruit Shop",
    ):  # fmt: skip
        assert fact in shown


def test_upper_case_addresses_of_symbols_open_the_page(client: FlaskClient, hero: Season) -> None:
    assert client.get(f"/T/{hero.ids['label']}").status_code == 200


def test_a_code_is_read_without_regard_to_case(client: FlaskClient, hero: Season) -> None:
    lower = client.get(f"/t/{hero.ids['label'].lower()}?lang=zh")
    assert "信息完整" in words(lower)


def test_the_digital_link_opens_the_same_page(client: FlaskClient, hero: Season) -> None:
    number = "HG-261121-02"
    whole = f"/01/09520123456788/10/{number}/21/{hero.ids['label']}"
    for path in (whole, f"/01/09520123456788/10/{number}"):
        assert "打药后满 9 天才采" in words(client.get(f"{path}?lang=zh"))


def test_a_barcode_alone_names_the_product_and_asks_for_the_code(client: FlaskClient) -> None:
    shown = client.get("/01/9520123456788?lang=zh")
    assert "黄瓜" in words(shown)
    assert 'name="code"' in shown.text


def test_a_gtin_with_a_wrong_check_digit_is_an_unknown_code(client: FlaskClient) -> None:
    assert client.get("/01/09520123456789").status_code == 404


def test_a_typed_code_leads_to_its_page(client: FlaskClient, hero: Season) -> None:
    typed = hero.ids["label"].lower().replace("0", "O").replace("1", "l")
    answer = client.get("/t", query_string={"code": f" {typed[:4]} {typed[4:]} "})
    assert answer.headers["Location"] == f"/t/{hero.ids['label']}"


def test_a_malformed_code_is_named_problem_by_problem_and_stays_typed(client: FlaskClient) -> None:
    answer = client.get("/t?code=ABCO-U%23&lang=zh")
    assert answer.status_code == 404
    shown = words(answer)
    assert "码里没有字母 U" in shown
    assert "码里不会有这些字符：#" in shown
    assert "这里只有 6 个" in shown
    assert "字母 O 已当作数字 0" in shown
    assert 'value="ABCO-U#"' in answer.text


def test_an_unknown_code_looks_like_a_malformed_one(client: FlaskClient) -> None:
    unknown, malformed = client.get("/t/0000000000000000?lang=zh"), client.get("/t/00?lang=zh")
    assert (unknown.status_code, malformed.status_code) == (404, 404)
    assert "查无此码" in words(unknown)
    assert "查无此码" in words(malformed)


def test_what_was_typed_is_never_markup(client: FlaskClient) -> None:
    assert "<script>" not in client.get("/t?code=%3Cscript%3E").text


def test_a_correction_stands_struck_out_beside_what_is_right(
    client: FlaskClient, hero: Season
) -> None:
    text = client.get(f"/t/{hero.ids['label']}?lang=zh").text
    assert re.search(r"<del>420\s捆", text)
    assert re.search(r"<ins>240\s捆", text)
    assert "李秀兰更正：数字写颠倒了。原来的记录还留着。" in text


def test_a_late_record_is_marked(client: FlaskClient, hero: Season) -> None:
    assert "补记：晚 2 天录入" in look(client, hero, "label")


def test_an_expired_certificate_is_flagged(client: FlaskClient, hero: Season) -> None:
    assert "已过期，采摘时无效" in look(client, hero, "label")


def test_the_seller_and_the_consumers_line_are_named(client: FlaskClient, hero: Season) -> None:
    shown = look(client, hero, "label")
    for fact in ("青岛大丰收农业合作社", "93370282MA0000017B", "0532-0000 0017", "12315"):
        assert fact in shown


def test_a_lot_nobody_outside_has_tested_says_so(stall: FlaskClient, market: Season) -> None:
    assert "信息完整未经第三方核实" in look(stall, market, "mixed")


def test_a_mixed_lot_counts_its_growers(stall: FlaskClient, market: Season) -> None:
    assert "3 位农户" in look(stall, market, "mixed")


def test_the_worst_of_two_results_is_shown(stall: FlaskClient, market: Season) -> None:
    assert "抑制率 21%（限 50%）" in look(stall, market, "mixed").split("从种子到您手里")[0]


def test_mushrooms_are_inoculated_and_picked_by_the_flush(
    stall: FlaskClient, market: Season
) -> None:
    shown = look(stall, market, "mushroom")
    assert "接种" in shown
    assert "采收第 2 潮" in shown
    assert "没有打药记录" in shown


def test_bought_in_goods_say_that_there_is_no_growing_record(
    stall: FlaskClient, market: Season
) -> None:
    shown = look(stall, market, "bought")
    assert "没有种植记录" in shown
    assert "CN-37-0007" in shown


def test_what_is_missing_is_said(stall: FlaskClient, market: Season) -> None:
    shown = look(stall, market, "unsure")
    assert "部分信息未填" in shown
    assert "11月15日打药后要等几天才能采" in shown
    assert "11月15日打药：防治对象" in shown


def test_a_spraying_of_unknown_waiting_time_is_the_headline_of_pesticides(
    stall: FlaskClient, market: Season
) -> None:
    assert "有 1 次用药不知道要等几天" in look(stall, market, "unsure")
    assert "打药后满" not in look(stall, market, "unsure").split("从种子到您手里")[0]
    assert "1 spraying has no known waiting time" in look(stall, market, "unsure", "en")


def test_what_is_missing_twice_is_said_once_with_its_count(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    season = seasons.begin(tmp_path_factory.mktemp("twice"))
    seasons.cucumbers(season)
    for bottle in ("没写间隔期的药", "另一种没写的药"):
        season.on("2026-11-23", "09:00").declare(
            bottle, "input", name=bottle, kind="pesticide", unit="ml"
        )
        season.report(
            "spraying",
            {"plantings": [season.ids["planting"]], "input": season.ids[bottle], "amount": "5"},
            when="2026-11-19",
        )
    client = app_of(season).test_client()
    lacking = look(client, season, "label").split("采摘日期")[0]
    assert lacking.count("防治对象") == 1
    assert "11月19日打药：防治对象（2 次）" in lacking
    assert "有 2 次用药不知道要等几天" in look(client, season, "label")
    assert "Against what (2 times)" in look(client, season, "label", "en")


def test_a_recall_stands_on_top_with_reason_and_what_to_do(
    stall: FlaskClient, market: Season
) -> None:
    shown = look(stall, market, "bad")
    assert shown.index("请勿食用") < shown.index("腐霉利残留") < shown.index("全额退款")
    assert shown.index("打电话给合作社") < shown.index("全部记录")
    assert "召回时间：2026年11月22日 9:00" in shown


def test_a_recall_without_english_words_is_understood_on_the_english_page(
    stall: FlaskClient, market: Season
) -> None:
    answer = stall.get(f"/t/{market.ids['bad']}?lang=en")
    assert "This lot is recalled. The co-op's own words: 市场抽检" in words(answer)
    assert "Do not eat it. The co-op's own words: 拿回买的店" in words(answer)
    assert '<span lang="zh">市场抽检，腐霉利残留超过限量。</span>' in answer.text


def test_a_recall_told_in_english_too_shows_only_that_on_the_english_page(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    season = seasons.begin(tmp_path_factory.mktemp("recall-en"))
    seasons.cucumbers(season)
    season.recall(
        (season.ids["harvest"],), "抽检不合格", "退货",
        reason_en="Failed a test.", advice_en="Bring it back.",
    )  # fmt: skip
    client = app_of(season).test_client()
    in_english = look(client, season, "label", "en")
    assert in_english.index("Failed a test.") < in_english.index("Bring it back.")
    assert "抽检不合格" not in in_english
    assert "Failed a test." not in look(client, season, "label")


def test_common_names_are_english_on_the_english_page(client: FlaskClient, hero: Season) -> None:
    shown = look(client, hero, "label", "en")
    for name in ("Spraying against downy mildew", "Variety: Jinyou 35", "procymidone"):
        assert name in shown
    assert "打药，防霜霉病" in look(client, hero, "label")


def test_chinese_words_on_the_english_page_are_marked_and_noted(
    client: FlaskClient, hero: Season
) -> None:
    text = client.get(f"/t/{hero.ids['label']}?lang=en").text
    assert '<span lang="zh">开花、吊蔓</span> <small class="soft">(in Chinese)</small>' in text
    assert "(in Chinese)" not in client.get(f"/t/{hero.ids['label']}?lang=zh").text


def test_marked_words_are_never_markup(tmp_path_factory: pytest.TempPathFactory) -> None:
    season = seasons.begin(tmp_path_factory.mktemp("markup"))
    seasons.cucumbers(season)
    season.recall((season.ids["harvest"],), "坏<b>药</b>")
    for language in ("zh", "en"):
        answer = app_of(season).test_client().get(f"/t/{season.ids['label']}?lang={language}")
        assert "<b>药" not in answer.text


def test_a_held_lot_says_that_it_is_being_checked(stall: FlaskClient, market: Season) -> None:
    assert "暂停销售" in look(stall, market, "held")
    assert "with these goods. The co-op's own words: 有人说味道不对" in look(
        stall, market, "held", "en"
    )


def test_what_is_known_to_the_day_never_shows_an_hour(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    season = seasons.begin(tmp_path_factory.mktemp("days"))
    seasons.cucumbers(season)
    lots = [{"node": season.ids["lot"], "quantity": "2", "unit": "bundle"}]
    season.on("2026-11-23", "09:00").report(
        "selling", {"lots": lots, "channel": "gate"}, when="2026-11-22"
    )
    season.report("hold", {"subjects": [season.ids["lot"]], "reason": "味道不对"},
                  when="2026-11-22")  # fmt: skip
    client = app_of(season).test_client()
    assert "12:00" not in look(client, season, "label")
    assert "暂停时间：2026年11月22日最近更新" in look(client, season, "label")
    assert "Stopped on 22 November 2026Last update" in look(client, season, "label", "en")


def test_a_sale_that_was_allowed_again_says_so_in_its_story(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    season = seasons.begin(tmp_path_factory.mktemp("lifted"))
    seasons.cucumbers(season)
    season.on("2026-11-23", "09:00")
    held = {"subjects": [season.ids["lot"]], "reason": "味道不对"}
    hold = season.report("hold", held).entry_ids[0]
    season.on("2026-11-23", "10:00").report("hold_lifted", {"hold": hold, "reason": "查清了"})
    told = look(app_of(season).test_client(), season, "lot")
    assert told.index("暂停销售") < told.index("恢复销售")


def test_the_way_shows_no_hour_of_a_lorry_known_to_the_day(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    season = seasons.begin(tmp_path_factory.mktemp("lorry"))
    seasons.market(season)
    lots = [{"node": season.ids["mixed"], "quantity": "2", "unit": "bundle"}]
    season.on("2026-11-23", "09:00").report(
        "shipping",
        {"lots": lots, "customer": season.ids["shop"], "temperature": "11"},
        when="2026-11-22",
    )
    client = app_of(season).test_client()
    assert "货车11月22日" in look(client, season, "mixed")
    assert "12:00" not in client.get(f"/t/{season.ids['mixed']}?lang=zh").text
    assert "On the road22 Nov" in look(client, season, "mixed", "en")


def test_a_destroyed_lot_says_before_its_verdict_that_it_was_never_sold(
    stall: FlaskClient, market: Season
) -> None:
    shown = look(stall, market, "gone")
    assert shown.index("已全部销毁，没有上市") < shown.index("部分信息未填")
    assert "All destroyed, never sold" in look(stall, market, "gone", "en")


def test_the_standard_of_an_untested_lot_does_not_read_like_a_pass(
    stall: FlaskClient, market: Season
) -> None:
    shown = look(stall, market, "gone")
    assert "适用 GB 2763-2026 农药残留限量 还没有合格的农残检测" in shown
    assert "第三方已抽检" not in shown
    in_english = look(stall, market, "gone", "en")
    assert "Applies: GB 2763-2026 pesticide residue limits no passed residue test yet" in in_english


def test_a_failed_test_by_an_outside_laboratory_is_not_told_as_lab_tested(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    season = seasons.begin(tmp_path_factory.mktemp("failed"))
    seasons.market(season)
    season.on("2026-11-22", "12:00").report(
        "inspection",
        {
            "inspection_kind": "laboratory_report",
            "subjects": [season.ids["mixed-harvest"]],
            "passed": "no",
            "laboratory": season.ids["lab"],
            "report_number": "SL-2026-1190",
        },
        report_file=seasons.paper("SL-2026-1190"),
    )
    shown = look(app_of(season).test_client(), season, "mixed")
    assert "还没有合格的农残检测" in shown
    assert "第三方已抽检" not in shown


def test_an_origin_that_names_its_village_names_it_once(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    season = seasons.begin(tmp_path_factory.mktemp("origin"))
    seasons.cucumbers(season)
    with season.instance.database.writing() as connection:
        connection.execute(
            "UPDATE declared SET fields = json_set(fields, '$.origin_name', '青岛即墨 · 七级',"
            " '$.origin_name_en', 'Qiji, Jimo, Qingdao') WHERE id = ?",
            (season.coop_id,),
        )
    client = app_of(season).test_client()
    assert "青岛即墨 · 七级长了" in look(client, season, "label")
    assert "Qiji, Jimo, QingdaoGrew" in look(client, season, "label", "en")


def test_a_package_shows_each_product(stall: FlaskClient, market: Season) -> None:
    shown = look(stall, market, "box")
    for name in ("即墨一篮菜", "黄瓜", "平菇", "番茄 – 采摘日期"):
        assert name in shown


def test_a_name_of_200_characters_is_shown_whole(stall: FlaskClient, market: Season) -> None:
    assert "很长的名字" * 40 in look(stall, market, "endless")


def test_a_void_label_says_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    season = seasons.begin(tmp_path_factory.mktemp("void"))
    seasons.cucumbers(season)
    with season.instance.database.writing() as connection:
        connection.execute("UPDATE unit SET voided_by = 'X' WHERE code = ?", (season.ids["label"],))
    client = app_of(season).test_client()
    assert "标签已作废" in look(client, season, "label")
    assert "标签已作废" not in look(client, season, "other-label")


@pytest.mark.parametrize(
    ("called", "verdict"),
    [("planting", "今天可以采")],
)
def test_a_stake_says_whether_it_may_be_picked(
    client: FlaskClient, hero: Season, called: str, verdict: str
) -> None:
    assert verdict in look(client, hero, called)


def test_a_stake_says_from_which_day(tmp_path_factory: pytest.TempPathFactory) -> None:
    season = seasons.begin(tmp_path_factory.mktemp("stake"))
    seasons.cucumbers(season)
    sent = {
        "plantings": [season.ids["planting"]],
        "input_lot": season.ids["spray-bottles"],
        "amount": "5",
        "target": "白粉病",
    }
    season.on("2026-11-22", "18:00").report("spraying", sent, when="2026-11-22")
    assert "11月25日起才能采" in look(app_of(season).test_client(), season, "planting")


def test_an_example_is_marked(hero: Season) -> None:
    assert "示例数据" in look(app_of(hero, is_example=True).test_client(), hero, "label")


def test_a_real_installation_is_not_marked(client: FlaskClient, hero: Season) -> None:
    assert "示例数据" not in look(client, hero, "label")


def test_nobodys_phone_is_shown_but_the_coops(client: FlaskClient, hero: Season) -> None:
    text = client.get(f"/t/{hero.ids['label']}").text
    assert "13800000000" not in text
    assert "青岛市南" not in text


def test_a_customer_who_signed_for_nothing_is_not_named(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    season = seasons.begin(tmp_path_factory.mktemp("private"))
    seasons.cucumbers(season)
    lots = [{"node": season.ids["lot"], "quantity": "2", "unit": "bundle"}]
    season.report("selling", {"lots": lots, "channel": "chat_group",
                              "customer": season.ids["person"]}, note="刘先生要两捆")  # fmt: skip
    assert "刘先生" not in look(app_of(season).test_client(), season, "label")


def test_an_erased_grower_leaves_a_page_without_the_name(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    season = seasons.begin(tmp_path_factory.mktemp("erased"))
    seasons.cucumbers(season)
    with season.instance.database.writing() as connection:
        connection.execute("DELETE FROM private_value WHERE value LIKE '王长财%'")
    shown = look(app_of(season).test_client(), season, "label")
    assert "王长财" not in shown
    assert "种植户不公开姓名" in shown


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("where", "called"), [("hero", "label"), ("market", "box")])
def test_the_busiest_pages_stay_under_30_kb(
    request: pytest.FixtureRequest, where: str, called: str, language: str
) -> None:
    season: Season = request.getfixturevalue(where)
    answer = app_of(season).test_client().get(
        f"/t/{season.ids[called]}?lang={language}", headers={"Accept-Encoding": "gzip, br"}
    )  # fmt: skip
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.data) <= MOST_BYTES
    assert b"</html>" in gzip.decompress(answer.data)


def test_who_cannot_unpack_gets_plain_bytes(client: FlaskClient, hero: Season) -> None:
    answer = client.get(f"/t/{hero.ids['label']}", headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in answer.headers
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_the_page_is_asked_for_again_and_answered_304_while_unchanged(
    client: FlaskClient, hero: Season
) -> None:
    path = f"/t/{hero.ids['label']}?lang=zh"
    first = client.get(path)
    assert first.headers["Cache-Control"] == "private, no-cache"
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_recall_changes_the_entity_tag_at_once(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    season = seasons.begin(tmp_path_factory.mktemp("recalled"))
    seasons.cucumbers(season)
    client = app_of(season).test_client()
    path = f"/t/{season.ids['label']}?lang=zh"
    before = client.get(path).headers["ETag"]
    season.recall((season.ids["harvest"],), "抽检不合格")
    after = client.get(path, headers={"If-None-Match": before})
    assert after.status_code == 200
    assert "请勿食用" in words(after)


def test_the_page_has_no_script_and_no_style_attribute(client: FlaskClient, hero: Season) -> None:
    text = client.get(f"/t/{hero.ids['label']}").text
    assert "<script" not in text
    assert " style=" not in text


def test_the_first_photo_is_small_and_not_lazy(client: FlaskClient, hero: Season) -> None:
    text = client.get(f"/t/{hero.ids['label']}").text
    image = re.search(r'<img class="photo" src="([^"]+)"[^>]*>', text)
    assert image is not None
    assert "lazy" not in image.group(0)
    photo, headers = fetch(client, image.group(1))
    assert headers["Content-Type"] == "image/jpeg"
    assert len(photo) <= 15_000
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_the_report_is_handed_out_as_a_sandboxed_attachment(
    client: FlaskClient, hero: Season
) -> None:
    text = client.get(f"/t/{hero.ids['label']}").text
    address = re.search(r'href="(/file/[0-9a-f]{64})"', text)
    assert address is not None
    paper, headers = fetch(client, address.group(1))
    assert paper.startswith(b"%PDF-")
    assert headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in headers["Content-Security-Policy"]
    first_page, _headers = fetch(client, address.group(1).replace("/file/", "/photo/"))
    assert first_page.startswith(b"\xff\xd8")


@pytest.mark.parametrize(
    "path",
    ["/photo/" + "0" * 64, "/photo/../qijimu.db", "/file/x", "/photo/" + "0" * 64 + "?size=x"],
)
def test_files_that_no_page_shows_are_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("called", ["mixed", "mushroom", "basil-lot", "bought", "unsure", "box"])
def test_no_english_page_shows_a_chinese_word_of_ours(
    stall: FlaskClient, market: Season, called: str
) -> None:
    shown = look(stall, market, called, "en")
    for word in ("未填写", "采摘", "打药", "合作社检测室", "信息", "公斤", "农户"):
        assert word not in shown
