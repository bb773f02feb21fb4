"""A small real ledger for tests: its schema alone, and entries as capture writes them."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from trace.domain.canonical import format_canonical
from trace.domain.commitment import commitment_of
from trace.domain.signed_note import KeyKind, VerifierKey
from trace.repository import ledger
from trace.repository.database import MIGRATIONS, Connection, connect
from trace.repository.ledger_verification import verify_ledger

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
ORIGIN = "farm.example/log"
VERIFIER_KEY = VerifierKey(ORIGIN, KEY.public_key().public_bytes_raw())
WITNESS = Ed25519PrivateKey.from_private_bytes(bytes(range(32, 64)))
WITNESS_KEY = VerifierKey("county", WITNESS.public_key().public_bytes_raw(), KeyKind.COSIGNATURE)
SIZE = 11


def record_time_of(number: int) -> str:
    return f"2026-05-12T01:{number // 60 % 60:02}:{number % 60:02}.000Z"


def salt_of(number: int) -> bytes:
    return hashlib.sha256(f"salt {number}".encode()).digest()


class LedgerBook:
    """Appends numbered entries, each in a transaction of its own with a checkpoint."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    @classmethod
    def create(cls, path: Path) -> "LedgerBook":
        connection = connect(path)
        connection.executescript((MIGRATIONS / "0001_ledger.sql").read_text("utf-8"))
        return cls(connection)

    @classmethod
    def create_unguarded(cls, path: Path) -> "LedgerBook":
        """SIZE entries, each with a name and a checkpoint; the triggers dropped."""
        book = cls.create(path)
        for number in range(SIZE):
            book.record(number, grower="王秀英")
        book.drop_triggers()
        return book

    @contextmanager
    def writing(self) -> Iterator[None]:
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    def record(self, number: int, **names: str) -> int:
        with self.writing():
            entry_index = self.append(number, **names)
            ledger.sign_checkpoint(self.connection, ORIGIN, KEY, record_time_of(number))
        return entry_index

    def append(self, number: int, **names: str) -> int:
        """One entry with a personal value for each name given; the caller has the transaction."""
        entry_id, record_time = f"E{number:04}", record_time_of(number)
        held = {path: ledger.PrivateValue(salt_of(number), name) for path, name in names.items()}
        body: dict[str, object] = {
            "v": 1,
            "entry_id": entry_id,
            "coop_id": "qijimu",
            "record_time": record_time,
            "nonce": salt_of(number).hex()[:32],
            "kind": "event",
            "event": {"quantity": f"{number}.5", "note": "摘了两筐"},
        }
        if held:
            body["commitments"] = {
                path: commitment_of(value.value, value.salt) for path, value in held.items()
            }
        entry_index = ledger.append_entry(
            self.connection,
            entry_id=entry_id,
            coop_id="qijimu",
            record_time=record_time,
            body=format_canonical(body),
        )
        ledger.store_private_values(self.connection, entry_id, held)
        return entry_index

    def rows(self) -> list[tuple[object, ...]]:
        """Everything the ledger holds."""
        tables = ("entry", "tree_node", "checkpoint", "cosignature", "private_value")
        return [
            (table, *row)
            for table in tables
            for row in self.connection.execute(f"SELECT * FROM {table}").fetchall()
        ]

    def drop_triggers(self) -> None:
        """What the file's owner can always do."""
        triggers = self.connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for (name,) in triggers:
            self.connection.execute(f"DROP TRIGGER {name}")
        self.connection.execute("PRAGMA foreign_keys=OFF")
        self.connection.execute("PRAGMA ignore_check_constraints=ON")

    def change(self, sql: str, values: tuple[object, ...] = ()) -> None:
        assert self.connection.execute(sql, values).rowcount > 0


def assert_fault(book: LedgerBook, index: int, problem: str, **options: object) -> None:
    """Verification names this entry, for a reason that contains these words."""
    verdict = verify_ledger(book.connection, VERIFIER_KEY, **options)  # type: ignore[arg-type]  # options
    assert not verdict.is_whole
    assert verdict.fault is not None
    assert (verdict.fault.entry_index, problem in verdict.fault.problem) == (index, True), (
        verdict.fault
    )
