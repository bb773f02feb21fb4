"""The inspector at work: five screens to a signed inspection, corrections, his days, his reads."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.web.two_coops import BROWSER, TwoCoops, form_id, make_two_coops, photo_bytes, words
from trace.domain.roles import may
from trace.web.inspector_door import NOT_LOGGED, READ_PAGES

RESULT = {"inspection_kind": "rapid_test", "passed": "no", "when": "2026-11-21",
          "analyte": "抑制率", "result": "58", "unit": "%", "limit": "50",
          "analyte-1": "克百威", "result-1": "0.2", "note": "复检"}  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> TwoCoops:
    return make_two_coops(tmp_path_factory.mktemp("two"))


@pytest.fixture
def two(built: TwoCoops, tmp_path: Path) -> Iterator[TwoCoops]:
    fresh = built.copied(tmp_path / "copy")
    yield fresh
    fresh.instance.database.close()


def reads(two: TwoCoops) -> list[tuple[str, str]]:
    """Page and subject of everything that was read, in order."""
    with two.instance.database.reading() as connection:
        found = connection.execute("SELECT page, subject FROM inspector_read ORDER BY read_key")
        return [(row["page"], row["subject"]) for row in found.fetchall()]


def limit(two: TwoCoops, first: str | None, last: str | None) -> None:
    """Limit our inspector to these days."""
    with two.instance.database.writing() as connection:
        connection.execute(
            "INSERT INTO membership_span VALUES(?,?,?)",
            (two.ours.ids["inspector membership"], first, last),
        )


def hidden(answer: TestResponse) -> MultiDict[str, str]:
    """What a form's page carries along."""
    inside = answer.text.split("<main", 1)[1].split("<form", 1)[1]
    found = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', inside)
    return MultiDict([(name, unescape(value)) for name, value in found])


def join(two: TwoCoops) -> None:
    """The other co-op invites our inspector's office; he opens the link on his own device."""
    token = two.client("manager", two.theirs).post(
        "/manage/people/invite", data={"role": "inspector", "party": two.theirs.ids["inspector"]}
    )
    found = re.search(r"/invitation/([\w-]+)", token.text)
    assert found
    with two.instance.database.writing() as connection:  # as if he had never been invited there
        connection.execute(
            "UPDATE membership SET ended_at = '2026-11-20T00:00:00.000Z' WHERE membership_id = ?",
            (two.theirs.ids["inspector membership"],),
        )
    answer = two.client("inspector").post(f"/invitation/{found[1]}")
    assert answer.status_code == 303
    cookie = re.search(r"qijimu=([^;]+)", answer.headers["Set-Cookie"])
    assert cookie
    two.ours.tokens["inspector"] = cookie[1]


# five screens


def test_an_inspection_of_another_coop_is_signed_in_five_screens(two: TwoCoops) -> None:
    tokens = dict(two.ours.tokens)
    try:
        join(two)
        client, screens = two.client("inspector"), 0
        _sign_in_five(two, client, screens)
    finally:
        two.ours.tokens.clear()
        two.ours.tokens.update(tokens)


def _sign_in_five(two: TwoCoops, client: FlaskClient, screens: int) -> None:
    start = client.get("/inspect")
    screens += 1  # 1: the start page, where the co-op is chosen
    place = re.search(
        r'name="membership" value="(\w+)"><input type="hidden" name="next" value="([^"]+)"',
        start.text,
    )
    assert place
    chosen = client.post("/choose", data={"membership": place[1], "next": place[2]})
    what = client.get(chosen.headers["Location"])
    screens += 1  # 2: what was inspected
    assert what.status_code == 200
    mine = two.ours if two.ours.ids["lot"] in what.text else two.theirs
    with two.instance.database.reading() as connection:
        number = connection.execute(
            "SELECT lot_number FROM lot WHERE code = ?", (mine.ids["lot"],)
        ).fetchone()["lot_number"]
    result = client.get(f"/inspect/sign/result?code={number}")
    screens += 1  # 3: what came of it
    assert hidden(result).getlist("subjects") == [mine.ids["lot"]]
    upload = {"file": (BytesIO(photo_bytes(33)), "p.jpg")}
    check = client.post("/inspect/sign/check", data=hidden(result).to_dict() | RESULT | upload)
    screens += 1  # 4: the last look
    assert check.status_code == 200
    assert "抑制率 58% (limit 50%)" in words(check)
    before = two.counts("inspection")
    answer = client.post("/inspect/sign", data=hidden(check))
    signed = client.get(answer.headers["Location"])
    screens += 1  # 5: signed
    assert "Signed" in words(signed)
    assert "克百威 0.2" in words(signed)
    assert "/inspect/files/" in signed.text
    assert screens == 5
    assert two.counts("inspection") == before + 1


