"""The ledger's tables: appending, signing, proving, and what its triggers refuse."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.repository.ledger_book import (
    KEY,
    ORIGIN,
    VERIFIER_KEY,
    WITNESS,
    WITNESS_KEY,
    LedgerBook,
    record_time_of,
)
from trace.domain.canonical import format_canonical
from trace.domain.checkpoint import verify_checkpoint
from trace.domain.errors import ClockRanBack, NotFound
from trace.domain.merkle import LedgerError, leaf_hash, node_hash, verify_consistency
from trace.domain.signed_note import cosign_note, format_signature_line
from trace.domain.tlog_proof import verify_tlog_proof
from trace.repository import ledger
from trace.repository.ledger_verification import verify_ledger


@pytest.fixture
def book(tmp_path: Path) -> LedgerBook:
    return LedgerBook.create(tmp_path / "ledger.db")


def test_every_entry_carries_a_proof_as_soon_as_it_is_signed(book: LedgerBook) -> None:
    for number in range(20):
        assert book.record(number) == number
        proof = ledger.proof_of(book.connection, f"E{number:04}")
        body = next(ledger.iterate_entries(book.connection, number)).body
        assert verify_tlog_proof(body, proof, VERIFIER_KEY).entry_index == number


def test_the_root_is_that_of_rfc_6962(book: LedgerBook) -> None:
    for number in range(3):
        book.record(number)
    leaves = [leaf_hash(entry.body) for entry in ledger.iterate_entries(book.connection)]
    newest = ledger.newest_checkpoint(book.connection)
    assert newest is not None
    expected = node_hash(node_hash(leaves[0], leaves[1]), leaves[2])
    assert verify_checkpoint(newest.note, VERIFIER_KEY).checkpoint.root_hash == expected


def test_an_empty_ledger_can_be_signed(book: LedgerBook) -> None:
    assert ledger.newest_checkpoint(book.connection) is None
    assert ledger.size(book.connection) == 0
    signed = ledger.sign_checkpoint(book.connection, ORIGIN, KEY, record_time_of(0))
    assert verify_checkpoint(signed.note, VERIFIER_KEY).checkpoint.size == 0
    assert verify_ledger(book.connection, VERIFIER_KEY).is_whole


def test_a_size_is_signed_once(book: LedgerBook) -> None:
    book.record(0)
    first = ledger.newest_checkpoint(book.connection)
    assert ledger.sign_checkpoint(book.connection, ORIGIN, KEY, record_time_of(9)) == first


def test_a_checkpoint_has_the_time_of_its_last_entry(book: LedgerBook) -> None:
    book.append(0)
    with pytest.raises(LedgerError, match="to cover an entry of"):
        ledger.sign_checkpoint(book.connection, ORIGIN, KEY, record_time_of(1))
    with pytest.raises(LedgerError, match="not UTC"):
        ledger.sign_checkpoint(book.connection, ORIGIN, KEY, "today")


def test_the_first_checkpoint_that_covers_an_entry_proves_it(book: LedgerBook) -> None:
    for number in range(4):
        book.record(number)
    assert ledger.checkpoint_covering(book.connection, 1).size == 2


def test_a_cosigned_checkpoint_is_preferred(book: LedgerBook) -> None:
    for number in range(4):
        book.record(number)
    text = ledger.checkpoint_covering(book.connection, 2).note.partition("\n\n")[0] + "\n"
    line = format_signature_line(cosign_note(text, "county", WITNESS, 1_700))
    book.connection.execute("INSERT INTO cosignature (size, line) VALUES (3, ?)", (line,))
    body = next(ledger.iterate_entries(book.connection)).body
    proof = ledger.proof_of(book.connection, "E0000")
    verified = verify_tlog_proof(body, proof, VERIFIER_KEY, [WITNESS_KEY], quorum=1)
    assert verified.checkpoint.checkpoint.size == 3
    assert verified.checkpoint.cosigned[0].unix_time == 1_700
    assert ledger.checkpoint_covering(book.connection, 3).size == 4


def test_what_is_not_there_has_no_proof(book: LedgerBook) -> None:
    with pytest.raises(NotFound, match="no entry E0000"):
        ledger.proof_of(book.connection, "E0000")
    book.append(0)
    with pytest.raises(NotFound, match="no checkpoint covers entry 0"):
        ledger.proof_of(book.connection, "E0000")
    with pytest.raises(LedgerError, match="has 1 entries, not 2"):
        ledger.consistency_proof(book.connection, 1, 2)


def test_a_missing_tree_node_is_named(book: LedgerBook) -> None:
    for number in range(4):
        book.append(number)
    book.drop_triggers()
    book.change("DELETE FROM tree_node WHERE level = 1 AND node_index = 1")
    with pytest.raises(LedgerError, match="tree node 1 of level 1 is missing"):
        ledger.consistency_proof(book.connection, 2, 4)


def test_a_time_before_the_newest_entry_is_refused(book: LedgerBook) -> None:
    book.record(5)
    with pytest.raises(ClockRanBack, match="before the newest"):
        book.record(4)
    assert ledger.newest_record_time(book.connection) == record_time_of(5)


@pytest.mark.parametrize("column", ["entry_id", "coop_id", "record_time"])
def test_columns_must_repeat_what_the_body_says(book: LedgerBook, column: str) -> None:
    said = {"entry_id": "E0", "coop_id": None, "record_time": record_time_of(0)}
    body = format_canonical({**said, "v": 1})
    with pytest.raises(LedgerError, match=f"column {column} is 'other'"):
        ledger.append_entry(book.connection, **{**said, column: "other"}, body=body)  # type: ignore[arg-type]  # a mix
    ledger.append_entry(book.connection, **said, body=body)  # type: ignore[arg-type]  # a mix


def test_a_body_that_is_not_canonical_is_refused(book: LedgerBook) -> None:
    with pytest.raises(LedgerError, match="canonical"):
        ledger.append_entry(
            book.connection,
            entry_id="E0",
            coop_id=None,
            record_time=record_time_of(0),
            body=b'{"entry_id": "E0"}',
        )


def test_entries_are_read_in_order_over_many_pages(
    book: LedgerBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "PAGE_ROWS", 3)
    for number in range(10):
        book.append(number)
    indexes = [entry.entry_index for entry in ledger.iterate_entries(book.connection, 2)]
    assert indexes == list(range(2, 10))


def test_an_entry_may_be_appended_while_entries_are_read(book: LedgerBook) -> None:
    book.record(0)
    reading = ledger.iterate_entries(book.connection)
    assert next(reading).entry_index == 0
    book.record(1)
    assert next(reading).entry_index == 1


def test_erasing_a_name_leaves_the_proof_valid(book: LedgerBook) -> None:
    book.record(0, grower="王秀英", phone="13800000000")
    proof = ledger.proof_of(book.connection, "E0000")
    assert ledger.private_values(book.connection, "E0000")["grower"].value == "王秀英"
    assert ledger.erase_private_value(book.connection, "E0000", "grower")
    assert not ledger.erase_private_value(book.connection, "E0000", "grower")
    assert set(ledger.private_values(book.connection, "E0000")) == {"phone"}
    assert ledger.proof_of(book.connection, "E0000") == proof
    assert verify_ledger(book.connection, VERIFIER_KEY).is_whole


def test_a_personal_value_needs_its_entry_by_the_end_of_the_transaction(book: LedgerBook) -> None:
    value = {"grower": ledger.PrivateValue(bytes(32), "王秀英")}
    with pytest.raises(book.connection.IntegrityError, match="FOREIGN KEY"), book.writing():
        ledger.store_private_values(book.connection, "E0000", value)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE entry SET body = X'00'",
        "UPDATE entry SET entry_index = entry_index + 10",
        "DELETE FROM entry",
        "INSERT OR REPLACE INTO entry SELECT * FROM entry",
        "INSERT OR REPLACE INTO entry"
        " SELECT entry_index + 2, entry_id, coop_id, record_time, body, leaf_hash FROM entry",
        "INSERT INTO entry SELECT entry_index + 5, 'other', coop_id, record_time, body, leaf_hash"
        " FROM entry WHERE entry_index = 0",
        "INSERT INTO entry (entry_id, record_time, body, leaf_hash)"
        " SELECT 'other', record_time, body, leaf_hash FROM entry",
        "UPDATE tree_node SET hash = zeroblob(32)",
        "DELETE FROM tree_node",
        "INSERT OR REPLACE INTO tree_node SELECT level, node_index, zeroblob(32) FROM tree_node",
        "UPDATE checkpoint SET note = 'other'",
        "DELETE FROM checkpoint",
        "INSERT OR REPLACE INTO checkpoint SELECT size, 'other', record_time FROM checkpoint",
        "INSERT INTO checkpoint VALUES (0, 'earlier', 'today')",
        "UPDATE cosignature SET line = 'other'",
        "DELETE FROM cosignature",
        "INSERT OR REPLACE INTO cosignature SELECT * FROM cosignature",
        "UPDATE private_value SET value = 'other'",
        "INSERT OR REPLACE INTO private_value SELECT entry_id, path, salt, 'x' FROM private_value",
    ],
)
def test_what_is_written_stays(book: LedgerBook, sql: str) -> None:
    book.record(0, grower="王秀英")
    book.record(1)
    book.connection.execute("INSERT INTO cosignature VALUES (2, 'line')")
    before = book.rows()
    with pytest.raises(book.connection.IntegrityError, match=r"append-only|written once"):
        book.connection.execute(sql)
    assert book.rows() == before


@settings(max_examples=20, stateful_step_count=30, suppress_health_check=list(HealthCheck))
class LedgerMachine(RuleBasedStateMachine):
    """Append, sign, erase in any order: every promise made on the way still holds."""

    def __init__(self) -> None:
        super().__init__()
        self.book = LedgerBook.create(Path(":memory:"))
        self.appended = 0
        self.notes: list[str] = []

    @rule(count=st.integers(1, 5), name=st.text(st.characters(exclude_categories=["Cs"])))
    def record(self, count: int, name: str) -> None:
        with self.book.writing():
            for _ in range(count):
                self.book.append(self.appended, grower=name)
                self.appended += 1
            time = record_time_of(self.appended - 1)
            signed = ledger.sign_checkpoint(self.book.connection, ORIGIN, KEY, time)
        self.notes.append(signed.note)

    @rule()
    def lose_a_transaction(self) -> None:
        self.book.connection.execute("BEGIN IMMEDIATE")
        self.book.append(self.appended, grower="nobody")
        self.book.connection.execute("ROLLBACK")

    @precondition(lambda self: self.appended)
    @rule(data=st.data())
    def erase(self, data: st.DataObject) -> None:
        number = data.draw(st.integers(0, self.appended - 1))
        ledger.erase_private_value(self.book.connection, f"E{number:04}", "grower")

    @precondition(lambda self: self.notes)
    @rule(data=st.data())
    def prove(self, data: st.DataObject) -> None:
        number = data.draw(st.integers(0, self.appended - 1))
        entry = next(ledger.iterate_entries(self.book.connection, number))
        proof = ledger.proof_of(self.book.connection, entry.entry_id)
        assert verify_tlog_proof(entry.body, proof, VERIFIER_KEY).entry_index == number

    @invariant()
    def every_note_ever_given_is_a_beginning_of_this_ledger(self) -> None:
        kept = [verify_checkpoint(note, VERIFIER_KEY).checkpoint for note in self.notes]
        for old in kept[:-1]:
            new = kept[-1]
            proof = ledger.consistency_proof(self.book.connection, old.size, new.size)
            verify_consistency(old.size, new.size, proof, old.root_hash, new.root_hash)

    def teardown(self) -> None:
        verdict = verify_ledger(self.book.connection, VERIFIER_KEY, kept_checkpoints=self.notes)
        assert verdict.fault is None
        assert verdict.size == self.appended
        self.book.connection.close()


TestLedgerMachine = LedgerMachine.TestCase
