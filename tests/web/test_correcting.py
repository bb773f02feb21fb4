"""Correcting a record at the desk: what hangs on it, its own form, the chain, a slip."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from tests.web.two_coops import TwoCoops, form_id, make_two_coops, words
from trace.domain.correcting import NEVER_CORRECTED


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> TwoCoops:
    return make_two_coops(tmp_path_factory.mktemp("two"))


@pytest.fixture
def two(built: TwoCoops, tmp_path: Path) -> Iterator[TwoCoops]:
    fresh = built.copied(tmp_path / "copy")
    yield fresh
    fresh.instance.database.close()


def harvest_record(two: TwoCoops) -> str:
    """The entry that made the harvest lot."""
    with two.instance.database.reading() as connection:
        found = connection.execute(
            "SELECT entry_id FROM event WHERE coop_id = ? AND event_type = 'harvesting'",
            (two.ours.coop_id,),
        ).fetchone()
    return str(found["entry_id"])


def fields_of(page: str) -> MultiDict[str, str]:
    """What a browser would send of a correction's form, nothing touched."""
    form = page.split('id="said"')[1].split("</form>")[0]
    sent: MultiDict[str, str] = MultiDict()
    for tag in re.findall(r"<input [^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        is_off = re.search(r'type="(?:radio|checkbox)"', tag) and " checked" not in tag
        if name and not is_off:
            sent.add(name[1], value[1] if value else "")
    for name, options in re.findall(r'<select [^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        first = re.search(r'<option value="([^"]*)"', options)
        sent.add(name, (chosen or first)[1])  # type: ignore[index]  # every list has an option
    for name, text in re.findall(
        r'<textarea [^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.S
    ):
        sent.add(name, text)
    return sent


def correct_as_it_stands(client: FlaskClient, entry_id: str, **changed: str) -> str:
    """Correct a record through its own form with some fields changed; the record in its place."""
    address = f"/manage/records/{entry_id}/correct"
    sent = fields_of(client.get(address).text)
    changed = {"reason": "incorrect_data", "note": "写错了"} | changed
    for name, value in changed.items():
        sent[name.replace("__", "-")] = value
    answer = client.post(address, data=sent)
    if 'name="sure"' in answer.text:
        sure = re.search(r'name="sure" value="(\w+)"', answer.text)
        assert sure
        sent["sure"] = sure[1]
        answer = client.post(address, data=sent)
    assert answer.status_code == 303, words(answer)
    page = client.get(f"/manage/records/{entry_id}").text
    found = re.findall(
        r'href="/manage/records/(\w{16})"', page.split("Corrected, in this order")[1]
    )
    return str(found[-1]) if found else ""


def test_what_hangs_on_a_picking_is_listed_newest_first_with_a_way_to_each(two: TwoCoops) -> None:
    page = two.client().get(f"/manage/records/{harvest_record(two)}/correct").text
    listed = page.split('id="hanging"')[1].split("</section>")[0]
    assert re.findall(r"<h3>.*?>(\w[\w ]*)</a></h3>", listed) == [
        "Shipping",
        "Labels printed",
        "Packing",
    ]
    assert listed.count("Correct this first") == 2
    assert "stays: labels are out" in listed


def test_a_picking_that_was_packed_is_not_struck_out(two: TwoCoops) -> None:
    before = two.ledger_size()
    answer = two.client().post(
        f"/manage/records/{harvest_record(two)}/correct",
        data={"reason": "did_not_occur", "note": "没摘过"},
    )
    assert answer.status_code == 422
    assert "Something was recorded with HG-260921-01 since" in words(answer)
    assert two.ledger_size() == before


def test_a_correction_begun_for_another_comes_back_to_it(two: TwoCoops) -> None:
    client, first = two.client(), harvest_record(two)
    address = f"/manage/records/{two.ours.ids['shipping']}/correct"
    assert f'name="for" value="{first}"' in client.get(f"{address}?for={first}").text
    sent = {"reason": "did_not_occur", "note": "车没来", "for": first}
    answer = client.post(address, data=sent)
    assert answer.headers["Location"] == f"/manage/records/{first}/correct"
    listed = client.get(answer.headers["Location"]).text.split('id="hanging"')[1]
    assert "Shipping</a>" not in listed.split("</section>")[0]


def test_a_way_back_to_another_co_ops_record_is_not_taken(two: TwoCoops) -> None:
    address = f"/manage/records/{two.ours.ids['shipping']}/correct"
    sent = {"reason": "did_not_occur", "note": "车没来", "for": two.theirs.ids["entry"]}
    answer = two.client().post(address, data=sent)
    assert answer.headers["Location"] == f"/manage/records/{two.ours.ids['shipping']}"


