"""Whatever is changed in the file by hand, verification names the first entry it makes bad."""

import re
from pathlib import Path

import pytest

from tests.repository.ledger_book import (
    SIZE,
    VERIFIER_KEY,
    WITNESS,
    WITNESS_KEY,
    LedgerBook,
    assert_fault,
)
from trace.domain.checkpoint import verify_checkpoint
from trace.domain.ledger_audit import LedgerAudit, LedgerFault, StoredEntry
from trace.domain.signed_note import cosign_note, format_signature_line
from trace.repository import ledger, ledger_verification
from trace.repository.database import connect
from trace.repository.ledger_verification import verify_ledger


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LedgerBook:
    monkeypatch.setattr(ledger_verification, "PAGE_ROWS", 4)
    return LedgerBook.create_unguarded(tmp_path / "ledger.db")


def test_an_untouched_ledger_is_whole(book: LedgerBook) -> None:
    verdict = verify_ledger(book.connection, VERIFIER_KEY)
    assert (verdict.size, verdict.fault) == (SIZE, None)
    newest = ledger.newest_checkpoint(book.connection)
    assert newest is not None
    checkpoint = verify_checkpoint(newest.note, VERIFIER_KEY).checkpoint
    assert checkpoint.root_hash == verdict.root_hash


def stored(book: LedgerBook, sql: str) -> bytes:
    value = book.connection.execute(sql).fetchone()[0]
    return value.encode() if isinstance(value, str) else bytes(value)


@pytest.mark.parametrize(
    ("table", "column", "where", "index"),
    [
        ("entry", "body", "entry_index = 5", 5),
        ("entry", "leaf_hash", "entry_index = 5", 5),
        ("entry", "leaf_hash", "entry_index = 0", 0),
        ("tree_node", "hash", "level = 1 AND node_index = 2", 5),
        ("tree_node", "hash", "level = 3 AND node_index = 0", 7),
        ("private_value", "salt", "entry_id = 'E0005'", 5),
    ],
)
@pytest.mark.parametrize("page_rows", [1, 4, 500])
def test_each_byte_changed_is_found_in_its_entry(
    book: LedgerBook,
    monkeypatch: pytest.MonkeyPatch,
    table: str,
    column: str,
    where: str,
    index: int,
    page_rows: int,
) -> None:
    monkeypatch.setattr(ledger_verification, "PAGE_ROWS", page_rows)
    raw = stored(book, f"SELECT {column} FROM {table} WHERE {where}")

    for position in range(0, len(raw), 1 if page_rows == 4 else 37):
        bent = raw[:position] + bytes([raw[position] ^ 1]) + raw[position + 1 :]
        book.change(f"UPDATE {table} SET {column} = ? WHERE {where}", (bent,))
        assert_fault(book, index, "")
    book.change(f"UPDATE {table} SET {column} = ? WHERE {where}", (raw,))
    assert verify_ledger(book.connection, VERIFIER_KEY).is_whole


@pytest.mark.parametrize(
    ("table", "column", "where", "index"),
    [
        ("entry", "entry_id", "entry_index = 5", 5),
        ("entry", "coop_id", "entry_index = 5", 5),
        ("entry", "record_time", "entry_index = 5", 5),
        ("checkpoint", "note", "size = 6", 5),
        ("checkpoint", "note", "size = 11", 10),
        ("checkpoint", "record_time", "size = 6", 5),
        ("private_value", "value", "entry_id = 'E0005'", 5),
        ("private_value", "path", "entry_id = 'E0005'", 5),
    ],
)
@pytest.mark.parametrize("bit", [0x10, 0x80])
def test_each_byte_of_text_changed_is_found_in_its_entry(
    book: LedgerBook, table: str, column: str, where: str, index: int, bit: int
) -> None:
    raw = stored(book, f"SELECT {column} FROM {table} WHERE {where}")
    for position in range(len(raw)):
        bent = raw[:position] + bytes([raw[position] ^ bit]) + raw[position + 1 :]
        book.connection.execute("SAVEPOINT change")
        # as text, be it UTF-8 or not, as an editor of raw files would
        text = f"CAST(X'{bent.hex()}' AS TEXT)"
        book.change(f"UPDATE {table} SET {column} = {text} WHERE {where}")
        assert_fault(book, index, "")
        book.connection.execute("ROLLBACK TO change")
    assert verify_ledger(book.connection, VERIFIER_KEY).is_whole


