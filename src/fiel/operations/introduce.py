"""What is known of somebody beside their data: language, law and age, which only the needle and the pages read.

It decides under which law they are answered and whether their own yes counts (GDPR art. 8). A date of birth is never
asked for: a band of years is enough.
"""

from concurrent.futures import Future
from dataclasses import dataclass, replace

from fiel.core.age import AgeBand
from fiel.core.consent.choice import Attestation
from fiel.core.errors import Malformed, NotAllowed
from fiel.core.ids import Identifier
from fiel.core.permit import Card
from fiel.operations.choose import enrol
from fiel.operations.house import House
from fiel.operations.weigh import meet_person
from fiel.ports import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduction:
    """What is said of somebody, and by whom; what is None stays as it was."""

    by: Attestation
    language: str | None = None
    jurisdiction: str | None = None
    age: AgeBand | None = None
    guardian: bool | None = None


def card_of(house: House, identifier: Identifier) -> Card:
    """The card of somebody; that of a stranger says what holds where nothing was said."""
    with house.store.read() as tx:
        return meet_person(house, tx, identifier).card


def introduce(house: House, identifier: Identifier, said: Introduction) -> Future[Card]:
    """Note what is said on their card.

    Raises `Malformed` for a language that the promise does not speak or a law that is not installed, `NotAllowed` for
    what only the controller can know: that a guardian agreed, or that somebody is older than they said.
    """
    return house.store.write(lambda tx: _introduce(house, tx, identifier, said=said))


def _introduce(house: House, tx: Transaction, identifier: Identifier, *, said: Introduction) -> Card:
    _refuse_what_is_not_there(house, tx, said)
    person = meet_person(house, tx, identifier)
    before = person.card
    if said.by is Attestation.PERSON:
        _refuse_what_nobody_says_of_themselves(before, said)
    after = replace(
        before,
        language=said.language or before.language,
        jurisdiction=said.jurisdiction or before.jurisdiction,
        age=before.age if said.age is None else said.age,
        guardian=before.guardian if said.guardian is None else said.guardian,
    )
    identity = person.identity or enrol(tx, person, language=after.language)
    tx.identities.add(person.lookup, replace(identity, card=after))
    return after


def _refuse_what_is_not_there(house: House, tx: Transaction, said: Introduction) -> None:
    languages = house.shelf.now(tx).promise.languages
    if said.language is not None and said.language not in languages:
        raise Malformed("the promise has no text in that language", hint=f"use one of {', '.join(languages)}")
    if said.jurisdiction is not None and said.jurisdiction not in house.laws:
        raise Malformed("no such law is installed", hint=f"use one of {', '.join(sorted(house.laws))}")


def _refuse_what_nobody_says_of_themselves(card: Card, said: Introduction) -> None:
    if said.guardian is not None:
        raise NotAllowed("that a guardian agreed is for the controller to say", hint="use a server key")
    if said.age is not None and card.age is not None and said.age > card.age:
        raise NotAllowed("somebody is known to be younger than that", hint="the controller can set it right")
