"""The doubles keep what the ports of `fiel.ports.keys` promise, and the control keeps none of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from fiel.core.errors import KeyMissing, Malformed, Tampered
from fiel.core.ids import AreaId, Identifier, IdentifierKind, KeyId, Pseudonym, Slot, SubjectId, UseCaseId
from fiel.ports import Binding, Clock, Names, Seals, Signer, Tokens
from fiel.testing import HandClock, IdentityCipher, MemoryNames, MemorySeals, MemorySigner, MemoryTokens
from fiel.testing.builders import a_place
from fiel.testing.clock import NOON

KEY = KeyId(b"k" * 16)
HERE = (UseCaseId("a"), Pseudonym(b"p" * 16))


def sealed(seals: Seals, plain: bytes) -> tuple[Slot, bytes, Binding]:
    """Something sealed, with all it takes to open it."""
    slot = seals.create(a_place(), KEY)
    binding = Binding(place=a_place(), key=KEY, revision=7)
    return slot, seals.seal(slot, plain, binding=binding), binding


def test_the_doubles_fit_their_ports() -> None:
    """Each double is what its port asks for, as the type checker sees it, and names what it makes apart."""
    seals: tuple[Seals, Seals] = (MemorySeals(), IdentityCipher())
    names: Names = MemoryNames()
    signer: Signer = MemorySigner()
    tokens: Tokens = MemoryTokens()
    clock: Clock = HandClock()
    assert seals[0].new_key() != seals[1].new_key()
    assert names.new_subject() != names.new_subject()
    assert signer.sign(b"") != signer.sign(b"message")
    assert tokens.seal(b"") != tokens.seal(b"")
    assert clock.now() == NOON


@given(st.binary(max_size=40_000))
def test_what_is_sealed_opens(plain: bytes) -> None:
    """Bytes of any length are what they were."""
    seals = MemorySeals()
    slot, bytes_, binding = sealed(seals, plain)
    assert seals.open(slot, bytes_, binding=binding) == plain


def test_lengths_are_hidden() -> None:
    """Within a bucket one cannot tell how long a plain text was."""
    lengths = {len(sealed(MemorySeals(), b"x" * length)[1]) for length in range(253)}
    assert len(lengths) == 1
    assert len(sealed(MemorySeals(), b"x" * 253)[1]) not in lengths


@pytest.mark.parametrize(
    "moved",
    [
        {"place": replace(a_place(), area=AreaId("marketing"))},
        {"place": replace(a_place(), use_case=UseCaseId("news"))},
        {"place": replace(a_place(), pseudonym=Pseudonym(bytes(16)))},
        {"key": KeyId(bytes(16))},
    ],
)
def test_a_key_is_bound_to_its_owner(moved: dict[str, object]) -> None:
    """For another area, use case, person or key there is no key in the slot."""
    seals = MemorySeals()
    slot, bytes_, binding = sealed(seals, b"plain")
    with pytest.raises(KeyMissing):
        seals.open(slot, bytes_, binding=replace(binding, **moved))  # type: ignore[arg-type] # each is its field's own


def test_changed_bytes_are_seen() -> None:
    """Another revision, a changed byte and a cut are tampering."""
    seals = MemorySeals()
    slot, bytes_, binding = sealed(seals, b"plain")
    with pytest.raises(Tampered):
        seals.open(slot, bytes_, binding=replace(binding, revision=8))
    for changed in (bytes_[:-1], b"", bytes([bytes_[0] ^ 1]) + bytes_[1:], bytes_[:-1] + bytes([bytes_[-1] ^ 1])):
        with pytest.raises(Tampered):
            seals.open(slot, changed, binding=binding)


def test_a_destroyed_key_opens_nothing() -> None:
    """What was sealed under a destroyed key stays closed, also when its slot is filled again."""
    seals = MemorySeals()
    slot, bytes_, binding = sealed(seals, b"plain")
    seals.destroy([slot, Slot(99)])
    assert list(seals.occupied()) == []
    with pytest.raises(KeyMissing):
        seals.open(slot, bytes_, binding=binding)
    assert seals.create(a_place(), KEY) == slot
    with pytest.raises(Tampered):
        seals.open(slot, bytes_, binding=binding)


def test_a_copy_is_a_moment() -> None:
    """What happens to keys after they were copied does not happen to the copy."""
    seals = MemorySeals()
    slot, bytes_, binding = sealed(seals, b"plain")
    copy = seals.copied()
    seals.destroy([slot])
    assert copy.open(slot, bytes_, binding=binding) == b"plain"


def test_the_control_seals_nothing() -> None:
    """The identity cipher shows everything, to everybody."""
    seals = IdentityCipher()
    slot, bytes_, binding = sealed(seals, b"plain")
    assert bytes_ == b"plain"
    assert seals.open(Slot(slot + 1), bytes_, binding=replace(binding, revision=8)) == b"plain"
    assert seals.unveil((UseCaseId("b"), HERE[1]), seals.veil(HERE, b"plain")) == b"plain"
    assert seals.veil(HERE, b"plain") == b"plain"
    assert seals.mark(HERE, "uses") == seals.mark(HERE, "changed") == HERE[1]


def test_a_veil_is_its_spots_alone() -> None:
    """Who is veiled in one use case reads in no other and for nobody else; a mark is another in each table."""
    seals = MemorySeals()
    veiled = seals.veil(HERE, b"plain")
    assert seals.unveil(HERE, veiled) == seals.copied().unveil(HERE, veiled) == b"plain"
    for other in ((UseCaseId("b"), HERE[1]), (HERE[0], Pseudonym(bytes(16)))):
        with pytest.raises(Tampered):
            seals.unveil(other, veiled)
        assert seals.mark(other, "uses") != seals.mark(HERE, "uses")
    with pytest.raises(Tampered):
        seals.unveil(HERE, b"")
    assert seals.mark(HERE, "uses") not in (seals.mark(HERE, "changed"), HERE[1])


def test_names_are_kept_apart() -> None:
    """Every name of one person differs by use case and by purpose, and two with one root name alike."""
    names, same, other = MemoryNames(), MemoryNames(), MemoryNames(b"another root")
    sid, person = SubjectId(b"s" * 16), Identifier(IdentifierKind.USER, "ana")
    one, two = UseCaseId("one"), UseCaseId("two")
    given_names = [
        names.lookup(person),
        names.lookup(Identifier(IdentifierKind.ANONYMOUS, "ana")),
        names.suppression(person),
        names.pseudonym(sid, one),
        names.pseudonym(sid, two),
        names.tag(sid, one),
        names.tag(sid, two),
        other.lookup(person),
        names.new_subject(),
        names.new_subject(),
        names.new_record(),
    ]
    assert len(set(given_names)) == len(given_names)
    assert {len(name) for name in given_names} == {16}
    assert same.lookup(person) == names.lookup(person)
    assert len(names.new_salt()) == 32
    messages = {names.message(a_place(who), word) for who in ("ana", "bea") for word in ("1", "2")}
    assert {len(message) for message in messages} == {8}
    assert len(messages) == 4


def test_signatures_can_be_checked() -> None:
    """A signature is Ed25519's, by the key that is shown."""
    signer = MemorySigner()
    Ed25519PublicKey.from_public_bytes(signer.public_key).verify(signer.sign(b"message"), b"message")
    assert signer.origin


@given(st.binary(max_size=100))
def test_a_token_opens_where_it_was_made(plain: bytes) -> None:
    """A token holds what was put in, for whoever made it and for nobody else."""
    tokens = MemoryTokens()
    token = tokens.seal(plain)
    assert tokens.open(token) == plain
    with pytest.raises(Malformed):
        MemoryTokens().open(token)


@given(st.text(max_size=40))
def test_any_other_text_is_no_token(text: str) -> None:
    """Whatever was not sealed here is malformed."""
    with pytest.raises(Malformed):
        MemoryTokens().open(text)


def test_the_clock_is_turned_by_hand() -> None:
    """The clock stands still until it is turned, forwards, backwards or to an instant, and tells UTC."""
    clock = HandClock()
    assert clock.now() == clock.now() == NOON
    assert clock.turn(timedelta(hours=1)) == clock.now() == NOON + timedelta(hours=1)
    clock.turn(-timedelta(days=400))
    assert clock.now() == NOON + timedelta(hours=1, days=-400)
    clock.set(datetime(2030, 1, 1, 2, tzinfo=timezone(timedelta(hours=2))))
    assert clock.now() == datetime(2030, 1, 1, tzinfo=UTC)
    assert clock.now().tzinfo is UTC