@pytest.mark.parametrize(
    ("sql", "index", "problem"),
    [
        ("UPDATE entry SET coop_id = NULL WHERE entry_index = 4", 4, "column coop_id is None"),
        ("UPDATE entry SET coop_id = 7 WHERE entry_index = 4", 4, "column coop_id"),
        ("UPDATE entry SET entry_id = CAST(entry_id AS BLOB) WHERE entry_index = 4", 4, "entry_id"),
        ("UPDATE entry SET body = CAST(body AS TEXT) WHERE entry_index = 4", 4, "leaf_hash"),
        ("UPDATE checkpoint SET note = 7 WHERE size = 5", 4, ""),
        ("UPDATE checkpoint SET size = 40 WHERE size = 5", SIZE, "more entries than there are"),
        ("UPDATE checkpoint SET size = -1 WHERE size = 5", SIZE, "more entries than there are"),
        ("DELETE FROM entry WHERE entry_index = 4", 4, "missing"),
        ("DELETE FROM entry WHERE entry_index >= 4", 4, "more entries than there are"),
        ("UPDATE entry SET entry_index = 400 WHERE entry_index = 4", 4, "missing"),
        ("UPDATE entry SET entry_index = -4 WHERE entry_index = 4", 4, "missing"),
        ("DELETE FROM tree_node WHERE level = 2 AND node_index = 0", 3, "tree_node 0 of level 2"),
        ("UPDATE tree_node SET level = 9 WHERE level = 2 AND node_index = 0", 3, "tree_node"),
        ("INSERT INTO tree_node VALUES (9, 9, zeroblob(32))", SIZE, "rows of tree_node"),
        ("DELETE FROM checkpoint WHERE size = 11", 10, "no checkpoint covers"),
        ("DELETE FROM checkpoint", 0, "no checkpoint covers"),
        ("INSERT INTO checkpoint VALUES (0, 'zero', 'today')", 0, "a note is text"),
        ("INSERT INTO cosignature VALUES (40, 'line')", SIZE, "belongs to no checkpoint"),
        ("INSERT INTO cosignature VALUES (5, 'line')", 4, "em dash"),
        ("UPDATE private_value SET entry_id = 'E0006x' WHERE entry_id = 'E0006'", SIZE, "no entry"),
        ("UPDATE private_value SET value = NULL WHERE entry_id = 'E0006'", 6, ""),
        (
            "INSERT INTO private_value VALUES ('E0006', 'phone', zeroblob(32), '1')",
            6,
            "private_value 'phone' is not what was committed to",
        ),
    ],
)
def test_rows_added_removed_or_of_another_type_are_named(
    book: LedgerBook, sql: str, index: int, problem: str
) -> None:
    try:
        book.change(sql)
    except book.connection.IntegrityError:
        assert "NULL" in sql  # NOT NULL cannot be switched off
        return
    assert_fault(book, index, problem)


def test_a_checkpoint_signed_by_another_key_is_named(book: LedgerBook) -> None:
    note = stored(book, "SELECT note FROM checkpoint WHERE size = 6").decode()
    text = note.partition("\n\n")[0] + "\n"
    line = format_signature_line(cosign_note(text, "stranger", WITNESS, 1))
    book.change("UPDATE checkpoint SET note = ? WHERE size = 6", (f"{text}\n{line}\n",))
    assert_fault(book, 5, "not signed by this ledger's key", every_detail=False)


