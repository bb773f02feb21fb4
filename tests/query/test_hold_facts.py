"""What a page tells of holds: each fact once, with what did not wait for what."""

from pathlib import Path

import pytest

from tests.capture.small_farm import SmallFarm, make_farm
from trace.query.hold_facts import hold_facts
from trace.query.node_page import node_page


@pytest.fixture
def farm(tmp_path: Path) -> SmallFarm:
    """A fresh small co-op."""
    return make_farm(tmp_path)


def test_a_lot_picked_too_early_after_two_sprayings_is_held_once_in_words(
    farm: SmallFarm,
) -> None:
    planting = farm.plant()
    farm.wait(days=60)
    used = {"plantings": [planting], "input": farm.ids["azoxystrobin"], "amount": "30"}
    for day in ("2026-04-20", "2026-04-21"):
        farm.record("spraying", used, "grower", when=day)
    takes = {"takes": [{"node": planting, "quantity": "5"}]}
    picking = farm.record("harvesting", takes, "grower", when="2026-04-22")
    lot = picking.made[0].node_id
    page = node_page(farm.instance, farm.coop_id, lot)
    assert page is not None
    (held,) = page.holds
    facts = hold_facts(farm.instance, farm.coop_id, held.entry_id, lot)
    assert facts is not None
    assert facts.on.isoformat() == "2026-04-21"  # the one to wait longest for
    assert [one.first_day.isoformat() for one in facts.waited] == ["2026-04-24"]
    assert [one.entry_id for one in facts.waited] == [picking.entry_ids[0]]
