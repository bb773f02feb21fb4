"""Certificates of conformity: numbers, lots, and a basis that the tests really cover."""

from typing import Any

import pytest

from trace.capture.certifying import CertificateOrder, bases_that_lack, issue_certificate
from trace.capture.correcting import Correction, correct_event
from trace.capture.declaring import declare
from trace.capture.events import Report
from trace.capture.submissions import Receipt
from trace.domain.errors import NotAllowed, NotFound, Refused
from trace.domain.events import Photo
from trace.domain.substances import ENZYME_METHOD, INHIBITION

from .ledger_reading import entries, last_body
from .short_deeds import REPORT_SHA, correct, hold, keep_report, recall_from
from .small_farm import SmallFarm


def issue(
    farm: SmallFarm, lot: str, basis: str = "own_control", number: str = "", once: str = "c-1"
) -> Receipt:
    order = CertificateOrder(lot, basis, number)
    return issue_certificate(farm.recorder, farm.actor("packer"), order, once)


def spray(farm: SmallFarm, planting: str) -> None:
    sent = {"plantings": [planting], "input_lot": farm.buy_pesticide(), "amount": "30",
            "target": "霜霉病"}  # fmt: skip
    farm.record("spraying", sent, "grower")


def measure(farm: SmallFarm, subject: str, *analytes: str, kind: str = "laboratory_report") -> None:
    keep_report(farm)
    sent: dict[str, Any] = {
        "inspection_kind": kind, "subjects": [subject], "passed": "yes", "method": ENZYME_METHOD,
        "results": [{"analyte": one, "result": "未检出"} for one in analytes],
        "laboratory": farm.ids["shop"], "report_number": "SY-1",
    }  # fmt: skip
    photos = (Photo(REPORT_SHA, "report"),) if kind == "laboratory_report" else ()
    farm.record("inspection", sent, "tester", photos=photos)


@pytest.fixture
def sprayed(farm: SmallFarm) -> str:
    """A packed lot of a planting that was sprayed with azoxystrobin five days before."""
    planting = farm.plant()
    farm.wait(days=20)
    spray(farm, planting)
    farm.wait(days=5)
    return farm.pack(farm.harvest(planting))


def test_without_a_number_the_next_of_the_day_is_given(farm: SmallFarm) -> None:
    planting = farm.plant()
    for at in ("01", "02"):
        issue(farm, farm.harvest(planting, "1"), once=f"c-{at}")
        assert last_body(farm)["what"]["number"] == f"HGZ-260301-{at}"


def test_a_double_click_issues_one(farm: SmallFarm) -> None:
    picked = farm.harvest(farm.plant())
    first, second = issue(farm, picked), issue(farm, picked)
    assert first.entry_ids == second.entry_ids
    assert second.is_repeat


def test_a_number_stands_on_one_certificate_of_the_co_op(farm: SmallFarm) -> None:
    planting = farm.plant()
    issue(farm, farm.harvest(planting, "1"), number="CN-1")
    with pytest.raises(Refused, match="stands on another certificate"):
        issue(farm, farm.harvest(planting, "1"), number="cn-1", once="c-2")
    theirs = SmallFarm(farm.instance, farm.now)
    assert issue(theirs, theirs.harvest(theirs.plant()), number="CN-1").entry_ids


def test_a_lot_has_one_certificate(farm: SmallFarm) -> None:
    picked = farm.harvest(farm.plant())
    issue(farm, picked)
    with pytest.raises(Refused, match="HGZ-260301-01 is already issued"):
        issue(farm, picked, once="c-2")


def test_a_struck_out_certificate_keeps_its_number_and_makes_room_for_another(
    farm: SmallFarm,
) -> None:
    picked = farm.harvest(farm.plant())
    correct(farm, issue(farm, picked).entry_ids[0])
    with pytest.raises(Refused, match="stands on another certificate"):
        issue(farm, picked, number="HGZ-260301-01", once="c-2")
    issue(farm, picked, once="c-3")
    assert last_body(farm)["what"]["number"] == "HGZ-260301-02"


def test_a_corrected_certificate_may_keep_its_number(farm: SmallFarm) -> None:
    picked = farm.harvest(farm.plant())
    wrong = issue(farm, picked).entry_ids[0]
    farm.rapid_test(picked)
    sent = {"lot": picked, "basis": "own_test", "number": "HGZ-260301-01"}
    order = Correction(wrong, "incorrect_data", "选错了", Report("certificate_issued", sent))
    assert correct_event(farm.recorder, farm.actor(), order, "fix-1").entry_ids


