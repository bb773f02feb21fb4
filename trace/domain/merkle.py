"""The Merkle tree of the ledger (RFC 6962 section 2, checks as RFC 9162 section 2.1 writes them).

Every hash is 32 bytes of SHA-256. A node is named by its level (leaves are level 0) and its index
within that level; only perfect subtrees are nodes that can be stored, for they never change again.
"""

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import NamedTuple

from .errors import QijimuError

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()  # RFC 6962 2.1: the root of a tree without leaves


class LedgerError(QijimuError, ValueError):
    """A proof, note, key or entry that does not hold what it should."""


class TreeNode(NamedTuple):
    """The root of a perfect subtree: 2**level leaves, beginning with leaf node_index * 2**level."""

    level: int
    node_index: int
    hash: bytes


NodeLookup = Callable[[int, int], bytes]
"""Gives the hash of the stored node (level, node_index); level 0 gives leaf hashes."""


def leaf_hash(body: bytes) -> bytes:
    return sha256(b"\x00" + body).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


class CompactRange:
    """What is needed of a growing tree to know its root: one hash for each bit set in its size."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def append(self, leaf: bytes) -> list[TreeNode]:
        """Add a leaf hash; returns the nodes above level 0 that it completes, lowest first."""
        completed = []
        level, node_index, top = 0, self.size, leaf
        while node_index & 1:
            level, node_index, top = level + 1, node_index >> 1, node_hash(self._peaks.pop(), top)
            completed.append(TreeNode(level, node_index, top))
        self._peaks.append(top)
        self.size += 1
        return completed

    def root(self) -> bytes:
        if not self._peaks:
            return EMPTY_ROOT
        *taller, root = self._peaks
        for peak in reversed(taller):
            root = node_hash(peak, root)
        return root


def completed_nodes(entry_index: int, leaf: bytes, node: NodeLookup) -> list[TreeNode]:
    """The nodes above level 0 that appending this leaf completes, lowest first."""
    completed = []
    level, node_index, top = 0, entry_index, leaf
    while node_index & 1:
        top = node_hash(node(level, node_index - 1), top)
        level, node_index = level + 1, node_index >> 1
        completed.append(TreeNode(level, node_index, top))
    return completed


def tree_root(size: int, node: NodeLookup) -> bytes:
    """The root of the first `size` leaves."""
    return _range_root(0, size, node) if size else EMPTY_ROOT


def inclusion_proof(entry_index: int, size: int, node: NodeLookup) -> list[bytes]:
    """The sibling hashes from leaf to root in the tree of `size` leaves (RFC 6962 2.1.1)."""
    if not 0 <= entry_index < size:
        raise LedgerError(f"entry {entry_index} is not in a tree of {size}")
    proof = []
    first, end = 0, size
    while end - first > 1:
        middle = first + _left_size(end - first)
        if entry_index < middle:
            proof.append(_range_root(middle, end, node))
            end = middle
        else:
            proof.append(_range_root(first, middle, node))
            first = middle
    return proof[::-1]


def consistency_proof(old_size: int, new_size: int, node: NodeLookup) -> list[bytes]:
    """The hashes showing that the larger tree begins with the smaller one (RFC 6962 2.1.2).

    Empty when the sizes are equal or the old tree is: there is nothing to show.
    """
    if not 0 <= old_size <= new_size:
        raise LedgerError(f"a tree of {new_size} cannot follow one of {old_size}")
    if old_size in (0, new_size):
        return []
    proof = []
    first, end = 0, new_size
    while end != old_size:
        middle = first + _left_size(end - first)
        if old_size <= middle:
            proof.append(_range_root(middle, end, node))
            end = middle
        else:
            proof.append(_range_root(first, middle, node))
            first = middle
    if first:  # at 0 the subtree reached is the whole old tree, whose root the reader already has
        proof.append(_range_root(first, end, node))
    return proof[::-1]


def verify_inclusion(
    leaf: bytes, entry_index: int, size: int, proof: Sequence[bytes], root_hash: bytes
) -> None:
    """Raise LedgerError unless the leaf stands at that index of the tree (RFC 9162 2.1.3.2)."""
    if not 0 <= entry_index < size:
        raise LedgerError(f"entry {entry_index} is not in a tree of {size}")
    if len(leaf) != HASH_BYTES:
        raise LedgerError(f"a leaf hash has {HASH_BYTES} bytes, not {len(leaf)}")
    node_index, last_index, root = entry_index, size - 1, leaf
    for sibling in proof:
        _check_step(sibling, last_index)
        if node_index & 1 or node_index == last_index:
            root = node_hash(sibling, root)
            node_index, last_index = _skip_levels_without_sibling(node_index, last_index)
        else:
            root = node_hash(root, sibling)
        node_index, last_index = node_index >> 1, last_index >> 1
    if last_index or root != root_hash:
        raise LedgerError("the inclusion proof does not lead to the root")


def verify_consistency(
    old_size: int, new_size: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes
) -> None:
    """Raise LedgerError unless the new tree begins with the old one (RFC 9162 2.1.4.2).

    An empty old tree is refused: nothing can be learnt from it, so that case is the caller's.
    """
    if not 0 < old_size <= new_size:
        raise LedgerError(f"a tree of {new_size} cannot be compared with one of {old_size}")
    if old_size == new_size:
        if proof or old_root != new_root:
            raise LedgerError("two trees of one size differ, or have a proof they do not need")
        return
    if not proof:
        raise LedgerError("the consistency proof is empty")
    is_perfect = old_size & (old_size - 1) == 0
    start, *steps = [old_root, *proof] if is_perfect else proof
    node_index, last_index = old_size - 1, new_size - 1
    while node_index & 1:
        node_index, last_index = node_index >> 1, last_index >> 1
    old = new = start
    for sibling in steps:
        _check_step(sibling, last_index)
        if node_index & 1 or node_index == last_index:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            node_index, last_index = _skip_levels_without_sibling(node_index, last_index)
        else:
            new = node_hash(new, sibling)
        node_index, last_index = node_index >> 1, last_index >> 1
    if last_index or old != old_root or new != new_root:
        raise LedgerError("the consistency proof does not lead to both roots")


def _left_size(size: int) -> int:
    """The largest power of two smaller than size, which is 2 or more (RFC 6962 2.1)."""
    return 1 << ((size - 1).bit_length() - 1)


def _range_root(first: int, end: int, node: NodeLookup) -> bytes:
    """The root over leaves first to end - 1, a subtree of some tree split as RFC 6962 does."""
    size = end - first
    if size & (size - 1) == 0:
        return node(size.bit_length() - 1, first // size)
    middle = first + _left_size(size)
    return node_hash(_range_root(first, middle, node), _range_root(middle, end, node))


def _check_step(sibling: bytes, last_index: int) -> None:
    if last_index == 0:
        raise LedgerError("the proof is too long")
    if len(sibling) != HASH_BYTES:
        raise LedgerError(f"a hash in the proof has {len(sibling)} bytes, not {HASH_BYTES}")


def _skip_levels_without_sibling(node_index: int, last_index: int) -> tuple[int, int]:
    """Climb while the node is a left child at the tree's right edge: such levels add no hash."""
    while node_index and not node_index & 1:
        node_index, last_index = node_index >> 1, last_index >> 1
    return node_index, last_index
