"""Area keys: one for each area and generation, made once, found by whoever has the root key."""

from contextlib import closing
from pathlib import Path

import pytest

from fiel.core.errors import KeyMissing, Tampered
from fiel.core.ids import AreaId
from fiel.keys.keyring import Keyring
from tests.keys.examples import AREAS, OTHER_ROOT, ROOT, slot_file

SALES, SERVICE = AreaId("sales"), AreaId("service")


def test_each_area_and_generation_has_its_own_key(tmp_path: Path) -> None:
    """No two areas and no two generations share a key, and asking again gives the same."""
    ring = Keyring(slot_file(tmp_path / "ring"), ROOT)
    asked = [(AreaId(area), generation) for area in AREAS for generation in (0, 1)]
    keys = [ring.ensure(area, generation) for area, generation in asked]
    assert len(set(keys)) == len(keys)
    assert [ring.ensure(area, generation) for area, generation in asked] == keys
    assert [ring.key(area, generation) for area, generation in asked] == keys


def test_area_keys_outlive_the_process(tmp_path: Path) -> None:
    """A keyring that is opened again has the keys that were made before, and none of them in the clear on the disk."""
    with closing(slot_file(tmp_path / "ring")) as slots:
        key = Keyring(slots, ROOT).ensure(SALES, 0)
    assert key not in (tmp_path / "ring").read_bytes()
    assert Keyring(slot_file(tmp_path / "ring"), ROOT).key(SALES, 0) == key


def test_an_area_without_a_key_is_said_so(tmp_path: Path) -> None:
    """Asking for a key makes none, be it another area's or another generation's."""
    ring = Keyring(slot_file(tmp_path / "ring"), ROOT)
    before = ring.is_empty
    ring.ensure(SALES, 0)
    assert (before, ring.is_empty) == (True, False)
    for area, generation in ((SERVICE, 0), (SALES, 1)):
        with pytest.raises(KeyMissing, match=f"`{area}`"):
            ring.key(area, generation)


def test_a_reader_finds_an_area_that_was_added_meanwhile(tmp_path: Path) -> None:
    """A keyring that was opened before an area had its key finds it when it is asked."""
    writer = Keyring(slot_file(tmp_path / "ring"), ROOT)
    reader = Keyring(slot_file(tmp_path / "ring", writer=False), ROOT)
    assert reader.is_empty
    assert writer.ensure(SALES, 0) == reader.key(SALES, 0)


def test_another_root_key_opens_no_keyring(tmp_path: Path) -> None:
    """Under another root key the keyring is refused whole, instead of being filled with new keys."""
    with closing(slot_file(tmp_path / "ring")) as slots:
        Keyring(slots, ROOT).ensure(SALES, 0)
    with pytest.raises(Tampered):
        Keyring(slot_file(tmp_path / "ring"), OTHER_ROOT)


def test_a_damaged_area_key_is_named(tmp_path: Path) -> None:
    """A changed bit anywhere in the slot of an area key is seen on opening the keyring, with the slot's number."""
    path = tmp_path / "ring"
    with closing(slot_file(path)) as slots:
        Keyring(slots, ROOT).ensure(SALES, 0)
        (slot,) = slots.occupied()
    sound = path.read_bytes()
    for n in range(64 * (slot + 1), 64 * (slot + 2)):
        path.write_bytes(sound[:n] + bytes([sound[n] ^ 1]) + sound[n + 1 :])
        with closing(slot_file(path, writer=False)) as slots, pytest.raises(Tampered, match=f"slot {slot} "):
            Keyring(slots, ROOT)


def test_exchanged_slots_give_no_area_the_key_of_another(tmp_path: Path) -> None:
    """A key is found by its own name, wherever it lies: two exchanged slots change nothing."""
    path = tmp_path / "ring"
    with closing(slot_file(path)) as slots:
        ring = Keyring(slots, ROOT)
        sales, service = ring.ensure(SALES, 0), ring.ensure(SERVICE, 0)
        one, other = slots.occupied()
    raw = bytearray(path.read_bytes())
    here, there = (slice(64 * (slot + 1), 64 * (slot + 2)) for slot in (one, other))
    raw[here], raw[there] = raw[there], raw[here]
    path.write_bytes(raw)
    ring = Keyring(slot_file(path), ROOT)
    assert (ring.key(SALES, 0), ring.key(SERVICE, 0)) == (sales, service)
