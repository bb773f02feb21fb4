"""What a shopper's page knows of a code, from one season recorded through trace.capture."""

from datetime import date
from pathlib import Path

import pytest

from tests import seasons
from tests.seasons import Season
from trace.capture.events import Report
from trace.domain.errors import NotFound
from trace.query.public_files import public_file
from trace.query.public_record import Page, public_page


@pytest.fixture(scope="module")
def hero(tmp_path_factory: pytest.TempPathFactory) -> Season:
    """The cucumbers of one grower, everything recorded."""
    season = seasons.begin(tmp_path_factory.mktemp("hero"))
    seasons.cucumbers(season)
    return season


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Season:
    """The many lots of one week."""
    season = seasons.begin(tmp_path_factory.mktemp("market"))
    seasons.market(season)
    return season


@pytest.fixture
def fresh(tmp_path: Path) -> Season:
    """Cucumbers that a test may add to."""
    season = seasons.begin(tmp_path)
    seasons.cucumbers(season)
    return season


def page(season: Season, called: str) -> Page:
    return public_page(season.instance, season.ids[called])


def test_a_label_shows_its_lot_and_its_own_number(hero: Season) -> None:
    shown = page(hero, "other-label")
    assert (shown.record.node_id, shown.sequence) == (hero.ids["lot"], 2)


def test_the_lots_own_code_shows_the_same_record_without_a_number(hero: Season) -> None:
    shown = page(hero, "lot")
    assert (shown.record.lot_number, shown.sequence) == (
        page(hero, "label").record.lot_number,
        None,
    )


def test_a_lot_with_nothing_missing_is_complete(hero: Season) -> None:
    assert (page(hero, "label").verdict, page(hero, "label").missing) == ("complete", ())


def test_the_picking_date_is_that_of_the_field_not_of_packing(market: Season) -> None:
    grown = page(market, "mixed").record.growing
    assert (grown.picked_from, grown.is_harvested) == (date(2026, 11, 20), True)


def test_the_interval_counts_whole_days_between_spraying_and_picking(hero: Season) -> None:
    (interval,) = page(hero, "label").record.growing.intervals
    assert (interval.days, interval.needed, interval.is_kept) == (9, 3, True)


def test_a_laboratory_that_examined_the_plot_counts_as_outside_test(hero: Season) -> None:
    assert page(hero, "label").is_tested_outside


def test_a_rapid_test_of_the_coop_is_no_outside_test(market: Season) -> None:
    assert not page(market, "mixed").is_tested_outside


def test_a_laboratory_report_is_told_before_a_rapid_test(hero: Season) -> None:
    told = page(hero, "label").record.telling_test
    assert told is not None
    assert told.report_number == "SL-2026-1183"


def test_a_struck_out_record_stays_with_who_when_and_why(hero: Season) -> None:
    record = page(hero, "label").record
    (wrong,) = [event for event in record.events if event.is_wrong]
    assert wrong.what["packed_quantity"] == 420
    assert wrong.correction is not None
    assert wrong.correction.note == "数字写颠倒了"
    assert record.names[wrong.correction.corrected_by].text("name") == "李秀兰"


def test_the_record_that_replaces_it_is_the_one_that_counts(hero: Season) -> None:
    assert page(hero, "label").record.packed_quantity == 240


def test_a_late_record_says_how_many_days(hero: Season) -> None:
    late = [event.days_late for event in page(hero, "label").record.events if event.days_late]
    assert late == [2, 2]


def test_spraying_after_the_picking_does_not_tell_of_this_lot(fresh: Season) -> None:
    fresh.on("2026-11-22", "18:00").report(
        "spraying",
        {
            "plantings": [fresh.ids["planting"]],
            "input_lot": fresh.ids["spray-bottles"],
            "amount": "9",
            "target": "白粉病",
        },
    )
    sprayings = [one for one in page(fresh, "label").record.events if one.event_type == "spraying"]
    assert [one.what["target"] for one in sprayings] == ["霜霉病"]


def test_a_late_record_of_an_earlier_spraying_does(fresh: Season) -> None:
    fresh.on("2026-11-23", "09:00").report(
        "spraying",
        {
            "plantings": [fresh.ids["planting"]],
            "input_lot": fresh.ids["spray-bottles"],
            "amount": "9",
            "target": "白粉病",
        },
        when="2026-11-20",
    )
    tightest = page(fresh, "label").record.growing.intervals[0]
    assert (tightest.days, tightest.is_kept) == (1, False)


def test_a_failed_test_of_an_ancestor_long_afterwards_is_told(fresh: Season) -> None:
    fresh.on("2026-12-20", "09:00").report(
        "inspection",
        {"inspection_kind": "rapid_test", "subjects": [fresh.ids["harvest"]], "passed": "no"},
        role="tester",
    )
    shown = page(fresh, "label")
    assert shown.verdict == "held"
    assert shown.record.telling_test is not None
    assert not shown.record.telling_test.examined.passed


