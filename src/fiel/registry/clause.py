"""One clause of a promise: a node at its place, read as what it should be; what is wrong is noted, never raised.

A clause that cannot be read gives None: the reader goes on, so that all findings of all files come at once.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from fiel.core.promise.finding import Code, Where
from fiel.core.promise.spelling import did_you_mean
from fiel.registry.keys import Keys
from fiel.registry.notes import Notes
from fiel.registry.source import Node, Span

LONGEST_SHOWN: Final = 60
"""How many characters of the author's words a message repeats."""

T = TypeVar("T")
Chosen = TypeVar("Chosen", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A node, its place in the promise, and the notebook of the reading."""

    node: Node
    where: Where
    notes: Notes

    def fault(self, code: Code, message: str, *, hint: str = "", at: Span | None = None) -> None:
        """Note that this clause cannot be read, at its own span or another one."""
        self.notes.find(code, at or self.node.span, message=message, hint=hint)
        self.notes.spoil(self.where)

    def part(self, name: str, node: Node) -> "Clause":
        """A part of this clause, its place noted."""
        where = (*self.where, name)
        self.notes.place(where, node.span)
        return Clause(node=node, where=where, notes=self.notes)

    def entries(self) -> Mapping[str, "Clause"]:
        """The parts under names that the author chose."""
        if not isinstance(self.node.value, Mapping):
            self.fault(Code.WRONG_TYPE, f"{self.name} must be a mapping, not {self.kind}", hint="write `name: …` lines")
            return {}
        return {name: self.part(name, node) for name, node in self.node.value.items()}

    def items(self) -> tuple["Clause", ...]:
        """The parts of a list, under their positions."""
        if not isinstance(self.node.value, tuple):
            self.fault(Code.WRONG_TYPE, f"{self.name} must be a list, not {self.kind}", hint="write `[one, two]`")
            return ()
        return tuple(self.part(str(index), node) for index, node in enumerate(self.node.value))

    def fields(self, keys: Keys) -> "Fields":
        """The parts under keys that the format knows."""
        parts = self.entries()
        for name, part in parts.items():
            if name not in keys.known:
                span = part.node.key or part.node.span
                hint = did_you_mean(name, keys.known)
                self.notes.find(Code.UNKNOWN_KEY, span, message=f"unknown key `{name}`", hint=hint)
        if isinstance(self.node.value, Mapping):
            for name in (name for name in keys.required if name not in parts):
                self._miss(name, keys)
        return Fields({name: part for name, part in parts.items() if name in keys.known})

    @property
    def name(self) -> str:
        """How messages call it."""
        return f"`{self.where[-1]}`" if self.where else "the file"

    @property
    def kind(self) -> str:
        """What it is instead, in a word."""
        value = self.node.value
        if value is None:
            return "nothing"
        if isinstance(value, Mapping):
            return "a mapping"
        if isinstance(value, tuple):
            return "a list"
        shown = str(value) if isinstance(value, str) else str(value).lower()
        return f"`{shown}`" if len(shown) <= LONGEST_SHOWN else f"`{shown[:LONGEST_SHOWN]}…`"

    def _miss(self, name: str, keys: Keys) -> None:
        code, hint = keys.missing.get(name, (Code.MISSING_KEY, ""))
        self.notes.find(code, self.node.span, message=f"{self.name} has no `{name}`", hint=hint)
        self.notes.spoil((*self.where, name))


class Fields:
    """The parts of a clause by key. What is missing or cannot be read is answered by a stand-in."""

    def __init__(self, parts: Mapping[str, Clause]) -> None:
        """Hold the parts that are there."""
        self._parts = parts

    def part(self, key: str) -> Clause | None:
        """The part under a key, or None."""
        return self._parts.get(key)

    def read(self, key: str, reader: Callable[[Clause], T | None], default: T) -> T:
        """What `reader` makes of the part under a key, or `default`."""
        part = self._parts.get(key)
        value = None if part is None else reader(part)
        return default if value is None else value


def one_of(options: type[Chosen]) -> Callable[[Clause], Chosen | None]:
    """A reader of one of the words of an enumeration."""

    def reader(clause: Clause) -> Chosen | None:
        word = chosen(clause, [option.value for option in options])
        return None if word is None else options(word)

    return reader


def chosen(clause: Clause, options: Collection[str]) -> str | None:
    """One of some words."""
    value = clause.node.value
    if isinstance(value, str) and value in options:
        return value
    hint = did_you_mean(str(value), options)
    clause.fault(Code.NOT_ONE_OF, f"{clause.name} cannot be {clause.kind}", hint=hint)
    return None
