"""Production record and spray record: read back from the files themselves, PDF and spreadsheet."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import Workbook, load_workbook

from tests.web.two_coops import NOW, TwoCoops, make_two_coops, words
from trace.capture.correcting import Correction, correct_event
from trace.capture.declaring import declare
from trace.capture.events import Report
from trace.query.record_workbook import BookColumn, BookRow, BookSheet, write_workbook

SEASON = "?from=2026-09-01&to=2026-11-21"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> TwoCoops:
    return make_two_coops(tmp_path_factory.mktemp("two"))


@pytest.fixture
def two(built: TwoCoops, tmp_path: Path) -> Iterator[TwoCoops]:
    fresh = built.copied(tmp_path / "copy")
    yield fresh
    fresh.instance.database.close()


def spray(two: TwoCoops, when: str = "2026-11-20", **more: str) -> str:
    """Spray the planting from the store; the entry's id."""
    sent = {"plantings": [two.ours.ids["planting"]], "amount": "20",
            "input_lot": two.ours.ids["input_lot"]} | more  # fmt: skip
    if "input_name" in more:
        del sent["input_lot"]
    return two.record(two.ours, "grower", "spraying", sent, when=when)[0]


def correct(two: TwoCoops, wrong: str, amount: str, why: str) -> str:
    """Strike a spraying out and record another amount; the id of what replaces it."""
    sent = {"plantings": [two.ours.ids["planting"]], "input_lot": two.ours.ids["input_lot"],
            "amount": amount}  # fmt: skip
    report = Report("spraying", sent, when="2026-11-20")
    correction = Correction(wrong, "incorrect_data", why, report)
    receipt = correct_event(two.recorder, two.ours.actors["manager"], correction, f"fix-{amount}")
    return receipt.entry_ids[-1]


def pdf(two: TwoCoops, kind: str, query: str = SEASON, role: str = "manager") -> str:
    """The text of a paper without its line breaks."""
    desk = "inspect" if role == "inspector" else "manage"
    answer = two.client(role).get(f"/{desk}/papers/{kind}.pdf{query}", buffered=True)
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    document = pypdfium2.PdfDocument(answer.data)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    assert all(tuple(round(side) for side in page.get_size()) == (842, 595) for page in document)
    document.close()
    return "".join(text.split())


def book(two: TwoCoops, query: str = SEASON, role: str = "manager") -> Workbook:
    """The spreadsheet, read back."""
    desk = "inspect" if role == "inspector" else "manage"
    answer = two.client(role).get(f"/{desk}/papers/records.xlsx{query}", buffered=True)
    assert answer.status_code == 200
    return load_workbook(BytesIO(answer.data))


def rows(found: Workbook, sheet: str) -> list[dict[str, object]]:
    """The rows of a sheet by their headings."""
    head, *others = found[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in others]


def test_the_spray_record_says_what_article_36_asks(two: TwoCoops) -> None:
    spray(two, target="霜霉病")
    text = pdf(two, "spray")
    for said in ("Sprayrecord", "农药管理条例Art.36", "2026-11-20", "东社大棚", "东社黄瓜",
                 "东社药", "20ml", "霜霉病", "东社grower", "2026-11-23", "Page1of1",
                 "东社合作社"):  # fmt: skip
        assert said in text, said


def test_the_production_record_has_inputs_pests_and_picking(two: TwoCoops) -> None:
    text = pdf(two, "production")
    for said in ("Inputsused", "东社农资店", "Eachuseofaninput", "Pestsanddiseases", "Picking",
                 "126kg", "农产品质量安全法Art.27"):  # fmt: skip
        assert said in text, said


def test_a_number_is_a_number_and_a_day_a_day(two: TwoCoops) -> None:
    spray(two, when="2026-11-20T06:30", target="霜霉病")
    found = book(two)
    row = rows(found, "Spray record")[-1]
    assert row["Day"] == datetime(2026, 11, 20)
    assert row["Time"] == time(6, 30)
    assert row["Amount"] == 20
    assert row["Interval, in days"] == 3
    assert row["Picking from"] == datetime(2026, 11, 23)
    assert rows(found, "Picking")[0]["Amount"] == 126
    assert found["Spray record"]["B2"].number_format == "yyyy-mm-dd"


