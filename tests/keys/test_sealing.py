"""Sealed documents: they open where they were sealed and nowhere else, and tell little of their size."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiel.core.errors import KeyMissing, Malformed, Tampered
from fiel.core.ids import AreaId, KeyId, Pseudonym, Slot, UseCaseId
from fiel.keys.keyring import Keyring
from fiel.keys.padding import BUCKETS, LARGEST, padded, unpadded
from fiel.keys.sealing import SlotSeals
from fiel.ports import Binding, Seals
from tests.keys.examples import (
    CANARY,
    HERE,
    OTHER_ROOT,
    ROOT,
    IdentityCipher,
    key_id,
    place,
    slot_file,
    slot_seals,
    wrapped,
)


@pytest.fixture
def seals(tmp_path: Path) -> SlotSeals:
    """Seals over files of their own."""
    return slot_seals(tmp_path)


def test_slot_seals_are_the_port(seals: SlotSeals) -> None:
    """The seals fit the port, and what they seal opens again to the same bytes."""
    port: Seals = seals
    slot = port.create(HERE.place, HERE.key)
    for plain in (b"", b"\0", b"\0" * 300, CANARY, bytes(range(256)) * 100):
        assert port.open(slot, port.seal(slot, plain, binding=HERE), binding=HERE) == plain


def test_a_document_begins_with_its_header(seals: SlotSeals) -> None:
    """Version, suite, key id and nonce stand before the ciphertext, and the nonce is another each time."""
    slot = seals.create(HERE.place, HERE.key)
    one, other = (seals.seal(slot, CANARY, binding=HERE) for _ in range(2))
    assert one[:18] == other[:18] == b"\x01\x01" + HERE.key
    assert one[18:30] != other[18:30]
    assert len(one) == 30 + 256 + 16


def test_no_row_opens_in_the_place_of_another(seals: SlotSeals) -> None:
    """Over every pair of people, use cases, areas, keys and revisions, moving document, slot or both is refused."""
    bindings = [
        Binding(place=place(person, use_case=use_case, area=area), key=key_id(key), revision=revision)
        for person, use_case, area, key, revision in product((1, 2), ("a", "b"), ("x", "y"), (1, 2), (1, 2))
    ]
    slots = {
        (binding.place, binding.key): seals.create(binding.place, binding.key)
        for binding in bindings
        if binding.revision == 1
    }
    rows = [(b, s := slots[b.place, b.key], seals.seal(s, CANARY, binding=b)) for b in bindings]
    opened = refused = 0
    for (binding, slot, document), (other, other_slot, other_document) in product(rows, rows):
        for there, moved in ((slot, other_document), (other_slot, document), (other_slot, other_document)):
            if (binding, slot, document) == (binding, there, moved):
                assert seals.open(there, moved, binding=binding) == CANARY
                opened += 1
            elif other != binding:
                with pytest.raises((KeyMissing, Tampered)):
                    seals.open(there, moved, binding=binding)
                refused += 1
    # 32 rows: each opens at home; a row of the same key at another revision shares its slot.
    assert (opened, refused) == (32 * 3 + 32, 32 * 31 * 3 - 32)


@pytest.mark.parametrize(
    "elsewhere",
    [
        replace(HERE, place=replace(HERE.place, area=AreaId("service"))),
        replace(HERE, place=replace(HERE.place, use_case=UseCaseId("reminders"))),
        replace(HERE, place=replace(HERE.place, pseudonym=Pseudonym(bytes(16)))),
        replace(HERE, key=KeyId(bytes(16))),
        replace(HERE, revision=5),
        replace(HERE, revision=-(2**63)),
    ],
    ids=["area", "use case", "pseudonym", "key", "revision", "no revision"],
)
def test_every_field_of_the_binding_matters(seals: SlotSeals, elsewhere: Binding) -> None:
    """A binding that differs in one field alone opens nothing."""
    slot = seals.create(HERE.place, HERE.key)
    seals.create(elsewhere.place, elsewhere.key)
    document = seals.seal(slot, CANARY, binding=HERE)
    with pytest.raises((KeyMissing, Tampered)):
        seals.open(slot, document, binding=elsewhere)
    assert seals.open(slot, document, binding=HERE) == CANARY


def test_the_data_key_itself_is_bound_to_its_place(seals: SlotSeals) -> None:
    """Another's slot holds no key for this place, so it does not even seal there."""
    slot = seals.create(HERE.place, HERE.key)
    seals.create(place(2), key_id(2))
    for elsewhere in (replace(HERE, place=place(2)), replace(HERE, key=key_id(2))):
        with pytest.raises(KeyMissing):
            seals.seal(slot, CANARY, binding=elsewhere)


