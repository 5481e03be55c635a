"""`/why/{decision}` for somebody who is in, and the topics that they switch off there.

Whoever is not in is answered by the API, on a page without controls.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from starlette.responses import Response

from fiel.core.consent.choice import Attestation
from fiel.core.errors import Malformed, Unknown
from fiel.core.ids import DecisionId, Identifier, IdentifierKind, UseCaseId
from fiel.core.promise.usecase import Grain, UseCase
from fiel.core.use.decision import Reason, Scored
from fiel.operations.decide import Ask, decide
from fiel.operations.explain import Account, explain, is_own
from fiel.operations.show import show_topics
from fiel.operations.switch import Switch, switch
from fiel.web.centre.acts import stand_of
from fiel.web.centre.telling import Telling
from fiel.web.centre.visits import Room, Visit, back, page

LONGEST_NAME: Final = 4_096
MOST_REASONS: Final = 3
"""Reasons of one item that are listed."""

MOST_SHOWN: Final = 6
"""Items for everybody, where it is not known how many there were."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """One reason with its share of the item's score."""

    says: str
    on: str
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """One item of a slate with its reasons; a fact that was shown has none, and says where it is from (`note`)."""

    title: str
    reasons: tuple[Weighed, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One group of items that weighed, and whether it is off now."""

    name: str
    title: str
    off: bool


def show(visit: Visit) -> Response:
    """One decision accounted for; with what can be left out, if it is one's own."""
    telling, name = visit.telling, DecisionId(visit.request.path_params["decision"][:LONGEST_NAME])
    try:
        account = explain(visit.house, name, language=visit.language)
    except Malformed:
        raise Unknown("this is not the name of a decision") from None
    case = telling.published.promise.use_cases.get(account.outcome.use_case)
    own = visit.session is not None and is_own(visit.house, visit.who, name)
    changeable = own and case is not None and stand_of(visit.house, visit.who, case.id).allowed is not None
    return page(
        visit,
        "why.html",
        here="uses",
        account=account,
        case=case,
        decision=name,
        items=list(_items(telling, account, case)),
        topics=list(_topics(visit, telling, account)) if changeable else [],
        everybody=_for_everybody(visit, telling, account) if "everybody" in visit.request.query_params else None,
        own=own,
        steps=[(level.word, level is account.outcome.level) for level in account.ladder],
        done=visit.done() if visit.session else None,
    )


def _for_everybody(visit: Visit, telling: Telling, account: Account) -> list[str]:
    """What somebody of whom nothing is known is shown for this use, now; nothing is noted of it."""
    nobody = Identifier(IdentifierKind.ANONYMOUS, visit.house.names.new_record().hex())
    limit = len(account.record.items) if account.record else MOST_SHOWN
    ask = Ask(use_case=account.outcome.use_case, subject=nobody, limit=limit or MOST_SHOWN)
    decision = decide(visit.house, ask).release()
    return [telling.title(scored.item) for scored in decision.items]


def switch_topic(visit: Visit) -> Response:
    """Switch a topic off, or on again, and go back to where it was pressed."""
    form = visit.form
    if form.get("off") not in {"yes", "no"} or not form.get("topic"):
        raise Malformed("the form names no topic, or not what is to become of it")
    off = form["off"] == "yes"
    switch(
        visit.house, visit.who, Switch(use_case=UseCaseId(form.get("use_case", "")), topic=form["topic"], off=off)
    ).result()
    return back(visit, _return(form.get("decision", "")), ["topic", form["topic"], off])


def _return(decision: str) -> str:
    """Back to the decision, if there is one and its name is but letters of a token; else to what is held."""
    plain = decision.replace("-", "").replace("_", "").replace("=", "")
    return f"/why/{decision}" if plain.isascii() and plain.isalnum() and len(decision) <= LONGEST_NAME else "/data"


def _items(telling: Telling, account: Account, case: UseCase | None) -> Iterator[Explained]:
    for scored in account.record.items if account.record else ():
        weighed = tuple(_weighed(telling, scored, case))
        if scored.item in telling.published.items or not weighed:
            yield Explained(title=telling.title(scored.item), reasons=weighed)
        else:
            title = " · ".join(each.says for each in weighed)
            kind = _kind(telling, scored.because[0])
            yield Explained(title=title, reasons=(), note=" · ".join(filter(None, (kind, weighed[0].on))))


def _kind(telling: Telling, reason: Reason) -> str:
    """What a fact that was shown is about."""
    promise = telling.published.promise
    if reason.kind in promise.events:
        return telling.own(promise.events[reason.kind].title)
    attribute = promise.attributes.get(reason.name)
    return telling.own(attribute.title) if attribute else ""


def _weighed(telling: Telling, scored: Scored, case: UseCase | None) -> Iterator[Weighed]:
    whole = sum(abs(reason.weight) for reason in scored.because) or 1.0
    needs = case.minimum(case.highest).events if case else {}
    for reason in scored.because[:MOST_REASONS]:
        grain = needs[reason.kind].bound.grain if reason.kind in needs else Grain.DAY
        share = round(abs(reason.weight) / whole * 100)
        yield Weighed(says=_says(telling, scored, reason), on=telling.moment(reason.on, grain), percent=share)


def _says(telling: Telling, scored: Scored, reason: Reason) -> str:
    """One reason in a few words."""
    promise, value = telling.published.promise, str(reason.value)
    if reason.name == "item":
        if scored.item not in telling.published.items:
            return telling.title(value)
        key = "bought" if value == scored.item else "context" if reason.kind == "context" else "goes_with"
        return telling.say(f"centre.why.{key}", value=telling.title(value))
    if reason.name in promise.attributes:
        kind = telling.own(promise.attributes[reason.name].title)
        return telling.say("centre.why.told", kind=kind, value=telling.group(value))
    if reason.kind in {"popular", "editorial"}:
        return telling.say("centre.why.everybody")
    return f"{telling.field(reason.name)}: {value}" if reason.kind in promise.events else telling.group(value)


def _topics(visit: Visit, telling: Telling, account: Account) -> Iterator[Topic]:
    topics = show_topics(visit.house, visit.who, account.outcome.use_case, by=Attestation.PERSON)
    for name in account.topics:
        yield Topic(name=name, title=telling.group(name), off=name in topics.off)


ROOMS = (
    Room(method="GET", path="/why/{decision}", act=show, open=True, inside_only=True),
    Room(method="POST", path="/topics", act=switch_topic),
)
