"""The example season shows each rule at work: what broke it, what it held, how it went on."""

import json
from collections import Counter
from datetime import UTC, date, timedelta
from pathlib import Path
from typing import Any

from tests.commands.example_season import NOON, read
from trace.capture.labelling import printing_problems
from trace.commands.example.loading import Example
from trace.domain.standing import NO_LABELS_HELD
from trace.query.balances import season_balances
from trace.query.coop_records import record_page
from trace.query.desk import waiting
from trace.query.desk_due import due
from trace.query.inspector_reads import reads_page
from trace.query.lot_proofs import LotProofs, lot_proofs
from trace.query.recall_page import Recalled, recalls_of
from trace.query.recall_tasks import tasks_of
from trace.repository.database import Row
from trace.repository.instance import Instance
from trace.repository.rebuilding import first_difference

TODAY = NOON.date()
Loaded = tuple[Instance, Example]


def _told(season: Instance, event_type: str, condition: str = "1 = 1") -> list[dict[str, Any]]:
    """Events of a type, oldest first, with what they say."""
    found = read(
        season,
        f"SELECT * FROM event WHERE event_type = ? AND {condition} ORDER BY entry_index",
        event_type,
    )
    return [dict(one) | {"what": json.loads(one["what"])} for one in found]


def _nodes(season: Instance, event: dict[str, Any], role: str) -> list[Row]:
    """What an event names in a role, each with its lot."""
    return read(
        season,
        "SELECT n.node_id, s.node_key, s.quantity, s.unit, l.lot_number, l.coop_id"
        " FROM event_node s JOIN node n ON n.node_key = s.node_key"
        " LEFT JOIN lot l ON l.node_key = s.node_key WHERE s.entry_index = ? AND s.role = ?",
        event["entry_index"],
        role,
    )


def test_each_rule_was_broken_once_or_twice_and_nothing_else(season: Instance) -> None:
    broken = read(season, "SELECT event_type, breaches FROM event WHERE breaches <> '[]'")
    assert Counter((one["event_type"], *json.loads(one["breaches"])) for one in broken) == {
        ("harvesting", "picked_too_early"): 2,
        ("spraying", "banned_input_used"): 1,
        ("spraying", "unlisted_input_used"): 2,
        ("harvesting", "more_than_grows"): 1,
        ("packing", "packed_more_than_taken"): 2,
        ("selling", "more_than_there"): 1,
    }


HOLDS = (
    "SELECT h.rule, n.kind, p.variety, l.lot_number, lifted.event_type AS ended_by FROM hold h"
    " JOIN node n ON n.node_key = h.node_key"
    " LEFT JOIN planting p ON p.node_key = h.node_key LEFT JOIN lot l ON l.node_key = h.node_key"
    " LEFT JOIN event lifted ON lifted.entry_id = h.lifted_by"
)


def _ends_of(season: Instance, rule: str) -> list[str | None]:
    """By what the holds of a rule ended, sorted, None for those that stand."""
    found = [one["ended_by"] for one in read(season, f"{HOLDS} WHERE h.rule = ?", rule)]
    return sorted(found, key=str)


def test_one_early_picking_is_held_and_one_was_destroyed(season: Instance) -> None:
    assert _ends_of(season, "early_harvest") == [None, "destroying"]


def test_labels_of_the_early_picking_are_refused(loaded: Loaded) -> None:
    season, example = loaded
    held = waiting(season, example.coop_id, NOON.astimezone(UTC), TODAY).held
    (early,) = (one for one in held if one.rule == "early_harvest")
    problems = printing_problems(season, example.coop_id, early.line.id, 1)
    assert NO_LABELS_HELD in [one.message for one in problems]


def test_one_chive_bed_with_a_banned_substance_is_held_and_one_ploughed_under(
    season: Instance,
) -> None:
    assert _ends_of(season, "banned_input") == [None, "destroying"]


def test_of_a_bed_held_twice_the_desk_tells_the_hold_that_no_test_ends(
    loaded: tuple[Instance, Example],
) -> None:
    season, example = loaded
    held = waiting(season, example.coop_id, NOON.astimezone(UTC), NOON.date()).held
    rules = sorted(one.rule for one in held)
    assert rules == ["banned_input", "early_harvest", "failed_inspection"]


def test_nothing_is_said_to_be_held_before_it_was_picked(loaded: tuple[Instance, Example]) -> None:
    season, example = loaded
    held = waiting(season, example.coop_id, NOON.astimezone(UTC), NOON.date()).held
    (early,) = (one for one in held if one.rule == "early_harvest")
    assert early.on == NOON.date() - timedelta(days=1)


