"""Everybody's entries against their leaves, and everybody's standing against the sum of their entries."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from fiel.core.consent.choice import UNDECIDED, fold
from fiel.core.consent.leaf import choice_leaf, look_leaf
from fiel.core.errors import FielError
from fiel.core.ids import LookupTag, Place, Position, UseCaseId
from fiel.operations.audit.flaws import Findings, Flaw
from fiel.operations.audit.rehash import Leaves
from fiel.operations.house import House
from fiel.operations.look import LOOKS
from fiel.ports import Identity, Recorded, Transaction

PAGE: Final = 200
"""People read at once."""


class Walk:
    """Going through everybody: their entries against their leaves, their standings against their entries."""

    def __init__(self, house: House, tx: Transaction, *, size: int, leaves: Leaves, findings: Findings) -> None:
        self._house, self._tx, self._size = house, tx, size
        self._leaves, self._findings = leaves, findings
        self._areas = {name: tx.promises.history(name)[-1].use_case.area for name in tx.promises.use_cases()}
        self._standings: Counter[UseCaseId] = Counter()
        self.people = 0
        self.entries = 0

    def everybody(self, progress: Callable[[int], None]) -> None:
        """Go through all who are known, then look for standings of nobody."""
        for lookup, identity in self._people():
            self.people += 1
            for use_case in self._areas:
                try:
                    self._person(lookup, identity, use_case=use_case)
                except FielError as fault:
                    self._findings.note(Flaw.UNREADABLE, f"use case `{use_case}`: {fault.code}")
            try:
                self._looks(lookup, identity)
            except FielError as fault:
                self._findings.note(Flaw.UNREADABLE, f"looks by staff: {fault.code}")
            progress(1)
        for use_case in self._areas:
            try:
                held = sum(1 for _ in self._tx.choices.places(use_case))
            except FielError as fault:
                self._findings.note(Flaw.UNREADABLE, f"use case `{use_case}`, standings: {fault.code}")
                continue
            if held != self._standings[use_case]:
                where = f"use case `{use_case}`: {held} standings, {self._standings[use_case]} people"
                self._findings.note(Flaw.STANDING_OF_NOBODY, where)

    def _people(self) -> Iterator[tuple[LookupTag, Identity]]:
        after: LookupTag | None = None
        while True:
            try:
                page = self._tx.identities.page(after, limit=PAGE)
            except FielError as fault:
                self._findings.note(Flaw.UNREADABLE, f"identities after the first {self.people}: {fault.code}")
                return
            if not page:
                return
            yield from page
            after = page[-1][0]

    def _person(self, lookup: LookupTag, identity: Identity, *, use_case: UseCaseId) -> None:
        names, area = self._house.names, self._areas[use_case]
        tag = names.tag(identity.sid, use_case)
        entries = self._tx.choices.of(lookup, tag)
        self.entries += len(entries)
        self._ordered(entries, held=self._leaves.tags[tag.hex().encode()], use_case=use_case)
        for recorded in entries:
            leaf = choice_leaf(recorded.entry, tag=tag, salt=recorded.salt)
            if recorded.entry.use_case != use_case or not self._is_leaf(leaf, recorded.position):
                self._findings.note(Flaw.ENTRY_UNPROVED, f"use case `{use_case}`, entry {recorded.position}")
        place = Place(area=area, use_case=use_case, pseudonym=names.pseudonym(identity.sid, use_case))
        standing = self._tx.choices.standing(place)
        self._standings[use_case] += standing != UNDECIDED
        if standing != fold((recorded.position, recorded.entry) for recorded in entries):
            last = entries[-1].position if entries else standing.position
            self._findings.note(Flaw.STANDING_DIFFERS, f"use case `{use_case}`, entry {last}")

    def _looks(self, lookup: LookupTag, identity: Identity) -> None:
        """Every look by staff that the ledger has is there for its person to read, and no other."""
        tag = self._house.names.tag(identity.sid, LOOKS)
        looks, held = self._tx.looks.of(lookup), self._leaves.tags[tag.hex().encode()]
        if held != len(looks):
            self._findings.note(Flaw.ENTRIES_MISSING, f"looks: {held} in the ledger, {len(looks)} in the store")
        for looked in looks:
            if not self._is_leaf(look_leaf(looked.look, tag=tag, salt=looked.salt), looked.position):
                self._findings.note(Flaw.ENTRY_UNPROVED, f"look by staff, entry {looked.position}")

    def _ordered(self, entries: Sequence[Recorded], *, held: int, use_case: UseCaseId) -> None:
        positions = [recorded.position for recorded in entries]
        if any(first >= second for first, second in pairwise(positions)):
            self._findings.note(Flaw.ENTRIES_DISORDERED, f"use case `{use_case}`, entry {positions[0]}")
        if held != len(positions):
            where = f"use case `{use_case}`: {held} in the ledger, {len(positions)} in the store"
            self._findings.note(Flaw.ENTRIES_MISSING, where)

    def _is_leaf(self, leaf: bytes, position: Position) -> bool:
        if not 0 <= position < self._size:
            return False
        try:
            return self._tx.ledger.leaf(position) == leaf
        except FielError:
            return False
