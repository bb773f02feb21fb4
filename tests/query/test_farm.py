"""What the field pages read: plantings, the store, records, lots that wait for a test."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.field_season import field_season, spray
from tests.seasons import Season
from trace.capture import correcting
from trace.capture.declaring import declare
from trace.domain.quantity import Quantity
from trace.query.farm import FieldPlanting, live_plantings, planting_of
from trace.query.field_records import my_records, proof_facts, record_of
from trace.query.goods_to_test import recent_lots
from trace.query.input_store import inputs_in_store

TODAY = date(2026, 11, 23)


@pytest.fixture
def season(tmp_path: Path) -> Season:
    return field_season(tmp_path)


def _planting(season: Season, called: str) -> FieldPlanting:
    found = planting_of(season.instance, season.coop_id, None, season.ids[called], TODAY)
    assert found is not None
    return found


def test_a_grower_has_the_plantings_of_own_plots_only(season: Season) -> None:
    mine = live_plantings(season.instance, season.coop_id, season.ids["wang"], TODAY)
    assert [one.id for one in mine] == [season.ids["cucumbers"], season.ids["tomatoes"]]
    everybody = live_plantings(season.instance, season.coop_id, None, TODAY)
    assert season.ids["others"] in [one.id for one in everybody]


def test_a_planting_says_from_when_it_may_be_picked(season: Season) -> None:
    assert _planting(season, "cucumbers").gate.is_open
    assert _planting(season, "tomatoes").gate.first_day == date(2026, 11, 25)


def test_a_spraying_that_was_struck_out_keeps_nothing_shut(season: Season) -> None:
    wrong = my_records(season.instance, season.coop_id, season.ids["wang"], season.now)[0]
    assert wrong.event_type == "spraying"
    season.correct(wrong.entry_id, "没打", None, "li")
    assert _planting(season, "tomatoes").gate.is_open


def test_a_pesticide_that_is_not_in_the_list_leaves_picking_unknown(season: Season) -> None:
    sent = {"plantings": [season.ids["cucumbers"]], "input_name": "土药", "amount": "5"}
    season.report("spraying", sent, who="wang", role="grower")
    gate = _planting(season, "cucumbers").gate
    assert gate.unknown is not None
    assert gate.unknown.input_name == "土药"


def test_the_interval_is_the_one_stated_when_it_was_sprayed(season: Season) -> None:
    fields = {
        "name": "嘧菌酯",
        "kind": "pesticide",
        "unit": "ml",
        "pre_harvest_interval_days": "30",
    }
    declare(season.recorder, season.actor(), "input", fields, season.ids["azoxystrobin"])
    assert _planting(season, "tomatoes").gate.first_day == date(2026, 11, 25)


def test_clearing_up_ends_a_planting(season: Season) -> None:
    sent = {"plantings": [season.ids["tomatoes"]], "work": "clearing"}
    season.report("field_work", sent, who="wang", role="grower")
    live = live_plantings(season.instance, season.coop_id, None, TODAY)
    assert season.ids["tomatoes"] not in [one.id for one in live]
    assert _planting(season, "tomatoes").cleared_on == TODAY


def test_ploughing_it_under_ends_a_planting(season: Season) -> None:
    sent = {"plantings": [season.ids["tomatoes"]], "reason": "用了禁用农药"}
    season.report("destroying", sent)
    live = live_plantings(season.instance, season.coop_id, None, TODAY)
    assert season.ids["tomatoes"] not in [one.id for one in live]
    assert _planting(season, "tomatoes").cleared_on == TODAY


def test_a_sowing_that_was_struck_out_is_no_planting(season: Season) -> None:
    correction = correcting.Correction(season.ids["~others"], "did_not_occur", "没种")
    correcting.correct_event(season.recorder, season.actor(), correction, "strike-1")
    assert planting_of(season.instance, season.coop_id, None, season.ids["others"], TODAY) is None


def test_the_last_watering_knows_whether_it_was_for_this_planting_alone(season: Season) -> None:
    watered = _planting(season, "cucumbers").watered
    assert watered is not None
    assert watered.alone
    assert watered.what["volume"] == {"quantity": "3", "unit": "m3"}
    both = {"plantings": [season.ids["cucumbers"], season.ids["tomatoes"]]}
    season.report("irrigation", both, who="wang", role="grower")
    watered = _planting(season, "cucumbers").watered
    assert watered is not None
    assert not watered.alone


def test_the_store_says_what_is_left_after_spraying(season: Season) -> None:
    stored = inputs_in_store(season.instance, season.coop_id, "pesticide", TODAY)
    assert [one.remaining for one in stored] == [Quantity(Decimal(440), "ml")]
    assert stored[0].interval_days == 3


def test_what_was_used_in_bottles_leaves_the_rest_unknown(season: Season) -> None:
    sent = {"plantings": [season.ids["cucumbers"]], "input_lot": season.ids["bottle"],
            "amount": "1", "amount_unit": "bottle"}  # fmt: skip
    season.report("spraying", sent, who="wang", role="grower")
    assert inputs_in_store(season.instance, season.coop_id, "pesticide", TODAY)[0].remaining is None


def test_the_newest_lot_of_an_input_that_is_used_up_by_the_books_stays(season: Season) -> None:
    spray(season, "cucumbers", "2026-11-23", "440")
    stored = inputs_in_store(season.instance, season.coop_id, "pesticide", TODAY)
    assert [one.is_used_up for one in stored] == [True]


def test_records_of_more_than_30_days_ago_are_left_out(season: Season) -> None:
    found = my_records(season.instance, season.coop_id, season.ids["wang"], season.now)
    assert [one.event_type for one in found] == ["spraying", "irrigation", "spraying"]


def test_a_struck_out_record_says_who_when_and_why(season: Season) -> None:
    wrong = my_records(season.instance, season.coop_id, season.ids["wang"], season.now)[0]
    season.correct(wrong.entry_id, "没打", None, "li")
    found = record_of(season.instance, season.coop_id, wrong.entry_id)
    assert found is not None
    assert found.struck is not None
    assert found.struck.by is not None
    assert found.struck.by.text("name") == "李秀兰"
    assert (found.struck.note, found.struck.reason) == ("没打", "did_not_occur")


def test_the_proof_covers_the_record(season: Season) -> None:
    record = my_records(season.instance, season.coop_id, season.ids["wang"], season.now)[0]
    proof = proof_facts(season.instance, record.entry_id)
    assert proof is not None
    assert proof.covered_by > proof.entry_index == record.entry_index
    assert len(proof.leaf_hash) == 64


def test_lots_without_a_test_come_first(season: Season) -> None:
    takes = [{"node": season.ids["cucumbers"], "quantity": "50"}]
    season.make("first", "harvesting", {"takes": takes}, who="wang", role="grower")
    season.make("second", "harvesting", {"takes": takes}, who="wang", role="grower")
    test = {"inspection_kind": "rapid_test", "subjects": [season.ids["second"]], "passed": "yes"}
    season.report("inspection", test, role="tester", who="li")
    lots = recent_lots(season.instance, season.coop_id, None, TODAY)
    assert [(lot.id, lot.is_tested) for lot in lots] == [
        (season.ids["first"], False),
        (season.ids["second"], True),
    ]
    assert recent_lots(season.instance, season.coop_id, season.ids["sun"], TODAY) == ()