def test_the_last_look_writes_nothing(two: TwoCoops) -> None:
    client, before = two.client("inspector"), two.ledger_size()
    holds = two.counts("hold")
    form = hidden(client.get(f"/inspect/sign/result?subjects={two.ours.ids['lot']}"))
    answer = client.post("/inspect/sign/check", data=form.to_dict() | RESULT)
    assert "What did not pass is put on hold at once." in words(answer)
    assert (two.ledger_size(), two.counts("hold")) == (before, holds)


def test_the_last_look_names_every_problem_before_anything_is_signed(two: TwoCoops) -> None:
    sent = {"subjects": two.ours.ids["lot"], "passed": "yes", "when": "2027-01-01",
            "analyte": "抑制率", "result": "58", "limit": "50", "result-1": "3"}  # fmt: skip
    answer = two.client("inspector").post("/inspect/sign/check", data=sent)
    assert answer.status_code == 422
    for field in ("inspection_kind", "when", "analyte-1"):
        assert f'href="#f-{field}"' in answer.text, field
        assert f'id="f-{field}"' in answer.text, field
    above = two.client("inspector").post(
        "/inspect/sign/check",
        data=sent | {"inspection_kind": "rapid_test", "when": "2026-11-21", "result-1": ""},
    )
    assert 'href="#f-result"' in above.text


def test_going_back_from_the_last_look_keeps_everything(two: TwoCoops) -> None:
    client = two.client("inspector")
    form = hidden(client.get(f"/inspect/sign/result?subjects={two.ours.ids['lot']}"))
    upload = {"file": (BytesIO(photo_bytes(34)), "p.jpg")}
    check = client.post("/inspect/sign/check", data=form.to_dict() | RESULT | upload)
    back = client.post("/inspect/sign/result", data=hidden(check))
    for said in ('value="抑制率"', 'value="58"', 'value="克百威"', "复检"):
        assert said in back.text, said
    assert hidden(back)["file_kept"] == hidden(check)["file_kept"] != ""
    assert hidden(back)["form_id"] == form["form_id"]


@pytest.mark.parametrize("scanned", ["%s", "https://two.example/T/%s", " %s "])
def test_a_code_may_be_typed_or_scanned(two: TwoCoops, scanned: str) -> None:
    code = scanned % two.ours.ids["lot"]
    answer = two.client("inspector").get("/inspect/sign/result", query_string={"code": code})
    assert hidden(answer).getlist("subjects") == [two.ours.ids["lot"]]


@pytest.mark.parametrize("typed", ["没有这个", "ZZ-999", "https://two.example/T/0000000000000000"])
def test_a_code_nobody_knows_is_said_beside_its_field(two: TwoCoops, typed: str) -> None:
    answer = two.client("inspector").get("/inspect/sign/result", query_string={"code": typed})
    assert answer.status_code == 422
    assert 'href="#f-code"' in answer.text
    assert f'value="{typed}"' in answer.text


def test_another_coops_code_is_not_known(two: TwoCoops) -> None:
    code = two.theirs.ids["lot"]
    answer = two.client("inspector").get("/inspect/sign/result", query_string={"code": code})
    assert answer.status_code == 422
    assert two.theirs.mark not in answer.text


def test_part_of_several_numbers_offers_them_to_choose(two: TwoCoops) -> None:
    answer = two.client("inspector").get("/inspect/sign/result?code=HG")
    assert answer.status_code == 422
    assert "choose from the list" in words(answer)
    assert two.ours.ids["lot"] in answer.text


def test_nothing_chosen_is_said(two: TwoCoops) -> None:
    answer = two.client("inspector").get("/inspect/sign/result?code=")
    assert answer.status_code == 422
    assert "Choose what was inspected." in words(answer)


# corrections


