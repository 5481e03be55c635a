"""A receipt as a person holds it, and how anybody checks it with the ledger's public key alone, offline.

Signed: text, record, entry and salt, as a detached JSON Web Signature over their canonical bytes (RFC 7515 app. F,
RFC 7797, RFC 8037, RFC 8785). Proved: that the ledger holds the entry's leaf, under a checkpoint that the same key
signed. No cryptography lives here: whoever has a key passes `Sign` or `Verify`.
"""

from base64 import b64decode, b64encode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from fiel.core.canonical import Plain, canonical
from fiel.core.consent.checkpoint import (
    Checkpoint,
    NotOpened,
    Sign,
    SignedCheckpoint,
    Verify,
    includes,
    open_note,
)
from fiel.core.consent.choice import Entry
from fiel.core.consent.leaf import choice_leaf, commitment, document_of, entry_of
from fiel.core.consent.ledger import Proof, leaf_hash
from fiel.core.consent.receipt.record import stated
from fiel.core.consent.receipt.terms import Term
from fiel.core.errors import Malformed, Tampered
from fiel.core.ids import Digest, LedgerTag, Position

SIGNED: Final = ("text", "record", "entry", "salt")
"""The members of a receipt that its signature covers; its proof carries signatures and hashes of its own."""

SALT_BYTES: Final = 32
TAG_BYTES: Final = 16

_HEADER: Final = urlsafe_b64encode(canonical({"alg": "EdDSA", "b64": False, "crit": ["b64"]})).decode().rstrip("=")


class NotProved(StrEnum):
    """Why a receipt is not believed, in any part of it."""

    MALFORMED = "malformed"
    """It is no receipt: a member is missing, unknown, or not of its form."""
    FORGED = "forged"
    """The trusted key did not sign this text, record, entry and salt."""
    CONTRADICTED = "contradicted"
    """The record says something else than the entry."""
    NO_CHECKPOINT = "no_checkpoint"
    """Its checkpoint is not one that the trusted key signed."""
    NOT_INCLUDED = "not_included"
    """The entry with its salt is not what the ledger of that checkpoint holds at that place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Genuine:
    """What a receipt proves: the text that was signed, the entry, where it stands, and in which ledger."""

    text: str
    entry: Entry
    position: Position
    checkpoint: Checkpoint


@dataclass(frozen=True, slots=True)
class NotGenuine:
    """That a receipt proves nothing, and why."""

    why: NotProved
    note: NotOpened | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What proves that the ledger holds an entry: its salt and tag, its place, the path to the root of a checkpoint."""

    salt: bytes
    tag: LedgerTag
    position: Position
    inclusion: Proof
    checkpoint: SignedCheckpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A receipt whose form is right; nothing of it is believed yet."""

    document: Mapping[str, Plain]
    text: str
    entry: Entry
    evidence: Evidence
    signature: bytes


def issue(*, text: str, record: Mapping[str, Plain], entry: Entry, evidence: Evidence, sign: Sign) -> dict[str, Plain]:
    """The receipt as plain values, signed; the same contents and key give the same receipt, to the last bit."""
    signed: dict[str, Plain] = {
        "text": text,
        "record": record,
        "entry": document_of(entry),
        "salt": evidence.salt.hex(),
    }
    return {
        **signed,
        "signature": f"{_HEADER}..{_unpadded(sign(_signing_input(signed)))}",
        "proof": {
            "index": evidence.position,
            "tag": evidence.tag.hex(),
            "inclusion": [b64encode(digest).decode() for digest in evidence.inclusion],
            "checkpoint": evidence.checkpoint,
        },
    }


def verify_receipt(document: object, *, public_key: bytes, verify: Verify) -> Genuine | NotGenuine:
    """Whether a receipt is what the holder of the trusted key gave out, and whether its ledger holds it.

    `verify` asks the trusted key. Size and root come from the signed checkpoint and from nowhere else.
    """
    read = _read(document)
    if read is None:
        return NotGenuine(NotProved.MALFORMED)
    for step in (_is_signed, _is_stated):
        if (why := step(read, verify)) is not None:
            return NotGenuine(why)
    checkpoint = _checkpoint(read.evidence.checkpoint, public_key=public_key, verify=verify)
    if isinstance(checkpoint, NotOpened):
        return NotGenuine(NotProved.NO_CHECKPOINT, checkpoint)
    evidence = read.evidence
    leaf = leaf_hash(choice_leaf(read.entry, tag=evidence.tag, salt=evidence.salt))
    if not includes(checkpoint, leaf, index=evidence.position, path=evidence.inclusion):
        return NotGenuine(NotProved.NOT_INCLUDED)
    return Genuine(text=read.text, entry=read.entry, position=evidence.position, checkpoint=checkpoint)


def _is_signed(read: _Read, verify: Verify) -> NotProved | None:
    try:
        message = _signing_input(read.document)
    except Malformed:
        return NotProved.MALFORMED
    return None if verify(message, read.signature) else NotProved.FORGED


def _is_stated(read: _Read, _verify: Verify) -> NotProved | None:
    """The record's own members must say what the entry says, so that no reader of either is told another thing."""
    evidence, bound = read.evidence, commitment(read.entry, read.evidence.salt)
    receipt = read.document["record"]
    records = receipt.get(Term.HAS_RECORD) if isinstance(receipt, Mapping) else None
    if not isinstance(records, list) or len(records) != 1 or not isinstance(records[0], Mapping):
        return NotProved.CONTRADICTED
    found = records[0]
    expected = stated(read.entry, tag=evidence.tag, commitment=bound)
    return None if all(found.get(key) == value for key, value in expected.items()) else NotProved.CONTRADICTED