def test_every_sheet_has_a_frozen_heading_a_filter_and_widths(two: TwoCoops) -> None:
    found = book(two)
    assert found.sheetnames == [
        "Inputs used", "Each use of an input", "Pests and diseases", "Picking", "Spray record",
        "Missing facts", "About this file",
    ]  # fmt: skip
    for sheet in found.worksheets:
        assert sheet.freeze_panes == "A2"
        assert sheet.column_dimensions["A"].width >= 6
        assert bool(sheet.auto_filter.ref) == (sheet.title != "About this file")


def test_amounts_of_one_input_are_added_up_with_first_and_last_day(two: TwoCoops) -> None:
    spray(two, "2026-11-18", amount="1", amount_unit="l")
    spray(two, "2026-11-20", amount="20")
    (row,) = [one for one in rows(book(two), "Inputs used") if one["Input"] == "东社药"]
    assert (row["Amount"], row["Unit"], row["Times"]) == (1050, "ml", 3)
    assert (row["First day"], row["Last day"]) == (datetime(2026, 9, 1), datetime(2026, 11, 20))


def test_a_struck_out_spraying_replaced_twice_stays_with_both_reasons(two: TwoCoops) -> None:
    first = spray(two)
    second = correct(two, first, "25", "少写了")
    correct(two, second, "27", "又看了一遍")
    found = book(two)
    sprayed = rows(found, "Spray record")
    assert [one["Amount"] for one in sprayed] == [30, 20, 25, 27]
    assert str(sprayed[1]["Struck out"]).startswith("Struck out by 东社理事长 on 21 November 2026")
    assert "少写了" in str(sprayed[1]["Struck out"])
    assert "In its place: no. 3." in str(sprayed[1]["Struck out"])
    assert "又看了一遍" in str(sprayed[2]["Struck out"])
    assert "In its place: no. 4." in str(sprayed[2]["Struck out"])
    assert sprayed[3]["Struck out"] is None
    crossed = [found["Spray record"].cell(row, 9).font.strike for row in (2, 3, 4, 5)]
    assert [bool(one) for one in crossed] == [False, True, True, False]
    text = pdf(two, "spray")
    assert "少写了.Initsplace:no.3." in text
    totals = [one for one in rows(found, "Inputs used") if one["Input"] == "东社药"]
    assert [one["Amount"] for one in totals] == [57]


def sow(two: TwoCoops, **more: str) -> None:
    """Sow seed from the store."""
    ids, actor = two.ours.ids, two.ours.actors["manager"]
    seed = declare(two.recorder, actor, "input", {"name": "东社种子", "kind": "seed", "unit": "g"})
    bought = {"input": seed, "supplier": ids["supplier"], "quantity": "500", "quantity_unit": "g"}
    _, lot = two.record(two.ours, "manager", "input_purchase", bought)
    sown = {"plot": ids["plot"], "product": ids["product"], "variety": "二号", "seed_lot": lot}
    two.record(two.ours, "grower", "planting", sown | more, when="2026-11-20")


def test_seed_of_the_store_is_an_input_with_its_amount(two: TwoCoops) -> None:
    sow(two, seed_amount="80", seed_amount_unit="g")
    (row,) = [one for one in rows(book(two), "Inputs used") if one["Input"] == "东社种子"]
    assert (row["Amount"], row["Unit"]) == (80, "g")
    assert "东社农资店" in str(row["Where from"])
    assert "Sowing" not in {one["Record"] for one in rows(book(two), "Missing facts")}


def test_seed_of_the_store_without_its_amount_is_missed(two: TwoCoops) -> None:
    sow(two)
    missing = [one for one in rows(book(two), "Missing facts") if one["Record"] == "Sowing"]
    assert [one["What is missing"] for one in missing] == ["Amount"]


def test_what_never_happened_says_that_nothing_stands_in_its_place(two: TwoCoops) -> None:
    wrong = spray(two)
    correction = Correction(wrong, "did_not_occur", "没有打")
    correct_event(two.recorder, two.ours.actors["manager"], correction, "never")
    said = str(rows(book(two), "Spray record")[1]["Struck out"])
    assert said.endswith("没有打. Nothing stands in its place.")