def test_the_office_corrects_its_own_inspection(two: TwoCoops) -> None:
    client, entry = two.client("inspector"), two.ours.ids["inspection"]
    assert "Something in it is wrong" in words(client.get(f"/inspect/records/{entry}"))
    page = client.get(f"/inspect/records/{entry}/correct")
    assert 'value="东社走访"' in page.text
    sent = hidden(page).to_dict() | {
        "inspection_kind": "field_inspection", "passed": "no", "when": "2026-09-21",
        "method": "走访", "reason": "incorrect_data", "why": "看错了地块",
    }  # fmt: skip
    answer = client.post(f"/inspect/records/{entry}/correct", data=sent)
    assert answer.status_code == 303, words(answer)
    assert "not passed" in words(client.get(answer.headers["Location"]))
    old = client.get(f"/inspect/records/{entry}")
    assert "Struck out by 东社inspector" in words(old)
    assert "看错了地块" in words(old)
    assert "What stands in its place" in words(old)
    assert "Something in it is wrong" not in words(old)


def test_an_inspection_that_never_was_lifts_its_hold(two: TwoCoops) -> None:
    client, lot = two.client("inspector"), two.ours.ids["lot"]
    signed = client.post("/inspect/sign", data=RESULT | {"subjects": lot})
    entry = signed.headers["Location"].split("/")[-1].split("?")[0]
    assert "a test was not passed" in words(client.get(f"/inspect/lots/{lot}"))
    sent = {"reason": "did_not_occur", "why": "不是这一批"}
    answer = client.post(f"/inspect/records/{entry}/correct", data=sent)
    assert answer.headers["Location"] == f"/inspect/records/{entry}"
    assert "a test was not passed" not in words(client.get(f"/inspect/lots/{lot}"))


def test_a_correction_asks_why_and_keeps_what_was_typed(two: TwoCoops) -> None:
    entry, before = two.ours.ids["inspection"], two.ledger_size()
    answer = two.client("inspector").post(
        f"/inspect/records/{entry}/correct", data={"method": "重新看过", "passed": "no"}
    )
    assert answer.status_code == 422
    assert 'href="#f-why"' in answer.text
    assert 'href="#f-reason"' in answer.text
    assert 'value="重新看过"' in answer.text
    assert two.ledger_size() == before


def test_a_correction_clicked_twice_is_one(two: TwoCoops) -> None:
    client, entry = two.client("inspector"), two.ours.ids["inspection"]
    address = f"/inspect/records/{entry}/correct"
    sent = {"form_id": form_id(client, address), "reason": "did_not_occur", "why": "没去"}
    before = two.ledger_size()
    answers = [client.post(address, data=sent) for _ in range(2)]
    assert [one.status_code for one in answers] == [303, 303]
    assert two.ledger_size() == before + 1


def test_a_record_of_the_coop_is_not_an_inspectors_to_correct(two: TwoCoops) -> None:
    entry = two.ours.ids["entry"]
    for answer in (
        two.client("inspector").get(f"/inspect/records/{entry}/correct"),
        two.client("inspector").post(
            f"/inspect/records/{entry}/correct", data={"reason": "did_not_occur", "why": "x"}
        ),
    ):
        assert answer.status_code == 404


def test_the_manager_still_cannot_correct_an_offices_inspection(two: TwoCoops) -> None:
    entry, before = two.ours.ids["inspection"], two.ledger_size()
    answer = two.client("manager").post(
        f"/manage/records/{entry}/correct", data={"reason": "did_not_occur", "note": "不要"}
    )
    assert answer.status_code == 422
    assert two.ledger_size() == before


# his days


def test_records_outside_his_days_are_not_there(two: TwoCoops) -> None:
    limit(two, "2026-11-01", None)
    client, ids = two.client("inspector"), two.ours.ids
    assert client.get(f"/inspect/records/{ids['entry']}").status_code == 404
    assert client.get(f"/inspect/lots/{ids['lot']}").status_code == 404
    certificate = client.get(f"/inspect/files/{ids['file']}", buffered=True)
    assert certificate.status_code == 200
    said = words(client.get("/inspect/records?from=2026-09-01&to=2026-11-21"))
    assert "东社黄瓜" not in said
    assert "No record of these days" in said
    assert "You may read what happened from 1 November 2026 on." in words(client.get("/inspect"))


