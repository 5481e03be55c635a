"""One request to a page of the console, and how it is answered: the page's own frame, headers and words."""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from typing import Final, TypeAlias
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from fiel.core.errors import NotAuthenticated
from fiel.core.staff import Account, Role
from fiel.operations.audit import Audits
from fiel.operations.house import House
from fiel.operations.staff.sign_in import Attempts
from fiel.operations.tally import Tallies
from fiel.ports import SingleSignOn
from fiel.web.centre.telling import Telling
from fiel.web.centre.visits import in_force
from fiel.web.console.session import Session
from fiel.web.cookies import bound, unbound
from fiel.web.forms import LARGEST_FORM
from fiel.web.languages import tongues
from fiel.web.templating import templates

HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "strict-origin",
    "Cache-Control": "no-store",
}
"""What every page of the console tells the browser."""

EVERYBODY: Final = frozenset(Role)
"""All roles."""

_FORM, _TOLD = "staff form", "staff told"

Tab: TypeAlias = tuple[str, str]
"""A page that stands in the row at the top: its name, and its path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Console:
    """What all visits share: the house, the counts of people and of proofs that are made aside, and the ways in."""

    house: House
    tallies: Tallies
    audits: Audits
    sign_on: SingleSignOn | None = None
    attempts: Attempts = field(default_factory=Attempts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One request to one page. `session` and `member` are None only where a page is open to everybody."""

    console: Console
    request: Request
    form: Mapping[str, str]
    language: str
    session: Session | None
    member: Account | None
    tabs: tuple[Tab, ...]

    @property
    def house(self) -> House:
        """All that an operation works with."""
        return self.console.house

    @property
    def inside(self) -> Session:
        """The session, on pages that need one."""
        if self.session is None:
            raise NotAuthenticated("nobody is in")
        return self.session

    @property
    def who(self) -> Account:
        """Whoever is in."""
        if self.member is None:
            raise NotAuthenticated("nobody is in")
        return self.member

    def asked(self, name: str) -> str:
        """A part of the address's query, empty if it is not there."""
        return self.request.query_params.get(name, "")

    def part(self, name: str) -> str:
        """A part of the path."""
        return str(self.request.path_params[name])

    @property
    def telling(self) -> Telling:
        """The words for this visit, over what is in force now."""
        published = in_force(self.house)
        return Telling(house=self.house, published=published, language=self.language)

    def done(self) -> object:
        """What the form that led here has to say."""
        text = self.asked("done")
        found = unbound(self.house, self.inside.id, kind=_TOLD, text=text)
        return found[0] if found else None


Act: TypeAlias = Callable[[Visit], Response]


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """One page, or what a form of one does, and the roles that may enter.

    `open`: to everybody, also without a session. `largest`: bytes of its form. `tab`: its name in the row at the top,
    for the roles that may enter; the sentence is `console.tab.NAME`.
    """

    method: str
    path: str
    act: Act
    roles: Set[Role] = frozenset()
    open: bool = False
    tab: str = ""
    largest: int = LARGEST_FORM


def proof(visit: Visit) -> str:
    """What a form of this session carries."""
    return bound(visit.house, visit.session.id, kind=_FORM, what=None) if visit.session else ""


def proves(visit: Visit) -> bool:
    """Whether the form that was sent carries what this session gave it."""
    return unbound(visit.house, visit.inside.id, kind=_FORM, text=visit.form.get("proof", "")) is not None


def page(visit: Visit, template: str, *, here: str, status: int = 200, **values: object) -> Response:
    """A page of the console, from `templates/console`; `here` names it among those at the top."""
    telling = visit.telling
    text = (
        templates()
        .get_template(f"console/{template}")
        .render(
            t=telling,
            say=telling.say,
            language=visit.language,
            promise=telling.published.promise,
            here=here,
            tabs=visit.tabs,
            member=visit.member,
            proof=proof(visit),
            tongues=_tongues(visit, telling),
            **values,
        )
    )
    return HTMLResponse(text, status_code=status, headers=dict(HEADERS))


def away(path: str, *, anchor: str = "") -> Response:
    """To the page that states what was done: reading it again does nothing (RFC 9110 §15.4.4)."""
    return RedirectResponse(path + (f"#{anchor}" if anchor else ""), status_code=303, headers=dict(HEADERS))


def back(visit: Visit, path: str, what: object, *, anchor: str = "") -> Response:
    """To a page, with what it has to say, which `Visit.done` reads there."""
    query = urlencode({"done": bound(visit.house, visit.inside.id, kind=_TOLD, what=what)})
    return away(f"{path}?{query}", anchor=anchor)


def _tongues(visit: Visit, telling: Telling) -> list[tuple[str, str, str]]:
    """The same page in the other languages, with all of its address but what was to be told once."""
    query = {name: value for name, value in visit.request.query_params.items() if name not in {"lang", "done"}}
    return tongues(visit.house, telling.published, spoken_now=visit.language, request=visit.request, query=query)
