"""Every proof up to a size, made and held against the oracle; every proof, bent in each way we know, refused.

The harness has its controls: verifiers that are wrong in a known way, each of which it must find out.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import permutations

import pytest

from fiel.core.consent.ledger import EMPTY, consistent, leaf_hash, prove_consistency, prove_inclusion, root
from fiel.core.consent.ledger import root_from_inclusion as reached
from fiel.core.ids import Digest, Position
from tests.core.consent.naive_tree import KeptTree, NaiveTree, numbered

EXHAUSTIVE = pytest.mark.parametrize("most", [48, pytest.param(256, marks=pytest.mark.proof)])
STRANGER = leaf_hash(b"no entry of this ledger")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inclusion:
    """The claim that a leaf is the entry at an index."""

    leaf: Digest
    index: int
    size: int
    root: Digest
    path: tuple[Digest, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Consistency:
    """The claim that a ledger begins with an earlier one."""

    old_size: int
    old_root: Digest
    new_size: int
    new_root: Digest
    path: tuple[Digest, ...]


def included(claim: Inclusion) -> bool:
    """The verifier under test."""
    return reached(claim.leaf, index=Position(claim.index), size=claim.size, path=claim.path) == claim.root


def extended(claim: Consistency) -> bool:
    """The verifier under test."""
    return consistent(
        old_size=claim.old_size,
        old_root=claim.old_root,
        new_size=claim.new_size,
        new_root=claim.new_root,
        path=claim.path,
    )


def flipped(digest: Digest, turn: int) -> Digest:
    """The digest with one bit changed; successive turns walk over all 256."""
    turn = turn * 101 % 256
    return Digest((int.from_bytes(digest) ^ 1 << turn).to_bytes(32))


def bent_paths(path: tuple[Digest, ...], turn: int) -> Iterator[tuple[str, tuple[Digest, ...]]]:
    """Each path that differs from `path` by one hash changed, dropped, doubled, added, cut short or out of order."""
    for at, digest in enumerate(path):
        yield f"bit of hash {at}", (*path[:at], flipped(digest, turn + at), *path[at + 1 :])
        yield f"hash {at} dropped", (*path[:at], *path[at + 1 :])
        yield f"hash {at} doubled", (*path[:at], digest, *path[at:])
        yield f"hash {at} cut short", (*path[:at], Digest(digest[:-1]), *path[at + 1 :])
        yield f"hash {at} to the front", (digest, *path[:at], *path[at + 1 :])
    for at in range(len(path) - 1):
        yield f"hashes {at} and {at + 1} swapped", (*path[:at], path[at + 1], path[at], *path[at + 2 :])
    for at in range(len(path) + 1):
        yield f"stranger added at {at}", (*path[:at], STRANGER, *path[at:])
    yield "nothing added at the end", (*path, Digest(b""))
    yield "reversed", path[::-1]
    yield "emptied", ()


def bent_inclusions(claim: Inclusion, turn: int) -> Iterator[tuple[str, Inclusion]]:
    """Each claim that is false by one thing. Sizes are left alone: no proof vouches for them, checkpoints do."""
    yield "bit of the leaf", replace(claim, leaf=flipped(claim.leaf, turn))
    yield "bit of the root", replace(claim, root=flipped(claim.root, turn))
    yield "leaf cut short", replace(claim, leaf=Digest(claim.leaf[:-1]))
    yield "root of nothing", replace(claim, root=EMPTY)
    near = {claim.index + 1, claim.index - 1, claim.index ^ 1, claim.index ^ 2, claim.index >> 1}
    far = {0, claim.size - 1, claim.size, claim.index + claim.size, claim.index - claim.size}
    for index in (near | far) - {claim.index}:
        yield f"index {index}", replace(claim, index=index)
    for how, path in bent_paths(claim.path, turn):
        if path != claim.path:
            yield how, replace(claim, path=path)


def reversed_in_time(claim: Consistency) -> Consistency:
    """The claim that the later ledger came first."""
    return replace(
        claim, old_size=claim.new_size, old_root=claim.new_root, new_size=claim.old_size, new_root=claim.old_root
    )


def bent_consistencies(claim: Consistency, turn: int) -> Iterator[tuple[str, Consistency]]:
    """Each claim that is false by one thing; sizes again are left alone, but for their order."""
    yield "bit of the old root", replace(claim, old_root=flipped(claim.old_root, turn))
    yield "bit of the new root", replace(claim, new_root=flipped(claim.new_root, turn))
    yield "old root of nothing", replace(claim, old_root=EMPTY)
    yield "new root of nothing", replace(claim, new_root=EMPTY)
    yield "nothing before", replace(claim, old_size=0)
    yield "fewer than nothing before", replace(claim, old_size=-1)
    if claim.old_size != claim.new_size:
        yield "roots swapped", replace(claim, old_root=claim.new_root, new_root=claim.old_root)
        yield "sizes swapped", replace(claim, old_size=claim.new_size, new_size=claim.old_size)
        yield "time reversed", reversed_in_time(claim)
        yield "one root for both", replace(claim, old_root=claim.new_root)
    for how, path in bent_paths(claim.path, turn):
        if path != claim.path:
            yield how, replace(claim, path=path)


def all_inclusions(naive: NaiveTree, most: int) -> Iterator[Inclusion]:
    """Every true claim of an entry, in every size up to `most`, proved by the module under test."""
    fetch = KeptTree(naive.leaves[:most]).fetch
    for size in range(1, most + 1):
        for index, leaf in enumerate(naive.leaves[:size]):
            path = prove_inclusion(Position(index), size, fetch=fetch)
            yield Inclusion(leaf=leaf, index=index, size=size, root=root(size, fetch), path=path)


def all_consistencies(naive: NaiveTree, most: int) -> Iterator[Consistency]:
    """Every true claim of growth between two sizes up to `most`, proved by the module under test."""
    fetch = KeptTree(naive.leaves[:most]).fetch
    roots = [root(size, fetch) for size in range(most + 1)]
    for new in range(1, most + 1):
        for old in range(1, new + 1):
            path = prove_consistency(old, new, fetch=fetch)
            yield Consistency(old_size=old, old_root=roots[old], new_size=new, new_root=roots[new], path=path)


def survivors_of_inclusion(verify: Callable[[Inclusion], bool], claims: Sequence[Inclusion]) -> list[str]:
    """What the harness holds against a verifier: each true claim it refuses, each bent one it believes."""
    faults = [f"refused {claim.index} of {claim.size}" for claim in claims if not verify(claim)]
    for turn, claim in enumerate(claims):
        bent = bent_inclusions(claim, turn)
        faults += [f"{how}, {claim.index} of {claim.size}" for how, mutant in bent if verify(mutant)]
    return faults


def survivors_of_consistency(verify: Callable[[Consistency], bool], claims: Sequence[Consistency]) -> list[str]:
    """As for inclusion: each true claim refused, each bent one believed."""
    faults = [f"refused {claim.old_size} to {claim.new_size}" for claim in claims if not verify(claim)]
    for turn, claim in enumerate(claims):
        bent = bent_consistencies(claim, turn)
        faults += [f"{how}, {claim.old_size} to {claim.new_size}" for how, mutant in bent if verify(mutant)]
    return faults


@EXHAUSTIVE
def test_every_inclusion_is_proved_and_no_mutant_passes(most: int) -> None:
    """Each entry in each size has the proof of the definition; it is believed, and nothing near it is."""
    naive = NaiveTree(numbered(most))
    claims = list(all_inclusions(naive, most))
    assert len(claims) == most * (most + 1) // 2
    for claim in claims:
        assert (claim.root, claim.path) == (naive.root(claim.size), naive.inclusion(claim.index, claim.size))
    assert survivors_of_inclusion(included, claims) == []


@EXHAUSTIVE
def test_every_consistency_is_proved_and_no_mutant_passes(most: int) -> None:
    """Each pair of sizes has the proof of the definition; it is believed, and nothing near it is."""
    naive = NaiveTree(numbered(most))
    claims = list(all_consistencies(naive, most))
    assert len(claims) == most * (most + 1) // 2
    for claim in claims:
        assert (claim.old_root, claim.new_root) == (naive.root(claim.old_size), naive.root(claim.new_size))
        assert claim.path == naive.consistency(claim.old_size, claim.new_size)
    assert survivors_of_consistency(extended, claims) == []


# Eleven leaves: the last size has a ragged right edge of three subtrees.
TREE = NaiveTree(numbered(11))
WRONG_INCLUSIONS: dict[str, Callable[[Inclusion], bool]] = {
    "believes all": lambda claim: included(claim) or True,
    "refuses the ragged edge": lambda claim: included(claim) and len(claim.path) == (claim.size - 1).bit_length(),
    "compares half a root": lambda claim: (
        (reached(claim.leaf, index=Position(claim.index), size=claim.size, path=claim.path) or b"")[:16]
        == claim.root[:16]
    ),
    "skips hashes at the end": lambda claim: any(
        included(replace(claim, path=claim.path[:end])) for end in range(len(claim.path) + 1)
    ),
    "skips hashes at the front": lambda claim: any(
        included(replace(claim, path=claim.path[start:])) for start in range(len(claim.path) + 1)
    ),
    "knows no order": lambda claim: any(included(replace(claim, path=path)) for path in permutations(claim.path[:5])),
    "knows no index": lambda claim: any(included(replace(claim, index=index)) for index in range(claim.size)),
    "counts from the end": lambda claim: included(replace(claim, index=claim.index % claim.size)),
    "trusts a leaf at its place": lambda claim: any(
        included(replace(claim, leaf=leaf)) for leaf in (claim.leaf, *TREE.leaves)
    ),
}
WRONG_CONSISTENCIES: dict[str, Callable[[Consistency], bool]] = {
    "believes all": lambda claim: extended(claim) or True,
    "wants a path always": lambda claim: extended(claim) and bool(claim.path),
    "forgets the old root": lambda claim: (
        claim.old_size >= 0 and extended(replace(claim, old_root=TREE.root(claim.old_size)))
    ),
    "forgets the new root": lambda claim: (
        claim.new_size >= 0 and extended(replace(claim, new_root=TREE.root(claim.new_size)))
    ),
    "skips hashes at the end": lambda claim: any(
        extended(replace(claim, path=claim.path[:end])) for end in range(len(claim.path) + 1)
    ),
    "accepts no path": lambda claim: not claim.path or extended(claim),
    "asks no order of time": lambda claim: extended(claim) or extended(reversed_in_time(claim)),
    "same size, same ledger": lambda claim: claim.old_size == claim.new_size or extended(claim),
    "anything follows nothing": lambda claim: claim.old_size == 0 or extended(claim),
}


@pytest.mark.parametrize("verify", WRONG_INCLUSIONS.values(), ids=WRONG_INCLUSIONS.keys())
def test_the_harness_finds_a_wrong_inclusion_verifier(verify: Callable[[Inclusion], bool]) -> None:
    """Control: a verifier of entries that is wrong in one known way does not get past the mutants."""
    assert survivors_of_inclusion(verify, list(all_inclusions(TREE, 11))) != []


@pytest.mark.parametrize("verify", WRONG_CONSISTENCIES.values(), ids=WRONG_CONSISTENCIES.keys())
def test_the_harness_finds_a_wrong_consistency_verifier(verify: Callable[[Consistency], bool]) -> None:
    """Control: a verifier of growth that is wrong in one known way does not get past the mutants."""
    assert survivors_of_consistency(verify, list(all_consistencies(TREE, 11))) != []


def test_a_proof_does_not_vouch_for_its_size() -> None:
    """Most true proofs are believed under a neighbouring size too: why sizes come from signed checkpoints alone."""
    claims = [claim for claim in all_inclusions(NaiveTree(numbered(48)), 48) if claim.size > 1]
    near = [replace(claim, size=claim.size + step) for claim in claims for step in (-1, 1)]
    assert sum(map(included, near)) > len(near) // 2


def test_a_path_has_the_length_its_size_asks_for() -> None:
    """Under whatever size a proof is presented, it is only believed if it is as long as that size's own proofs are."""
    most = 14
    naive = NaiveTree(numbered(most))
    pairs = [(old, new) for new in range(1, most + 1) for old in range(1, new + 1)]
    for entry in all_inclusions(naive, most):
        for claim in (replace(entry, size=size) for size in range(entry.index + 1, most + 1)):
            length = len(naive.inclusion(claim.index, claim.size))
            reach = reached(claim.leaf, index=Position(claim.index), size=claim.size, path=claim.path)
            assert (reach is not None) == (len(claim.path) == length)
    for growth in all_consistencies(naive, most):
        for old, new in pairs:
            believed = extended(replace(growth, old_size=old, new_size=new))
            assert not believed or len(growth.path) == len(naive.consistency(old, new))
