"""The proof of one entry that anybody can check offline, as c2sp.org/tlog-proof says."""

from collections.abc import Sequence
from dataclasses import dataclass

from .checkpoint import VerifiedCheckpoint, verify_checkpoint
from .merkle import HASH_BYTES, LedgerError, leaf_hash, verify_inclusion
from .signed_note import (
    VerifierKey,
    format_base64,
    format_decimal,
    parse_base64,
    parse_decimal,
)

_FIRST_LINE = "c2sp.org/tlog-proof@v1"
_MAX_HASHES = 63


@dataclass(frozen=True)
class TlogProof:
    """Where the entry stands, its inclusion proof, and the checkpoint note that covers it.

    `extra` is opaque and nobody signs it; None leaves the line out.
    """

    entry_index: int
    hashes: tuple[bytes, ...]
    checkpoint_note: str
    extra: bytes | None = None


@dataclass(frozen=True)
class VerifiedEntry:
    """An entry proven to stand in the ledger at `entry_index`, under this checkpoint."""

    entry_index: int
    checkpoint: VerifiedCheckpoint


def format_tlog_proof(proof: TlogProof) -> str:
    """The proof as a text file:

    c2sp.org/tlog-proof@v1
    index 1
    gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=

    example.com/farm
    2
    sFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=

    — example.com/farm Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDe…
    """
    if len(proof.hashes) > _MAX_HASHES or any(len(h) != HASH_BYTES for h in proof.hashes):
        raise LedgerError(f"a proof has at most {_MAX_HASHES} hashes of {HASH_BYTES} bytes")
    extra = [] if proof.extra is None else [f"extra {format_base64(proof.extra)}"]
    index = f"index {format_decimal(proof.entry_index)}"
    hashes = map(format_base64, proof.hashes)
    return "\n".join([_FIRST_LINE, *extra, index, *hashes, "", proof.checkpoint_note])


def parse_tlog_proof(text: str) -> TlogProof:
    """Read what `format_tlog_proof` writes. Nothing is verified: `verify_tlog_proof` does that."""
    head, gap, note = text.partition("\n\n")
    first, *lines = head.split("\n")
    if first != _FIRST_LINE or not gap:
        raise LedgerError(f"not a proof: its first line is not {_FIRST_LINE}")
    extra = None
    if lines and lines[0].startswith("extra "):
        extra = parse_base64(lines.pop(0).removeprefix("extra "))
    if not lines or not lines[0].startswith("index "):
        raise LedgerError("the proof does not say which entry it is for")
    entry_index = parse_decimal(lines.pop(0).removeprefix("index "))
    if len(lines) > _MAX_HASHES:
        raise LedgerError(f"a proof has at most {_MAX_HASHES} hashes")
    hashes = tuple(parse_base64(line, length=HASH_BYTES) for line in lines)
    return TlogProof(entry_index, hashes, note, extra)


def verify_tlog_proof(
    body: bytes,
    text: str,
    ledger_key: VerifierKey,
    witness_keys: Sequence[VerifierKey] = (),
    quorum: int = 0,
) -> VerifiedEntry:
    """Raise LedgerError unless exactly these bytes stand in the ledger that holds this key."""
    proof = parse_tlog_proof(text)
    verified = verify_checkpoint(proof.checkpoint_note, ledger_key, witness_keys, quorum)
    verify_inclusion(
        leaf_hash(body),
        proof.entry_index,
        verified.checkpoint.size,
        proof.hashes,
        verified.checkpoint.root_hash,
    )
    return VerifiedEntry(proof.entry_index, verified)
