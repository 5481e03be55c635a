# ruff: noqa: INP001 -- a script and what stands beside it, no package
"""The shop groups of the demo's catalogue: reads the keyword rules of `demo_groups.toml` and applies them.

Not a classifier: a title is in a group because a word of it is in a list.
"""

import re
import tomllib
from pathlib import Path

MOST = 3
"""An item stands in at most this many groups."""

FALLBACK = "home"
"""The group of what no rule names."""

_RULES = tomllib.loads((Path(__file__).resolve().parent / "demo_groups.toml").read_text(encoding="utf-8"))

TITLES: dict[str, dict[str, str]] = {group: rule["title"] for group, rule in _RULES.items()}
"""Every group with its title, in the order in which it is tried."""

NOT_FOR_SALE = frozenset(group for group, rule in _RULES.items() if not rule.get("for_sale", True))
"""Groups of invoice lines that are no products."""


def _pattern(phrases: list[str]) -> re.Pattern[str]:
    words = "|".join(re.escape(phrase) for phrase in phrases)
    return re.compile(rf"(?<![\w-])(?:{words})(?:e?s)?(?!\w)", re.IGNORECASE)


_WORDS = {group: _pattern(rule["words"]) for group, rule in _RULES.items()}
_EXCEPT = {group: _pattern(rule["except"]) for group, rule in _RULES.items() if "except" in rule}


def groups_of(title: str) -> list[str]:
    """Groups of an English title: what is not for sale stands alone, else the first `MOST` that match, else home."""
    found = [group for group in TITLES if _belongs(title, group)]
    apart = [group for group in found if group in NOT_FOR_SALE]
    return apart or found[:MOST] or [FALLBACK]


def _belongs(title: str, group: str) -> bool:
    rest = _EXCEPT[group].sub(" ", title) if group in _EXCEPT else title
    return _WORDS[group].search(rest) is not None
