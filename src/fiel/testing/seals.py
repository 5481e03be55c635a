"""Doubles for the ports of `fiel.ports.keys`: they seal and bind for real, but their keys live and die in memory.

`IdentityCipher` is the control: it keeps the interface and none of the promises, so whatever a law claims about sealing
must fail under it.
"""

import hmac
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from datetime import date
from hashlib import sha256
from threading import Lock
from typing import Final

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from fiel.core.errors import KeyMissing, Malformed, Tampered
from fiel.core.ids import Identifier, KeyId, LedgerTag, LookupTag, Place, Pseudonym, Slot, SubjectId, UseCaseId
from fiel.ports import Binding, Spot

Chance = Callable[[int], bytes]
"""So many random bytes."""

BUCKETS: Final = (256, 1_024, 4_096, 16_384)
"""The lengths, in bytes, up to which a plain text is padded; what is longer is padded to a multiple of the last."""

_NONCE_BYTES: Final = 12
_LENGTH_BYTES: Final = 4


class MemorySeals:
    """A `Seals` whose slots are a dictionary. A freed slot is given out again at once, so reuse is always tried."""

    def __init__(self, chance: Chance = os.urandom) -> None:
        self._chance = chance
        self._slots: dict[Slot, tuple[bytes, bytes]] = {}
        self._veils = AESGCM(chance(32))
        self._lock = Lock()

    def copied(self) -> "MemorySeals":
        """The same keys in another object: what a disk would hold if the machine stopped now."""
        other = MemorySeals(self._chance)
        with self._lock:
            other._slots, other._veils = dict(self._slots), self._veils
        return other

    def create(self, place: Place, key: KeyId) -> Slot:
        """A new key in the first free slot."""
        with self._lock:
            slot = next(Slot(number) for number in range(len(self._slots) + 1) if number not in self._slots)
            self._slots[slot] = (self._chance(32), _spelt(place, key))
        return slot

    def new_key(self) -> KeyId:
        """Sixteen random bytes."""
        return KeyId(self._chance(16))

    def seal(self, slot: Slot, plain: bytes, *, binding: Binding) -> bytes:
        """AES-256-GCM over the padded bytes, bound by associated data."""
        nonce = self._chance(_NONCE_BYTES)
        return nonce + self._cipher(slot, binding).encrypt(nonce, _padded(plain), _associated(binding))

    def open(self, slot: Slot, sealed: bytes, *, binding: Binding) -> bytes:
        """The bytes; `KeyMissing` for an empty slot or another's, `Tampered` for changed bytes or another binding."""
        cipher = self._cipher(slot, binding)
        try:
            padded = cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], _associated(binding))
        except (InvalidTag, ValueError):
            raise Tampered("these bytes are not what was sealed here") from None
        return _unpadded(padded)

    def destroy(self, slots: Sequence[Slot]) -> None:
        """Empty the slots."""
        with self._lock:
            for slot in slots:
                self._slots.pop(slot, None)

    def occupied(self) -> Sequence[Slot]:
        """The slots that hold a key."""
        with self._lock:
            return tuple(self._slots)

    def veil(self, spot: Spot, plain: bytes) -> bytes:
        """AES-256-GCM under one key that is made with these seals, bound to use case and person."""
        nonce = self._chance(_NONCE_BYTES)
        return nonce + self._veils.encrypt(nonce, _padded(plain), _fields(spot[0].encode(), spot[1]))

    def unveil(self, spot: Spot, veiled: bytes) -> bytes:
        """The bytes; `Tampered` for changed bytes and for those of another spot."""
        bound = _fields(spot[0].encode(), spot[1])
        try:
            padded = self._veils.decrypt(veiled[:_NONCE_BYTES], veiled[_NONCE_BYTES:], bound)
        except (InvalidTag, ValueError):
            raise Tampered("these bytes are not what was veiled here") from None
        return _unpadded(padded)

    def mark(self, spot: Spot, table: str) -> bytes:
        """Sixteen bytes keyed by a name that is no secret."""
        return hmac.digest(b"marks for tests", _fields(table.encode(), spot[0].encode(), spot[1]), "sha256")[:16]

    def mask(self, key: KeyId) -> int:
        """Sixty-two bits keyed by a name that is no secret."""
        return int.from_bytes(hmac.digest(b"masks for tests", key, "sha256")[:8], "big") >> 2

    def _cipher(self, slot: Slot, binding: Binding) -> AESGCM:
        with self._lock:
            secret, owner = self._slots.get(slot, (b"", b""))
        if owner != _spelt(binding.place, binding.key):
            raise KeyMissing("the slot is empty or holds another key")
        return AESGCM(secret)


class IdentityCipher(MemorySeals):
    """The control: what it seals stays as it was, bound to nothing and under no key."""

    def seal(self, slot: Slot, plain: bytes, *, binding: Binding) -> bytes:  # noqa: ARG002 -- that is the fault
        """The bytes themselves."""
        return plain

    def open(self, slot: Slot, sealed: bytes, *, binding: Binding) -> bytes:  # noqa: ARG002 -- that is the fault
        """The bytes themselves."""
        return sealed

    def veil(self, spot: Spot, plain: bytes) -> bytes:  # noqa: ARG002 -- that is the fault
        """The bytes themselves."""
        return plain

    def unveil(self, spot: Spot, veiled: bytes) -> bytes:  # noqa: ARG002 -- that is the fault
        """The bytes themselves."""
        return veiled

    def mark(self, spot: Spot, table: str) -> bytes:  # noqa: ARG002 -- that is the fault
        """The pseudonym itself, in every table."""
        return spot[1]

    def mask(self, key: KeyId) -> int:  # noqa: ARG002 -- that is the fault
        """Nothing: the slot is in the clear."""
        return 0


