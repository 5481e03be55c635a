"""Readers of single clauses: each gives the value, or None after noting what is wrong with it."""

import re
from datetime import timedelta
from typing import Final

from fiel.core.promise.finding import Code
from fiel.core.text import Text
from fiel.registry import amounts
from fiel.registry.clause import Clause

ID: Final = re.compile(r"[a-z][a-z0-9_-]{0,63}")
"""A use case, area or jurisdiction: it stands in addresses and keys."""

NAME: Final = re.compile(r"\S(?:.{0,126}\S)?")
"""An event, property, attribute or item group: whatever a sender calls it."""

TERM: Final = re.compile(r"[a-z][a-z0-9-]*:[A-Za-z][A-Za-z0-9_-]*|https://\S+")
"""A term of a vocabulary: `dpv:Marketing`, or its address in full."""

LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
"""A language tag (RFC 5646)."""

COUNTRY: Final = re.compile(r"[A-Z]{2}")
"""A country (ISO 3166-1 alpha-2)."""

DIGEST: Final = re.compile(r"[0-9a-f]{64}")
"""A version of a use case."""

HIGHEST: Final = 1_000_000
"""No count is larger."""


def word(clause: Clause) -> str | None:
    """A word or a line of text."""
    value = clause.node.value
    if isinstance(value, str) and value.strip():
        return value.strip()
    clause.fault(Code.WRONG_TYPE, f"{clause.name} must be a text, not {clause.kind}")
    return None


def spelt(clause: Clause, form: re.Pattern[str], example: str) -> str | None:
    """A word of a given form."""
    value = word(clause)
    if value is None or (form.fullmatch(value) and value.isprintable()):
        return value
    clause.fault(Code.BAD_NAME, f"{clause.name} cannot be {clause.kind}", hint=f"write it like `{example}`")
    return None


def identifier(clause: Clause) -> str | None:
    """The name of a use case or an area."""
    return spelt(clause, ID, "order_help")


def term(clause: Clause) -> str | None:
    """A term of a vocabulary."""
    return spelt(clause, TERM, "dpv:Marketing")


def country(clause: Clause) -> str | None:
    """Two capital letters."""
    return spelt(clause, COUNTRY, "ES")


def words(clause: Clause) -> frozenset[str] | None:
    """A list of names, each once; each is noted under its own name."""
    return None if (listed := ordered(clause, NAME, "item")) is None else frozenset(listed)


def ordered(clause: Clause, form: re.Pattern[str], example: str) -> tuple[str, ...] | None:
    """A list of words of one form, each once, in the order of the file."""
    seen: list[str] = []
    items = clause.items()
    if clause.notes.is_broken(clause.where):
        return None
    for item in items:
        value = spelt(item, form, example)
        if value is not None and value in seen:
            item.notes.find(Code.SAID_TWICE, item.node.span, message=f"`{value}` stands here twice")
        elif value is not None:
            seen.append(value)
            clause.notes.place((*clause.where, value), item.node.span)
    return tuple(seen)


def text(clause: Clause) -> Text | None:
    """A text in its languages; a blank one counts as missing."""
    found: dict[str, str] = {}
    for language, part in clause.entries().items():
        value = part.node.value
        if isinstance(value, str):
            found[language] = value.strip()
        elif value is not None:
            word(part)
    return found


def flag(clause: Clause) -> bool | None:
    """True or false."""
    if isinstance(clause.node.value, bool):
        return clause.node.value
    clause.fault(Code.WRONG_TYPE, f"{clause.name} must be `true` or `false`, not {clause.kind}")
    return None


def count(clause: Clause) -> int | None:
    """A whole number above 0."""
    return _whole(clause, least=1)


def count_or_none(clause: Clause) -> int | None:
    """A whole number, also 0."""
    return _whole(clause, least=0)


def length(clause: Clause) -> timedelta | None:
    """A duration."""
    value = clause.node.value
    found = amounts.duration(value) if isinstance(value, str) else None
    if found is None:
        hint = "write it like `90d`, `12 weeks`, `24 months` or `1 year`"
        clause.fault(Code.BAD_DURATION, f"{clause.name} cannot be {clause.kind}", hint=hint)
    return found


def portion(clause: Clause) -> float | None:
    """A share, from 0 to 1."""
    value = clause.node.value
    found = amounts.share(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else None
    if found is None:
        clause.fault(Code.BAD_SHARE, f"{clause.name} cannot be {clause.kind}", hint="write it like `2%` or `0.02`")
    return found


def pace(clause: Clause) -> tuple[int, timedelta] | None:
    """How often in which time."""
    value = clause.node.value
    found = amounts.pace(value) if isinstance(value, str) else None
    if found is None:
        hint = "write it like `3 per day`; the time is an hour, day, week or month"
        clause.fault(Code.BAD_ATTENTION, f"{clause.name} cannot be {clause.kind}", hint=hint)
    return found


def _whole(clause: Clause, *, least: int) -> int | None:
    value = clause.node.value
    if not isinstance(value, int) or isinstance(value, bool):
        clause.fault(Code.WRONG_TYPE, f"{clause.name} must be a whole number, not {clause.kind}")
        return None
    if least <= value <= HIGHEST:
        return value
    clause.fault(Code.OUT_OF_RANGE, f"{clause.name} must be from {least} to {HIGHEST}, not `{value}`")
    return None
