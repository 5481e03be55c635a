"""Where letters go, on the page of rights; and what the buttons behind the links of letters do.

A link that is opened does nothing: each page behind one has a button, and the button does it. Only the one that ends
something may be pressed from elsewhere too, for a mail program presses it for its reader (RFC 8058).
"""

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from starlette.responses import Response

from fiel.core.consent.choice import Attestation
from fiel.core.errors import Malformed, NotAuthenticated, TooMany
from fiel.operations.notices.contact import confirm_address, contact, give_address, remove_address
from fiel.operations.notices.links import Does, followed
from fiel.operations.notices.stop import Stopped, stop, what_stops
from fiel.ports import Contact
from fiel.web.centre.reception import no_entry
from fiel.web.centre.visits import Room, Visit, back, page
from fiel.web.forms import comes_from_here
from fiel.web.languages import spoken

ANCHOR: Final = "letters"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """What the page of rights says of letters: the address, if there is one, and what was just done about it."""

    contact: Contact | None
    says: str


def section(visit: Visit) -> Section | None:
    """That part of the page; None where no letter can be sent and nobody gave an address."""
    known, done = contact(visit.house, visit.who), visit.done()
    says = done if isinstance(done, str) and done in _SAYS else ""
    if known is None and not visit.house.post.mail and not says:
        return None
    return Section(contact=known, says=says)


_SAYS: Final = frozenset({"asked", "stopped", "wrong", "busy", "on"})


def give(visit: Visit) -> Response:
    """Keep the address, and ask there whether it is theirs."""
    text = visit.form.get("address", "")
    try:
        known = give_address(visit.house, visit.who, address=text, language=visit.language, by=Attestation.PERSON)
    except Malformed:
        return back(visit, "/rights", "wrong", anchor=ANCHOR)
    except TooMany:
        return back(visit, "/rights", "busy", anchor=ANCHOR)
    return back(visit, "/rights", "on" if known.proved else "asked", anchor=ANCHOR)


def forget(visit: Visit) -> Response:
    """Forget the address."""
    remove_address(visit.house, visit.who)
    return back(visit, "/rights", "stopped", anchor=ANCHOR)


def ask_whose(visit: Visit) -> Response:
    """One button: yes, it is mine."""
    token = visit.asked("t")
    try:
        followed(visit.house, token, Does.CONFIRM)
    except NotAuthenticated:
        return no_entry(visit)
    return page(_outside(visit), "confirm.html", here="", token=token, done=False)


def confirm(visit: Visit) -> Response:
    """The address is theirs; a form of another origin is only shown the button."""
    token = visit.form.get("t", "")
    if not comes_from_here(visit.request):
        return ask_whose(visit)
    try:
        confirm_address(visit.house, token)
    except NotAuthenticated:
        return no_entry(visit)
    return page(_outside(visit), "confirm.html", here="", token="", done=True)


def ask_what(visit: Visit) -> Response:
    """One button: end it."""
    token = visit.asked("t")
    try:
        about = what_stops(visit.house, token)
    except NotAuthenticated:
        return no_entry(visit)
    return _stopped(visit, about, token=token, done=False)


def end(visit: Visit) -> Response:
    """End it, whoever pressed: the letter was theirs."""
    token = visit.asked("t") or visit.form.get("t", "")
    try:
        about = stop(visit.house, token)
    except NotAuthenticated:
        return no_entry(visit)
    return _stopped(visit, about, token="", done=True)


def _stopped(visit: Visit, about: Stopped, *, token: str, done: bool) -> Response:
    outside, title = _outside(visit), ""
    if about.language in spoken(visit.house, visit.telling.published):
        outside = replace(outside, language=about.language)
    with suppress(KeyError):
        if about.use_case is not None:
            telling = outside.telling
            title = telling.own(telling.published.promise.use_cases[about.use_case].title)
    what = "use" if about.use_case is not None else "all"
    return page(outside, "stop.html", here="", token=token, done=done, what=what, title=title)


def _outside(visit: Visit) -> Visit:
    """The page as somebody sees it who is not in: the link says who they are, and no session does."""
    return replace(visit, session=None)


ROOMS = (
    Room(method="POST", path="/rights/letters", act=give),
    Room(method="POST", path="/rights/letters/stop", act=forget),
    Room(method="GET", path="/mail/confirm", act=ask_whose, open=True),
    Room(method="POST", path="/mail/confirm", act=confirm, open=True),
    Room(method="GET", path="/mail/stop", act=ask_what, open=True),
    Room(method="POST", path="/mail/stop", act=end, open=True, any_body=True),
)
