"""What a draft would store of an event is what its needs name, and nobody is looked up for it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fiel.core.ids import AreaId
from fiel.core.permit import Refused
from fiel.core.promise.usecase import (
    Area,
    Attribute,
    EventKind,
    LegalBasis,
    Level,
    Mode,
    Promise,
    Source,
    UseCase,
    ValueType,
)
from fiel.core.text import Scalar
from fiel.core.use.gate import DropReason, Event, Traits
from fiel.operations.rehearse import Rehearsal, Struck, rehearse
from fiel.testing.builders import a_promise, a_text
from tests.core import drawn
from tests.operations.houses import opened

HOUSE = opened()
WHOLE: dict[str, Scalar] = {"item": "lamp", "quantity": 2, "price": 9.5}
TOLD: dict[str, Scalar] = {"age": "30", "likes": "tea"}


def promise_of(case: UseCase) -> Promise:
    """A promise in which every name of a drawn use case is declared."""
    kinds = {"item": ValueType.STRING, "quantity": ValueType.INTEGER, "price": ValueType.NUMBER}
    return replace(
        a_promise(case),
        areas={AreaId("sales"): Area(id=AreaId("sales"), title=a_text("sales"))},
        attributes={
            name: Attribute(
                name=name, type=ValueType.STRING, category="pd:Age", source=Source.DECLARED, title=a_text(name)
            )
            for name in drawn.ATTRIBUTES
        },
        events={
            name: EventKind(name=name, properties=kinds, category="pd:Purchase", title=a_text(name))
            for name in drawn.EVENTS
        },
    )


def rehearsed(case: UseCase, content: Event | Traits, level: Level | None = None) -> Rehearsal:
    """The rehearsal in a house that knows nothing of the use case."""
    return rehearse(HOUSE, promise_of(case), case, content=content, level=level)


def bought(name: str = "purchase") -> Event:
    """An event of now with all that is declared of it, and something that is not."""
    return Event(name=name, at=HOUSE.clock.now(), properties={**WHOLE, "religion": "canary"})


@settings(max_examples=60, deadline=None)
@given(st.data(), st.sampled_from((LegalBasis.CONSENT, LegalBasis.CONTRACT)))
def test_what_is_kept_is_what_is_needed(data: st.DataObject, basis: LegalBasis) -> None:
    """For any draft, level and event, the declared properties stay, and each other one is struck."""
    case = data.draw(drawn.use_cases(basis=basis))
    level, name = data.draw(st.sampled_from(case.levels)), data.draw(st.sampled_from(drawn.EVENTS))
    found = rehearsed(case, bought(name), level)
    need = case.minimum(level).events.get(name)
    if need is None:
        assert found.dropped is DropReason.NO_PERMIT
        assert set(found.struck.values()) == {Struck.WHOLE}
        return
    if found.held is None or not found.held.events:
        assert found.dropped is DropReason.STALE  # a coarse time that is too old already
        return
    [event] = found.held.events
    assert set(event.properties) == need.properties
    assert set(found.struck) == {*WHOLE, "religion"} - need.properties
    assert {name for name, why in found.struck.items() if why is Struck.UNDECLARED} == {"religion"}


@settings(max_examples=40, deadline=None)
@given(drawn.use_cases())
def test_what_is_told_is_cut_to_the_attributes(case: UseCase) -> None:
    """Of traits the declared and needed ones stay."""
    found = rehearsed(case, Traits(at=HOUSE.clock.now(), values={**TOLD, "phone": "600"}))
    needed = case.minimum(case.highest).attributes & TOLD.keys()
    assert set(found.held.facts if found.held else ()) == needed
    assert needed.isdisjoint(found.struck)
    assert "phone" in found.struck


def test_a_draft_that_only_watches_stores_nothing() -> None:
    """In mode `observe` the needle says no, in a draft as in earnest."""
    case = replace(drawn.observing(), mode=Mode.OBSERVE)
    found = rehearsed(case, bought())
    assert (found.refused, found.held) == (Refused.PAUSED, None)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (replace(bought(), name="dance"), DropReason.UNDECLARED),
        (replace(bought(), properties={"item": 7}), DropReason.MALFORMED),
        (replace(bought(), at=HOUSE.clock.now() + timedelta(days=2)), DropReason.MALFORMED),
    ],
)
def test_what_the_gate_drops_is_dropped(content: Event, why: DropReason) -> None:
    """An event that nobody declared, of another form, or of the future, is kept in no part."""
    found = rehearsed(drawn.observing(), content)
    assert (found.dropped, found.held) == (why, None)


def test_nothing_is_written() -> None:
    """A rehearsal leaves the store as it was: nobody came, nothing is held, no leaf was added."""
    with HOUSE.store.read() as tx:
        before = tx.ledger.size
    rehearsed(drawn.observing(), bought())
    with HOUSE.store.read() as tx:
        assert tx.identities.page(None, limit=1) == []
        assert list(tx.compartments.places(drawn.observing().id)) == []
        assert tx.ledger.size == before
        assert tx.administration.dropped() == {}
