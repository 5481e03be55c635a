"""A crowd in a store: several use cases a person, chosen at one instant or imported with one, filled alike."""

import random
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from fiel.core.consent.choice import UNDECIDED, stand
from fiel.core.consent.leaf import choice_leaf
from fiel.core.ids import Identifier, IdentifierKind, Place, Pseudonym
from fiel.core.permit import Card
from fiel.keys.cipher import AES_GCM_SIV, Cipher
from fiel.keys.vault import Vault
from fiel.ports import Identity, Recorded, Transaction
from fiel.stores.sqlite import FILE, SqliteStore
from fiel.testing.builders import a_compartment, a_permit, a_place, a_use_record, an_entry
from fiel.testing.clock import NOON
from fiel.testing.stores.opening import done_at_once

USE_CASES: Final = {"suggestions": "sales", "reminders": "sales", "news": "marketing", "care": "service"}
IMPORTED: Final = NOON - timedelta(days=30)
TOGETHER: Final = 25
"""People whose acts one commit takes up together."""

Truth = Mapping[str, Sequence[Pseudonym | None]]
"""Use case -> the name there of each person, None for who is not in it: what the matcher is to find out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How much there is in all compartments of one person alike: of items as many, of uses up to so many."""

    items: int = 4
    uses: int = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """A closed database, and who is who in it."""

    database: Path
    truth: Truth


def a_crowd(folder: Path, people: int, *, cipher: Cipher = AES_GCM_SIV, varied: Habits | None = None) -> Crowd:
    """Fill a store on real keys and close it; with `varied`, documents differ in size up to this."""
    chance = random.Random(people)  # noqa: S311 - who is in the crowd is no secret
    truth: dict[str, list[Pseudonym | None]] = {name: [] for name in USE_CASES}
    with (
        Vault.open(folder / "root.key", folder / "data" / "keys", writer=True, cipher=cipher) as vault,
        closing(SqliteStore.open(folder / "data", seals=vault.seals)) as store,
    ):

        def settle(tx: Transaction, number: int) -> None:
            _settle(vault, tx, number=number, truth=truth, one=_one(chance, varied))

        for first in range(0, people, TOGETHER):
            with vault.seals.together():
                done_at_once(store, settle, range(first, min(first + TOGETHER, people)))
    return Crowd(database=folder / "data" / FILE, truth=truth)


@dataclass(frozen=True, slots=True, kw_only=True)
class One:
    """One person of the crowd."""

    chosen: Sequence[str]
    items: Sequence[str]
    rewritten: int
    uses: int
    instant: float


def _one(chance: random.Random, varied: Habits | None) -> One:
    most, even = varied or Habits(), varied is None
    return One(
        chosen=chance.sample(list(USE_CASES), chance.choice((3, 4))),
        items=[f"item {chance.randrange(9_000)}" for _ in range(most.items if even else chance.randint(1, most.items))],
        rewritten=chance.randint(1, 12),
        uses=chance.randint(1, most.uses),
        instant=chance.uniform(0, 1e7),
    )


def _settle(vault: Vault, tx: Transaction, *, number: int, truth: dict[str, list[Pseudonym | None]], one: One) -> None:
    identifier = Identifier(IdentifierKind.USER, f"person {number}")
    sid, lookup = vault.names.new_subject(), vault.names.lookup(identifier)
    tx.identities.add(lookup, Identity(sid=sid, identifier=identifier, card=Card(language="es", jurisdiction="eu")))
    at = IMPORTED if number % 2 else NOON + timedelta(seconds=one.instant)
    for name in USE_CASES:
        truth[name].append(None)
    for name in one.chosen:
        use_case = a_place(use_case=name).use_case
        place = Place(
            area=a_place(area=USE_CASES[name]).area, use_case=use_case, pseudonym=vault.names.pseudonym(sid, use_case)
        )
        entry, tag, salt = an_entry(use_case=name, at=at), vault.names.tag(sid, use_case), vault.names.new_salt()
        position = tx.ledger.append(choice_leaf(entry, tag=tag, salt=salt))
        tx.choices.record(lookup, tag, Recorded(position=position, entry=entry, salt=salt))
        tx.choices.stand(place, stand(UNDECIDED, entry, position=position))
        _fill(tx, place, one)
        truth[name][-1] = place.pseudonym


def _fill(tx: Transaction, place: Place, one: One) -> None:
    for _ in range(one.rewritten):
        tx.compartments.save(a_permit(place), a_compartment(*one.items, contributed=one.items))
    for number in range(one.uses):
        tx.uses.record(a_permit(place), a_use_record(f"{place.pseudonym.hex()} {number}"))
    tx.totals.count(place.use_case, place.pseudonym, people=1, at=NOON)
