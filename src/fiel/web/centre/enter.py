"""`/enter` and `/leave`: a subject token becomes a session, once; the page that shows a link changes nothing.

The token is shown by a GET (a link) or handed over in a form of the host application, which is better: an address is
kept in histories, in logs and by whatever scans a mail, and what a form carries is not. In both ways the first page has
one button, and only that button, pressed on a page of this origin, uses the token up. So a prefetcher does no harm, and
nobody is let in as somebody else by a form of a third page.
"""

from dataclasses import replace
from typing import Final

from starlette.responses import Response

from fiel.core.errors import Malformed, NotAuthenticated, TooMany
from fiel.core.ids import Identifier, UseCaseId
from fiel.operations.enter import is_spent, spend
from fiel.operations.notices.enter import ask_for_a_link, is_used, use, who_follows
from fiel.web.centre.ask import MAY, note_ask
from fiel.web.centre.reception import no_entry
from fiel.web.centre.session import begin, drop, keep
from fiel.web.centre.visits import Room, Visit, away, back, page
from fiel.web.forms import comes_from_here


def show(visit: Visit) -> Response:
    """One button, if the link is good; looking at it does not use it up. Without one, a form that asks for one."""
    if visit.asked("m"):
        return _shown_by_mail(visit, visit.asked("m"))
    if not visit.asked("t") and visit.house.post.mail:
        return page(visit, "ask_in.html", here="", sent=False, says="")
    return _shown(visit, visit.asked("t"))


def enter(visit: Visit) -> Response:
    """Use the token up and begin a session; a form of another origin is only shown the button."""
    if "m" in visit.form:
        return _enter_by_mail(visit, visit.form["m"])
    token = visit.form.get("t", "")
    if not comes_from_here(visit.request):
        return _shown(visit, token)
    try:
        person = visit.centre.believe(token)
    except NotAuthenticated:
        return no_entry(visit)
    if not spend(visit.house, _signed_part(token)).result():
        return no_entry(visit)
    return _let_in(visit, person)


def ask_in(visit: Visit) -> Response:
    """Let a link be sent, and say the same to everybody."""
    if not comes_from_here(visit.request) or not visit.house.post.mail:
        return away("/enter")
    client = visit.request.client.host if visit.request.client else ""
    says = ""
    try:
        ask_for_a_link(visit.house, visit.form.get("address", ""), language=visit.language, client=client)
    except Malformed:
        says = "wrong"
    except TooMany:
        says = "busy"
    return page(visit, "ask_in.html", here="", sent=not says, says=says, status=_STATUSES[says])


_STATUSES: Final = {"": 200, "wrong": 422, "busy": 429}


def _shown_by_mail(visit: Visit, token: str) -> Response:
    try:
        who_follows(visit.house, token)
    except NotAuthenticated:
        return no_entry(visit)
    if is_used(visit.house, token):
        return no_entry(visit)
    return page(visit, "enter.html", here="", token=token, field="m")


def _enter_by_mail(visit: Visit, token: str) -> Response:
    """Use the link of a letter up and begin a session; as with a token, only from a page of this origin."""
    if not comes_from_here(visit.request):
        return _shown_by_mail(visit, token)
    try:
        person = who_follows(visit.house, token)
    except NotAuthenticated:
        return no_entry(visit)
    return _let_in(visit, person) if use(visit.house, token) else no_entry(visit)


def _let_in(visit: Visit, person: Identifier) -> Response:
    session = begin(visit.house, person, language=visit.language)
    response = _first(replace(visit, session=session))
    keep(visit.house, session, request=visit.request, response=response)
    return response


def show_frame(visit: Visit) -> Response:
    """What a frame opens with: it asks its host for a token, and comes in with that. By itself it leads nowhere."""
    if not visit.hosts:
        return away("/preferences")
    return page(replace(visit, session=None), "framed.html", here="", use_case=visit.asked("use_case"))


def _first(visit: Visit) -> Response:
    """Where one is led first: to the one use that a host asks about, or to all of them."""
    wanted = UseCaseId(visit.form.get("use_case", ""))
    if not visit.hosts or wanted not in visit.telling.published.promise.use_cases:
        return away("/preferences")
    may = note_ask(visit.house, visit.who, wanted, interface=visit.interface, language=visit.language)
    return back(visit, f"/ask/{wanted}", [MAY, wanted]) if may else away(f"/ask/{wanted}")


def leave(visit: Visit) -> Response:
    """End the session for good: its cookie opens nothing any more, wherever it may lie."""
    spend(visit.house, visit.inside.id).result()
    response = away(f"/left?lang={visit.language}")
    drop(visit.request, response)
    return response


def left(visit: Visit) -> Response:
    """The page of somebody who has gone; whoever is still in has not."""
    if visit.session is not None:
        return away("/preferences")
    return page(visit, "left.html", here="")


def _shown(visit: Visit, token: str) -> Response:
    try:
        visit.centre.believe(token)
    except NotAuthenticated:
        return no_entry(visit)
    if is_spent(visit.house, _signed_part(token)):
        return no_entry(visit)
    return page(visit, "enter.html", here="", token=token, field="t")


def _signed_part(token: str) -> bytes:
    """What the signature is over: of one signature there may be several spellings, of this there is one."""
    return token.rpartition(".")[0].encode("utf-8", "surrogatepass")


ROOMS = (
    Room(method="GET", path="/enter", act=show, open=True),
    Room(method="GET", path="/frame", act=show_frame, open=True),
    Room(method="POST", path="/enter", act=enter, open=True),
    Room(method="POST", path="/enter/mail", act=ask_in, open=True),
    Room(method="POST", path="/leave", act=leave),
    Room(method="GET", path="/left", act=left, open=True),
)
