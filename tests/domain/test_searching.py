"""Searching folds width, case and spaces away, on both sides alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trace.domain.searching import MOST_WORDS, folded, has_words, spellings, words_of


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("hg-261121", "HG-261121-01"),
        ("ＨＧ－２６１１２１", "HG-261121-01"),
        ("hg-261121", "ＨＧ－２６１１２１－０１"),
        ("白粉", "番茄白粉病发生"),
        ("17号　黄瓜", "17号大棚 黄瓜"),
        ("strasse", "Straße"),
    ],
)
def test_a_part_is_found_whatever_its_width_and_case(typed: str, text: str) -> None:
    assert has_words([text], words_of(typed))


def test_several_words_must_all_be_there_in_any_of_the_texts() -> None:
    assert has_words(["17号大棚", "黄瓜"], words_of("黄瓜 17号"))
    assert not has_words(["17号大棚", "黄瓜"], words_of("黄瓜 16号"))


def test_a_word_does_not_run_over_from_one_text_to_the_next() -> None:
    assert not has_words(["黄", "瓜"], words_of("黄瓜"))


def test_nothing_typed_looks_for_nothing() -> None:
    assert words_of(" \t　") == ()


@given(st.text(max_size=300))
def test_what_is_folded_stays_as_it_is(typed: str) -> None:
    assert folded(folded(typed)) == folded(typed)


@given(st.text(max_size=300))
def test_words_are_few_each_once_and_folded(typed: str) -> None:
    words = words_of(typed)
    assert len(words) == len(set(words)) <= MOST_WORDS
    assert all(word == folded(word) for word in words)


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=20))
def test_every_spelling_folds_to_the_word_it_is_of(text: str) -> None:
    word = folded(text)
    assert {folded(one) for one in spellings(word)} == {word}
