"""The ledger's tables: appending entries, signing checkpoints, giving proofs.

Writing functions run inside the caller's `BEGIN IMMEDIATE` transaction: append each entry of the
deed, then sign one checkpoint, and the answer can carry its proof.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ..domain import checkpoint as checkpoints
from ..domain import merkle
from ..domain.canonical import parse_canonical
from ..domain.errors import ClockRanBack, NotFound
from ..domain.ledger_entry import check_columns, check_record_time
from ..domain.merkle import LedgerError
from ..domain.tlog_proof import TlogProof, format_tlog_proof
from .database import Connection

PAGE_ROWS = 500


@dataclass(frozen=True)
class Entry:
    """One row of the ledger; `body` is the canonical JSON that `leaf_hash` is the hash of."""

    entry_index: int
    entry_id: str
    coop_id: str | None
    record_time: str
    body: bytes
    leaf_hash: bytes


@dataclass(frozen=True)
class PrivateValue:
    """A personal value and its salt; the entry holds only their commitment, under the same path."""

    salt: bytes
    value: str


@dataclass(frozen=True)
class SignedCheckpoint:
    """A checkpoint note with the cosignatures received so far."""

    size: int
    note: str


def append_entry(
    connection: Connection,
    *,
    entry_id: str,
    coop_id: str | None,
    record_time: str,
    body: bytes,
) -> int:
    """Write one entry and the tree nodes it completes; returns its entry_index.

    The columns must repeat what the canonical JSON in `body` says, since nothing here can be mended
    afterwards (LedgerError). A record_time before the newest entry's raises ClockRanBack.
    """
    columns = {"entry_id": entry_id, "coop_id": coop_id, "record_time": record_time}
    check_columns(parse_canonical(body), columns)
    check_record_time(record_time)
    newest = newest_record_time(connection)
    if newest is not None and record_time < newest:
        raise ClockRanBack(f"record time {record_time} is before the newest entry's, {newest}")
    entry_index = size(connection)
    leaf = merkle.leaf_hash(body)
    connection.execute(
        "INSERT INTO entry (entry_index, entry_id, coop_id, record_time, body, leaf_hash)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (entry_index, entry_id, coop_id, record_time, body, leaf),
    )
    connection.executemany(
        "INSERT INTO tree_node (level, node_index, hash) VALUES (?, ?, ?)",
        merkle.completed_nodes(entry_index, leaf, _node_lookup(connection)),
    )
    return entry_index


def store_private_values(
    connection: Connection, entry_id: str, values: Mapping[str, PrivateValue]
) -> None:
    """Keep the personal values that the entry's `commitments` stand for, by path."""
    connection.executemany(
        "INSERT INTO private_value (entry_id, path, salt, value) VALUES (?, ?, ?, ?)",
        [(entry_id, path, held.salt, held.value) for path, held in values.items()],
    )


def private_values(connection: Connection, entry_id: str) -> dict[str, PrivateValue]:
    """The personal values of an entry that have not been erased, by path."""
    rows = connection.execute(
        "SELECT path, salt, value FROM private_value WHERE entry_id = ? ORDER BY path", (entry_id,)
    ).fetchall()
    return {path: PrivateValue(salt, value) for path, salt, value in rows}


def erase_private_value(connection: Connection, entry_id: str, path: str) -> bool:
    """Delete value and salt for good; every proof stays valid. False if there was none."""
    cursor = connection.execute(
        "DELETE FROM private_value WHERE entry_id = ? AND path = ?", (entry_id, path)
    )
    return cursor.rowcount == 1


def sign_checkpoint(
    connection: Connection, origin: str, private_key: Ed25519PrivateKey, record_time: str
) -> SignedCheckpoint:
    """Sign the ledger as it stands; called once, at the end of a transaction that appended.

    A size is signed once only: when nothing was appended, the newest checkpoint is given again.
    `record_time` is the transaction's one reading of the clock, the same as its entries have.
    """
    entries = size(connection)
    newest = newest_checkpoint(connection)
    if newest is not None and newest.size >= entries:
        return newest
    check_record_time(record_time)
    last = newest_record_time(connection)
    if last is not None and record_time != last:
        raise LedgerError(f"a checkpoint at {record_time} is to cover an entry of {last}")
    root_hash = merkle.tree_root(entries, _node_lookup(connection))
    note = checkpoints.sign_checkpoint(
        checkpoints.Checkpoint(origin, entries, root_hash), private_key
    )
    connection.execute(
        "INSERT INTO checkpoint (size, note, record_time) VALUES (?, ?, ?)",
        (entries, note, record_time),
    )
    return SignedCheckpoint(entries, note)


