"""Correcting: the wrong record stays, struck out; what follows from it is set right."""

from decimal import Decimal

import pytest

from trace.capture.correcting import Correction, correct_event
from trace.capture.events import Report
from trace.domain.errors import NotAllowed, NotFound, Refused
from trace.domain.mass_balance import Balance
from trace.repository import lineage, nodes

from .ledger_reading import last_body, maker_of, row_of
from .short_deeds import (
    correct,
    destroy,
    hold,
    is_held,
    is_recalled,
    label,
    lift,
    packing_of,
    recall_from,
    revision,
    ship,
)
from .small_farm import SmallFarm


@pytest.fixture
def picked(farm: SmallFarm) -> str:
    """A harvest lot of 126 kg."""
    return farm.harvest(farm.plant())


def amounts(farm: SmallFarm, lot: str) -> Balance:
    with farm.instance.database.reading() as connection:
        return nodes.lot_balance(connection, nodes.node_key(connection, lot))


def ancestors(farm: SmallFarm, lot: str) -> list[str]:
    with farm.instance.database.reading() as connection:
        above = lineage.backward_closure(connection, nodes.node_key(connection, lot))
        return nodes.node_ids(connection, list(above))


def test_a_corrected_packing_keeps_its_lot_and_changes_its_count(
    farm: SmallFarm, picked: str
) -> None:
    packed = farm.pack(picked, count="420")
    before = revision(farm, packed)
    wrong = maker_of(farm, packed)
    receipt = correct(farm, wrong, packing_of(picked, count="240"))
    assert [one.node_id for one in receipt.made] == [packed]
    assert receipt.made[0].lot_number == "HG-260301-02"
    assert amounts(farm, packed).made == 240
    assert row_of(farm, "SELECT packed_quantity FROM lot WHERE code = ?", packed)[0] == 240
    assert revision(farm, packed) > before


def test_a_packing_is_never_corrected_below_the_labels_issued(farm: SmallFarm, picked: str) -> None:
    farm.rapid_test(picked)
    packed = farm.pack(picked)
    label(farm, packed, 50)
    with pytest.raises(Refused, match="50 labels of HG-260301-02 are issued"):
        correct(farm, maker_of(farm, packed), packing_of(picked, count="49"))
    assert amounts(farm, packed).made == 240
    correct(farm, maker_of(farm, packed), packing_of(picked, count="50"))
    assert amounts(farm, packed).made == 50


def test_the_wrong_record_stays_struck_out(farm: SmallFarm, picked: str) -> None:
    packed = farm.pack(picked, count="420")
    wrong = maker_of(farm, packed)
    receipt = correct(farm, wrong, packing_of(picked))
    struck = row_of(farm, "SELECT what, declared_wrong_by FROM event WHERE entry_id = ?", wrong)
    assert struck["declared_wrong_by"] == receipt.entry_ids[0]
    assert "420" in struck["what"]
    assert last_body(farm)["replaces"] == wrong


def test_a_corrected_packing_uses_what_goes_in_once(farm: SmallFarm, picked: str) -> None:
    packed = farm.pack(picked, kg="120")
    correct(farm, maker_of(farm, packed), packing_of(picked, kg="100"))
    assert amounts(farm, picked).remaining == 26


def test_a_corrected_packing_may_come_from_another_picking(farm: SmallFarm) -> None:
    first, second = farm.plant(), farm.plant()
    packed = farm.pack(farm.harvest(first))
    right = farm.harvest(second)
    correct(farm, maker_of(farm, packed), packing_of(right))
    assert ancestors(farm, packed) == sorted([packed, right, second])


def test_correcting_a_picking_leaves_the_lineage_of_what_was_packed_whole(
    farm: SmallFarm,
) -> None:
    planting = farm.plant()
    picked = farm.harvest(planting)
    packed = farm.pack(picked)
    before = revision(farm, packed)
    takes = [{"node": planting, "quantity": "130"}]
    correct(farm, maker_of(farm, picked), Report("harvesting", {"takes": takes}))
    assert ancestors(farm, packed) == sorted([packed, picked, planting])
    assert amounts(farm, picked).remaining == 10
    assert revision(farm, packed) > before


