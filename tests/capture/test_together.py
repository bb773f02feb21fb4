"""Several reports of one form: all recorded or none, every problem at its own report."""

from typing import Any

import pytest

from trace.capture.events import Report
from trace.capture.together import record_together
from trace.domain.errors import NotAllowed, Refused

from .ledger_reading import entries
from .short_deeds import is_held
from .small_farm import SmallFarm


def rapid(node: str, passed: bool = True, **more: Any) -> Report:
    sent = {"inspection_kind": "rapid_test", "subjects": [node], "passed": str(passed)}
    return Report("inspection", sent | more.pop("sent", {}), **more)


@pytest.fixture
def lots(farm: SmallFarm) -> list[str]:
    planting = farm.plant()
    return [farm.harvest(planting, "5") for _ in range(3)]


def test_each_report_makes_an_entry_in_one_transaction(farm: SmallFarm, lots: list[str]) -> None:
    before = entries(farm)
    reports = [rapid(lots[0]), rapid(lots[1], passed=False), rapid(lots[2])]
    receipt = record_together(farm.recorder, farm.actor("tester"), reports, "morning-1")
    assert len(receipt.entry_ids) == 3
    assert entries(farm) == before + 3
    assert [is_held(farm, lot) for lot in lots] == [False, True, False]


def test_one_wrong_report_writes_none_and_every_problem_names_its_report(
    farm: SmallFarm, lots: list[str]
) -> None:
    before = entries(farm)
    above = {"results": [{"analyte": "抑制率", "result": "63", "limit": "50"}]}
    reports = [rapid(lots[0]), rapid(lots[1], sent=above), rapid("NOTHING")]
    with pytest.raises(Refused) as refused:
        record_together(farm.recorder, farm.actor("tester"), reports, "morning-1")
    fields = [one.field for one in refused.value.problems]
    assert fields == ["1.results-0-result", "2.subjects-0"]
    assert entries(farm) == before


def test_what_they_share_is_said_once(farm: SmallFarm, lots: list[str]) -> None:
    reports = [rapid(lot, when="someday", performed_by="nobody") for lot in lots]
    with pytest.raises(Refused) as refused:
        record_together(farm.recorder, farm.actor("tester"), reports, "morning-1")
    assert sorted(one.field for one in refused.value.problems) == ["performed_by", "when"]


def test_the_same_morning_sent_twice_is_recorded_once(farm: SmallFarm, lots: list[str]) -> None:
    reports = [rapid(lot) for lot in lots]
    first = record_together(farm.recorder, farm.actor("tester"), reports, "morning-1")
    again = record_together(farm.recorder, farm.actor("tester"), reports, "morning-1")
    assert first.entry_ids == again.entry_ids
    assert again.is_repeat


def test_another_morning_under_the_same_number_waits_in_the_inbox(
    farm: SmallFarm, lots: list[str]
) -> None:
    record_together(farm.recorder, farm.actor("tester"), [rapid(lots[0])], "morning-1")
    other = record_together(farm.recorder, farm.actor("tester"), [rapid(lots[1])], "morning-1")
    assert other.in_inbox
    assert other.entry_ids == ()


def test_every_report_needs_its_own_deed(farm: SmallFarm, lots: list[str]) -> None:
    report = Report("inspection", {"inspection_kind": "laboratory_report"})
    with pytest.raises(NotAllowed):
        record_together(farm.recorder, farm.actor("grower"), [rapid(lots[0]), report], "morning-1")
    with pytest.raises(NotAllowed):
        record_together(farm.recorder, farm.actor("packer"), [rapid(lots[0])], "morning-1")
