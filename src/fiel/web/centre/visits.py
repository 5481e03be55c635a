"""One request to a page of the centre, and how it is answered: the page's own frame, headers and words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from fiel.core.errors import FielError, NotAuthenticated
from fiel.core.ids import Identifier
from fiel.operations.house import House
from fiel.operations.published import Published
from fiel.operations.sample import Showcase
from fiel.web.centre.acts import INTERFACE
from fiel.web.centre.session import Session, proof, retold, told
from fiel.web.centre.telling import Telling
from fiel.web.framing import INTERFACE as IN_A_FRAME
from fiel.web.framing import POLICY, hosts_of, is_framed
from fiel.web.languages import tongues
from fiel.web.security import Believe
from fiel.web.templating import templates

HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'",
    # With no referrer at all a browser would not say where a form comes from; of a path nobody else is told.
    "Referrer-Policy": "strict-origin",
    "Cache-Control": "no-store",
}
"""What every page of the centre tells the browser."""

ROOMS: Final = ("preferences", "data", "uses", "rights", "receipts")
"""The pages that stand in the row at the top, in this order, on every page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Centre:
    """What all visits share: the house, who believes tokens, who makes the examples, and which hosts may frame it."""

    house: House
    believe: Believe
    showcase: Showcase
    frames: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One request to one page. `session` is None only where a page is open to everybody."""

    centre: Centre
    request: Request
    form: Mapping[str, str]
    language: str
    session: Session | None

    @property
    def house(self) -> House:
        """All that an operation works with."""
        return self.centre.house

    @property
    def inside(self) -> Session:
        """The session, on pages that need one."""
        if self.session is None:
            raise NotAuthenticated("nobody is in")
        return self.session

    @property
    def who(self) -> Identifier:
        """The person."""
        return self.inside.identifier

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts in one of whose frames this page is shown; none where it stands by itself."""
        return hosts_of(self.centre.frames, self.request) if is_framed(self.request) else ()

    @property
    def interface(self) -> str:
        """Where choices are made, as the receipt names it."""
        return IN_A_FRAME if self.hosts else INTERFACE

    def asked(self, name: str) -> str:
        """A part of the address's query, empty if it is not there."""
        return self.request.query_params.get(name, "")

    @property
    def telling(self) -> Telling:
        """The words for this visit, over what is in force now."""
        published = in_force(self.house)
        return Telling(house=self.house, published=published, language=self.language, showcase=self.centre.showcase)

    def done(self) -> object:
        """What the form that led here has to say."""
        text = self.asked("done")
        return retold(self.house, self.inside, text) if text else None


Act: TypeAlias = Callable[[Visit], Response]


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """One page, or what a form of one does. `open`: to everybody, also without a session.

    `any_body`: a POST may carry whatever it likes, which is not read unless it is a form.
    `inside_only`: only a browser that has a session is led here; whoever else asks is answered by the route that
    follows, as if this one were not there.
    """

    method: str
    path: str
    act: Act
    open: bool = False
    inside_only: bool = False
    any_body: bool = False


def in_force(house: House) -> Published:
    """What is in force; what last was, where the store does not answer: so that a page can say that it does not."""
    try:
        with house.store.read() as tx:
            return house.shelf.now(tx)
    except FielError:
        return house.shelf.last


def page(visit: Visit, template: str, *, here: str, status: int = 200, **values: object) -> Response:
    """A page of the centre; `here` names it among those at the top."""
    telling = visit.telling
    text = (
        templates()
        .get_template(f"centre/{template}")
        .render(
            t=telling,
            say=telling.say,
            language=visit.language,
            promise=telling.published.promise,
            law=_law(visit.house, telling.published),
            here=here,
            rooms=ROOMS,
            inside=visit.session is not None,
            hosts=" ".join(visit.hosts),
            proof=proof(visit.house, visit.session) if visit.session else "",
            tongues=_tongues(visit, telling.published),
            **values,
        )
    )
    return HTMLResponse(text, status_code=status, headers=dict(HEADERS))


def away(path: str, *, anchor: str = "") -> Response:
    """To the page that states what was done: reading it again does nothing (RFC 9110 §15.4.4)."""
    return RedirectResponse(path + (f"#{anchor}" if anchor else ""), status_code=303, headers=dict(HEADERS))


def back(visit: Visit, path: str, what: object, *, anchor: str = "") -> Response:
    """To a page, with what it has to say."""
    query = urlencode({"done": told(visit.house, visit.inside, what)})
    return away(f"{path}?{query}", anchor=anchor)


def _law(house: House, published: Published) -> object:
    return house.laws[published.promise.jurisdiction]


def _repeated(visit: Visit) -> dict[str, str]:
    """What of the address goes on into the same page in another language: no word that somebody else could choose.

    But for the token at the door, where there is nothing yet that could be guessed by it (`fiel.web.squeezing`).
    """
    asked = visit.request.query_params
    kept = {"everybody": ""} if "everybody" in asked else {}
    at_the_door = {"t", "use_case"} if visit.request.url.path in {"/enter", "/frame"} else set()
    return kept | {name: asked[name] for name in sorted(at_the_door & asked.keys())}


def _tongues(visit: Visit, published: Published) -> list[tuple[str, str, str]]:
    """The same page in the other languages."""
    return tongues(visit.house, published, spoken_now=visit.language, request=visit.request, query=_repeated(visit))
