"""Test before label: what counts, what a harvest hands on, and what is said of the rest."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trace.domain.inspection import Examined
from trace.domain.test_before_label import Goods, label_problems, untested

PICKED = date(2026, 11, 21)
PLANTING, PICKING, PACKED, OTHER = 1, 2, 3, 4


def examined(**more: object) -> Examined:
    said: dict[str, object] = {
        "inspection_kind": "rapid_test", "passed": True, "vouched_by": "coop", "on": PICKED,
    }  # fmt: skip
    return Examined(**(said | more))  # type: ignore[arg-type]  # a test's shorthand


def report(**more: object) -> Examined:
    said = {"inspection_kind": "laboratory_report", "vouched_by": "laboratory"}
    return examined(**(said | more))


def packed_from_one_picking(
    *, planting: tuple[Examined, ...] = (), picking: tuple[Examined, ...] = (),
    packed: tuple[Examined, ...] = (),
) -> dict[int, Goods]:  # fmt: skip
    return {
        PLANTING: Goods("17号大棚", planting, is_planting=True),
        PICKING: Goods("HG-1", picking, ((PLANTING, PICKED),)),
        PACKED: Goods("HG-2", packed, ((PICKING, PICKED),)),
    }


def why(need: str, goods: dict[int, Goods]) -> list[str]:
    return [one.why for one in untested(need, PACKED, goods)]


@pytest.mark.parametrize("where", ["planting", "picking", "packed"])
def test_a_passed_rapid_test_anywhere_on_the_way_is_enough(where: str) -> None:
    test = examined(at_origin=where == "planting")
    assert why("rapid_test", packed_from_one_picking(**{where: (test,)})) == []


def test_a_product_that_needs_nothing_lacks_nothing() -> None:
    assert why("nothing", packed_from_one_picking()) == []


def test_what_nobody_tested_lacks_its_test() -> None:
    assert why("rapid_test", packed_from_one_picking()) == ["none"]


def test_a_laboratory_report_meets_the_rule_of_a_rapid_test() -> None:
    assert why("rapid_test", packed_from_one_picking(picking=(report(),))) == []


def test_a_rapid_test_does_not_meet_the_rule_of_a_laboratory() -> None:
    assert why("laboratory", packed_from_one_picking(picking=(examined(),))) == ["weaker"]


def test_a_report_that_no_laboratory_vouches_for_is_our_own_word() -> None:
    own = report(vouched_by="coop")
    assert why("laboratory", packed_from_one_picking(picking=(own,))) == ["own_word"]
    assert why("rapid_test", packed_from_one_picking(picking=(own,))) == []


@pytest.mark.parametrize(("until", "expected"), [("2026-11-20", ["ran_out"]), ("2026-11-21", [])])
def test_what_is_picked_inherits_what_was_valid_on_its_day(until: str, expected: list[str]) -> None:
    test = report(on=date(2026, 11, 1), valid_until=until, at_origin=True)
    assert why("laboratory", packed_from_one_picking(planting=(test,))) == expected


def test_a_plot_tested_after_the_picking_tells_of_other_goods() -> None:
    late = examined(on=date(2026, 11, 22), at_origin=True)
    assert why("rapid_test", packed_from_one_picking(planting=(late,))) == ["too_late"]


def test_a_sample_taken_before_the_picking_counts_although_its_report_came_later() -> None:
    late = report(on=date(2026, 11, 25), sampled_on=date(2026, 11, 20), at_origin=True)
    assert why("laboratory", packed_from_one_picking(planting=(late,))) == []


@pytest.mark.parametrize(
    "wrong",
    [{"passed": False}, {"is_wrong": True}, {"inspection_kind": "field_inspection"}],
)
def test_failed_struck_out_and_unmeasured_inspections_are_no_test(wrong: dict[str, object]) -> None:
    assert why("rapid_test", packed_from_one_picking(picking=(examined(**wrong),))) == ["none"]


def test_every_part_of_a_mixed_lot_is_tested_and_the_one_that_is_not_is_named() -> None:
    goods = packed_from_one_picking(picking=(examined(),)) | {
        OTHER: Goods("HG-9", (), ((PLANTING, PICKED),)),
        PACKED: Goods("HG-2", (), ((PICKING, PICKED), (OTHER, PICKED))),
    }
    missing = untested("rapid_test", PACKED, goods)
    assert [(one.name, one.is_part) for one in missing] == [("HG-9", True)]
    problems = label_problems("黄瓜", "rapid_test", missing)
    assert [str(one) for one in problems] == [
        "lot: 黄瓜 needs a passed rapid test before its labels are printed.",
        "lot: HG-9: no passed test is recorded.",
    ]
    assert problems[0].clause == "农产品质量安全法 Art. 34"


def test_what_was_bought_in_is_tested_itself() -> None:
    bought = {PACKED: Goods("JH-1", (examined(valid_until="2026-01-01"),))}
    assert untested("rapid_test", PACKED, bought) == []
    assert [one.name for one in untested("laboratory", PACKED, bought)] == ["JH-1"]


def test_a_report_that_ran_out_is_told_with_its_days() -> None:
    test = report(valid_until="2026-11-20", at_origin=True)
    missing = untested("laboratory", PACKED, packed_from_one_picking(planting=(test,)))
    told = label_problems("黄瓜", "laboratory", missing)[1]
    assert told.values == {"lot": "HG-1", "until": "2026-11-20", "picked": "2026-11-21"}


def test_a_cycle_in_the_lineage_ends() -> None:
    goods = {
        PICKING: Goods("A", (), ((PACKED, PICKED),)),
        PACKED: Goods("B", (), ((PICKING, PICKED), (PLANTING, PICKED))),
        PLANTING: Goods("17号大棚", is_planting=True),
    }
    assert [one.name for one in untested("rapid_test", PACKED, goods)] == ["B"]


_TESTS = st.lists(
    st.builds(
        examined,
        inspection_kind=st.sampled_from(["rapid_test", "laboratory_report", "field_inspection"]),
        passed=st.booleans(),
        vouched_by=st.sampled_from(["coop", "laboratory", "grower"]),
        valid_until=st.sampled_from([None, "2026-11-20", "2026-12-31"]),
    ),
    max_size=4,
)


@given(st.sampled_from(["rapid_test", "laboratory"]), _TESTS, _TESTS, _TESTS)
def test_a_further_test_never_makes_tested_goods_untested(
    need: str, first: list[Examined], second: list[Examined], more: list[Examined]
) -> None:
    goods = packed_from_one_picking(picking=tuple(first), packed=tuple(second))
    with_more = packed_from_one_picking(picking=(*first, *more), packed=tuple(second))
    assert len(untested(need, PACKED, with_more)) <= len(untested(need, PACKED, goods))


@pytest.mark.parametrize(("until", "expected"), [("2026-11-20", ["arrived_late"]),
                                                 ("2026-11-21", [])])  # fmt: skip
def test_a_report_that_came_with_bought_in_goods_was_valid_when_they_arrived(
    until: str, expected: list[str]
) -> None:
    bought = {PACKED: Goods("JH-1", (report(valid_until=until),), arrived_on=PICKED)}
    missing = untested("laboratory", PACKED, bought)
    assert [one.why for one in missing] == expected
    told = label_problems("葡萄", "laboratory", missing)
    assert [one.values.get("until") for one in told[1:]] == [until for _ in expected]
