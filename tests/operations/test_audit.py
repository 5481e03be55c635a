"""An audit finds nothing where nothing is wrong, and whatever the writer of the store made up, hid or changed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest

from fiel.core.consent.choice import UNDECIDED, Attestation, Status
from fiel.core.errors import Tampered
from fiel.core.ids import Digest, Position
from fiel.keys.signer import verify
from fiel.operations.audit import Audit, audit
from fiel.operations.audit.flaws import MOST_FINDINGS, Findings, Flaw
from fiel.operations.erase import erase
from fiel.operations.house import House
from fiel.operations.prove import checkpoint
from fiel.ports import Transaction
from fiel.testing import MemorySigner
from tests.laws.world import PICKS
from tests.operations.houses import ANA, BEA, Told, lived_in, lying, opened, say

Bend = Callable[[Transaction], dict[str, object]]


def audited(house: House, *checkpoints: str) -> Audit:
    """The audit with the house's own key."""
    key = house.signer.public_key
    return audit(house, verify=lambda m, s: verify(key, m, s), checkpoints=checkpoints)


def flaws(found: Audit) -> set[Flaw]:
    """Which kinds of things were found."""
    return {each.flaw for each in found.findings}


def heads() -> tuple[House, list[str]]:
    """A house, and its signed heads after each choice."""
    house = opened()
    kept = [checkpoint(house)]
    for who, status in ((ANA, Status.GIVEN), (BEA, Status.REFUSED), (ANA, Status.WITHDRAWN)):
        say(house, who, status)
        kept.append(checkpoint(house))
    return house, [str(note) for note in kept]


def test_a_sound_ledger_is_clean() -> None:
    """Where nothing was changed nothing is found, and root and counts are those of the store."""
    house = lived_in()
    found = audited(house, str(checkpoint(house)))
    assert found.is_clean
    assert (found.size, found.people, found.entries, found.more) == (7, 2, 5, 0)


def test_an_empty_ledger_is_clean() -> None:
    """A ledger that holds only what was published has people neither to find nor to miss."""
    found = audited(opened())
    assert (found.is_clean, found.size, found.people) == (True, 2, 0)


def test_an_erasure_leaves_a_clean_ledger() -> None:
    """The leaves of somebody who was erased stay and point at nobody, which is no fault."""
    house = lived_in()
    erase(house, ANA, attested_by=Attestation.PERSON).result()
    found = audited(house)
    assert (found.is_clean, found.people) == (True, 1)


def test_every_earlier_head_is_compared() -> None:
    """All heads that somebody kept are those of the ledger as it grew."""
    house, kept = heads()
    assert audited(house, *kept).is_clean


def test_progress_counts_leaves_and_people() -> None:
    """Whoever waits hears of every leaf, of the empty beginning, and of every person."""
    house, steps = lived_in(), [0]

    def step(done: int) -> None:
        steps[0] += done

    key = house.signer.public_key
    audit(house, verify=lambda m, s: verify(key, m, s), progress=step)
    assert steps == [8 + 2]


def test_another_history_differs_from_a_kept_head() -> None:
    """A ledger that was written anew contradicts a head that somebody kept, however consistent it is within itself."""
    house, kept = heads()
    other = opened()
    for who, status in ((ANA, Status.GIVEN), (BEA, Status.GIVEN), (ANA, Status.REFUSED)):
        say(other, who, status)
    found = audited(other, *kept)
    assert flaws(found) == {Flaw.CHECKPOINT_DIFFERS}
    assert len(found.findings) == 3
    assert audited(house).is_clean


def test_a_ledger_cut_short_is_behind_a_kept_head() -> None:
    """A ledger that lost its end is shorter than the head that somebody kept."""
    _, kept = heads()
    assert flaws(audited(opened(), kept[-1])) == {Flaw.CHECKPOINT_AHEAD}


def test_a_head_of_another_key_is_none() -> None:
    """A head that the ledger's key did not sign is told apart, and so is what is no note."""
    house, kept = heads()
    other = replace(house, signer=MemorySigner(b"another"))
    assert flaws(audited(other, kept[0])) == {Flaw.CHECKPOINT_UNREADABLE}
    assert flaws(audited(house, "nonsense")) == {Flaw.CHECKPOINT_UNREADABLE}