def _checkpoint(note: SignedCheckpoint, *, public_key: bytes, verify: Verify) -> Checkpoint | NotOpened:
    """The checkpoint of a note. The ledger's name is the note's own: what is trusted is the key, under any name."""
    try:
        return open_note(note, name=note.partition("\n")[0], public_key=public_key, verify=verify)
    except (Malformed, UnicodeEncodeError):
        return NotOpened.BAD_ORIGIN


def _read(document: object) -> _Read | None:
    match document:
        case {
            "text": str() as text,
            "record": dict() as record,
            "entry": dict() as entry,
            "salt": str() as salt,
            "signature": str() as signature,
            "proof": {
                "index": int() as index,
                "tag": str() as tag,
                "inclusion": list() as inclusion,
                "checkpoint": str() as note,
                **more_proof,
            },
            **more,
        } if not more and not more_proof and not isinstance(index, bool):
            path = [_digest(each) for each in inclusion]
            evidence = _evidence(salt, tag, index=index, path=path, note=note)
            found, raw = _entry(entry), _signature(signature)
            if evidence is None or found is None or raw is None:
                return None
            signed: dict[str, Plain] = {"text": text, "record": record, "entry": entry, "salt": salt}
            return _Read(document=signed, text=text, entry=found, evidence=evidence, signature=raw)
        case _:
            return None


def _evidence(salt: str, tag: str, *, index: int, path: list[Digest | None], note: str) -> Evidence | None:
    salt_bytes, tag_bytes = _unhex(salt, SALT_BYTES), _unhex(tag, TAG_BYTES)
    whole = tuple(digest for digest in path if digest is not None)
    if salt_bytes is None or tag_bytes is None or len(whole) != len(path):
        return None
    return Evidence(
        salt=salt_bytes,
        tag=LedgerTag(tag_bytes),
        position=Position(index),
        inclusion=whole,
        checkpoint=SignedCheckpoint(note),
    )


def _entry(document: Mapping[str, Plain]) -> Entry | None:
    """The entry, if the document is the one way to write it."""
    try:
        entry = entry_of(document)
        return entry if document_of(entry) == document else None
    except (Tampered, Malformed):
        return None


def _signature(text: str) -> bytes | None:
    header, _, encoded = text.partition("..")
    raw = _decoded(encoded, lambda text: b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True))
    return raw if header == _HEADER and raw is not None and _unpadded(raw) == encoded else None


def _digest(value: object) -> Digest | None:
    raw = _decoded(value, lambda text: b64decode(text, validate=True)) if isinstance(value, str) else None
    return Digest(raw) if raw is not None and b64encode(raw).decode() == value else None


def _unhex(text: str, length: int) -> bytes | None:
    raw = _decoded(text, bytes.fromhex)
    return raw if raw is not None and len(raw) == length and raw.hex() == text else None


def _decoded(text: str, decode: Callable[[str], bytes]) -> bytes | None:
    try:
        return decode(text)
    except ValueError:
        return None


def _signing_input(signed: Mapping[str, Plain]) -> bytes:
    """Header, full stop, and the payload as it is: `b64` is false (RFC 7797 §3)."""
    return f"{_HEADER}.".encode() + canonical({member: signed[member] for member in SIGNED})


def _unpadded(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")
