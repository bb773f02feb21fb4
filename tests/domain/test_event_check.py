"""Reading what a person sent: everything wrong is said at once, and nothing else is kept."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trace.domain.event_check import (
    Known,
    Reading,
    as_list,
    check_time,
    parse_date,
    read_key_data,
)
from trace.domain.event_time import EventTime, on_day
from trace.domain.events import NodeShare
from trace.domain.key_data import INPUT, KEY_DATA, REMOVED
from trace.domain.quantity import Quantity

CHINA = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 9, 1, 30, tzinfo=UTC)
KNOWN = Known(
    {"PLANTING": "planting", "LOT": "lot", "OTHER": "lot", "INPUT": "input_lot", "BOX": "package"},
    {"party": frozenset({"shop", "lab"}), "plot": frozenset({"plot"}), "entry": frozenset({"E"})},
)
SPRAYING = {"plantings": ["PLANTING"], "input_lot": "INPUT", "amount": "30"}
PASSED = {"inspection_kind": "rapid_test", "subjects": ["LOT"], "passed": "yes"}


def read(event_type: str, sent: dict[str, Any]) -> Reading:
    return read_key_data(event_type, sent, KNOWN)


def places(event_type: str, sent: dict[str, Any]) -> list[str]:
    return [problem.field for problem in read(event_type, sent).problems]


def said(event_type: str, sent: dict[str, Any]) -> str:
    return "; ".join(str(problem) for problem in read(event_type, sent).problems)


@pytest.mark.parametrize("event_type", KEY_DATA)
def test_an_empty_report_names_everything_it_must_say(event_type: str) -> None:
    required = {element.name for element in KEY_DATA[event_type] if element.required}
    assert required <= set(places(event_type, {}))


@pytest.mark.parametrize("event_type", KEY_DATA)
def test_only_spaces_are_an_empty_report(event_type: str) -> None:
    blank: dict[str, Any] = {element.name: "  " for element in KEY_DATA[event_type]}
    assert places(event_type, blank) == places(event_type, {})


@pytest.mark.parametrize("event_type", KEY_DATA)
def test_rubbish_in_every_field_is_refused_field_by_field(event_type: str) -> None:
    rubbish: dict[str, Any] = {element.name: "废" * 300 for element in KEY_DATA[event_type]}
    found = {place.split("-")[0] for place in places(event_type, rubbish)}
    assert found == {element.name for element in KEY_DATA[event_type]}


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["node", "quantity", "unit", "analyte", "x"]), inner)
    ),
    max_leaves=6,
)


@given(st.sampled_from(sorted(KEY_DATA)), st.data())
def test_whatever_is_sent_is_read_or_refused_and_never_breaks(
    event_type: str, data: st.DataObject
) -> None:
    sent = {element.name: data.draw(json) for element in KEY_DATA[event_type]}
    reading = read(event_type, sent)
    assert set(reading.what) <= set(sent)


def test_all_problems_are_said_at_once() -> None:
    sent = {
        "lots": [{"node": "LOT", "quantity": "x"}, {"node": "?", "quantity": "1", "unit": "l"}],
        "customer": "nobody", "temperature": "warm", "vehicle": "车" * 201,
    }  # fmt: skip
    assert places("shipping", sent) == [
        "lots-0", "lots-1", "lots-1", "customer", "vehicle", "temperature",
    ]  # fmt: skip


def test_what_is_not_in_the_table_is_not_read() -> None:
    reading = read("spraying", SPRAYING | {"name": "王长财", "phone": "138"})
    assert (reading.problems, set(reading.what)) == ([], {"amount"})


def test_a_node_keeps_its_role_and_amount() -> None:
    taken = [{"node": "LOT", "quantity": "1,200", "unit": "jin"}]
    assert read("merging", {"takes": taken}).shares == [
        NodeShare("LOT", INPUT, Quantity(Decimal(1200), "jin"))
    ]


def test_an_amount_without_unit_is_in_the_first_unit() -> None:
    sold = {"lots": {"node": "LOT", "quantity": "3"}, "channel": "gate"}
    assert read("selling", sold).shares == [NodeShare("LOT", REMOVED, Quantity(Decimal(3), "kg"))]


def test_a_unit_may_be_sent_beside_its_number() -> None:
    reading = read("spraying", SPRAYING | {"amount_unit": "g"})
    assert reading.what["amount"] == {"quantity": "30", "unit": "g"}


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ({"takes": [{"node": "LOT"}]}, "takes-0: What goes in"),
        ({"takes": [{"node": "LOT", "quantity": "0"}]}, "more than zero, not 0"),
        ({"takes": [{"node": "LOT", "quantity": "-3"}]}, "more than zero, not -3"),
        ({"takes": [{"node": "LOT", "quantity": "1", "unit": "l"}]}, "l is not a unit used here"),
        ({"takes": [{"node": "PLANTING", "quantity": "1"}]}, "PLANTING cannot be used here"),
        ({"takes": [{"quantity": "1"}]}, " is not known here"),
        ({"takes": ["LOT"]}, "missing"),
        ({"takes": [{"node": "LOT", "quantity": "1"}] * 2}, "LOT is named twice"),
    ],
)
def test_what_is_wrong_with_a_node_is_said(sent: dict[str, Any], problem: str) -> None:
    assert problem.removeprefix("takes-0: What goes in") in said("merging", sent)


def test_one_only_means_one() -> None:
    both = [{"node": name, "quantity": "1"} for name in ("LOT", "OTHER")]
    assert "one only" in said("splitting", {"takes": both, "parts": ["1"]})
    assert "one only" in said("hold_lifted", {"hold": ["E", "E"], "reason": "查清"})
    assert "one only" in said("spraying", SPRAYING | {"amount": ["30", "40"]})


def test_several_parts_keep_their_order_and_say_which_is_wrong() -> None:
    lot = [{"node": "LOT", "quantity": "9"}]
    sent = {"takes": lot, "parts": ["4", {"quantity": "5", "unit": "jin"}]}
    assert read("splitting", sent).what["parts"] == [
        {"quantity": "4", "unit": "kg"}, {"quantity": "5", "unit": "jin"},
    ]  # fmt: skip
    assert places("splitting", {"takes": lot, "parts": ["4", "x"]}) == ["parts-1"]


@pytest.mark.parametrize(("typed", "kept"), [("-18.5", "-18.5"), ("0", "0"), ("-0", "0")])
def test_a_temperature_may_be_below_zero(typed: str, kept: str) -> None:
    reading = read("cooling", {"lots": ["LOT"], "temperature": typed})
    assert reading.what["temperature"] == {"quantity": kept, "unit": "celsius"}


@pytest.mark.parametrize(
    ("crates", "problem"),
    [("1.5", "whole number, not 1.5"), ("0", "more than zero"), ("三", "not a number")],
)
def test_a_count_is_a_whole_number(crates: str, problem: str) -> None:
    sent = {"takes": [{"node": "PLANTING", "quantity": "1"}], "crates": crates}
    assert problem in said("harvesting", sent)


def test_a_count_is_kept_as_a_number() -> None:
    sent = {"takes": [{"node": "PLANTING", "quantity": "1"}], "crates": "３.0"}
    assert read("harvesting", sent).what["crates"] == 3


def test_text_is_kept_without_needless_spaces() -> None:
    assert read("spraying", SPRAYING | {"target": " 霜霉病 \n 白粉病 "}).what["target"] == (
        "霜霉病 白粉病"
    )


def test_a_text_too_long_says_how_long_it_may_be() -> None:
    assert "At most 200 characters; these are 201" in said(
        "spraying", SPRAYING | {"target": "病" * 201}
    )


@pytest.mark.parametrize(
    ("typed", "flag"), [("yes", True), (True, True), ("1", True), ("No", False), (False, False)]
)
def test_a_flag_is_yes_or_no(typed: Any, flag: bool) -> None:
    assert read("inspection", PASSED | {"passed": typed}).what["passed"] is flag


def test_a_flag_is_nothing_else() -> None:
    assert "“maybe” is not one of the choices" in said("inspection", PASSED | {"passed": "maybe"})


def test_a_date_is_kept_as_it_is_written() -> None:
    reading = read("inspection", PASSED | {"sampled_on": " 2026-11-08 ", "valid_until": "soon"})
    assert reading.what["sampled_on"] == "2026-11-08"
    assert [problem.field for problem in reading.problems] == ["valid_until"]


def test_a_day_that_does_not_exist_is_no_date() -> None:
    assert parse_date("2026-02-30") is None


def test_plots_are_ours_and_may_be_many() -> None:
    sent = {"inspection_kind": "rapid_test", "plots": ["plot", "theirs"], "passed": "yes"}
    assert said("inspection", sent) == "Plots: theirs is not known here."
    sent["plots"] = "plot"
    assert read("inspection", sent).what["plots"] == ["plot"]


def test_results_keep_what_was_measured_and_drop_empty_rows() -> None:
    rows: list[Any] = [{"analyte": "毒死蜱", "result": "未检出", "limit": ""}, {"analyte": " "}]
    reading = read("inspection", PASSED | {"results": rows})
    assert reading.what["results"] == [{"analyte": "毒死蜱", "result": "未检出"}]
    assert "results" not in read("inspection", PASSED | {"results": rows[1:]}).what


def test_a_result_of_zero_is_a_result() -> None:
    rows = [{"analyte": "抑制率", "result": 0, "unit": "%"}]
    assert read("inspection", PASSED | {"results": rows}).what["results"][0]["result"] == "0"


def test_a_result_needs_what_was_measured_and_how_much() -> None:
    rows: list[Any] = [{"analyte": "毒死蜱"}, {"result": "5"}, "毒死蜱", {"analyte": "长" * 201}]
    assert places("inspection", PASSED | {"results": rows}) == [
        "results-0-result", "results-1-analyte", "results-2", "results-3-result",
        "results-3-analyte",
    ]  # fmt: skip


@pytest.mark.parametrize("event_type", ["spraying", "fertilising"])
def test_an_input_is_chosen_or_named(event_type: str) -> None:
    sent: dict[str, Any] = {"plantings": ["PLANTING"], "amount": "30"}
    assert places(event_type, sent) == ["input_lot"]
    assert places(event_type, sent | {"input_name": "没见过的药"}) == []
    assert places(event_type, sent | {"input_lot": "INPUT"}) == []


def test_an_inspection_needs_something_inspected() -> None:
    sent: dict[str, Any] = {"inspection_kind": "rapid_test", "passed": "yes"}
    assert places("inspection", sent) == ["subjects"]
    assert places("inspection", sent | {"plots": ["plot"]}) == []


def test_an_arrival_names_our_goods_or_what_was_bought() -> None:
    assert places("receiving", {}) == ["supplier", "product", "quantity"]
    assert places("receiving", {"lots": ["LOT"]}) == []


def test_nothing_lies_in_the_future() -> None:
    tomorrow = on_day(date(2026, 11, 10), CHINA, NOW)
    (problem,) = check_time(tomorrow, NOW, CHINA)
    assert "2026-11-10" in str(problem)
    assert check_time(on_day(date(2026, 11, 9), CHINA, NOW), NOW, CHINA) == ()


@pytest.mark.parametrize(("year", "problems"), [(1969, 1), (1970, 0), (206, 1)])
def test_a_year_out_of_all_living_memory_is_a_slip_of_the_finger(year: int, problems: int) -> None:
    long_ago = EventTime(datetime(year, 6, 1, 12, tzinfo=UTC))
    assert len(check_time(long_ago, NOW, CHINA)) == problems


@pytest.mark.parametrize("empty", [None, "", " ", {}, [], [None, "", {}], ()])
def test_nothing_is_an_empty_list(empty: Any) -> None:
    assert as_list(empty) == []


def test_nought_and_no_are_something() -> None:
    assert as_list([0, False]) == [0, False]
