"""The area keys: under one lie the data keys of a whole area, and each has generations, of which the first is 0.

They are kept wrapped under the root key in a slot file of their own. A nonce is the keyed name of area and generation:
so a slot tells whose key it holds, to whoever has the root key alone, and no two slots can be exchanged.
"""

import hmac
import secrets
from typing import Final

from fiel.core.errors import KeyMissing, Tampered
from fiel.core.ids import AreaId
from fiel.keys.cipher import NONCE_BYTES
from fiel.keys.framing import TENANT, framed
from fiel.keys.root import KEY_BYTES, Root, Use
from fiel.keys.slot_header import RESTORE
from fiel.keys.slots import SlotFile
from fiel.keys.wrapping import unwrap, wrap

_BOUND: Final = framed("area")


class Keyring:
    """The area keys of one root key, unwrapped in memory."""

    __slots__ = ("_found", "_keys", "_names", "_slots", "_under")

    def __init__(self, slots: SlotFile, root: Root) -> None:
        """Unwrap every key in the file; raises `Tampered` if one of them does not open under this root key."""
        self._slots = slots
        self._under = root.derive(Use.KEYRING, "wrap")
        self._names = root.derive(Use.KEYRING, "name")
        self._keys = self._unwrapped()
        self._found: dict[tuple[AreaId, int], bytes] = {}

    @property
    def is_empty(self) -> bool:
        """Whether no area has a key."""
        return not self._keys

    def key(self, area: AreaId, generation: int) -> bytes:
        """The key of an area; raises `KeyMissing` if it has none of that generation, or none any more."""
        found = self._found.get((area, generation))
        if found is not None:
            return found
        name = self._name(area, generation)
        if name not in self._keys:
            self._keys = self._unwrapped()  # another process may have made it since
        try:
            key = self._found[area, generation] = self._keys[name]
        except KeyError:
            raise KeyMissing(f"area `{area}` has no key of generation {generation}") from None
        return key

    def ensure(self, area: AreaId, generation: int) -> bytes:
        """The key of an area, made and on the disk if it had none. Raises `Unavailable`."""
        name = self._name(area, generation)
        if name not in self._keys:
            key = secrets.token_bytes(KEY_BYTES)
            self._slots.write(wrap(key, under=self._under, bound=_BOUND, nonce=name, generation=generation))
            self._keys[name] = key
        return self._keys[name]

    def _unwrapped(self) -> dict[bytes, bytes]:
        keys = {}
        for slot in self._slots.occupied():
            wrapped = self._slots.read(slot)
            if wrapped is not None:
                try:
                    keys[wrapped.nonce] = unwrap(wrapped, under=self._under, bound=_BOUND)
                except KeyMissing:
                    raise Tampered(
                        f"the area key in slot {slot} of the keyring is damaged",
                        hint=RESTORE,
                    ) from None
        return keys

    def _name(self, area: AreaId, generation: int) -> bytes:
        fields = framed(TENANT, area, generation.to_bytes(4, "big"))
        return hmac.digest(self._names, fields, "sha256")[:NONCE_BYTES]
