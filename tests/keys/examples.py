"""A root key, places, and doubles that the tests of keys share."""

from dataclasses import dataclass, field
from pathlib import Path

from fiel.core.ids import AreaId, KeyId, Place, Pseudonym, UseCaseId
from fiel.keys.cipher import AES_GCM_SIV, Cipher
from fiel.keys.keyring import Keyring
from fiel.keys.root import Root
from fiel.keys.sealing import SlotSeals
from fiel.keys.slots import SlotFile
from fiel.keys.wrapping import Wrapped
from fiel.ports import Binding, CrashPoint, calm

ROOT = Root(bytes(range(32)))
OTHER_ROOT = Root(bytes(32))
CHECK = bytes(range(32, 64))

AREAS = ("sales", "marketing", "service")


class Crash(Exception):
    """The process ends here."""


@dataclass
class Crashing:
    """A crash point that raises `error` at one named point, and remembers all that it passed."""

    at: str = ""
    error: BaseException = field(default_factory=Crash)
    passed: list[str] = field(default_factory=list)

    def __call__(self, point: str) -> None:
        """Pass the point, or crash at it."""
        self.passed.append(point)
        if point == self.at:
            raise self.error


class IdentityCipher:
    """The control of every search for plaintext: it seals nothing and binds nothing."""

    @property
    def suite(self) -> int:
        """A suite that no real cipher has."""
        return 0

    def seal(self, key: bytes, plain: bytes, *, nonce: bytes, bound: bytes) -> bytes:
        """The plaintext."""
        del key, nonce, bound
        return plain

    def open(self, key: bytes, sealed: bytes, *, nonce: bytes, bound: bytes) -> bytes:
        """The same."""
        del key, nonce, bound
        return sealed


def place(person: int = 0, use_case: str = "suggestions", area: str = "sales") -> Place:
    """Where the data of a numbered person lie."""
    return Place(area=AreaId(area), use_case=UseCaseId(use_case), pseudonym=Pseudonym(person.to_bytes(16, "big")))


def key_id(number: int = 0) -> KeyId:
    """A numbered key."""
    return KeyId(number.to_bytes(16, "big"))


def wrapped(number: int) -> Wrapped:
    """A record that no two numbers share, and in which no eight bytes are zero."""
    byte = number.to_bytes(2, "big")
    return Wrapped(nonce=(byte + b"nonce-").ljust(12, b"n"), sealed=(byte + b"sealed").ljust(48, b"s"), generation=7)


def slot_file(path: Path, *, writer: bool = True, crash: CrashPoint = calm) -> SlotFile:
    """A slot file under the checking key of the tests."""
    return SlotFile(path, key=CHECK, writer=writer, crash=crash)


def slot_seals(folder: Path, *, root: Root = ROOT, cipher: Cipher = AES_GCM_SIV) -> SlotSeals:
    """Seals over two new files in a folder."""
    return SlotSeals(slot_file(folder / "dek"), Keyring(slot_file(folder / "ring"), root), root=root, cipher=cipher)


CANARY = b"canary: aceite de oliva, 3 botellas"
HERE = Binding(place=place(1), key=key_id(1), revision=4)
