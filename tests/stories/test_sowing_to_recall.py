"""One season as it goes: sown, sprayed, picked, tested, packed, labelled, shipped, and recalled."""

from datetime import date

import pytest

from tests.capture.small_farm import SmallFarm
from trace.capture.labelling import LabelOrder, issue_labels
from trace.capture.recalling import RecallOrder, recall
from trace.domain.errors import Refused
from trace.query.public_record import public_page
from trace.repository import nodes, units
from trace.repository.ledger_verification import verify_ledger


def print_labels(farm: SmallFarm, lot: str, count: int, submission_id: str) -> list[str]:
    order = LabelOrder(lot, "a4-24", count, "https://trace.example", {})
    issue_labels(farm.recorder, farm.actor("packer"), order, submission_id)
    with farm.instance.database.reading() as connection:
        return units.codes_of(connection, nodes.node_key(connection, lot), 1, count)


def test_a_season_from_sowing_to_recall(farm: SmallFarm) -> None:
    planting = farm.plant()
    pesticide = farm.buy_pesticide()
    farm.wait(days=60)
    spray = {"plantings": [planting], "input_lot": pesticide, "amount": "30", "target": "霜霉病"}
    farm.record("spraying", spray, "grower", note="叶背面打透")
    farm.wait(days=9)
    picked = farm.harvest(planting)
    farm.rapid_test(picked)
    packed = farm.pack(picked)
    farm.wait(hours=2)
    code = print_labels(farm, packed, 24, "labels-1")[0]
    goods = {"lots": [{"node": packed, "quantity": "240", "unit": "bundle"}]}
    farm.record("shipping", goods | {"customer": farm.ids["shop"]}, "packer")

    page = public_page(farm.instance, code)
    told = [event.event_type for event in page.record.events]
    assert told == ["planting", "spraying", "harvesting", "inspection", "packing", "shipping"]
    assert page.record.growing.started_on == date(2026, 3, 1)
    assert page.record.growing.picked_from == date(2026, 5, 9)
    assert page.verdict == "incomplete"  # the product names no standard

    recall(
        farm.recorder,
        farm.actor(),
        RecallOrder((pesticide,), "这批药里查出别的成分", "拿回买的店，全额退款"),
        "recall-1",
    )

    assert public_page(farm.instance, code).verdict == "recalled"
    with pytest.raises(Refused, match="recalled"):
        print_labels(farm, packed, 1, "labels-2")
    with farm.instance.database.reading() as connection:
        assert verify_ledger(connection, farm.instance.verifier_key).is_whole


def test_a_failed_rapid_test_stops_labels_until_a_laboratory_passes_it(farm: SmallFarm) -> None:
    picked = farm.harvest(farm.plant())
    farm.rapid_test(picked, passed=False)
    packed = farm.pack(picked)

    with pytest.raises(Refused, match="on hold"):
        print_labels(farm, packed, 1, "labels-1")
    farm.rapid_test(picked, passed=True)
    with pytest.raises(Refused, match="on hold"):
        print_labels(farm, packed, 1, "labels-2")
    assert public_page(farm.instance, packed).verdict == "held"


def test_destroying_ends_the_hold_of_what_failed(farm: SmallFarm) -> None:
    picked = farm.harvest(farm.plant())
    farm.rapid_test(picked, passed=False)
    lots = [{"node": picked, "quantity": "126", "unit": "kg"}]
    farm.record("destroying", {"lots": lots, "reason": "快检没过"}, "packer")

    assert public_page(farm.instance, picked).record.hold is None


def test_a_spray_after_the_picking_is_not_on_the_page_of_what_was_picked(farm: SmallFarm) -> None:
    planting, pesticide = farm.plant(), farm.buy_pesticide()
    farm.wait(days=60)
    first = farm.harvest(planting)
    farm.wait(days=1)
    farm.record("spraying", {"plantings": [planting], "input_lot": pesticide, "amount": "30"})
    farm.wait(days=5)
    second = farm.harvest(planting)

    told = [event.event_type for event in public_page(farm.instance, first).record.events]
    told_later = [event.event_type for event in public_page(farm.instance, second).record.events]
    assert "spraying" not in told
    assert "spraying" in told_later
