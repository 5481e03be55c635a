"""Who works for the controller: their role, their account, and how they prove to be the one they are.

What a role may see is not here: each page names the roles that may enter it (`fiel.web.console.rooms`).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from typing import Final
from unicodedata import normalize

from fiel.core.ids import StaffId

SHORTEST_PASSWORD: Final = 15
"""Characters of a password that is the only proof (NIST SP 800-63B-4 §3.1.1.2)."""

LONGEST_PASSWORD: Final = 256
"""Characters of the longest one that is looked at; the standard asks for at least 64."""

FEWEST_LETTERS: Final = 5
"""Different characters below which a long password is no better than a short one."""

LONGEST_NAME: Final = 60


class Role(StrEnum):
    """What somebody works as."""

    MARKETER = "marketer"
    DPO = "dpo"
    AGENT = "agent"
    ENGINEER = "engineer"
    AUDITOR = "auditor"


class Weak(StrEnum):
    """Why a password is not taken. There are no rules of composition, and none expires: both make weaker ones."""

    SHORT = "short"
    LONG = "long"
    PLAIN = "plain"
    NEAR = "near"


@dataclass(frozen=True, slots=True, kw_only=True)
class Federated:
    """Somebody as their employer's own sign-in names them: who says so, and by which name (OpenID Connect Core §5.7).

    An e-mail address is never used for this: it changes hands.
    """

    issuer: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account. `password` is a hash; None where they sign in elsewhere, or have not come in yet.

    `renewed`: sessions that were begun before are over. `disabled`: since when it opens nothing.
    """

    id: StaffId
    name: str
    role: Role
    since: datetime
    renewed: datetime
    password: str | None = None
    federated: Federated | None = None
    disabled: datetime | None = None

    @property
    def accepted(self) -> bool:
        """Whether somebody has taken up the invitation."""
        return self.password is not None or self.federated is not None


def spelt(password: str) -> str:
    """A password as it is hashed: of one text there may be several spellings in Unicode, of this there is one."""
    return normalize("NFC", password)


def weakness(password: str, *, near: tuple[str, ...]) -> Weak | None:
    """Why a password cannot be taken, None if it can; `near` are words that whoever guesses would try first."""
    text = spelt(password)
    if len(text) < SHORTEST_PASSWORD:
        return Weak.SHORT
    if len(text) > LONGEST_PASSWORD:
        return Weak.LONG
    if len(set(text)) < FEWEST_LETTERS or _runs(text):
        return Weak.PLAIN
    bare = text.casefold()
    for word in near:
        bare = bare.replace(word.casefold(), "") if word else bare
    return Weak.NEAR if len(bare) < SHORTEST_PASSWORD // 2 else None


def _runs(text: str) -> bool:
    """Whether it is one run of the alphabet or of digits, up or down."""
    steps = {ord(after) - ord(before) for before, after in pairwise(text)}
    return len(steps) == 1


class Why(StrEnum):
    """For what somebody of the staff looks at one person's data: they asked for it, complained, or the law wants it."""

    ASKED = "asked"
    COMPLAINT = "complaint"
    FAULT = "fault"
    DUTY = "duty"


LONGEST_REASON: Final = 300

SHORTEST_REASON: Final = 10
"""Characters under which a reason says nothing to the person who reads it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A look at one person's data by somebody of the staff: who, as what, for what, in words that the person reads."""

    staff: StaffId
    role: Role
    why: Why
    reason: str
    at: datetime


def sound_reason(reason: str) -> bool:
    """Whether a reason says something to the person who reads it."""
    text = " ".join(reason.split())
    return SHORTEST_REASON <= len(text) <= LONGEST_REASON and len(set(text.casefold())) >= FEWEST_LETTERS
