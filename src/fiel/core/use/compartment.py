"""The compartment: the bounded, ageing document of one person in one use case, and the few ways in which it may change.

Everything here but `take_in`, `shown_again`, `taught` and `switched` can only take away.

Nothing in it is finer than a day. Of an event the time is no finer than its declared grain, of a message that was taken
in it is the month. Exact days are kept of a few things only: of the last sign of life (`alive`) and of the last visit
(`last_visit`), which the receipt tells the person; of what they told us (`Fact.on`); of recent showings (`shown`).
"""

from bisect import insort
from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from fiel.core.errors import Malformed
from fiel.core.ids import ItemId
from fiel.core.items import Withheld
from fiel.core.promise.change import Terms
from fiel.core.promise.usecase import Attention, Bound, EventNeed, Grain
from fiel.core.text import Scalar, Value
from fiel.core.use.gate import DropReason, Fact, Happened, Kept, coarse
from fiel.core.use.lesson import NOTHING, Lesson

# A message must count once, however often it is sent, and a memory of all messages would grow for ever. So it is kept
# by month: beyond `REMEMBERED` messages the oldest month is let go, whole, and from then on (`mark`) nothing of that
# month or an earlier one is taken in, since nobody could tell any more whether it came in before. The latest month is
# never let go: what happens now can always come in, up to `MOST_OF_ONE_MONTH`. What is refused for either reason is
# dropped as `stale`. By month, and not by day, because a list of days would tell of each event what its grain hides.

REMEMBERED: Final = 128
"""Messages that are remembered before the oldest month of them is let go."""

MOST_OF_ONE_MONTH: Final = 4_096
"""Messages of one month after which more of that month are refused, so that the document stays bounded."""


MOST_TOPICS: Final = 64
"""Topics that one person may have off in one use case, so that the document stays bounded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One event as it is held. `visit` counts the person's visits (a visit is a day), so that the last can be told."""

    name: str
    on: date
    visit: int
    properties: Mapping[str, Scalar]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compartment:
    """What one use case holds of one person.

    `contributed`: what this person has added to the shared totals, exactly; what is subtracted is always this, at a
    withdrawal before the key is destroyed (`consent/effect.py`).
    `seen`: (month, keyed hash of the id) of the messages taken in, another hash in every place; nothing of the month
    `mark` or before is taken in any more.
    `shown`: on which days the person was shown something, how often. `alive`: the day of the last sign of life.
    `off`: the groups of items that the person does not want to be looked at here, in order of their names.
    `last_visit`: the day of the last of `visits`, so that an event can be told to be of it, of a later or earlier one.
    """

    alive: date
    facts: Mapping[str, Fact]
    events: tuple[Held, ...] = ()
    visits: int = 0
    last_visit: date | None = None
    contributed: Lesson = NOTHING
    seen: tuple[tuple[date, bytes], ...] = ()
    mark: date | None = None
    shown: tuple[tuple[date, int], ...] = ()
    off: tuple[str, ...] = ()


def empty(today: date) -> Compartment:
    """A compartment that holds nothing yet."""
    return Compartment(alive=today, facts={})


def refused_again(held: Compartment, message: bytes, *, day: date) -> DropReason | None:
    """Why a message is not taken in once more: it was before (`DUPLICATE`), or nobody can tell any more (`STALE`)."""
    month = coarse(day, Grain.MONTH)
    if any(hashed == message for _, hashed in held.seen):
        return DropReason.DUPLICATE
    is_let_go = held.mark is not None and month <= held.mark
    is_full = sum(1 for when, _ in held.seen if when == month) >= MOST_OF_ONE_MONTH
    return DropReason.STALE if is_let_go or is_full else None


def take_in(held: Compartment, kept: Kept, *, terms: Terms, message: bytes, now: datetime) -> Compartment:
    """The compartment with what the gate let through, within its bounds, and the message remembered."""
    newer = {fact.name: fact for fact in kept.facts if not _is_outdated(held, fact)}
    grown = replace(held, alive=max(held.alive, now.date()), facts={**held.facts, **newer})
    day = kept.happened.day if kept.happened else max(fact.on for fact in kept.facts)
    if kept.happened is not None:
        grown = _with_event(grown, kept.happened)
    return expire(_remembering(grown, message, day=day), terms=terms, now=now)


