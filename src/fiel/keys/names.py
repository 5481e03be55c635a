"""Keyed names: HMAC-SHA-256 (RFC 2104), truncated, each kind under a key of its own.

Not a hash of anything guessable: without the key no name can be recomputed from an e-mail, and the names of a person
hang on their random `SubjectId` alone, so once that is destroyed not even the keys lead back (EDPB 01/2025).
"""

import hmac
import secrets
from datetime import date
from typing import Final

from fiel.core.ids import Identifier, LedgerTag, LookupTag, Place, Pseudonym, SubjectId, UseCaseId
from fiel.keys.framing import TENANT, framed
from fiel.keys.root import Root, Use

NAME_BYTES: Final = 16
MESSAGE_BYTES: Final = 8
SALT_BYTES: Final = 32


class KeyedNames:
    """The `Names` of one root key."""

    __slots__ = ("_address", "_ledger", "_lookup", "_lot", "_message", "_noise", "_root", "_suppression")

    def __init__(self, root: Root) -> None:
        """Derive the keys that serve all use cases; those of one use case are derived when it is named."""
        self._root = root
        self._lookup = root.derive(Use.LOOKUP)
        self._suppression = root.derive(Use.SUPPRESSION)
        self._ledger = root.derive(Use.LEDGER)
        self._message = root.derive(Use.MESSAGE)
        self._lot = root.derive(Use.LOT)
        self._noise = root.derive(Use.NOISE)
        self._address = root.derive(Use.ADDRESS)

    def new_subject(self) -> SubjectId:
        """A new random name for a person."""
        return SubjectId(secrets.token_bytes(NAME_BYTES))

    def new_salt(self) -> bytes:
        """Thirty-two random bytes that hide an entry in the ledger."""
        return secrets.token_bytes(SALT_BYTES)

    def new_record(self) -> bytes:
        """Sixteen random bytes that name one use record."""
        return secrets.token_bytes(NAME_BYTES)

    def lookup(self, identifier: Identifier) -> LookupTag:
        """How the identity table names an outside identifier."""
        return LookupTag(_named(self._lookup, identifier.kind, identifier.value))

    def address(self, text: str) -> bytes:
        """How an address for notices is found: sixteen keyed bytes."""
        return _named(self._address, text)

    def suppression(self, identifier: Identifier) -> LookupTag:
        """How the list of erased people names an outside identifier."""
        return LookupTag(_named(self._suppression, identifier.kind, identifier.value))

    def pseudonym(self, sid: SubjectId, use_case: UseCaseId) -> Pseudonym:
        """The person as one use case names them, under a key that this use case alone needs."""
        return Pseudonym(_named(self._root.derive(Use.PSEUDONYM, use_case), sid))

    def tag(self, sid: SubjectId, use_case: UseCaseId) -> LedgerTag:
        """The person within one use case as the ledger names them."""
        return LedgerTag(_named(self._ledger, sid, use_case))

    def message(self, place: Place, message_id: str) -> bytes:
        """Eight keyed bytes by which a compartment remembers a message: other bytes in every other place."""
        return _named(self._message, place.area, place.use_case, place.pseudonym, message_id)[:MESSAGE_BYTES]

    def lot(self, place: Place, month: date) -> float:
        """The first 53 bits of a keyed name of this person, here, in this month, as a number from 0 up to 1."""
        named = _named(self._lot, place.area, place.use_case, place.pseudonym, month.isoformat())
        return (int.from_bytes(named[:8]) >> 11) / 2**53

    def seed(self, use_case: UseCaseId, of: bytes) -> int:
        """Sixteen keyed bytes as a number: where the chance in a published model comes from."""
        return int.from_bytes(_named(self._noise, use_case, of))


def _named(key: bytes, *fields: bytes | str) -> bytes:
    return hmac.digest(key, framed(TENANT, *fields), "sha256")[:NAME_BYTES]
