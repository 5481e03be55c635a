"""Pages without a script: templates that escape everything, sentences from the locales, one style sheet."""

from functools import cache
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from fiel.core.ids import ItemId
from fiel.web.route import Call

CSP: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""What a page may load: its own style sheet and pictures, and nothing else from anywhere."""


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("fiel.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page(call: Call, template: str, *, language: str, **values: object) -> Response:
    """A page, kept by nobody on the way."""
    published = call.house.shelf.last

    def titled(item: str) -> str:
        found = published.items.get(ItemId(item))
        return found.title.get(language, item) if found else item

    html = (
        _templates()
        .get_template(template)
        .render(language=language, say=call.house.phrases[language], promise=published.promise, titled=titled, **values)
    )
    return HTMLResponse(html, headers={"Cache-Control": "no-store", "Content-Security-Policy": CSP})
