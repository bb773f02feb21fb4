"""Chains of corrections: whatever is put in place, the first record stays, and so does a recall."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.capture.ledger_reading import maker_of
from tests.capture.short_deeds import is_recalled, packing_of, recall_from, ship
from tests.capture.small_farm import SmallFarm, make_farm
from trace.capture.correcting import Correction, correct_event
from trace.query.corrections import chain_of, may_be_corrected, what_hangs_on


@pytest.fixture
def farm(tmp_path: Path) -> SmallFarm:
    """A fresh small co-op."""
    return make_farm(tmp_path)


def put_in_place(farm: SmallFarm, wrong: str, picked: str, count: int) -> str:
    """Give a packing another count; the record in its place."""
    correction = Correction(wrong, "incorrect_data", "数错了", packing_of(picked, count=str(count)))
    receipt = correct_event(farm.recorder, farm.actor(), correction, f"{wrong}-{count}")
    return receipt.entry_ids[-1]


@settings(max_examples=8, deadline=None)
@given(st.lists(st.integers(1, 500), min_size=1, max_size=6), st.integers(0, 6), st.integers(0, 6))
def test_any_chain_leaves_the_first_record_visible_and_never_removes_a_recall(
    counts: list[int], looked_at: int, recalled_after: int
) -> None:
    with TemporaryDirectory() as folder:
        farm = make_farm(Path(folder))
        picked = farm.harvest(farm.plant())
        packed = farm.pack(picked)
        written = [maker_of(farm, packed)]
        for at, count in enumerate(counts):
            if at == min(recalled_after, len(counts) - 1):
                recall_from(farm, packed)
            written.append(put_in_place(farm, written[-1], picked, count))
        shown_at = written[min(looked_at, len(written) - 1)]
        chain = chain_of(farm.instance, farm.coop_id, shown_at)
        assert [one.entry_id for one in chain] == written
        assert [one.struck is None for one in chain] == [False] * len(counts) + [True]
        assert {one.struck.note for one in chain if one.struck} == {"数错了"}
        assert chain[0].what["packed_quantity"] == 240
        assert is_recalled(farm, packed)
        assert [may_be_corrected(farm.instance, farm.coop_id, one) for one in written] == [
            False
        ] * len(counts) + [True]
        farm.instance.database.close()


def test_what_hangs_on_a_sowing_is_all_that_came_of_it_newest_first(farm: SmallFarm) -> None:
    planting = farm.plant()
    picked = farm.harvest(planting)
    packed = farm.pack(picked)
    shipped = ship(farm, packed)
    found = what_hangs_on(farm.instance, farm.coop_id, maker_of(farm, planting))
    assert [one.record.entry_id for one in found.records] == [
        shipped,
        maker_of(farm, packed),
        maker_of(farm, picked),
    ]
    assert all(one.blocks and one.is_correctable for one in found.records)
    assert not found.may_be_struck


def test_a_test_falls_with_the_goods_and_blocks_nothing(farm: SmallFarm) -> None:
    picked = farm.harvest(farm.plant())
    farm.rapid_test(picked)
    found = what_hangs_on(farm.instance, farm.coop_id, maker_of(farm, picked))
    assert [one.blocks for one in found.records] == [False]
    assert found.may_be_struck


def test_nothing_hangs_on_another_co_ops_record(farm: SmallFarm) -> None:
    theirs = SmallFarm(farm.instance, farm.now)
    picked = theirs.harvest(theirs.plant())
    theirs.pack(picked)
    assert what_hangs_on(farm.instance, farm.coop_id, maker_of(theirs, picked)).records == ()
