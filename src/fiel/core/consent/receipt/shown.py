"""What a receipt is about: one entry as the ledger names it, and the use case as the person could read it.

Values only: what they say in words is `words`, what they say to a machine is `record`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from fiel.core.consent.choice import Entry, Status
from fiel.core.ids import LedgerTag
from fiel.core.law import Jurisdiction
from fiel.core.promise.usecase import Area, Attribute, Controller, EventKind, Level, UseCase
from fiel.core.promise.version import notice_of
from fiel.core.text import Text

_SET_ASIDE = frozenset({Status.RESTRICTED, Status.BLOCKED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """One entry as the ledger names it.

    `commitment` is the leaf's (32 bytes), `tag` the person's name there, `renewed` whether this yes follows a yes.
    """

    entry: Entry
    tag: LedgerTag
    commitment: bytes
    renewed: bool = False

    @property
    def in_use(self) -> bool:
        """Whether the entry lets data be used."""
        entry = self.entry
        return entry.status in {Status.GIVEN, Status.OBJECTED} and (entry.level or Level.NONE) > Level.NONE

    @property
    def is_set_aside(self) -> bool:
        """Whether the entry leaves data where they are, unused."""
        return self.entry.status in _SET_ASIDE


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One use case in the version of an entry, with all that is said of it, and Fiel's own sentences in one language.

    `attributes` and `events` are the data dictionary; what it no longer declares is called by its own name.
    """

    use_case: UseCase
    area: Area
    controller: Controller
    law: Jurisdiction
    attributes: Mapping[str, Attribute]
    events: Mapping[str, EventKind]
    phrases: Mapping[str, str]

    def is_as_shown(self, entry: Entry) -> bool:
        """Whether these are the very words of the notice that the entry names."""
        return notice_of(self.use_case, self.area, controller=self.controller) == entry.notice


def reach_of(noted: Noted, use_case: UseCase) -> Level:
    """The level up to which data are listed: as far as the yes goes, and all that was asked for where there is none."""
    return noted.entry.level or Level.NONE if noted.in_use else use_case.highest


def in_language(text: Text, language: str) -> str:
    """A text in a language, or in the first one it has; empty if it has none."""
    return text.get(language) or next(iter(text.values()), "")


def whole_days(span: timedelta) -> int:
    """A span in days, rounded up: nothing is said to go sooner than it does."""
    return -(-span // timedelta(days=1))
