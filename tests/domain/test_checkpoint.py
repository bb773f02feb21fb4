"""Checkpoints and proofs: whatever is changed in them, they no longer hold."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from trace.domain.checkpoint import (
    Checkpoint,
    Cosigned,
    format_checkpoint,
    parse_checkpoint,
    sign_checkpoint,
    verify_checkpoint,
)
from trace.domain.merkle import LedgerError, leaf_hash, node_hash
from trace.domain.signed_note import (
    KeyKind,
    NoteSignature,
    SignedNote,
    VerifierKey,
    cosign_note,
    format_note,
    format_signature_line,
)
from trace.domain.tlog_proof import (
    TlogProof,
    format_tlog_proof,
    parse_tlog_proof,
    verify_tlog_proof,
)

FARM = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
FARM_KEY = VerifierKey("farm.example/log", FARM.public_key().public_bytes_raw())
WITNESSES = [Ed25519PrivateKey.from_private_bytes(bytes([number] * 32)) for number in (1, 2)]
WITNESS_KEYS = [
    VerifierKey(f"witness{number}", key.public_key().public_bytes_raw(), KeyKind.COSIGNATURE)
    for number, key in enumerate(WITNESSES)
]
BODIES = [b'{"v":1}', b'{"v":2}', b'{"v":3}']
LEAVES = [leaf_hash(body) for body in BODIES]
LEFT = node_hash(LEAVES[0], LEAVES[1])
CHECKPOINT = Checkpoint(FARM_KEY.name, 3, node_hash(LEFT, LEAVES[2]))
NOTE = sign_checkpoint(CHECKPOINT, FARM)
PROOF = TlogProof(1, (LEAVES[0], LEAVES[2]), NOTE)


def cosigned(note: str, *numbers: int) -> str:
    text = note[: note.rindex("\n\n") + 1]
    lines = [cosign_note(text, f"witness{n}", WITNESSES[n], 1_700 + n) for n in numbers]
    return note + "".join(f"{format_signature_line(line)}\n" for line in lines)


def flips(text: str) -> list[str]:
    """The text with each character changed in turn, and with each left out."""
    changed = [
        text[:position] + ("A" if mark != "A" else "B") + text[position + 1 :]
        for position, mark in enumerate(text)
    ]
    return changed + [text[:position] + text[position + 1 :] for position in range(len(text))]


def test_a_checkpoint_reads_back_as_it_was_written() -> None:
    assert parse_checkpoint(format_checkpoint(CHECKPOINT)) == CHECKPOINT
    assert verify_checkpoint(NOTE, FARM_KEY).checkpoint == CHECKPOINT


@pytest.mark.parametrize(
    "text",
    [
        "farm\n3\n",
        format_checkpoint(CHECKPOINT) + "an extension line\n",
        format_checkpoint(CHECKPOINT)[:-1],
        format_checkpoint(CHECKPOINT).replace("\n3\n", "\n03\n"),
        format_checkpoint(CHECKPOINT).replace("farm", "fa rm"),
        "farm\n3\nAAAA\n",
        "\n" + format_checkpoint(CHECKPOINT),
    ],
)
def test_a_malformed_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(LedgerError):
        parse_checkpoint(text)


@pytest.mark.parametrize("change", [{"origin": "a b"}, {"size": -1}, {"root_hash": b"short"}])
def test_what_could_not_be_read_is_not_signed(change: dict[str, object]) -> None:
    with pytest.raises(LedgerError):
        sign_checkpoint(replace(CHECKPOINT, **change), FARM)  # type: ignore[arg-type]  # on purpose


def test_a_checkpoint_signed_by_somebody_else_is_refused() -> None:
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))
    with pytest.raises(LedgerError, match="not signed by"):
        verify_checkpoint(sign_checkpoint(CHECKPOINT, other), FARM_KEY)


def test_a_key_cannot_sign_for_another_origin() -> None:
    text = format_checkpoint(replace(CHECKPOINT, origin="other.example"))
    signature = FARM.sign(text.encode())
    line = NoteSignature(FARM_KEY.name, FARM_KEY.key_id, signature)
    with pytest.raises(LedgerError, match="not signed by"):
        verify_checkpoint(format_note(SignedNote(text, (line,))), FARM_KEY)


def test_the_witnesses_asked_for_must_have_cosigned() -> None:
    one = cosigned(NOTE, 0)
    verified = verify_checkpoint(cosigned(NOTE, 0, 1), FARM_KEY, WITNESS_KEYS, quorum=2)
    assert verified.cosigned == (Cosigned("witness0", 1_700), Cosigned("witness1", 1_701))
    assert verify_checkpoint(one, FARM_KEY, WITNESS_KEYS, quorum=1).checkpoint == CHECKPOINT
    with pytest.raises(LedgerError, match="1 witnesses cosigned the checkpoint, 2 are needed"):
        verify_checkpoint(one, FARM_KEY, WITNESS_KEYS, quorum=2)


def test_one_key_under_two_names_is_one_witness() -> None:
    text = NOTE[: NOTE.rindex("\n\n") + 1]
    alias = replace(WITNESS_KEYS[0], name="alias")
    line = format_signature_line(cosign_note(text, "alias", WITNESSES[0], 1_700))
    with pytest.raises(LedgerError, match="are needed"):
        verify_checkpoint(
            f"{cosigned(NOTE, 0)}{line}\n", FARM_KEY, [WITNESS_KEYS[0], alias], quorum=2
        )


@pytest.mark.parametrize("extra", [None, b"", b"seen by the phone"])
def test_a_proof_reads_back_as_it_was_written(extra: bytes | None) -> None:
    proof = replace(PROOF, extra=extra)
    assert parse_tlog_proof(format_tlog_proof(proof)) == proof
    assert verify_tlog_proof(BODIES[1], format_tlog_proof(proof), FARM_KEY).entry_index == 1


def test_every_character_of_a_proof_counts() -> None:
    text = format_tlog_proof(replace(PROOF, checkpoint_note=cosigned(NOTE, 0, 1)))
    verify_tlog_proof(BODIES[1], text, FARM_KEY, WITNESS_KEYS, quorum=2)
    for changed in flips(text):
        with pytest.raises(LedgerError):
            verify_tlog_proof(BODIES[1], changed, FARM_KEY, WITNESS_KEYS, quorum=2)


def test_every_byte_of_the_body_counts() -> None:
    text = format_tlog_proof(PROOF)
    for position, byte in enumerate(BODIES[1]):
        bent = BODIES[1][:position] + bytes([byte ^ 1]) + BODIES[1][position + 1 :]
        with pytest.raises(LedgerError, match="does not lead to the root"):
            verify_tlog_proof(bent, text, FARM_KEY)


def test_too_many_hashes_are_neither_written_nor_read() -> None:
    long = format_tlog_proof(replace(PROOF, hashes=(LEAVES[0],) * 63))
    with pytest.raises(LedgerError, match="at most 63"):
        format_tlog_proof(replace(PROOF, hashes=(LEAVES[0],) * 64))
    with pytest.raises(LedgerError, match="at most 63"):
        parse_tlog_proof(long.replace("index 1\n", "index 1\n" + long.split("\n")[2] + "\n"))
    with pytest.raises(LedgerError, match="32 bytes"):
        format_tlog_proof(replace(PROOF, hashes=(b"short",)))


def test_a_proof_without_an_index_is_refused() -> None:
    _, gap, note = format_tlog_proof(PROOF).partition("\n\n")
    for head in ("", "\nextra AAAA", "\nextra AAAA\nextra AAAA\nindex 1"):
        with pytest.raises(LedgerError, match="which entry"):
            parse_tlog_proof(f"c2sp.org/tlog-proof@v1{head}{gap}{note}")
