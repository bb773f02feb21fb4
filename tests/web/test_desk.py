"""What is missing or due on the desk, the calendar, the store, the search, unlisted inputs."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.web.two_coops import TwoCoops, form_id, make_two_coops, words
from trace.capture.declaring import declare
from trace.capture.recalling import RecallOrder, recall
from trace.domain.holds import UNLISTED_INPUT


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> TwoCoops:
    return make_two_coops(tmp_path_factory.mktemp("two"))


@pytest.fixture
def two(built: TwoCoops, tmp_path: Path) -> Iterator[TwoCoops]:
    fresh = built.copied(tmp_path / "copy")
    yield fresh
    fresh.instance.database.close()


def noun(two: TwoCoops, kind_of: str, /, **fields: Any) -> str:
    return declare(two.recorder, two.ours.actors["manager"], kind_of, fields)


def spray(two: TwoCoops, when: str = "", **what: Any) -> str:
    """A spraying of our planting by the grower; its entry."""
    sent = {"plantings": [two.ours.ids["planting"]], "amount": "30"} | what
    return two.record(two.ours, "grower", "spraying", sent, when=when)[0]


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


# what is due


def test_a_running_interval_stands_on_the_desk_with_its_first_day(two: TwoCoops) -> None:
    spray(two, input_lot=two.ours.ids["input_lot"])
    said = plain(words(two.client().get("/manage")))
    assert "东社大棚 东社黄瓜 from 24 November" in said


def test_an_expired_input_waits_until_it_is_gone(two: TwoCoops) -> None:
    bought = {"input": two.ours.ids["input"], "supplier": two.ours.ids["supplier"],
              "quantity": "20", "expires_on": "2026-11-20", "lot_number": "OLD-1"}  # fmt: skip
    _, lot = two.record(two.ours, "manager", "input_purchase", bought)
    client = two.client()
    assert "Expired on 20 November 2026; nobody should use it." in plain(
        words(client.get("/manage"))
    )
    gone = {"lots": [{"node": lot, "quantity": "20", "unit": "ml"}], "reason": "过期"}
    two.record(two.ours, "manager", "destroying", gone)
    assert "Expired on" not in words(client.get("/manage"))


@pytest.mark.parametrize(
    ("until", "said"),
    [
        ("2026-12-10", "It runs out on 10 December 2026."),
        ("2026-11-10", "It ran out on 10 November 2026 and is no longer shown as valid."),
        ("2026-01-10", ""),
        ("2027-06-10", ""),
    ],
)
def test_a_certificate_waits_when_it_ends_soon_or_just_ended(
    two: TwoCoops, until: str, said: str
) -> None:
    noun(two, "certificate", kind="organic", name="有机", number="YJ-1", issuer="中心",
         valid_from="2025-12-01", valid_until=until)  # fmt: skip
    page = plain(words(two.client().get("/manage")))
    assert said in page
    assert ("有机 It" in page) is bool(said)


@pytest.mark.parametrize(("kind", "told"), [("pesticide", True), ("seed", False)])
def test_what_is_used_up_is_told_but_seed_that_was_sown(
    two: TwoCoops, kind: str, told: bool
) -> None:
    ids = two.ours.ids
    bag = noun(two, "input", name="东社快完的", kind=kind, unit="ml", pre_harvest_interval_days="1")
    bought = {"input": bag, "supplier": ids["supplier"], "quantity": "30"}
    _, lot = two.record(two.ours, "manager", "input_purchase", bought)
    spray(two, input_lot=lot)
    said = words(two.client().get("/manage"))
    assert ("东社快完的 Used up by the books" in said) is told


def test_a_plot_without_planting_and_a_lot_without_label_can_wait(two: TwoCoops) -> None:
    ids = two.ours.ids
    noun(two, "plot", name="东社空地", site_id=ids["site"], grower_id=ids["grower"],
         kind="open_field")  # fmt: skip
    made = {"takes": [{"node": ids["harvest"], "quantity": "2"}],
            "packed_quantity": "4", "unit": "bundle"}  # fmt: skip
    two.record(two.ours, "packer", "packing", made)
    said = words(two.client().get("/manage"))
    later = said.split("When there is time")[1]
    assert "One plot has nothing planted 东社空地" in later
    assert "Packed, and no label printed yet" in later
    assert said.startswith('id="main" tabindex="-1" class="desk"> 2 things wait')


def test_what_was_written_late_or_at_one_sitting_is_counted(two: TwoCoops) -> None:
    for day in ("2026-11-11", "2026-11-13", "2026-11-15", "2026-11-16", "2026-11-17"):
        sent = {"plantings": [two.ours.ids["planting"]]}
        two.record(two.ours, "grower", "irrigation", sent, when=day)
    said = words(two.client().get("/manage"))
    assert "5 records were written late this week" in said
    assert "5 records were typed in at one sitting" in said


def test_a_pesticide_used_too_often_waits(two: TwoCoops) -> None:
    ids = two.ours.ids
    weed = noun(two, "input", name="东社除草剂", kind="pesticide", unit="ml", most_uses="1",
                pre_harvest_interval_days="3")  # fmt: skip
    for day in ("2026-11-01", "2026-11-10"):
        spray(two, when=day, input=weed)
    said = words(two.client().get("/manage"))
    assert "东社除草剂 was used 2 times this season; its registration allows 1." in said
    assert ids["planting"] in two.client().get("/manage").text


def test_a_recall_says_how_many_customers_have_answered(two: TwoCoops) -> None:
    client = two.client()
    assert "Nothing of it went to customers" in words(client.get("/manage"))
    order = RecallOrder((two.ours.ids["harvest"],), "农残超标", "别吃")
    recall(two.recorder, two.ours.actors["manager"], order, "second-recall")
    assert "0 of 1 customer has answered" in plain(words(client.get("/manage")))


# most uses, asked before


def test_one_use_more_is_asked_about_once_and_then_recorded(two: TwoCoops) -> None:
    ids = two.ours.ids
    often = noun(two, "input", name="东社勤药", kind="pesticide", unit="ml", most_uses="1",
                 pre_harvest_interval_days="3")  # fmt: skip
    bought = {"input": often, "supplier": ids["supplier"], "quantity": "100"}
    _, lot = two.record(two.ours, "manager", "input_purchase", bought)
    client = two.client("grower")
    sent = {"plantings": ids["planting"], "input_lot": lot, "amount": "30", "amount_unit": "ml",
            "when": "2026-11-10", "submission_id": "spray-once-0001"}  # fmt: skip
    assert client.post("/farm/spraying", data=sent).status_code == 303
    sent |= {"when": "2026-11-20", "submission_id": "spray-once-0002"}
    before = two.ledger_size()
    asked = client.post("/farm/spraying", data=sent)
    assert asked.status_code == 409
    assert "东社勤药 was already used 1 times on 东社大棚 东社黄瓜" in words(asked)
    assert two.ledger_size() == before
    sure = re.search(r'name="sure" value="(\w+)"', asked.text)
    assert sure
    assert client.post("/farm/spraying", data=sent | {"sure": sure[1]}).status_code == 303
    assert two.ledger_size() == before + 1


# the calendar


def test_each_planting_has_a_line_of_its_own_and_words_beside_the_picture(two: TwoCoops) -> None:
    spray(two, when="2026-11-19", input_lot=two.ours.ids["input_lot"])
    page = two.client().get("/manage/calendar")
    said = plain(words(page))
    assert said.count("东社大棚 东社黄瓜") == 3
    assert "19 November Spraying 19 November 东社药: no picking before 22 November" in said
    drawn = page.text.split('class="calendar"')[1]
    bars = re.findall(r'<rect class="closed" x="(\d+)" y="32" width="(\d+)"', drawn)
    assert bars[0][1] == "48", "19th, 20th and 21st, 16 a day"


def test_an_unknown_interval_is_drawn_open_ended(two: TwoCoops) -> None:
    spray(two, when="2026-11-19", input_name="土办法")
    page = two.client().get("/manage/calendar")
    assert '<rect class="unknown"' in page.text.split('class="calendar"')[1]
    assert "土办法: interval not known" in words(page)


def test_a_grower_sees_own_plots_only(two: TwoCoops) -> None:
    ids = two.ours.ids
    noun(two, "plot", name="别人的地", site_id=ids["site"], grower_id=ids["packer"], kind="orchard")
    assert "别人的地" not in words(two.client("grower").get("/farm/calendar"))
    assert "东社大棚" in words(two.client("grower").get("/farm/calendar"))
    assert "别人的地" in words(two.client().get("/manage/calendar"))


@pytest.mark.parametrize("begin", ["2026-01-05", "nonsense", "0001-01-01", "9999-12-31"])
def test_any_week_may_be_asked_for(two: TwoCoops, begin: str) -> None:
    for role, address in (("manager", "/manage/calendar"), ("grower", "/farm/calendar")):
        assert two.client(role).get(f"{address}?from={begin}").status_code == 200


# the store


def test_what_was_handed_out_stands_beside_what_is_left(two: TwoCoops) -> None:
    client, ids = two.client(), two.ours.ids
    sent = {"lot": ids["input_lot"], "quantity": "100", "quantity_unit": "ml",
            "recipient": ids["grower"], "when": "2026-11-20",
            "form_id": form_id(client, "/manage/store/hand-out")}  # fmt: skip
    assert client.post("/manage/store/hand-out", data=sent).status_code == 303
    assert client.post("/manage/store/hand-out", data=sent).status_code == 303
    said = plain(words(client.get("/manage/store")))
    assert "Handed out once 东社grower 100 ml 20 November" in said
    assert "Bought 500 ml Handed out 100 ml Used 30 ml Left 470 ml" in said


def test_more_than_is_there_is_asked_about_once(two: TwoCoops) -> None:
    client, ids = two.client(), two.ours.ids
    sent = {"lot": ids["input_lot"], "quantity": "501", "quantity_unit": "ml",
            "recipient": ids["grower"], "when": "2026-11-20"}  # fmt: skip
    asked = client.post("/manage/store/hand-out", data=sent)
    assert asked.status_code == 422
    assert "470 ml are in the store, and 501 ml is written" in plain(words(asked))
    sure = re.search(r'name="sure" value="(\w+)"', asked.text)
    assert sure
    answer = client.post("/manage/store/hand-out", data=sent | {"sure": sure[1]})
    assert answer.status_code == 303


def test_handing_out_nothing_to_nobody_names_every_problem(two: TwoCoops) -> None:
    answer = two.client().post("/manage/store/hand-out", data={"when": "2026-11-20"})
    assert answer.status_code == 422
    assert "2 things must be put right" in words(answer)


# what an unlisted input was


def test_saying_what_it_was_ends_the_hold(two: TwoCoops) -> None:
    client, ids = two.client(), two.ours.ids
    entry = spray(two, when="2026-11-20", input_name="没名的药")
    desk = client.get("/manage")
    assert "What was “没名的药”?" in words(desk)
    assert f"/manage/records/{entry}/input" in desk.text
    address = f"/manage/records/{entry}/input"
    assert "东社药" in words(client.get(address))
    answer = client.post(address, data={"input": ids["input"], "note": "看了瓶子"})
    assert answer.status_code == 303
    with two.instance.database.reading() as connection:
        held = connection.execute(
            "SELECT 1 FROM hold WHERE rule = ? AND lifted_by IS NULL", (UNLISTED_INPUT,)
        ).fetchall()
    assert held == []
    assert "What was “没名的药”?" not in words(client.get("/manage"))
    assert "看了瓶子" in words(client.get(f"/manage/records/{entry}"))


def test_choosing_nothing_is_named_beside_the_choice(two: TwoCoops) -> None:
    entry = spray(two, input_name="没名的药")
    answer = two.client().post(f"/manage/records/{entry}/input", data={})
    assert answer.status_code == 422
    assert "Choose the input from the list." in words(answer)


def test_an_input_added_for_it_comes_back_to_the_question(two: TwoCoops) -> None:
    client, entry = two.client(), spray(two, input_name="没名的药")
    assert f'name="for" value="{entry}"' in client.get(f"/manage/inputs/new?for={entry}").text
    sent = {"name": "新药", "kind": "pesticide", "unit": "ml", "for": entry}
    answer = client.post("/manage/inputs/new", data=sent)
    assert answer.headers["Location"] == f"/manage/records/{entry}/input"


def test_a_record_with_a_listed_input_has_no_such_question(two: TwoCoops) -> None:
    assert two.client().get(f"/manage/records/{two.ours.ids['entry']}/input").status_code == 404


# the search


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("HG-260921-02", "HG-260921-02"),
        ("ｈｇ－２６０９２１－０２", "HG-260921-02"),
        ("东社大棚 黄瓜", "东社大棚 东社黄瓜"),
        ("东社 绿色", "东社绿色食品"),
        ("lb-60", "东社绿色食品"),
        ("0532-60", "东社客户"),
        ("东社备", "Spraying"),
        ("基地", "东社基地"),
    ],
)
def test_everything_is_found_by_a_part_of_it(two: TwoCoops, typed: str, found: str) -> None:
    page = words(two.client().get("/manage/search", query_string={"q": typed}))
    assert found in page
    assert "西村" not in page


def test_a_labels_code_leads_to_its_lot(two: TwoCoops) -> None:
    with two.instance.database.reading() as connection:
        unit = connection.execute(
            "SELECT u.code FROM unit u JOIN node n ON n.node_key = u.node_key WHERE n.coop_id = ?",
            (two.ours.coop_id,),
        ).fetchone()
        their = connection.execute(
            "SELECT u.code FROM unit u JOIN node n ON n.node_key = u.node_key WHERE n.coop_id = ?",
            (two.theirs.coop_id,),
        ).fetchone()
    client = two.client()
    spaced = " ".join(re.findall("....", unit["code"].lower()))
    assert "This label is on" in words(client.get("/manage/search", query_string={"q": spaced}))
    assert "Nothing found" in words(client.get(f"/manage/search?q={their['code']}"))


@pytest.mark.parametrize("typed", ["%", "_", "\\", "' OR 1=1", "龘", "x" * 5000])
def test_what_is_nowhere_is_found_nowhere(two: TwoCoops, typed: str) -> None:
    answer = two.client().get("/manage/search", query_string={"q": typed})
    assert answer.status_code == 200
    assert "Nothing found" in words(answer)


def test_an_id_inside_a_record_is_not_one_of_its_words(two: TwoCoops) -> None:
    said = words(two.client().get("/manage/search", query_string={"q": "input"}))
    assert "Spraying" not in said


# the history of what is declared


def test_a_list_says_who_changed_what_and_when(two: TwoCoops) -> None:
    client, ids = two.client(), two.ours.ids
    sent = {"name": "东社新大棚", "kind": "greenhouse", "site_id": ids["site"],
            "grower_id": ids["grower"], "area_mu": "2"}  # fmt: skip
    assert client.post(f"/manage/plots/{ids['plot']}", data=sent).status_code == 303
    said = plain(words(client.get(f"/manage/plots/{ids['plot']}")))
    history = said.split("2 versions")[1]
    assert "Version 2 · 21 November 2026, 16:00 · 东社理事长" in history
    assert "东社大棚 东社新大棚" in history
    assert "Area in mu 1.2 mu 2 mu" in history