def test_a_correction_may_be_corrected(farm: SmallFarm, picked: str) -> None:
    packed = farm.pack(picked, count="420")
    second = correct(farm, maker_of(farm, packed), packing_of(picked, count="24")).entry_ids[1]
    correct(farm, second, packing_of(picked, count="240"))
    assert amounts(farm, packed).made == 240
    assert amounts(farm, picked).remaining == 6


def test_what_never_happened_made_nothing(farm: SmallFarm, picked: str) -> None:
    packed = farm.pack(picked)
    correct(farm, maker_of(farm, packed))
    assert amounts(farm, packed).remaining == 0
    assert amounts(farm, picked).remaining == 126
    farm.rapid_test(packed)
    with pytest.raises(Refused, match="labels are too many: 0 were packed"):
        label(farm, packed, 1)


def test_what_is_used_since_did_happen(farm: SmallFarm, picked: str) -> None:
    farm.pack(picked)
    with pytest.raises(Refused, match="recorded with HG-260301-01 since"):
        correct(farm, maker_of(farm, picked))
    assert amounts(farm, picked).made == 126


def test_what_has_labels_did_happen(farm: SmallFarm, picked: str) -> None:
    packed = farm.pack(picked)
    farm.rapid_test(picked)
    label(farm, packed, 5)
    with pytest.raises(Refused, match="since"):
        correct(farm, maker_of(farm, packed))


def test_what_is_taken_back_step_by_step_is_taken_back(farm: SmallFarm, picked: str) -> None:
    packed = farm.pack(picked)
    correct(farm, ship(farm, packed))
    correct(farm, maker_of(farm, packed))
    correct(farm, maker_of(farm, picked))
    assert amounts(farm, picked).made == 0


def test_a_lot_is_not_made_from_what_came_of_it(farm: SmallFarm, picked: str) -> None:
    packed = farm.pack(picked)
    takes = [{"node": packed, "quantity": "40", "unit": "bundle"}]
    sent = {"takes": takes, "packed_quantity": "20", "unit": "bundle"}
    again = farm.record("repacking", sent).made[0].node_id
    for own in (again, packed):
        with pytest.raises(Refused, match="cannot be used here"):
            correct(farm, maker_of(farm, packed), packing_of(own, kg="1"))


def test_a_corrected_splitting_keeps_its_parts(farm: SmallFarm, picked: str) -> None:
    takes = [{"node": picked, "quantity": "100"}]
    receipt = farm.record("splitting", {"takes": takes, "parts": ["40", "60"]})
    right = Report("splitting", {"takes": takes, "parts": ["45", "55"]})
    again = correct(farm, receipt.entry_ids[0], right)
    assert again.made == receipt.made
    assert [amounts(farm, one.node_id).made for one in again.made] == [45, 55]


@pytest.mark.parametrize("parts", [["100"], ["30", "30", "40"]])
def test_a_corrected_splitting_has_as_many_parts_as_before(
    farm: SmallFarm, picked: str, parts: list[str]
) -> None:
    takes = [{"node": picked, "quantity": "100"}]
    receipt = farm.record("splitting", {"takes": takes, "parts": ["40", "60"]})
    with pytest.raises(Refused, match="as many lots as before: 2"):
        correct(farm, receipt.entry_ids[0], Report("splitting", {"takes": takes, "parts": parts}))


def test_a_planting_sown_on_the_wrong_day_keeps_its_id(farm: SmallFarm) -> None:
    planting = farm.plant()
    sent = {"plot": farm.ids["plot"], "product": farm.ids["cucumber"], "variety": "中农16"}
    correct(farm, maker_of(farm, planting), Report("planting", sent, when="2026-02-20"))
    found = row_of(
        farm,
        "SELECT variety, started_on FROM planting p JOIN node n ON n.node_key = p.node_key"
        " WHERE node_id = ?",
        planting,
    )
    assert tuple(found) == ("中农16", "2026-02-20")


def test_a_unit_corrected_after_shipping_leaves_the_lot_readable(
    farm: SmallFarm, picked: str
) -> None:
    packed = farm.pack(picked)
    ship(farm, packed, "100")
    mass = {"unit_mass": "0.5", "unit_mass_unit": "kg"}
    sent = {**packing_of(picked, unit="box").sent, **mass}
    correct(farm, maker_of(farm, packed), Report("packing", sent))
    left = amounts(farm, packed)
    assert (left.unit, left.made, len(left.uncounted)) == ("box", Decimal(240), 1)
    destroy(farm, packed, "240", "box")
    hold(farm, packed)
    assert is_held(farm, packed)


