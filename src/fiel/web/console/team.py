"""`/console/team`: who works here, invited and shut out by the data protection officer."""

from dataclasses import dataclass
from datetime import UTC

from starlette.responses import Response

from fiel.core.errors import Conflict, Malformed
from fiel.core.staff import LONGEST_NAME, Account, Role
from fiel.operations.staff.accounts import accounts
from fiel.operations.staff.disable import disable
from fiel.operations.staff.invite import invite
from fiel.web.centre.telling import Telling
from fiel.web.console.visits import Room, Visit, back, page

OFFICERS = frozenset({Role.DPO})


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One of the team. `state`: how they come in, or that they do not."""

    name: str
    role: str
    state: str
    since: str
    in_force: bool


def show(visit: Visit) -> Response:
    """Everybody, and the form to invite somebody."""
    return _shown(visit)


def invite_one(visit: Visit) -> Response:
    """Make a link for somebody, and show it this once."""
    role = visit.form.get("role", "")
    if role not in set(Role):
        raise Malformed("the form names no role")
    name = visit.form.get("name", "")
    try:
        secret = invite(visit.house, name=name, role=Role(role)).result()
    except Malformed:
        return _shown(visit, wrong="name")
    except Conflict:
        return _shown(visit, wrong="taken")
    link = f"{visit.request.url.scheme}://{visit.request.url.netloc}/console/join?t={secret}"
    return _shown(visit, link=link, of=name)


def shut(visit: Visit) -> Response:
    """Shut somebody's account."""
    name = visit.form.get("name", "")
    try:
        disable(visit.house, name).result()
    except Conflict:
        return _shown(visit, wrong="last")
    return back(visit, "/console/team", ["shut", name])


def _shown(visit: Visit, *, link: str = "", of: str = "", wrong: str = "") -> Response:
    telling = visit.telling
    members = [_member(telling, each) for each in accounts(visit.house)]
    match visit.done():
        case ["shut", str() as name]:
            gone = name
        case _:
            gone = ""
    return page(
        visit,
        "team.html",
        here="team",
        status=422 if wrong else 200,
        members=sorted(members, key=lambda each: not each.in_force),
        roles=tuple(Role),
        longest=LONGEST_NAME,
        link=link,
        of=of,
        wrong=wrong,
        gone=gone,
    )


def _member(telling: Telling, account: Account) -> Member:
    if account.disabled is not None:
        state = "shut"
    elif account.federated is not None:
        state = "elsewhere"
    else:
        state = "password" if account.password is not None else "invited"
    return Member(
        name=account.name,
        role=telling.say(f"console.role.{account.role.value}"),
        state=telling.say(f"console.team.state.{state}"),
        since=telling.day(account.since.astimezone(UTC).date()),
        in_force=account.disabled is None,
    )


ROOMS = (
    Room(method="GET", path="/console/team", act=show, roles=OFFICERS, tab="team"),
    Room(method="POST", path="/console/team/invite", act=invite_one, roles=OFFICERS),
    Room(method="POST", path="/console/team/shut", act=shut, roles=OFFICERS),
)
