"""Facts: the laws of strategies, and how a card reads."""

from fiel.core.use.compartment import Held
from fiel.core.use.decision import Scored, View
from fiel.strategies.facts import STRATEGY
from fiel.testing.strategies import StrategyLaws
from tests.core.drawn import on
from tests.strategies.shown import TODAY, event, no_chance, said, shelf, view


class TestFacts(StrategyLaws):
    """Every law of strategies."""

    entry = "facts"


def shown(seen: View, k: int = 10) -> list[Scored]:
    """The card, with a shelf beside it that it must not look at."""
    return list(STRATEGY.rank(None, seen, candidates=shelf("lamp"), k=k, draw=no_chance))


def test_the_newest_comes_first() -> None:
    """Facts and events stand in one row, by their day; what was said before what was seen on that day."""
    card = shown(view(event("lamp", 9), event("cup", 3), language=said("es", 3), channel=said("post", 20)))
    assert [each.item for each in card] == ["attribute:language", "event:2", "event:1", "attribute:channel"]
    assert {each.score for each in card} == {1.0}


def test_of_one_day_the_later_event_comes_first() -> None:
    """Events keep the numbers of their order, and the last of a day is shown first."""
    assert [each.item for each in shown(view(event("a"), event("b"), event("c")))] == ["event:3", "event:2", "event:1"]


def test_of_one_day_what_was_said_is_told_by_name() -> None:
    """Attributes of one day stand in the order of their names."""
    told = {name: said("x", 3) for name in ("b", "e", "a", "d", "c")}
    assert [each.item[-1] for each in shown(view(context={}, **told))] == ["a", "b", "c", "d", "e"]


def test_only_the_newest_are_shown_where_there_is_no_room() -> None:
    """A short card holds the newest."""
    assert [each.item for each in shown(view(event("lamp", 9), event("cup", 3)), k=1)] == ["event:2"]


def test_a_fact_is_told_with_its_source_and_day() -> None:
    """What a person said stands with where it is from and since when; a list reads as one text."""
    (card,) = shown(view(likes=said(("tea", "rice"), 5)))
    (reason,) = card.because
    assert (reason.kind, reason.name, reason.value) == ("fact", "likes", "tea, rice")
    assert (reason.source, (TODAY - reason.on).days if reason.on else None) == ("declared", 5)


def test_an_event_is_told_property_by_property() -> None:
    """Each property of an event is told, the item first, as observed on its day."""
    (card,) = shown(
        view(Held(name="purchase", on=on(2), visit=1, properties={"zip": "x", "quantity": 3, "item": "lamp", "age": 1}))
    )
    assert [(one.kind, one.name, one.value) for one in card.because] == [
        ("purchase", "item", "lamp"),
        ("purchase", "age", 1),
        ("purchase", "quantity", 3),
        ("purchase", "zip", "x"),
    ]
    assert {(one.source, one.on, one.weight) for one in card.because} == {("observed", on(2), 0.25)}


def test_an_event_without_properties_is_shown_too() -> None:
    """That something happened is a fact, also where nothing else of it is kept."""
    (card,) = shown(view(Held(name="visit", on=TODAY, visit=1, properties={})))
    assert [(one.kind, one.name, one.value, one.weight) for one in card.because] == [("visit", "event", "visit", 1.0)]


def test_it_concludes_nothing() -> None:
    """Nothing is kept out of its view and nothing is learnt: it shows people what is theirs."""
    assert not STRATEGY.infers
    assert not STRATEGY.learns
