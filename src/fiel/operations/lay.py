"""The card of one interaction: while somebody is being helped, what they let be used for that, and nothing more.

It is a look and a decision, as any other: the reason is in the ledger and on its way to the person before anything is
read, the needle weighs, and the use is in their log. What is declared and not permitted is named (GDPR art. 5(1)).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from fiel.core.errors import Malformed, NotAllowed
from fiel.core.ids import Identifier, Position, UseCaseId
from fiel.core.permit import Act, Permit
from fiel.core.promise.usecase import Level, Minimum, UseCase
from fiel.core.staff import Account, Role, Why
from fiel.core.use.decision import Degraded, Scored, Silent
from fiel.core.use.explanation import verdict
from fiel.operations.decide import MOST_ITEMS, Ask, decide
from fiel.operations.house import House
from fiel.operations.look import look_at
from fiel.operations.published import Published
from fiel.operations.weigh import Question, meet_person, weigh

FACTS: Final = "facts"
"""The strategy that shows what is held, as it is."""

EVENT, ATTRIBUTE = "event", "attribute"


@dataclass(frozen=True, slots=True, kw_only=True)
class Helping:
    """Who of the staff helps whom, for which use case, and why."""

    staff: Account
    subject: Identifier
    use_case: UseCaseId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One thing that the promise declares, and all that may be shown of it: nothing where it is not permitted."""

    kind: str
    name: str
    level: Level
    permitted: bool
    facts: tuple[Scored, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Helped:
    """The card. `reason` is the needle's verdict; `degraded` and `silent` say why less is shown than is permitted."""

    use_case: UseCase
    position: Position
    reason: str
    allowed: Level
    pieces: tuple[Piece, ...]
    degraded: Degraded | None
    silent: Silent | None


def with_cards(published: Published) -> tuple[UseCase, ...]:
    """The use cases that have a card: those of which every level shows facts and concludes nothing."""
    cases = published.promise.use_cases.values()
    return tuple(case for case in cases if case.rungs and all(rung.strategy == FACTS for rung in case.rungs))


def lay(house: House, helping: Helping) -> Helped:
    """Look, decide, and lay the card out.

    Raises `NotAllowed` for a role that helps nobody, `Malformed` without a reason or for a use case without a card,
    `Unknown` if nobody is known by that name: then there is nothing to show, and nobody to tell.
    """
    if helping.staff.role is not Role.AGENT:
        raise NotAllowed("this role has no card")
    with house.store.read() as tx:
        case = house.shelf.now(tx).use_case(helping.use_case)
        if case not in with_cards(house.shelf.now(tx)):
            raise Malformed(f"`{case.id}` has no card", hint="choose a use case whose strategy is `facts`")
    seen = look_at(house, helping.subject, staff=helping.staff, why=Why.ASKED, reason=helping.reason).result()
    ask = Ask(use_case=case.id, subject=helping.subject, candidates=(), limit=MOST_ITEMS)
    decision = decide(house, ask).release()
    with house.store.read() as tx:
        question = Question(act=Act.USE, now=house.clock.now())
        person = meet_person(house, tx, helping.subject)
        weighed = weigh(house, tx, person, use_case=case.id, question=question)
    permit = weighed.ruling if isinstance(weighed.ruling, Permit) else None
    return Helped(
        use_case=weighed.use_case,
        position=seen.position,
        reason=verdict(weighed.ruling),
        allowed=permit.level if permit else Level.NONE,
        pieces=tuple(_pieces(weighed.use_case, permit.terms.minimum if permit else None, decision.items)),
        degraded=decision.outcome.degraded,
        silent=decision.outcome.silent,
    )


def _pieces(case: UseCase, permitted: Minimum | None, items: tuple[Scored, ...]) -> Iterator[Piece]:
    """Each thing that is declared, least invasive first; a fact is shown where the latest verdict permits it."""
    for rung in case.rungs:
        for name in sorted(rung.attributes):
            allowed = permitted is not None and name in permitted.attributes
            facts = tuple(item for item in items if item.item == f"{ATTRIBUTE}:{name}")
            yield Piece(kind=ATTRIBUTE, name=name, level=rung.level, permitted=allowed, facts=facts if allowed else ())
        for need in rung.events:
            allowed = permitted is not None and need.event in permitted.events
            facts = tuple(item for item in items if _happened(item) == need.event)
            yield Piece(
                kind=EVENT, name=need.event, level=rung.level, permitted=allowed, facts=facts if allowed else ()
            )


def _happened(item: Scored) -> str | None:
    """Which event a fact is, None if it is something that was told us."""
    return item.because[0].kind if item.item.startswith(f"{EVENT}:") and item.because else None
