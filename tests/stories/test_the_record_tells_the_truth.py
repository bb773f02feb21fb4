"""What the record notices by itself, each story as it happens in a co-op, on a real instance."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.capture.short_deeds import (
    codes,
    correct,
    destroy,
    is_held,
    is_recalled,
    label,
    laboratory_pass,
    packing_of,
    recall_from,
)
from tests.capture.small_farm import SmallFarm
from tests.capture.two_farms import send, two_farms
from trace.capture.drilling import Figures, finish_drill, start_drill
from trace.capture.events import Report
from trace.domain.errors import Refused
from trace.domain.recall_causes import AskedCause
from trace.query.drill_page import drill_of, share_of
from trace.query.public_record import public_page
from trace.query.recall_page import recall_of
from trace.query.recall_tasks import tasks_of
from trace.repository import ledger, nodes


def state_of(farm: SmallFarm, code: str) -> str:
    """What the shopper's page of a code says first."""
    return public_page(farm.instance, code).verdict


def kg(lot: str, amount: str) -> Mapping[str, Any]:
    return {"node": lot, "quantity": amount, "unit": "kg"}


def test_sprayed_picked_too_early_recorded_held_refused_labels_and_destroyed(
    farm: SmallFarm,
) -> None:
    planting = farm.plant()
    farm.wait(days=60)
    spraying = {"plantings": [planting], "input": farm.ids["azoxystrobin"], "amount": "30"}
    farm.record("spraying", spraying, "grower", when="2026-04-30")  # three days: from 3 May
    farm.wait(days=1)
    picking = {"takes": [kg(planting, "80")]}
    receipt = farm.record("harvesting", picking, "grower", when="2026-05-01")
    picked = receipt.made[0].node_id

    assert receipt.breaches == ("picked_too_early",)
    assert public_page(farm.instance, picked).record.growing.picked_from == date(2026, 5, 1)
    assert state_of(farm, picked) == "held"
    hold = public_page(farm.instance, picked).record.hold
    assert hold is not None
    assert hold.since.date() == date(2026, 5, 1)  # nothing is held before it is picked
    assert hold.updated.date() == date(2026, 5, 1)

    farm.rapid_test(picked)
    packed = farm.pack(picked, "80", "160")
    with pytest.raises(Refused, match="on hold"):
        label(farm, packed, 1)
    out = {"lots": [{"node": packed, "quantity": "160", "unit": "bundle"}]}
    with pytest.raises(Refused, match="on hold"):
        farm.record("shipping", out | {"customer": farm.ids["shop"]}, "packer")
    laboratory_pass(farm, picked)
    assert is_held(farm, packed)

    destroy(farm, packed, "160", "bundle")
    assert not is_held(farm, picked)
    assert public_page(farm.instance, packed).record.hold is None


def test_it_has_already_left_is_recorded_flagged_and_found_by_a_recall(farm: SmallFarm) -> None:
    picked = farm.harvest(farm.plant())
    farm.rapid_test(picked, passed=False)
    packed = farm.pack(picked)
    out = {"lots": [{"node": packed, "quantity": "20", "unit": "bundle"}]}
    said = out | {"customer": farm.ids["shop"]}
    receipt = farm.record("shipping", said, "packer", already_happened=True)
    assert receipt.breaches == ("held_lot_left",)

    recall_from(farm, picked)
    assert is_recalled(farm, packed)


def test_a_failed_rapid_test_holds_until_a_laboratory_passes_and_then_labels_are_printed(
    farm: SmallFarm,
) -> None:
    picked = farm.harvest(farm.plant())
    packed = farm.pack(picked)
    farm.rapid_test(picked, passed=False)
    assert state_of(farm, packed) == "held"
    farm.wait(hours=3)
    farm.rapid_test(picked, passed=True)
    assert state_of(farm, packed) == "held"
    farm.wait(days=3)
    laboratory_pass(farm, picked)
    assert state_of(farm, packed) != "held"
    label(farm, packed, 24)
    told = public_page(farm.instance, codes(farm, packed)[0])
    results = [one.what["passed"] for one in told.record.events if one.event_type == "inspection"]
    assert results == [False, True, True]


