"""The file of the key that signs: made once, read by its owner alone."""

import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from trace.domain.merkle import LedgerError
from trace.repository.ledger_key import create_key, load_key


def test_a_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "ledger.key"
    made = create_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_key(path).private_bytes_raw() == made.private_bytes_raw()
    with pytest.raises(FileExistsError):
        create_key(path)
    assert load_key(path).private_bytes_raw() == made.private_bytes_raw()


def test_a_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ledger.key"
    create_key(path)
    path.chmod(0o640)
    with pytest.raises(LedgerError, match="mode 0640"):
        load_key(path)


def test_a_file_without_our_kind_of_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ledger.key"
    create_key(path)
    locked = BestAvailableEncryption(b"secret")
    for content, problem in (
        (b"", "no private key"),
        (
            Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked),
            "no private key",
        ),
        (
            generate_private_key(SECP256R1()).private_bytes(
                Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
            ),
            "expected an Ed25519 key",
        ),
    ):
        path.write_bytes(content)
        with pytest.raises(LedgerError, match=problem):
            load_key(path)