def test_every_record_of_the_season_that_may_be_corrected_is_corrected_in_its_own_form(
    two: TwoCoops,
) -> None:
    client, ids = two.client(), two.ours.ids
    results = [{"analyte": "抑制率", "result": "12", "unit": "%", "limit": "50"}]
    tested = {"inspection_kind": "rapid_test", "subjects": [ids["harvest"]], "passed": "yes",
              "results": results}  # fmt: skip
    two.record(two.ours, "tester", "inspection", tested)
    two.record(two.ours, "manager", "input_issue", {
        "lots": [{"node": ids["input_lot"], "quantity": "5", "unit": "ml"}],
        "recipient": ids["grower"],
    })  # fmt: skip
    with two.instance.database.reading() as connection:
        found = connection.execute(
            "SELECT e.entry_id, e.event_type, e.what FROM event e LEFT JOIN inspection i"
            " ON i.entry_index = e.entry_index WHERE e.coop_id = ?"
            " AND COALESCE(i.vouched_by, '') <> 'office' ORDER BY e.entry_index",
            (two.ours.coop_id,),
        ).fetchall()
    corrected = set()
    for row in found:
        if row["event_type"] in NEVER_CORRECTED or row["event_type"] in corrected:
            continue
        correct_as_it_stands(client, row["entry_id"], record_note="改过")
        corrected.add(row["event_type"])
        with two.instance.database.reading() as connection:
            again = connection.execute(
                "SELECT what FROM event WHERE replaces = ?", (row["entry_id"],)
            ).fetchone()
        assert again["what"] == row["what"], row["event_type"]
    assert corrected >= {
        *("planting", "spraying", "irrigation", "harvesting", "packing", "shipping"),
        *("inspection", "input_purchase", "input_issue", "hold"),
    }


def test_an_offices_inspection_is_not_offered_for_correction(two: TwoCoops) -> None:
    client = two.client()
    with two.instance.database.reading() as connection:
        found = connection.execute(
            "SELECT e.entry_id FROM event e JOIN inspection i ON i.entry_index = e.entry_index"
            " WHERE e.coop_id = ? AND i.vouched_by = 'office'",
            (two.ours.coop_id,),
        ).fetchone()
    address = f"/manage/records/{found['entry_id']}"
    assert "Something here is wrong" not in words(client.get(address))
    assert client.get(f"{address}/correct").headers["Location"] == address


def test_what_was_not_touched_in_the_form_stays_as_it_was(two: TwoCoops) -> None:
    ids = two.ours.ids
    correct_as_it_stands(two.client(), ids["entry"], amount="45")
    with two.instance.database.reading() as connection:
        row = connection.execute(
            "SELECT e.*, f.sha256, v.value FROM event e"
            " JOIN event_file f ON f.entry_index = e.entry_index"
            " JOIN private_value v ON v.entry_id = e.entry_id AND v.path = 'note'"
            " WHERE e.replaces = ?",
            (ids["entry"],),
        ).fetchone()
    assert '"quantity": "45"' in row["what"]
    assert (row["sha256"], row["value"]) == (ids["file"], "东社备注")
    assert row["event_date"] == "2026-09-01"


def test_a_photo_that_belongs_elsewhere_is_left_out(two: TwoCoops) -> None:
    ids, client = two.ours.ids, two.client()
    address = f"/manage/records/{ids['entry']}/correct"
    sent = fields_of(client.get(address).text)
    assert sent.getlist("kept_file") == [ids["file"]]
    del sent["kept_file"]
    sent["reason"], sent["note"] = "incorrect_data", "照片贴错了"
    assert client.post(address, data=sent).status_code == 303
    with two.instance.database.reading() as connection:
        files = connection.execute(
            "SELECT f.* FROM event_file f JOIN event e ON e.entry_index = f.entry_index"
            " WHERE e.replaces = ?",
            (ids["entry"],),
        ).fetchall()
    assert files == []


def test_a_correction_of_a_correction_shows_the_chain_in_order(two: TwoCoops) -> None:
    client, packing = two.client(), two.ours.ids["packing"]
    second = correct_as_it_stands(client, packing, packed_quantity="230")
    correct_as_it_stands(client, second, packed_quantity="235")
    for entry in (packing, second):
        said = words(client.get(f"/manage/records/{entry}")).replace("\N{NO-BREAK SPACE}", " ")
        told = said.split("Corrected, in this order")[1]
        assert re.findall(r"(2\d\d) bundles", told)[:3] == ["240", "230", "235"]
        assert told.count("Struck out by 东社理事长") == 2
        assert told.count("counts now") == 1


def test_a_shopper_reads_a_chain_of_corrections_in_the_order_of_writing(two: TwoCoops) -> None:
    client, packing = two.client(), two.ours.ids["packing"]
    second = correct_as_it_stands(client, packing, packed_quantity="230")
    two.now += timedelta(minutes=1)
    correct_as_it_stands(client, second, packed_quantity="235", note="又数了一遍")
    page = client.get(f"/t/{two.ours.ids['lot']}").text.replace("\N{NO-BREAK SPACE}", " ")
    told = page[page.index("<del>240 bundles") :]
    assert re.findall(r"<(del|ins)>(2\d\d) bundles", told) == [
        ("del", "240"),
        ("del", "230"),
        ("ins", "235"),
    ]
    assert told.index("写错了") < told.index("又数了一遍")


