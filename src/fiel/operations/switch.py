"""A person switches a topic off within a use case that they allow: it is no more looked at, shown, kept or taught.

A topic is a group of the catalogue. It works on the next decision; what is held about it goes at once, and what it
taught leaves the totals with it (GDPR art. 5(1)(c), art. 21). To switch it on again brings nothing back.
"""

from concurrent.futures import Future
from dataclasses import dataclass

from fiel.core.consent.effect import Effect
from fiel.core.errors import Conflict, Unknown
from fiel.core.ids import Identifier, UseCaseId
from fiel.core.permit import Act, Permit
from fiel.core.use.compartment import empty, switched
from fiel.operations.carry_out import Due, carry_out
from fiel.operations.choose import enrol
from fiel.operations.house import House
from fiel.operations.published import Published
from fiel.operations.weigh import Question, meet_person, weigh
from fiel.ports import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Topics:
    """The topics of a catalogue, and which of them are off for one person in one use case."""

    all: tuple[str, ...]
    off: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """What somebody wants: one topic off, or on again, in one use case."""

    use_case: UseCaseId
    topic: str
    off: bool


def switch(house: House, identifier: Identifier, wanted: Switch) -> Future[Topics]:
    """Switch a topic; done when it is durable.

    Raises `Unknown` for a topic that no item has, `Conflict` where nothing of the person may be used anyway,
    `Malformed` beyond `MOST_TOPICS`, `KeyMissing` or `Tampered` where what is held cannot be opened.
    """
    # Saying no must stay as easy as saying yes (GDPR art. 7(3)), also when the disk is full.
    return house.store.write(lambda tx: _switch(house, tx, identifier, wanted=wanted), urgent=wanted.off)


def topics_of(published: Published) -> tuple[str, ...]:
    """The groups of all items, in order of their names."""
    return tuple(sorted({group for item in published.items.values() for group in item.groups}))


def _switch(house: House, tx: Transaction, identifier: Identifier, *, wanted: Switch) -> Topics:
    published, now = house.shelf.now(tx), house.clock.now()
    case, topics = published.use_case(wanted.use_case), topics_of(published)
    person = meet_person(house, tx, identifier)
    weighed = weigh(house, tx, person, use_case=case.id, question=Question(act=Act.USE, now=now))
    permit = weighed.ruling
    if not isinstance(permit, Permit):
        raise Conflict("nothing of this person is used there, so no topic of it is either", hint="give it first")
    before = tx.compartments.load(permit) or empty(now.date())
    if wanted.topic not in {*topics, *before.off}:
        raise Unknown("no item has this topic", hint="a topic is one of the `groups` of the catalogue's items")
    after = switched(before, wanted.topic, off=wanted.off, today=now.date())
    if after.off != before.off:
        if person.identity is None:
            enrol(tx, person, language=person.card.language)
        tx.compartments.save(permit, after)
        due = Due(place=weighed.place, effects=(Effect.NARROW,), use_case=case, terms=permit.terms, now=now)
        carry_out(house, tx, due)
    return Topics(all=topics, off=after.off)
