"""Signed notes: one spelling each, and no signature taken on trust."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from trace.domain.merkle import LedgerError
from trace.domain.signed_note import (
    KeyKind,
    NoteSignature,
    SignedNote,
    VerifierKey,
    cosign_note,
    format_base64,
    format_decimal,
    format_note,
    format_signature_line,
    format_verifier_key,
    parse_base64,
    parse_decimal,
    parse_note,
    parse_signature_line,
    parse_verifier_key,
    sign_note,
    verify_note,
)

FARM = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
COUNTY = Ed25519PrivateKey.from_private_bytes(bytes(range(32, 64)))
FARM_KEY = VerifierKey("farm.example/log", FARM.public_key().public_bytes_raw())
COUNTY_KEY = VerifierKey(
    "county.example", COUNTY.public_key().public_bytes_raw(), KeyKind.COSIGNATURE
)
TEXT = "farm.example/log\n农药\n\n3\n"
NOTE = sign_note(TEXT, FARM_KEY.name, FARM)
# The example in golang.org/x/mod/sumdb/note, a signature this code did not make.
PETER_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETER_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6"
    "KE6RyyBwJnAM=\n"
)


def test_a_note_signed_by_the_reference_implementation_is_accepted() -> None:
    key = parse_verifier_key(PETER_KEY)
    assert verify_note(parse_note(PETER_NOTE), [key]) == {key: None}
    assert format_note(parse_note(PETER_NOTE)) == PETER_NOTE


def test_a_note_reads_back_as_it_was_written() -> None:
    assert parse_note(format_note(NOTE)) == NOTE
    assert verify_note(NOTE, [FARM_KEY]) == {FARM_KEY: None}


@pytest.mark.parametrize("key", [FARM_KEY, COUNTY_KEY])
def test_a_verifier_key_reads_back_as_it_was_written(key: VerifierKey) -> None:
    assert parse_verifier_key(format_verifier_key(key)) == key


def test_every_character_of_a_verifier_key_counts() -> None:
    text = format_verifier_key(FARM_KEY)
    for position, mark in enumerate(text):
        bent = text[:position] + ("A" if mark != "A" else "B") + text[position + 1 :]
        with pytest.raises(LedgerError):
            parse_verifier_key(bent)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "farm",
        "farm+00000000",
        "farm+00000000+AAAA",
        PETER_KEY + "+",
        PETER_KEY.replace("c74f20a3", "C74F20A3"),
        PETER_KEY.replace("PeterNeumann", "Peter Neumann"),
        "farm+00000000+" + format_base64(bytes([2]) + bytes(32)),
    ],
)
def test_a_malformed_verifier_key_is_refused(text: str) -> None:
    with pytest.raises(LedgerError):
        parse_verifier_key(text)


def test_a_key_of_another_length_is_refused() -> None:
    with pytest.raises(LedgerError, match="32 bytes, not 31"):
        VerifierKey("farm", bytes(31))


def test_a_signature_by_an_unknown_key_is_passed_over() -> None:
    stranger = NoteSignature("stranger", b"\1\2\3\4", b"anything")
    both = replace(NOTE, signatures=(stranger, *NOTE.signatures))
    assert verify_note(both, [FARM_KEY]) == {FARM_KEY: None}
    assert verify_note(replace(NOTE, signatures=(stranger,)), [FARM_KEY]) == {}


def test_a_wrong_signature_by_a_known_key_refuses_the_note() -> None:
    with pytest.raises(LedgerError, match=r"signature by farm\.example/log is wrong"):
        verify_note(replace(NOTE, text=TEXT.replace("3", "4")), [FARM_KEY])


def test_a_cosignature_holds_its_time_and_the_earliest_counts() -> None:
    lines = [cosign_note(TEXT, COUNTY_KEY.name, COUNTY, time) for time in (1_700, 1_500, 1_600)]
    assert verify_note(SignedNote(TEXT, tuple(lines)), [COUNTY_KEY]) == {COUNTY_KEY: 1_500}


def test_a_cosignature_with_another_time_is_refused() -> None:
    line = cosign_note(TEXT, COUNTY_KEY.name, COUNTY, 1_700)
    later = replace(line, signature=(1_701).to_bytes(8) + line.signature[8:])
    with pytest.raises(LedgerError, match="is wrong"):
        verify_note(SignedNote(TEXT, (later,)), [COUNTY_KEY])
    out_of_range = replace(line, signature=b"\xff" * 8 + line.signature[8:])
    with pytest.raises(LedgerError, match="out of range"):
        verify_note(SignedNote(TEXT, (out_of_range,)), [COUNTY_KEY])


def test_a_cosignature_is_no_ledger_signature() -> None:
    witness_as_ledger = replace(COUNTY_KEY, kind=KeyKind.NOTE)
    line = cosign_note(TEXT, COUNTY_KEY.name, COUNTY, 1_700)
    assert verify_note(SignedNote(TEXT, (line,)), [witness_as_ledger]) == {}


LINE = format_signature_line(NOTE.signatures[0])


@pytest.mark.parametrize(
    "note",
    [
        "",
        "no signature\n",
        f"no empty line\n{LINE}\n",
        f"no last newline\n\n{LINE}",
        f"hyphen\n\n{LINE.replace('—', '-')}\n",
        f"two spaces\n\n{LINE.replace(' ', '  ')}\n",
        f"no signature\n\n{LINE.rpartition(' ')[0]}\n",
        f"short signature\n\n— farm {format_base64(b'1234')}\n",
        f"plus in the name\n\n{LINE.replace('farm', 'fa+rm')}\n",
        "ideographic space in the name\n\n" + LINE.replace("farm", "fa\u3000rm") + "\n",
        f"tab\there\n\n{LINE}\n",
        f"carriage return\r\n\n{LINE}\n",
        f"half a surrogate \ud800\n\n{LINE}\n",
        f"other base64\n\n{LINE.replace('=', '')}\n",
        f"{'long' * 20_000}\n\n{LINE}\n",
        f"empty line after\n\n{LINE}\n\n",
    ],
)
def test_a_malformed_note_is_refused(note: str) -> None:
    with pytest.raises(LedgerError):
        parse_note(note)


def test_what_could_not_be_read_is_not_written() -> None:
    refused: list[Callable[[], object]] = [
        lambda: format_note(replace(NOTE, text="no newline")),
        lambda: format_note(replace(NOTE, signatures=())),
        lambda: format_note(replace(NOTE, text="tab\t\n")),
        lambda: format_signature_line(NoteSignature("", b"1234", b"5")),
        lambda: cosign_note(TEXT, "county", COUNTY, -1),
        lambda: format_decimal(-1),
        lambda: format_decimal(2**63),
    ]
    for write in refused:
        with pytest.raises(LedgerError):
            write()


def test_base64_has_one_spelling() -> None:
    assert parse_base64("AAE=") == b"\0\1"
    for text in ("AAF=", "AAE", "AAE=\n", "AAE==", "A AE=", "AA-_", "农药", "\ud800"):
        with pytest.raises(LedgerError):
            parse_base64(text)
    with pytest.raises(LedgerError, match="expected 3 bytes in base64, got 2"):
        parse_base64("AAE=", length=3)


def test_a_decimal_has_one_spelling() -> None:
    assert [parse_decimal(text) for text in ("0", "7", str(2**63 - 1))] == [0, 7, 2**63 - 1]
    for text in ("", "-1", "+1", "01", "1.0", " 1", "１", str(2**63), "9" * 5_000):
        with pytest.raises(LedgerError):
            parse_decimal(text)


def test_a_signature_line_reads_back_as_it_was_written() -> None:
    assert parse_signature_line(LINE) == NOTE.signatures[0]