def test_the_list_shows_who_struck_a_record_out_and_why(two: TwoCoops) -> None:
    client = two.client()
    correct_as_it_stands(client, two.ours.ids["packing"], packed_quantity="230")
    for address in ("/manage/records?from=2026-09-01", f"/manage/lots/{two.ours.ids['lot']}"):
        page = client.get(address)
        assert "Struck out by 东社理事长 on 21 November 2026: 写错了" in words(page)
        assert "What stands in its place" in words(page)


def test_an_amount_below_what_left_is_asked_about_once(two: TwoCoops) -> None:
    client, packing = two.client(), two.ours.ids["packing"]
    address = f"/manage/records/{packing}/correct"
    sent = fields_of(client.get(address).text)
    sent["reason"], sent["note"], sent["packed_quantity"] = "incorrect_data", "数错了", "60"
    asked = client.post(address, data=sent)
    assert asked.status_code == 422
    said = words(asked).replace("\N{NO-BREAK SPACE}", " ")
    assert "100 bundles of HG-260921-02 already went out or were packed on, and 60" in said


def test_a_managers_fresh_record_is_taken_back_with_one_tap(two: TwoCoops) -> None:
    client = two.client()
    sent = {"plantings": [two.ours.ids["planting"]]}
    entry, _ = two.record(two.ours, "manager", "irrigation", sent)
    address = f"/manage/records/{entry}"
    assert "This was a slip" in words(client.get(address))
    once = {"form_id": form_id(client, address)}
    assert client.post(f"{address}/slip", data=once).status_code == 303
    assert client.post(f"{address}/slip", data=once).status_code == 303
    said = words(client.get(address))
    assert "A slip of the finger, taken back at once." in said
    assert "This was a slip" not in said


def test_after_a_quarter_of_an_hour_there_is_no_such_button(two: TwoCoops) -> None:
    entry, _ = two.record(
        two.ours, "manager", "irrigation", {"plantings": [two.ours.ids["planting"]]}
    )
    two.now += timedelta(minutes=16)
    client = two.client()
    assert "This was a slip" not in words(client.get(f"/manage/records/{entry}"))
    answer = client.post(f"/manage/records/{entry}/slip")
    assert answer.status_code == 422
    assert "too late to call this a slip" in words(answer)


def test_a_grower_takes_back_a_fresh_record_and_no_other_ones(two: TwoCoops) -> None:
    client, sent = two.client("grower"), {"plantings": [two.ours.ids["planting"]]}
    entry, _ = two.record(two.ours, "grower", "irrigation", sent)
    other, _ = two.record(two.ours, "manager", "irrigation", sent)
    assert "This was a slip" in words(client.get(f"/farm/records/{entry}"))
    assert "This was a slip" not in words(client.get(f"/farm/records/{other}"))
    assert client.post(f"/farm/records/{entry}/slip").status_code == 303
    assert client.post(f"/farm/records/{other}/slip").status_code == 422
    assert "struck this out" in words(client.get(f"/farm/records/{entry}"))
    assert two.client("packer").post(f"/farm/records/{entry}/slip").status_code == 403


def test_records_are_found_by_being_late_in_a_burst_flagged_or_corrected(two: TwoCoops) -> None:
    client, planting = two.client(), two.ours.ids["planting"]
    days = ("2026-11-15", "2026-11-16", "2026-11-17", "2026-11-18", "2026-11-21")
    for day in days:
        two.record(two.ours, "grower", "irrigation", {"plantings": [planting]}, when=day)
    page = client.get("/manage/records?look=bursts").text
    assert page.count("many typed in at once</span>") == len(days)
    assert "Spraying</a>" not in page
    late = words(client.get("/manage/records?look=late"))
    assert "written down 6 days later, on 21 November at 16:00" in late
    assert "No record of these days" in words(client.get("/manage/records?look=corrected"))
    correct_as_it_stands(client, two.ours.ids["packing"], packed_quantity="230")
    found = client.get("/manage/records?look=corrected&from=2026-09-01").text
    assert "<del>Packing</del>" in found
    assert "No record" in words(client.get("/manage/records?look=flagged&from=2026-09-01"))


def test_an_inspector_sees_what_was_typed_in_at_one_sitting(two: TwoCoops) -> None:
    for day in ("2026-11-15", "2026-11-16", "2026-11-17", "2026-11-18", "2026-11-21"):
        sent = {"plantings": [two.ours.ids["planting"]]}
        two.record(two.ours, "grower", "irrigation", sent, when=day)
    page = two.client("inspector").get("/inspect/records").text
    assert page.count("many typed in at once</span>") == 5
