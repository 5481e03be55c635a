"""Pages without a script: templates that escape everything, sentences from the locales, one style sheet."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from http import HTTPStatus
from typing import Final, TypeAlias

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from fiel.core.errors import FielError
from fiel.core.ids import ItemId
from fiel.operations.house import House
from fiel.operations.published import Published
from fiel.web.languages import dated, wished_for
from fiel.web.problems import has_a_page
from fiel.web.route import Call
from fiel.web.templating import templates

CSP: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""What a page may load: its own style sheet and pictures, and nothing else from anywhere."""

KEPT_HEADERS: Final = ("Allow", "Retry-After")
"""What the page of a problem says to a program all the same."""

Answer: TypeAlias = Callable[[Request, Exception], Awaitable[Response]]


def page(call: Call, template: str, *, language: str, **values: object) -> Response:
    """A page, kept by nobody on the way."""
    published = call.house.shelf.last
    return _page(template, published, language=language, phrases=call.house.phrases[language], **values)


def told_to_readers(house: House, answer: Answer) -> Answer:
    """The answer to an error, on a page where somebody reads it with a browser."""

    async def told(request: Request, error: Exception) -> Response:
        response = await answer(request, error)
        accepted = "text/html" in request.headers.get("accept", "")
        return _problem(house, request, response) if accepted and _is_read(request) else response

    return told


def _is_read(request: Request) -> bool:
    return has_a_page(request.method, request.url.path)


def _problem(house: House, request: Request, response: Response) -> Response:
    """The page of a problem; the problem as it is where nothing is published that says in which languages."""
    try:
        published = house.shelf.last
        wish, accepted = request.query_params.get("lang"), request.headers.get("accept-language", "")
        language = wished_for(house, published, wish, accepted=accepted)
    except FielError:
        return response
    phrases, status = house.phrases[language], HTTPStatus(response.status_code)
    told = _page("problem.html", published, language=language, phrases=phrases, says=phrases[_sentence(status)])
    told.status_code = status
    told.headers.update({name: response.headers[name] for name in KEPT_HEADERS if name in response.headers})
    return told


def _sentence(status: HTTPStatus) -> str:
    if status is HTTPStatus.NOT_FOUND:
        return "problem.missing"
    return "problem.later" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "problem.asked"


def _page(
    template: str, published: Published, *, language: str, phrases: Mapping[str, str], **values: object
) -> Response:
    def titled(item: str) -> str:
        found = published.items.get(ItemId(item))
        return found.title.get(language, item) if found else item

    html = (
        templates()
        .get_template(template)
        .render(
            language=language,
            say=phrases,
            promise=published.promise,
            titled=titled,
            in_month=lambda day: dated(phrases, "month", date.fromisoformat(day)),
            on_day=lambda when: dated(phrases, "day", when),
            **values,
        )
    )
    return HTMLResponse(html, headers={"Cache-Control": "no-store", "Content-Security-Policy": CSP})
