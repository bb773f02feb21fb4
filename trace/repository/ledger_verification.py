"""Examining a whole ledger, a page at a time, whoever may have changed the file by hand."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..domain.ledger_audit import (
    LedgerAudit,
    LedgerFault,
    StoredCheckpoint,
    StoredEntry,
    StoredPrivateValue,
    decode,
)
from ..domain.merkle import LedgerError
from ..domain.signed_note import VerifierKey
from .database import Connection
from .ledger import PAGE_ROWS, size


@dataclass(frozen=True)
class LedgerVerdict:
    """How many entries were examined, the root over them, and the first bad one, if any."""

    size: int
    root_hash: bytes
    fault: LedgerFault | None

    @property
    def is_whole(self) -> bool:
        return self.fault is None


def verify_ledger(
    connection: Connection,
    verifier_key: VerifierKey,
    *,
    witness_keys: Sequence[VerifierKey] = (),
    kept_checkpoints: Sequence[str] = (),
    every_detail: bool = True,
) -> LedgerVerdict:
    """Examine every entry, tree node, checkpoint and personal value; stops at the first bad entry.

    Needs no transaction, and appending may go on meanwhile: only what there is now is examined.
    See LedgerAudit for the options. A damaged file is a fault; one that cannot be read is an error.
    """
    audit = LedgerAudit(verifier_key, witness_keys, kept_checkpoints, every_detail=every_detail)
    try:
        fault = next(_faults(connection, audit), None)
    except connection.OperationalError:
        raise
    except connection.DatabaseError as error:
        fault = LedgerFault(audit.size, "", f"the database file is damaged: {error}")
    return LedgerVerdict(audit.size, audit.root_hash, fault)


def _faults(connection: Connection, audit: LedgerAudit) -> Iterator[LedgerFault]:
    """Whatever is wrong, in the order of entries; the audit is of no use after the first."""
    end = size(connection)
    newest = connection.execute(
        "SELECT MAX(size) FROM checkpoint WHERE size <= ?", (end,)
    ).fetchone()[0]
    for stored in _checkpoints(connection, 0, 0, newest).values():
        try:
            audit.check_checkpoint(stored)
        except LedgerError as error:
            yield LedgerFault(0, "", str(error))
    rows = PAGE_ROWS
    while (first := audit.size) < end:
        try:
            page = _page(connection, audit, min(first + rows, end), newest)
        except connection.DatabaseError:
            if rows == 1:
                raise
            rows = 1  # up to the damaged entry itself
            continue
        for entry in page:
            if fault := audit.first_fault(entry):
                yield fault
        if audit.size == first:
            yield LedgerFault(first, "", "the entry cannot be found")
    if fault := audit.fault_at_end():
        yield fault
    yield from _strays(connection)


# Text is read as bytes, or one wrong byte in it would raise; a value of another type than it was
# written with becomes a byte that is in no text.
def _text(column: str) -> str:
    return f"CASE typeof({column}) WHEN 'text' THEN CAST({column} AS BLOB) ELSE X'FF' END"


def _blob(column: str) -> str:
    return f"CASE typeof({column}) WHEN 'blob' THEN {column} ELSE X'' END"


def _page(
    connection: Connection, audit: LedgerAudit, end: int, newest: int | None
) -> list[StoredEntry]:
    """The entries up to end - 1 that are still to be examined, with all that was written with them.

    Where one is missing the next one comes in its place.
    """
    first = audit.size
    tree_nodes = _tree_nodes(connection, first, end)
    checkpoints = _checkpoints(connection, first + 1, end, newest)
    private_values = _private_values(connection, first, end) if audit.examines_details else {}
    rows = connection.execute(
        f"SELECT entry_index, {_text('entry_id')}, coop_id IS NULL, {_text('coop_id')},"
        f" {_text('record_time')}, {_blob('body')}, {_blob('leaf_hash')}"
        " FROM entry WHERE entry_index >= ? ORDER BY entry_index LIMIT ?",
        (first, end - first),
    ).fetchall()
    return [
        StoredEntry(
            entry_index,
            entry_id,
            None if has_no_coop else coop_id,
            record_time,
            body,
            leaf_hash,
            tree_nodes,
            checkpoints.get(entry_index + 1),
            private_values.get(entry_index, []),
        )
        for entry_index, entry_id, has_no_coop, coop_id, record_time, body, leaf_hash in rows
    ]


def _tree_nodes(connection: Connection, first: int, end: int) -> dict[tuple[int, int], bytes]:
    """The nodes that entries first to end - 1 completed."""
    found: dict[tuple[int, int], bytes] = {}
    for level in range(1, end.bit_length()):
        rows = connection.execute(
            f"SELECT node_index, {_blob('hash')} FROM tree_node"
            " WHERE level = ? AND node_index >= ? AND node_index < ?",
            (level, first >> level, end >> level),
        ).fetchall()
        found.update({(level, node_index): node_hash for node_index, node_hash in rows})
    return found


def _checkpoints(
    connection: Connection, first_size: int, last_size: int, newest: int | None
) -> dict[int, StoredCheckpoint]:
    cosigned: dict[int, str] = defaultdict(str)
    for at_size, line in connection.execute(
        f"SELECT size, {_text('line')} FROM cosignature WHERE size BETWEEN ? AND ?"
        " ORDER BY size, line",
        (first_size, last_size),
    ).fetchall():
        cosigned[at_size] += f"{decode(line)}\n"
    rows = connection.execute(
        f"SELECT size, {_text('note')}, {_text('record_time')} FROM checkpoint"
        " WHERE size BETWEEN ? AND ?",
        (first_size, last_size),
    ).fetchall()
    return {
        at_size: StoredCheckpoint(
            at_size,
            decode(note) + cosigned.get(at_size, ""),
            decode(record_time),
            is_cosigned=at_size in cosigned,
            is_newest=at_size == newest,
        )
        for at_size, note, record_time in rows
    }


def _private_values(
    connection: Connection, first: int, end: int
) -> dict[int, list[StoredPrivateValue]]:
    held: dict[int, list[StoredPrivateValue]] = defaultdict(list)
    for entry_index, path, salt, value in connection.execute(
        f"SELECT paged.entry_index, {_text('private_value.path')}, {_blob('private_value.salt')},"
        f" {_text('private_value.value')}"
        " FROM (SELECT entry_index, entry_id FROM entry WHERE entry_index >= ?"
        " ORDER BY entry_index LIMIT ?) AS paged"  # a limit, unlike a bound, reads no row past it
        " JOIN private_value ON private_value.entry_id = paged.entry_id",
        (first, end - first),
    ).fetchall():
        held[entry_index].append(StoredPrivateValue(decode(path), salt, decode(value)))
    return held


def _strays(connection: Connection) -> Iterator[LedgerFault]:
    """Rows that belong to no entry. Each statement sees one moment, so appending may go on."""
    strays: Sequence[tuple[str, str]] = (
        ("entry has a negative index", "SELECT COUNT(*) FROM entry WHERE entry_index < 0"),
        (
            "checkpoint is of more entries than there are",
            "SELECT COUNT(*) FROM checkpoint WHERE size < 0 OR size >"
            " (SELECT COALESCE(MAX(entry_index) + 1, 0) FROM entry)",
        ),
        (
            "cosignature belongs to no checkpoint",
            "SELECT COUNT(*) FROM cosignature WHERE size NOT IN (SELECT size FROM checkpoint)",
        ),
        (
            "private_value belongs to no entry",
            "SELECT COUNT(*) FROM private_value WHERE entry_id NOT IN (SELECT entry_id FROM entry)",
        ),
    )
    end = size(connection)
    for what, sql in strays:
        if count := connection.execute(sql).fetchone()[0]:
            yield LedgerFault(end, "", f"{what} ({count} rows)")
    entries, nodes = connection.execute(
        "SELECT (SELECT COALESCE(MAX(entry_index) + 1, 0) FROM entry),"
        " (SELECT COUNT(*) FROM tree_node)"
    ).fetchone()
    expected = entries - entries.bit_count()
    if nodes != expected:
        yield LedgerFault(end, "", f"{nodes} rows of tree_node, {expected} expected")
