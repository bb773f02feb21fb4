"""What a failed inspection holds and what answers it, in whatever order they are written down."""

from itertools import permutations

import pytest

from trace.domain.events import Photo
from trace.domain.inspection import STILL_GROWING_DAYS

from .short_deeds import (
    REPORT_SHA,
    correct,
    destroy,
    is_held,
    keep_report,
    laboratory_pass,
    revision,
)
from .small_farm import SmallFarm


def report(
    farm: SmallFarm, when: str, passed: bool, *, subjects: tuple[str, ...] = (),
    plots: tuple[str, ...] = (), kind: str = "laboratory_report", sampled_on: str = "",
) -> str:  # fmt: skip
    """An inspection of a day; a laboratory report has all that it needs."""
    keep_report(farm)
    sent = {
        "inspection_kind": kind, "subjects": list(subjects), "plots": list(plots),
        "passed": str(passed), "laboratory": farm.ids["shop"], "report_number": "SY-1",
        "sampled_on": sampled_on,
    }  # fmt: skip
    photos = (Photo(REPORT_SHA, "report"),) if kind == "laboratory_report" else ()
    return farm.record("inspection", sent, "tester", when=when, photos=photos).entry_ids[0]


def test_a_failed_test_written_down_after_the_report_that_answers_it_holds_nothing(
    farm: SmallFarm,
) -> None:
    picked = farm.harvest(farm.plant())
    farm.wait(days=5)
    report(farm, "2026-03-04", True, subjects=(picked,))
    before = revision(farm, picked)
    failed = report(farm, "2026-03-02", False, subjects=(picked,), kind="rapid_test")
    assert not is_held(farm, picked)
    assert revision(farm, picked) > before, "the failed test is on the page all the same"
    assert failed


def test_a_failed_test_after_the_report_holds(farm: SmallFarm) -> None:
    picked = farm.harvest(farm.plant())
    farm.wait(days=5)
    report(farm, "2026-03-02", True, subjects=(picked,))
    report(farm, "2026-03-04", False, subjects=(picked,), kind="rapid_test")
    assert is_held(farm, picked)


def test_a_report_of_an_older_sample_does_not_answer_a_failed_test(farm: SmallFarm) -> None:
    picked = farm.harvest(farm.plant())
    farm.wait(days=9)
    report(farm, "2026-03-06", False, subjects=(picked,), kind="rapid_test")
    report(farm, "2026-03-08", True, subjects=(picked,), sampled_on="2026-03-02")
    assert is_held(farm, picked)
    report(farm, "2026-03-09", True, subjects=(picked,), sampled_on="2026-03-06")
    assert not is_held(farm, picked)


def test_the_order_of_writing_down_does_not_matter(farm: SmallFarm) -> None:
    planting = farm.plant()
    farm.wait(days=20)
    inspections = (
        ("2026-03-03", False, "rapid_test"),
        ("2026-03-05", True, "laboratory_report"),
        ("2026-03-06", True, "rapid_test"),
        ("2026-03-07", False, "laboratory_report"),
    )
    for some in (inspections[:2], inspections[:3], inspections, inspections[1:]):
        held = set()
        for order in permutations(some):
            lot = farm.harvest(planting, "1")
            for when, passed, kind in order:
                report(farm, when, passed, subjects=(lot,), kind=kind)
            held.add(is_held(farm, lot))
        assert held == {some[-1] == inspections[-1]}


def test_a_report_that_is_struck_out_leaves_the_next_one_to_answer(farm: SmallFarm) -> None:
    picked = farm.harvest(farm.plant())
    farm.wait(days=9)
    report(farm, "2026-03-02", False, subjects=(picked,), kind="rapid_test")
    first = report(farm, "2026-03-03", True, subjects=(picked,))
    second = report(farm, "2026-03-04", True, subjects=(picked,))
    correct(farm, first)
    assert not is_held(farm, picked)
    correct(farm, second)
    assert is_held(farm, picked)


def test_a_failed_test_that_is_struck_out_holds_no_more(farm: SmallFarm) -> None:
    picked = farm.harvest(farm.plant())
    failed = farm.rapid_test(picked, passed=False)
    correct(farm, failed)
    assert not is_held(farm, picked)


def test_a_failed_planting_holds_every_lot_made_from_it(farm: SmallFarm) -> None:
    planting = farm.plant()
    before = farm.harvest(planting)
    packed = farm.pack(before)
    farm.rapid_test(planting, passed=False)
    after = farm.harvest(planting)
    assert [is_held(farm, one) for one in (planting, before, packed, after)] == [True] * 4


def test_a_pass_of_what_was_made_from_it_does_not_free_what_failed(farm: SmallFarm) -> None:
    picked = farm.harvest(farm.plant())
    packed = farm.pack(picked)
    farm.rapid_test(picked, passed=False)
    farm.wait(days=1)
    laboratory_pass(farm, packed)
    assert is_held(farm, picked)
    assert is_held(farm, packed)


def test_a_pass_of_what_failed_frees_what_was_made_from_it(farm: SmallFarm) -> None:
    picked = farm.harvest(farm.plant())
    packed = farm.pack(picked)
    farm.rapid_test(picked, passed=False)
    farm.wait(days=1)
    laboratory_pass(farm, picked)
    assert not is_held(farm, packed)


def test_a_failed_field_inspection_is_no_less_a_hold(farm: SmallFarm) -> None:
    planting = farm.plant()
    report(farm, "2026-03-01", False, subjects=(planting,), kind="field_inspection")
    assert is_held(farm, planting)


