"""T4's victim: a process that does one seeded act after another, says so, and is killed at a crash point.

    python -m tests.laws.kills FOLDER SEED FIRST LAST POINT HIT

It prints `begin N` before act N and `done N` once the act is acknowledged. `POINT` `-` lets it live.
"""

import os
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from random import Random

from fiel.core.consent.choice import Attestation, Status
from fiel.core.ids import Digest, Identifier
from fiel.core.promise.usecase import Level
from fiel.core.use.gate import Event
from fiel.keys.vault import Vault
from fiel.operations.choose import Choice, choose
from fiel.operations.collect import Message, collect
from fiel.operations.erase import erase
from fiel.operations.house import House
from fiel.operations.learn import learn
from fiel.operations.show import show_choices
from fiel.ports import CrashPoint, Once, Seals, calm
from fiel.stores.sqlite import SqliteStore
from fiel.testing.clock import NOON, HandClock
from tests.laws.model import Model
from tests.laws.world import ITEMS, PEOPLE, PICKS, a_house


class Act:
    """Act number `number` of a seeded history: the same each time it is told, to the store or to the model."""

    def __init__(self, seed: int, number: int) -> None:
        """Draw it."""
        chance = Random(f"{seed}/{number}")  # noqa: S311 - a seeded history, no secret
        self.number = number
        self.at = NOON + timedelta(hours=number)
        self.who: Identifier = chance.choice(PEOPLE)
        self.item = chance.choice(ITEMS)
        self.kind = chance.choice(("give", "give", "buy", "buy", "buy", "withdraw", "erase", "learn"))
        self.level = chance.choice((Level.OBSERVED, Level.OBSERVED, Level.DECLARED))

    def do(self, house: House) -> None:
        """Do it, and wait until it is durable."""
        match self.kind:
            case "give":
                self._choose(house, Status.GIVEN, level=self.level)
            case "withdraw":
                self._choose(house, Status.WITHDRAWN)
            case "buy":
                event = Event(name="purchase", at=self.at, properties={"item": self.item, "quantity": 1})
                collect(house, [Message(id=f"act {self.number}", subject=self.who, content=event)]).result()
            case "erase":
                erase(house, self.who, attested_by=Attestation.PERSON).result()
            case _:
                learn(house)

    def tell(self, model: Model) -> None:
        """Let it happen in the model."""
        match self.kind:
            case "give":
                model.give(self.who, self.level.word, teaches=True, now=self.at)
            case "withdraw":
                model.end(self.who, PICKS, "withdrawn", now=self.at)
            case "buy":
                model.buy(self.who, self.item, message=f"act {self.number}", at=self.at, now=self.at)
            case "erase":
                model.erase(self.who)
            case _:
                model.learn(self.at)

    def _choose(self, house: House, status: Status, *, level: Level | None = None) -> None:
        notice = next(stand.notice for stand in show_choices(house, self.who) if stand.use_case.id == PICKS)
        choice = Choice(
            use_case=PICKS,
            status=status,
            attested_by=Attestation.PERSON,
            interface="test",
            level=level,
            contributes=level is not None,
            notice=notice,
        )
        digest = Digest(sha256(f"act {self.number}".encode()).digest())
        choose(house, self.who, choice, once=Once(key=digest, request=digest)).result()


@contextmanager
def opened(folder: Path, *, crash: CrashPoint = calm) -> Iterator[tuple[House, Seals, HandClock]]:
    """A house on real files, recovered from whatever happened before."""
    clock = HandClock()
    with Vault.open(folder / "root.key", folder / "data", writer=True, crash=crash) as vault:
        store = SqliteStore.open(folder / "data", seals=vault.seals, exclusive=True, crash=crash)
        try:
            yield a_house(store, names=vault.names, clock=clock), vault.seals, clock
        finally:
            store.close()


def dying_at(point: str, hit: int) -> CrashPoint:
    """A crash point that kills this very process, without any goodbye, at one hit of one point."""
    hits: Counter[str] = Counter()

    def crash(name: str) -> None:
        hits[name] += 1
        if name == point and hits[name] == hit:
            sys.stdout.write(f"killed {name}\n")
            sys.stdout.flush()
            os.kill(os.getpid(), signal.SIGKILL)

    return crash


def live(folder: Path, seed: int, *, first: int, last: int, crash: CrashPoint) -> None:
    """Do the acts from `first` to `last`, saying so."""
    with opened(folder, crash=crash) as (house, _, clock):
        for number in range(first, last):
            act = Act(seed, number)
            clock.set(act.at)
            print(f"begin {number}", flush=True)  # noqa: T201 - the oracle listens
            act.do(house)
            print(f"done {number}", flush=True)  # noqa: T201 - the oracle listens


if __name__ == "__main__":
    where, seed, first, last, point, hit = sys.argv[1:]
    live(Path(where), int(seed), first=int(first), last=int(last), crash=dying_at(point, int(hit)))
