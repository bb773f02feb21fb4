"""The example season: what it tells, that it lies in the past, and that it stays of today."""

import json
import shutil
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from stdnum.cn import uscc

from tests.commands.example_season import BASE_URL, NOON, ORIGIN, load_at, read
from trace.capture import events, people
from trace.capture.recording import Actor, Recorder, new_id
from trace.commands.example.loading import Example, load_example
from trace.commands.example.renewing import (
    example_of_today,
    is_stale,
    remove_example,
    was_written_in,
)
from trace.commands.example.season_time import ZONE, Calendar
from trace.commands.example.summary import example_summary, personas
from trace.domain.errors import NotFound, Refused
from trace.query.example_people import hero_codes
from trace.repository import declared, lineage, nodes
from trace.repository.database import rows
from trace.repository.instance import (
    EXAMPLE,
    Instance,
    create_instance,
    open_instance,
    write_fact,
)
from trace.repository.ledger_verification import verify_ledger
from trace.web.pictures import PICTURES

OTHER_CLOCKS = (
    datetime(2026, 11, 23, 23, 30, tzinfo=ZONE),
    datetime(2027, 1, 1, 0, 30, tzinfo=ZONE),
    datetime(2028, 2, 29, 1, tzinfo=ZONE),
)


@pytest.fixture
def own_season(season: Instance, tmp_path: Path) -> Instance:
    """A copy of the season that a test may write in or throw away."""
    season.database.close()
    shutil.copytree(season.folder, tmp_path / "own")
    return open_instance(tmp_path / "own")


def _hero_events(instance: Instance) -> dict[str, list[dict[str, Any]]]:
    """The events of the hero, its harvest and its planting by type, but none declared wrong."""
    codes = hero_codes(instance)
    assert codes is not None
    with instance.database.reading() as connection:
        keys = list(lineage.backward_closure(connection, nodes.node_key(connection, codes[1])))
        found = rows(
            connection,
            "SELECT DISTINCT e.* FROM event e JOIN event_node s ON s.entry_index = e.entry_index"
            " JOIN node n ON n.node_key = s.node_key AND n.kind <> 'input_lot'"
            f" WHERE n.node_key IN ({','.join(map(str, keys))}) AND e.declared_wrong_by IS NULL"
            " ORDER BY e.event_utc, e.entry_index",
        )
    by_type: dict[str, list[dict[str, Any]]] = {}
    for one in found:
        event = dict(one) | {"what": json.loads(one["what"])}
        by_type.setdefault(event["event_type"], []).append(event)
    return by_type


def _is_all_before(instance: Instance, moment: datetime) -> bool:
    found = read(instance, "SELECT event_time, record_time FROM event")
    declarations = read(instance, "SELECT record_time FROM declared")
    assert 150 <= len(found) <= 300
    return all(
        datetime.fromisoformat(one["event_time"])
        <= datetime.fromisoformat(one["record_time"])
        < moment
        for one in found
    ) and all(datetime.fromisoformat(one["record_time"]) < moment for one in declarations)


@pytest.mark.parametrize("moment", OTHER_CLOCKS, ids=lambda moment: f"{moment:%Y-%m-%dT%H:%M}")
def test_everything_lies_before_the_moment_of_loading(tmp_path: Path, moment: datetime) -> None:
    instance, _ = load_at(tmp_path, moment)
    assert _is_all_before(instance, moment)


def test_everything_lies_before_noon_when_loaded_at_noon(season: Instance) -> None:
    assert _is_all_before(season, NOON)


@pytest.mark.parametrize(
    "moment", (NOON, *OTHER_CLOCKS), ids=lambda moment: f"{moment:%Y-%m-%dT%H:%M}"
)
def test_day_zero_is_before_now_at_every_hour(moment: datetime) -> None:
    for hour in range(24):
        calendar = Calendar(moment.replace(hour=hour, minute=29))
        earliest, latest = calendar.moment(0, "05:00"), calendar.moment(0, "08:29")
        assert calendar.moment(-1, "18:50") < earliest < latest <= calendar.loaded


