"""An event comes in: the needle for each use case that names it, the gate, the compartment. One transaction a batch.

What no permit wants is counted by reason and dropped: it is never stored, logged or echoed.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from fiel.core.errors import KeyMissing, Tampered
from fiel.core.ids import Identifier, Place, UseCaseId
from fiel.core.permit import Act, Permit, Refusal
from fiel.core.use.compartment import Compartment, clear, empty, refused_again, take_in
from fiel.core.use.gate import Dropped, DropReason, Event, Kept, Traits, cut_event, cut_traits
from fiel.operations.choose import enrol
from fiel.operations.house import House
from fiel.operations.weigh import Person, Question, meet_person, weigh
from fiel.ports import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One thing that came in. `subject` is None where nobody proved to be the one it is about.

    `id` makes it idempotent. `use_cases` are those that the sender's key covers; None for all.
    """

    id: str
    subject: Identifier | None
    content: Event | Traits
    use_cases: frozenset[UseCaseId] | None = None


@dataclass(frozen=True, slots=True)
class Spoilt:
    """Something that came in and cannot be read: it is counted like anything else that is dropped."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one message in one use case ("" where none names it); `why` is None if it was kept."""

    use_case: str
    why: DropReason | None


def collect(house: House, messages: Sequence[Message | Spoilt]) -> Future[tuple[tuple[Fate, ...], ...]]:
    """Take in a batch; done when what was kept is durable. The answer has the fates of each message, in order."""
    return house.store.write(lambda tx: _Intake(house, tx).all(messages))


class _Intake:
    """One batch in one transaction: a person with many events is looked up, weighed, opened and sealed once."""

    def __init__(self, house: House, tx: Transaction) -> None:
        self._house = house
        self._tx = tx
        self._now = house.clock.now()
        self._published = house.shelf.now(tx)
        self._people: dict[Identifier, Person] = {}
        self._rulings: dict[tuple[Identifier, UseCaseId], Permit | Refusal] = {}
        self._held: dict[Place, Compartment] = {}
        self._changed: dict[Place, Permit] = {}
        self._newcomers: dict[Identifier, Person] = {}

    def all(self, messages: Sequence[Message | Spoilt]) -> tuple[tuple[Fate, ...], ...]:
        """Cut every message, then keep what is left of them."""
        fates = tuple(tuple(self._fates(message)) for message in messages)
        for person in self._newcomers.values():
            enrol(self._tx, person, language=person.card.language)
        for place, permit in self._changed.items():
            self._tx.compartments.save(permit, self._held[place])
        drops = Counter((fate.use_case, fate.why) for each in fates for fate in each if fate.why is not None)
        if drops:
            self._tx.administration.drop(drops)
        return fates

    def _fates(self, message: Message | Spoilt) -> Iterator[Fate]:
        if isinstance(message, Spoilt):
            yield Fate("", DropReason.MALFORMED)
            return
        if message.subject is None:
            yield Fate("", DropReason.UNPROVEN_SUBJECT)
            return
        named = self._named(message)
        if not named:
            yield Fate("", DropReason.UNDECLARED)
            return
        person = self._person(message.subject)
        for use_case in named:
            ruling = self._ruling(person, use_case)
            if isinstance(ruling, Refusal):
                yield Fate(use_case, DropReason.NO_PERMIT)
                continue
            why = self._keep(ruling, message)
            if why is None and person.identity is None:
                self._newcomers[person.identifier] = person
            yield Fate(use_case, why)

    def _named(self, message: Message) -> tuple[UseCaseId, ...]:
        """The use cases that name this event, or one of these attributes, and that the sender's key covers."""
        if isinstance(message.content, Event):
            named: Iterable[UseCaseId] = self._published.by_event.get(message.content.name, ())
        else:
            of_each = (self._published.by_attribute.get(name, ()) for name in sorted(message.content.values))
            named = dict.fromkeys(use_case for use_cases in of_each for use_case in use_cases)
        return tuple(name for name in named if message.use_cases is None or name in message.use_cases)

    def _person(self, identifier: Identifier) -> Person:
        if identifier not in self._people:
            self._people[identifier] = meet_person(self._house, self._tx, identifier)
        return self._people[identifier]

    def _ruling(self, person: Person, use_case: UseCaseId) -> Permit | Refusal:
        key = (person.identifier, use_case)
        if key not in self._rulings:
            question = Question(act=Act.USE, now=self._now)
            weighed = weigh(self._house, self._tx, person, use_case=use_case, question=question)
            self._rulings[key] = weighed.ruling
        return self._rulings[key]

    def _keep(self, permit: Permit, message: Message) -> DropReason | None:
        """Cut the message and take in what is left; the reason if nothing was."""
        cut = self._cut(permit, message)
        if isinstance(cut, Dropped):
            return cut.why
        try:
            held = self._open(permit)
        except (KeyMissing, Tampered):
            # What cannot be opened can take nothing in: without its key there is no leave, whatever the standing says.
            return DropReason.NO_PERMIT
        off = self._published.of_groups(held.off)
        if cut.happened is not None and cut.happened.properties.get("item") in off:
            return DropReason.NO_PERMIT  # what is not looked at is not kept either
        hashed = self._house.names.message(permit.place, message.id)
        day = cut.happened.day if cut.happened else cut.facts[0].on
        again = refused_again(held, hashed, day=day)
        if again is not None:
            return again
        grown = take_in(held, cut, terms=permit.terms, message=hashed, now=self._now)
        self._held[permit.place] = clear(grown, off) if held.off else grown
        self._changed[permit.place] = permit
        return None

    def _cut(self, permit: Permit, message: Message) -> Kept | Dropped:
        promise = self._published.promise
        if isinstance(message.content, Event):
            return cut_event(message.content, permit, kind=promise.events[message.content.name], now=self._now)
        return cut_traits(message.content, permit, attributes=promise.attributes, now=self._now)

    def _open(self, permit: Permit) -> Compartment:
        if permit.place not in self._held:
            self._held[permit.place] = self._tx.compartments.load(permit) or empty(self._now.date())
        return self._held[permit.place]