def expire(held: Compartment, *, terms: Terms, now: datetime) -> Compartment:
    """The compartment without what has grown too old or too much."""
    gone: set[int] = set()
    for name, need in terms.minimum.events.items():
        if _all_stay(held, bound=need.bound, now=now):
            continue
        of_kind = [place for place, event in enumerate(held.events) if event.name == name]
        stays = [place for place in of_kind if _stays(held, held.events[place], bound=need.bound, now=now)]
        gone.update(set(of_kind) - set(stays if need.bound.keep is None else stays[-need.bound.keep :]))
    if not gone:
        return held
    return replace(held, events=tuple(event for place, event in enumerate(held.events) if place not in gone))


def narrow(held: Compartment, *, terms: Terms) -> Compartment:
    """The compartment cut down to smaller terms: fewer attributes, events and properties, coarser times.

    Terms without events have no visits to tell apart, so the day of the last one goes; the next one is then a new one.
    """
    needs = terms.minimum.events
    events = [_narrowed(event, needs[event.name]) for event in held.events if event.name in needs]
    facts = {name: fact for name, fact in held.facts.items() if name in terms.minimum.attributes}
    last = held.last_visit if needs else None
    return replace(held, events=tuple(sorted(events, key=_age)), facts=facts, last_visit=last)


def as_allowed(held: Compartment, *, terms: Terms, now: datetime) -> Compartment:
    """What of it the terms allow at an instant. Narrowed first: a time that is made coarser is an older one."""
    return expire(narrow(held, terms=terms), terms=terms, now=now)


def switched(held: Compartment, topic: str, *, off: bool, today: date) -> Compartment:
    """The compartment with one topic off, or on again; `Malformed` if more than `MOST_TOPICS` would be off.

    What is held about it goes when this is carried out, and does not come back when it is switched on again.
    """
    topics = {*held.off, topic} if off else {*held.off} - {topic}
    if len(topics) > MOST_TOPICS:
        raise Malformed(f"no more than {MOST_TOPICS} topics can be off", hint="refuse the use case instead")
    return replace(held, off=tuple(sorted(topics)), alive=max(held.alive, today))


def is_about(event: Held, withheld: Withheld) -> bool:
    """Whether an event is about an item that is not to be looked at."""
    item = event.properties.get("item")
    return isinstance(item, str) and item in withheld


def clear(held: Compartment, withheld: Withheld) -> Compartment:
    """The compartment without its events about withheld items, and without what was told us that names their groups."""
    events = tuple(event for event in held.events if not is_about(event, withheld))
    left = {name: _unnamed(fact, withheld.groups) for name, fact in held.facts.items()}
    facts = {name: fact for name, fact in left.items() if fact is not None}
    if len(events) == len(held.events) and facts == held.facts:
        return held
    return replace(held, events=events, facts=facts)


def is_out_of_date(held: Compartment, *, retention: timedelta, now: datetime) -> bool:
    """Whether the last sign of life lies so far back that the whole compartment must go."""
    return held.alive + retention < now.date()


def lesson_of(held: Compartment, *, terms: Terms, withheld: Withheld, now: datetime) -> Lesson:
    """What it may teach: the latest `cap` distinct items, none withheld and none of an event older than the terms say.

    The age is that of the time as it is kept. With them go the facts that the terms let teach, without the words that
    name what is withheld.
    """
    since = None if terms.lessons_within is None else (now - terms.lessons_within).date()
    latest = _months(held, since=since)
    allowed = [(item, month) for item, month in latest.items() if item not in withheld]
    items = dict(allowed[: terms.cap or 0])
    told = [held.facts[name] for name in sorted(terms.lesson_attributes & held.facts.keys())] if items else []
    left = [fact for each in told if (fact := _unnamed(each, withheld.groups)) is not None]
    return Lesson(items=items, facts={fact.name: fact.value for fact in left})


def still_held(held: Compartment, lesson: Lesson) -> Lesson:
    """What is left of a lesson once the compartment holds less.

    No item that has gone, no month later than it shows, no fact that has gone or is another one now.
    """
    months = _months(held)
    items = {item: min(month, months[item]) for item, month in lesson.items.items() if item in months}
    told = {name: value for name, value in lesson.facts.items() if name in held.facts} if items else {}
    left = {name: value for name in told if (value := _left(told[name], held.facts[name].value)) is not None}
    return Lesson(items=items, facts=left)


def taught(held: Compartment, lesson: Lesson) -> Compartment:
    """The compartment that remembers having added exactly this lesson to the shared totals."""
    return replace(held, contributed=lesson)


