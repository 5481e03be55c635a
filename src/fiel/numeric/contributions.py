"""The abelian group of integer cells: what people add to a model, and how it is taken away to the last bit.

Not a model and not a ledger: a sum cannot tell who is in it, so forgetting twice is refused by whoever keeps the
record of what each person contributed (GDPR Art. 7(3) and 17: what was withdrawn or erased leaves the total exactly).
"""

from __future__ import annotations

import hashlib
import math
import struct
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Final, TypeAlias, TypeVar

Cell: TypeAlias = tuple[str, str]
"""Where a number stands: `(item, "")` counts an item, `(a, b)` with a ≤ b weighs the people who have both.

No item is nameless, so `("", "2026-03 item")` is neither: it weighs the people who chose the item last in that month.
"""

Cells: TypeAlias = Mapping[Cell, int]
"""A sparse element of the group: absent cells are zero, and a zero written out means the same as an absent one."""

Name = TypeVar("Name", bound=str)
T = TypeVar("T")

PERSON: Final = 1_000
"""What a person with a single item weighs in `share`: weights are whole thousandths of a person."""

_LENGTH = struct.Struct("<I")
_NUMBER = struct.Struct("<q")


def counts(items: Mapping[str, int]) -> dict[Cell, int]:
    """What a person adds to popularity: each item with how often. An empty item id is a ValueError."""
    _refuse_nameless(items)
    return without_zeros({(item, ""): number for item, number in items.items()})


def gram(items: Collection[str], *, weight: int = 1) -> dict[Cell, int]:
    """What a person adds to item-to-item similarity: `weight` for each pair of their distinct items and each item.

    n distinct items make n(n + 1)/2 cells, whatever their order or repetition. An empty item id is a ValueError.
    """
    _refuse_nameless(items)
    distinct = sorted(set(items))
    return {(one, other): weight for place, one in enumerate(distinct) for other in distinct[place:]}


def share(items: Collection[str]) -> dict[Cell, int]:
    """The gram of a person who weighs less the more items they have, so that no long history speaks for everybody.

    The weight is that of `whole_weight`. It hangs on the person's own items alone and is a whole number, so that it
    is subtracted as exactly as it was added.
    """
    distinct = set(items)
    return gram(distinct, weight=whole_weight(len(distinct))) if distinct else {}


def monthly(items: Mapping[Name, date]) -> dict[Cell, int]:
    """What a person adds to what is chosen lately: their weight in `share` for each item, by the month it is of.

    An item's months add up to its own cell of `share`. What they fade to is for whoever fits the total to say, so that
    a sum of people of many months can still be subtracted from.
    """
    _refuse_nameless(items)
    return {("", f"{month.isoformat()[:7]} {item}"): whole_weight(len(items)) for item, month in items.items()}


def months(total: Cells) -> list[tuple[str, int, int]]:
    """The monthly cells of a total, in one order whatever the total's: item, months from year 0, number."""
    dated = sorted((named, number) for (one, named), number in total.items() if not one and number)
    return [(named[8:], 12 * int(named[:4]) + int(named[5:7]), number) for named, number in dated]


def whole_weight(items: int) -> int:
    """`PERSON` over the square root of the number of items, to the nearest whole number and at least 1.

    In integers from end to end, so that it is the same number on every machine.
    """
    return max((math.isqrt(4 * PERSON**2 // items) + 1) // 2, 1)


def summed(parts: Iterable[Cells]) -> dict[Cell, int]:
    """The sum of any number of elements, zero cells left out: none at all make zero, and their order is immaterial."""
    total: dict[Cell, int] = {}
    for part in parts:
        add(total, part)
    return without_zeros(total)


def add(total: dict[Cell, int], part: Cells) -> None:
    """Let a total grow by one more part, in place; cells that become zero stay."""
    for cell, number in part.items():
        total[cell] = total.get(cell, 0) + number


def sums(shares: Sequence[Callable[[T], Cells]], lessons: Collection[T]) -> list[dict[Cell, int]]:
    """What all the lessons add up to by each way of making a share of one: pure, so it may be worked out anywhere."""
    return [summed(map(share, lessons)) for share in shares]


def without_zeros(cells: Cells) -> dict[Cell, int]:
    """The same element of the group, written without its zeros."""
    return {cell: number for cell, number in cells.items() if number}


def plus(one: Cells, other: Cells) -> dict[Cell, int]:
    """The sum of two elements, zero cells left out."""
    return summed((one, other))


def minus(one: Cells, other: Cells) -> dict[Cell, int]:
    """The first element less the second, zero cells left out: `minus(plus(a, b), b)` is a again, exactly."""
    rest = dict(one)
    for cell, number in other.items():
        rest[cell] = rest.get(cell, 0) - number
    return without_zeros(rest)


def delta(before: Cells, after: Cells) -> dict[Cell, int]:
    """The cells to add so that a total that holds `before` holds `after` instead, zero cells left out."""
    return minus(after, before)


def negative(total: Cells) -> bool:
    """Whether some cell is below zero: no sum of people is, so more was subtracted than had been added.

    The reverse does not hold: a second subtraction of one person often leaves every cell at zero or above.
    """
    return any(number < 0 for number in total.values())


def digest(total: Cells) -> bytes:
    """SHA-256 of the total, equal for two totals if and only if they are the same element of the group.

    The hashed bytes are the non-zero cells in ascending order of (first, second); each is the length of the first
    name in UTF-8 bytes (unsigned, 4 bytes), the name, the same for the second, and the number (signed, 8 bytes), all
    little-endian. A number beyond 64 bits is an OverflowError.
    """
    hashed = hashlib.sha256()
    for (one, other), number in sorted(total.items()):
        if number:
            hashed.update(_prefixed(one) + _prefixed(other) + _eight_bytes(number))
    return hashed.digest()


def _prefixed(name: str) -> bytes:
    written = name.encode()
    return _LENGTH.pack(len(written)) + written


def _eight_bytes(number: int) -> bytes:
    try:
        return _NUMBER.pack(number)
    except struct.error:
        raise OverflowError("a cell of the total does not fit in 64 bits") from None


def _refuse_nameless(items: Iterable[str]) -> None:
    # A nameless item would make a count and a diagonal share the cell ("", "").
    if any(not item for item in items):
        raise ValueError("an item with an empty id cannot be counted; give every item an id")
