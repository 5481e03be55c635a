"""`/console/keys`: keys of callers: what each is for and until when. A key is shown once, to whoever made it."""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, timedelta
from hashlib import sha256
from typing import Final

from starlette.responses import Response

from fiel.core.errors import Conflict, Malformed
from fiel.core.ids import AreaId, Digest
from fiel.core.scope import RESERVED, Scope, Verb
from fiel.core.staff import Role
from fiel.operations.admit import issue_key, list_keys, revoke_key, rotate_key
from fiel.operations.house import House
from fiel.ports import ApiKey
from fiel.web.centre.telling import Telling
from fiel.web.console.visits import Room, Visit, back, page
from fiel.web.security import KEY_PREFIXES

READERS: Final = frozenset({Role.DPO, Role.ENGINEER, Role.AUDITOR})
MAKERS: Final = frozenset({Role.ENGINEER})

LONGEST_NAME: Final = 60
DAYS: Final = (30, 90, 365)
VERBS: Final = tuple(sorted(frozenset(Verb) - RESERVED))


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRow:
    """One key as it is listed."""

    name: str
    kind: str
    verbs: str
    places: str
    state: str
    in_force: bool


def show(visit: Visit) -> Response:
    """All keys, those in force first."""
    return _shown(visit)


def issue(visit: Visit) -> Response:
    """Make a key, and show it this once."""
    name = " ".join(visit.form.get("name", "").split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        return _shown(visit, wrong="name")
    verbs = frozenset(verb for verb in VERBS if verb.value in visit.form.get("verb", "").split("\n"))
    if not verbs:
        return _shown(visit, wrong="verbs")
    area = visit.form.get("area", "")
    publishable = visit.form.get("publishable", "") == "yes"
    scope = Scope(verbs=verbs, areas=frozenset({AreaId(area)} if area else ()), publishable=publishable)
    key = _new(visit.house, publishable=publishable)
    try:
        expires = visit.house.clock.now() + timedelta(days=_days(visit))
        issue_key(visit.house, _digest(key), name=name, scope=scope, expires=expires).result()
    except Conflict:
        return _shown(visit, wrong="taken")
    return _shown(visit, made=key, of=name)


def rotate(visit: Visit) -> Response:
    """Put another key in the place of one, and show it this once."""
    name, made = visit.form.get("name", ""), list[str]()

    def successor(scope: Scope) -> Digest:
        made.append(_new(visit.house, publishable=scope.publishable))
        return _digest(made[-1])

    expires = visit.house.clock.now() + timedelta(days=_days(visit))
    rotate_key(visit.house, name, expires=expires, successor=successor).result()
    return _shown(visit, made=made[-1], of=name)


def revoke(visit: Visit) -> Response:
    """Refuse a key from now on."""
    name = visit.form.get("name", "")
    revoke_key(visit.house, name).result()
    return back(visit, "/console/keys", ["revoked", name])


def _shown(visit: Visit, *, made: str = "", of: str = "", wrong: str = "") -> Response:
    telling = visit.telling
    rows = [_row(telling, key, visit) for key in list_keys(visit.house)]
    match visit.done():
        case ["revoked", str() as name]:
            revoked = name
        case _:
            revoked = ""
    return page(
        visit,
        "keys.html",
        here="keys",
        status=422 if wrong else 200,
        rows=sorted(rows, key=lambda row: (not row.in_force, row.name.casefold())),
        may_make=visit.who.role in MAKERS,
        verbs=VERBS,
        areas=telling.published.promise.areas.values(),
        days=DAYS,
        made=made,
        of=of,
        wrong=wrong,
        revoked=revoked,
    )


def _row(telling: Telling, key: ApiKey, visit: Visit) -> KeyRow:
    promise, now = telling.published.promise, visit.house.clock.now()
    over = key.expires is not None and key.expires <= now
    state = "revoked" if key.revoked else "over" if over else "until"
    day = telling.day(key.expires.astimezone(UTC).date()) if key.expires is not None else ""
    places = [
        *(telling.own(promise.areas[area].title) for area in sorted(key.scope.areas) if area in promise.areas),
        *(
            telling.own(promise.use_cases[name].title)
            for name in sorted(key.scope.use_cases)
            if name in promise.use_cases
        ),
    ]
    return KeyRow(
        name=key.name,
        kind=telling.say("console.keys.publishable" if key.scope.publishable else "console.keys.server"),
        verbs=", ".join(sorted(key.scope.verbs)),
        places=", ".join(places) or telling.say("console.keys.everywhere"),
        state=telling.say(f"console.keys.state.{state}", date=day),
        in_force=state == "until",
    )


def _days(visit: Visit) -> int:
    days = visit.form.get("days", "")
    if days not in {str(each) for each in DAYS}:
        raise Malformed("the form names no number of days that is offered")
    return int(days)


def _new(house: House, *, publishable: bool) -> str:
    server, public = KEY_PREFIXES
    secret = urlsafe_b64encode(house.names.new_salt()).rstrip(b"=").decode()
    return (public if publishable else server) + secret


def _digest(key: str) -> Digest:
    return Digest(sha256(key.encode()).digest())


ROOMS = (
    Room(method="GET", path="/console/keys", act=show, roles=READERS, tab="keys"),
    Room(method="POST", path="/console/keys/issue", act=issue, roles=MAKERS),
    Room(method="POST", path="/console/keys/rotate", act=rotate, roles=MAKERS),
    Room(method="POST", path="/console/keys/revoke", act=revoke, roles=MAKERS),
)
