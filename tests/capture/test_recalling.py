"""A recall reaches everything made from its causes, then and later, and is never undone."""

from hashlib import sha256

import pytest

from trace.capture.recalling import RecallOrder, recall
from trace.domain.errors import NotAllowed, Refused

from .ledger_reading import entries, last_body
from .short_deeds import is_recalled, recall_from, revision, ship
from .small_farm import SmallFarm


def spray(farm: SmallFarm, planting: str, pesticide: str) -> None:
    sent = {"plantings": [planting], "input_lot": pesticide, "amount": "30"}
    farm.record("spraying", sent)


def test_a_recall_from_a_pesticide_reaches_the_packed_lots(farm: SmallFarm) -> None:
    pesticide, planting, clean = farm.buy_pesticide(), farm.plant(), farm.plant()
    spray(farm, planting, pesticide)
    packed = farm.pack(farm.harvest(planting))
    other = farm.pack(farm.harvest(clean))
    before = revision(farm, packed), revision(farm, other)
    recall_from(farm, pesticide)
    assert is_recalled(farm, packed)
    assert not is_recalled(farm, other)
    assert revision(farm, packed) > before[0]
    assert revision(farm, other) == before[1]


def test_a_recall_passes_through_packages(farm: SmallFarm) -> None:
    picked = farm.harvest(farm.plant())
    takes = [{"node": farm.pack(picked), "quantity": "20", "unit": "bundle"}]
    sent = {"takes": takes, "package_name": "礼盒", "packed_quantity": "20"}
    box = farm.record("package_made", sent).made[0].node_id
    recall_from(farm, picked)
    assert is_recalled(farm, box)


def test_what_is_made_later_of_what_is_recalled_is_recalled_too(farm: SmallFarm) -> None:
    picked = farm.harvest(farm.plant())
    recall_from(farm, picked)
    assert is_recalled(farm, farm.pack(picked))


def test_a_recall_does_not_go_back_to_where_it_came_from(farm: SmallFarm) -> None:
    planting = farm.plant()
    first, second = farm.harvest(planting), farm.harvest(planting)
    recall_from(farm, first)
    assert not is_recalled(farm, planting)
    assert not is_recalled(farm, second)


def test_the_entry_keeps_count_and_hash_of_all_it_reaches(farm: SmallFarm) -> None:
    planting = farm.plant()
    picked = farm.harvest(planting)
    reached = sorted([planting, picked, farm.pack(picked)])
    recall_from(farm, planting)
    what = last_body(farm)["what"]
    assert what["closure_count"] == 3
    assert what["closure_hash"] == sha256("\n".join(reached).encode()).hexdigest()
    assert (what["reason"], what["advice"]) == ("坏药", "别吃")


def test_several_causes_are_one_recall(farm: SmallFarm) -> None:
    first, second = farm.harvest(farm.plant()), farm.harvest(farm.plant())
    recall_from(farm, first, second)
    assert is_recalled(farm, first)
    assert is_recalled(farm, second)
    assert last_body(farm)["what"]["closure_count"] == 2


def test_what_is_recalled_is_not_shipped(farm: SmallFarm) -> None:
    packed = farm.pack(farm.harvest(farm.plant()))
    recall_from(farm, packed)
    with pytest.raises(Refused, match="HG-260301-02 is recalled"):
        ship(farm, packed)


def test_what_left_although_recalled_is_recorded_with_its_breach(farm: SmallFarm) -> None:
    packed = farm.pack(farm.harvest(farm.plant()))
    recall_from(farm, packed)
    lots = [{"node": packed, "quantity": "9", "unit": "bundle"}]
    sent = {"lots": lots, "customer": farm.ids["shop"]}
    receipt = farm.record("shipping", sent, "packer", already_happened=True)
    assert receipt.breaches == ("recalled_lot_left",)


def test_a_closed_recall_still_says_recalled(farm: SmallFarm) -> None:
    packed = farm.pack(farm.harvest(farm.plant()))
    entry_id = recall_from(farm, packed)
    before = revision(farm, packed)
    farm.record("recall_closed", {"recall": entry_id, "reason": "都收回了"})
    assert is_recalled(farm, packed)
    assert revision(farm, packed) > before


@pytest.mark.parametrize(
    ("causes", "reason", "fields"),
    [((), "坏药", {"causes"}), (("NOTHING",), " ", {"causes-0", "reason"})],
)
def test_a_recall_without_known_cause_and_reason_is_refused(
    farm: SmallFarm, causes: tuple[str, ...], reason: str, fields: set[str]
) -> None:
    before = entries(farm)
    with pytest.raises(Refused) as refused:
        recall_from(farm, *causes, reason=reason)
    assert {problem.field for problem in refused.value.problems} == fields
    assert entries(farm) == before


def test_another_co_ops_lot_is_not_recalled_by_us(farm: SmallFarm) -> None:
    theirs = SmallFarm(farm.instance, farm.now)
    with pytest.raises(Refused, match="not known here"):
        recall_from(farm, theirs.plant())


@pytest.mark.parametrize("role", ["grower", "packer", "tester"])
def test_managers_alone_recall(farm: SmallFarm, role: str) -> None:
    with pytest.raises(NotAllowed):
        recall(farm.recorder, farm.actor(role), RecallOrder((farm.plant(),), "坏药"), "S-1")


def test_a_recall_sent_twice_is_one(farm: SmallFarm) -> None:
    order = RecallOrder((farm.plant(),), "坏药")
    first = recall(farm.recorder, farm.actor(), order, "S-1")
    before = entries(farm)
    again = recall(farm.recorder, farm.actor(), order, "S-1")
    assert (again.entry_ids, again.is_repeat) == (first.entry_ids, True)
    assert entries(farm) == before