def shown_again(held: Compartment, *, attention: Attention, today: date) -> Compartment:
    """The compartment that remembers one more showing today, and none that no longer matter."""
    counts = dict(held.shown)
    counts[today] = counts.get(today, 0) + 1
    recent = sorted((day, count) for day, count in counts.items() if _matters(day, attention, today=today))
    return replace(held, shown=tuple(recent), alive=max(held.alive, today))


def had_enough(held: Compartment, *, attention: Attention, today: date) -> bool:
    """Whether one more showing in this period would be too many."""
    if attention.at_most is None:
        return False
    return sum(count for day, count in held.shown if _matters(day, attention, today=today)) >= attention.at_most


def _months(held: Compartment, *, since: date | None = None) -> dict[ItemId, date]:
    """The distinct items that events after the day `since` are about, latest first, with the month of the latest."""
    months: dict[ItemId, date] = {}
    for event in reversed(held.events):
        item = event.properties.get("item")
        if isinstance(item, str) and (since is None or event.on > since):
            months.setdefault(ItemId(item), coarse(event.on, Grain.MONTH))
    return months


def _unnamed(fact: Fact, groups: Set[str]) -> Fact | None:
    """A fact without the words that name one of these groups; None if nothing else is left of it."""
    if isinstance(fact.value, tuple):
        others = tuple(word for word in fact.value if word not in groups)
        return fact if others == fact.value else replace(fact, value=others) if others else None
    return None if fact.value in groups else fact


def _left(taught: Value, held: Value) -> Value | None:
    """What of a value is still held: of a list the words that are, else all of it or nothing."""
    if isinstance(taught, tuple) and isinstance(held, tuple):
        return tuple(word for word in taught if word in held) or None
    return taught if (type(taught), taught) == (type(held), held) else None


def _matters(day: date, attention: Attention, *, today: date) -> bool:
    """Whether a showing lies in the period. Days are the finest that is kept, so an hour counts as its whole day."""
    return day > today - max(attention.period, timedelta(days=1))


def _with_event(held: Compartment, happened: Happened) -> Compartment:
    """A day after the last visit opens a new visit; an event that comes late counts to the visit before the last."""
    is_new = held.last_visit is None or happened.day > held.last_visit
    visits = held.visits + 1 if is_new else held.visits
    visit = visits if is_new or happened.day == held.last_visit else max(visits - 1, 1)
    event = Held(name=happened.name, on=happened.on, visit=visit, properties=happened.properties)
    last = happened.day if is_new else held.last_visit
    events = list(held.events)
    insort(events, event, key=_age)
    return replace(held, events=tuple(events), visits=visits, last_visit=last)


def _age(event: Held) -> tuple[date, int]:
    """The order of events, oldest first, as far as it can be told."""
    return event.on, event.visit


def _is_outdated(held: Compartment, fact: Fact) -> bool:
    """Whether a fact comes in late: what was said before may not overwrite what was said since."""
    known = held.facts.get(fact.name)
    return known is not None and fact.on < known.on


def _narrowed(event: Held, need: EventNeed) -> Held:
    on = coarse(event.on, need.bound.grain)
    if on == event.on and event.properties.keys() <= need.properties:
        return event
    kept = {name: value for name, value in event.properties.items() if name in need.properties}
    return replace(event, on=on, properties=kept)


def _all_stay(held: Compartment, *, bound: Bound, now: datetime) -> bool:
    """Whether the oldest event and their number already tell that nothing goes: so it is for most that comes in."""
    few = bound.keep is None or len(held.events) <= bound.keep
    return few and (not held.events or _is_young(held.events[0], bound=bound, now=now))


def _stays(held: Compartment, event: Held, *, bound: Bound, now: datetime) -> bool:
    return _is_young(event, bound=bound, now=now) or event.visit > held.visits - bound.or_visits


def _is_young(event: Held, *, bound: Bound, now: datetime) -> bool:
    return bound.within is None or event.on > (now - bound.within).date()


def _remembering(held: Compartment, message: bytes, *, day: date) -> Compartment:
    """With one more message, and without the oldest months of too many: the latest month always stays."""
    seen = (*held.seen, (coarse(day, Grain.MONTH), message))
    mark = held.mark
    while len(seen) > REMEMBERED and (first := min(when for when, _ in seen)) < max(when for when, _ in seen):
        mark = first if mark is None else max(mark, first)
        seen = tuple(pair for pair in seen if pair[0] != first)
    return replace(held, seen=seen, mark=mark)
