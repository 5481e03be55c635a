"""`/console/enter`, `/console/join`, `/console/leave`: who works here signs in, follows a link once, or goes.

A page that shows a link changes nothing; only what is pressed there, on a page of this origin, uses it up.
"""

from dataclasses import replace

from starlette.responses import Response

from fiel.core.errors import NotAllowed, NotAuthenticated
from fiel.core.staff import LONGEST_PASSWORD, SHORTEST_PASSWORD, Account, weakness
from fiel.operations.enter import spend
from fiel.operations.staff.accept import Followed, accept, come_in, follow
from fiel.operations.staff.sign_in import Waits, Wrong, sign_in
from fiel.web.console.reception import HOME
from fiel.web.console.session import COOKIE, begin, keep
from fiel.web.console.visits import EVERYBODY, Room, Visit, away, page
from fiel.web.forms import comes_from_here


def show(visit: Visit) -> Response:
    """The form; whoever is in already has no need of it."""
    return away(HOME) if visit.session is not None else _form(visit, says="")


def enter(visit: Visit) -> Response:
    """Sign in by name and password."""
    _refuse_from_elsewhere(visit)
    name, password = visit.form.get("name", ""), visit.form.get("password", "")
    found = sign_in(visit.house, visit.console.attempts, name=name, password=password)
    match found:
        case Account():
            return let_in(visit, found)
        case Waits():
            return _form(visit, says="wait", status=429)
        case Wrong():
            return _form(visit, says="wrong", status=401)


def join(visit: Visit) -> Response:
    """What a link is for. It is not used up by being looked at."""
    secret = visit.asked("t")
    return _shown(visit, secret)


def joined(visit: Visit) -> Response:
    """Use a link up: with a new password, if it is an invitation."""
    _refuse_from_elsewhere(visit)
    secret, password = visit.form.get("t", ""), visit.form.get("password", "")
    try:
        followed = follow(visit.house, secret)
        if not followed.invites:
            return let_in(visit, come_in(visit.house, secret).result())
        weak = weakness(password, near=_near(visit, followed))
        if weak is not None:
            return _invitation(visit, secret, followed, weak=weak.value)
        if password != visit.form.get("again", ""):
            return _invitation(visit, secret, followed, weak="again")
        return let_in(visit, accept(visit.house, secret, password=password).result())
    except NotAuthenticated:
        return _dead(visit)


def leave(visit: Visit) -> Response:
    """End the session for good: its cookie opens nothing any more, wherever it may lie."""
    spend(visit.house, visit.inside.id).result()
    nobody = replace(visit, session=None, member=None, tabs=())
    response = _form(nobody, says="left")
    COOKIE.drop(request=visit.request, response=response)
    return response


def let_in(visit: Visit, member: Account) -> Response:
    """Begin a session; whatever one there was is not this one."""
    response = away(HOME)
    session = begin(visit.house, member, language=visit.language)
    keep(visit.house, session, request=visit.request, response=response)
    return response


def _form(visit: Visit, *, says: str, status: int = 200) -> Response:
    return page(visit, "sign_in.html", here="", status=status, says=says, sign_on=visit.console.sign_on is not None)


def _shown(visit: Visit, secret: str) -> Response:
    try:
        followed = follow(visit.house, secret)
    except NotAuthenticated:
        return _dead(visit)
    if followed.invites:
        return _invitation(visit, secret, followed)
    nobody = replace(visit, session=None, member=None, tabs=())
    return page(nobody, "link.html", here="", secret=secret, account=followed.account)


def _invitation(visit: Visit, secret: str, followed: Followed, *, weak: str = "") -> Response:
    nobody = replace(visit, session=None, member=None, tabs=())
    return page(
        nobody,
        "join.html",
        here="",
        status=422 if weak else 200,
        secret=secret,
        account=followed.account,
        weak=weak,
        shortest=SHORTEST_PASSWORD,
        longest=LONGEST_PASSWORD,
        sign_on=visit.console.sign_on is not None,
    )


def _dead(visit: Visit) -> Response:
    """The one page for every link that opens nothing, whatever the reason."""
    nobody = replace(visit, session=None, member=None, tabs=())
    return page(nobody, "dead_link.html", here="", status=401)


def _near(visit: Visit, followed: Followed) -> tuple[str, ...]:
    return "fiel", followed.account.name, followed.account.role.value, visit.telling.published.promise.controller.name


def _refuse_from_elsewhere(visit: Visit) -> None:
    if not comes_from_here(visit.request):
        raise NotAllowed("the form does not come from a page of this origin")


ROOMS = (
    Room(method="GET", path="/console/enter", act=show, open=True),
    Room(method="POST", path="/console/enter", act=enter, open=True),
    Room(method="GET", path="/console/join", act=join, open=True),
    Room(method="POST", path="/console/join", act=joined, open=True),
    Room(method="POST", path="/console/leave", act=leave, roles=EVERYBODY),
)
