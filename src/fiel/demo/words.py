"""The demo's own sentences, and the language in which a page is told: the one asked for, else the browser's.

Not Fiel's sentences about levels, verdicts and effects: those are `House.phrases`, the same on every page.
"""

import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Final

LANGUAGES: Final = ("es", "en")
"""The languages the demo speaks; the first one where a browser asks for none of them."""

Words = Mapping[str, str]
"""Sentences of one language, each under its whole name, `table.name`."""


def load_words() -> Mapping[str, Words]:
    """The demo's sentences by language."""
    folder = files("fiel.demo") / "pages" / "locales"
    return {
        language: dict(_flat(tomllib.loads((folder / f"{language}.toml").read_text("utf-8")))) for language in LANGUAGES
    }


def language_of(asked: str | None, accepted: str) -> str:
    """The language asked for by name, else the best one of an `Accept-Language` header (RFC 9110, 12.5.4)."""
    if asked in LANGUAGES:
        return str(asked)
    wishes = sorted(_wishes(accepted), key=lambda wish: -wish[1])
    return next((language for language, weight in wishes if weight > 0 and language in LANGUAGES), LANGUAGES[0])


def _wishes(header: str) -> Iterator[tuple[str, float]]:
    for part in header.split(","):
        name, _, parameter = part.strip().partition(";")
        weight = parameter.strip().removeprefix("q=")
        try:
            yield name.strip().lower().partition("-")[0], float(weight) if weight else 1.0
        except ValueError:
            continue


def _flat(table: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", str(value)
