"""The one place that forgets, narrows and shreds. Whoever changes a standing, or lets time pass, comes through here.

Forget comes before shred, in the transaction of what causes it: what is subtracted is exactly what was added.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from fiel.core.consent.effect import Effect, upkeep
from fiel.core.ids import KeyId, Place
from fiel.core.promise.change import Terms
from fiel.core.promise.usecase import UseCase
from fiel.core.use.compartment import as_allowed, clear, still_held
from fiel.operations.house import House
from fiel.operations.teach import count, forget, move
from fiel.ports import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What is due at one place: effects, under the terms that hold from now on."""

    place: Place
    effects: Sequence[Effect]
    use_case: UseCase
    terms: Terms
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What was done: the effects that had something to act on, and the key that was condemned, if one was."""

    effects: tuple[Effect, ...]
    key: KeyId | None = None


def carry_out(house: House, tx: Transaction, due: Due) -> Carried:
    """Do what is due, in order, inside the transaction of what caused it."""
    done: list[Effect] = []
    key: KeyId | None = None
    for effect in due.effects:
        match effect:
            case Effect.FORGET:
                acted = forget(house, tx, due.place, use_case=due.use_case, now=due.now)
            case Effect.NARROW:
                acted = _narrow(house, tx, due)
            case Effect.SHRED:
                key = tx.compartments.shred(upkeep(due.place))
                acted = key is not None
            case _:
                assert_never(effect)
        if acted:
            done.append(effect)
    return Carried(effects=tuple(done), key=key)


def _narrow(house: House, tx: Transaction, due: Due) -> bool:
    """Cut what is held down to terms, age and topics; what left the compartment leaves the totals with it."""
    held = tx.compartments.load(upkeep(due.place))
    if held is None:
        return False
    cut = clear(as_allowed(held, terms=due.terms, now=due.now), house.shelf.now(tx).of_groups(held.off))
    cut = move(house, tx, use_case=due.use_case, held=cut, lesson=still_held(cut, cut.contributed))
    if cut == held:
        return False
    count(tx, due.place, before=held, after=cut, now=due.now)
    tx.compartments.save(upkeep(due.place), cut)
    return True
