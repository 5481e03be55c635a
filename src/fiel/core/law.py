"""A law as data: each figure names the article it comes from. Not advice, and never a guess.

What nobody has read is None, and so is what a law leaves open: a person decides then, never the program.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from fiel.core.deadline import Closed, Term, due
from fiel.core.text import Text

T_co = TypeVar("T_co", covariant=True)


class Signal(StrEnum):
    """A wish that a browser or device states for its owner.

    `GPC`: Global Privacy Control. `ADPC`: Advanced Data Protection Control, which says it for each purpose.
    """

    GPC = "gpc"
    ADPC = "adpc"


class Right(StrEnum):
    """What a person may ask for (GDPR art. 15-22). `REVIEW`: that a human looks at an automated decision."""

    ACCESS = "access"
    PORTABILITY = "portability"
    RECTIFICATION = "rectification"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    OBJECTION = "objection"
    REVIEW = "review"


class Mode(StrEnum):
    """What holds, for personalisation, of somebody who said nothing: no (`OPT_IN`), or yes until they say no."""

    OPT_IN = "opt_in"
    OPT_OUT = "opt_out"


class Confidence(StrEnum):
    """How sure a figure is.

    `HIGH`: the statute was read, or several sources agree. `MEDIUM`: one reliable source. `LOW`: a weak one.
    `UNREAD`: nobody has verified it, and the value is None.
    """

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Cited(Generic[T_co]):
    """A figure of a law with the article that sets it, or that leaves it open."""

    value: T_co
    article: str
    confidence: Confidence = Confidence.HIGH


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """How long a controller has to answer.

    `extension`: by how much it can be made longer, once, with a reason. `then`: how long to carry out what was granted,
    from the answer on; None where both are one.
    """

    within: Term
    extension: Term | None = None
    then: Term | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ages:
    """From which age, in years, somebody decides alone: as a rule, on special categories, on advertising profiles."""

    consent: Cited[int | None]
    sensitive: Cited[int | None]
    advertising: Cited[int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Jurisdiction:
    """What one law asks of a personalisation server.

    `dpv`: the location's IRI in the Data Privacy Vocabulary. `calendar`: whose public holidays count (ISO 3166-1, with
    -2 after a hyphen), None where they differ within. `zone`: where its days begin (IANA), None likewise. `since`: from
    when on it holds. `replies` has every right. `last_day_moves`: whether a term that ends on a holiday goes on to the
    next working day. `blocks`: whether data are set aside, unusable, before they are destroyed; `blocks_within`: how
    soon a wish to have them set aside is answered, where the law says so apart. `asks_again`: months after a no in
    which nobody is asked again. `honours`: the signals that the law, or good practice under it, makes binding.
    `breach_hours`: within how many the authority is told. `complaint`: how long somebody has to complain of a refusal.
    """

    code: str
    name: Text
    dpv: str
    authority: Text
    calendar: str | None
    zone: str | None
    since: Cited[date]
    mode: Cited[Mode]
    replies: Mapping[Right, Cited[Reply | None]]
    last_day_moves: Cited[bool]
    ages: Ages
    blocks: Cited[bool]
    blocks_within: Cited[Term | None]
    asks_again: Cited[int | None]
    honours: Cited[frozenset[Signal]]
    breach_hours: Cited[int | None]
    complaint: Cited[Term | None]


def reply_by(law: Jurisdiction, right: Right, received: date, *, closed: Closed, extended: bool = False) -> date | None:
    """The last day to answer what was received on that day, None where a person must say it.

    `extended` asks for the longer one; where the law gives no extension it stays the same.
    """
    reply = law.replies[right].value
    if reply is None:
        return None
    terms = [reply.within, *([reply.extension] if extended and reply.extension else [])]
    return due(received, terms, closed=closed, moves=law.last_day_moves.value)