def test_one_unknown_bottle_waits_and_one_was_named(season: Instance) -> None:
    assert _ends_of(season, "unlisted_input") == [None, "error_declaration"]


def test_a_failed_test_was_cleared_by_a_laboratory_one_by_destroying_and_some_stand(
    season: Instance,
) -> None:
    ends = _ends_of(season, "failed_inspection")
    assert Counter(ends) == {None: 2, "destroying": 2, "inspection": 1}


def test_a_hold_on_suspicion_was_lifted_by_the_manager(season: Instance) -> None:
    assert _ends_of(season, "suspicion") == ["hold_lifted"]


def test_one_interval_is_running_and_the_first_allowed_day_lies_ahead(loaded: Loaded) -> None:
    waits = due(*_desk(loaded)).closed
    ahead = [one.gate.first_day for one in waits if one.gate.first_day]
    assert ahead == [TODAY + timedelta(days=4), TODAY + timedelta(days=1)]


def _desk(loaded: Loaded) -> tuple[Instance, str, Any, date]:
    season, example = loaded
    return season, example.coop_id, NOON.astimezone(UTC), TODAY


def test_the_cucumbers_of_greenhouse_8_have_used_up_their_sprayings(season: Instance) -> None:
    counted = Counter[tuple[int, str]]()
    for one in _told(season, "spraying", "declared_wrong_by IS NULL"):
        for planting in _nodes(season, one, "subject"):
            counted[planting["node_key"], one["what"].get("input", "")] += 1
    assert max(counted.values()) == 3
    stated = read(season, "SELECT fields FROM declared WHERE noun = 'input'")
    assert "3" in {str(json.loads(one["fields"]).get("most_uses")) for one in stated}


def test_an_inspector_signed_a_failed_plot_after_reading_its_records(loaded: Loaded) -> None:
    season, example = loaded
    (failed,) = (
        one
        for one in _told(season, "inspection")
        if one["what"].get("plots") and not one["what"]["passed"]
    )
    assert failed["what"]["inspection_kind"] == "field_inspection"
    reads = reads_page(season, example.coop_id).reads
    assert len(reads) == 3
    assert all(one.at.isoformat() < failed["record_time"] for one in reads)


def test_one_evening_a_week_of_work_was_typed_in_at_one_sitting(loaded: Loaded) -> None:
    season, example = loaded
    days = TODAY - timedelta(days=40), TODAY
    page = record_page(season, example.coop_id, days, look="bursts")
    assert len(page.records) == len(page.bursts) == 5
    assert len({one.on for one in page.records}) == 5


def test_a_quantity_was_corrected_and_its_correction_corrected_after_the_packing(
    season: Instance,
) -> None:
    picked = [
        one for one in _told(season, "harvesting") if one["replaces"] or one["declared_wrong_by"]
    ]
    amounts = [_nodes(season, one, "input")[0]["quantity"] for one in picked]
    assert amounts == ["300", "33", "30"]
    assert [bool(one["declared_wrong_by"]) for one in picked] == [True, True, False]
    (packed,) = [
        one
        for one in _told(season, "packing")
        if [into["lot_number"] for into in _nodes(season, one, "input")]
        == [_nodes(season, picked[-1], "output")[0]["lot_number"]]
    ]
    assert packed["record_time"] < picked[-1]["record_time"]


def test_a_watering_saved_twice_was_taken_back_by_whoever_saved_it(season: Instance) -> None:
    (slip,) = _told(season, "error_declaration", "what LIKE '%did_not_occur%'")
    (watered,) = _told(season, "irrigation", "declared_wrong_by IS NOT NULL")
    assert watered["recorded_by"] == slip["recorded_by"]
    assert watered["entry_id"] == slip["what"]["wrong"]


def test_three_pickings_were_merged_split_and_packed_anew(season: Instance) -> None:
    (merged,), (split,) = _told(season, "merging"), _told(season, "splitting")
    assert len(_nodes(season, merged, "input")) == 3
    assert [one["quantity"] for one in _nodes(season, split, "output")] == ["100", "55"]
    assert len(_told(season, "repacking")) == 2


def test_what_came_back_was_sold_again(season: Instance) -> None:
    (back,) = [one for one in _told(season, "returning") if "召回" not in one["what"]["reason"]]
    (lot,) = _nodes(season, back, "returned")
    later = [
        one
        for one in _told(season, "selling")
        if lot["node_key"] in {sold["node_key"] for sold in _nodes(season, one, "removed")}
    ]
    assert [one["event_date"] >= back["event_date"] for one in later] == [True]


