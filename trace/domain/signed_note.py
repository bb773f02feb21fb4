"""Signed notes and verifier keys, as c2sp.org/signed-note and c2sp.org/tlog-cosignature say.

Each text format has a `parse_` and a `format_` side by side; parse refuses what format would not
write, so one note has one spelling.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from .merkle import LedgerError

MAX_NOTE_CHARACTERS = 65_536
_KEY_BYTES = 32
_KEY_ID_BYTES = 4
_TIME_BYTES = 8
_MAX_TIME = 2**63 - 1  # tlog-cosignature, "Format"
_NOT_IN_NAME = re.compile(r"[\s+\x00-\x1f]")
_FORBIDDEN = re.compile(r"[\x00-\x09\x0b-\x1f]")  # control characters but the newline


class KeyKind(IntEnum):
    """Signature type identifier bytes of c2sp.org/signed-note that we know."""

    NOTE = 0x01  # Ed25519 over the note text
    COSIGNATURE = 0x04  # Ed25519 over time and note text, by a witness


@dataclass(frozen=True)
class VerifierKey:
    """A public key and the name it signs under; for a ledger the name is its origin."""

    name: str
    public_key: bytes
    kind: KeyKind = KeyKind.NOTE

    def __post_init__(self) -> None:
        check_key_name(self.name)
        if len(self.public_key) != _KEY_BYTES:
            raise LedgerError(f"an Ed25519 key has {_KEY_BYTES} bytes, not {len(self.public_key)}")

    @cached_property
    def key_id(self) -> bytes:
        encoded = bytes([self.kind]) + self.public_key
        return sha256(self.name.encode() + b"\n" + encoded).digest()[:_KEY_ID_BYTES]

    @cached_property
    def _ed25519(self) -> Ed25519PublicKey:
        return Ed25519PublicKey.from_public_bytes(self.public_key)

    def verify(self, text: str, signature: bytes) -> int | None:
        """Raise LedgerError unless this key signed the text; gives a cosignature's Unix time."""
        time, message = None, text
        if self.kind is KeyKind.COSIGNATURE:
            time, signature = int.from_bytes(signature[:_TIME_BYTES]), signature[_TIME_BYTES:]
            if time > _MAX_TIME:
                raise LedgerError(f"the time in the cosignature by {self.name} is out of range")
            message = _cosigned_message(text, time)
        try:
            self._ed25519.verify(signature, message.encode())
        except InvalidSignature as error:
            raise LedgerError(f"the signature by {self.name} is wrong") from error
        return time


@dataclass(frozen=True)
class NoteSignature:
    """One signature line: who says to have signed, and the raw signature without the key id."""

    name: str
    key_id: bytes
    signature: bytes


@dataclass(frozen=True)
class SignedNote:
    """Text ending in a newline, and one or more signatures, none of them verified yet."""

    text: str
    signatures: tuple[NoteSignature, ...]


def format_verifier_key(key: VerifierKey) -> str:
    """`example.com/farm+a1b2c3d4+AW…`: name, key id in hex, kind and key in base64."""
    encoded = format_base64(bytes([key.kind]) + key.public_key)
    return f"{key.name}+{key.key_id.hex()}+{encoded}"


def parse_verifier_key(text: str) -> VerifierKey:
    """Read `example.com/farm+a1b2c3d4+AW…`; the key id must be the one of this name and key."""
    name, _, rest = text.partition("+")
    key_id, _, encoded = rest.partition("+")
    raw = parse_base64(encoded, length=1 + _KEY_BYTES)
    try:
        kind = KeyKind(raw[0])
    except ValueError as error:
        raise LedgerError(f"unknown kind of key 0x{raw[0]:02x}") from error
    key = VerifierKey(name, raw[1:], kind)
    if key_id != key.key_id.hex():
        raise LedgerError(f"the key id {key_id!r} is not that of {name}, {key.key_id.hex()}")
    return key


def format_signature_line(signature: NoteSignature) -> str:
    """`— example.com/farm obLD1…` without newline: name, key id and signature in base64."""
    check_key_name(signature.name)
    return f"— {signature.name} {format_base64(signature.key_id + signature.signature)}"


def parse_signature_line(line: str) -> NoteSignature:
    """Read `— example.com/farm obLD1…`."""
    dash, _, rest = line.partition(" ")
    name, _, encoded = rest.partition(" ")
    if dash != "—":
        raise LedgerError(f"a signature line begins with an em dash, not {dash[:20]!r}")
    check_key_name(name)
    raw = parse_base64(encoded)
    if len(raw) <= _KEY_ID_BYTES:
        raise LedgerError(f"the signature by {name} is too short")
    return NoteSignature(name, raw[:_KEY_ID_BYTES], raw[_KEY_ID_BYTES:])


