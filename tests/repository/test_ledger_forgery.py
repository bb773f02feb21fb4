"""Forging with care: every hash computed anew, even signed anew."""

from pathlib import Path

import pytest

from tests.repository.ledger_book import (
    KEY,
    ORIGIN,
    VERIFIER_KEY,
    LedgerBook,
    assert_fault,
    record_time_of,
)
from trace.domain.checkpoint import Checkpoint, sign_checkpoint
from trace.domain.merkle import CompactRange, LedgerError, leaf_hash
from trace.repository import ledger
from trace.repository.ledger_verification import verify_ledger


@pytest.fixture
def book(tmp_path: Path) -> LedgerBook:
    return LedgerBook.create_unguarded(tmp_path / "ledger.db")


def forge(book: LedgerBook, index: int, body: bytes) -> None:
    """Change a body and everything computed from it, but for what only the key can make."""
    book.change("UPDATE entry SET body = ? WHERE entry_index = ?", (body, index))
    tree = CompactRange()
    for entry in list(ledger.iterate_entries(book.connection)):
        leaf = leaf_hash(entry.body)
        book.change(
            "UPDATE entry SET leaf_hash = ? WHERE entry_index = ?", (leaf, entry.entry_index)
        )
        for node in tree.append(leaf):
            book.change(
                "UPDATE tree_node SET hash = ? WHERE level = ? AND node_index = ?",
                (node.hash, node.level, node.node_index),
            )


def resign(book: LedgerBook) -> None:
    """Sign every checkpoint again, as an operator who holds the key can."""
    tree = CompactRange()
    for entry in list(ledger.iterate_entries(book.connection)):
        tree.append(leaf_hash(entry.body))
        note = sign_checkpoint(Checkpoint(ORIGIN, tree.size, tree.root()), KEY)
        book.connection.execute("UPDATE checkpoint SET note = ? WHERE size = ?", (note, tree.size))


def other_body(book: LedgerBook, index: int) -> bytes:
    body = next(ledger.iterate_entries(book.connection, index)).body
    return body.replace(b'.5"', b'.4"')


@pytest.mark.parametrize("every_detail", [True, False])
def test_an_entry_changed_with_all_its_hashes_is_named(
    book: LedgerBook, every_detail: bool
) -> None:
    forge(book, 5, other_body(book, 5))
    assert_fault(book, 5, "signed over other entries", every_detail=every_detail)


def test_of_entries_signed_together_the_first_is_named(tmp_path: Path) -> None:
    book = LedgerBook.create(tmp_path / "together.db")
    for first in (0, 3, 6):
        with book.writing():
            for number in range(first, first + 3):
                book.append(number)
            ledger.sign_checkpoint(book.connection, ORIGIN, KEY, record_time_of(first + 2))
    assert verify_ledger(book.connection, VERIFIER_KEY).is_whole
    book.drop_triggers()
    forge(book, 4, other_body(book, 4))
    verdict = verify_ledger(book.connection, VERIFIER_KEY)
    assert verdict.fault is not None
    assert (verdict.fault.entry_index, verdict.fault.entry_id) == (3, "E0003")
    assert str(verdict.fault).startswith("entry 3 (E0003): checkpoint 6 was signed over other")


def test_a_ledger_rewritten_and_signed_again_is_betrayed_by_a_kept_checkpoint(
    book: LedgerBook,
) -> None:
    kept = [ledger.checkpoint_covering(book.connection, number).note for number in (3, 5, 8)]
    forge(book, 5, other_body(book, 5))
    resign(book)
    assert verify_ledger(book.connection, VERIFIER_KEY).is_whole  # nothing inside can show it
    assert_fault(book, 4, "kept checkpoint 6", kept_checkpoints=kept)


def test_a_ledger_cut_short_is_betrayed_by_a_kept_checkpoint(book: LedgerBook) -> None:
    newest = ledger.newest_checkpoint(book.connection)
    assert newest is not None
    book.change("DELETE FROM checkpoint WHERE size > 7")
    book.change("DELETE FROM entry WHERE entry_index >= 7")
    book.change("DELETE FROM private_value WHERE entry_id >= 'E0007'")
    book.change("DELETE FROM tree_node WHERE ((node_index + 1) << level) > 7")
    assert verify_ledger(book.connection, VERIFIER_KEY).is_whole
    assert_fault(book, 7, "there were 11", kept_checkpoints=[newest.note])


def test_a_kept_checkpoint_must_be_this_ledgers(book: LedgerBook) -> None:
    other = sign_checkpoint(Checkpoint("other.example", 1, bytes(32)), KEY)
    with pytest.raises(LedgerError, match="not signed by"):
        verify_ledger(book.connection, VERIFIER_KEY, kept_checkpoints=[other])


def test_a_kept_checkpoint_of_the_empty_ledger_says_nothing(tmp_path: Path) -> None:
    book = LedgerBook.create(tmp_path / "empty.db")
    note = ledger.sign_checkpoint(book.connection, ORIGIN, KEY, record_time_of(0)).note
    assert verify_ledger(book.connection, VERIFIER_KEY, kept_checkpoints=[note]).is_whole
