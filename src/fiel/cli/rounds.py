"""What a server does beside answering, again and again: upkeep every hour, and telling at once what is to be told."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import Final

from fiel.bootstrap import Opened
from fiel.operations.attend import let_lapse
from fiel.operations.expire import expire
from fiel.operations.faults import note
from fiel.operations.learn import learn
from fiel.operations.notices.deliver import deliver
from fiel.operations.notices.remind import remind

BEAT: Final = 2.0
"""Seconds between two looks at what waits to be told."""

UPKEEP: Final = 3_600.0
"""Seconds between two rounds of upkeep: what was evicted leaves the totals well within the day that the card says."""


@dataclass(frozen=True, slots=True)
class Round:
    """Work that is done again and again: what it is called, the seconds between two, and the work."""

    name: str
    pause: float
    act: Callable[[], object]


def keep_up(fiel: Opened) -> None:
    """One round of upkeep: what time has made due, what may be learnt, and who is to be told of either."""
    expire(fiel.house)
    let_lapse(fiel.house)
    learn(fiel.house)
    remind(fiel.house)


def rounds_of(fiel: Opened) -> Sequence[Round]:
    """What a server does beside answering."""
    return (
        Round("upkeep", UPKEEP, lambda: keep_up(fiel)),
        Round("telling", BEAT, lambda: deliver(fiel.house, fiel.carriers)),
    )


@contextlib.asynccontextmanager
async def beside(rounds: Sequence[Round]) -> AsyncIterator[None]:
    """Rounds of work beside a server; those under way are finished at the end."""
    ending = asyncio.Event()

    async def again(each: Round) -> None:
        while not ending.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(ending.wait(), each.pause)
                return
            try:
                await asyncio.to_thread(each.act)
            except Exception as fault:  # noqa: BLE001 - the server goes on, and the log has where
                note(f"a round of {each.name} failed; the next one comes in {each.pause:g} s", fault)

    tasks = [asyncio.create_task(again(each)) for each in rounds]
    try:
        yield
    finally:
        ending.set()
        await asyncio.gather(*tasks)
