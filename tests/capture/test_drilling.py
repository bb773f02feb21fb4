"""A drill stops the time and changes nothing: no entry, no page, nobody told."""

import pytest

from trace.capture.drilling import Figures, finish_drill, start_drill, tick_steps
from trace.domain.errors import NotAllowed, NotFound, Refused
from trace.domain.recall_causes import AskedCause
from trace.query.drill_page import Drill, drill_of, share_of

from .ledger_reading import entries
from .short_deeds import is_recalled, revision, ship
from .small_farm import SmallFarm

FIGURES = Figures(1, 0, "100", 1, ("P",), 0)


def begin(farm: SmallFarm, lot: str, submission_id: str = "D-1") -> str:
    return start_drill(farm.recorder, farm.actor(), AskedCause("lot", (lot,)), submission_id)


def read(farm: SmallFarm, drill_id: str) -> Drill:
    found = drill_of(farm.instance, farm.coop_id, drill_id, farm.now)
    assert found is not None
    return found


def test_a_drill_writes_no_entry_and_turns_no_page(farm: SmallFarm) -> None:
    lot = farm.pack(farm.harvest(farm.plant()))
    before = entries(farm), revision(farm, lot)
    drill_id = begin(farm, lot)
    tick_steps(farm.recorder, farm.actor(), drill_id, {"lots_found": True})
    finish_drill(farm.recorder, farm.actor(), drill_id, FIGURES)
    assert (entries(farm), revision(farm, lot)) == before
    assert not is_recalled(farm, lot)


def test_the_server_stops_the_time(farm: SmallFarm) -> None:
    drill_id = begin(farm, farm.harvest(farm.plant()))
    farm.wait(minutes=4)
    tick_steps(farm.recorder, farm.actor(), drill_id, {"lots_found": True})
    farm.wait(minutes=2, seconds=40)
    finish_drill(farm.recorder, farm.actor(), drill_id, FIGURES)
    farm.wait(days=3)
    found = read(farm, drill_id)
    assert found.seconds == 400
    assert found.steps["lots_found"].seconds == 240


def test_a_drill_finished_twice_keeps_its_first_report(farm: SmallFarm) -> None:
    drill_id = begin(farm, farm.harvest(farm.plant()))
    finish_drill(farm.recorder, farm.actor(), drill_id, FIGURES)
    farm.wait(minutes=9)
    finish_drill(farm.recorder, farm.actor(), drill_id, Figures(9, 9, None, 9, (), 9))
    found = read(farm, drill_id)
    assert (found.seconds, found.figures["lots"]) == (0, 1)
    with pytest.raises(Refused, match="finished"):
        tick_steps(farm.recorder, farm.actor(), drill_id, {"lots_found": True})


def test_a_double_click_starts_one_drill(farm: SmallFarm) -> None:
    lot = farm.harvest(farm.plant())
    assert begin(farm, lot) == begin(farm, lot)


def test_a_drill_has_the_problems_its_recall_would_have(farm: SmallFarm) -> None:
    with pytest.raises(Refused) as refused:
        start_drill(farm.recorder, farm.actor(), AskedCause("plot_days"), "D-1")
    assert {one.field for one in refused.value.problems} == {"plots", "from_day", "until_day"}


def test_a_step_ticked_by_mistake_is_taken_back_and_an_unknown_one_refused(
    farm: SmallFarm,
) -> None:
    drill_id = begin(farm, farm.harvest(farm.plant()))
    for is_done in (True, False):
        tick_steps(farm.recorder, farm.actor(), drill_id, {"lots_found": is_done})
    assert read(farm, drill_id).steps == {}
    with pytest.raises(Refused, match="not a step"):
        tick_steps(farm.recorder, farm.actor(), drill_id, {"shouted": True})


def test_what_went_to_nobody_we_know_is_not_accounted_for(farm: SmallFarm) -> None:
    lot = farm.pack(farm.harvest(farm.plant()))
    ship(farm, lot, "100")
    sold = {"lots": [{"node": lot, "quantity": "60", "unit": "bundle"}], "channel": "gate"}
    farm.record("selling", sold, "packer")
    assert share_of(farm.instance, read(farm, begin(farm, lot))) == "75"


def test_another_co_ops_drill_is_not_ours(farm: SmallFarm) -> None:
    drill_id = begin(farm, farm.harvest(farm.plant()))
    theirs = SmallFarm(farm.instance, farm.now)
    assert drill_of(theirs.instance, theirs.coop_id, drill_id, theirs.now) is None
    with pytest.raises(NotFound):
        finish_drill(theirs.recorder, theirs.actor(), drill_id, FIGURES)


@pytest.mark.parametrize("role", ["grower", "packer", "tester"])
def test_managers_alone_practise(farm: SmallFarm, role: str) -> None:
    with pytest.raises(NotAllowed):
        start_drill(farm.recorder, farm.actor(role), AskedCause("lot", ("X",)), "D-1")
