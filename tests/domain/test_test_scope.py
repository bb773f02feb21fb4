"""用什么药检什么药: what was sprayed, against what was measured."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trace.domain.inspection import Examined
from trace.domain.substances import INHIBITION, TABLE, class_of, measured_as, substance_of
from trace.domain.test_before_label import Goods
from trace.domain.test_scope import (
    LABORATORY_TEST,
    OWN_CONTROL,
    OWN_TEST,
    Scope,
    Sprayed,
    basis_problems,
    ingredients_sprayed,
    scope,
)

SPRAYED, PICKED = date(2026, 11, 12), date(2026, 11, 21)
P1, P2, LOT1, LOT2, MIXED = 1, 2, 3, 4, 5


def measured(*analytes: str, **more: object) -> Examined:
    said: dict[str, object] = {
        "inspection_kind": "laboratory_report", "passed": True, "vouched_by": "laboratory",
        "on": PICKED, "analytes": analytes,
    }  # fmt: skip
    return Examined(**(said | more))  # type: ignore[arg-type]  # a test's shorthand


def rapid(*analytes: str) -> Examined:
    return measured(*(analytes or (INHIBITION,)), inspection_kind="rapid_test", vouched_by="coop")


def one_lot(*tests: Examined, at_planting: tuple[Examined, ...] = ()) -> dict[int, Goods]:
    return {
        P1: Goods("17号大棚", at_planting, is_planting=True),
        LOT1: Goods("HG-1", tests, ((P1, PICKED),)),
    }


def mixed(first: tuple[Examined, ...] = (), both: tuple[Examined, ...] = ()) -> dict[int, Goods]:
    return {
        P1: Goods("17号大棚", is_planting=True),
        P2: Goods("18号大棚", is_planting=True),
        LOT1: Goods("HG-1", first, ((P1, PICKED),)),
        LOT2: Goods("HG-2", (), ((P2, PICKED),)),
        MIXED: Goods("HG-3", both, ((LOT1, PICKED), (LOT2, PICKED))),
    }


def sprayed(*substances: str, planting: int = P1, on: date = SPRAYED) -> list[Sprayed]:
    return [Sprayed(one, on, planting) for one in substances]


def missing(found: Scope) -> list[tuple[str, int]]:
    return [(one.substance, one.planting) for one in found.missing]


@pytest.mark.parametrize(
    ("sprayed_as", "reported_as"),
    [
        ("嘧菌酯", "Azoxystrobin"),
        ("azoxystrobin", "嘧菌酯"),
        ("嘧菌酯", "嘧菌酯 azoxystrobin"),
        ("嘧菌酯", "嘧菌酯（Azoxystrobin）"),
        ("２５％嘧菌酯", "嘧菌酯"),
        ("高效氯氟氰菊酯", "cyhalothrin"),
        ("lambda cyhalothrin", "氯氟氰菊酯"),
        ("甲维盐", "emamectin-benzoate"),
        ("新药一号", "新药 一号"),
    ],
)
def test_one_substance_is_known_by_all_its_names(sprayed_as: str, reported_as: str) -> None:
    found = scope(LOT1, one_lot(measured(reported_as)), sprayed(sprayed_as))
    assert found.is_whole
    assert found.covered


@pytest.mark.parametrize(
    ("sprayed_as", "reported_as"),
    [("乐果", "氧乐果"), ("parathion", "parathion-methyl"), ("嘧菌酯", "吡唑醚菌酯")],
)
def test_names_that_resemble_each_other_are_not_the_same(sprayed_as: str, reported_as: str) -> None:
    found = scope(LOT1, one_lot(measured(reported_as)), sprayed(sprayed_as))
    assert missing(found) == [(sprayed_as, P1)]


@pytest.mark.parametrize("substance", ["毒死蜱", "chlorpyrifos", "克百威"])
def test_a_rapid_test_covers_organophosphates_and_carbamates_as_classes(substance: str) -> None:
    assert scope(LOT1, one_lot(rapid()), sprayed(substance)).is_whole


@pytest.mark.parametrize("substance", ["嘧菌酯", "吡虫啉", "多菌灵"])
def test_a_rapid_test_says_nothing_of_what_its_enzyme_does_not_feel(substance: str) -> None:
    assert missing(scope(LOT1, one_lot(rapid()), sprayed(substance))) == [(substance, P1)]


def test_a_rapid_test_that_does_not_say_what_it_measured_covers_nothing() -> None:
    silent = measured(inspection_kind="rapid_test", vouched_by="coop")
    assert missing(scope(LOT1, one_lot(silent), sprayed("毒死蜱"))) == [("毒死蜱", P1)]


def test_only_a_named_laboratory_counts_where_it_is_the_basis() -> None:
    goods = one_lot(rapid(), measured("毒死蜱", vouched_by="coop"))
    assert scope(LOT1, goods, sprayed("毒死蜱"), OWN_TEST).is_whole
    assert not scope(LOT1, goods, sprayed("毒死蜱"), LABORATORY_TEST).is_whole


@pytest.mark.parametrize(
    "wrong", [{"passed": False}, {"is_wrong": True}, {"inspection_kind": "field_inspection"}]
)
def test_failed_struck_out_and_unmeasured_inspections_cover_nothing(
    wrong: dict[str, object],
) -> None:
    goods = one_lot(measured("嘧菌酯", **wrong))
    assert missing(scope(LOT1, goods, sprayed("嘧菌酯"))) == [("嘧菌酯", P1)]


def test_a_test_of_one_part_of_a_mixed_lot_says_nothing_of_the_other() -> None:
    both = sprayed("嘧菌酯") + sprayed("嘧菌酯", planting=P2)
    assert missing(scope(MIXED, mixed(first=(measured("嘧菌酯"),)), both)) == [("嘧菌酯", P2)]
    assert scope(MIXED, mixed(both=(measured("嘧菌酯"),)), both).is_whole


def test_two_tests_on_one_way_cover_together() -> None:
    goods = mixed(first=(measured("嘧菌酯"),), both=(rapid(),))
    assert scope(MIXED, goods, sprayed("嘧菌酯", "毒死蜱")).is_whole


def test_a_report_on_the_planting_counts_for_its_picking_until_it_runs_out() -> None:
    def of_planting(until: str) -> Scope:
        test = measured("嘧菌酯", on=date(2026, 11, 15), valid_until=until, at_origin=True)
        return scope(LOT1, one_lot(at_planting=(test,)), sprayed("嘧菌酯"))

    assert of_planting("2026-11-21").is_whole
    assert not of_planting("2026-11-20").is_whole


def test_what_was_sprayed_after_the_picking_is_not_on_the_goods() -> None:
    found = scope(LOT1, one_lot(), sprayed("嘧菌酯", on=date(2026, 11, 22)))
    assert found == Scope()


def test_what_was_sprayed_on_the_day_of_the_picking_counts() -> None:
    assert missing(scope(LOT1, one_lot(), sprayed("嘧菌酯", on=PICKED))) == [("嘧菌酯", P1)]


def test_a_spraying_of_nobody_knows_what_cannot_be_compared() -> None:
    unknown = ingredients_sprayed([], "瓶上没字", SPRAYED, P1)
    found = scope(LOT1, one_lot(measured("嘧菌酯")), unknown)
    assert [one.substance for one in found.unknown] == ["瓶上没字"]
    assert found.missing == ()
    assert not found.is_whole


def test_several_ingredients_in_one_text_are_told_apart() -> None:
    found = ingredients_sprayed(["阿维菌素·毒死蜱", "25%嘧菌酯悬浮剂"], "混合药", SPRAYED, P1)
    assert {one.substance for one in found} == {"阿维菌素", "毒死蜱", "嘧菌酯"}


def test_one_ingredient_in_two_languages_is_one() -> None:
    found = ingredients_sprayed(["嘧菌酯", "azoxystrobin"], "药", SPRAYED, P1)
    assert len(found) == 1


def test_own_control_needs_no_test() -> None:
    missed = Scope(missing=tuple(sprayed("嘧菌酯")))
    assert basis_problems(OWN_CONTROL, missed, has_passed=False) == []


def test_a_test_that_is_the_basis_lists_every_substance_it_missed() -> None:
    missed = Scope(
        missing=tuple(sprayed("嘧菌酯", "吡虫啉") + sprayed("嘧菌酯", planting=P2)),
        unknown=(Sprayed("瓶上没字", SPRAYED, P1, is_known=False),),
    )
    problems = basis_problems(OWN_TEST, missed, has_passed=True)
    assert [one.values["day"] for one in problems] == ["2026-11-12"] * 3
    assert [one.values["substance"] for one in problems] == ["嘧菌酯", "吡虫啉", "瓶上没字"]
    assert {one.field for one in problems} == {"basis"}
    assert {one.clause for one in problems} == {"承诺达标合格证管理办法"}


@pytest.mark.parametrize("basis", [OWN_TEST, LABORATORY_TEST])
def test_no_test_at_all_is_no_basis_even_where_nothing_was_sprayed(basis: str) -> None:
    (problem,) = basis_problems(basis, Scope(), has_passed=False)
    assert problem.field == "basis"


def test_no_two_substances_share_a_name() -> None:
    names = [name for one in TABLE for name in (one.chinese, one.english, *one.also)]
    assert len(names) == len(set(names))
    assert all(substance_of(name) for name in names)


def test_every_residue_is_a_substance_of_the_table() -> None:
    english = {one.english for one in TABLE}
    assert {one.residue for one in TABLE if one.residue} <= english


def test_the_enzyme_test_feels_organophosphates_and_carbamates_alone() -> None:
    assert {class_of(one.chinese) for one in TABLE} == {"organophosphates", "carbamates", ""}
    assert measured_as("什么也不是") == "什么也不是"


_NAMES = st.sampled_from(
    ["嘧菌酯", "毒死蜱", "克百威", "azoxystrobin", "吡虫啉", INHIBITION, "怪药"]
)
_SPRAYS = st.lists(
    st.builds(Sprayed, _NAMES, st.just(SPRAYED), st.sampled_from([P1, P2]), st.booleans()),
    max_size=5,
)


@given(_SPRAYS, st.lists(_NAMES, max_size=3), st.lists(_NAMES, max_size=3), st.booleans())
def test_adding_an_analyte_never_adds_a_missing_one(
    sprays: list[Sprayed], before: list[str], more: list[str], at_first: bool
) -> None:
    def found(analytes: list[str]) -> Scope:
        test = (measured(*analytes),)
        return scope(MIXED, mixed(first=test) if at_first else mixed(both=test), sprays)

    fewer, further = found(before), found([*before, *more])
    assert set(further.missing) <= set(fewer.missing)
    assert set(further.unknown) <= set(fewer.unknown)
    assert set(further.covered) >= set(fewer.covered)


def test_a_substance_sprayed_twice_is_named_once_with_its_last_day() -> None:
    twice = sprayed("嘧菌酯", on=date(2026, 11, 15)) + sprayed("嘧菌酯")
    (problem,) = basis_problems(OWN_TEST, Scope(missing=tuple(twice)), has_passed=True)
    assert problem.values["day"] == "2026-11-15"