def test_a_day_that_breaks_the_calendar_is_an_error() -> None:
    calendar = Calendar(NOON)
    for day, clock in ((1, "09:00"), (0, "08:30"), (0, "04:59"), (-1, "18:51")):
        with pytest.raises(ValueError):
            calendar.moment(day, clock)


def test_the_cucumbers_took_74_days_and_were_sprayed_9_days_before_picking(
    season: Instance,
) -> None:
    told = _hero_events(season)
    (picked,), (sprayed,), (sown,) = told["harvesting"], told["spraying"], told["planting"]
    days = [date.fromisoformat(one["event_date"]) for one in (sown, sprayed, picked)]
    assert days[2] - days[0] == timedelta(days=74)
    assert days[2] - days[1] == timedelta(days=9)
    assert days[2] == NOON.date() - timedelta(days=1)
    assert sprayed["what"]["pre_harvest_interval_days"] == 3


def test_the_hero_was_126_kg_picked_and_240_bundles_packed_corrected_from_420(
    season: Instance,
) -> None:
    told = _hero_events(season)
    (picked,), (packed,) = told["harvesting"], told["packing"]
    (share,) = read(
        season,
        "SELECT quantity, unit FROM event_node WHERE entry_index = ? AND role = 'output'",
        picked["entry_index"],
    )
    assert (share["quantity"], share["unit"]) == ("126", "kg")
    assert packed["what"]["packed_quantity"] == 240
    (wrong,) = read(
        season,
        "SELECT what FROM event WHERE declared_wrong_by IS NOT NULL AND event_type = 'packing'",
    )
    assert json.loads(wrong["what"])["packed_quantity"] == 420


def test_the_hero_has_240_labels_and_is_in_the_shop_today(season: Instance) -> None:
    told = _hero_events(season)
    assert told["labels_issued"][0]["what"]["count"] == 240
    assert told["receiving"][-1]["event_date"] == NOON.date().isoformat()


def test_the_hero_has_a_rapid_test_and_a_laboratory_report_with_its_file(season: Instance) -> None:
    report, rapid = _hero_events(season)["inspection"]
    assert rapid["what"]["results"][0] == {
        "analyte": "抑制率",
        "result": "12",
        "unit": "%",
        "limit": "50",
    }
    first = report["what"]["results"][0]
    assert (first["analyte"], first["result"], first["limit"]) == ("嘧菌酯", "0.08", "0.5")
    files = read(
        season,
        "SELECT f.media_type FROM event_file e JOIN file f ON f.sha256 = e.sha256"
        " WHERE e.entry_index = ?",
        report["entry_index"],
    )
    assert [one["media_type"] for one in files] == ["application/pdf"]
    vouchers = read(season, "SELECT vouched_by FROM inspection ORDER BY entry_index")
    assert {"laboratory", "coop", "office"} <= {one["vouched_by"] for one in vouchers}


def test_a_few_entries_are_late(season: Instance) -> None:
    late = read(season, "SELECT event_type FROM event WHERE is_late = 1 AND replaces IS NULL")
    assert {one["event_type"] for one in late} == {"field_work", "irrigation", "spraying"}
    assert 2 < len(late) < 8


def test_every_state_a_lot_can_have_is_there(season: Instance) -> None:
    lots = example_summary(season, BASE_URL)["lots"]
    assert {lot["state"] for lot in lots} == {
        "open",
        "held",
        "recalled",
        "destroyed",
        "sold_out",
        "used_up",
    }


def test_an_open_lot_still_has_1200_labels_to_print(season: Instance) -> None:
    waiting = [
        lot
        for lot in example_summary(season, BASE_URL)["lots"]
        if lot["state"] == "open" and (lot["packed_quantity"] or 0) >= 1200
    ]
    printed = read(
        season, "SELECT 1 FROM unit u JOIN lot l USING (node_key) WHERE l.packed_quantity >= 1200"
    )
    assert waiting and printed == []