def test_missing_facts_stand_by_article_on_the_page_and_in_both_files(two: TwoCoops) -> None:
    spray(two)
    said = words(two.client("manager").get(f"/manage/papers{SEASON}"))
    assert "农产品质量安全法 Art. 27 Which pest or disease" in said
    assert "农药管理条例 Art. 36 Manufacturer" in said
    assert "Complete the input in the list: its manufacturer stands on the label." in said
    missing = rows(book(two), "Missing facts")
    assert ("Manufacturer", 2) in [(one["What is missing"], one["Times"]) for one in missing]
    assert "Manufacturer" in pdf(two, "spray")


def test_what_is_missing_leads_to_where_it_is_mended(two: TwoCoops) -> None:
    entry = spray(two)
    page = two.client("manager").get(f"/manage/papers{SEASON}").text
    assert f"/manage/records/{entry}" in page
    assert f"/manage/inputs/{two.ours.ids['input']}" in page
    inspected = two.client("inspector").get(f"/inspect/papers{SEASON}").text
    assert f"/inspect/records/{entry}" in inspected
    assert "/manage/" not in inspected


def test_when_the_manufacturer_is_filled_in_nothing_asks_for_it(two: TwoCoops) -> None:
    fields = {"name": "东社药", "kind": "pesticide", "unit": "ml",
              "pre_harvest_interval_days": "3", "manufacturer": "东社药厂"}  # fmt: skip
    declare(two.recorder, two.ours.actors["manager"], "input", fields, two.ours.ids["input"])
    assert "Manufacturer" not in {
        one["What is missing"] for one in rows(book(two), "Missing facts")
    }
    assert "东社药厂" in pdf(two, "spray")


def test_an_input_that_is_not_in_the_list_says_so(two: TwoCoops) -> None:
    spray(two, input_name="土法药水", amount_unit="ml")
    row = rows(book(two), "Spray record")[-1]
    assert row["Pesticide"] == "土法药水 (not in the list)"
    assert row["Registration number"] == row["Interval, in days"] == "not filled in"
    missing = {one["What is missing"] for one in rows(book(two), "Missing facts")}
    assert {"Where the input came from", "Manufacturer", "Pre-harvest interval"} <= missing


