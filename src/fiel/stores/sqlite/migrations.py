"""The tables and their history: a new file gets `schema.sql`, an older one the migrations that it lacks, in order.

Each migration leaves its checksum behind, so that nobody rewrites what was applied. A file of a newer
Fiel is left alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from fiel.core.errors import SettingsInvalid
from fiel.stores.sqlite.connection import APPLICATION
from fiel.stores.sqlite.queries import FOLDER, queries
from fiel.stores.sqlite.session import Session

_SQL: Final = queries("migrations")


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: its number, its statements, and the digest of the file."""

    number: int
    statements: str
    checksum: bytes


def schema() -> str:
    """All tables as they are today."""
    return (FOLDER / "schema.sql").read_text(encoding="utf-8")


def migrations() -> Sequence[Migration]:
    """All steps that led there."""
    steps = sorted(
        (file for file in (FOLDER / "migrations").iterdir() if file.name.endswith(".sql")), key=lambda file: file.name
    )
    return [
        Migration(number, text.decode(), sha256(text).digest())
        for number, text in enumerate((file.read_bytes() for file in steps), start=1)
    ]


def migrate(session: Session) -> bool:
    """Bring the file up to date within an open transaction; True if it was new. Raises `SettingsInvalid`."""
    known = migrations()
    if not session.number("PRAGMA application_id"):
        session.run(schema())
        _sign(session, known)
        return True
    applied = {number: bytes(checksum) for number, checksum in session.all(_SQL["applied"])}
    _refuse_what_is_not_ours(session, applied, known)
    missing = [step for step in known if step.number not in applied]
    for step in missing:
        session.run(step.statements)
    if missing:
        _sign(session, missing)
    return False


def _refuse_what_is_not_ours(session: Session, applied: dict[int, bytes], known: Sequence[Migration]) -> None:
    if max(applied, default=0) > len(known):
        raise SettingsInvalid(f"`{session.path}` was written by a newer Fiel", hint="install that one, or a newer one")
    changed = [step.number for step in known if applied.get(step.number, step.checksum) != step.checksum]
    if changed:
        raise SettingsInvalid(
            f"migration {changed[0]} is not the one that was applied to `{session.path}`",
            hint="migrations are never edited: install an unchanged Fiel",
        )


def _sign(session: Session, steps: Sequence[Migration]) -> None:
    session.change_each(_SQL["apply"], [(step.number, step.checksum) for step in steps])
    session.run(f"PRAGMA application_id = {APPLICATION}")
    session.run(f"PRAGMA user_version = {steps[-1].number}")
