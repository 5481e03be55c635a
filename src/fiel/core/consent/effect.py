"""What must follow from a choice, and in which order: forget, then narrow, then shred (GDPR art. 7(3), 17, 21).

Forget comes before shred: to take a person out of a sum, what they added must still be readable. Who carries these out
is one operation, `operations/carry_out.py`; nothing else forgets, narrows or shreds.

The whole transaction of a choice, in order (`append` in `operations/choose.py`): the leaf, the entry beside it, the
standing, these effects, the notices of it. Then it is durable, the key of what was shredded is zeroed, and only then it
is answered; notices are sent whenever they can be.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from fiel.core.consent.choice import Standing, Status
from fiel.core.ids import Place
from fiel.core.promise.usecase import LegalBasis, Level


class Effect(StrEnum):
    """One thing that follows inside the transaction of the choice.

    `FORGET`: subtract from the shared totals what the person added (`contributed` in the compartment). A model that was
    published before goes with the next one, or is withdrawn (`PATIENCE` in `operations/learn.py`). `NARROW`: cut the
    compartment down to the new terms. `SHRED`: delete the document and condemn its key, which is zeroed after the
    commit, before the answer.
    """

    FORGET = "forget"
    NARROW = "narrow"
    SHRED = "shred"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upkeep:
    """The machine's mandate to one compartment: what it saves may only have become less. Made here, nowhere else.

    It follows from a no and not from a yes, so the needle (`core/permit.py`) has nothing to weigh for it.
    """

    place: Place


_SET_ASIDE: Final = frozenset({Status.RESTRICTED, Status.BLOCKED})
_ENDS: Final = frozenset(
    {Status.REFUSED, Status.WITHDRAWN, Status.EXPIRED, Status.INVALIDATED, Status.OBJECTED, Status.ERASED}
)


def holds(standing: Standing, basis: LegalBasis) -> bool:
    """Whether data may lie in the compartment of somebody who stands so, usable or set aside."""
    if standing.status in _SET_ASIDE:
        return True
    if basis is LegalBasis.CONSENT:
        return standing.status is Status.GIVEN and standing.level > Level.NONE
    objected_in_part = standing.status is Status.OBJECTED and standing.level > Level.NONE
    return objected_in_part or standing.status not in _ENDS


def plan(before: Standing, after: Standing, *, basis: LegalBasis) -> tuple[Effect, ...]:
    """What follows from going from one standing to the next, in the order in which it must be done."""
    if not holds(after, basis):
        return (Effect.FORGET, Effect.SHRED) if holds(before, basis) else ()
    effects: list[Effect] = []
    if before.contributes and not after.contributes:
        effects.append(Effect.FORGET)
    if holds(before, basis) and after.status not in _SET_ASIDE and _may_be_less(before, after):
        effects.append(Effect.NARROW)
    return tuple(effects)


def _may_be_less(before: Standing, after: Standing) -> bool:
    """A lower level, another version, or a first partial objection: what is held may now be too much."""
    objects = after.status is Status.OBJECTED and before.status is not Status.OBJECTED
    return objects or before.level > after.level or before.version != after.version


def upkeep(place: Place) -> Upkeep:
    """The mandate under which an effect, or the passing of time, takes something away."""
    return Upkeep(place=place)