def test_a_wrong_quantity_is_corrected_after_packing_and_every_sum_follows(
    farm: SmallFarm,
) -> None:
    planting = farm.plant()
    receipt = farm.record("harvesting", {"takes": [kg(planting, "126")]}, "grower")
    picked, written = receipt.made[0].node_id, receipt.entry_ids[0]
    packed = farm.pack(picked, "120", "240")

    right = Report("harvesting", {"takes": [kg(planting, "162")]})
    correct(farm, written, right)

    with farm.instance.database.reading() as connection:
        balance = nodes.lot_balance(connection, nodes.node_key(connection, picked))
    assert (str(balance.made), str(balance.remaining)) == ("162", "42")
    events = public_page(farm.instance, packed).record.events
    wrong, replacing = [one for one in events if one.event_type == "harvesting"]
    assert wrong.entry_id == written
    assert wrong.is_wrong
    assert replacing.replaces == written


def test_labels_bound_a_correction_of_the_packing_and_nothing_changes(farm: SmallFarm) -> None:
    picked = farm.harvest(farm.plant())
    farm.rapid_test(picked)
    receipt = farm.record("packing", packing_of(picked, "120", "240").sent, "packer")
    packed = receipt.made[0].node_id
    label(farm, packed, 200)
    with pytest.raises(Refused, match="200 labels"):
        correct(farm, receipt.entry_ids[0], packing_of(picked, "60", "120"))
    with farm.instance.database.reading() as connection:
        assert nodes.packed_quantity(connection, nodes.node_key(connection, packed)) == 240


def test_three_growers_in_one_lot_are_all_told_with_the_earliest_and_the_worst(
    farm: SmallFarm,
) -> None:
    plantings = []
    for name, plot in {"王长财": "17号大棚", "孙桂兰": "18号大棚", "刘德明": "21号大棚"}.items():
        grower = farm.declare("party", name=name, kind="person")
        place = farm.declare(
            "plot", name=plot, site_id=farm.ids["site"], grower_id=grower, kind="greenhouse"
        )
        sown = {"plot": place, "product": farm.ids["cucumber"], "variety": "津优35"}
        plantings.append(farm.record("planting", sown).made[0].node_id)
    farm.wait(days=60)
    lots = []
    for number, planting in enumerate(plantings):
        day = f"2026-04-{20 + number}"
        receipt = farm.record("harvesting", {"takes": [kg(planting, "50")]}, when=day)
        lots.append(receipt.made[0].node_id)
    merged = farm.record("merging", {"takes": [kg(lot, "50") for lot in lots]}, "packer")
    packed = farm.pack(merged.made[0].node_id, "150", "300")

    record = public_page(farm.instance, packed).record
    assert [one.text("name") for one in record.growing.growers] == ["王长财", "孙桂兰", "刘德明"]
    assert record.growing.picked_from == date(2026, 4, 20)
    assert record.growing.picked_to == date(2026, 4, 22)
    farm.rapid_test(lots[1], passed=False)
    assert state_of(farm, packed) == "held"
    assert state_of(farm, lots[0]) != "held"


def test_a_gift_box_of_two_products_is_recalled_with_one_of_them(farm: SmallFarm) -> None:
    grapes = farm.declare("product", name="葡萄", unit="box", unit_mass_kg="2", lot_prefix="PT",
                          label_needs="nothing")  # fmt: skip
    sown = {"plot": farm.ids["plot"], "product": grapes, "variety": "巨峰"}
    vines = farm.record("planting", sown).made[0].node_id
    cucumbers, bunches = farm.harvest(farm.plant()), farm.harvest(vines, "40")
    sent = {
        "takes": [kg(cucumbers, "20"), kg(bunches, "40")],
        "package_name": "田园礼盒", "packed_quantity": "10",
    }  # fmt: skip
    box = farm.record("package_made", sent, "packer").made[0].node_id
    others = farm.pack(cucumbers, "40", "80")

    recall_from(farm, bunches)

    assert state_of(farm, box) == "recalled"
    assert state_of(farm, others) != "recalled"
    with pytest.raises(Refused, match="recalled"):
        label(farm, box, 1)