def test_the_second_co_ops_grapes_arrived_and_both_sold_labelled_units_of_that_vineyard(
    season: Instance,
) -> None:
    (arrival,) = [one for one in _told(season, "receiving") if _nodes(season, one, "source")]
    (theirs,), (ours,) = (_nodes(season, arrival, role) for role in ("source", "output"))
    assert theirs["coop_id"] != ours["coop_id"]
    vineyard = read(
        season,
        "SELECT l.coop_id FROM lot l WHERE EXISTS (SELECT 1 FROM unit u WHERE u.node_key ="
        " l.node_key) AND EXISTS (SELECT 1 FROM event_node s JOIN event e ON e.entry_index ="
        " s.entry_index WHERE s.node_key = l.node_key AND e.event_type = 'selling')"
        " AND (l.coop_id = ? OR l.lot_number LIKE 'PT-%')",
        theirs["coop_id"],
    )
    assert {one["coop_id"] for one in vineyard} == {theirs["coop_id"], ours["coop_id"]}


def test_three_amounts_do_not_add_up_and_something_was_lost(loaded: Loaded) -> None:
    season, example = loaded
    first = (TODAY - timedelta(days=200)).isoformat()
    found = season_balances(season, example.coop_id, first, TODAY.isoformat())
    assert Counter(one.imbalance.rule for each in found for one in each.findings) == {
        "more_than_there": 1,
        "packed_more_than_taken": 1,
        "more_than_grows": 1,
    }
    assert len(_told(season, "loss")) == 1


def _recalls(loaded: Loaded) -> tuple[Recalled, Recalled]:
    season, example = loaded
    newest, oldest = recalls_of(season, example.coop_id)
    return newest, oldest


def test_of_the_open_recall_one_shop_has_answered_and_one_has_not(loaded: Loaded) -> None:
    season, example = loaded
    still_open, _ = _recalls(loaded)
    assert not still_open.closed_by
    assert len(still_open.news) == 1
    tasks = tasks_of(season, example.coop_id, still_open)
    assert [one.state for one in tasks] == ["nobody_reached", "acknowledged"]


def test_the_recall_of_the_beginning_is_closed_with_what_came_of_it(loaded: Loaded) -> None:
    season, example = loaded
    _, closed = _recalls(loaded)
    assert closed.closed_by and "24 盒" in closed.closed_reason
    assert [one.state for one in tasks_of(season, example.coop_id, closed)] == ["acknowledged"]


def test_a_drill_took_twenty_minutes(season: Instance) -> None:
    (drill,) = read(season, "SELECT started_at, finished_at FROM drill")
    assert drill["started_at"][14:16] == "00"
    assert drill["finished_at"][14:16] == "20"


def _proofs(loaded: Loaded, product: str, made_on: int) -> LotProofs:
    """What vouches for the packed lot of a product whose lot number is of this day."""
    season, example = loaded
    day = TODAY + timedelta(days=made_on)
    (lot,) = read(
        season,
        "SELECT n.node_id FROM lot l JOIN node n ON n.node_key = l.node_key"
        " WHERE l.lot_number LIKE ? AND l.packed_quantity IS NOT NULL",
        f"{product}-{day:%y%m%d}-%",
    )
    proofs = lot_proofs(season, example.coop_id, lot["node_id"])
    assert proofs
    return proofs


def test_one_report_measured_all_that_was_sprayed_and_one_left_something_out(
    loaded: Loaded,
) -> None:
    assert _proofs(loaded, "SC", -18).lacking == ()
    (left_out,) = _proofs(loaded, "QC", -4).lacking
    assert left_out.substance == "苦参碱"


def test_a_certificate_held_for_one_picking_had_run_out_at_the_next_and_is_not_for_all(
    loaded: Loaded,
) -> None:
    def organic(product: str, made_on: int) -> str:
        proofs = _proofs(loaded, product, made_on)
        return next(
            one.state for one in proofs.certificates if one.declared.text("kind") == "organic"
        )

    assert [organic("CM", -31), organic("CM", -5), organic("XHS", -8)] == [
        "valid",
        "expired",
        "out_of_scope",
    ]


def test_one_bottle_of_the_store_will_soon_be_out_of_date(loaded: Loaded) -> None:
    (bottle,) = due(*_desk(loaded)).expiring
    assert bottle.expires_on == (TODAY + timedelta(days=19)).isoformat()
    assert len(_told(loaded[0], "input_issue")) == 1


def test_the_whole_season_replayed_from_its_ledger_gives_the_same_rows(
    season: Instance, tmp_path: Path
) -> None:
    assert first_difference(season.database, tmp_path) is None
