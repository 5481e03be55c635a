"""The vault: all keys of one root key, opened together and closed together.

In the folder of keys lie `dek.slots` (data keys), `keyring.slots` (area keys), `subject.secret` (the secret shared with
the host application, sealed) and `hosts/*.pem` (public keys that host applications deposited). The root key lies
elsewhere: who has the folder alone has nothing.
"""

import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from fiel.core.errors import KeyMissing, Malformed, SettingsInvalid, Tampered, Unavailable
from fiel.keys.cipher import AES_GCM_SIV, NONCE_BYTES, Cipher
from fiel.keys.framing import TENANT, framed
from fiel.keys.keyring import Keyring
from fiel.keys.names import KeyedNames
from fiel.keys.private_file import create_private, read_private
from fiel.keys.root import KEY_BYTES, Root, Use, open_root
from fiel.keys.sealing import SlotSeals
from fiel.keys.signer import Ed25519Signer, public_key_in
from fiel.keys.slot_header import RESTORE
from fiel.keys.slots import SlotFile
from fiel.keys.subject_tokens import SubjectTokens
from fiel.keys.tokens import SealedTokens
from fiel.ports import CrashPoint, calm

DATA_KEYS: Final = "dek.slots"
AREA_KEYS: Final = "keyring.slots"
SUBJECT_SECRET: Final = "subject.secret"  # noqa: S105 (a file's name)
HOSTS: Final = "hosts"

_BOUND: Final = framed("fiel/1/subject-secret", TENANT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vault:
    """What the ports of keys ask for, and the subject tokens of the doors."""

    names: KeyedNames
    seals: SlotSeals
    signer: Ed25519Signer
    tokens: SealedTokens
    subjects: SubjectTokens
    _close: Callable[[], None]

    @classmethod
    def open(
        cls, root: Path, keys_folder: Path, *, writer: bool, crash: CrashPoint = calm, cipher: Cipher = AES_GCM_SIV
    ) -> Self:
        """Open the keys in a folder; their one `writer` makes what is not there on the first start.

        Another `cipher` seals documents only and is for tests. Raises `KeyMissing` for a key that is not there or that
        others may read, `SettingsInvalid` for files that cannot be keys, `Tampered` for damage or another root key,
        `Unavailable` if another writer has the folder or the disk refuses.
        """
        if root.resolve().is_relative_to(keys_folder.resolve()):
            raise SettingsInvalid(
                f"the root key `{root}` lies among the keys that it protects", hint="keep it outside the data folder"
            )
        if writer:
            _make_folder(keys_folder)
        elif not holds_keys(keys_folder):
            raise KeyMissing(f"there are no keys in `{keys_folder}`", hint="the first start of `fiel serve` makes them")
        key = open_root(root, fresh=not holds_keys(keys_folder))
        with ExitStack() as files:
            slots, ring = (
                files.enter_context(closing(file)) for file in _slot_files(keys_folder, key, writer=writer, crash=crash)
            )
            keyring = Keyring(ring, key)
            if writer and keyring.is_empty and slots.taken:
                raise KeyMissing(f"the area keys in `{keys_folder / AREA_KEYS}` are gone", hint=RESTORE)
            return cls(
                names=KeyedNames(key),
                seals=SlotSeals(slots, keyring, root=key, cipher=cipher),
                signer=Ed25519Signer(key.derive(Use.SIGNING, "1")),
                tokens=SealedTokens(key),
                subjects=SubjectTokens(
                    secret=_subject_secret(keys_folder / SUBJECT_SECRET, key, writer=writer),
                    deposited=deposited_keys(keys_folder / HOSTS),
                ),
                _close=files.pop_all().close,
            )

    def close(self) -> None:
        """Let go of the files and of the writer's lock; nothing is sealed or opened any more."""
        self._close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def holds_keys(keys_folder: Path) -> bool:
    """Whether a folder holds keys, so that it needs the very root key they were made under."""
    return any((keys_folder / name).exists() for name in (DATA_KEYS, AREA_KEYS, SUBJECT_SECRET))


def deposited_keys(folder: Path) -> tuple[bytes, ...]:
    """The public keys in the `.pem` files of a folder, 32 bytes each; none if there is no folder.

    Raises `SettingsInvalid`, naming the file, for one that is no Ed25519 public key.
    """
    keys = []
    for path in sorted(folder.glob("*.pem")):
        try:
            keys.append(public_key_in(path.read_bytes()))
        except (Malformed, OSError) as error:
            raise SettingsInvalid(
                f"`{path}` is no public key of a host application", hint="deposit an Ed25519 public key in PEM"
            ) from error
    return tuple(keys)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        hint = "choose a folder one may write"
        raise Unavailable(f"the folder of keys `{folder}` cannot be made: {error.strerror}", hint=hint) from error


def _slot_files(folder: Path, root: Root, *, writer: bool, crash: CrashPoint) -> Iterator[SlotFile]:
    """The data keys' file, then the area keys': made in this order, so the second never stands without the first."""
    data_keys, area_keys = folder / DATA_KEYS, folder / AREA_KEYS
    if area_keys.exists() and not (data_keys.exists() and data_keys.stat().st_size):
        raise KeyMissing(f"the data keys `{data_keys}` are not there, and their area keys are", hint=RESTORE)
    yield SlotFile(data_keys, key=root.derive(Use.SLOTS, DATA_KEYS), writer=writer, crash=crash)

    def within(point: str) -> None:
        crash(f"keyring.{point}")

    yield SlotFile(area_keys, key=root.derive(Use.SLOTS, AREA_KEYS), writer=writer, crash=within)


def _subject_secret(path: Path, root: Root, *, writer: bool) -> str:
    """The secret shared with the host application: made on the first start, and kept sealed."""
    key = root.derive(Use.SUBJECT)
    content = read_private(path, what="the secret of subject tokens")
    if content is None and writer:
        nonce, secret = secrets.token_bytes(NONCE_BYTES), secrets.token_urlsafe(KEY_BYTES).encode()
        create_private(path, nonce + AES_GCM_SIV.seal(key, secret, nonce=nonce, bound=_BOUND))
        content = read_private(path, what="the secret of subject tokens")
    if content is None:
        raise KeyMissing(f"the secret of subject tokens `{path}` is not there", hint=RESTORE)
    try:
        return AES_GCM_SIV.open(key, content[NONCE_BYTES:], nonce=content[:NONCE_BYTES], bound=_BOUND).decode()
    except Tampered:
        raise Tampered(f"`{path}` is damaged, or was made under another root key", hint=RESTORE) from None
