"""Forms of pages: taken in up to a limit, read as fields, and believed only from this very origin."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request

from fiel.core.errors import Conflict, FielError, Malformed, NotAllowed, NotAuthenticated, TooMany, Unknown
from fiel.web.bodies import take
from fiel.web.problems import Refused

LARGEST_FORM: Final = 32 * 1024
MOST_FIELDS: Final = 128
FORM: Final = frozenset({"application/x-www-form-urlencoded"})

STATUSES: Final[Mapping[type[FielError], int]] = {
    NotAuthenticated: 401,
    NotAllowed: 403,
    Unknown: 404,
    TooMany: 429,
    Conflict: 409,
    Malformed: 422,
    Refused: 400,
}
"""With which status a page says what went wrong; anything else is 503, over soon."""


def comes_from_here(request: Request) -> bool:
    """Whether a form was sent by a page of this very origin, as far as a browser can be believed: it says so itself.

    One that says nothing at all is not believed (Fetch Metadata §2.1; RFC 6454 §7).
    """
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is None and origin is None:
        return False
    if site not in {None, "same-origin"}:
        return False
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


async def form_of(request: Request, *, largest: int = LARGEST_FORM, lenient: bool = False) -> Mapping[str, str]:
    """The fields of a form; several of one name are joined by lines.

    Where it is `lenient`, a body of another kind is taken in up to the same size, and not looked at.
    """
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if lenient and media not in FORM:
        await take(request, largest=largest, media={media})
        return {}
    raw = await take(request, largest=largest, media=FORM)
    try:
        pairs = parse_qsl(raw.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError:
        raise Malformed("the form cannot be read") from None
    fields: dict[str, str] = {}
    for name, value in pairs:
        fields[name] = f"{fields[name]}\n{value}" if name in fields else value
    return fields
