"""Dates, amounts and codes as people read them."""

import doctest
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from trace.domain.quantity import UNITS
from trace.web import clause_words, display

CHINA = timezone(timedelta(hours=8))


def test_the_examples_in_the_docstrings_are_true() -> None:
    result = doctest.testmod(display)
    assert result.attempted >= 10
    assert result.failed == 0


def test_the_examples_of_clauses_are_true() -> None:
    result = doctest.testmod(clause_words)
    assert (result.attempted, result.failed) == (3, 0)


def test_a_clause_of_two_laws_is_chinese_throughout() -> None:
    told = clause_words.clause_words("农产品质量安全法 Art. 27; 21 CFR 1.1325", "zh")
    assert told == "农产品质量安全法第二十七条；21 CFR 1.1325"


def test_a_moment_is_shown_at_its_own_offset_unless_a_zone_is_named() -> None:
    recorded = datetime(2026, 11, 20, 22, 5, tzinfo=UTC)
    assert display.moment(recorded, "zh") == "11月20日 22:05"
    assert display.moment(recorded, "zh", zone=CHINA) == "11月21日 6:05"
    assert display.clock(recorded, CHINA) == "6:05"


@pytest.mark.parametrize(
    ("on", "chinese", "english"),
    [
        (date(2026, 11, 23), "今天", "today"),
        (date(2026, 11, 22), "昨天", "yesterday"),
        (date(2026, 11, 21), "2天前", "2 days ago"),
        (date(2026, 11, 24), "明天", "tomorrow"),
        (date(2026, 11, 28), "5天后", "in 5 days"),
    ],
)
def test_days_are_counted_from_today(on: date, chinese: str, english: str) -> None:
    today = date(2026, 11, 23)
    assert display.days_ago(on, today, "zh") == chinese
    assert display.days_ago(on, today, "en") == english


def test_every_unit_of_the_domain_has_words_in_both_languages() -> None:
    assert set(UNITS) <= set(display.UNIT_WORDS)


def test_one_is_singular_in_english() -> None:
    assert display.quantity("1", "bundle", "en") == "1\N{NO-BREAK SPACE}bundle"
    assert display.quantity("1.5", "bundle", "en") == "1.5\N{NO-BREAK SPACE}bundles"


def test_a_unit_of_the_coops_own_stays_as_it_is_written() -> None:
    assert display.quantity(3, "坨", "en") == "3\N{NO-BREAK SPACE}坨"


def test_a_negative_amount_keeps_its_sign_and_its_zeros() -> None:
    assert display.number(Decimal("-12000")) == "-12,000"


def test_a_text_that_is_no_date_is_refused() -> None:
    with pytest.raises(ValueError, match="yesterday"):
        display.day("yesterday", "zh")