def test_where_the_harvest_went_otherwise_is_not_told(fresh: Season) -> None:
    fresh.on("2026-11-22", "18:00").report(
        "selling",
        {"lots": [{"node": fresh.ids["harvest"], "quantity": "6"}], "channel": "gate"},
    )
    told = {event.event_type for event in page(fresh, "label").record.events}
    assert "selling" not in told


def test_a_certificate_is_judged_on_the_day_of_picking(hero: Season) -> None:
    states = {
        one.declared.text("kind"): one.state for one in page(hero, "label").record.certificates
    }
    assert states == {"green_food": "valid", "pollution_free": "expired"}


def test_a_certificate_of_another_product_is_not_shown(market: Season) -> None:
    assert page(market, "mushroom").record.certificates == ()


def test_a_mixed_lot_names_all_its_growers(market: Season) -> None:
    growers = [one.text("name") for one in page(market, "mixed").record.growing.growers]
    assert growers == ["王长财", "孙桂芳", "于德水"]


def test_mushrooms_count_their_flush(market: Season) -> None:
    flushes = [page(market, called).record.flush for called in ("flush-1", "mushroom")]
    assert flushes == [1, 2]


def test_a_potted_plant_is_dated_by_its_packing(market: Season) -> None:
    grown = page(market, "basil-lot").record.growing
    assert (grown.picked_from, grown.is_harvested) == (date(2026, 11, 19), False)


def test_bought_in_goods_name_their_supplier_and_have_no_growing_record(market: Season) -> None:
    record = page(market, "bought").record
    assert record.is_bought_in
    assert (record.supplier_certificate, record.growing.plot_ids) == ("CN-37-0007", ())


def test_a_package_shows_the_worst_verdict_of_what_is_in_it(market: Season) -> None:
    shown = page(market, "box")
    assert {one.record.verdict for one in shown.contents} == {"complete", "incomplete"}
    assert shown.verdict == "incomplete"


def test_a_recalled_lot_in_a_package_recalls_the_package(tmp_path: Path) -> None:
    season = seasons.begin(tmp_path)
    seasons.market(season)
    season.on("2026-11-23", "09:00").recall((season.ids["mixed-house18"],), "坏药")
    shown = page(season, "box")
    assert shown.verdict == "recalled"
    assert shown.record.recall is not None


def test_a_held_lot_gives_the_reason(market: Season) -> None:
    shown = page(market, "held")
    assert shown.record.hold is not None
    assert (shown.verdict, shown.record.hold.reason) == ("held", "有人说味道不对")


def test_a_recall_names_the_lots_recalled_with_it(market: Season) -> None:
    record = page(market, "bad").record
    assert record.recall is not None
    assert record.recall.lot_numbers == (record.lot_number,)


def test_a_correction_never_takes_a_recall_away(fresh: Season) -> None:
    fresh.on("2026-11-22", "09:00").recall((fresh.ids["spray-bottles"],), "假药")
    spraying = next(
        one for one in page(fresh, "label").record.events if one.event_type == "spraying"
    )
    fresh.correct(spraying.entry_id, "记错了", None, "li")
    fresh.recall((fresh.ids["harvest"],), "抽检不合格")
    assert page(fresh, "label").verdict == "recalled"


def test_an_unknown_pesticide_leaves_the_record_incomplete_and_says_what(market: Season) -> None:
    missing = page(market, "unsure").missing
    assert {problem.field for _record, problem in missing} >= {"interval", "spraying"}


def test_a_destroyed_lot_says_that_all_of_it_is_gone(market: Season) -> None:
    assert page(market, "gone").record.amounts.is_all_destroyed


def test_a_planting_shows_its_work_so_far(hero: Season) -> None:
    record = page(hero, "planting").record
    assert record.kind == "planting"
    assert record.growing.may_be_picked_from == date(2026, 11, 15)


def test_an_input_lot_has_no_public_page(hero: Season) -> None:
    with pytest.raises(NotFound):
        page(hero, "spray-bottles")


def test_a_photo_of_a_public_event_is_public(hero: Season) -> None:
    photos = [one for event in page(hero, "label").record.events for one in event.photos]
    assert public_file(hero.instance, photos[0].sha256, "card").stat().st_size <= 15_000


def test_a_photo_that_no_record_names_is_not_public(fresh: Season) -> None:
    from trace.capture.files import keep_photo

    kept = keep_photo(fresh.recorder, fresh.actor(), seasons.photo(77))
    with pytest.raises(NotFound):
        public_file(fresh.instance, kept)


def test_a_correction_of_a_correction_keeps_both(fresh: Season) -> None:
    right = next(
        one
        for one in page(fresh, "label").record.events
        if one.event_type == "packing" and not one.is_wrong
    )
    takes = [{"node": fresh.ids["harvest"], "quantity": "120"}]
    sent = {"takes": takes, "packed_quantity": "238", "unit": "bundle"}
    fresh.correct(right.entry_id, "少了两捆", Report("packing", sent, "2026-11-21T14:00"), "li")
    counts = [
        one.what["packed_quantity"]
        for one in page(fresh, "label").record.events
        if one.event_type == "packing"
    ]
    assert sorted(counts) == [238, 240, 420]