class MemoryNames:
    """A `Names` keyed by HMAC-SHA-256; two with the same root name alike, whatever chance gives them."""

    def __init__(self, root: bytes = b"a root for tests", chance: Chance = os.urandom) -> None:
        self._root, self._chance = root, chance

    def new_subject(self) -> SubjectId:
        """Sixteen random bytes."""
        return SubjectId(self._chance(16))

    def new_salt(self) -> bytes:
        """Thirty-two random bytes."""
        return self._chance(32)

    def new_record(self) -> bytes:
        """Sixteen random bytes."""
        return self._chance(16)

    def lookup(self, identifier: Identifier) -> LookupTag:
        """The identity table's name of an identifier."""
        return LookupTag(self._named("lookup", identifier.kind.value.encode(), identifier.value.encode()))

    def address(self, text: str) -> bytes:
        """The name of an address."""
        return self._named("address", text.encode())

    def suppression(self, identifier: Identifier) -> LookupTag:
        """The name of an identifier among the erased."""
        return LookupTag(self._named("suppression", identifier.kind.value.encode(), identifier.value.encode()))

    def pseudonym(self, sid: SubjectId, use_case: UseCaseId) -> Pseudonym:
        """The person in one use case."""
        return Pseudonym(self._named("pseudonym", use_case.encode(), sid))

    def tag(self, sid: SubjectId, use_case: UseCaseId) -> LedgerTag:
        """The person in the ledger."""
        return LedgerTag(self._named("ledger", use_case.encode(), sid))

    def message(self, place: Place, message_id: str) -> bytes:
        """Eight bytes that stand for a message."""
        return self._named("message", place.use_case.encode(), place.pseudonym, message_id.encode())[:8]

    def lot(self, place: Place, month: date) -> float:
        """A number that stands for a place and a month."""
        named = self._named("lot", place.use_case.encode(), place.pseudonym, month.isoformat().encode())
        return (int.from_bytes(named[:8]) >> 11) / 2**53

    def seed(self, use_case: UseCaseId, of: bytes) -> int:
        """A number from 0."""
        return int.from_bytes(self._named("noise", use_case.encode(), of))

    def _named(self, label: str, *fields: bytes) -> bytes:
        return hmac.digest(self._root, _fields(label.encode(), *fields), "sha256")[:16]


class MemorySigner:
    """A `Signer` with an Ed25519 key made from a seed."""

    origin = "fiel.test/ledger"

    def __init__(self, seed: bytes = b"a seed for tests") -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(sha256(seed).digest())

    @property
    def public_key(self) -> bytes:
        """The public half, 32 bytes."""
        return self._key.public_key().public_bytes_raw()

    @property
    def public_pem(self) -> str:
        """The public half as a file."""
        return self._key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode("ascii")

    def sign(self, message: bytes) -> bytes:
        """The 64-byte signature."""
        return self._key.sign(message)

    def signed(self, message: bytes, signature: bytes) -> bool:
        """Whether it is the signature of that message."""
        try:
            self._key.public_key().verify(signature, message)
        except InvalidSignature:
            return False
        return True


class MemoryTokens:
    """A `Tokens` under a key that is made with it: what it sealed, only it opens."""

    def __init__(self, chance: Chance = os.urandom) -> None:
        self._chance = chance
        self._cipher = AESGCM(chance(32))

    def seal(self, plain: bytes) -> str:
        """The token."""
        nonce = self._chance(_NONCE_BYTES)
        return urlsafe_b64encode(nonce + self._cipher.encrypt(nonce, plain, None)).decode()

    def open(self, token: str) -> bytes:
        """What was sealed; `Malformed` for anything else."""
        try:
            sealed = urlsafe_b64decode(token)
            return self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], None)
        except (InvalidTag, ValueError):
            raise Malformed("this token was not made here") from None


def _padded(plain: bytes) -> bytes:
    framed = len(plain).to_bytes(_LENGTH_BYTES, "big") + plain
    whole = next((size for size in BUCKETS if len(framed) <= size), -(-len(framed) // BUCKETS[-1]) * BUCKETS[-1])
    return framed.ljust(whole, b"\0")


def _unpadded(padded: bytes) -> bytes:
    length = int.from_bytes(padded[:_LENGTH_BYTES], "big")
    return padded[_LENGTH_BYTES : _LENGTH_BYTES + length]


def _associated(binding: Binding) -> bytes:
    return _spelt(binding.place, binding.key) + binding.revision.to_bytes(8, "big")


def _spelt(place: Place, key: KeyId) -> bytes:
    return _fields(place.area.encode(), place.use_case.encode(), place.pseudonym, key)


def _fields(*fields: bytes) -> bytes:
    """Each field behind its length, so that no two lists of fields spell alike."""
    return b"".join(len(field).to_bytes(_LENGTH_BYTES, "big") + field for field in fields)
