"""What is shown and what is to be guessed: people who were held out, and the days that come next.

*Strong*: people nobody learnt from; a random four fifths of their items are shown, the rest is guessed. It flatters
every model that learns from others, since a shop's baskets lie on both sides. *In time*: what people choose in thirty
days, from all before. Each split has a validation twin, on other people or on the thirty days before.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, TypeAlias

import numpy as np

from bench.quality.purchases import Numbers, Purchases
from fiel.core.ids import ItemId
from fiel.core.promise.usecase import Level
from fiel.core.use.compartment import Held
from fiel.core.use.decision import View

AHEAD: Final = 30
"""Days that are guessed."""

SEED: Final = 352
"""Of the strong split: the number of Online Retail in its repository, chosen before anything was measured with it."""

_FIRST: Final = date(1970, 1, 1)

History: TypeAlias = Numbers
"""One person's rows of item and day, oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Who teaches, who asks, and what they choose next.

    `new`: what somebody `had` before is neither offered nor counted. That is all of it, also where less is shown: a
    shop knows its orders, whatever personalisation may hold. `today` is a day's number, right after all that is shown.
    """

    data: str
    name: str
    items: tuple[ItemId, ...]
    today: int
    taught: tuple[History, ...]
    shown: tuple[History, ...]
    had: tuple[Numbers, ...]
    wanted: tuple[Numbers, ...]
    new: bool
    seasonal: bool = False

    def held(self, rule: Callable[[History, int], History]) -> "Split":
        """The same split where less is held of everybody: they teach less, and less is known of who asks."""
        return replace(self.taught_by(rule), shown=tuple(rule(each, self.today) for each in self.shown))

    def taught_by(self, rule: Callable[[History, int], History]) -> "Split":
        """The same split where people teach less than is held of them."""
        return replace(self, taught=tuple(rule(each, self.today) for each in self.taught))

    def view(self, history: History) -> View:
        """What a strategy is shown of somebody."""
        events, visit, last = [], 0, -1
        for item, day in history.tolist():
            visit, last = (visit + 1, day) if day != last else (visit, last)
            events.append(Held(name="purchase", on=date_of(day), visit=visit, properties={"item": self.items[item]}))
        return View(level=Level.OBSERVED, today=date_of(self.today), events=tuple(events))


def strong(purchases: Purchases, *, held_out: int) -> tuple[Split, Split]:
    """Validation and test: as many people each, drawn once, whose shown items are a random four fifths."""
    chance = np.random.default_rng(SEED)
    histories = list(_histories(purchases.rows))
    today = int(purchases.rows[:, 2].max()) + 1
    drawn = chance.permutation(len(histories))
    taught = tuple(histories[person] for person in sorted(drawn[2 * held_out :].tolist()))
    splits = []
    for people in (drawn[:held_out], drawn[held_out : 2 * held_out]):
        asked = [_torn(histories[person], chance, today=today) for person in people.tolist()]
        asked = [(shown, wanted) for shown, wanted in asked if len(wanted)]
        splits.append(
            Split(
                data=purchases.name,
                name="strong",
                items=purchases.items,
                today=today,
                taught=taught,
                shown=tuple(shown for shown, _ in asked),
                had=tuple(np.unique(shown[:, 0]) for shown, _ in asked),
                wanted=tuple(wanted for _, wanted in asked),
                new=True,
            )
        )
    return splits[0], splits[1]


def in_time(purchases: Purchases, *, new: bool) -> tuple[Split, Split]:
    """Validation and test: thirty days and the thirty before them, each guessed from all that lies before."""
    end = int(purchases.rows[:, 2].max()) + 1
    return _next(purchases, end - 2 * AHEAD, new=new), _next(purchases, end - AHEAD, new=new)


def days(within: int, *, or_visits: int = 0) -> Callable[[History, int], History]:
    """The rule of a promise's `within` and `or_visits`: rows of the last days, and those of the last visits."""

    def rule(history: History, today: int) -> History:
        visits = np.unique(history[:, 1])
        late = visits[-or_visits] if 0 < or_visits <= len(visits) else visits[0] if or_visits else today
        return history[history[:, 1] >= min(today - within, int(late))]

    return rule


def _next(purchases: Purchases, today: int, *, new: bool) -> Split:
    rows = purchases.rows
    before = {int(each[0, 0]): each[:, 1:] for each in _persons(rows[rows[:, 2] < today])}
    after = rows[(rows[:, 2] >= today) & (rows[:, 2] < today + AHEAD)]
    shown, wanted = [], []
    for each in _persons(after):
        history = before.get(int(each[0, 0]))
        if history is not None:
            chosen = np.unique(each[:, 1])
            chosen = np.setdiff1d(chosen, history[:, 0]) if new else chosen
            if len(chosen):
                shown.append(_oldest_first(history))
                wanted.append(chosen)
    return Split(
        data=purchases.name,
        name="in time, new" if new else "in time, all",
        items=purchases.items,
        today=today,
        taught=tuple(map(_oldest_first, before.values())),
        shown=tuple(shown),
        had=tuple(np.unique(history[:, 0]) for history in shown),
        wanted=tuple(wanted),
        new=new,
        seasonal=True,
    )


def _histories(rows: Numbers) -> Iterator[History]:
    return (_oldest_first(each[:, 1:]) for each in _persons(rows))


def _persons(rows: Numbers) -> list[Numbers]:
    """The rows of each person, which lie together."""
    return np.split(rows, np.flatnonzero(np.diff(rows[:, 0])) + 1)


def _oldest_first(history: History) -> History:
    return history[np.lexsort((history[:, 0], history[:, 1]))]


def _torn(history: History, chance: np.random.Generator, *, today: int) -> tuple[History, Numbers]:
    """Four fifths of the distinct items, all as of yesterday since the split knows no time, and the other fifth.

    Of two items or more at least one is to be guessed; whoever has a single one is shown it and asked nothing.
    """
    items = chance.permutation(np.unique(history[:, 0]))
    fifth = max(round(len(items) / 5), 1) if len(items) > 1 else 0
    shown = np.sort(items[fifth:])
    return np.column_stack((shown, np.full(len(shown), today - 1))), np.sort(items[:fifth])


def date_of(day: int) -> date:
    """The date of a day by its number."""
    return _FIRST + timedelta(days=day)