def test_every_changed_bit_is_seen(seals: SlotSeals) -> None:
    """One bit flipped in any byte of a document, or any number of bytes cut off, and it does not open."""
    slot = seals.create(HERE.place, HERE.key)
    document = seals.seal(slot, CANARY, binding=HERE)
    for n in range(len(document)):
        flipped = document[:n] + bytes([document[n] ^ 1 << n % 8]) + document[n + 1 :]
        for damaged in (flipped, document[:n]):
            with pytest.raises(Tampered):
                seals.open(slot, damaged, binding=HERE)


def test_an_empty_slot_says_that_the_key_is_gone(seals: SlotSeals) -> None:
    """After destruction the document is there and its key is not, whatever slot the row names."""
    slot = seals.create(HERE.place, HERE.key)
    document = seals.seal(slot, CANARY, binding=HERE)
    seals.destroy([slot])
    for named in (slot, Slot(slot + 1), Slot(10**6), Slot(2**62), Slot(-1), Slot(-2)):
        with pytest.raises(KeyMissing):
            seals.open(named, document, binding=HERE)


def test_a_slot_used_again_opens_nothing_of_before(tmp_path: Path) -> None:
    """When the slot of a destroyed key holds another key, for the same place even, the old document stays shut."""
    file = slot_file(tmp_path / "dek")
    seals = SlotSeals(file, Keyring(slot_file(tmp_path / "ring"), ROOT), root=ROOT)
    slot = seals.create(HERE.place, HERE.key)
    document = seals.seal(slot, CANARY, binding=HERE)
    with file.together():
        for number in range((1 << 20) // 64 - 2):
            file.write(wrapped(number))
    seals.destroy([slot])
    assert seals.create(HERE.place, key_id(2)) == slot  # the only empty one
    for binding in (HERE, replace(HERE, key=key_id(2))):
        with pytest.raises((KeyMissing, Tampered)):
            seals.open(slot, document, binding=binding)
    seals.destroy([slot])
    assert seals.create(HERE.place, HERE.key) == slot  # even under the old name the key is a new one
    with pytest.raises(Tampered):
        seals.open(slot, document, binding=HERE)


def test_another_root_key_opens_nothing(tmp_path: Path) -> None:
    """The same slots under a keyring of another root key hold no keys."""
    file = slot_file(tmp_path / "dek")
    seals = SlotSeals(file, Keyring(slot_file(tmp_path / "ring"), ROOT), root=ROOT)
    slot = seals.create(HERE.place, HERE.key)
    document = seals.seal(slot, CANARY, binding=HERE)
    ring = Keyring(slot_file(tmp_path / "other"), OTHER_ROOT)
    ring.ensure(HERE.place.area, 0)
    with pytest.raises(KeyMissing):
        SlotSeals(file, ring, root=OTHER_ROOT).open(slot, document, binding=HERE)


@given(st.integers(0, 5 * BUCKETS[-1]))
def test_padding_tells_the_bucket_alone(length: int) -> None:
    """A plaintext fills the smallest bucket that holds it and its length: 256 B, 1, 4, 16 KiB, then each 16 KiB."""
    size = len(padded(bytes(length)))
    steps = [*BUCKETS, *(BUCKETS[-1] * n for n in range(2, 8))]
    assert size == min(step for step in steps if step >= length + 4)
    assert unpadded(padded(bytes(length))) == bytes(length)


def test_sealed_sizes_tell_the_bucket_alone(seals: SlotSeals) -> None:
    """Every plaintext up to 252 bytes is sealed to one and the same size, and the next byte moves it up."""
    slot = seals.create(HERE.place, HERE.key)
    sizes = [len(seals.seal(slot, bytes(length), binding=HERE)) for length in (0, 1, 100, 252, 253, 1020, 1021)]
    assert sizes == [302, 302, 302, 302, 1070, 1070, 4142]


@pytest.mark.parametrize(
    "damage",
    [
        lambda padding: padding[:0],
        lambda padding: padding[:3],
        lambda padding: padding[:255],
        lambda padding: padding + b"\0",
        lambda padding: padding[:-1] + b"\1",
        lambda padding: b"\xff" * 4 + padding[4:],
        lambda padding: (253).to_bytes(4, "big") + padding[4:],
        lambda padding: padding.ljust(1024, b"\0"),
    ],
)
def test_padding_that_was_never_made_is_refused(damage: Callable[[bytes], bytes]) -> None:
    """A length beyond the bytes, a bucket of another size and a filling of anything but zeros are no padding."""
    with pytest.raises(Tampered):
        unpadded(damage(padded(b"plain")))


def test_there_is_a_largest_document(seals: SlotSeals) -> None:
    """What is larger than anything Fiel keeps is refused before it is sealed."""
    slot = seals.create(HERE.place, HERE.key)
    with pytest.raises(Malformed):
        seals.seal(slot, bytes(LARGEST + 1), binding=HERE)


def test_the_identity_cipher_shows_what_the_cipher_hides(tmp_path: Path) -> None:
    """A canary is found in a document of the control and in none of the real cipher's, by the same search."""
    found = {}
    for name, seals in seals_of_both(tmp_path):
        slot = seals.create(HERE.place, HERE.key)
        document = seals.seal(slot, CANARY, binding=HERE)
        assert seals.open(slot, document, binding=HERE) == CANARY
        found[name] = CANARY in document
    assert found == {"real": False, "identity": True}


def test_a_document_of_another_suite_is_refused(tmp_path: Path) -> None:
    """What the identity cipher wrote never opens under the real one, nor the other way round."""
    (_, real), (_, identity) = seals_of_both(tmp_path)
    for one, other in ((real, identity), (identity, real)):
        slot = one.create(HERE.place, HERE.key)
        other_slot = other.create(HERE.place, HERE.key)
        document = one.seal(slot, CANARY, binding=HERE)
        with pytest.raises(Tampered):
            other.open(other_slot, document, binding=HERE)


def test_new_keys_have_random_names(seals: SlotSeals) -> None:
    """A key's name is sixteen random bytes."""
    drawn = {bytes(seals.new_key()) for _ in range(200)}
    assert len(drawn) == 200
    assert {len(name) for name in drawn} == {16}


def test_keys_made_together_are_all_there(tmp_path: Path) -> None:
    """Keys that shared one sync are in their slots when the group is left."""
    with closing(slot_file(tmp_path / "dek")) as file:
        seals = SlotSeals(file, Keyring(slot_file(tmp_path / "ring"), ROOT), root=ROOT)
        with seals.together():
            slots = [seals.create(place(number), key_id(number)) for number in range(5)]
    assert SlotSeals(
        slot_file(tmp_path / "dek"), Keyring(slot_file(tmp_path / "ring", writer=False), ROOT), root=ROOT
    ).occupied() == sorted(slots)


def seals_of_both(folder: Path) -> Iterator[tuple[str, SlotSeals]]:
    """Seals by the real cipher, and by the one that hides nothing."""
    for name in ("real", "identity"):
        (folder / name).mkdir()
    yield "real", slot_seals(folder / "real")
    yield "identity", slot_seals(folder / "identity", cipher=IdentityCipher())
