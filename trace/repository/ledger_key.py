"""The key that signs checkpoints: one file, made once, readable by its owner alone."""

import os
import stat
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from ..domain.merkle import LedgerError

_OWNER_ONLY = 0o600


def create_key(path: Path) -> Ed25519PrivateKey:
    """Make a new Ed25519 key in a new file (PKCS 8 PEM, mode 0600), durable on return.

    FileExistsError if anything is there: whoever loses the key can never sign as this ledger again.
    """
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY), "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return key


def load_key(path: Path) -> Ed25519PrivateKey:
    """Read the key; LedgerError if others may read the file or it holds something else."""
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        raise LedgerError(f"{path} has mode {mode:04o}, others may read it: expected 0600")
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise LedgerError(f"{path} holds no private key in PEM form: {error}") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise LedgerError(f"{path} holds a {type(key).__name__}, expected an Ed25519 key")
    return key