def test_a_shipping_before_a_hold_may_be_corrected_after_it(farm: SmallFarm, picked: str) -> None:
    packed = farm.pack(picked)
    wrong = ship(farm, packed, "100")
    farm.rapid_test(picked, passed=False)
    recall_from(farm, picked)
    lots = [{"node": packed, "quantity": "90", "unit": "bundle"}]
    sent = {"lots": lots, "customer": farm.ids["shop"]}
    receipt = correct(farm, wrong, Report("shipping", sent))
    assert receipt.breaches == ()
    assert amounts(farm, packed).remaining == 150


def test_correcting_what_left_while_held_does_not_make_it_right(
    farm: SmallFarm, picked: str
) -> None:
    packed = farm.pack(picked)
    suspicion = hold(farm, packed)
    lots = [{"node": packed, "quantity": "9", "unit": "bundle"}]
    sent = {"lots": lots, "customer": farm.ids["shop"]}
    wrong = farm.record("shipping", sent, already_happened=True).entry_ids[0]
    lift(farm, suspicion)
    lots[0]["quantity"] = "300"
    receipt = correct(farm, wrong, Report("shipping", sent))
    assert receipt.breaches == ("held_lot_left", "more_than_there")


def test_a_correction_never_removes_a_recall(farm: SmallFarm, picked: str) -> None:
    entry_id = recall_from(farm, picked)
    with pytest.raises(Refused, match="cannot be corrected"):
        correct(farm, entry_id)
    assert is_recalled(farm, picked)


@pytest.mark.parametrize("kind", ["labels", "closing", "correction"])
def test_some_records_are_never_corrected(farm: SmallFarm, picked: str, kind: str) -> None:
    if kind == "labels":
        farm.rapid_test(picked)
        entry_id = label(farm, farm.pack(picked), 1).entry_ids[0]
    elif kind == "closing":
        sent = {"recall": recall_from(farm, picked), "reason": "都收回了"}
        entry_id = farm.record("recall_closed", sent).entry_ids[0]
    else:
        entry_id = correct(farm, hold(farm, picked)).entry_ids[0]
    with pytest.raises(Refused, match="cannot be corrected"):
        correct(farm, entry_id)


def test_a_record_is_corrected_once(farm: SmallFarm, picked: str) -> None:
    wrong = maker_of(farm, farm.pack(picked))
    correct(farm, wrong)
    with pytest.raises(Refused, match="already corrected"):
        correct_event(
            farm.recorder, farm.actor(), Correction(wrong, "did_not_occur", "看错了"), "S-2"
        )


def test_a_correction_sent_twice_is_one(farm: SmallFarm, picked: str) -> None:
    wrong = maker_of(farm, farm.pack(picked))
    first, again = (correct(farm, wrong) for _ in range(2))
    assert (first.entry_ids, again.is_repeat) == (again.entry_ids, True)


def test_a_record_is_replaced_by_one_of_its_kind(farm: SmallFarm, picked: str) -> None:
    with pytest.raises(Refused, match="of the same kind"):
        correct(farm, maker_of(farm, picked), packing_of(picked))


def test_a_wrong_replacement_leaves_the_record_as_it_was(farm: SmallFarm, picked: str) -> None:
    packed = farm.pack(picked)
    with pytest.raises(Refused, match="is not a number"):
        correct(farm, maker_of(farm, packed), packing_of(picked, count="many"))
    assert amounts(farm, packed).made == 240
    assert ancestors(farm, packed) != [packed]


def test_another_co_ops_record_is_not_found(farm: SmallFarm) -> None:
    theirs = SmallFarm(farm.instance, farm.now)
    with pytest.raises(NotFound):
        correct(farm, maker_of(farm, theirs.plant()))


@pytest.mark.parametrize("role", ["grower", "packer", "tester"])
def test_managers_alone_correct(farm: SmallFarm, picked: str, role: str) -> None:
    correction = Correction(maker_of(farm, picked), "did_not_occur", "")
    with pytest.raises(NotAllowed):
        correct_event(farm.recorder, farm.actor(role), correction, "S-1")


def test_the_words_of_a_correction_are_private(farm: SmallFarm, picked: str) -> None:
    correct(farm, maker_of(farm, farm.pack(picked)))
    body = last_body(farm)
    assert "看错了" not in str(body)
    assert "note" in body["commitments"]
