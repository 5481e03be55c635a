"""What a card shows is what the gate keeps: over the whole promise of the demo, at every level that can be chosen."""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from importlib.resources import as_file, files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fiel.core.consent.choice import Attestation
from fiel.core.ids import UseCaseId
from fiel.core.promise.usecase import Bound, EventNeed, LegalBasis, Level, Promise, Rung, UseCase, ValueType
from fiel.core.text import Value
from fiel.core.use.gate import Event, Traits
from fiel.operations.collect import Message, collect
from fiel.operations.publish import publish
from fiel.operations.show import show_data
from fiel.registry import read_promise
from tests.web.centre.people import Browser, Centre, Page
from tests.web.serving import ANA

EXAMPLES: dict[ValueType, Value] = {
    ValueType.STRING: "a word",
    ValueType.STRINGS: ("kitchen", "party"),
    ValueType.INTEGER: 3,
    ValueType.NUMBER: 2.5,
    ValueType.BOOLEAN: True,
    ValueType.DATE: "1990-01-31",
}


def the_promise() -> Promise:
    """The promise that the demo ships."""
    with as_file(files("fiel.demo") / "promise") as folder:
        found = read_promise(folder).promise
    assert found is not None
    return found


def choosable() -> Iterator[tuple[UseCase, Level]]:
    """Each use case with each level that somebody can say."""
    for case in the_promise().use_cases.values():
        for level in (Level.NONE, *case.levels):
            if case.basis is LegalBasis.CONSENT or level is not case.highest:
                yield case, level


def send_everything(centre: Centre, promise: Promise) -> None:
    """Every event with every property, every attribute, and of each some that nobody declared."""
    at = centre.doors.clock.turn(timedelta(minutes=2))
    more = {"religion": "x", "card_number": "4111"}
    messages = []
    for name, kind in promise.events.items():
        whole = {**more, **{each: EXAMPLES[of] for each, of in kind.properties.items()}}
        messages.append(Message(id=name, subject=ANA, content=Event(name=name, at=at, properties=whole)))
    told = {**more, **{name: EXAMPLES[attribute.type] for name, attribute in promise.attributes.items()}}
    messages.append(Message(id="told", subject=ANA, content=Traits(at=at, values=told)))
    collect(centre.house, messages).result()


def kept(centre: Centre, case: UseCase) -> set[tuple[str, str]]:
    """What the use case holds: (event, property) and ("attribute", name)."""
    found = next(
        (each.held for each in show_data(centre.house, ANA, by=Attestation.PERSON) if each.use_case == case.id), None
    )
    if found is None:
        return set()
    events = {(event.name, name) for event in found.events for name in event.properties}
    return events | {("attribute", name) for name in found.facts}


def shown_and_kept(promise: Promise, case: UseCase, level: Level) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """After a level is chosen on the page: what its card names up to there, and what stays of all that is sent."""
    centre = Centre()
    publish(centre.house, promise, approved_by=("one", "two")).result()
    browser = Browser(centre)
    page = browser.come_in()
    form = next(
        form for form in page.forms if form.hidden.get("use_case") == case.id and ("choice", level.word) in form.offers
    )
    page = browser.post(form.action, form.hidden | {"choice": level.word})
    send_everything(centre, promise)
    card = re.search(rf'<article class="card" id="card-{case.id}".*?</article>', page.text, re.DOTALL)
    assert card is not None
    rows = [row for row in Page(200, card[0], {}).all("tr") if "data-level" in row]
    shown = {
        (row["data-kind"], name)
        for row in rows
        for name in row["data-names"].split()
        if Level.named(row["data-level"]) <= level and row["data-kind"] != "context"
    }
    return shown, kept(centre, case)


@pytest.mark.parametrize(("case", "level"), list(choosable()), ids=lambda each: getattr(each, "id", None) or each.word)
def test_what_a_card_shows_is_what_is_kept(case: UseCase, level: Level) -> None:
    """After a level is chosen on the page, what stays of all that is sent is what its label names up to there."""
    shown, stayed = shown_and_kept(the_promise(), case, level)
    assert stayed == shown


@st.composite
def drawn(draw: st.DrawFn) -> tuple[Promise, UseCase, Level]:
    """The demo's promise with one use case of any levels and data, each named once; and one of these levels, or no."""
    promise = the_promise()
    levels = sorted(draw(st.sets(st.sampled_from([level for level in Level if level is not Level.NONE]), min_size=1)))
    at_one = st.none() | st.sampled_from(levels)
    attributes = {name: draw(at_one) for name in sorted(promise.attributes)}
    events = {name: draw(at_one) for name in sorted(promise.events)}
    rungs = tuple(
        Rung(
            level=level,
            strategy="popular",
            attributes=frozenset(name for name, where in attributes.items() if where == level),
            events=tuple(draw(needs(promise, name)) for name, where in events.items() if where == level),
            history=draw(st.booleans()),
        )
        for level in levels
    )
    case = replace(promise.use_cases[UseCaseId("suggestions")], rungs=rungs, learn=None, measure=None)
    return replace(promise, use_cases={case.id: case}), case, draw(st.sampled_from([Level.NONE, *levels]))


@st.composite
def needs(draw: st.DrawFn, promise: Promise, name: str) -> EventNeed:
    """A need of one kind of event: any of its properties, bounded anyhow."""
    return EventNeed(
        event=name,
        properties=draw(st.frozensets(st.sampled_from(sorted(promise.events[name].properties)), min_size=1)),
        bound=Bound(within=timedelta(days=draw(st.integers(1, 400))), keep=draw(st.none() | st.integers(1, 9))),
        why={"es": "Hace falta.", "en": "It is needed."},
    )


@settings(max_examples=15)
@given(drawn())
def test_of_any_promise_a_card_shows_what_is_kept(world: tuple[Promise, UseCase, Level]) -> None:
    """Conflicting information: whatever a promise declares, the data on its card are those that the gate keeps."""
    shown, stayed = shown_and_kept(*world)
    assert stayed == shown


@pytest.mark.proof
@settings(max_examples=100)
@given(drawn())
def test_of_many_promises_a_card_shows_what_is_kept(world: tuple[Promise, UseCase, Level]) -> None:
    """The same, over many more promises."""
    shown, stayed = shown_and_kept(*world)
    assert stayed == shown


@pytest.mark.parametrize("case", list(the_promise().use_cases.values()), ids=lambda case: case.id)
@pytest.mark.parametrize("language", ["es", "en"])
def test_a_button_names_in_words_all_that_its_level_includes(case: UseCase, language: str) -> None:
    """The title of every piece of data up to a level stands on its button, and no title of one beyond it."""
    centre, promise = Centre(), the_promise()
    publish(centre.house, promise, approved_by=("one", "two")).result()
    browser = Browser(centre, language=language)
    page = browser.come_in()
    card = page.text.partition(f'id="card-{case.id}"')[2].partition("</form>")[0]
    for value, words in re.findall(r'name="choice" value="(\w+)"(.*?)</button>', card, re.DOTALL):
        minimum, said = case.minimum(Level.named(value)), html.unescape(words)
        named = {promise.attributes[name].title[language] for name in minimum.attributes}
        named |= {promise.events[name].title[language] for name in minimum.events}
        every = {each.title[language] for each in promise.attributes.values()}
        every |= {each.title[language] for each in promise.events.values()}
        assert {title for title in every if title in said} == named
