"""The ledger attacked: the database is copied, one bit of one entry is changed in the copy, and both are audited."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import apsw

from fiel.bootstrap import open_fiel
from fiel.keys.signer import verify
from fiel.operations.audit import Audit, audit
from fiel.operations.house import House
from fiel.settings import Settings
from fiel.stores.sqlite import FILE


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerAnswer:
    """What the audit says of the original and of the copy in which the entry at `position` was changed."""

    position: int
    original: Audit
    forged: Audit


def attack_ledger(house: House, settings: Settings) -> LedgerAnswer:
    """Change a copy, and audit both."""
    original = audited(house)
    with _copied(settings) as copy:
        position = _flip(copy.data / FILE)
        with open_fiel(copy) as forged:
            return LedgerAnswer(position=position, original=original, forged=audited(forged.house))


def audited(house: House) -> Audit:
    """The whole ledger of a house, derived again."""
    return audit(house, verify=partial(verify, house.signer.public_key))


@contextmanager
def _copied(settings: Settings) -> Iterator[Settings]:
    """The same Fiel in a folder that is gone afterwards: a copy of the database, the keys themselves."""
    with tempfile.TemporaryDirectory(prefix="fiel-forgery-") as folder:
        data = Path(folder) / "data"
        data.mkdir(mode=0o700)
        source = apsw.Connection(str(settings.data / FILE), flags=apsw.SQLITE_OPEN_READONLY)
        target = apsw.Connection(str(data / FILE))
        try:
            with target.backup("main", source, "main") as backup:
                backup.step()
        finally:
            source.close()
            target.close()
        keys = data / "keys"
        keys.mkdir(mode=0o700)
        for file in settings.keys.iterdir():
            if file.is_file():
                copy = keys / file.name
                copy.touch(mode=0o600)
                copy.write_bytes(file.read_bytes())
        yield Settings(promise=settings.promise, data=data, root_key=settings.root_key, origin=settings.origin)


def _flip(database: Path) -> int:
    """Change one bit of the entry in the middle; answers its position."""
    connection = apsw.Connection(str(database))
    try:
        size = connection.execute("SELECT count(*) FROM leaves").fetchall()[0][0]
        position = int(str(size)) // 2
        leaf = connection.execute("SELECT leaf FROM leaves WHERE position = ?", (position,)).fetchall()[0][0]
        if not isinstance(leaf, bytes):
            raise TypeError("a leaf is no bytes")
        connection.execute("UPDATE leaves SET leaf = ? WHERE position = ?", (one_bit_changed(leaf), position))
    finally:
        connection.close()
    return position


def one_bit_changed(leaf: bytes) -> bytes:
    """The leaf with the lowest bit of its last digit turned: it still reads like a leaf, and says something else."""
    place = max(index for index, byte in enumerate(leaf) if chr(byte).isdigit())
    return leaf[:place] + bytes([leaf[place] ^ 1]) + leaf[place + 1 :]
