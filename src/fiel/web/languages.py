"""In which language to answer: one that the promise has texts in, and Fiel sentences."""

from collections.abc import Iterator, Mapping
from datetime import date
from urllib.parse import urlencode

from starlette.requests import Request

from fiel.core import text
from fiel.core.errors import Malformed
from fiel.operations.house import House
from fiel.operations.published import Published


def spoken(house: House, published: Published) -> tuple[str, ...]:
    """The languages in which everything can be said, the promise's first one first."""
    return tuple(language for language in published.promise.languages if language in house.phrases)


def asked_for(house: House, published: Published, language: str | None) -> str:
    """The language that was asked for, or the first; raises `Malformed` for one in which not all can be said."""
    languages = spoken(house, published)
    if language in languages or (language is None and languages):
        return language or languages[0]
    raise Malformed("there are no sentences in that language", hint=f"use one of {', '.join(languages)}")


def wished_for(house: House, published: Published, language: str | None, *, accepted: str) -> str:
    """The language that was asked for, else the reader's first that is spoken (RFC 9110 §12.5.4), else the first."""
    languages = spoken(house, published)
    wishes = (language or "", *_wishes(accepted))
    return next((wish for wish in wishes if wish in languages), asked_for(house, published, None))


def dated(phrases: Mapping[str, str], form: str, when: date) -> str:
    """A `day` or a `month` as the language of these phrases says it."""
    return text.dated(phrases, form, when)


def tongues(
    house: House, published: Published, *, spoken_now: str, request: Request, query: Mapping[str, str]
) -> list[tuple[str, str, str]]:
    """The other languages: code, name, and the same page in each; none for a page that a form was answered with.

    `query` is what of the address goes on into them.
    """
    if request.method == "POST":
        return []
    return [
        (code, house.phrases[code]["centre.language"], f"{request.url.path}?{urlencode({**query, 'lang': code})}")
        for code in spoken(house, published)
        if code != spoken_now
    ]


def _wishes(accepted: str) -> Iterator[str]:
    """The languages of an Accept-Language header as they stand in it; who writes one puts the best first."""
    for wish in accepted.split(","):
        yield wish.partition(";")[0].strip().partition("-")[0].lower()
