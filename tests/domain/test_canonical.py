"""Canonical JSON and commitments: one value, one spelling; one value and salt, one commitment."""

import json
from decimal import Decimal

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from trace.domain.canonical import format_canonical, parse_canonical
from trace.domain.commitment import commitment_of
from trace.domain.ledger_entry import check_record_time, commitments_in
from trace.domain.merkle import LedgerError

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(1 - 2**53, 2**53 - 1) | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
)


@given(st.dictionaries(TEXTS, VALUES))
def test_what_is_written_reads_back_and_is_as_rfc_8785_says(value: dict[str, object]) -> None:
    body = format_canonical(value)
    assert body == rfc8785.dumps(value)  # type: ignore[arg-type]  # hypothesis draws JSON only
    assert parse_canonical(body) == value


def test_names_are_sorted_by_utf_16_unit() -> None:
    body = '{"😀":1,"\ufffd":2}'.encode()  # the surrogates of 😀 come before U+FFFD
    assert format_canonical({"\ufffd": 2, "😀": 1}) == body
    assert parse_canonical(body) == {"😀": 1, "\ufffd": 2}
    with pytest.raises(LedgerError, match="canonical"):
        parse_canonical('{"\ufffd":2,"😀":1}'.encode())


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ({"lots": [{"lot": "A", "mass_kg": 12.5}]}, r"\$\.lots\[0\]\.mass_kg: the float 12\.5"),
        ({"mass_kg": float("nan")}, r"\$\.mass_kg: the float nan"),
        ({"count": 2**53}, r"\$\.count: the integer 9007199254740992"),
        ({"mass_kg": (1, Decimal(1))}, r"\$\.mass_kg\[1\]: Decimal"),
        ({"a": {1: "x"}}, r"\$\.a: the name 1 is not text"),
        ({"a": "\ud800"}, r"\$\.a: half a surrogate"),
        ({"\ud800": "a"}, r"\$: half a surrogate"),
    ],
)
def test_what_json_cannot_hold_safely_is_refused_by_its_path(
    value: dict[str, object], problem: str
) -> None:
    with pytest.raises(LedgerError, match=problem):
        format_canonical(value)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"1",
        b'{"a":1}\n',
        b'{"a": 1}',
        b'{"b":1,"a":1}',
        b'{"a":1,"a":1}',
        b'{"a":-0}',
        b'{"a":1.0}',
        b'{"a":1e3}',
        b'{"a":NaN}',
        b'{"a":9007199254740992}',
        b'{"a":' + b"9" * 5_000 + b"}",
        rb'{"a":"\u0041"}',
        rb'{"a":"\ud800"}',
        rb'{"a":"\/"}',
        b'{"a":"\xff"}',
        b'\xef\xbb\xbf{"a":1}',
        b'{"a":' + b"[" * 200_000 + b"]" * 200_000 + b"}",
    ],
)
def test_any_other_spelling_is_refused(body: bytes) -> None:
    with pytest.raises(LedgerError):
        parse_canonical(body)


def test_pythons_own_json_agrees_where_the_fast_way_is_taken() -> None:
    value: dict[str, object] = {"农药": ['\x00\x1f\x7f\u2028\\"']}
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    assert format_canonical(value) == text.encode()


def test_a_commitment_is_the_hmac_of_the_value_under_the_salt() -> None:
    # openssl dgst -sha256 -mac HMAC -macopt hexkey:000102…1f
    expected = "f6b3756b51ec87db274c3fe1285b4236bf8296376623f4080f1239de9fe4d743"
    assert commitment_of("王秀英", bytes(range(32))) == expected
    assert commitment_of("王秀兰", bytes(range(32))) != expected
    assert commitment_of("王秀英", bytes(range(1, 33))) != expected


@pytest.mark.parametrize(
    ("value", "salt"), [("a", bytes(31)), ("a", bytes(33)), ("\ud800", bytes(32))]
)
def test_a_salt_of_another_length_and_half_a_surrogate_are_refused(value: str, salt: bytes) -> None:
    with pytest.raises(LedgerError):
        commitment_of(value, salt)


def test_a_record_time_is_utc_with_milliseconds() -> None:
    check_record_time("2026-05-12T01:30:00.000Z")
    for text in (
        "2026-05-12T01:30:00Z",
        "2026-05-12T01:30:00.000+00:00",
        "",
        "٢026-05-12T01:30:00.000Z",
    ):
        with pytest.raises(LedgerError, match="not UTC with milliseconds"):
            check_record_time(text)


def test_commitments_are_an_object_or_absent() -> None:
    assert commitments_in({}) == {}
    with pytest.raises(LedgerError, match="not an object"):
        commitments_in({"commitments": "none"})