@pytest.mark.parametrize("role", ["grower", "tester"])
def test_packers_and_managers_issue(farm: SmallFarm, role: str) -> None:
    order = CertificateOrder(farm.harvest(farm.plant()), "own_control")
    with pytest.raises(NotAllowed):
        issue_certificate(farm.recorder, farm.actor(role), order, "c-1")


@pytest.mark.parametrize("basis", ["own_test", "laboratory"])
def test_a_test_that_nobody_made_is_no_basis(farm: SmallFarm, basis: str) -> None:
    with pytest.raises(Refused) as refused:
        issue(farm, farm.harvest(farm.plant()), basis)
    (problem,) = refused.value.problems
    assert (problem.field, problem.clause) == ("basis", "承诺达标合格证管理办法")


def test_what_was_sprayed_and_not_measured_is_listed_and_nothing_is_written(
    farm: SmallFarm, sprayed: str
) -> None:
    measure(farm, sprayed, INHIBITION, kind="rapid_test")
    before = entries(farm)
    with pytest.raises(Refused) as refused:
        issue(farm, sprayed, "own_test")
    assert [one.values for one in refused.value.problems] == [
        {"substance": "嘧菌酯", "day": "2026-03-21"}
    ]
    assert entries(farm) == before
    assert bases_that_lack(farm.instance, farm.coop_id, sprayed) == {
        "own_control": False, "own_test": True, "laboratory": True,
    }  # fmt: skip


def test_a_report_that_measured_what_was_sprayed_is_a_basis(farm: SmallFarm, sprayed: str) -> None:
    measure(farm, sprayed, "Azoxystrobin", "毒死蜱")
    issue(farm, sprayed, "laboratory")
    assert last_body(farm)["what"]["basis"] == "laboratory"


def test_ingredients_filled_into_the_list_later_count(farm: SmallFarm) -> None:
    planting = farm.plant()
    mixture = farm.declare("input", name="保菜灵", kind="pesticide", unit="ml",
                           pre_harvest_interval_days="3")  # fmt: skip
    bought = {"input": mixture, "supplier": farm.ids["shop"], "quantity": "500"}
    bottle = farm.record("input_purchase", bought).made[0].node_id
    farm.wait(days=9)
    sent = {"plantings": [planting], "input_lot": bottle, "amount": "30", "target": "x"}
    farm.record("spraying", sent, "grower")
    farm.wait(days=4)
    picked = farm.harvest(planting)
    measure(farm, picked, "吡虫啉")
    with pytest.raises(Refused, match="What was in 保菜灵"):
        issue(farm, picked, "laboratory")
    fields = {"name": "保菜灵", "kind": "pesticide", "unit": "ml", "ingredients": "吡虫啉",
              "pre_harvest_interval_days": "3"}  # fmt: skip
    declare(farm.recorder, farm.actor(), "input", fields, mixture)
    assert issue(farm, picked, "laboratory").entry_ids


def test_what_is_held_or_recalled_has_no_certificate(farm: SmallFarm) -> None:
    planting = farm.plant()
    held, recalled = farm.harvest(planting, "1"), farm.harvest(planting, "1")
    hold(farm, held)
    recall_from(farm, recalled)
    with pytest.raises(Refused, match="on hold"):
        issue(farm, held)
    with pytest.raises(Refused, match="recalled"):
        issue(farm, recalled)


def test_everything_against_a_certificate_is_said_at_once(farm: SmallFarm, sprayed: str) -> None:
    hold(farm, sprayed)
    with pytest.raises(Refused) as refused:
        issue(farm, sprayed, "own_test", "a <b>")
    assert [one.field for one in refused.value.problems] == ["lot", "number", "basis", "basis"]


def test_another_co_ops_lot_is_not_found(farm: SmallFarm) -> None:
    theirs = SmallFarm(farm.instance, farm.now)
    lot = theirs.harvest(theirs.plant())
    with pytest.raises(Refused, match="not known here"):
        issue(farm, lot)
    with pytest.raises(NotFound):
        bases_that_lack(farm.instance, farm.coop_id, lot)
