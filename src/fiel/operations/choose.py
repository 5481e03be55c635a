"""A choice: give, lower, refuse, withdraw, object. Entry, leaf, standing and effects are one transaction (GDPR art. 7).

Withdrawing is the same call with another word, and nothing about it is harder than giving.
"""

from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from fiel.core.consent.choice import Attestation, Entry, Standing, Status, may_follow, stand
from fiel.core.consent.effect import plan
from fiel.core.consent.leaf import choice_leaf
from fiel.core.errors import Conflict, Malformed
from fiel.core.ids import Identifier, LookupTag, Notice, Place, UseCaseId
from fiel.core.permit import Card, agree, reach
from fiel.core.promise.usecase import LegalBasis, Level, UseCase
from fiel.core.use.gate import SKEW
from fiel.operations.ask import allowed
from fiel.operations.carry_out import Due, carry_out
from fiel.operations.house import House
from fiel.operations.published import Published
from fiel.operations.tell import tell_choice
from fiel.operations.weigh import Person, meet_person, place_of
from fiel.ports import Answered, Identity, Once, Recorded, Transaction

LONGEST_INTERFACE: Final = 64
"""Characters of the name of the page or program in which a choice was made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What somebody wants to have recorded. `notice` is the digest of what they were shown; a grant must name it.

    `at` is when they chose, for choices brought in from elsewhere; otherwise it is now.
    """

    use_case: UseCaseId
    status: Status
    attested_by: Attestation
    interface: str
    language: str | None = None
    level: Level | None = None
    contributes: bool = False
    notice: Notice | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Somebody with a row in the identity table."""

    lookup: LookupTag
    identity: Identity


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What was recorded, for whom, and what followed. `again`: the same request had been answered before."""

    person: Identity
    recorded: Recorded
    effects: tuple[str, ...]
    again: bool = False


def choose(house: House, identifier: Identifier, choice: Choice, *, once: Once | None = None) -> Future[Chosen]:
    """Record one choice and carry out what follows; done when it is durable and condemned keys are gone."""
    # Saying no must stay as easy as saying yes (GDPR art. 7(3)), also when the disk is full.
    says_no = choice.status is not Status.GIVEN
    return house.store.write(lambda tx: record(house, tx, identifier, choice=choice, once=once), urgent=says_no)


def record(
    house: House, tx: Transaction, identifier: Identifier, *, choice: Choice, once: Once | None = None
) -> Chosen:
    """The same inside a transaction that is already open."""
    person = meet_person(house, tx, identifier)
    answered = tx.administration.answered(once) if once else None
    if once is not None and answered is not None:
        return _again(house, tx, person, use_case=choice.use_case, answered=_same(answered, once))
    now = house.clock.now()
    published = house.shelf.now(tx)
    case = published.use_case(choice.use_case)
    entry = _entry(published, case, choice=choice, now=now)
    place = place_of(house, person, case)
    _refuse_unless_allowed(person, tx.choices.standing(place), entry=entry)
    _refuse_to_pester(house, tx, person, entry=entry)
    known = Known(lookup=person.lookup, identity=person.identity or enrol(tx, person, language=entry.language))
    if person.suppressed and entry.status is Status.GIVEN:
        tx.identities.lift(house.names.suppression(identifier))
    lapsed = _close_what_lapsed(house, tx, known, place=place, entry=entry)
    chosen = append(house, tx, known, place=place, entry=entry)
    chosen = replace(chosen, effects=tuple(dict.fromkeys((*lapsed, *chosen.effects))))
    if once is not None:
        position, effects = chosen.recorded.position, chosen.effects
        answered = Answered(request=once.request, position=position, effects=effects, at=now)
        tx.administration.answer(once, answered)
    return chosen


def enrol(tx: Transaction, person: Person, *, language: str) -> Identity:
    """Begin to know somebody: their row in the identity table, under a key of its own."""
    card = Card(language=language, jurisdiction=person.card.jurisdiction)
    identity = Identity(sid=person.sid, identifier=person.identifier, card=card)
    tx.identities.add(person.lookup, identity)
    return identity


def append(house: House, tx: Transaction, known: Known, *, place: Place, entry: Entry) -> Chosen:
    """Write one entry: leaf, entry, standing, effects, notices. Everything that changes a standing ends here."""
    case = house.shelf.now(tx).use_case(entry.use_case)
    before = tx.choices.standing(place)
    tag, salt = house.names.tag(known.identity.sid, case.id), house.names.new_salt()
    position = tx.ledger.append(choice_leaf(entry, tag=tag, salt=salt))
    recorded = Recorded(position=position, entry=entry, salt=salt)
    tx.choices.record(known.lookup, tag, recorded)
    after = stand(before, entry, position=position)
    tx.choices.stand(place, after)
    if entry.status is Status.REQUESTED:
        tx.choices.ask(place, at=entry.at)
    effects = plan(before, after, basis=case.basis)
    terms = agree(case, case, level=reach(case, after)).terms
    carried = carry_out(house, tx, Due(place=place, effects=effects, use_case=case, terms=terms, now=house.clock.now()))
    tell_choice(house, tx, known.lookup, identity=known.identity, recorded=recorded)
    return Chosen(person=known.identity, recorded=recorded, effects=tuple(effect.value for effect in carried.effects))


def end_by_time(house: House, tx: Transaction, known: Known, *, place: Place, status: Status) -> Chosen:
    """Write what time decided as an entry like any other; its effects follow from the standing that it leaves."""
    published = house.shelf.now(tx)
    entry = Entry(
        use_case=place.use_case,
        status=status,
        at=house.clock.now(),
        version=tx.choices.standing(place).version or published.versions[place.use_case],
        notice=published.notices[place.use_case],
        language=known.identity.card.language,
        interface="time",
        attested_by=Attestation.MACHINE,
    )
    return append(house, tx, known, place=place, entry=entry)


