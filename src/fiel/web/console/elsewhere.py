"""`/console/oidc`: signing in by the organisation's own account, and binding an invitation to it.

Somebody leaves by a form of this origin and comes back to a page with one button; that button, and nothing before it,
uses up what came back. What must come back unchanged waits meanwhile in a sealed cookie of this browser, so neither
another browser's answer nor an older one lets anybody in.
"""

import hmac
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from starlette.responses import Response

from fiel.core.errors import Conflict, NotAllowed, NotAuthenticated, Unknown
from fiel.operations.enter import spend
from fiel.operations.staff.accept import bind, of_federated
from fiel.ports import Leaving, SingleSignOn
from fiel.web.console.enter import let_in
from fiel.web.console.visits import Room, Visit, page
from fiel.web.cookies import Cookie
from fiel.web.forms import comes_from_here

AWAY: Final = timedelta(minutes=10)
"""How long one may be away."""

COOKIE: Final = Cookie("fiel-staff-away")

LONGEST: Final = 2_048
"""Characters of a code or a state that are looked at."""


def leave(visit: Visit) -> Response:
    """To the provider, by a page that says where one is led: a form of ours may lead nowhere else by itself."""
    if not comes_from_here(visit.request):
        raise NotAllowed("the form does not come from a page of this origin")
    leaving = _sign_on(visit).leave(_back_to(visit))
    nobody = replace(visit, session=None, member=None, tabs=())
    response = page(nobody, "leaving.html", here="", url=leaving.url, host=urlsplit(leaving.url).hostname)
    response.headers["Refresh"] = f"1; url={leaving.url}"
    waiting = {
        "state": leaving.state,
        "nonce": leaving.nonce,
        "verifier": leaving.verifier,
        "invitation": visit.form.get("t", ""),
        "at": visit.house.clock.now().isoformat(),
    }
    COOKIE.give(visit.house, waiting, request=visit.request, response=response, lasts=AWAY)
    return response


def came_back(visit: Visit) -> Response:
    """One button: a page that is only looked at lets nobody in."""
    code, state = visit.asked("code"), visit.asked("state")
    if not code or not state or len(code) > LONGEST or len(state) > LONGEST:
        return _refused(visit)
    nobody = replace(visit, session=None, member=None, tabs=())
    return page(nobody, "arrived.html", here="", code=code, state=state)


def arrive(visit: Visit) -> Response:
    """Use up what came back, once."""
    if not comes_from_here(visit.request):
        raise NotAllowed("the form does not come from a page of this origin")
    waiting = COOKIE.read(visit.house, visit.request)
    code, state = visit.form.get("code", ""), visit.form.get("state", "")
    if not isinstance(waiting, Mapping) or not _is_awaited(visit, waiting, state):
        return _refused(visit)
    if not spend(visit.house, state.encode()).result():
        return _refused(visit)
    leaving = Leaving(url="", state=state, nonce=str(waiting["nonce"]), verifier=str(waiting["verifier"]))
    try:
        who = _sign_on(visit).arrive(code, leaving=leaving, back_to=_back_to(visit))
        invitation = str(waiting["invitation"])
        member = bind(visit.house, invitation, who).result() if invitation else of_federated(visit.house, who)
    except (NotAuthenticated, Conflict):
        return _refused(visit)
    if member is None:
        return _refused(visit)
    response = let_in(visit, member)
    COOKIE.drop(request=visit.request, response=response)
    return response


def _is_awaited(visit: Visit, waiting: Mapping[str, object], state: str) -> bool:
    """Whether this browser left with that state, not long ago."""
    names = ("state", "nonce", "verifier", "invitation", "at")
    if any(not isinstance(waiting.get(name), str) for name in names):
        return False
    gone = visit.house.clock.now() - datetime.fromisoformat(str(waiting["at"]))
    same = hmac.compare_digest(str(waiting["state"]).encode(), state.encode("utf-8", "surrogatepass"))
    return same and timedelta() <= gone <= AWAY


def _sign_on(visit: Visit) -> SingleSignOn:
    if visit.console.sign_on is None:
        raise Unknown("there is no other sign-in here")
    return visit.console.sign_on


def _back_to(visit: Visit) -> str:
    url = visit.request.url
    return f"{visit.house.post.url or f'{url.scheme}://{url.netloc}'}/console/oidc/back"


def _refused(visit: Visit) -> Response:
    """One page for whatever does not hold: an answer of another browser, an old one, somebody who was not invited."""
    nobody = replace(visit, session=None, member=None, tabs=())
    response = page(nobody, "not_known.html", here="", status=401)
    COOKIE.drop(request=visit.request, response=response)
    return response


ROOMS = (
    Room(method="POST", path="/console/oidc", act=leave, open=True),
    Room(method="GET", path="/console/oidc/back", act=came_back, open=True),
    Room(method="POST", path="/console/oidc/back", act=arrive, open=True),
)
