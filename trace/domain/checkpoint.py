"""Checkpoints: the signed size and root of the ledger, as c2sp.org/tlog-checkpoint says."""

from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from .merkle import HASH_BYTES, LedgerError
from .signed_note import (
    VerifierKey,
    check_key_name,
    format_base64,
    format_decimal,
    format_note,
    parse_base64,
    parse_decimal,
    parse_note,
    sign_note,
    verify_note,
)


@dataclass(frozen=True)
class Checkpoint:
    """The ledger named `origin` had `size` entries, and `root_hash` over them."""

    origin: str
    size: int
    root_hash: bytes


@dataclass(frozen=True)
class Cosigned:
    """A witness saw the checkpoint, at this Unix time by its own clock."""

    witness: str
    unix_time: int


@dataclass(frozen=True)
class VerifiedCheckpoint:
    """A checkpoint the ledger signed, and the trusted witnesses that cosigned it."""

    checkpoint: Checkpoint
    cosigned: tuple[Cosigned, ...]


def format_checkpoint(checkpoint: Checkpoint) -> str:
    """The three lines that are signed:

    example.com/farm
    20852163
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
    """
    check_key_name(checkpoint.origin)
    if len(checkpoint.root_hash) != HASH_BYTES:
        raise LedgerError(f"a root has {HASH_BYTES} bytes, not {len(checkpoint.root_hash)}")
    root = format_base64(checkpoint.root_hash)
    return f"{checkpoint.origin}\n{format_decimal(checkpoint.size)}\n{root}\n"


def parse_checkpoint(text: str) -> Checkpoint:
    """Read the three signed lines; extension lines are refused, we write none."""
    lines = text.split("\n")
    if len(lines) != 4 or lines[3]:
        raise LedgerError("a checkpoint is three lines: origin, size, root")
    origin, size, root, _ = lines
    check_key_name(origin)
    return Checkpoint(origin, parse_decimal(size), parse_base64(root, length=HASH_BYTES))


def sign_checkpoint(checkpoint: Checkpoint, private_key: Ed25519PrivateKey) -> str:
    """The checkpoint as a note signed by the ledger."""
    return format_note(sign_note(format_checkpoint(checkpoint), checkpoint.origin, private_key))


def verify_checkpoint(
    note_text: str,
    ledger_key: VerifierKey,
    witness_keys: Sequence[VerifierKey] = (),
    quorum: int = 0,
) -> VerifiedCheckpoint:
    """Read a checkpoint note, or raise LedgerError.

    The ledger itself must have signed it, and at least `quorum` different witness keys with it.
    """
    note = parse_note(note_text)
    checkpoint = parse_checkpoint(note.text)
    signed = verify_note(note, [ledger_key, *witness_keys])
    if ledger_key not in signed or checkpoint.origin != ledger_key.name:
        raise LedgerError(f"the checkpoint is not signed by {ledger_key.name}")
    times = {key: time for key, time in signed.items() if time is not None}
    if len({key.public_key for key in times}) < quorum:
        raise LedgerError(f"{len(times)} witnesses cosigned the checkpoint, {quorum} are needed")
    return VerifiedCheckpoint(
        checkpoint, tuple(Cosigned(key.name, time) for key, time in times.items())
    )
