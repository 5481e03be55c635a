"""How many people, in words and as a bar: what may be told of them and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass

from fiel.core.crowd import Crowd, Told
from fiel.core.ids import UseCaseId
from fiel.core.promise.usecase import LegalBasis, UseCase
from fiel.operations.tally import Tally
from fiel.web.centre.telling import Telling
from fiel.web.console.words import crowd


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a bar: what it is, how many in words, and where it lies, in per cent."""

    kind: str
    label: str
    told: str
    start: float
    width: float


def told_of(tally: Tally | None, name: UseCaseId) -> Told | None:
    """What may be told of one use case; None where nobody was counted yet."""
    return tally.use_cases.get(name) if tally is not None else None


def bar_of(telling: Telling, case: UseCase, told: Told) -> tuple[Part, ...]:
    """Who said what, each part as wide as its told number; where nobody is asked, who is reached and who objected."""
    counted = list(_counted(case, told))
    whole = sum(people.least for _, people in counted) or 1
    parts, start = [], 0.0
    for kind, people in counted:
        width = round(100 * people.least / whole, 2)
        label, words = telling.say(f"console.use_cases.said.{kind}"), crowd(telling, people)
        parts.append(Part(kind=kind, label=label, told=words, start=round(start, 2), width=width))
        start += width
    return tuple(parts)


def _counted(case: UseCase, told: Told) -> Iterator[tuple[str, Crowd]]:
    if case.basis is not LegalBasis.CONSENT:
        yield "reached", max(told.reach.values(), default=Crowd(0))
        yield "objected", told.no
        return
    yield "yes", told.yes
    yield "asleep", told.asleep
    yield "expired", told.expired
    yield "no", told.no
    yield "undecided", told.undecided