def _close_what_lapsed(house: House, tx: Transaction, known: Known, *, place: Place, entry: Entry) -> tuple[str, ...]:
    """Before a yes that comes after the last one was over: write that it was. The effects of that.

    Otherwise the new one would seem to go on from the old one, if only upkeep had not come by in between.
    """
    published, standing = house.shelf.now(tx), tx.choices.standing(place)
    if entry.status is not Status.GIVEN or standing.status is not Status.GIVEN or standing.at is None:
        return ()
    agreement = published.agreement(published.use_case(place.use_case), standing, tx=tx)
    if standing.at + agreement.terms.consent_lasts > house.clock.now():
        return ()
    return end_by_time(house, tx, known, place=place, status=Status.EXPIRED).effects


def _entry(published: Published, case: UseCase, *, choice: Choice, now: datetime) -> Entry:
    """The entry that a choice asks for; raises `Malformed` or `Conflict` if the promise does not offer it."""
    if choice.at is not None and choice.at > now + SKEW:
        raise Malformed("the choice is dated later than now")
    language = choice.language or published.promise.languages[0]
    if language not in published.promise.languages:
        raise Malformed(
            "the promise has no text in that language", hint=f"use one of {', '.join(published.promise.languages)}"
        )
    if not 0 < len(choice.interface) <= LONGEST_INTERFACE or not choice.interface.isprintable():
        raise Malformed("`interface` names the page or program in which the choice was made, in 1 to 64 characters")
    _refuse_wrong_basis(case, choice)
    current = published.notices[case.id]
    if choice.status is Status.GIVEN and choice.notice is None:
        raise Malformed("`notice` is missing: a yes names what was shown", hint="send the `notice` of the use case")
    if choice.status is Status.GIVEN and choice.notice != current:
        raise Conflict(
            "the notice is not the one in force: what was shown has changed since",
            hint="show what `GET /v1/use-cases/{id}` gives now, and send its `notice`",
        )
    return Entry(
        use_case=case.id,
        status=choice.status,
        at=choice.at or now,
        version=published.versions[case.id],
        notice=choice.notice or current,
        language=language,
        interface=choice.interface,
        attested_by=choice.attested_by,
        level=_level(case, choice),
        contributes=_contributes(case, choice),
    )


def _refuse_wrong_basis(case: UseCase, choice: Choice) -> None:
    on_consent = case.basis is LegalBasis.CONSENT
    if choice.status is Status.OBJECTED and on_consent:
        raise Malformed("this use case rests on consent, so there is nothing to object to", hint="refuse or withdraw")
    if choice.status in {Status.GIVEN, Status.REFUSED, Status.WITHDRAWN} and not on_consent:
        raise Malformed(
            f"this use case rests on {case.basis.value}, not on consent",
            hint="object instead: `POST /v1/subjects/{id}/objections/{use_case}`",
        )


def _level(case: UseCase, choice: Choice) -> Level | None:
    if choice.status is Status.OBJECTED:
        return _offered(case, choice.level or Level.NONE, and_none=True)
    if choice.status is not Status.GIVEN:
        return None
    if choice.level is None:
        if len(case.levels) > 1:
            raise Malformed("`level` is missing", hint=f"say how far it goes: {_words(case)}")
        return case.highest
    return _offered(case, choice.level, and_none=False)


def _offered(case: UseCase, level: Level, *, and_none: bool) -> Level:
    if level in case.levels or (and_none and level is Level.NONE):
        return level
    raise Malformed(f"this use case does not offer the level `{level.word}`", hint=f"it offers {_words(case)}")


def _words(case: UseCase) -> str:
    return ", ".join(f"`{level.word}`" for level in case.levels)


def _contributes(case: UseCase, choice: Choice) -> bool:
    if choice.contributes and (case.learn is None or choice.status is not Status.GIVEN):
        raise Malformed("`contributes` goes with `given`, for a use case that learns")
    return choice.contributes


def _refuse_unless_allowed(person: Person, before: Standing, *, entry: Entry) -> None:
    by_person = entry.attested_by is Attestation.PERSON
    if person.suppressed and entry.status is Status.GIVEN and not by_person:
        raise Conflict("this person was erased and asked not to be taken up again", hint="only they can come back")
    if not may_follow(before.status, entry.status):
        raise Conflict(f"`{entry.status.value}` cannot follow `{before.status.value}`")


def _refuse_to_pester(house: House, tx: Transaction, person: Person, *, entry: Entry) -> None:
    """Nobody is asked again before the one queue of all asks lets them be; what was asked elsewhere was asked there."""
    asks = entry.status is Status.REQUESTED and entry.attested_by is not Attestation.IMPORT
    if asks and not allowed(house, tx, person, use_case=entry.use_case):
        raise Conflict("this person may not be asked again yet", hint="wait; they may always choose by themselves")


def _same(answered: Answered, once: Once) -> Answered:
    if answered.request != once.request:
        raise Conflict("this Idempotency-Key was used for another request", hint="use a new key for a new request")
    return answered


def _again(house: House, tx: Transaction, person: Person, *, use_case: UseCaseId, answered: Answered) -> Chosen:
    """The answer that was given before, made again from what it recorded."""
    tag = house.names.tag(person.sid, use_case)
    entries = tx.choices.of(person.lookup, tag) if person.identity else ()
    recorded = next((each for each in entries if each.position == answered.position), None)
    if recorded is None or person.identity is None:
        raise Conflict("what this Idempotency-Key recorded was erased since")
    return Chosen(person=person.identity, recorded=recorded, effects=answered.effects, again=True)
