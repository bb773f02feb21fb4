"""The tester's morning as a form: every row at once, everything beside its cell, nothing lost."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.field_season import Season, farm_app, field_season, photo, sign_in
from tests.seasons import paper
from tests.web.two_coops import words
from trace.query.field_records import FieldRecord, my_records
from trace.repository import nodes
from trace.repository.standing import standing_of


class Room:
    """The season with three lots waiting for their test, and a tester at the grid."""

    def __init__(self, folder: Path) -> None:
        self.season: Season = field_season(folder)
        self.ids = self.season.ids
        for called, planting in (("one", "cucumbers"), ("two", "cucumbers"), ("three", "others")):
            takes = [{"node": self.ids[planting], "quantity": "20"}]
            self.season.make(called, "harvesting", {"takes": takes})
        self.app = farm_app(self.season)
        self.tester = sign_in(self.app, self.season, "tester", "li")

    def form(self, **cells: Any) -> dict[str, Any]:
        """The grid as it is sent; `one`, `two` and `three` are (value, result) of those lots."""
        form: dict[str, Any] = {
            "submission_id": "morning-0001", "row": [self.ids[one] for one in self.LOTS],
            "rows": "2", "limit": "50", "method": "酶抑制率法，仪器 NY-8", "when": "2026-11-23",
        }  # fmt: skip
        for called in self.LOTS:
            value, said = cells.pop(called, ("", ""))
            form |= {f"inhibition-{self.ids[called]}": value, f"passed-{self.ids[called]}": said}
        return form | cells

    LOTS = ("one", "two", "three")

    def send(self, **cells: Any) -> Any:
        client: FlaskClient = cells.pop("by", self.tester)
        return client.post("/farm/tests?lang=en", data=self.form(**cells))

    def records(self) -> tuple[FieldRecord, ...]:
        """What the tester recorded, the first row first."""
        found = my_records(self.season.instance, self.season.coop_id, self.ids["li"],
                           self.season.now + timedelta(hours=1))  # fmt: skip
        return tuple(reversed(found))

    def is_held(self, called: str) -> bool:
        with self.season.instance.database.reading() as connection:
            key = nodes.node_key(connection, self.ids[called])
            return bool(standing_of(connection, key).holds)


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


def test_what_waits_for_its_test_is_filled_in(room: Room) -> None:
    page = room.tester.get("/farm/tests?lang=en").text
    for called in room.LOTS:
        assert f'name="inhibition-{room.ids[called]}"' in page
    assert 'value="50"' in page
    assert "酶抑制率法" in page


def test_one_form_makes_an_inspection_of_each_sample(room: Room) -> None:
    answer = room.send(one=("12.5", "yes"), two=("48", "yes"), three=("63", "no"))
    assert answer.status_code == 303
    first, second, third = room.records()
    assert [one.what["passed"] for one in (first, second, third)] == [True, True, False]
    assert first.what["results"] == [
        {"analyte": "抑制率", "result": "12.5", "unit": "%", "limit": "50"}
    ]
    assert {one.what["method"] for one in (first, second, third)} == {"酶抑制率法，仪器 NY-8"}
    assert [room.is_held(one) for one in room.LOTS] == [False, False, True]


def test_the_saved_page_says_what_is_on_hold_and_what_ends_it(room: Room) -> None:
    saved = room.send(one=("12", "yes"), two=("63", "no")).location
    page = words(room.tester.get(f"{saved}?lang=en"))
    assert "1 did not pass: it is on hold now" in page
    assert "ends only by a passed laboratory report" in page
    assert "A rapid test never ends it" in page
    assert "on hold" not in words(
        room.tester.get(
            room.send(three=("5", "yes"), submission_id="morning-0002").location + "?lang=en"
        )
    )


def test_empty_rows_are_skipped(room: Room) -> None:
    assert room.send(two=("9", "yes")).status_code == 303
    (record,) = room.records()
    assert [part.node_id for part in record.of_role("subject")] == [room.ids["two"]]


def test_nothing_filled_in_is_said(room: Room) -> None:
    answer = room.send()
    assert answer.status_code == 422
    assert "Nothing is filled in yet" in answer.text


def test_a_value_without_a_result_is_asked_about_with_its_suggestion(room: Room) -> None:
    asked = room.send(one=("12", ""), two=("50", ""))
    assert asked.status_code == 422
    assert "12 %, below 50 %, so it passed" in asked.text
    assert "50 % reaches 50 %, so it did not pass and is on hold at once" in asked.text
    assert room.records() == ()
    sure = asked.text.split('name="sure" value="')[1].split('"')[0]
    assert room.send(one=("12", "yes"), two=("50", "no"), sure=sure).status_code == 303
    assert [one.what["passed"] for one in room.records()] == [True, False]


def test_a_suggestion_is_answered_without_choosing_anything(room: Room) -> None:
    asked = room.send(one=("12", "")).text
    sure = asked.split('name="sure" value="')[1].split('"')[0]
    assert room.send(one=("12", ""), sure=sure).status_code == 303


def test_an_answer_counts_for_the_values_it_was_given_to(room: Room) -> None:
    asked = room.send(one=("12", "")).text
    sure = asked.split('name="sure" value="')[1].split('"')[0]
    again = room.send(one=("62", ""), sure=sure)
    assert again.status_code == 422
    assert "62 % reaches 50 %" in again.text


def test_failing_what_is_below_the_limit_is_asked_about(room: Room) -> None:
    asked = room.send(one=("12", "no"))
    assert asked.status_code == 422
    assert "below the limit of 50 %, and not passed is chosen" in asked.text
    sure = asked.text.split('name="sure" value="')[1].split('"')[0]
    assert room.send(one=("12", "no"), sure=sure).status_code == 303
    assert room.is_held("one")


def test_nobody_passes_what_reaches_the_limit(room: Room) -> None:
    answer = room.send(one=("50", "yes"), two=("abc", "yes"), three=("101", ""))
    assert answer.status_code == 422
    for called, said in (("one", "reaches the limit of 50 %"), ("two", "is no percentage"),
                         ("three", "is no percentage")):  # fmt: skip
        assert f'id="wrong-inhibition-{room.ids[called]}"' in answer.text
        assert said in answer.text
    assert room.records() == ()


def test_a_wrong_row_keeps_every_row_and_all_that_was_typed(room: Room) -> None:
    answer = room.send(
        one=("12", "yes"), two=("999", "no"), note="早上第一批",
        **{"sample-n0": "NOTHING-1", "inhibition-n0": "7", "clock": "06:40"},
    )  # fmt: skip
    assert answer.status_code == 422
    for typed in ('value="12"', 'value="999"', 'value="NOTHING-1"', 'value="7"', 'value="06:40"',
                  "早上第一批"):  # fmt: skip
        assert typed in answer.text
    assert 'id="wrong-sample-n0"' in answer.text
    assert room.records() == ()


def test_a_double_click_makes_one_morning(room: Room) -> None:
    first, second = room.send(one=("12", "yes")), room.send(one=("12", "yes"))
    assert first.location == second.location
    assert len(room.records()) == 1


@pytest.mark.parametrize("typed", ["number", "code", "plot"])
def test_a_sample_is_added_by_number_code_or_plot(room: Room, typed: str) -> None:
    with room.season.instance.database.reading() as connection:
        key = nodes.node_key(connection, room.ids["one"])
        number = connection.execute(
            "SELECT lot_number FROM lot WHERE node_key = ?", (key,)
        ).fetchone()[0]
    given = {"number": number.lower(), "code": room.ids["one"].lower(), "plot": "17号大棚"}[typed]
    expected = room.ids["cucumbers" if typed == "plot" else "one"]
    answer = room.send(row=[], **{"sample-n0": given, "inhibition-n0": "5", "passed-n0": "yes"})
    assert answer.status_code == 303, answer.text
    (record,) = room.records()
    assert [part.node_id for part in record.of_role("subject")] == [expected]


def test_the_same_sample_in_two_rows_is_named_twice(room: Room) -> None:
    answer = room.send(
        one=("5", "yes"),
        **{"sample-n0": room.ids["one"], "inhibition-n0": "5", "passed-n0": "yes"},
    )
    assert answer.status_code == 422
    assert "named twice" in answer.text


def test_a_value_without_a_sample_is_asked_whose_it_is(room: Room) -> None:
    answer = room.send(**{"inhibition-n1": "5", "passed-n1": "yes"})
    assert 'id="wrong-sample-n1"' in answer.text


def test_more_rows_keep_what_was_typed(room: Room) -> None:
    answer = room.send(one=("12", "yes"), more="yes")
    assert answer.status_code == 200
    assert 'name="sample-n5"' in answer.text
    assert 'value="12"' in answer.text


def test_a_time_of_day_is_kept_to_the_minute_and_the_future_is_refused(room: Room) -> None:
    assert room.send(one=("1", "yes"), clock="23:59").status_code == 422
    assert room.send(one=("1", "yes"), clock="06:40").status_code == 303
    with room.season.instance.database.reading() as connection:
        row = connection.execute(
            "SELECT event_time FROM event WHERE event_type = 'inspection'"
        ).fetchone()
    assert row["event_time"].startswith("2026-11-23T06:40")


def test_one_photo_belongs_to_every_sample(room: Room) -> None:

    form = room.form(one=("1", "yes"), two=("2", "yes"))
    form["photos"] = (io.BytesIO(photo(4)), "readings.jpg")
    assert room.tester.post("/farm/tests", data=form).status_code == 303
    first, second = room.records()
    assert first.photos == second.photos != ()


def test_a_grower_tests_own_lots_and_no_others(room: Room) -> None:
    wang = sign_in(room.app, room.season, "grower", "wang")
    page = wang.get("/farm/tests").text
    assert room.ids["one"] in page
    assert room.ids["three"] not in page
    assert room.send(by=wang, three=("1", "yes")).status_code == 422
    assert room.send(by=wang, one=("1", "yes")).status_code == 303


def test_a_report_names_lots_plots_and_inputs_together(room: Room) -> None:
    form = {
        "submission_id": "report-0001", "inspection_kind": "laboratory_report", "passed": "yes",
        "subjects": [room.ids["one"], room.ids["bottle"]], "plots": [room.ids["house17"]],
        "subject_named": room.ids["two"], "laboratory": room.ids["lab"],
        "report_number": "SL-1", "sampled_on": "2026-11-20", "valid_until": "2027-11-20",
        "results-0-analyte": "嘧菌酯", "results-0-result": "0.08", "results-0-unit": "mg/kg",
        "results-0-limit": "0.5", "rows": "3", "when": "2026-11-23",
        "report": (io.BytesIO(paper()), "report.pdf"),
    }  # fmt: skip
    answer = room.tester.post("/farm/inspection", data=form)
    assert answer.status_code == 303, words(answer)
    (record,) = room.records()
    assert {part.node_id for part in record.of_role("subject")} == {
        room.ids["one"], room.ids["two"], room.ids["bottle"],
    }  # fmt: skip
    assert record.what["plots"] == [room.ids["house17"]]


def test_a_report_on_an_unknown_lot_says_so_beside_its_number(room: Room) -> None:
    form = {"inspection_kind": "field_inspection", "subject_named": "NOTHING", "passed": "yes",
            "when": "2026-11-23"}  # fmt: skip
    answer = room.tester.post("/farm/inspection", data=form)
    assert answer.status_code == 422
    assert 'id="wrong-subject_named"' in answer.text


def test_analytes_are_suggested_in_the_readers_language(room: Room) -> None:
    assert '<option value="毒死蜱">' in room.tester.get("/farm/inspection?lang=zh").text
    assert '<option value="chlorpyrifos">' in room.tester.get("/farm/inspection?lang=en").text


def test_a_morning_of_another_co_op_is_not_found(room: Room) -> None:
    assert room.tester.get("/farm/tests/NOTHING").status_code == 404


def test_a_failed_plot_is_named_when_it_is_saved(room: Room) -> None:
    form = {"submission_id": "plot-00001", "inspection_kind": "field_inspection", "passed": "no",
            "plots": room.ids["house17"], "when": "2026-11-23"}  # fmt: skip
    saved = room.tester.post("/farm/inspection", data=form)
    page = words(room.tester.get(f"{saved.location}?lang=en"))
    assert "Greenhouse 17" in page
    assert "What grew there then is on hold now" in page
    assert room.is_held("one")
    assert not room.is_held("three"), "it grows on another plot"
