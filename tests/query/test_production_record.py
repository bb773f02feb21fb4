"""The production record as the query gives it: which records belong, what each lacks, where."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tests.capture.small_farm import SmallFarm, make_farm
from trace.capture.correcting import Correction, correct_event
from trace.capture.events import Report
from trace.domain.quantity import Quantity
from trace.query.input_store import inputs_in_store
from trace.query.production_record import ProductionRecord, production_record

ALL = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def farm(tmp_path: Path) -> SmallFarm:
    return make_farm(tmp_path)


def record(farm: SmallFarm, days: tuple[date, date] = ALL) -> ProductionRecord:
    """The record of these days."""
    found = production_record(farm.instance, farm.coop_id, days)
    assert found is not None
    return found


def kinds(farm: SmallFarm) -> list[str]:
    """The kinds of the records that belong, in order."""
    return [one.record.event_type for one in record(farm).lines]


def test_only_what_the_law_asks_about_belongs(farm: SmallFarm) -> None:
    planting = farm.plant()
    for work in ("weeding", "traps"):
        farm.record("field_work", {"plantings": [planting], "work": work}, "grower")
    farm.record("irrigation", {"plantings": [planting]}, "grower")
    lot = farm.harvest(planting)
    farm.rapid_test(lot)
    farm.pack(lot)
    assert kinds(farm) == ["planting", "field_work", "harvesting"]


def test_what_is_packed_straight_from_the_field_is_picking(farm: SmallFarm) -> None:
    takes = [{"node": farm.plant(), "quantity": "5", "unit": "kg"}]
    farm.record("packing", {"takes": takes, "packed_quantity": "10", "unit": "bundle"}, "packer")
    assert kinds(farm)[-1] == "packing"
    assert [part.quantity for part in record(farm).lines[-1].taken] == ["5"]


def test_days_are_in_the_order_they_happened_not_in_which_they_were_written(
    farm: SmallFarm,
) -> None:
    planting = farm.plant()
    farm.wait(days=10)
    farm.record("fertilising", _fertiliser(planting), "grower")
    earlier = (farm.now - timedelta(days=5)).date().isoformat()
    farm.record("fertilising", _fertiliser(planting), "grower", when=earlier)
    days = [one.record.on for one in record(farm).lines]
    assert days == sorted(days)


def test_what_the_list_said_when_it_was_used_counts(farm: SmallFarm) -> None:
    planting, pesticide = farm.plant(), farm.buy_pesticide()
    sent = {"plantings": [planting], "input_lot": pesticide, "amount": "30"}
    farm.record("spraying", sent, "grower")
    line = record(farm).lines[-1]
    assert line.interval_days == 3
    assert line.first_day == line.record.on + timedelta(days=3)
    assert line.supplier is not None
    assert line.supplier.text("name") == "邻家鲜果店"


def test_a_struck_record_is_not_asked_for_anything(farm: SmallFarm) -> None:
    planting = farm.plant()
    entry = farm.record("fertilising", _fertiliser(planting), "grower").entry_ids[0]
    assert {one.duty.fact for one in record(farm).missing} == {"source", "use"}
    correction = Correction(entry, "did_not_occur", "没有施")
    correct_event(farm.recorder, farm.actor(), correction, "fix")
    assert record(farm).missing == ()
    assert record(farm).lines[-1].record.struck is not None


def test_what_replaces_it_on_another_day_is_named_by_its_day(farm: SmallFarm) -> None:
    planting = farm.plant()
    farm.wait(days=20)
    entry = farm.record("fertilising", _fertiliser(planting), "grower").entry_ids[0]
    earlier = (farm.now - timedelta(days=10)).date()
    report = Report("fertilising", _fertiliser(planting), when=earlier.isoformat())
    correct_event(
        farm.recorder, farm.actor(), Correction(entry, "incorrect_data", "记错天", report), "fix"
    )
    (line,) = record(farm, (farm.now.date(), farm.now.date())).lines
    assert line.replaced_on == earlier


def test_sown_seed_is_taken_from_the_store_where_its_amount_is_told(farm: SmallFarm) -> None:
    seed = farm.declare("input", name="黄瓜种子", kind="seed", unit="packet")
    bought = {"input": seed, "supplier": farm.ids["shop"], "quantity": "40",
              "quantity_unit": "packet"}  # fmt: skip
    lot = farm.record("input_purchase", bought).made[0].node_id
    sown = {"plot": farm.ids["plot"], "product": farm.ids["cucumber"], "variety": "津优35",
            "seed_lot": lot}  # fmt: skip
    farm.record("planting", sown, "grower")
    farm.record("planting", sown | {"seed_amount": "3", "seed_amount_unit": "packet"}, "grower")
    (stored,) = inputs_in_store(farm.instance, farm.coop_id, "seed", farm.now.date())
    assert stored.remaining == Quantity(Decimal(37), "packet")
    assert [one.duty.fact for one in record(farm).missing] == ["amount"]


def test_seed_of_ones_own_is_no_input(farm: SmallFarm) -> None:
    farm.plant()
    assert record(farm).missing == ()


def _fertiliser(planting: str) -> dict[str, object]:
    return {"plantings": [planting], "input_name": "鸡粪", "amount": "9", "amount_unit": "kg"}
