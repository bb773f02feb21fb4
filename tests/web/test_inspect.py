"""The inspector's desk: reads the co-ops chosen for him, signs inspections, no more."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from tests.web.two_coops import (
    BROWSER,
    TwoCoops,
    form_id,
    make_two_coops,
    photo_bytes,
    words,
)
from trace.capture.people import accept_invitation, invite


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> TwoCoops:
    return make_two_coops(tmp_path_factory.mktemp("two"))


@pytest.fixture
def two(built: TwoCoops, tmp_path: Path) -> Iterator[TwoCoops]:
    fresh = built.copied(tmp_path / "copy")
    yield fresh
    fresh.instance.database.close()


SIGNED = {"inspection_kind": "field_inspection", "passed": "yes", "method": "走访",
          "when": "2026-11-21"}  # fmt: skip
RESULT_OF = "/inspect/sign/result?plots=%s"


def test_the_overview_shows_thirty_days_and_what_is_stopped(two: TwoCoops) -> None:
    said = words(two.client("inspector").get("/inspect"))
    assert "Records from 22 October 2026 to 21 November 2026" in said
    assert "No lot is recalled or on hold." in said


def test_other_days_show_other_records(two: TwoCoops) -> None:
    client = two.client("inspector")
    assert "Nothing was recorded on these days." in words(client.get("/inspect?from=2026-11-01"))
    said = words(client.get("/inspect/records?from=2026-09-01&to=2026-09-30&type=spraying"))
    assert "东社大棚 东社黄瓜" in said
    assert "Spraying" in said


def test_days_in_the_wrong_order_are_turned_round(two: TwoCoops) -> None:
    turned = two.client("inspector").get("/inspect/records?from=2026-09-30&to=2026-09-01")
    assert "Picking" in words(turned)


def test_a_typed_code_or_lot_number_leads_to_its_lot(two: TwoCoops) -> None:
    client, code = two.client("inspector"), two.ours.ids["lot"]
    spaced = " ".join(code[at : at + 4] for at in range(0, 16, 4)).lower()
    assert client.get("/inspect/lots", query_string={"find": spaced}).location.endswith(code)
    pasted = f"https://farm.example/t/{code}?lang=en"
    assert client.get("/inspect/lots", query_string={"find": pasted}).location.endswith(code)
    assert "Nothing found for “XX-1”" in words(client.get("/inspect/lots?find=XX-1"))
    assert "Nothing found" in words(client.get(f"/inspect/lots?find={two.theirs.ids['lot']}"))


def test_a_record_is_read_with_note_and_photo_and_no_button_to_correct(two: TwoCoops) -> None:
    ids = two.ours.ids
    answer = two.client("inspector").get(f"/inspect/records/{ids['entry']}")
    assert "东社备注" in words(answer)
    assert f"/inspect/files/{ids['file']}" in answer.text
    assert "/correct" not in answer.text


def test_what_an_inspector_signs_is_vouched_for_by_the_office(two: TwoCoops) -> None:
    client, ids = two.client("inspector"), two.ours.ids
    upload = {"file": (BytesIO(photo_bytes(77)), "p.jpg")}
    answer = client.post("/inspect/sign", data=SIGNED | {"subjects": ids["planting"]} | upload)
    assert answer.status_code == 303
    shown = client.get(answer.headers["Location"])
    assert "Public office Signed by you." in words(shown)
    with two.instance.database.reading() as connection:
        row = connection.execute("SELECT vouched_by FROM inspection").fetchone()
    assert row["vouched_by"] == "office"
    assert "Public office" in two.app.test_client().get(f"/t/{ids['lot']}", headers=BROWSER).text


def test_a_plot_may_be_inspected_without_any_lot(two: TwoCoops) -> None:
    answer = two.client("inspector").post(
        "/inspect/sign", data=SIGNED | {"plots": two.ours.ids["plot"]}
    )
    assert answer.status_code == 303


def test_what_did_not_pass_is_on_hold_at_once(two: TwoCoops) -> None:
    client, ids = two.client("inspector"), two.ours.ids
    sent = {"inspection_kind": "rapid_test", "passed": "no", "when": "2026-11-21",
            "subjects": ids["lot"], "analyte": "抑制率", "result": "58", "unit": "%"}  # fmt: skip
    client.post("/inspect/sign", data=sent)
    assert "a test was not passed" in words(client.get(f"/inspect/lots/{ids['lot']}"))
    assert ids["lot"] in client.get("/inspect/lots?state=held").text


def test_signing_twice_by_a_double_click_is_signing_once(two: TwoCoops) -> None:
    client, ids = two.client("inspector"), two.ours.ids
    sent = SIGNED | {"plots": ids["plot"], "form_id": form_id(client, RESULT_OF % ids["plot"])}
    before = two.ledger_size()
    answers = [client.post("/inspect/sign", data=sent) for _ in range(2)]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert two.ledger_size() == before + 1


def test_an_empty_form_names_every_problem_and_signs_nothing(two: TwoCoops) -> None:
    before = two.ledger_size()
    upload = {"file": (BytesIO(b"no picture"), "p.jpg")}
    answer = two.client("inspector").post(
        "/inspect/sign", data={"method": "走访", "when": "2026-11-21"} | upload
    )
    assert answer.status_code == 422
    for field in ("inspection_kind", "passed", "subjects", "file"):
        assert f'href="#f-{field}"' in answer.text, field
        assert f'id="f-{field}"' in answer.text, field
    assert 'value="走访"' in answer.text
    assert two.ledger_size() == before


def test_a_laboratory_report_is_not_an_inspectors_to_enter(two: TwoCoops) -> None:
    sent = SIGNED | {"inspection_kind": "laboratory_report", "subjects": two.ours.ids["lot"]}
    answer = two.client("inspector").post("/inspect/sign", data=sent)
    assert answer.status_code == 422
    assert 'href="#f-inspection_kind"' in answer.text


def test_an_inspector_of_two_coops_changes_between_them(two: TwoCoops) -> None:
    """The same party cannot be of two co-ops, but one account may have two memberships."""
    token = invite(two.recorder, two.theirs.actors["manager"], "inspector",
                   two.theirs.ids["inspector"])  # fmt: skip
    session = accept_invitation(two.recorder, token, "test")
    with two.instance.database.writing() as connection:
        connection.execute(
            "UPDATE membership SET account_id = (SELECT account_id FROM membership"
            " WHERE membership_id = ?) WHERE membership_id = ?",
            (two.ours.ids["inspector membership"], session.membership_id),
        )
    client = two.client("inspector")
    page = client.get("/inspect")
    assert "Change to 西村合作社 as inspector" in words(page)
    chosen = re.search(r'name="membership" value="(\w+)"', page.text)
    assert chosen
    answer = client.post("/choose", data={"membership": chosen[1]})
    assert answer.headers["Location"] == "/inspect"
    assert "西村合作社" in words(client.get("/inspect"))
    assert client.get(f"/inspect/lots/{two.ours.ids['lot']}").status_code == 404