def test_a_recall_of_one_pesticide_lot_reaches_sold_units_of_two_co_ops(tmp_path: Path) -> None:
    sender, town = two_farms(tmp_path)
    bad, planting = sender.buy_pesticide(), sender.plant()
    sender.wait(days=50)
    before = sender.pack(sender.harvest(planting, "40"), "40", "80")
    sender.wait(days=3)
    used = {"plantings": [planting], "input_lot": bad, "amount": "30"}
    sender.record("spraying", used, "grower")
    sender.wait(days=5)
    packed = sender.pack(sender.harvest(planting, "100"), "100", "200")
    sender.rapid_test(packed)
    label(sender, packed, 24)
    own_customer = {"lots": [{"node": packed, "quantity": "60", "unit": "bundle"}],
                    "customer": sender.ids["shop"]}  # fmt: skip
    sender.record("shipping", own_customer, "packer")
    in_town = town.take_over(send(sender, packed), packed).made[0].node_id
    repacked = {"takes": [{"node": in_town, "quantity": "100", "unit": "bundle"}],
                "packed_quantity": "100", "unit": "bundle"}  # fmt: skip
    in_town = town.record("repacking", repacked, "packer").made[0].node_id
    label(town, in_town, 12, "labels-in-town")
    resold = {"lots": [{"node": in_town, "quantity": "40", "unit": "bundle"}],
              "customer": town.ids["shop"]}  # fmt: skip
    town.record("shipping", resold, "packer")
    sold_in_town = codes(town, in_town)[0]

    entry = recall_from(sender, bad)

    assert state_of(sender, codes(sender, packed)[0]) == "recalled"
    assert state_of(town, sold_in_town) == "recalled"
    assert state_of(sender, before) != "recalled"  # picked before the spraying
    assert to_call(sender, entry) == ["邻家鲜果店", "镇社"]
    assert to_call(town, entry) == ["秘密客户"]


def to_call(farm: SmallFarm, entry: str) -> list[str]:
    """Whom this co-op has to call for a recall."""
    recalled = recall_of(farm.instance, farm.coop_id, entry)
    assert recalled is not None
    tasks = tasks_of(farm.instance, farm.coop_id, recalled)
    return sorted(one.customer.text("name") for one in tasks)


def test_a_drill_finds_the_goods_in_minutes_and_changes_nothing(farm: SmallFarm) -> None:
    bought, planting = farm.buy_pesticide(), farm.plant()
    used = {"plantings": [planting], "input_lot": bought, "amount": "30"}
    farm.record("spraying", used, "grower")
    farm.wait(days=5)
    packed = farm.pack(farm.harvest(planting))
    out = {"lots": [{"node": packed, "quantity": "100", "unit": "bundle"}],
           "customer": farm.ids["shop"]}  # fmt: skip
    farm.record("shipping", out, "packer")
    with farm.instance.database.reading() as connection:
        entries = ledger.size(connection)

    asked = AskedCause(causes=(bought,))
    drill_id = start_drill(farm.recorder, farm.actor(), asked, "drill-1")
    farm.wait(minutes=7)
    found = drill_of(farm.instance, farm.coop_id, drill_id, farm.now)
    assert found is not None
    assert [one.customer.text("name") for one in found.reach.gone if one.customer] == ["邻家鲜果店"]
    figures = Figures(len(found.reach.lots), 0, share_of(farm.instance, found), 1, (), 0)
    finish_drill(farm.recorder, farm.actor(), drill_id, figures)

    report = drill_of(farm.instance, farm.coop_id, drill_id, farm.now)
    assert report is not None
    assert report.seconds == 7 * 60
    assert report.share == "100"
    assert state_of(farm, packed) != "recalled"
    with farm.instance.database.reading() as connection:
        assert ledger.size(connection) == entries
