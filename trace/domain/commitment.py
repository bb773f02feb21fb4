"""Commitments: the entry holds a salted hash of a personal value, so the value can be erased.

Without its salt a commitment tells nothing, not even to somebody who guesses the value; with it,
the value is shown to be the one recorded. Erasing deletes both and leaves every proof valid.
"""

import hmac

from .merkle import LedgerError

SALT_BYTES = 32


def commitment_of(value: str, salt: bytes) -> str:
    """HMAC-SHA-256 of the value as UTF-8, keyed with a fresh random salt, in lower-case hex.

    The salt has exactly 32 bytes: HMAC pads shorter keys, so two salts could mean the same.
    """
    if len(salt) != SALT_BYTES:
        raise LedgerError(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
    try:
        raw = value.encode()
    except UnicodeEncodeError as error:
        raise LedgerError("half a surrogate pair cannot be committed to") from error
    return hmac.digest(salt, raw, "sha256").hex()
