"""The cards of one person's page: where they stand with each use case, what they can choose, what is held and shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from fiel.core.consent.choice import Attestation, Status
from fiel.core.ids import Position
from fiel.core.promise.usecase import Grain, LegalBasis, Level, UseCase
from fiel.demo.acts import NO, Button, buttons, may_teach
from fiel.demo.people import Character
from fiel.demo.shelves import Shelf, Telling, shelf
from fiel.demo.telling import Topic
from fiel.operations.show import Holding, Stand, show_choices, show_data

SHOWN: Final = 6
"""Held events that are listed; of the others the number is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """One of equal buttons, with its words: what it chooses, all that this lets be used, and how often it was right."""

    value: str
    label: str
    detail: str
    benefit: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What was just recorded: its place in the ledger, and what followed from it, in words."""

    position: int
    effects: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One use case as one person sees it."""

    use_case: str
    title: str
    person_gains: str
    company_gains: str
    state: str
    status: str
    notice: str
    buttons: tuple[Labelled, ...]
    teach: bool
    teaches: bool
    basis: str
    held: tuple[str, ...]
    off: tuple[Topic, ...]
    position: Position | None
    measured: str
    control: str
    done: Done | None
    shelf: Shelf


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved:
    """One area of the shop with its cards."""

    title: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recent:
    """The choice that led to this page: in which use case, where in the ledger, with which effects."""

    use_case: str
    position: int
    effects: tuple[str, ...]


def cards_of(telling: Telling, character: Character, *, recent: Recent | None) -> tuple[Shelved, ...]:
    """All areas with their use cases, as this person stands to them now."""
    stands = show_choices(telling.house, character.identifier)
    held = {each.use_case: each for each in show_data(telling.house, character.identifier, by=Attestation.PERSON)}
    areas = telling.published.promise.areas
    return tuple(
        Shelved(
            title=area.title[telling.language],
            cards=tuple(
                _card(telling, character, stand, holding=held.get(stand.use_case.id), recent=recent)
                for stand in stands
                if stand.use_case.area == name
            ),
        )
        for name, area in areas.items()
    )


def _card(
    telling: Telling, character: Character, stand: Stand, *, holding: Holding | None, recent: Recent | None
) -> Card:
    case, standing, language = stand.use_case, stand.standing, telling.language
    return Card(
        use_case=case.id,
        title=case.title[language],
        person_gains=case.benefit.person[language],
        company_gains=case.benefit.company[language],
        state=_state(telling, stand),
        status=standing.status.value,
        notice=stand.notice,
        buttons=tuple(
            Labelled(
                value=each.value,
                label=_label(telling, each.label),
                detail=_detail(telling, case, button=each),
                benefit=telling.benefit(case, Level.NONE if each.value == NO else Level.named(each.value)),
                chosen=each.chosen,
            )
            for each in buttons(stand)
        ),
        teach=may_teach(stand),
        teaches=standing.contributes,
        basis=_basis(telling, stand),
        held=tuple(_held(telling, case, holding=holding)),
        off=tuple(_off(telling, holding)),
        position=standing.position,
        measured=telling.measured(case),
        control=telling.control(case),
        done=_done(telling, recent) if recent is not None and recent.use_case == case.id else None,
        shelf=shelf(telling, character, case.id),
    )


def _label(telling: Telling, key: str) -> str:
    return telling.say(key) if key.startswith("level.") else telling.words[key]


def _detail(telling: Telling, case: UseCase, *, button: Button) -> str:
    """All that a level uses, those before it included; what one sees where nothing is used."""
    if button.value == NO:
        return telling.words["person.sees_none"]
    minimum, promise = case.minimum(Level.named(button.value)), telling.published.promise
    parts = [telling.words["person.sees_context"]] if minimum.context else []
    parts.extend(promise.attributes[name].title[telling.language] for name in sorted(minimum.attributes))
    for name, need in sorted(minimum.events.items()):
        span = need.bound.within
        title = promise.events[name].title[telling.language]
        parts.append(f"{title} ({_days(telling, span)})" if span else title)
    return ", ".join(parts[:1] + [part[:1].lower() + part[1:] for part in parts[1:]])


def _days(telling: Telling, span: timedelta) -> str:
    return telling.say("span.day") if span.days == 1 else telling.say("span.days").format(days=span.days)


def _state(telling: Telling, stand: Stand) -> str:
    """The stored fact in Fiel's own words, with how far it goes; without consent to ask for, nobody need choose."""
    on_consent = stand.use_case.basis is LegalBasis.CONSENT
    asked = on_consent or stand.standing.status is not Status.UNKNOWN
    state = telling.say(f"status.{stand.standing.status.value}") if asked else telling.words["person.unasked"]
    if stand.allowed is None:
        return state
    return f"{state} {telling.words['person.as_far_as'].format(level=telling.say(f'level.{stand.allowed.word}'))}"


def _basis(telling: Telling, stand: Stand) -> str:
    if stand.use_case.basis is LegalBasis.CONSENT:
        return ""
    told = telling.words["person.basis"].format(basis=telling.say(f"basis.{stand.use_case.basis.value}"))
    return f"{told} {telling.words['person.cannot_come_back']}"


def _held(telling: Telling, case: UseCase, *, holding: Holding | None) -> Iterator[str]:
    """Rows of what is held: facts with their day, then the latest events, then how many more there are."""
    words = telling.words
    if holding is not None and not holding.readable:
        yield words["person.held_unreadable"]
    held = holding.held if holding is not None else None
    if held is None or not (held.facts or held.events):
        yield words["person.held_nothing"]
        return
    attributes, needs = telling.published.promise.attributes, case.minimum(case.highest).events
    for name, fact in sorted(held.facts.items()):
        values = fact.value if isinstance(fact.value, tuple) else (str(fact.value),)
        said = ", ".join(telling.section(value) for value in values)
        when = words["person.declared_on"].format(date=telling.day(fact.on))
        yield f"{attributes[name].title[telling.language]}: {said} ({when})"
    for event in held.events[: -SHOWN - 1 : -1]:
        grain = needs[event.name].bound.grain if event.name in needs else Grain.DAY
        yield f"{telling.title(str(event.properties.get('item', '')))} · {telling.moment(event.on, grain)}"
    if len(held.events) > SHOWN:
        yield words["person.held_cut"].format(count=len(held.events) - SHOWN)


def _off(telling: Telling, holding: Holding | None) -> Iterator[Topic]:
    """The topics that this person switched off here."""
    for topic in holding.held.off if holding is not None and holding.held is not None else ():
        yield Topic(key=topic, title=telling.section(topic))


def _done(telling: Telling, recent: Recent) -> Done:
    said = telling.house.phrases[telling.language]
    effects = (said[key] for effect in recent.effects if (key := f"effect.{effect}") in said)
    return Done(position=recent.position, effects=tuple(effects))