def test_a_checkpoint_of_another_size_is_named(book: LedgerBook) -> None:
    book.change(
        "UPDATE checkpoint SET note = (SELECT note FROM checkpoint WHERE size = 7) WHERE size = 6"
    )
    assert_fault(book, 5, "checkpoint 6 is one of farm.example/log, size 7")


def test_a_known_witness_that_signed_something_else_is_named(book: LedgerBook) -> None:
    line = format_signature_line(cosign_note("something else\n", "county", WITNESS, 1))
    book.change("INSERT INTO cosignature VALUES (6, ?)", (line,))
    assert verify_ledger(book.connection, VERIFIER_KEY).is_whole
    for every_detail in (True, False):
        assert_fault(
            book,
            5,
            "signature by county is wrong",
            witness_keys=[WITNESS_KEY],
            every_detail=every_detail,
        )


def test_without_details_the_newest_and_the_cosigned_signatures_are_verified(
    book: LedgerBook,
) -> None:
    note = stored(book, "SELECT note FROM checkpoint WHERE size = 6").decode()
    line = format_signature_line(
        cosign_note(note.partition("\n\n")[0] + "\n", "county", WITNESS, 1)
    )
    middle = len(note) - 40  # of the signature
    bent = note[:middle] + ("A" if note[middle] != "A" else "B") + note[middle + 1 :]
    book.change("UPDATE checkpoint SET note = ? WHERE size = 6", (bent,))
    assert_fault(book, 5, "signature by farm.example/log is wrong")
    assert verify_ledger(book.connection, VERIFIER_KEY, every_detail=False).is_whole
    book.change("INSERT INTO cosignature VALUES (6, ?)", (line,))
    assert_fault(book, 5, "signature by farm.example/log is wrong", every_detail=False)


def test_time_that_runs_back_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = LedgerBook.create(tmp_path / "back.db")
    book.record(5)
    monkeypatch.setattr(ledger, "newest_record_time", lambda connection: None)
    book.record(4)
    assert_fault(book, 1, "is before 2026-05-12T01:00:05")


def test_a_page_damaged_on_disk_is_a_fault_and_not_an_error(tmp_path: Path) -> None:
    path = tmp_path / "damaged.db"
    book = LedgerBook.create(path)
    for number in range(200):
        book.append(number, grower="王秀英")
    book.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    page_size = book.connection.execute("PRAGMA page_size").fetchone()[0]
    book.connection.close()
    raw = bytearray(path.read_bytes())
    table_leaf = 0x0D  # first byte of such a page, section 1.6 of SQLite's file format
    for start in range(0, len(raw), page_size):
        page = raw[start : start + page_size]
        if page[0] == table_leaf and b'"entry_id":"E0100"' in page:
            raw[start : start + 8] = bytes(8)
            first_lost = min(map(int, re.findall(rb'"entry_id":"E(\d+)"', page)))
    path.write_bytes(raw)
    assert_fault(LedgerBook(connect(path)), first_lost, "the database file is damaged")


def test_a_database_without_a_ledger_is_an_error_and_not_a_fault(tmp_path: Path) -> None:
    connection = connect(tmp_path / "none.db")
    with pytest.raises(connection.OperationalError, match="no such table"):
        verify_ledger(connection, VERIFIER_KEY)


def test_entries_appended_meanwhile_are_no_fault(
    book: LedgerBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    first_fault = LedgerAudit.first_fault

    def append_too(audit: LedgerAudit, entry: StoredEntry) -> LedgerFault | None:
        book.record(SIZE + audit.size, grower="李桂兰")
        return first_fault(audit, entry)

    monkeypatch.setattr(LedgerAudit, "first_fault", append_too)
    verdict = verify_ledger(book.connection, VERIFIER_KEY)
    assert (verdict.fault, verdict.size) == (None, SIZE)
    assert ledger.size(book.connection) == 2 * SIZE