@pytest.mark.parametrize("typed", ["=1+2", "+86 532", "-1", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_text_stays_text_whatever_it_begins_with(two: TwoCoops, typed: str) -> None:
    spray(two, target=typed)
    found = book(two)
    cells = [cell for row in found["Spray record"].iter_rows() for cell in row
             if cell.value == typed]  # fmt: skip
    assert [(cell.data_type, bool(cell.quotePrefix)) for cell in cells] == [("s", True)]


def test_a_sign_that_no_spreadsheet_may_hold_does_not_break_it(two: TwoCoops) -> None:
    sent = {"plantings": [two.ours.ids["planting"]], "input_lot": two.ours.ids["input_lot"],
            "amount": "1"}  # fmt: skip
    two.record(two.ours, "grower", "spraying", sent, when="2026-11-20", note="a\x0bb")
    assert rows(book(two), "Spray record")[-1]["Remarks"] == "a b"


def test_days_without_records_make_files_that_say_so(two: TwoCoops) -> None:
    query = "?from=2020-01-01&to=2020-01-31"
    assert "Nothingtowriteherefor thesedays.".replace(" ", "") in pdf(two, "spray", query)
    assert rows(book(two, query), "Spray record") == []
    said = words(two.client("manager").get(f"/manage/papers{query}"))
    assert "Nothing was recorded on these days that belongs here." in said


def test_a_day_is_the_day_at_the_coop(two: TwoCoops) -> None:
    """Half past midnight in Shanghai is still the day before in Greenwich."""
    spray(two, when="2026-11-20T00:30")
    assert rows(book(two, "?from=2026-11-20&to=2026-11-20"), "Spray record")
    assert not rows(book(two, "?from=2026-11-19&to=2026-11-19"), "Spray record")


def test_more_records_than_one_file_holds_are_asked_for_in_parts(
    two: TwoCoops, monkeypatch: pytest.MonkeyPatch
) -> None:
    spray(two)
    monkeypatch.setattr("trace.query.production_record.MOST_RECORDS", 2)
    said = words(two.client("manager").get(f"/manage/papers{SEASON}"))
    assert "choose fewer days or one plot" in said
    assert "Spray record to print" not in said
    assert two.client("manager").get(f"/manage/papers/spray.pdf{SEASON}").status_code == 400


def test_one_plot_holds_its_own_records_alone(two: TwoCoops) -> None:
    ids, actor = two.ours.ids, two.ours.actors["manager"]
    other = declare(two.recorder, actor, "plot", {
        "name": "另一个棚", "site_id": ids["site"], "grower_id": ids["grower"],
        "kind": "greenhouse",
    })  # fmt: skip
    sown = {"plot": other, "product": ids["product"], "variety": "二号"}
    _, planting = two.record(two.ours, "grower", "planting", sown, when="2026-11-20")
    spray(two, plantings=planting)
    assert len(rows(book(two), "Spray record")) == 2
    (row,) = rows(book(two, f"{SEASON}&plot={other}"), "Spray record")
    assert row["Plot"] == "另一个棚"
    assert "另一个棚" in words(two.client("manager").get(f"/manage/papers{SEASON}&plot={other}"))


@pytest.mark.parametrize("path", ["", "/production.pdf", "/spray.pdf", "/records.xlsx"])
def test_a_plot_of_another_coop_is_not_found(two: TwoCoops, path: str) -> None:
    theirs = two.theirs.ids["plot"]
    answer = two.client("manager").get(f"/manage/papers{path}?plot={theirs}")
    assert answer.status_code == 404


def test_the_file_says_whose_it_is_and_when_it_was_made(two: TwoCoops) -> None:
    about = {row["What"]: row["Value"] for row in rows(book(two), "About this file")}
    assert about["Co-op"] == "东社合作社"
    assert about["Days"] == "1 September 2026 to 21 November 2026"
    assert about["Made at"] == "21 November 2026, 16:00"
    assert about["Plot"] == "all plots"
    assert "Example data" not in about


def test_the_spray_record_counts_its_own_records_alone(two: TwoCoops) -> None:
    assert "Records1Struckout0" in pdf(two, "spray")


def test_the_file_is_named_after_what_it_holds(two: TwoCoops) -> None:
    answer = two.client("manager").get(f"/manage/papers/records.xlsx{SEASON}", buffered=True)
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "2026-09-01" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_inspector_gets_the_papers_of_his_days_alone(two: TwoCoops) -> None:
    spray(two, "2026-11-20")
    with two.instance.database.writing() as connection:
        connection.execute(
            "INSERT INTO membership_span VALUES(?, '2026-11-01', NULL)",
            (two.ours.ids["inspector membership"],),
        )
    days = {row["Day"] for row in rows(book(two, role="inspector"), "Spray record")}
    assert days == {datetime(2026, 11, 20)}
    about = {
        row["What"]: row["Value"] for row in rows(book(two, role="inspector"), "About this file")
    }
    assert str(about["Days"]).startswith("1 November 2026")


def test_this_year_is_asked_for_where_no_days_are(two: TwoCoops) -> None:
    page = two.client("manager").get("/manage/papers").text
    assert re.search(r'name="from" value="2026-01-01"', page)
    assert re.search(rf'name="to" value="{(NOW + timedelta(hours=8)).date()}"', page)
    assert date(2026, 11, 21) == NOW.date()


def test_signs_that_break_a_file_or_turn_a_line_are_left_out_of_what_is_typed(
    two: TwoCoops,
) -> None:
    typed = "=1\x00甲\ufffe\u202e乙\uffff"
    fields = {"name": typed, "time_zone": "Asia/Shanghai"}
    declare(two.recorder, two.ours.actors["manager"], "coop", fields, two.ours.coop_id)
    sent = {"plantings": [two.ours.ids["planting"]], "input_lot": two.ours.ids["input_lot"],
            "amount": "3", "target": typed}  # fmt: skip
    two.record(two.ours, "grower", "spraying", sent, when="2026-11-20", note=typed)
    answer = two.client().get("/manage/papers/records.xlsx")
    told = [str(one) for row in load_workbook(BytesIO(answer.data))["Spray record"].values
            for one in row]  # fmt: skip
    assert "=1 甲 乙" in told
    page = two.client().get("/manage/records").text
    assert "甲 乙" in page
    assert not set("\x00\ufffe\u202e\uffff") & set(page)


def test_old_records_with_such_signs_make_a_spreadsheet_that_opens() -> None:
    target = BytesIO()
    said = "a\ufffe\x0b\uffffb"
    write_workbook(target, (BookSheet("甲\x00", (BookColumn(said),), (BookRow((said,)),)),), said)
    assert list(load_workbook(target).worksheets[0].values) == [("a   b",), ("a   b",)]