def newest_checkpoint(connection: Connection) -> SignedCheckpoint | None:
    """The checkpoint of the largest size; none before the first is signed."""
    row = connection.execute("SELECT MAX(size) FROM checkpoint").fetchone()
    return None if row[0] is None else _checkpoint(connection, row[0])


def checkpoint_covering(connection: Connection, entry_index: int) -> SignedCheckpoint:
    """The first cosigned checkpoint that covers the entry, else the first of all; else NotFound."""
    for table in ("cosignature", "checkpoint"):
        row = connection.execute(
            f"SELECT MIN(size) FROM {table} WHERE size > ?", (entry_index,)
        ).fetchone()
        if row[0] is not None:
            return _checkpoint(connection, row[0])
    raise NotFound(f"no checkpoint covers entry {entry_index}")


def proof_of(connection: Connection, entry_id: str) -> str:
    """The entry's proof as c2sp.org/tlog-proof text; NotFound for an unknown or unsigned entry."""
    row = connection.execute(
        "SELECT entry_index FROM entry WHERE entry_id = ?", (entry_id,)
    ).fetchone()
    if row is None:
        raise NotFound(f"no entry {entry_id}")
    covering = checkpoint_covering(connection, row[0])
    hashes = merkle.inclusion_proof(row[0], covering.size, _node_lookup(connection))
    return format_tlog_proof(TlogProof(row[0], tuple(hashes), covering.note))


def consistency_proof(connection: Connection, old_size: int, new_size: int) -> list[bytes]:
    """The hashes showing that the ledger at new_size begins with the one at old_size."""
    if new_size > (entries := size(connection)):
        raise LedgerError(f"the ledger has {entries} entries, not {new_size}")
    return merkle.consistency_proof(old_size, new_size, _node_lookup(connection))


def iterate_entries(connection: Connection, from_index: int = 0) -> Iterator[Entry]:
    """All entries in order, read a page at a time: an open cursor would hold the WAL back."""
    while True:
        rows = connection.execute(
            "SELECT entry_index, entry_id, coop_id, record_time, body, leaf_hash FROM entry"
            " WHERE entry_index >= ? ORDER BY entry_index LIMIT ?",
            (from_index, PAGE_ROWS),
        ).fetchall()
        if not rows:
            return
        yield from (Entry(*row) for row in rows)
        from_index = rows[-1][0] + 1


def size(connection: Connection) -> int:
    """How many entries there are, which is the next entry_index."""
    row = connection.execute("SELECT COALESCE(MAX(entry_index) + 1, 0) FROM entry").fetchone()
    return int(row[0])


def newest_record_time(connection: Connection) -> str | None:
    """The record time no later entry may be before."""
    row = connection.execute(
        "SELECT record_time FROM entry ORDER BY entry_index DESC LIMIT 1"
    ).fetchone()
    return None if row is None else str(row[0])


def _checkpoint(connection: Connection, at_size: int) -> SignedCheckpoint:
    note = connection.execute("SELECT note FROM checkpoint WHERE size = ?", (at_size,)).fetchone()
    lines = connection.execute(
        "SELECT line FROM cosignature WHERE size = ? ORDER BY line", (at_size,)
    ).fetchall()
    return SignedCheckpoint(at_size, note[0] + "".join(f"{line[0]}\n" for line in lines))


def _node_lookup(connection: Connection) -> merkle.NodeLookup:
    def node(level: int, node_index: int) -> bytes:
        if level == 0:
            cursor = connection.execute(
                "SELECT leaf_hash FROM entry WHERE entry_index = ?", (node_index,)
            )
        else:
            cursor = connection.execute(
                "SELECT hash FROM tree_node WHERE level = ? AND node_index = ?", (level, node_index)
            )
        row = cursor.fetchone()
        if row is None:
            raise LedgerError(f"tree node {node_index} of level {level} is missing")
        return bytes(row[0])

    return node


def witness_count(connection: Connection) -> int:
    """How many signatures of outside witnesses the newest cosigned checkpoint carries."""
    found = connection.execute(
        "SELECT COUNT(*) FROM cosignature WHERE size = (SELECT MAX(size) FROM cosignature)"
    ).fetchone()
    return int(found[0])
