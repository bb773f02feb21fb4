"""The Merkle tree, against the vectors of transparency-dev/merkle and the recursion of RFC 6962."""

import json
import os
from base64 import b64decode
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trace.domain.merkle import (
    EMPTY_ROOT,
    CompactRange,
    LedgerError,
    TreeNode,
    completed_nodes,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    tree_root,
    verify_consistency,
    verify_inclusion,
)

ROOT = Path(__file__).parents[2]
VECTORS = Path(os.environ.get("VECTORS_DIR", ROOT / "../shared/vectors")) / "merkle"
LARGEST = 70
LEAVES = [leaf_hash(str(number).encode()) for number in range(LARGEST)]


def recursive_root(leaves: Sequence[bytes]) -> bytes:
    """MTH of RFC 6962 section 2.1, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    left, right = recursive_root(leaves[:split]), recursive_root(leaves[split:])
    return sha256(b"\x01" + left + right).digest()


def stored_nodes(leaves: Sequence[bytes]) -> Callable[[int, int], bytes]:
    """The lookup a ledger has after appending these leaves one by one."""
    nodes: dict[tuple[int, int], bytes] = {}
    for index, leaf in enumerate(leaves):
        nodes[0, index] = leaf
        for node in completed_nodes(index, leaf, lambda level, at: nodes[level, at]):
            assert (node.level, node.node_index) not in nodes
            nodes[node.level, node.node_index] = node.hash
    return lambda level, at: nodes[level, at]


def vectors(kind: str) -> list[dict[str, Any]]:
    if not VECTORS.is_dir():
        if os.environ.get("VECTORS_REQUIRED") == "1":
            pytest.fail(f"VECTORS_REQUIRED=1 and there is no folder {VECTORS}")
        pytest.skip(f"no folder {VECTORS}: set VECTORS_DIR to run the Merkle vectors")
    cases = [json.loads(path.read_text()) for path in sorted((VECTORS / kind).rglob("*.json"))]
    assert len(cases) > 10
    return cases


def holds(check: Callable[..., None], *values: object) -> bool:
    try:
        check(*values)
    except LedgerError:
        return False
    return True


def test_every_inclusion_vector_is_judged_as_its_authors_say() -> None:
    for case in vectors("inclusion"):
        proof = [b64decode(step) for step in case["proof"] or []]
        leaf, root = b64decode(case["leafHash"] or ""), b64decode(case["root"] or "")
        held = holds(verify_inclusion, leaf, case["leafIdx"], case["treeSize"], proof, root)
        assert held is not case["wantErr"], case["desc"]


def test_every_consistency_vector_is_judged_as_its_authors_say() -> None:
    for case in vectors("consistency"):
        proof = [b64decode(step) for step in case["proof"] or []]
        roots = b64decode(case["root1"] or ""), b64decode(case["root2"] or "")
        held = holds(verify_consistency, case["size1"], case["size2"], proof, *roots)
        assert held is not case["wantErr"], case["desc"]


def test_the_empty_root_is_the_hash_of_nothing() -> None:
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert CompactRange().root() == EMPTY_ROOT
    assert tree_root(0, stored_nodes([])) == EMPTY_ROOT


def test_leaves_and_nodes_are_hashed_apart() -> None:
    assert leaf_hash(LEAVES[0] + LEAVES[1]) != node_hash(LEAVES[0], LEAVES[1])


def test_stored_nodes_and_compact_range_give_the_recursive_root_at_every_size() -> None:
    node, growing = stored_nodes(LEAVES), CompactRange()
    for size, leaf in enumerate(LEAVES, start=1):
        expected = recursive_root(LEAVES[:size])
        completed = growing.append(leaf)
        assert growing.root() == tree_root(size, node) == expected
        assert completed == completed_nodes(size - 1, leaf, node)
        assert growing.size == size


def test_appending_the_eighth_entry_completes_three_nodes() -> None:
    seven, node = CompactRange(), stored_nodes(LEAVES[:8])
    for leaf in LEAVES[:7]:
        seven.append(leaf)
    assert seven.append(LEAVES[7]) == [
        TreeNode(1, 3, recursive_root(LEAVES[6:8])),
        TreeNode(2, 1, recursive_root(LEAVES[4:8])),
        TreeNode(3, 0, recursive_root(LEAVES[:8])),
    ]
    assert node(3, 0) == recursive_root(LEAVES[:8])


def test_every_entry_is_proven_at_every_size() -> None:
    node = stored_nodes(LEAVES)
    for size in range(1, LARGEST + 1):
        root = recursive_root(LEAVES[:size])
        for index in range(size):
            proof = inclusion_proof(index, size, node)
            verify_inclusion(LEAVES[index], index, size, proof, root)


def test_every_size_is_proven_to_begin_with_every_smaller_one() -> None:
    node = stored_nodes(LEAVES)
    roots = [recursive_root(LEAVES[:size]) for size in range(LARGEST + 1)]
    for new_size in range(1, LARGEST + 1):
        for old_size in range(1, new_size + 1):
            proof = consistency_proof(old_size, new_size, node)
            verify_consistency(old_size, new_size, proof, roots[old_size], roots[new_size])


@given(st.data())
def test_an_inclusion_proof_holds_for_one_entry_place_and_root_only(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, LARGEST))
    index, other = data.draw(st.permutations(range(size)))[:2]
    node = stored_nodes(LEAVES[:size])
    proof, root = inclusion_proof(index, size, node), recursive_root(LEAVES[:size])
    step = data.draw(st.integers(0, len(proof) - 1))
    bent = bytes([proof[step][0] ^ 1]) + proof[step][1:]
    for values in (
        (LEAVES[other], index, size, proof, root),
        (LEAVES[index], other, size, proof, root),
        (LEAVES[index], index, size, proof, recursive_root(LEAVES[: size - 1])),
        (LEAVES[index], index, size, [*proof[:step], bent, *proof[step + 1 :]], root),
        (LEAVES[index], index, size, proof[:step] + proof[step + 1 :], root),
        (LEAVES[index], index, size, [*proof, LEAVES[0]], root),
    ):
        assert not holds(verify_inclusion, *values)


@given(st.data())
def test_a_rewritten_ledger_is_not_consistent_with_the_old_one(data: st.DataObject) -> None:
    new_size = data.draw(st.integers(2, LARGEST))
    old_size = data.draw(st.integers(1, new_size - 1))
    changed = data.draw(st.integers(0, old_size - 1))
    rewritten = [*LEAVES[:changed], leaf_hash(b"rewritten"), *LEAVES[changed + 1 : new_size]]
    proof = consistency_proof(old_size, new_size, stored_nodes(rewritten))
    old_root, new_root = recursive_root(LEAVES[:old_size]), recursive_root(rewritten)
    assert not holds(verify_consistency, old_size, new_size, proof, old_root, new_root)


def test_a_proof_is_refused_for_an_entry_past_the_end() -> None:
    node = stored_nodes(LEAVES[:3])
    for index in (-1, 3):
        with pytest.raises(LedgerError, match="not in a tree of 3"):
            inclusion_proof(index, 3, node)
        with pytest.raises(LedgerError, match="not in a tree of 3"):
            verify_inclusion(LEAVES[0], index, 3, [], EMPTY_ROOT)


def test_a_tree_never_shrinks() -> None:
    with pytest.raises(LedgerError, match="cannot follow"):
        consistency_proof(3, 2, stored_nodes(LEAVES[:3]))
    with pytest.raises(LedgerError, match="cannot be compared"):
        verify_consistency(3, 2, [], EMPTY_ROOT, EMPTY_ROOT)


def test_there_is_nothing_to_prove_from_an_empty_or_an_equal_tree() -> None:
    node = stored_nodes(LEAVES[:3])
    assert consistency_proof(0, 3, node) == consistency_proof(3, 3, node) == []


def test_hashes_of_another_length_are_refused() -> None:
    root = recursive_root(LEAVES[:3])
    with pytest.raises(LedgerError, match="leaf hash has 32 bytes, not 31"):
        verify_inclusion(LEAVES[0][1:], 0, 1, [], LEAVES[0][1:])
    with pytest.raises(LedgerError, match="has 31 bytes"):
        verify_inclusion(LEAVES[2], 2, 3, [root[1:]], root)
    with pytest.raises(LedgerError, match="has 31 bytes"):
        verify_consistency(1, 3, [root[1:]], LEAVES[0], root)
