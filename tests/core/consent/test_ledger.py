"""The ledger's mathematics against its definitions, its published examples and an independent writing of both."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiel.core.consent.ledger import (
    EMPTY,
    consistent,
    grown,
    leaf_hash,
    node_hash,
    prove_consistency,
    prove_inclusion,
    root,
    root_from_inclusion,
)
from fiel.core.errors import Malformed
from fiel.core.ids import Digest, Position
from tests.core.consent.naive_tree import KeptTree, NaiveTree, numbered

# The tree that implementations of Certificate Transparency have shared as an example since RFC 6962.
KNOWN_ENTRIES = [
    bytes.fromhex(entry)
    for entry in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
KNOWN_ROOTS = (
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
LEAF_1 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
LEAF_4 = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
LEAF_6 = "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f"
LEAVES_2_3 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
LEAVES_4_5 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
LEAVES_6_7 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
LEAVES_4_7 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
KNOWN_INCLUSIONS = [
    (0, 1, ()),
    (0, 8, (LEAF_1, LEAVES_2_3, LEAVES_4_7)),
    (5, 8, (LEAF_4, LEAVES_6_7, KNOWN_ROOTS[4])),
    (2, 3, (KNOWN_ROOTS[2],)),
    (1, 5, (KNOWN_ROOTS[1], LEAVES_2_3, LEAF_4)),
]
KNOWN_CONSISTENCIES = [
    (1, 1, ()),
    (1, 8, (LEAF_1, LEAVES_2_3, LEAVES_4_7)),
    (6, 8, (LEAVES_4_5, LEAVES_6_7, KNOWN_ROOTS[4])),
    (2, 5, (LEAVES_2_3, LEAF_4)),
    (6, 7, (LEAVES_4_5, LEAF_6, KNOWN_ROOTS[4])),
]


def known_tree() -> KeptTree:
    """The shared example as a store holds it."""
    return KeptTree([leaf_hash(entry) for entry in KNOWN_ENTRIES])


def hashes(*texts: str) -> tuple[Digest, ...]:
    """The digests that hexadecimal texts spell."""
    return tuple(Digest(bytes.fromhex(text)) for text in texts)


def test_a_leaf_never_passes_for_a_node() -> None:
    """An entry and a pair of subtrees are hashed with different first bytes, so neither can imitate the other."""
    left, right = leaf_hash(b"a"), leaf_hash(b"b")
    assert leaf_hash(left + right) != node_hash(left, right)
    assert node_hash(left, right) != node_hash(right, left)


@pytest.mark.parametrize("size", range(9))
def test_roots_are_the_published_ones(size: int) -> None:
    """Every size of the shared example has the root that others publish for it."""
    tree = known_tree()
    assert root(size, tree.fetch).hex() == KNOWN_ROOTS[size]


@pytest.mark.parametrize(("index", "size", "path"), KNOWN_INCLUSIONS)
def test_inclusion_proofs_are_the_published_ones(index: int, size: int, path: tuple[str, ...]) -> None:
    """The published inclusion proofs are made, and lead to the published roots."""
    proof = prove_inclusion(Position(index), size, fetch=known_tree().fetch)
    assert proof == hashes(*path)
    found = root_from_inclusion(leaf_hash(KNOWN_ENTRIES[index]), index=Position(index), size=size, path=proof)
    assert found is not None
    assert found.hex() == KNOWN_ROOTS[size]


@pytest.mark.parametrize(("old", "new", "path"), KNOWN_CONSISTENCIES)
def test_consistency_proofs_are_the_published_ones(old: int, new: int, path: tuple[str, ...]) -> None:
    """The published consistency proofs are made, and hold between the published roots."""
    proof = prove_consistency(old, new, fetch=known_tree().fetch)
    assert proof == hashes(*path)
    old_root, new_root = hashes(KNOWN_ROOTS[old], KNOWN_ROOTS[new])
    assert consistent(old_size=old, old_root=old_root, new_size=new, new_root=new_root, path=proof)


def test_the_example_of_the_rfc_in_letters() -> None:
    """The seven-leaf tree drawn in RFC 9162 §2.1.5 has the audit paths and consistency proofs that its text names."""
    a, b, c, d, e, f, j = leaves = [leaf_hash(b"d%d" % number) for number in range(7)]
    g, h, i = node_hash(a, b), node_hash(c, d), node_hash(e, f)
    k, l = node_hash(g, h), node_hash(i, j)  # noqa: E741 (the RFC's own letters)
    fetch = KeptTree(leaves).fetch
    paths = {0: (b, h, l), 3: (c, g, l), 4: (f, j, k), 6: (i, k)}
    proofs = {3: (c, d, g, l), 4: (l,), 6: (i, j, k)}
    assert {index: prove_inclusion(Position(index), 7, fetch=fetch) for index in paths} == paths
    assert {old: prove_consistency(old, 7, fetch=fetch) for old in proofs} == proofs
    assert root(7, fetch) == node_hash(k, l)


def test_growth_brings_only_complete_subtrees() -> None:
    """Each leaf adds itself and the subtrees it completes, so that a ledger of n leaves keeps fewer than 2n nodes."""
    tree, naive = KeptTree(NaiveTree(numbered(100)).leaves), NaiveTree(numbered(100))
    assert len(tree.kept) == sum(100 >> level for level in range(7))
    for (level, index), digest in tree.kept.items():
        assert digest == naive.over(index << level, (index + 1) << level)


def test_reading_costs_a_logarithm() -> None:
    """A root, and each proof, reads at most two nodes a binary digit of the size: a large ledger stays quick."""
    size = 1000
    tree = KeptTree(NaiveTree(numbered(size)).leaves)
    costs = []
    for at in range(1, size):
        for ask in (
            lambda at=at: root(at, tree.fetch),
            lambda at=at: prove_inclusion(Position(at), size, fetch=tree.fetch),
            lambda at=at: prove_consistency(at, size, fetch=tree.fetch),
        ):
            tree.reads = 0
            ask()
            costs.append(tree.reads)
    assert max(costs) <= 2 * size.bit_length()


@given(st.integers(1, 2**62), st.data())
def test_proofs_hold_at_any_size(size: int, data: st.DataObject) -> None:
    """Proofs and verification agree up to sizes no test can build; twin leaves make every complete subtree known."""
    levels = [leaf_hash(b"twin")]
    while len(levels) < 64:
        levels.append(node_hash(levels[-1], levels[-1]))

    def fetch(level: int, _: int) -> Digest:
        return levels[level]

    index = Position(data.draw(st.integers(0, size - 1)))
    old = data.draw(st.integers(1, size))
    new_root = root(size, fetch)
    path = prove_inclusion(index, size, fetch=fetch)
    assert root_from_inclusion(levels[0], index=index, size=size, path=path) == new_root
    bridge = prove_consistency(old, size, fetch=fetch)
    assert consistent(old_size=old, old_root=root(old, fetch), new_size=size, new_root=new_root, path=bridge)


def test_a_ledger_without_entries_is_extended_by_all() -> None:
    """From nothing, known by its empty root, to anything needs no path; a false root for nothing is refused."""
    tree = known_tree()
    some, other = root(8, tree.fetch), leaf_hash(b"other")
    assert prove_consistency(0, 8, fetch=tree.fetch) == prove_consistency(0, 0, fetch=tree.fetch) == ()
    assert consistent(old_size=0, old_root=EMPTY, new_size=8, new_root=some, path=())
    assert consistent(old_size=0, old_root=EMPTY, new_size=0, new_root=EMPTY, path=())
    assert not consistent(old_size=0, old_root=EMPTY, new_size=8, new_root=some, path=(other,))
    assert not consistent(old_size=0, old_root=other, new_size=8, new_root=some, path=())
    assert not consistent(old_size=0, old_root=other, new_size=0, new_root=other, path=())


@pytest.mark.parametrize("size", [-1, -8])
def test_a_negative_size_is_refused(size: int) -> None:
    """No ledger has fewer than no entries: neither root, growth nor proof is made for one."""
    tree = known_tree()
    for ask in (
        lambda: root(size, tree.fetch),
        lambda: grown(size, EMPTY, fetch=tree.fetch),
        lambda: prove_inclusion(Position(0), size, fetch=tree.fetch),
        lambda: prove_consistency(size, 8, fetch=tree.fetch),
    ):
        with pytest.raises(Malformed):
            ask()


@pytest.mark.parametrize(("index", "old"), [(8, 9), (-1, 9), (2**70, 2**70)])
def test_only_what_lies_inside_is_proved(index: int, old: int) -> None:
    """A proof is only made for an entry the ledger holds, and only from an earlier size to a later one."""
    tree = known_tree()
    with pytest.raises(Malformed):
        prove_inclusion(Position(index), 8, fetch=tree.fetch)
    with pytest.raises(Malformed):
        prove_consistency(old, 8, fetch=tree.fetch)