def test_three_growers_are_in_one_lot_of_celery(season: Instance) -> None:
    growers = read(
        season,
        "SELECT l.child_key, COUNT(*) AS sources FROM lineage l JOIN lot p ON"
        " p.node_key = l.parent_key JOIN event e ON e.entry_index = l.entry_index"
        " WHERE e.event_type = 'packing' GROUP BY l.child_key",
    )
    assert max(one["sources"] for one in growers) == 3


def test_the_recall_is_told_in_both_languages_each_in_its_own_field(season: Instance) -> None:
    recalls = read(season, "SELECT what FROM event WHERE event_type = 'recall'")
    assert len(recalls) == 2
    for recall in recalls:
        what = json.loads(recall["what"])
        said = what["reason"] + what["advice"]
        assert not any(sign.isascii() and sign.isalpha() for sign in said)
        assert (what["reason_en"] + what["advice_en"]).isascii()


def test_the_recall_began_at_an_input_lot_when_labels_were_already_out(season: Instance) -> None:
    (recalled,) = read(
        season,
        "SELECT n.kind, r.node_key FROM recall r JOIN node n USING (node_key)"
        " WHERE r.closed_by IS NULL",
    )
    assert recalled["kind"] == "input_lot"
    with season.database.reading() as connection:
        reached = lineage.forward_closure(connection, [recalled["node_key"]])
    marks = ",".join(map(str, reached))
    assert read(season, f"SELECT 1 FROM unit WHERE node_key IN ({marks})")


def test_both_coops_have_valid_credit_codes_that_begin_with_93(season: Instance) -> None:
    with season.database.reading() as connection:
        coops = declared.all_coops(connection)
    assert len(coops) == 2
    for coop in coops:
        assert uscc.is_valid(coop.text("credit_code"))
        assert coop.text("credit_code").startswith("93")


def test_everything_has_a_chinese_and_an_english_name_and_a_known_picture(season: Instance) -> None:
    with season.database.reading() as connection:
        named = [
            one
            for coop in declared.all_coops(connection)
            for noun in ("party", "site", "plot", "product", "input", "certificate")
            for one in (coop, *declared.all_current(connection, coop.id, noun))
        ]
    for one in named:
        name, english = one.text("name"), one.text("name_en")
        assert any("一" <= character <= "鿿" for character in name), one
        assert english and not any("一" <= character <= "鿿" for character in english), one
        assert one.text("picture") in ("", *PICTURES), one


def test_there_are_photos_of_the_field_but_few_print_jobs(season: Instance) -> None:
    photos = read(season, "SELECT sha256 FROM event_file WHERE purpose = 'photo'")
    assert 15 <= len(photos) <= 30
    assert 3 <= len(read(season, "SELECT 1 FROM print_job")) <= 8


def test_the_ledger_of_the_season_is_whole(season: Instance) -> None:
    with season.database.reading() as connection:
        verdict = verify_ledger(connection, season.verifier_key)
    assert verdict.fault is None
    assert verdict.size > 150


def test_the_summary_leads_to_the_hero_and_lets_each_person_in_once(
    own_season: Instance, loaded: tuple[Instance, Example]
) -> None:
    instance, example = own_season, loaded[1]
    summary = example_summary(instance, f"{BASE_URL}/", lambda: NOON)
    assert summary["scan"] == f"{BASE_URL}/t/{example.hero_unit}"
    assert summary["lot"] == f"{BASE_URL}/t/{example.hero_lot}"
    assert list(summary["invitations"]) == ["grower", "packer", "tester", "manager", "inspector"]
    for role, link in summary["invitations"].items():
        recorder = Recorder(instance, lambda: NOON)
        session = people.accept_invitation(recorder, link.rsplit("/", 1)[1], "a phone")
        assert (session.role, session.membership_id) == (role, personas(instance)[role])
        with pytest.raises(Refused):
            people.accept_invitation(recorder, link.rsplit("/", 1)[1], "another phone")


