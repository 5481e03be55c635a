"""The demo's data as shipped: the catalogue, and a year of invoices shifted to end yesterday.

Source and licence: see `data/README.md`. The shift is one number of whole days for all lines, so that the distances
between purchases stay what they were; days of the week do not.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from importlib.resources import as_file, files

import numpy as np
import pyarrow.parquet as pq

from fiel.core.ids import ItemId
from fiel.core.items import Item

_DATA = files("fiel.demo") / "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of an invoice. `number` is its place in the file, so that it has a name of its own."""

    number: int
    invoice: int
    item: ItemId
    quantity: int
    price: float
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """One customer of the data with all their lines, oldest first."""

    number: int
    lines: tuple[Line, ...]

    @property
    def first(self) -> datetime:
        """When they first bought."""
        return self.lines[0].at

    def favourites(self, items: Mapping[ItemId, Item], *, sensitive: Collection[str]) -> tuple[str, ...]:
        """The two groups they bought most lines of, none of them sensitive; ties in the order of the alphabet."""
        counts = Counter(group for line in self.lines for group in items[line.item].groups if group not in sensitive)
        return tuple(sorted(counts, key=lambda group: (-counts[group], group))[:2])


def catalogue() -> tuple[Item, ...]:
    """Every item of the shop, in the order of its number."""
    lines = (_DATA / "items.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(_item(json.loads(line)) for line in lines)


def editorial(items: Iterable[Item]) -> tuple[Item, ...]:
    """The same items in the shop's own order, which takes turns among its sections: what nobody's data decide."""
    ordered = sorted(items, key=lambda item: sha256(item.id.encode()).digest())
    turns: Counter[str] = Counter()
    ranks = {}
    for item in ordered:
        section = min(item.groups)
        ranks[item.id] = turns[section]
        turns[section] += 1
    return tuple(sorted(ordered, key=lambda item: ranks[item.id]))


def customers(*, last_day: date, only: Collection[int] | None = None) -> Iterator[Customer]:
    """Every customer of the year, or `only` some, by number; the last line of the data falls on `last_day`."""
    with as_file(_DATA / "online_retail.parquet") as path:
        table = pq.read_table(path)
    columns = {name: table.column(name).to_numpy() for name in table.column_names}
    order = np.lexsort((columns["InvoiceDate"], columns["CustomerID"]))
    if only is not None:
        order = order[np.isin(columns["CustomerID"][order], list(only))]
    numbers = columns["CustomerID"][order]
    shift = timedelta(days=_days_between(columns["InvoiceDate"].max(), last_day))
    for places in np.split(order, np.flatnonzero(numbers[1:] != numbers[:-1]) + 1):
        if len(places):
            yield Customer(number=int(columns["CustomerID"][places[0]]), lines=tuple(_lines(columns, places, shift)))


def _lines(columns: Mapping[str, np.ndarray], places: np.ndarray, shift: timedelta) -> Iterator[Line]:
    times = columns["InvoiceDate"][places].astype("datetime64[s]").astype(datetime)
    rows = zip(
        places.tolist(),
        columns["InvoiceNo"][places].tolist(),
        columns["StockCode"][places].tolist(),
        columns["Quantity"][places].tolist(),
        columns["UnitPrice"][places].tolist(),
        times.tolist(),
        strict=True,
    )
    for number, invoice, item, quantity, price, at in rows:
        yield Line(
            number=number,
            invoice=invoice,
            item=ItemId(item),
            quantity=quantity,
            price=price,
            at=at.replace(tzinfo=UTC) + shift,
        )


def _days_between(latest: np.datetime64, day: date) -> int:
    last: date = latest.astype("datetime64[D]").astype(date)
    return (day - last).days


def _item(row: Mapping[str, object]) -> Item:
    title, names = row["title"], row["groups"]
    if not isinstance(title, dict) or not isinstance(names, list):
        raise TypeError("the demo's catalogue is not what it was shipped as")
    return Item(
        id=ItemId(str(row["id"])), title=title, groups=frozenset(names), available=bool(row.get("available", True))
    )
