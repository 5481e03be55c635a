"""A law as data: each figure names the article it comes from. Not advice, and never a guess."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from fiel.core.text import Text

T = TypeVar("T")


class Signal(StrEnum):
    """A wish that a browser or device states for its owner."""

    GPC = "gpc"


@dataclass(frozen=True, slots=True)
class Cited(Generic[T]):
    """A figure of a law with the article that sets it."""

    value: T
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Jurisdiction:
    """What one law asks of a personalization server.

    `consent_age` in years: below it a person's own consent does not count. `reply_days`: calendar days to answer a
    request. `blocks`: whether data are set aside, unusable, before they are destroyed. `asks_again`: months after a no
    in which nobody is asked again. `honours`: the signals that the law, or good practice under it, makes binding.
    `dpv`: the location's IRI in the Data Privacy Vocabulary.
    """

    code: str
    name: Text
    dpv: str
    authority: Text
    consent_age: Cited[int]
    reply_days: Cited[int]
    blocks: Cited[bool]
    asks_again: Cited[int | None]
    honours: Cited[frozenset[Signal]]