def leaf_instead(position: int, leaf: bytes | None) -> Bend:
    """A ledger that shows another leaf at one place, or none."""

    def bend(tx: Transaction) -> dict[str, object]:
        def read(wanted: Position) -> bytes:
            if wanted != position:
                return tx.ledger.leaf(wanted)
            if leaf is None:
                raise Tampered("gone")
            return leaf

        return {"ledger": Told(tx.ledger, leaf=read)}

    return bend


def node_instead(level: int, index: int, node: Digest | None) -> Bend:
    """A ledger that shows another node at one place, or none."""

    def bend(tx: Transaction) -> dict[str, object]:
        def read(at: int, number: int) -> Digest:
            if (at, number) != (level, index):
                return tx.ledger.node(at, number)
            if node is None:
                raise Tampered("gone")
            return node

        return {"ledger": Told(tx.ledger, node=read)}

    return bend


def choices_instead(**instead: Callable[[Transaction], object]) -> Bend:
    """Choices that tell something else."""
    return lambda tx: {"choices": Told(tx.choices, **{name: tell(tx) for name, tell in instead.items()})}


def without_the_last(tx: Transaction) -> Callable[..., Sequence[object]]:
    """The entries without the last."""
    return lambda lookup, tag: list(tx.choices.of(lookup, tag))[:-1]


def reversed_entries(tx: Transaction) -> Callable[..., Sequence[object]]:
    """The entries, the last first."""
    return lambda lookup, tag: list(reversed(tx.choices.of(lookup, tag)))


def salted_anew(tx: Transaction) -> Callable[..., Sequence[object]]:
    """The entries under another salt."""
    return lambda lookup, tag: [replace(each, salt=bytes(32)) for each in tx.choices.of(lookup, tag)]


def beyond_the_end(tx: Transaction) -> Callable[..., Sequence[object]]:
    """The entries at places that the ledger does not have."""
    return lambda lookup, tag: [
        replace(each, position=Position(each.position + 100)) for each in tx.choices.of(lookup, tag)
    ]


def made_a_yes(tx: Transaction) -> Callable[..., Sequence[object]]:
    """The entries with each no made a yes."""
    return lambda lookup, tag: [
        replace(each, entry=replace(each.entry, status=Status.GIVEN)) for each in tx.choices.of(lookup, tag)
    ]


def unreadable(_tx: Transaction) -> Callable[..., Sequence[object]]:
    """Entries that cannot be opened."""

    def read(*_: object) -> Sequence[object]:
        raise Tampered("damaged")

    return read


def one_more(tx: Transaction) -> Callable[..., Iterator[object]]:
    """A standing more than there are people."""

    def read(use_case: object) -> Iterator[object]:
        del use_case
        yield from tx.choices.places(PICKS)
        yield (b"somebody", UNDECIDED)

    return read


def no_page(_tx: Transaction) -> Callable[..., Sequence[object]]:
    """Identities that cannot be opened."""

    def read(*_: object, limit: int) -> Sequence[object]:
        raise Tampered(f"damaged: {limit}")

    return read


