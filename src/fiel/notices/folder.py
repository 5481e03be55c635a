"""Letters into a folder: what a machine on which one develops has in place of a mail server.

Each is a file for its owner only, and only the latest are kept: nobody's letters pile up.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Final

from fiel.core.errors import FielError
from fiel.notices.message import message_of
from fiel.ports import Letter, Outcome, Posted

KEPT: Final = 200
"""Letters that are kept; the oldest beyond them go."""

SENDER: Final = "fiel@localhost.localdomain"


class FolderMailer:
    """A `Mailer` and a `Letterbox` in one folder."""

    def __init__(self, folder: Path, *, now: Callable[[], datetime]) -> None:
        """Make the folder, for its owner only."""
        self._folder, self._now = folder, now
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def post(self, letter: Letter) -> Outcome:
        """Lay it down; the same letter twice is one file."""
        try:
            message = message_of(letter, sender=SENDER, at=self._now())
            draft = self._folder / f".{letter.id.hex()}"
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(message.as_bytes())
            draft.rename(self._folder / f"{letter.id.hex()}.eml")
        except FielError:
            return Outcome.NEVER
        except OSError:
            return Outcome.LATER
        for old in self._files()[KEPT:]:
            old.unlink(missing_ok=True)
        return Outcome.SENT

    def all(self) -> Sequence[Posted]:
        """The letters, the latest first."""
        return list(self._read(self._files()))

    def find(self, name: str) -> Posted | None:
        """The letter of that name, or None."""
        return next(self._read([path for path in self._files() if path.stem == name]), None)

    def _files(self) -> Sequence[Path]:
        return sorted(self._folder.glob("*.eml"), key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)

    def _read(self, paths: Sequence[Path]) -> Iterator[Posted]:
        for path in paths:
            try:
                message = message_from_bytes(path.read_bytes(), policy=default)
                at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            except OSError:  # it went in between
                continue
            yield Posted(
                name=path.stem,
                to=str(message["To"]),
                subject=str(message["Subject"]),
                at=at,
                text=_part(message, "plain"),
                html=_part(message, "html"),
                papers=tuple(each.get_filename() or "" for each in message.iter_attachments()),
            )


def _part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    return "\n".join(str(body.get_content()).splitlines()) if isinstance(body, EmailMessage) else ""
