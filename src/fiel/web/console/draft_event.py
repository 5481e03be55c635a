"""An event that somebody pasted: read as the wire reads it, cut as the gate cuts it, and told field by field.

It is a rehearsal: the event is neither taken in nor kept, and so is whatever it says of anybody.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import msgspec

from fiel.core.promise.usecase import Grain, Level, Promise, UseCase, ValueType
from fiel.core.use.compartment import Compartment
from fiel.core.use.gate import Event, Traits
from fiel.operations.collect import Spoilt
from fiel.operations.rehearse import Rehearsal, rehearse
from fiel.web.api.message import Sent, message_of
from fiel.web.centre.needs import told_value
from fiel.web.centre.telling import Telling
from fiel.web.security import Admitted

LONGEST_SHOWN: Final = 60
"""Letters of a value that are shown."""

READ: Final = ("type", "event", "name")
"""What says of which kind a message is."""

_EXAMPLES: Final[Mapping[ValueType, object]] = {
    ValueType.STRING: "lamp-17",
    ValueType.INTEGER: 2,
    ValueType.NUMBER: 9.95,
    ValueType.BOOLEAN: True,
    ValueType.DATE: "1980-05-17",
    ValueType.STRINGS: ["kitchen", "garden"],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of the message: its way, its value, whether it is kept, and why not or as what."""

    name: str
    value: str
    kept: bool
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lying:
    """One thing as it would lie in the compartment: what, its value, and its time no finer than it is kept."""

    what: str
    value: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """What becomes of the event, in a sentence and by field; `lying` is all that the compartment would hold."""

    says: str
    fields: tuple[Field, ...] = ()
    lying: tuple[Lying, ...] = ()


def pasted(telling: Telling, promise: Promise, case: UseCase, *, text: str, level: Level | None) -> Pasted:
    """Rehearse a pasted event in a draft."""
    try:
        found = msgspec.json.decode(text.encode())
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        return Pasted(says=telling.say("console.draft.event.not_json"))
    if not isinstance(found, dict):
        return Pasted(says=telling.say("console.draft.event.no_message"))
    now = telling.house.clock.now()
    sent = Sent(admitted=Admitted(verb=None), use_cases=None, received=now, sent=None)
    message = message_of(text.encode(), kind="", sent=sent, place=0)
    if isinstance(message, Spoilt):
        return Pasted(says=telling.say("console.draft.event.unreadable"))
    rehearsal = rehearse(telling.house, promise, case, content=message.content, level=level)
    return Pasted(
        says=_says(telling, rehearsal),
        fields=tuple(_fields(telling, found, content=message.content, rehearsal=rehearsal)),
        lying=tuple(_lying(telling, case, rehearsal.held)) if rehearsal.held else (),
    )


def example_for(promise: Promise, case: UseCase | None) -> str:
    """A message to begin with: an event that the use case needs, with all that is declared of it and one thing more."""
    needed = [need.event for rung in case.rungs for need in rung.events] if case else []
    name = next((each for each in needed if each in promise.events), None)
    body: dict[str, object]
    if name is not None:
        declared = promise.events[name].properties
        told = {each: _EXAMPLES[kind] for each, kind in declared.items()} | {"shop_floor_camera": "seen"}
        body = {"type": "track", "event": name, "userId": "somebody", "properties": told}
    else:
        attributes = {each: _EXAMPLES[attribute.type] for each, attribute in promise.attributes.items()}
        body = {"type": "identify", "userId": "somebody", "traits": {**attributes, "phone": "600 000 000"}}
    return msgspec.json.format(msgspec.json.encode(body), indent=2).decode()


def _says(telling: Telling, rehearsal: Rehearsal) -> str:
    if rehearsal.refused is not None:
        return telling.say("console.draft.event.refused", why=telling.say(f"none.{rehearsal.refused.value}"))
    if rehearsal.dropped is not None:
        return telling.say(f"drop.{rehearsal.dropped.value}")
    return telling.say("console.draft.event.kept", level=telling.say(f"level.{rehearsal.level.word}"))


def _fields(
    telling: Telling, found: Mapping[str, object], *, content: Event | Traits, rehearsal: Rehearsal
) -> Iterator[Field]:
    """The message from its top down; what is in `properties` or `traits` one by one."""
    inner = "properties" if isinstance(content, Event) else "traits"
    within = content.properties if isinstance(content, Event) else content.values
    for name, value in found.items():
        if name == inner:
            for each, told in within.items():
                struck = rehearsal.struck.get(each)
                why = telling.say(f"console.draft.struck.{struck.value}") if struck else ""
                yield Field(name=f"{inner}.{each}", value=_shown(told), kept=struck is None, why=why)
            continue
        kind = _TOP.get(name, "unread")
        yield Field(name=name, value=_shown(value), kept=False, why=telling.say(f"console.draft.top.{kind}"))


_TOP: Final = {
    **dict.fromkeys(READ, "kind"),
    "userId": "whose",
    "anonymousId": "whose",
    "messageId": "message",
    "timestamp": "when",
    "originalTimestamp": "when",
    "sentAt": "clock",
}
"""What is read of a message beside what it tells, and what becomes of it."""


def _lying(telling: Telling, case: UseCase, held: Compartment) -> Iterator[Lying]:
    grains = {need.event: need.bound.grain for rung in case.rungs for need in rung.events}
    for event in held.events:
        kind = telling.published.promise.events.get(event.name)
        title = telling.own(kind.title) if kind else event.name
        when = telling.moment(event.on, grains.get(event.name, Grain.DAY))
        for name, value in event.properties.items():
            yield Lying(what=f"{title}: {telling.field(name)}", value=_shown(value), when=when)
        if not event.properties:
            yield Lying(what=title, value=telling.say("console.draft.event.happened"), when=when)
    for fact in held.facts.values():
        attribute = telling.published.promise.attributes.get(fact.name)
        what = telling.own(attribute.title) if attribute else fact.name
        yield Lying(what=what, value=told_value(telling, fact.value), when=telling.day(fact.on))


def _shown(value: object) -> str:
    text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
