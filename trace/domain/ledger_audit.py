"""The rules by which a ledger is found whole: every entry in order, and the first that is bad.

Rows come as they stand in the file, since whoever changed it by hand kept to no rule; nothing in
them makes an audit raise.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .canonical import parse_canonical
from .checkpoint import Checkpoint, format_checkpoint, parse_checkpoint, verify_checkpoint
from .commitment import commitment_of
from .ledger_entry import check_columns, check_record_time, commitments_in
from .merkle import CompactRange, LedgerError, leaf_hash
from .signed_note import VerifierKey, parse_note, verify_note


@dataclass(frozen=True)
class LedgerFault:
    """The first bad entry and what is wrong with it; its id is empty where it is not known."""

    entry_index: int
    entry_id: str
    problem: str

    def __str__(self) -> str:
        return f"entry {self.entry_index} ({self.entry_id or 'id unknown'}): {self.problem}"


@dataclass(frozen=True)
class StoredCheckpoint:
    """A row of `checkpoint`; its cosignature lines are part of the note."""

    size: int
    note: str
    record_time: str
    is_cosigned: bool
    is_newest: bool


@dataclass(frozen=True)
class StoredPrivateValue:
    """A row of `private_value`."""

    path: str
    salt: bytes
    value: str


class StoredEntry(NamedTuple):
    """A row of `entry` and what was written with it: tree nodes, checkpoint, personal values.

    Text columns are bytes still, as they stand in the file; `tree_nodes` may hold others' too.
    """

    entry_index: int
    entry_id: bytes
    coop_id: bytes | None
    record_time: bytes
    body: bytes
    leaf_hash: bytes
    tree_nodes: Mapping[tuple[int, int], bytes]
    checkpoint: StoredCheckpoint | None
    private_values: Sequence[StoredPrivateValue]


class _WrongRootError(LedgerError):
    """Signed for other entries: the bad one is among those since the last root that agreed."""


class LedgerAudit:
    """Takes the entries one by one and remembers only the tree's edge, so memory stays flat.

    `every_detail` also examines what no root depends on: that bodies are canonical and columns
    repeat them, personal values, the signatures of all checkpoints. Without it signatures are
    verified for the newest and the cosigned checkpoints. `kept_checkpoints` are notes this ledger
    signed that were kept elsewhere; LedgerError for one it did not sign.
    """

    def __init__(
        self,
        ledger_key: VerifierKey,
        witness_keys: Sequence[VerifierKey] = (),
        kept_checkpoints: Sequence[str] = (),
        *,
        every_detail: bool = True,
    ) -> None:
        self._ledger_key = ledger_key
        self._keys = (ledger_key, *witness_keys)
        self._every_detail = every_detail
        self._tree = CompactRange()
        kept = [verify_checkpoint(note, ledger_key).checkpoint for note in kept_checkpoints]
        self._kept = sorted(
            (checkpoint for checkpoint in kept if checkpoint.size),
            key=lambda checkpoint: checkpoint.size,
            reverse=True,
        )
        self._record_time = ""
        # The first entry no agreeing root covers yet, by stored and by kept checkpoints.
        self._uncovered = self._unkept = (0, b"")

    @property
    def size(self) -> int:
        """How many entries have been examined."""
        return self._tree.size

    @property
    def examines_details(self) -> bool:
        return self._every_detail

    @property
    def root_hash(self) -> bytes:
        """The root over the entries examined."""
        return self._tree.root()

    def first_fault(self, entry: StoredEntry) -> LedgerFault | None:
        """Examine the next entry."""
        if entry.entry_index != self.size:
            return LedgerFault(self.size, "", "the entry is missing")
        place = (entry.entry_index, entry.entry_id)
        if self._uncovered[0] == entry.entry_index:
            self._uncovered = place
        if self._unkept[0] == entry.entry_index:
            self._unkept = place
        try:
            self._check_tree(entry)
            if self._every_detail:
                self._check_details(entry)
            if entry.checkpoint is not None:
                self.check_checkpoint(entry.checkpoint)
        except _WrongRootError as error:
            return _fault(self._uncovered, str(error))
        except LedgerError as error:
            return _fault(place, str(error))
        try:
            self._check_kept()
        except _WrongRootError as error:
            return _fault(self._unkept, str(error))
        return None

    def fault_at_end(self) -> LedgerFault | None:
        """What only shows when there is no further entry."""
        if self._kept:
            return LedgerFault(
                self.size, "", f"missing: a kept checkpoint says there were {self._kept[0].size}"
            )
        if self._uncovered[0] < self.size:
            return _fault(self._uncovered, "no checkpoint covers the entry")
        return None

    def check_checkpoint(self, stored: StoredCheckpoint) -> None:
        """Raise LedgerError unless this is the checkpoint of the entries examined so far."""
        examines_signature = self._every_detail or stored.is_newest or stored.is_cosigned
        if not examines_signature and stored.note.startswith(self._expected_beginning()):
            self._uncovered = (stored.size, b"")
            return
        note = parse_note(stored.note)
        checkpoint = parse_checkpoint(note.text)
        if (checkpoint.origin, checkpoint.size) != (self._ledger_key.name, stored.size):
            raise LedgerError(
                f"checkpoint {stored.size} is one of {checkpoint.origin}, size {checkpoint.size}"
            )
        signer = (self._ledger_key.name, self._ledger_key.key_id)
        if signer not in {(line.name, line.key_id) for line in note.signatures}:
            raise LedgerError(f"checkpoint {stored.size} is not signed by this ledger's key")
        verify_note(note, self._keys)  # a wrong root, if rightly signed, accuses the entries
        if checkpoint.root_hash != self.root_hash:
            raise _WrongRootError(f"checkpoint {stored.size} was signed over other entries")
        if self._every_detail and stored.record_time != self._record_time and self.size:
            raise LedgerError(
                f"checkpoint {stored.size} has record_time {stored.record_time!r},"
                f" its entry {self._record_time!r}"
            )
        self._uncovered = (stored.size, b"")

    def _expected_beginning(self) -> str:
        """How the note of a checkpoint here begins, up to what only its key can write."""
        origin = self._ledger_key.name
        return f"{format_checkpoint(Checkpoint(origin, self.size, self.root_hash))}\n— {origin} "

    def _check_tree(self, entry: StoredEntry) -> None:
        leaf = leaf_hash(entry.body)
        if leaf != entry.leaf_hash:
            raise LedgerError("body and leaf_hash do not belong together")
        for node in self._tree.append(leaf):
            if entry.tree_nodes.get((node.level, node.node_index)) != node.hash:
                raise LedgerError(
                    f"tree_node {node.node_index} of level {node.level} is missing or wrong"
                )

    def _check_details(self, entry: StoredEntry) -> None:
        body = parse_canonical(entry.body)
        check_columns(
            body,
            {
                "entry_id": decode(entry.entry_id),
                "coop_id": None if entry.coop_id is None else decode(entry.coop_id),
                "record_time": decode(entry.record_time),
            },
        )
        record_time = str(body.get("record_time"))
        check_record_time(record_time)
        if record_time < self._record_time:
            raise LedgerError(f"record_time {record_time} is before {self._record_time}")
        self._record_time = record_time
        commitments = commitments_in(body)
        for held in entry.private_values:
            if commitments.get(held.path) != commitment_of(held.value, held.salt):
                raise LedgerError(f"private_value {held.path!r} is not what was committed to")

    def _check_kept(self) -> None:
        while self._kept and self._kept[-1].size == self.size:
            kept = self._kept.pop()
            if kept.root_hash != self.root_hash:
                raise _WrongRootError(
                    f"a kept checkpoint {kept.size} was signed over other entries"
                )
            self._unkept = (kept.size, b"")


def decode(raw: bytes) -> str:
    """Text as it stands in the file; a byte that is not UTF-8 becomes half a surrogate pair."""
    return raw.decode(errors="surrogateescape")


def _fault(place: tuple[int, bytes], problem: str) -> LedgerFault:
    return LedgerFault(place[0], decode(place[1]), problem)
