"""What a ledger vouches for: its size and root, signed as a note (C2SP tlog-checkpoint, C2SP signed-note).

No cryptography lives here: whoever holds the key passes `Sign`, whoever trusts one passes `Verify`. A size and a root
are believed only when they come out of `open_note`; `includes` and `extends` take them from there alone.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Final, NewType, TypeAlias

from fiel.core.consent.ledger import consistent, root_from_inclusion
from fiel.core.errors import Malformed
from fiel.core.ids import Digest, Position

SignedCheckpoint = NewType("SignedCheckpoint", str)
"""A note whose text is a checkpoint: what is published, printed on receipts and given to witnesses."""

Sign: TypeAlias = Callable[[bytes], bytes]
"""Makes the 64-byte Ed25519 signature of a message (RFC 8032)."""

Verify: TypeAlias = Callable[[bytes, bytes], bool]
"""Whether (message, signature) was signed by the trusted key. It answers False for a bad signature and never raises."""

LONGEST_NOTE: Final = 1 << 18
"""Characters a note may have, so that a hostile one costs little; sixteen large witness signatures fit well."""

MOST_SIGNATURES: Final = 64
"""Signature lines a note may have; signed-note asks for at least 16."""

LARGEST_SIZE: Final = 2**63 - 1
"""The largest ledger a checkpoint may speak of."""

_ED25519: Final = b"\x01"
_KEY_BYTES: Final = 32
_KEY_HASH_BYTES: Final = 4
_SIGNATURE_BYTES: Final = 64
_ROOT_BYTES: Final = 32
_SIGNED_BY: Final = "— "
_SIZE: Final = re.compile(r"0|[1-9][0-9]{0,18}")
_UNWRITABLE: Final = re.compile(r"[\x00-\x09\x0b-\x1f\ud800-\udfff]")
"""No note holds these: control characters but the newline (C2SP signed-note), and what UTF-8 cannot encode."""


class NotOpened(StrEnum):
    """Why a signed note gave no checkpoint. None of these notes may be believed in any part."""

    MALFORMED = "malformed"
    """It is no signed note: too long, no text, no blank line before the signatures, a line that is none."""
    UNSIGNED = "unsigned"
    """No line is by the trusted key under its name."""
    FORGED = "forged"
    """A line claims the trusted key, and the key did not sign this text."""
    BAD_ORIGIN = "bad_origin"
    """The first line, who the ledger is, is missing or empty."""
    BAD_SIZE = "bad_size"
    """The second line is no size in plain decimal digits, or one beyond `LARGEST_SIZE`."""
    BAD_ROOT = "bad_root"
    """The third line is not 32 bytes in canonical base64."""
    EXTENDED = "extended"
    """There are further lines. The format allows them; Fiel writes none, so that each byte it signs has a meaning."""
    FOREIGN = "foreign"
    """It is signed by the trusted key, and for another origin than the key's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A ledger's head: `origin` names the ledger, `size` counts its entries, `root` is the hash over all of them."""

    origin: str
    size: int
    root: Digest

    def __post_init__(self) -> None:
        """Refuse what no checkpoint could say; raises `Malformed`."""
        if not self.origin or "\n" in self.origin or _UNWRITABLE.search(self.origin):
            raise Malformed("a checkpoint's origin is one line of text without control characters")
        if not 0 <= self.size <= LARGEST_SIZE:
            raise Malformed("a checkpoint's size is a count of entries")
        if len(self.root) != _ROOT_BYTES:
            raise Malformed("a checkpoint's root is 32 bytes long")

    def body(self) -> bytes:
        """The text that is signed: three lines, each ended by a newline (C2SP tlog-checkpoint)."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n".encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One signature line of a note, as it claims to be."""

    name: str
    key_hash: bytes
    signature: bytes


def parse_checkpoint(body: bytes) -> Checkpoint | NotOpened:
    """Read a checkpoint's text, so strictly that `body()` gives back the same bytes.

    The answer is a claim, not yet a fact: only `open_note` knows who signed it.
    """
    text = _text(body)
    if text is None or not text.endswith("\n"):
        return NotOpened.MALFORMED
    origin, *lines = text.removesuffix("\n").split("\n")
    if not origin:
        return NotOpened.BAD_ORIGIN
    if not lines or not _SIZE.fullmatch(lines[0]) or int(lines[0]) > LARGEST_SIZE:
        return NotOpened.BAD_SIZE
    root = _decoded(lines[1]) if len(lines) > 1 else None
    if root is None or len(root) != _ROOT_BYTES:
        return NotOpened.BAD_ROOT
    if len(lines) > 2:  # noqa: PLR2004 (the size's line and the root's)
        return NotOpened.EXTENDED
    return Checkpoint(origin=origin, size=int(lines[0]), root=Digest(root))


def key_hash(name: str, public_key: bytes) -> bytes:
    """The four bytes that tell one signer's keys apart, for Ed25519 (C2SP signed-note). An address, no fingerprint.

    Raises `Malformed` for a name that is empty or holds spaces or a plus sign, and for a key that is not 32 bytes long.
    """
    if not _named(name):
        raise Malformed("a signer's name has no spaces, no plus sign and at least one character")
    if len(public_key) != _KEY_BYTES:
        raise Malformed("an Ed25519 public key is 32 bytes long")
    return sha256(name.encode() + b"\n" + _ED25519 + public_key).digest()[:_KEY_HASH_BYTES]


def sign_note(body: bytes, *, name: str, public_key: bytes, sign: Sign) -> str:
    """The note that carries `body` and one signature over exactly those bytes (C2SP signed-note).

    Raises `Malformed` for a body that is no text ended by a newline, and as `key_hash` does.
    """
    text = _text(body)
    if text is None or not text.endswith("\n"):
        raise Malformed("a note's text is UTF-8 without control characters and ends with a newline")
    hashed = key_hash(name, public_key)
    signature = sign(body)
    if len(signature) != _SIGNATURE_BYTES:
        raise Malformed("an Ed25519 signature is 64 bytes long")
    return f"{text}\n{_SIGNED_BY}{name} {b64encode(hashed + signature).decode()}\n"


def sign_checkpoint(checkpoint: Checkpoint, *, public_key: bytes, sign: Sign) -> SignedCheckpoint:
    """The checkpoint as a note signed under its own origin, which is the name `open_note` will ask for."""
    return SignedCheckpoint(sign_note(checkpoint.body(), name=checkpoint.origin, public_key=public_key, sign=sign))


def signed_body(note: str, *, name: str, public_key: bytes, verify: Verify) -> bytes | NotOpened:
    """The text of `note` if the trusted key signed it, whatever it says (C2SP signed-note).

    Lines by other keys, a witness's say, are left alone. One bad line by the trusted key spoils the note, whatever
    stands beside it. Raises `Malformed` as `key_hash` does, for the trusted key alone: the note cannot cause it.
    """
    trusted = key_hash(name, public_key)
    parts = _parts(note)
    if parts is None:
        return NotOpened.MALFORMED
    body, lines = parts
    signatures = [line.signature for line in lines if (line.name, line.key_hash) == (name, trusted)]
    if not signatures:
        return NotOpened.UNSIGNED
    if not all(len(signature) == _SIGNATURE_BYTES and verify(body, signature) for signature in signatures):
        return NotOpened.FORGED
    return body


def open_note(note: str, *, name: str, public_key: bytes, verify: Verify) -> Checkpoint | NotOpened:
    """The checkpoint that the ledger called `name` signed with the trusted key, or why there is none.

    This is the only way to a size and a root that may be believed.
    """
    body = signed_body(note, name=name, public_key=public_key, verify=verify)
    if isinstance(body, NotOpened):
        return body
    checkpoint = parse_checkpoint(body)
    if isinstance(checkpoint, Checkpoint) and checkpoint.origin != name:
        return NotOpened.FOREIGN
    return checkpoint


def includes(checkpoint: Checkpoint, leaf: Digest, *, index: Position, path: Sequence[Digest]) -> bool:
    """Whether `leaf` is entry `index` of the ledger whose opened checkpoint this is (RFC 9162 §2.1.3.2)."""
    return root_from_inclusion(leaf, index=index, size=checkpoint.size, path=path) == checkpoint.root


def extends(newer: Checkpoint, older: Checkpoint, *, path: Sequence[Digest]) -> bool:
    """Whether `newer` is `older` grown, nothing changed and nothing lost; both were opened (RFC 9162 §2.1.4.2).

    Two ledgers, that is two origins, never extend each other.
    """
    return newer.origin == older.origin and consistent(
        old_size=older.size, old_root=older.root, new_size=newer.size, new_root=newer.root, path=path
    )


def _parts(note: str) -> tuple[bytes, list[_Line]] | None:
    """A note's text and its signature lines, divided at the last blank line; None for what is no note."""
    if len(note) > LONGEST_NOTE or _UNWRITABLE.search(note):
        return None
    text, blank, tail = note.rpartition("\n\n")
    if not blank or not tail.endswith("\n") or tail.count("\n") > MOST_SIGNATURES:
        return None
    lines: list[_Line] = []
    for claim in tail.removesuffix("\n").split("\n"):
        line = _line(claim)
        if line is None:
            return None
        lines.append(line)
    return f"{text}\n".encode(), lines


def _line(line: str) -> _Line | None:
    """One line "— name base64(key hash ‖ signature)"; None for any other."""
    name, _, encoded = line.removeprefix(_SIGNED_BY).partition(" ")
    raw = _decoded(encoded)
    if not line.startswith(_SIGNED_BY) or not _named(name) or raw is None or len(raw) <= _KEY_HASH_BYTES:
        return None
    return _Line(name=name, key_hash=raw[:_KEY_HASH_BYTES], signature=raw[_KEY_HASH_BYTES:])


def _named(name: str) -> bool:
    return bool(name) and "+" not in name and not any(character.isspace() for character in name)


def _text(body: bytes) -> str | None:
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return None
    return None if _UNWRITABLE.search(text) else text


def _decoded(encoded: str) -> bytes | None:
    """The bytes of canonical base64: what would not be written the same way again is refused (RFC 4648 §3.5)."""
    try:
        raw = b64decode(encoded, validate=True)
    except ValueError:
        return None
    return raw if b64encode(raw).decode() == encoded else None
