"""The tree and its proofs against published vectors, and against a second implementation written from the RFC's text.

Vectors: the reference leaves, roots and proofs of Certificate Transparency (RFC 6962, same tree as RFC 9162).
"""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.journal.checkpoints import consistency_spans, inclusion_spans, roots_of
from peelian.journal.verifier import Tree, consistent, included, leaf_hash

LEAVES = [
    bytes.fromhex(leaf)
    for leaf in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
HASHES = [leaf_hash(leaf) for leaf in LEAVES]
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
INCLUSION = (  # index from 0, size, path
    (0, 1, ()),
    (
        0,
        8,
        (
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ),
    ),
    (
        5,
        8,
        (
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ),
    ),
    (2, 3, ("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",)),
    (
        1,
        5,
        (
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ),
    ),
)
CONSISTENCY = (  # old size, size, path
    (1, 1, ()),
    (
        1,
        8,
        (
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ),
    ),
    (
        6,
        8,
        (
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ),
    ),
    (
        2,
        5,
        (
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ),
    ),
)


def tree_of(leaves):
    tree = Tree()
    for leaf in leaves:
        tree.add(leaf)
    return tree


def root_by_the_text(leaves):
    """RFC 9162 section 2.1.1 as it is written, over leaf hashes: slow, recursive, and independent of `Tree`."""
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return hashlib.sha256(b"\x01" + root_by_the_text(leaves[:half]) + root_by_the_text(leaves[half:])).digest()


@pytest.mark.parametrize("size", range(9))
def test_the_root_of_each_published_tree_is_the_published_one(size):
    assert tree_of(HASHES[:size]).root().hex() == ROOTS[size]


@pytest.mark.parametrize(("index", "size", "path"), INCLUSION)
def test_a_proof_of_inclusion_is_the_published_one_and_stands(index, size, path):
    made = roots_of(inclusion_spans(index, size), HASHES)
    assert tuple(node.hex() for node in made) == path
    assert included(HASHES[index], index, size, made, bytes.fromhex(ROOTS[size]))


@pytest.mark.parametrize(("old", "size", "path"), CONSISTENCY)
def test_a_proof_of_consistency_is_the_published_one_and_stands(old, size, path):
    made = roots_of(consistency_spans(old, size), HASHES)
    assert tuple(node.hex() for node in made) == path
    assert consistent(old, bytes.fromhex(ROOTS[old]), size, bytes.fromhex(ROOTS[size]), made)


@given(st.integers(1, 70), st.data())
def test_any_leaf_of_any_tree_can_be_proved_and_no_other(size, data):
    index = data.draw(st.integers(0, size - 1))
    leaves = [leaf_hash(bytes([number])) for number in range(size)]
    root = root_by_the_text(leaves)
    path = roots_of(inclusion_spans(index, size), leaves)
    assert tree_of(leaves).root() == root
    assert included(leaves[index], index, size, path, root)
    assert not included(leaf_hash(b"another"), index, size, path, root)
    assert not included(leaves[index], index, size, [*path, root], root)
    if size > 1:
        assert not included(leaves[index], (index + 1) % size, size, path, root)


@given(st.integers(1, 70), st.data())
def test_any_beginning_of_any_tree_can_be_proved_and_no_other(size, data):
    old = data.draw(st.integers(1, size))
    leaves = [leaf_hash(bytes([number])) for number in range(size)]
    old_root, root = root_by_the_text(leaves[:old]), root_by_the_text(leaves)
    path = roots_of(consistency_spans(old, size), leaves)
    assert consistent(old, old_root, size, root, path)
    assert not consistent(old, leaf_hash(b"another"), size, root, path)
    assert not consistent(old, old_root, size, leaf_hash(b"another"), path)


@given(st.integers(0, 70), st.integers(0, 70))
def test_a_tree_taken_up_again_from_its_frontier_grows_like_one_never_put_down(first, more):
    leaves = [leaf_hash(bytes([number])) for number in range(first + more)]
    before = tree_of(leaves[:first])
    again = Tree(before.size, before.frontier)
    for leaf in leaves[first:]:
        again.add(leaf)
    assert again.root() == tree_of(leaves).root()