def test_his_own_inspection_is_his_to_read_whenever_it_was(two: TwoCoops) -> None:
    limit(two, "2026-11-01", None)
    answer = two.client("inspector").get(f"/inspect/records/{two.ours.ids['inspection']}")
    assert answer.status_code == 200


def test_an_inspector_whose_days_are_over_gets_a_page_that_says_so(two: TwoCoops) -> None:
    limit(two, None, "2026-11-20")
    client, before = two.client("inspector"), two.ledger_size()
    for address in ("/inspect", "/inspect/papers/spray.pdf", "/farm/inspection"):
        answer = client.get(address)
        assert answer.status_code == 403
        assert "Your days here are over" in words(answer)
        assert "until 20 November 2026" in words(answer)
        assert "东社黄瓜" not in answer.text
    assert client.post("/inspect/sign", data=RESULT).status_code == 403
    assert two.ledger_size() == before
    assert reads(two) == []


def test_an_inspector_whose_days_have_not_begun_is_told_when(two: TwoCoops) -> None:
    limit(two, "2026-12-01", None)
    answer = two.client("inspector").get("/inspect")
    assert answer.status_code == 403
    assert "from 1 December 2026 on" in words(answer)


def test_his_last_day_ends_at_midnight_of_the_coop(two: TwoCoops) -> None:
    limit(two, None, "2026-11-21")
    assert two.client("inspector").get("/inspect").status_code == 200
    two.now += timedelta(hours=8)  # 16:00 in Greenwich, midnight in Shanghai
    two.serve()
    assert two.client("inspector").get("/inspect").status_code == 403


def test_inviting_asks_for_the_days_and_the_link_tells_them(two: TwoCoops) -> None:
    sent = {"role": "inspector", "party": two.ours.ids["inspector"],
            "first_day": "2026-10-01", "last_day": "2026-12-31"}  # fmt: skip
    made = two.client("manager").post("/manage/people/invite", data=sent)
    found = re.search(r"/invitation/([\w-]+)", made.text)
    assert found
    stranger = two.app.test_client()
    said = words(stranger.get(f"/invitation/{found[1]}", headers=BROWSER))
    assert "from 1 October 2026 on" in said
    assert "until 31 December 2026" in said
    stranger.post(f"/invitation/{found[1]}", headers=BROWSER)
    members = words(two.client("manager").get("/manage/people"))
    assert "reads until 31 December 2026" in members


def test_inviting_again_without_days_takes_the_limit_away(two: TwoCoops) -> None:
    limit(two, None, "2026-11-20")
    made = two.client("manager").post(
        "/manage/people/invite", data={"role": "inspector", "party": two.ours.ids["inspector"]}
    )
    found = re.search(r"/invitation/([\w-]+)", made.text)
    assert found
    two.app.test_client().post(f"/invitation/{found[1]}", headers=BROWSER)
    assert two.client("inspector").get("/inspect").status_code == 200


def test_days_that_cannot_be_are_named_beside_their_fields(two: TwoCoops) -> None:
    sent = {"role": "inspector", "party": two.ours.ids["inspector"], "first_day": "bald",
            "last_day": "2026-11-20"}  # fmt: skip
    before = two.counts("invitation")
    answer = two.client("manager").post("/manage/people/invite", data=sent)
    assert answer.status_code == 422
    assert 'href="#f-first_day"' in answer.text
    assert 'href="#f-last_day"' in answer.text
    assert 'value="2026-11-20"' in answer.text
    assert two.counts("invitation") == before


# what he read


def test_each_page_an_inspector_reads_is_written_down_once(two: TwoCoops) -> None:
    client, ids = two.client("inspector"), two.ours.ids
    client.get("/inspect")
    client.get(f"/inspect/records/{ids['entry']}")
    client.get(f"/inspect/lots/{ids['lot']}")
    client.get(f"/inspect/plots/{ids['plot']}")
    client.get("/inspect/papers/spray.pdf?from=2026-09-01&to=2026-09-30", buffered=True)
    assert reads(two) == [
        ("inspect.home", ""),
        ("inspect.record", ids["entry"]),
        ("inspect.lot", ids["lot"]),
        ("inspect.plot", ids["plot"]),
        ("inspect.spray_paper", ""),
    ]
    with two.instance.database.reading() as connection:
        last = connection.execute(
            "SELECT * FROM inspector_read ORDER BY read_key DESC LIMIT 1"
        ).fetchone()
    assert (last["first_day"], last["last_day"]) == ("2026-09-01", "2026-09-30")
    assert last["party_id"] == ids["inspector"]
    assert last["coop_id"] == two.ours.coop_id
    assert datetime.fromisoformat(last["read_at"]) == two.now


