"""The demo's promise in an office, with a marketer and an agent, a draft and a pasted event."""

import html
import json
import re
from typing import Final

from fiel.core.ids import UseCaseId
from fiel.core.promise.usecase import Promise
from fiel.core.staff import Role
from fiel.operations.publish import publish
from fiel.registry import write_use_case
from tests.web.centre.people import Page
from tests.web.centre.test_shown import the_promise
from tests.web.console.staff import Desk, Office

SUGGESTIONS: Final = UseCaseId("suggestions")
PROMISE: Final[Promise] = the_promise()
PURCHASE: Final = json.dumps(
    {
        "type": "track",
        "event": "purchase",
        "userId": "somebody",
        "properties": {"item": "lamp", "quantity": 2, "price": 9.5, "religion": "canary"},
    }
)


def an_office() -> Office:
    """A house with the demo's promise in force."""
    office = Office()
    publish(office.house, PROMISE, approved_by=("one", "two")).result()
    return office


def written(name: UseCaseId = SUGGESTIONS, /, **instead: str) -> str:
    """The text of a published use case, with words of it in place of others."""
    text = write_use_case(PROMISE.use_cases[name], languages=PROMISE.languages)
    for before, after in instead.items():
        assert before in text
        text = text.replace(before, after)
    return text


def edited(**instead: str) -> str:
    """The same of the suggestions; `_` stands for the colon and blank after a key."""
    return written(SUGGESTIONS, **{before.replace("__", ": "): after for before, after in instead.items()})


def checked(desk: Desk, text: str, *, event: str = PURCHASE, level: str = "") -> Page:
    """The page after a press of the button."""
    return desk.send("/console/drafts", yaml=text, event=event, level=level)


def a_marketer(office: Office | None = None, *, language: str = "en") -> Desk:
    """Somebody of marketing before the console."""
    return (office or an_office()).desk(Role.MARKETER, language=language)


def within(page: Page, begin: str, end: str = "</section>") -> str:
    """The part of a page from something to something."""
    return page.text.partition(begin)[2].partition(end)[0]


def words(text: str) -> str:
    """What of a part of a page is read: no tags, no entities, blanks as one."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())
