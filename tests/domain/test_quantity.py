"""Amounts: exact, read as typed, converted where the units have something in common."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trace.domain.errors import Refused
from trace.domain.quantity import (
    COUNT,
    INPUT,
    MASS,
    PACKED,
    UNITS,
    VOLUME,
    Quantity,
    convert,
    format_decimal,
    parse_decimal,
    parse_spoken_amount,
    without_dust,
)

amounts = st.decimals(
    min_value=Decimal("-999999999999"), max_value=Decimal("999999999999"), places=6
)
positive = st.decimals(min_value=Decimal("0.001"), max_value=Decimal("1000000"), places=3)


def in_full_width(text: str) -> str:
    return "".join(chr(ord(one) + 0xFEE0) if one != "-" else one for one in text)


@given(amounts)
def test_a_decimal_reads_back_as_itself(amount: Decimal) -> None:
    assert parse_decimal(format_decimal(amount)) == amount


@given(amounts)
def test_a_decimal_in_full_width_digits_is_the_same_decimal(amount: Decimal) -> None:
    assert parse_decimal(in_full_width(format_decimal(amount))) == amount


@given(amounts)
def test_a_decimal_is_written_in_its_shortest_plain_text(amount: Decimal) -> None:
    text = format_decimal(amount)
    assert "E" not in text
    assert not ("." in text and text.endswith(("0", ".")))
    assert len(text) <= len(format(amount, "f"))


@given(st.integers(1000, 999_999_999_999))
def test_commas_for_thousands_are_read(number: int) -> None:
    assert parse_decimal(f"{number:,}") == number
    assert parse_decimal(f"{number:,}".replace(",", "，")) == number


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("12。5", "12.5"), (" .5 ", "0.5"), ("12.", "12"), ("1,200.50", "1200.5"), ("-0.5", "-0.5")],
)
def test_what_a_phone_types_is_read(typed: str, amount: str) -> None:
    assert parse_decimal(typed) == Decimal(amount)


@pytest.mark.parametrize(
    "typed",
    (
        *("", ".", "-", "1e3", "NaN", "Infinity", "-Infinity", "0x10", "1,20", "1,2000", "1 200"),
        *("½", "1.2.3", "+1", "--1", "一百", "1" * 13, "0.1234567", "1_000", "1\n2"),
    ),
)
def test_what_is_no_decimal_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="not a decimal number"):
        parse_decimal(typed)


@pytest.mark.parametrize(
    ("typed", "unit_words", "amount"),
    [
        ("半", (), "0.5"), ("一", (), "1"), ("两", (), "2"), ("十", (), "10"), ("12.5", (), "12.5"),
        ("80盒", ("盒",), "80"), ("30 毫升", ("毫升",), "30"), ("３０ＭＬ", ("毫升", "ml"), "30"),
        ("半亩", ("亩",), "0.5"), ("一亩半", ("亩",), "1.5"), ("2斤半", ("斤",), "2.5"),
        ("两斤", ("斤",), "2"), ("1,200公斤", ("公斤", "千克", "kg"), "1200"),
        ("3 boxes", ("box", "boxes"), "3"), ("十斤半", ("斤",), "10.5"),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_it_is_said(
    typed: str, unit_words: tuple[str, ...], amount: str
) -> None:
    assert parse_spoken_amount(typed, unit_words) == Decimal(amount)


@pytest.mark.parametrize(
    ("typed", "unit_words"),
    [
        ("一二", ()), ("一半", ()), ("半半", ()), ("2半", ()), ("三十", ()), ("", ()),
        ("30毫升", ("升",)), ("5公斤", ("斤",)), ("2.5斤半", ("斤",)), ("半斤半", ("斤",)),
        ("-2斤半", ("斤",)), ("2斤斤", ("斤",)), ("2斤3", ("斤",)), ("1 200", ()), ("斤", ("斤",)),
    ],
)  # fmt: skip
def test_an_amount_that_can_be_read_in_two_ways_is_refused(
    typed: str, unit_words: tuple[str, ...]
) -> None:
    with pytest.raises(ValueError, match="not a decimal number"):
        parse_spoken_amount(typed, unit_words)


@given(amounts)
def test_every_decimal_is_also_a_spoken_amount(amount: Decimal) -> None:
    assert parse_spoken_amount(format_decimal(amount) + "公斤", ["斤", "公斤"]) == amount


def test_a_minus_before_nothing_is_not_written() -> None:
    assert format_decimal(parse_decimal("-0.0")) == "0"


@pytest.mark.parametrize("units", [MASS, VOLUME])
@given(amount=positive, data=st.data())
def test_turning_into_another_unit_and_back_changes_nothing(
    units: tuple[str, ...], amount: Decimal, data: st.DataObject
) -> None:
    first, second = data.draw(st.sampled_from(units)), data.draw(st.sampled_from(units))
    there = convert(Quantity(amount, first), second)
    assert convert(Quantity(there, second), first) == amount


@given(amount=positive, mass=positive, unit=st.sampled_from(MASS), count=st.sampled_from(COUNT))
def test_counted_units_have_mass_by_the_mass_of_one(
    amount: Decimal, mass: Decimal, unit: str, count: str
) -> None:
    there = convert(Quantity(amount, count), unit, mass)
    assert there * UNITS[unit].in_base == amount * mass
    assert without_dust(convert(Quantity(there, unit), count, mass)) == amount


@given(amount=positive, unit=st.sampled_from(sorted(UNITS)))
def test_a_unit_turned_into_itself_changes_nothing(amount: Decimal, unit: str) -> None:
    assert convert(Quantity(amount, unit), unit) == amount


@pytest.mark.parametrize(
    ("given_unit", "unit", "mass"),
    (
        *(("kg", "l", None), ("bundle", "kg", None), ("kg", "bundle", None), ("l", "kg", "1")),
        *(("bundle", "box", "1"), ("box", "l", "1"), ("mu", "kg", "1"), ("bundle", "box", None)),
    ),
)
def test_units_with_nothing_in_common_are_refused(
    given_unit: str, unit: str, mass: str | None
) -> None:
    with pytest.raises(Refused, match=f"2 {given_unit} cannot be turned into {unit}"):
        convert(Quantity(Decimal(2), given_unit), unit, Decimal(mass) if mass else None)


def test_two_jin_are_a_kilogram() -> None:
    assert convert(Quantity(Decimal(2), "jin"), "kg") == 1


def test_a_quantity_says_amount_and_unit() -> None:
    assert str(Quantity(Decimal("126.50"), "kg")) == "126.5 kg"


@given(positive)
def test_without_dust_leaves_what_was_typed(amount: Decimal) -> None:
    assert str(without_dust(amount)) == str(amount)


def test_three_thirds_leave_nothing() -> None:
    assert without_dust(1 - 3 * (Decimal(1) / 3)) == 0


@pytest.mark.parametrize("units", [MASS, VOLUME, COUNT, PACKED, INPUT])
def test_every_unit_offered_is_a_unit(units: tuple[str, ...]) -> None:
    assert set(units) <= set(UNITS)