def test_one_report_answers_for_every_subject_it_names(farm: SmallFarm) -> None:
    planting = farm.plant()
    lots = [farm.harvest(planting, "1") for _ in range(3)]
    bought = farm.buy_pesticide()
    for one in (*lots, bought):
        farm.rapid_test(one, passed=False)
    report(farm, "", True, subjects=(*lots[:2], bought))
    assert [is_held(farm, one) for one in (*lots, bought)] == [False, False, True, False]


def fail_plot(farm: SmallFarm, when: str, kind: str = "field_inspection") -> str:
    return report(farm, when, False, plots=(farm.ids["plot"],), kind=kind)


def test_a_failed_plot_holds_what_was_never_picked(farm: SmallFarm) -> None:
    planting = farm.plant()
    farm.wait(days=90)
    fail_plot(farm, "2026-05-29")
    assert is_held(farm, planting)
    assert is_held(farm, farm.harvest(planting))


def test_a_failed_plot_holds_nothing_that_was_sown_after_it(farm: SmallFarm) -> None:
    farm.wait(days=10)
    fail_plot(farm, "2026-03-05")
    assert not is_held(farm, farm.plant())


@pytest.mark.parametrize(("days", "held"), [(STILL_GROWING_DAYS, True),
                                            (STILL_GROWING_DAYS + 1, False)])  # fmt: skip
def test_a_planting_grows_until_sixty_days_after_its_last_picking(
    farm: SmallFarm, days: int, held: bool
) -> None:
    planting = farm.plant()
    picked = farm.harvest(planting)
    farm.wait(days=days)
    fail_plot(farm, "")
    assert is_held(farm, planting) is is_held(farm, picked) is held


def test_a_picking_written_down_late_shows_that_it_still_grew(farm: SmallFarm) -> None:
    planting = farm.plant()
    farm.harvest(planting)
    farm.wait(days=STILL_GROWING_DAYS + 20)
    fail_plot(farm, "")
    assert not is_held(farm, planting)
    takes = [{"node": planting, "quantity": "5"}]
    late = farm.record("harvesting", {"takes": takes}, "grower", when="2026-04-20")
    assert is_held(farm, planting)
    correct(farm, late.entry_ids[0])
    assert not is_held(farm, planting)


def test_a_planting_written_down_late_is_held_by_the_failed_plot_it_stood_on(
    farm: SmallFarm,
) -> None:
    farm.wait(days=10)
    fail_plot(farm, "2026-03-08")
    sent = {"plot": farm.ids["plot"], "product": farm.ids["cucumber"], "variety": "津优35"}
    made = farm.record("planting", sent, "grower", when="2026-03-05").made[0].node_id
    assert is_held(farm, made)


def test_a_later_report_on_the_plot_frees_what_the_plot_held(farm: SmallFarm) -> None:
    planting = farm.plant()
    packed = farm.pack(farm.harvest(planting))
    farm.wait(days=5)
    fail_plot(farm, "2026-03-02")
    assert is_held(farm, packed)
    report(farm, "2026-03-04", True, plots=(farm.ids["plot"],))
    assert not is_held(farm, packed)


def test_a_later_report_on_the_planting_frees_it_from_its_plot(farm: SmallFarm) -> None:
    planting = farm.plant()
    fail_plot(farm, "")
    farm.wait(days=1)
    laboratory_pass(farm, planting)
    assert not is_held(farm, planting)


def test_a_pass_of_the_plot_does_not_free_a_planting_that_failed_itself(farm: SmallFarm) -> None:
    planting = farm.plant()
    farm.rapid_test(planting, passed=False)
    farm.wait(days=1)
    report(farm, "", True, plots=(farm.ids["plot"],))
    assert is_held(farm, planting)


def test_a_rapid_test_of_the_plot_frees_nothing(farm: SmallFarm) -> None:
    planting = farm.plant()
    fail_plot(farm, "")
    farm.wait(days=1)
    report(farm, "", True, plots=(farm.ids["plot"],), kind="rapid_test")
    assert is_held(farm, planting)


def test_a_struck_out_plot_inspection_frees_its_plantings(farm: SmallFarm) -> None:
    planting = farm.plant()
    wrong = fail_plot(farm, "")
    correct(farm, wrong)
    assert not is_held(farm, planting)


def test_the_order_of_plot_inspections_does_not_matter(farm: SmallFarm) -> None:
    farm.wait(days=20)
    plot = farm.ids["plot"]
    inspections = (("2026-03-05", False), ("2026-03-08", True), ("2026-03-10", False))
    held = set()
    for order in permutations(inspections):
        made = []
        for when, passed in order:
            made.append(report(farm, when, passed, plots=(plot,)))
        planting = farm.record(
            "planting",
            {"plot": plot, "product": farm.ids["cucumber"], "variety": "x"},
            when="2026-03-04",
        ).made[0].node_id  # fmt: skip
        held.add(is_held(farm, planting))
        correct(farm, made[order.index(inspections[2])])
        held.add(not is_held(farm, planting))
        for at, entry in enumerate(made):
            if at != order.index(inspections[2]):
                correct(farm, entry)
        assert not is_held(farm, planting)
    assert held == {True}


def test_what_was_destroyed_stays_free_when_a_further_test_is_written_down(
    farm: SmallFarm,
) -> None:
    picked = farm.harvest(farm.plant())
    farm.wait(days=4)
    report(farm, "2026-03-02", False, subjects=(picked,), kind="rapid_test")
    destroy(farm, picked, "126", "kg")
    report(farm, "2026-03-03", True, subjects=(picked,), kind="rapid_test")
    assert not is_held(farm, picked)
