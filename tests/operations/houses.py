"""Houses to try operations in: a small shop in memory, with people who chose, and stores that lie about one thing."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import Any, cast

from fiel.core.consent.choice import Attestation, Status
from fiel.core.ids import Identifier, IdentifierKind, UseCaseId
from fiel.core.promise.usecase import Level
from fiel.operations.choose import Choice, Chosen, choose
from fiel.operations.house import House
from fiel.ports import Store, Transaction
from fiel.stores.memory import MemoryStore
from fiel.testing import HandClock, MemoryNames, MemorySeals
from tests.core.consent.receipts import phrases
from tests.laws.world import CARD, PICKS, a_house

ANA = Identifier(IdentifierKind.USER, "ana")
BEA = Identifier(IdentifierKind.USER, "bea")


def opened(store: Store | None = None) -> House:
    """A house with its promise published and Fiel's own sentences in both languages."""
    house = a_house(store or MemoryStore(seals=MemorySeals()), names=MemoryNames(), clock=HandClock())
    return replace(house, phrases={language: phrases(language) for language in ("es", "en")})


def say(house: House, who: Identifier, status: Status, *, use_case: UseCaseId = PICKS, language: str = "es") -> Chosen:
    """Somebody chooses on their page."""
    with house.store.read() as tx:
        notice = house.shelf.now(tx).notices[use_case]
    choice = Choice(
        use_case=use_case,
        status=status,
        attested_by=Attestation.PERSON,
        interface="preferences",
        language=language,
        level=Level.OBSERVED if status is Status.GIVEN else None,
        contributes=status is Status.GIVEN,
        notice=notice,
    )
    return choose(house, who, choice).result()


def lived_in() -> House:
    """A house where two people chose: yes, yes again, no; and an objection."""
    house = opened()
    say(house, ANA, Status.GIVEN)
    say(house, BEA, Status.GIVEN)
    say(house, ANA, Status.GIVEN)
    say(house, BEA, Status.WITHDRAWN)
    say(house, ANA, Status.OBJECTED, use_case=CARD)
    return house


Meanwhile = Callable[[], object]


class Between:
    """A store before whose next write something else happens."""

    def __init__(self, store: Store, first: Meanwhile) -> None:
        self._store, self._first = store, [first]

    def read(self) -> AbstractContextManager[Transaction]:
        """A snapshot."""
        return self._store.read()

    def write(self, act: Callable[[Any], object], *, urgent: bool = False) -> Future[object]:
        """What is to happen first, and then the write."""
        while self._first:
            self._first.pop()()
        return self._store.write(act, urgent=urgent)


class Told:
    """Somebody's port, but for what is told here instead."""

    def __init__(self, port: object, **instead: object) -> None:
        self._port, self._instead = port, instead

    def __getattr__(self, name: str) -> object:
        return self._instead[name] if name in self._instead else getattr(self._port, name)


class LyingStore:
    """A store whose every snapshot is bent: `bend` gives the ports that tell something else."""

    def __init__(self, store: Store, bend: Callable[[Transaction], dict[str, object]]) -> None:
        self._store, self._bend = store, bend

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """The snapshot, bent."""
        with self._store.read() as tx:
            yield cast("Transaction", Told(tx, **self._bend(tx)))

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)


def lying(house: House, bend: Callable[[Transaction], dict[str, object]]) -> House:
    """The same house on a store that lies."""
    return replace(house, store=cast("Store", LyingStore(house.store, bend)))