def test_every_page_an_inspector_can_open_has_words_in_the_log(two: TwoCoops) -> None:
    endpoints = set()
    for rule in two.app.url_map.iter_rules():
        deed = str(getattr(two.app.view_functions[rule.endpoint], "deed", ""))
        if deed and deed != "use_session" and may("inspector", deed):
            endpoints.add(rule.endpoint)
    assert endpoints - NOT_LOGGED <= set(READ_PAGES)


def test_what_is_not_there_is_not_read(two: TwoCoops) -> None:
    two.client("inspector").get(f"/inspect/lots/{two.theirs.ids['lot']}")
    assert reads(two) == []


def test_a_small_picture_belongs_to_its_record_and_the_whole_one_is_read(two: TwoCoops) -> None:
    client, sha256 = two.client("inspector"), two.ours.ids["file"]
    client.get(f"/inspect/files/{sha256}?small=1", buffered=True)
    assert reads(two) == []
    client.get(f"/inspect/files/{sha256}", buffered=True)
    assert reads(two) == [("inspect.file", sha256)]
    client.get("/inspect?small=1")
    assert reads(two)[-1] == ("inspect.home", "")


def test_a_manager_and_a_shopper_leave_no_trace(two: TwoCoops) -> None:
    two.client("manager").get("/manage")
    two.app.test_client().get(f"/t/{two.ours.ids['lot']}", headers=BROWSER)
    assert reads(two) == []


def test_the_manager_sees_who_looked_at_what(two: TwoCoops) -> None:
    client, ids = two.client("inspector"), two.ours.ids
    client.get(f"/inspect/records/{ids['entry']}")
    client.get(f"/inspect/lots/{ids['lot']}")
    client.get("/inspect/records?from=2026-09-01&to=2026-09-30")
    page = two.client("manager").get("/manage/reads")
    said = words(page)
    assert "A lot or planting" in said
    assert "东社inspector" in said
    assert "21 November 2026, 16:00" in said
    assert "Records from 1 September 2026 to 30 September 2026" in said
    assert f"/manage/records/{ids['entry']}" in page.text
    assert "A lot or planting" not in words(two.client("manager", two.theirs).get("/manage/reads"))


def test_an_inspector_sees_his_own_reads(two: TwoCoops) -> None:
    client = two.client("inspector")
    client.get(f"/inspect/plots/{two.ours.ids['plot']}")
    said = words(client.get("/inspect/reads"))
    assert "A plot" in said
    assert "东社大棚" in said


def test_a_long_list_of_reads_goes_on(two: TwoCoops) -> None:
    for _ in range(53):
        two.client("inspector").get("/inspect/plots")
    client = two.client("manager")
    first = client.get("/manage/reads")
    older = re.search(r"/manage/reads\?before=(\d+)", first.text)
    assert older
    assert client.get(older[0]).text.count("The list of plots") == 3


# plots and certificates


def test_a_plot_shows_its_plantings_inspections_and_records(two: TwoCoops) -> None:
    said = words(
        two.client("inspector").get(
            f"/inspect/plots/{two.ours.ids['plot']}?from=2026-09-01&to=2026-11-21"
        )
    )
    for one in ("东社大棚", "东社基地", "东社grower", "Spraying", "Picking", "Inspection"):
        assert one in said, one


def test_certificates_are_read_with_their_paper(two: TwoCoops) -> None:
    page = two.client("inspector").get("/inspect/certificates")
    assert "东社绿色食品" in words(page)
    assert "its days are running" in words(page)
    assert f"/inspect/files/{two.ours.ids['file']}" in page.text


@pytest.mark.parametrize("address", ["/inspect", "/inspect/records", "/inspect/plots/{plot}"])
def test_the_first_day_of_the_calendar_can_be_asked_for(two: TwoCoops, address: str) -> None:
    where = address.format(plot=two.ours.ids["plot"])
    for day in ("0001-01-01", "9999-12-31"):
        assert two.client("inspector").get(f"{where}?to={day}").status_code == 200
        assert two.client("inspector").get(f"{where}?from={day}").status_code == 200