def format_note(note: SignedNote) -> str:
    """The text, an empty line, and the signature lines:

    example.com/farm
    3
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

    — example.com/farm Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDe…
    """
    lines = "".join(f"{format_signature_line(signature)}\n" for signature in note.signatures)
    _check_note_characters(whole := f"{note.text}\n{lines}")
    if not note.text.endswith("\n") or not note.signatures:
        raise LedgerError("a note needs text ending in a newline, and a signature")
    return whole


def parse_note(text: str) -> SignedNote:
    """Read what `format_note` writes. Nothing is verified: `verify_note` does that."""
    _check_note_characters(text)
    body, gap, lines = text.rpartition("\n\n")
    if not gap or not lines.endswith("\n"):
        raise LedgerError("a note is text, an empty line, and signature lines ending in newlines")
    return SignedNote(body + "\n", tuple(map(parse_signature_line, lines[:-1].split("\n"))))


def sign_note(text: str, name: str, private_key: Ed25519PrivateKey) -> SignedNote:
    """Sign a text ending in a newline with the ledger's own key."""
    key = VerifierKey(name, private_key.public_key().public_bytes_raw())
    return SignedNote(text, (NoteSignature(name, key.key_id, private_key.sign(text.encode())),))


def cosign_note(
    text: str, name: str, private_key: Ed25519PrivateKey, unix_time: int
) -> NoteSignature:
    """What a witness adds to a checkpoint it found consistent: text and time signed together."""
    key = VerifierKey(name, private_key.public_key().public_bytes_raw(), KeyKind.COSIGNATURE)
    signature = private_key.sign(_cosigned_message(text, unix_time).encode())
    return NoteSignature(name, key.key_id, unix_time.to_bytes(_TIME_BYTES) + signature)


def verify_note(note: SignedNote, keys: Iterable[VerifierKey]) -> dict[VerifierKey, int | None]:
    """Which of these keys signed, each with the earliest time it gave (none for a plain signature).

    Signatures by other keys are passed over, as the format asks; a wrong one by a key given here
    raises LedgerError.
    """
    known = {(key.name, key.key_id): key for key in keys}
    signed: dict[VerifierKey, int | None] = {}
    for line in note.signatures:
        key = known.get((line.name, line.key_id))
        if key is None:
            continue
        time = key.verify(note.text, line.signature)
        signed[key] = min(time, signed.get(key, time), key=lambda unix_time: unix_time or 0)
    return signed


def format_base64(raw: bytes) -> str:
    """`CsUYapGG…q2I=`: RFC 4648 section 4, with padding."""
    return b64encode(raw).decode()


def parse_base64(text: str, *, length: int | None = None) -> bytes:
    """Read base64 in its one canonical spelling; `length` is the number of bytes expected."""
    try:
        raw = b64decode(text, validate=True)
    except ValueError as error:
        raise LedgerError(f"not base64: {text[:80]!r}") from error
    if format_base64(raw) != text:  # other bits in the last character would read as the same bytes
        raise LedgerError(f"not canonical base64: {text[:80]!r}")
    if length is not None and len(raw) != length:
        raise LedgerError(f"expected {length} bytes in base64, got {len(raw)}")
    return raw


def format_decimal(number: int) -> str:
    """`0`, `73894`: no sign, no leading zero."""
    if not 0 <= number < 2**63:
        raise LedgerError(f"{number} is not a number from 0 to 2**63 - 1")
    return str(number)


def parse_decimal(text: str) -> int:
    """Read `0`, `73894`."""
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(2**63))):
        raise LedgerError(f"not a decimal number: {text[:80]!r}")
    number = int(text)
    if format_decimal(number) != text:
        raise LedgerError(f"a decimal number has no leading zero: {text!r}")
    return number


def check_key_name(name: str) -> None:
    """Raise LedgerError unless the name may stand on a signature line (signed-note, "Format")."""
    if not name or _NOT_IN_NAME.search(name):
        raise LedgerError(f"a key name is not empty and has neither spaces nor plus: {name[:80]!r}")
    _check_unicode(name)


def _cosigned_message(text: str, unix_time: int) -> str:
    return f"cosignature/v1\ntime {format_decimal(unix_time)}\n{text}"


def _check_note_characters(text: str) -> None:
    if len(text) > MAX_NOTE_CHARACTERS:
        raise LedgerError(f"a note of {len(text)} characters is longer than {MAX_NOTE_CHARACTERS}")
    if _FORBIDDEN.search(text):
        raise LedgerError("a note has no control character but the newline")
    _check_unicode(text)


def _check_unicode(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise LedgerError("half a surrogate pair cannot be written as UTF-8") from error
