"""Documents sealed under data keys: header, binding, padding. A document that was moved anywhere does not open.

Header: 0x01, suite, key id (16), nonce (12). Padding hides a size within its bucket, so that two compartments of one
person are not matched by their lengths; the key id is in the clear, and random.
"""

import secrets
import struct
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Final

from fiel.core.errors import KeyMissing, Tampered
from fiel.core.ids import KeyId, Place, Slot
from fiel.keys.cipher import AES_GCM_SIV, NONCE_BYTES, Cipher
from fiel.keys.framing import TENANT, framed
from fiel.keys.keyring import Keyring
from fiel.keys.padding import padded, unpadded
from fiel.keys.root import KEY_BYTES, Root
from fiel.keys.slots import SlotFile
from fiel.keys.veils import Veils
from fiel.keys.wrapping import unwrap, wrap
from fiel.ports import Binding, Spot

KEY_ID_BYTES: Final = 16
_VERSION: Final = 1
_HEADER: Final = struct.Struct(">BB16s12s")
_GENERATION: Final = 0


class SlotSeals:
    """The `Seals` of one slot file, one keyring and the root key above them."""

    __slots__ = ("_cipher", "_keyring", "_slots", "_veils")

    def __init__(self, slots: SlotFile, keyring: Keyring, *, root: Root, cipher: Cipher = AES_GCM_SIV) -> None:
        """Seal documents with `cipher`; the keys themselves are always wrapped with AES-256-GCM-SIV."""
        self._slots = slots
        self._keyring = keyring
        self._cipher = cipher
        self._veils = Veils(root, cipher=cipher)

    def new_key(self) -> KeyId:
        """A random name for a data key."""
        return KeyId(secrets.token_bytes(KEY_ID_BYTES))

    def create(self, place: Place, key: KeyId) -> Slot:
        """Make a data key, wrap it for this place, and have its slot on the disk before returning."""
        wrapped = wrap(
            secrets.token_bytes(KEY_BYTES),
            under=self._keyring.ensure(place.area, _GENERATION),
            bound=_owner(place, key),
            nonce=secrets.token_bytes(NONCE_BYTES),
            generation=_GENERATION,
        )
        return self._slots.write(wrapped)

    def seal(self, slot: Slot, plain: bytes, *, binding: Binding) -> bytes:
        """Seal bytes under the key of a slot; raises `KeyMissing`, and `Malformed` beyond `LARGEST` bytes."""
        key = self._data_key(slot, binding)
        nonce = secrets.token_bytes(NONCE_BYTES)
        header = _HEADER.pack(_VERSION, self._cipher.suite, binding.key, nonce)
        return header + self._cipher.seal(key, padded(plain), nonce=nonce, bound=_bound(header, binding))

    def open(self, slot: Slot, sealed: bytes, *, binding: Binding) -> bytes:
        """The bytes; raises `KeyMissing` if the slot is empty or another's, `Tampered` if they were changed."""
        key = self._data_key(slot, binding)
        if len(sealed) < _HEADER.size:
            raise Tampered("a sealed document is cut short")
        header = sealed[: _HEADER.size]
        version, suite, key_id, nonce = _HEADER.unpack(header)
        if (version, suite, key_id) != (_VERSION, self._cipher.suite, binding.key):
            raise Tampered("a sealed document has another header than it was given")
        bound = _bound(header, binding)
        return unpadded(self._cipher.open(key, sealed[_HEADER.size :], nonce=nonce, bound=bound))

    def destroy(self, slots: Sequence[Slot]) -> None:
        """Zero the slots and have the zeros on the disk before returning; to be called again after `Unavailable`."""
        self._slots.empty(slots)

    def occupied(self) -> Sequence[Slot]:
        """The slots that are not zero."""
        return self._slots.occupied()

    def veil(self, spot: Spot, plain: bytes) -> bytes:
        """Seal a short text under a key of the use case, which no slot holds; raises `Malformed` if it is long."""
        return self._veils.veil(spot, plain)

    def unveil(self, spot: Spot, veiled: bytes) -> bytes:
        """The bytes; raises `Tampered` if they were changed, or veiled for somebody else or another use case."""
        return self._veils.unveil(spot, veiled)

    def mark(self, spot: Spot, table: str) -> bytes:
        """Sixteen keyed bytes that name a spot in one table and lead to no other table, nor to its pseudonym."""
        return self._veils.mark(spot, table)

    def mask(self, key: KeyId) -> int:
        """Sixty-two keyed bits: under them a row hides its slot, for keys made together may lie together."""
        return self._veils.mask(key)

    def together(self) -> AbstractContextManager[None]:
        """Let the keys made within share one sync, made on leaving: before the commit that names their slots."""
        return self._slots.together()

    def _data_key(self, slot: Slot, binding: Binding) -> bytes:
        wrapped = self._slots.read(slot)
        if wrapped is None:
            raise KeyMissing("the slot is empty: its key was destroyed")
        under = self._keyring.key(binding.place.area, wrapped.generation)
        return unwrap(wrapped, under=under, bound=_owner(binding.place, binding.key))


def _owner(place: Place, key: KeyId) -> bytes:
    """Whose a data key is: what its wrap is bound to."""
    return framed(place.area, place.use_case, place.pseudonym, key)


def _bound(header: bytes, binding: Binding) -> bytes:
    """What a document is bound to: its own header, and everything that says where it lies."""
    owner = _owner(binding.place, binding.key)
    return framed("fiel/1/document", TENANT, header, owner, binding.revision.to_bytes(8, "big", signed=True))
