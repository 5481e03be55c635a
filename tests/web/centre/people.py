"""A house with its centre open, and somebody with a browser before it: cookies, forms, pages, over plain HTTP."""

import re
from collections.abc import Mapping
from html.parser import HTMLParser

from starlette.testclient import TestClient

from fiel.core.consent.choice import Standing
from fiel.core.ids import Identifier
from fiel.keys.subject_tokens import SubjectTokens
from fiel.operations.house import House
from fiel.operations.show import show_choices
from fiel.web.app import make_app
from tests.laws.world import PICKS
from tests.web.serving import ANA, Doors, open_doors

HERE = "http://fiel.test"
SECRET = "a secret that the shop shares with Fiel, long enough"


class Centre:
    """A house with its doors open and the host application's tokens."""

    def __init__(self, doors: Doors | None = None) -> None:
        """Open it."""
        self.doors = doors or open_doors()
        self.house: House = self.doors.house
        self.tokens = SubjectTokens(secret=SECRET)
        self.app = make_app(
            self.house, verify_subject=lambda token: self.tokens.verify(token, now=self.house.clock.now())
        )

    def token(self, who: Identifier = ANA, *, minutes: int = 15) -> str:
        """A fresh token of the host application."""
        return self.tokens.issue(who, minutes=minutes, now=self.house.clock.now())

    def standing(self, use_case: str = PICKS, who: Identifier = ANA) -> Standing:
        """Where somebody stands."""
        return next(each.standing for each in show_choices(self.house, who) if each.use_case.id == use_case)


class Browser:
    """Somebody before the pages, with the cookies they were given and no script."""

    def __init__(self, centre: Centre, *, url: str = HERE, language: str = "es") -> None:
        """Open it."""
        self.centre = centre
        self.url = url
        self.client = TestClient(centre.app, base_url=url, headers={"Accept": "text/html", "Accept-Language": language})

    def get(self, path: str) -> "Page":
        """A page, through whatever redirections there are."""
        answer = self.client.get(path)
        return Page(answer.status_code, answer.text, answer.headers)

    def post(self, path: str, form: Mapping[str, str], *, origin: str | None = None, follow: bool = True) -> "Page":
        """A form, sent as a page of `origin` (by default this very one) would send it."""
        headers = {"Origin": origin or self.url}
        answer = self.client.post(path, data=dict(form), headers=headers, follow_redirects=follow)
        return Page(answer.status_code, answer.text, answer.headers)

    def come_in(self, who: Identifier = ANA) -> "Page":
        """In by a fresh token."""
        return self.post("/enter", {"t": self.centre.token(who)})

    def press(self, page: "Page", action: str, **wanted: str) -> "Page":
        """Press the button of the one form of a page that has all of these fields or button."""
        for form in page.forms:
            if form.action == action and all((name, value) in form.offers for name, value in wanted.items()):
                return self.post(action, form.hidden | wanted)
        raise AssertionError(f"no form {action} with {wanted}")


class Form:
    """A form of a page: where it goes, what it carries, what its controls offer."""

    def __init__(self, action: str, method: str) -> None:
        """A form without anything yet."""
        self.action, self.method = action, method
        self.hidden: dict[str, str] = {}
        self.offers: list[tuple[str, str]] = []


class Page:
    """A page as it came."""

    def __init__(self, status: int, text: str, headers: Mapping[str, str]) -> None:
        """Read its forms."""
        self.status, self.text, self.headers = status, text, headers
        self.forms: list[Form] = []
        reader = _Reader(self.forms)
        reader.feed(text)
        self.tags = reader.tags

    def all(self, tag: str) -> list[dict[str, str]]:
        """The attributes of every tag of that name."""
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def title(self) -> str:
        """Its one heading of the first rank."""
        return re.sub(r"<[^>]+>", "", re.findall(r"<h1>(.*?)</h1>", self.text, re.DOTALL)[0])


class _Reader(HTMLParser):
    def __init__(self, forms: list[Form]) -> None:
        super().__init__()
        self._forms = forms
        self.tags: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        self.tags.append((tag, known))
        if tag == "form":
            self._forms.append(Form(known.get("action", ""), known.get("method", "get")))
        elif tag in {"input", "button", "textarea", "select"} and self._forms and "name" in known:
            if known.get("type") == "hidden":
                self._forms[-1].hidden[known["name"]] = known.get("value", "")
            else:
                self._forms[-1].offers.append((known["name"], known.get("value", "")))
