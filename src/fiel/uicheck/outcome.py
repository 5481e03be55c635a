"""What a check is and what it comes to: closed values, said in the reader's language only where they are shown."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from fiel.uicheck.visitor import Visitor


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that must not be. `says` is the key of its sentence, `named` what fills it, `where` the page."""

    where: str
    says: str
    named: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a check saw: how many things it looked at, and what of them must not be."""

    looked: int
    faults: tuple[Fault, ...] = ()


class Verdict(Enum):
    """What is to be said of a check that was, or was not, done."""

    PASSED = "passed"
    FAILED = "failed"
    NOTHING = "nothing"
    """There was nothing of its kind to look at: neither good nor bad."""

    @classmethod
    def of(cls, outcome: Outcome) -> "Verdict":
        """The verdict on what was seen."""
        if outcome.faults:
            return cls.FAILED
        return cls.PASSED if outcome.looked else cls.NOTHING


Look: TypeAlias = Callable[["Visitor"], Outcome]
"""Looks at the pages as one visitor, and says what it saw."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One rule with its name and its source. `pressing` are looks that change something for the visitor."""

    name: str
    source: str
    looks: tuple[Look, ...]
    pressing: tuple[Look, ...] = ()


def seen(looked: int, faults: Iterable[Fault]) -> Outcome:
    """An outcome; what was found twice at the same place is told once."""
    told: dict[tuple[str, str, tuple[tuple[str, str], ...]], Fault] = {}
    for fault in faults:
        told.setdefault((fault.where, fault.says, tuple(sorted(fault.named.items()))), fault)
    return Outcome(looked=looked, faults=tuple(told.values()))


def together(outcomes: Iterable[Outcome]) -> Outcome:
    """Several outcomes as one."""
    every = list(outcomes)
    return seen(sum(each.looked for each in every), (fault for each in every for fault in each.faults))
