"""Codes as people type them."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trace.domain.errors import Refused
from trace.domain.identifiers import (
    ALPHABET,
    CODE_LENGTH,
    LOT_NUMBER,
    format_code,
    group_code,
    parse_code,
)

codes = st.integers(0, 2**80 - 1).map(format_code)


@given(codes)
def test_a_code_is_sixteen_characters_of_the_alphabet(code: str) -> None:
    assert len(code) == CODE_LENGTH
    assert set(code) <= set(ALPHABET)


@given(codes)
def test_a_code_reads_back_as_itself(code: str) -> None:
    assert parse_code(code) == code


@given(st.integers(0, 2**80 - 1), st.integers(0, 2**80 - 1))
def test_two_numbers_never_share_a_code(first: int, second: int) -> None:
    assert (format_code(first) == format_code(second)) == (first == second)


@given(codes, st.data())
def test_case_spaces_hyphens_and_look_alikes_are_read_as_meant(
    code: str, data: st.DataObject
) -> None:
    typed = ""
    for character in group_code(code):
        looks = {"0": "0Oo", "1": "1IiLl"}.get(character, character + character.lower())
        looks = {" ": " -\t·."}.get(character, looks)
        typed += data.draw(st.sampled_from(looks))
    assert parse_code(f"  {typed}\n") == code


@given(codes)
def test_a_code_in_full_width_letters_is_the_same_code(code: str) -> None:
    typed = "".join(chr(ord(one) + 0xFEE0) for one in code)
    assert parse_code(f"{typed[:4]}　{typed[4:8]}－{typed[8:]}") == code


@given(codes, st.integers(0, CODE_LENGTH - 1))
def test_a_code_with_a_character_missing_says_how_many_there_are(code: str, place: int) -> None:
    with pytest.raises(Refused) as refused:
        parse_code(code[:place] + code[place + 1 :])
    assert refused.value.problems[0].values == {"expected": "16", "length": "15"}


@given(codes, st.integers(0, CODE_LENGTH - 1), st.sampled_from("U*é码_/"))
def test_a_wrong_character_is_named(code: str, place: int, wrong: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_code(code[:place] + wrong + code[place + 1 :])
    assert refused.value.problems[0].values == {"characters": wrong.upper()}


def test_nothing_typed_is_no_code() -> None:
    with pytest.raises(Refused, match="this one has 0"):
        parse_code("  ")


@pytest.mark.parametrize("bits", [-1, 2**80])
def test_a_number_of_another_size_has_no_code(bits: int) -> None:
    with pytest.raises(ValueError, match="80 bits"):
        format_code(bits)


def test_a_code_is_shown_in_groups_of_four() -> None:
    assert group_code("7K3M9QX2D4HT8VR0") == "7K3M 9QX2 D4HT 8VR0"


@pytest.mark.parametrize("number", ["HG-261109-01", "A", "0" * 20])
def test_a_lot_number_has_capitals_digits_and_hyphens(number: str) -> None:
    assert LOT_NUMBER.fullmatch(number)


@pytest.mark.parametrize("number", ["", "hg-1", "A" * 21, "批-1", "A_1", "A 1", "A\n"])
def test_what_is_no_lot_number(number: str) -> None:
    assert not LOT_NUMBER.fullmatch(number)


def test_the_alphabet_has_no_letter_that_looks_like_a_digit() -> None:
    assert set(string.digits + string.ascii_uppercase) - set(ALPHABET) == set("ILOU")