def test_the_summary_counts_every_lot_once(season: Instance) -> None:
    lots = example_summary(season, BASE_URL)["lots"]
    assert max(Counter(lot["code"] for lot in lots).values()) == 1
    stored = read(season, "SELECT 1 FROM node WHERE kind IN ('lot', 'package')")
    assert len(lots) == len(stored)


def test_an_instance_without_season_has_no_summary(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        example_summary(create_instance(tmp_path, ORIGIN), BASE_URL)


def test_a_second_loading_is_refused(season: Instance) -> None:
    before = read(season, "SELECT COUNT(*) AS entries FROM entry")[0]["entries"]
    with pytest.raises(Refused, match="already"):
        load_example(season)
    assert read(season, "SELECT COUNT(*) AS entries FROM entry")[0]["entries"] == before


def test_real_records_are_never_mixed_with_the_example(tmp_path: Path) -> None:
    instance = create_instance(tmp_path, ORIGIN)
    people.found_coop(Recorder(instance), {"name": "真的", "time_zone": "UTC"}, {"name": "某人"})
    with pytest.raises(Refused, match="no example"):
        load_example(instance)
    with pytest.raises(Refused, match="no example"):
        example_of_today(tmp_path, ORIGIN)
    with pytest.raises(Refused, match="no example"):
        remove_example(tmp_path)
    assert not instance.is_example


def test_an_example_of_today_is_kept(own_season: Instance) -> None:
    evening = NOON + timedelta(hours=11)
    assert not is_stale(own_season, lambda: evening)
    kept = example_of_today(own_season.folder, ORIGIN, clock=lambda: evening)
    assert hero_codes(kept) == hero_codes(own_season)


def test_an_example_of_yesterday_is_made_anew(own_season: Instance) -> None:
    old_hero, tomorrow = hero_codes(own_season), NOON + timedelta(days=1)
    assert is_stale(own_season, lambda: tomorrow)
    own_season.database.close()
    renewed = example_of_today(own_season.folder, ORIGIN, clock=lambda: tomorrow)
    assert not is_stale(renewed, lambda: tomorrow)
    assert hero_codes(renewed) != old_hero


def test_an_example_somebody_wrote_in_is_never_thrown_away(
    own_season: Instance, loaded: tuple[Instance, Example]
) -> None:
    instance, example = own_season, loaded[1]
    recorder = Recorder(instance, lambda: NOON)
    people.sign_in_as(recorder, example.personas["grower"], "a phone")
    assert not was_written_in(instance)
    with instance.database.reading() as connection:
        plots = declared.all_current(connection, example.coop_id, "plot")
        (product, *_) = declared.all_current(connection, example.coop_id, "product")
    wang = Actor("account", example.coop_id, "grower", plots[0].text("grower_id"))
    sent = {"plot": plots[0].id, "product": product.id, "variety": "新的"}
    events.record_event(recorder, wang, events.Report("planting", sent), new_id())
    assert was_written_in(instance)
    instance.database.close()
    later = example_of_today(instance.folder, ORIGIN, clock=lambda: NOON + timedelta(days=9))
    assert hero_codes(later) == (example.hero_unit, example.hero_lot)
    later.database.close()
    with pytest.raises(Refused, match="Somebody"):
        remove_example(instance.folder)


def test_a_loading_that_broke_off_is_made_anew(tmp_path: Path) -> None:
    instance = create_instance(tmp_path, ORIGIN)
    with instance.database.writing() as connection:
        write_fact(connection, EXAMPLE, "1")
    people.found_coop(
        Recorder(instance, lambda: NOON - timedelta(days=200)),
        {"name": "半截", "time_zone": "Asia/Shanghai"},
        {"name": "某人"},
    )
    instance.database.close()
    renewed = example_of_today(tmp_path, ORIGIN, clock=lambda: NOON)
    assert hero_codes(renewed) is not None
    assert not is_stale(renewed, lambda: NOON)