LIES: dict[str, tuple[Bend, set[Flaw]]] = {
    "a leaf changed": (
        leaf_instead(3, b'{"type":"promise"}'),
        {Flaw.NODE_DIFFERS, Flaw.ENTRY_UNPROVED, Flaw.ENTRIES_MISSING},
    ),
    "a leaf that is no leaf": (
        leaf_instead(2, b'{"type": "choice"}'),
        {Flaw.LEAF_MALFORMED, Flaw.NODE_DIFFERS, Flaw.ENTRY_UNPROVED, Flaw.ENTRIES_MISSING},
    ),
    "a leaf gone": (leaf_instead(4, None), {Flaw.LEAF_MISSING, Flaw.ENTRY_UNPROVED, Flaw.ENTRIES_MISSING}),
    "a promise's leaf changed": (leaf_instead(0, b'{"type":"promise"}'), {Flaw.NODE_DIFFERS, Flaw.VERSION_UNDECLARED}),
    "a node changed": (node_instead(2, 0, Digest(bytes(32))), {Flaw.NODE_DIFFERS}),
    "a leaf's node changed": (node_instead(0, 6, Digest(bytes(32))), {Flaw.NODE_DIFFERS}),
    "a node gone": (node_instead(1, 1, None), {Flaw.NODE_MISSING}),
    "an entry gone": (
        choices_instead(of=without_the_last),
        {Flaw.ENTRIES_MISSING, Flaw.STANDING_DIFFERS},
    ),
    "entries out of order": (choices_instead(of=reversed_entries), {Flaw.ENTRIES_DISORDERED, Flaw.STANDING_DIFFERS}),
    "entries under another salt": (choices_instead(of=salted_anew), {Flaw.ENTRY_UNPROVED}),
    "entries beyond the end": (choices_instead(of=beyond_the_end), {Flaw.ENTRY_UNPROVED, Flaw.STANDING_DIFFERS}),
    "a no made a yes": (choices_instead(of=made_a_yes), {Flaw.ENTRY_UNPROVED, Flaw.STANDING_DIFFERS}),
    "entries that cannot be opened": (choices_instead(of=unreadable), {Flaw.UNREADABLE, Flaw.STANDING_OF_NOBODY}),
    "a standing reset": (
        choices_instead(standing=lambda _tx: lambda _place: UNDECIDED),
        {Flaw.STANDING_DIFFERS, Flaw.STANDING_OF_NOBODY},
    ),
    "a standing of nobody": (choices_instead(places=one_more), {Flaw.STANDING_OF_NOBODY}),
    "identities that cannot be opened": (
        lambda tx: {"identities": Told(tx.identities, page=no_page(tx))},
        {Flaw.UNREADABLE, Flaw.STANDING_OF_NOBODY},
    ),
}


@pytest.mark.parametrize("lie", LIES)
def test_every_lie_of_the_store_is_found(lie: str) -> None:
    """Whatever single thing the store tells wrong, the audit names it, and nothing that is not so."""
    bend, expected = LIES[lie]
    assert flaws(audited(lying(lived_in(), bend))) == expected


def test_a_deleted_no_is_found_though_the_standing_agrees() -> None:
    """Whoever deletes a withdrawal and sets the standing back to yes is found out by the leaf that stays."""
    house = lived_in()

    def bend(tx: Transaction) -> dict[str, object]:
        with house.store.read() as earlier:
            standing = earlier.choices.standing
        told = Told(tx.choices, of=without_the_last(tx), standing=standing)
        return {"choices": told}

    assert Flaw.ENTRIES_MISSING in flaws(audited(lying(house, bend)))


def test_an_audit_goes_on_where_nothing_is_left_of_a_leaf() -> None:
    """Where leaf and node are both gone the tree ends there, and the kept head says that it is too short."""
    house = lived_in()
    note = str(checkpoint(house))

    def bend(tx: Transaction) -> dict[str, object]:
        leaves, nodes = leaf_instead(4, None)(tx)["ledger"], node_instead(0, 4, None)(tx)["ledger"]
        assert isinstance(leaves, Told)
        assert isinstance(nodes, Told)
        return {"ledger": Told(leaves, node=nodes.node)}

    found = audited(lying(house, bend), note)
    assert found.size == 4
    assert {Flaw.LEAF_MISSING, Flaw.CHECKPOINT_AHEAD} <= flaws(found)


def test_findings_name_nobody() -> None:
    """No finding shows an identifier, a pseudonym or a tag: only places of the ledger and use cases."""
    house = lived_in()
    with house.store.read() as tx:
        identity = tx.identities.find(house.names.lookup(ANA))
    assert identity is not None
    hidden = (
        "ana",
        identity.sid.hex(),
        house.names.tag(identity.sid, PICKS).hex(),
        house.names.pseudonym(identity.sid, PICKS).hex(),
    )
    for bend, _ in LIES.values():
        for found in audited(lying(house, bend)).findings:
            assert not any(name in found.where for name in hidden)


def test_findings_without_end_are_counted() -> None:
    """A store in ruins fills no memory: beyond a bound findings are only counted."""
    findings = Findings()
    for number in range(MOST_FINDINGS + 7):
        findings.note(Flaw.NODE_DIFFERS, f"node {number}")
    assert (len(findings.kept), findings.more) == (MOST_FINDINGS, 7)
