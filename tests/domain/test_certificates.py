"""Certificates judged by the day of picking, products, bases and quantity; numbers of our own."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trace.domain import certificates as rules
from trace.domain.certificates import Goods, judge

DAY = date(2026, 11, 21)
YEAR = {"valid_from": "2026-01-01", "valid_until": "2026-12-31"}
CUCUMBERS = Goods(frozenset({"cucumber"}), frozenset({"base"}), frozenset({DAY}))


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2025, 12, 31), "not_yet"),
        (date(2026, 1, 1), "valid"),
        (date(2026, 12, 31), "valid"),
        (date(2027, 1, 1), "expired"),
    ],
)
def test_a_certificate_holds_from_its_first_to_its_last_day(on: date, state: str) -> None:
    judged = judge(YEAR, replace(CUCUMBERS, days=frozenset({on})))
    assert judged.state == rules.state_on(YEAR, on) == state
    assert judged.is_valid == (state == "valid") == (not judged.problems)


def test_every_day_of_picking_is_judged() -> None:
    days = frozenset({date(2026, 12, 31), date(2027, 1, 1)})
    assert judge(YEAR, replace(CUCUMBERS, days=days)).state == "expired"


def test_a_certificate_without_lists_is_for_everything() -> None:
    assert judge(YEAR, CUCUMBERS).is_valid


def test_a_certificate_of_other_products_is_out_of_scope() -> None:
    assert judge(YEAR | {"product_ids": ["grapes"]}, CUCUMBERS).state == "out_of_scope"


def test_a_box_with_one_other_product_is_out_of_scope() -> None:
    box = replace(CUCUMBERS, product_ids=frozenset({"cucumber", "grapes"}))
    assert not judge(YEAR | {"product_ids": ["cucumber"]}, box).is_valid


def test_a_lot_with_a_part_from_another_base_is_out_of_scope() -> None:
    both = replace(CUCUMBERS, site_ids=frozenset({"base", "hill"}))
    assert judge(YEAR | {"site_ids": ["base"]}, CUCUMBERS).is_valid
    assert judge(YEAR | {"site_ids": ["base"]}, both).state == "out_of_scope"


def test_what_was_bought_in_has_no_certificate_of_ours() -> None:
    assert judge(YEAR, replace(CUCUMBERS, is_grown=False)).state == "out_of_scope"


@pytest.mark.parametrize(("picked", "state"), [("5000", "valid"), ("5000.1", "out_of_scope")])
def test_a_stated_quantity_is_used_up_by_what_was_picked(picked: str, state: str) -> None:
    goods = replace(CUCUMBERS, picked_kg=Decimal(picked))
    assert judge(YEAR | {"quantity_kg": "5000"}, goods).state == state
    assert judge(YEAR, goods).is_valid


def test_everything_against_it_is_said_at_once() -> None:
    fields = YEAR | {"product_ids": ["grapes"], "site_ids": ["hill"], "valid_until": "2026-02-01"}
    problems = judge(fields, CUCUMBERS).problems
    assert [one.field for one in problems] == ["product_ids", "site_ids", "valid_until"]


@given(
    st.sets(st.sampled_from(["a", "b", "c"])), st.sets(st.sampled_from(["x", "y"])),
    st.sets(st.integers(0, 800), min_size=1), st.integers(0, 800),
)  # fmt: skip
def test_goods_with_more_in_them_are_never_valid_where_less_is_not(
    products: set[str], sites: set[str], days: set[int], more: int
) -> None:
    fields = YEAR | {"product_ids": ["a", "b"], "site_ids": ["x"]}
    picked = frozenset(date(2025, 6, 1) + timedelta(day) for day in days)
    less = Goods(frozenset(products), frozenset(sites), picked)
    with_more = replace(less, days=picked | {date(2025, 6, 1) + timedelta(more)})
    assert not (judge(fields, with_more).is_valid and not judge(fields, less).is_valid)


def test_numbers_are_counted_by_the_day() -> None:
    assert rules.free_number(DAY, []) == "HGZ-261121-01"
    assert rules.free_number(DAY, ["HGZ-261121-01", "hgz-261121-02"]) == "HGZ-261121-03"


@pytest.mark.parametrize("number", ["DEMO-CN-0117", "鲁即合字（2026）001号"])
def test_a_number_is_free_text_of_a_kind(number: str) -> None:
    assert rules.number_problems(number, ["other"]) == []


@pytest.mark.parametrize("number", ["", "a b", "x" * 41, "<b>"])
def test_a_number_that_no_certificate_has_is_refused(number: str) -> None:
    assert rules.number_problems(number, [])


def test_a_number_stands_on_one_certificate_only() -> None:
    (problem,) = rules.number_problems("cn-1", ["CN-1"])
    assert problem.message == rules.NUMBER_TAKEN
