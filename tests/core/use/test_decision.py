"""Decisions: the ladder is climbed down in order and says why, and no rung sees more than it may."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiel.core.ids import ItemId
from fiel.core.items import Item, Withheld
from fiel.core.promise.change import Terms, meet
from fiel.core.promise.usecase import Bound, EventNeed, Grain, Level, Rung, Source, UseCase
from fiel.core.text import Value
from fiel.core.use.compartment import Compartment, Held, empty
from fiel.core.use.decision import (
    POPULAR,
    Degraded,
    Draw,
    Question,
    Reads,
    Scored,
    Silent,
    Slate,
    Tools,
    View,
    decide,
    hushed,
    impersonal,
    view_of,
    without,
)
from fiel.core.use.gate import Fact, coarse
from fiel.core.use.untaught import Untaught
from fiel.testing.builders import a_lesson, a_text, a_use_case, an_item
from tests.core import drawn
from tests.core.drawn import TODAY, on

SHELF = {ItemId(name): an_item(name) for name in ("tea", "cup", "rice")} | {
    ItemId("wine"): an_item("wine", groups=("alcohol",))
}
WINE = ItemId("wine")
NOTHING = Withheld()
ALCOHOL = Withheld(groups=frozenset({"alcohol"}), items=SHELF)
"""Wine is of it; beer, which no shelf knows, may be."""
LADDER = (Level.CONTEXT, Level.DECLARED, Level.OBSERVED)


@dataclass(kw_only=True)
class Scripted(Untaught):
    """A strategy that answers as it is told, and remembers what it was shown."""

    name: str
    says: tuple[str, ...] = ()
    reads: Reads = Reads()  # noqa: RUF009 - a frozen value
    infers: bool = True
    learns: bool = False
    seen: list[View] = field(default_factory=list)
    offered: list[Mapping[ItemId, Item]] = field(default_factory=list)
    models: list[object] = field(default_factory=list)
    draws: list[float] = field(default_factory=list)

    def rank(
        self, model: object, view: View, *, candidates: Mapping[ItemId, Item], k: int, draw: Draw
    ) -> Sequence[Scored]:
        """What it was told to say, also if that is more than was asked for."""
        assert candidates is SHELF or candidates.items() <= SHELF.items()
        self.offered.append(candidates)
        assert k > 0
        self.seen.append(view)
        self.models.append(model)
        self.draws.append(draw())
        return [Scored(item=ItemId(item), score=1 / (place + 1)) for place, item in enumerate(self.says)]


def ladder(*levels: Level) -> UseCase:
    """A use case whose levels are served by strategies of their own, each adding a need."""
    purchase = EventNeed(event="purchase", properties=frozenset({"item"}), bound=Bound(), why=a_text("why"))
    whole = {
        Level.CONTEXT: Rung(level=Level.CONTEXT, strategy="by_context", context=frozenset({"item"})),
        Level.DECLARED: Rung(level=Level.DECLARED, strategy="by_rules", attributes=frozenset({"likes"})),
        Level.OBSERVED: Rung(
            level=Level.OBSERVED, strategy="by_events", attributes=frozenset({"age"}), events=(purchase,)
        ),
    }
    return replace(a_use_case(), rungs=tuple(whole[level] for level in levels or LADDER))


def scripted(**says: str) -> dict[str, Scripted]:
    """Strategies by name, each with the items it says, in one text."""
    names = dict.fromkeys(("by_context", "by_rules", "by_events", POPULAR), "") | says
    return {name: Scripted(name=name, says=tuple(words.split())) for name, words in names.items()}


def tools(
    strategies: Mapping[str, Scripted],
    *,
    models: Mapping[str, object] | None = None,
    withheld: Withheld = NOTHING,
) -> Tools:
    """What a decision is made with."""
    known: dict[str, Any] = dict(strategies)
    return Tools(strategies=known, models=models or {}, withheld=withheld, draw=lambda: 0.25)


def question(*, limit: int = 3, today: date = TODAY, **context: Value) -> Question:
    """What is asked."""
    return Question(candidates=SHELF, limit=limit, today=today, context=context)


def terms(use_case: UseCase, level: Level | None = None) -> Terms:
    """What an agreement to it allows."""
    return meet(use_case, use_case, level=use_case.highest if level is None else level)


def bought(item: str, days_ago: int = 0, **more: str) -> Held:
    """A purchase that is held."""
    return Held(name="purchase", on=on(days_ago), visit=1, properties={"item": item, **more})


def holding(*events: Held, **facts: Value) -> Compartment:
    """What is held of somebody."""
    told = {name: Fact(name=name, value=value, source=Source.DECLARED, on=TODAY) for name, value in facts.items()}
    return replace(empty(TODAY), facts=told, events=events, visits=1, last_visit=TODAY)


HELD = holding(bought("tea"), bought("wine"), likes=("cups",), age=44)


@pytest.mark.parametrize("level", [Level.NONE, *Level])
@pytest.mark.parametrize("speaks", [*range(8)])
def test_the_ladder_is_climbed_down_in_order(level: Level, speaks: int) -> None:
    """The highest permitted level that has something to say answers, and only those above it were asked before."""
    names = ("by_context", "by_rules", "by_events")
    speaking = {name: "cup tea" for place, name in enumerate(names) if speaks >> place & 1}
    strategies = scripted(**speaking, popular="rice")
    slate = decide(ladder(), terms(ladder(), level), held=HELD, question=question(item="cup"), tools=tools(strategies))
    permitted = [name for name, rung in zip(names, LADDER, strict=True) if rung <= level]
    answering = next((name for name in reversed(permitted) if name in speaking), None)
    asked = [name for name in names if strategies[name].seen]
    if answering is None:
        assert (slate.level, slate.strategy) == (Level.NONE, POPULAR)
        assert [each.item for each in slate.items] == ["rice"]
        assert asked == permitted
    else:
        assert (slate.level, slate.strategy) == (LADDER[names.index(answering)], answering)
        assert [each.item for each in slate.items] == ["cup", "tea"]
        assert asked == permitted[permitted.index(answering) :]
        assert not strategies[POPULAR].seen
    fell = bool(permitted) and answering != permitted[-1]
    assert slate.degraded == (Degraded.NO_DATA if fell else None)
    assert slate.silent is None


def test_the_reason_of_the_first_fall_is_told() -> None:
    """Why the highest permitted level did not answer is told, whatever the lower ones lack."""
    strategies = scripted(popular="rice")
    strategies["by_events"].learns = True
    slate = decide(ladder(), terms(ladder()), held=HELD, question=question(), tools=tools(strategies))
    assert slate.degraded is Degraded.MODEL
    with_model = tools(strategies, models={"by_events": object()})
    assert (
        decide(ladder(), terms(ladder()), held=HELD, question=question(), tools=with_model).degraded is Degraded.NO_DATA
    )
    strategies["by_events"].learns, strategies["by_context"].learns = False, True
    slate = decide(ladder(), terms(ladder()), held=HELD, question=question(), tools=tools(strategies))
    assert slate.degraded is Degraded.NO_DATA


@pytest.mark.parametrize(
    ("held", "context", "level"),
    [
        (None, {"item": "cup"}, Level.CONTEXT),
        (holding(likes=("cups",)), {"item": "cup"}, Level.DECLARED),
        (holding(age=44), {"item": "cup"}, Level.OBSERVED),
        (holding(bought("tea")), {"item": "cup"}, Level.OBSERVED),
        (holding(bought("tea")), {}, Level.OBSERVED),
        (holding(replace(bought("tea"), name="view")), {"item": "cup"}, Level.CONTEXT),
        (holding(income=9), {"page": "home"}, Level.NONE),
        (None, {}, Level.NONE),
    ],
)
def test_a_level_needs_data_of_its_own(held: Compartment | None, context: Mapping[str, Value], level: Level) -> None:
    """A strategy that speaks without anything that its level adds is passed over: the level's name would claim more."""
    strategies = scripted(by_context="tea", by_rules="tea", by_events="tea", popular="tea")
    asked = replace(question(), context=context)
    slate = decide(ladder(), terms(ladder()), held=held, question=asked, tools=tools(strategies))
    assert slate.level is level
    assert slate.degraded is (None if level is Level.OBSERVED else Degraded.NO_DATA)


def test_a_level_that_adds_nothing_claims_nothing() -> None:
    """A level without any needs of its own answers as it is."""
    case = replace(a_use_case(), rungs=(Rung(level=Level.CONTEXT, strategy="by_context"),))
    slate = decide(case, terms(case), held=None, question=question(), tools=tools(scripted(by_context="tea")))
    assert slate.level is Level.CONTEXT


def test_each_strategy_gets_its_own_model() -> None:
    """A strategy is handed the model of its name and no other, or none, and chance as it was given."""
    strategies = scripted(popular="rice")
    models = {"by_rules": "for rules", POPULAR: "for everybody"}
    decide(ladder(), terms(ladder()), held=HELD, question=question(), tools=tools(strategies, models=models))
    assert {name: each.models for name, each in strategies.items()} == {
        "by_events": [None],
        "by_rules": ["for rules"],
        "by_context": [None],
        POPULAR: ["for everybody"],
    }
    assert strategies["by_events"].draws == [0.25]


def test_a_slate_is_no_longer_than_asked_for() -> None:
    """Whatever a strategy says beyond the limit is cut off, on every rung."""
    strategies = scripted(by_rules="tea cup rice", popular="tea cup rice")
    case, asked = ladder(), question(limit=2)
    assert len(decide(case, terms(case), held=HELD, question=asked, tools=tools(strategies)).items) == 2
    assert len(impersonal(case, question=asked, tools=tools(strategies)).items) == 2


def test_each_rung_sees_what_it_may_and_no_more() -> None:
    """The context, then what was declared, then what was observed: what a further level added is not seen below it."""
    strategies = scripted(popular="rice")
    decide(ladder(), terms(ladder()), held=HELD, question=question(item="cup", page="home"), tools=tools(strategies))
    (context,), (declared,), (observed,) = (strategies[name].seen for name in ("by_context", "by_rules", "by_events"))
    (nobody,) = strategies[POPULAR].seen
    assert {view.today for view in (context, declared, observed, nobody)} == {TODAY}
    assert nobody == View(level=Level.NONE, today=TODAY)
    assert [view.level for view in (context, declared, observed)] == list(LADDER)
    assert [dict(view.context) for view in (context, declared, observed)] == [{"item": "cup"}] * 3
    assert [set(view.facts) for view in (context, declared, observed)] == [set(), {"likes"}, {"likes", "age"}]
    assert [view.events for view in (context, declared, observed)] == [(), (), HELD.events]


def test_events_of_a_further_level_are_not_seen_below_it() -> None:
    """What only the inferred level needs is not seen on the observed one, though both look at events."""
    purchase, view = (
        EventNeed(event=name, properties=frozenset({"item"}), bound=Bound(), why={}) for name in ("purchase", "view")
    )
    case = replace(
        a_use_case(),
        rungs=(
            Rung(level=Level.OBSERVED, strategy="by_events", events=(purchase,)),
            Rung(level=Level.INFERRED, strategy="by_rules", events=(view,)),
        ),
    )
    strategies = scripted(popular="rice")
    held = holding(bought("tea"), replace(bought("cup"), name="view"))
    decide(case, terms(case), held=held, question=question(), tools=tools(strategies))
    (inferred,), (observed,) = strategies["by_rules"].seen, strategies["by_events"].seen
    assert [event.name for event in inferred.events] == ["purchase", "view"]
    assert [event.name for event in observed.events] == ["purchase"]


def test_where_nothing_is_held_only_the_context_is_seen() -> None:
    """A new person has no facts and no events, at any level."""
    strategies = scripted(popular="rice")
    decide(ladder(), terms(ladder()), held=None, question=question(item="cup"), tools=tools(strategies))
    for name in ("by_context", "by_rules", "by_events"):
        (view,) = strategies[name].seen
        assert (dict(view.context), dict(view.facts), view.events) == ({"item": "cup"}, {}, ())


@pytest.mark.parametrize(
    ("held", "level"),
    [
        (None, Level.CONTEXT),
        (holding(), Level.CONTEXT),
        (holding(likes=("cups",)), Level.DECLARED),
        (holding(age=44), Level.OBSERVED),
        (holding(bought("tea")), Level.OBSERVED),
        (holding(bought("wine")), Level.CONTEXT),
    ],
)
def test_a_level_is_named_only_where_its_own_data_were_there(held: Compartment | None, level: Level) -> None:
    """Whoever allows a level but has nothing of it gets the one whose data are there, and is told so."""
    strategies = scripted(by_context="cup", by_rules="cup", by_events="cup")
    made = tools(strategies, withheld=ALCOHOL)
    slate = decide(ladder(), terms(ladder()), held=held, question=question(item="cup"), tools=made)
    assert slate.level is level
    assert slate.degraded is (None if level is Level.OBSERVED else Degraded.NO_DATA)


helds = st.builds(
    lambda events, facts: holding(*events, **facts),
    st.lists(
        st.builds(
            Held,
            name=st.sampled_from(drawn.EVENTS),
            on=st.integers(0, 200).map(on),
            visit=st.integers(0, 3),
            properties=st.dictionaries(st.sampled_from((*drawn.PROPERTIES, "religion")), drawn.scalars),
        ),
        max_size=8,
    ).map(lambda events: sorted(events, key=lambda event: (event.on, event.visit))),
    st.dictionaries(st.sampled_from((*drawn.ATTRIBUTES, "income")), drawn.scalars),
)
contexts = st.dictionaries(st.sampled_from((*drawn.CONTEXT, "referrer")), drawn.scalars)


@given(st.tuples(drawn.use_cases(), drawn.use_cases()), helds, st.tuples(contexts, st.sampled_from(Level)))
def test_a_view_shows_nothing_beyond_the_terms(
    versions: tuple[UseCase, UseCase], held: Compartment, asked: tuple[dict[str, Value], Level]
) -> None:
    """Whatever is held, a rung sees what both versions allow up to it, no older and no finer than they allow."""
    (agreed, current), (context, level) = versions, asked
    strategies = {"popular": Scripted(name="popular")}
    both = meet(agreed, current, level=level)
    decide(current, both, held=held, question=replace(question(), context=context), tools=tools(strategies))
    for view in strategies["popular"].seen[:-1]:
        assert view.level <= level
        for allowed in (agreed.minimum(level), current.minimum(view.level)):
            assert view.context.keys() <= allowed.context
            assert view.facts.keys() <= (allowed.attributes if view.level >= Level.DECLARED else set())
            assert view.level >= Level.OBSERVED or not view.events
            for event in view.events:
                need = allowed.events[event.name]
                assert event.properties.keys() <= need.properties
                assert event.on == coarse(event.on, need.bound.grain) or need.bound.grain is Grain.WEEK
                young = need.bound.within is None or event.on > TODAY - need.bound.within
                assert young or event.visit > held.visits - need.bound.or_visits


def test_what_grew_too_old_since_is_not_seen() -> None:
    """Between an event's last day and the upkeep that takes it away it is held, and not shown."""
    need = EventNeed(event="purchase", properties=frozenset({"item"}), bound=Bound(within=timedelta(days=5)), why={})
    rung = Rung(level=Level.OBSERVED, strategy="by_events", events=(need,))
    case = replace(a_use_case(), rungs=(rung,))
    view = view_of(terms(case), holding(bought("cup", 5), bought("tea", 4)), rung=rung, question=question())
    assert [event.properties["item"] for event in view.events] == ["tea"]
    tomorrow = question(today=on(-1))
    assert view_of(terms(case), holding(bought("tea", 4)), rung=rung, question=tomorrow).events == ()


def test_sensitive_items_are_not_inferred_from() -> None:
    """What concludes anything sees nothing of sensitive items; what only shows facts shows them too."""
    strategies = scripted(popular="rice")
    strategies["by_rules"].infers = False
    hiding = tools(strategies, withheld=ALCOHOL)
    case = ladder(Level.OBSERVED)
    decide(case, terms(case), held=HELD, question=question(item="wine"), tools=hiding)
    (view,) = strategies["by_events"].seen
    assert [event.properties["item"] for event in view.events] == ["tea"]
    strategies["by_events"].infers = False
    decide(case, terms(case), held=HELD, question=question(), tools=hiding)
    assert strategies["by_events"].seen[-1].events == HELD.events


@pytest.mark.parametrize(
    ("looked_at", "left"),
    [
        ("wine", None),
        ("tea", "tea"),
        (("tea", "wine"), ("tea",)),
        (("wine",), None),
        (("wine", "beer"), None),
        (("tea", "cup"), ("tea", "cup")),
        (7, 7),
    ],
)
def test_sensitive_items_are_taken_out_one_by_one(looked_at: Value, left: Value | None) -> None:
    """Of what is looked at sensitive and unknown items go and others stay; if none is left there is nothing."""
    view = View(level=Level.CONTEXT, today=TODAY, context={"item": looked_at, "page": "home"})
    seen = without(view, ALCOHOL)
    assert dict(seen.context) == {"page": "home"} | ({} if left is None else {"item": left})
    assert (seen is view) == (left == looked_at)


def test_other_words_are_not_taken_for_items() -> None:
    """Only what is named as an item is taken out: the same word elsewhere is another thing."""
    view = View(level=Level.OBSERVED, today=TODAY, context={"page": "wine"}, events=(bought("tea", note="wine"),))
    assert without(view, ALCOHOL) is view
    nameless = replace(view, events=(Held(name="visit", on=TODAY, visit=1, properties={}),))
    assert without(nameless, ALCOHOL) is nameless


@pytest.mark.parametrize(("infers", "shown"), [(True, ("rice",)), (False, ())])
def test_where_only_facts_are_shown_nobody_gets_anything(
    infers: bool,  # noqa: FBT001 - a table
    shown: tuple[str, ...],
) -> None:
    """Without leave a use case that recommends shows what is popular, and one that shows facts shows nothing."""
    strategies = scripted(popular="rice")
    strategies["by_rules"].infers = infers
    slate = impersonal(ladder(Level.DECLARED), question=question(), tools=tools(strategies))
    assert (slate.level, slate.strategy) == (Level.NONE, POPULAR)
    assert tuple(each.item for each in slate.items) == shown


def test_one_level_that_recommends_is_enough() -> None:
    """A use case that both recommends and shows facts shows what is popular to whoever gave no leave."""
    strategies = scripted(popular="rice")
    strategies["by_rules"].infers = False
    slate = impersonal(ladder(Level.CONTEXT, Level.DECLARED), question=question(), tools=tools(strategies))
    assert [each.item for each in slate.items] == ["rice"]


def test_what_is_not_declared_is_not_read() -> None:
    """A strategy that says nothing reads nothing."""
    assert Reads() == Reads(context=frozenset(), attributes=False, properties=frozenset())


def test_the_answer_for_nobody_is_the_same_for_everybody() -> None:
    """At level none neither what is held nor the context makes any difference, and the fault is named."""
    strategies = scripted(popular="rice cup")
    first = impersonal(ladder(), question=question(item="wine"), tools=tools(strategies), degraded=Degraded.STORE)
    second = decide(ladder(), terms(ladder(), Level.NONE), held=HELD, question=question(), tools=tools(strategies))
    assert first.items == second.items
    assert strategies[POPULAR].seen[0] == strategies[POPULAR].seen[1]
    assert (first.degraded, second.degraded) == (Degraded.STORE, None)


@given(st.lists(st.floats(0, 1), max_size=5), st.floats(0, 1))
def test_what_is_not_relevant_enough_is_hushed(scores: list[float], least: float) -> None:
    """What is below the least relevance is left out; if that is all there was, the answer is silent and says so."""
    items = tuple(Scored(item=ItemId(str(place)), score=score) for place, score in enumerate(scores))
    slate = Slate(level=Level.OBSERVED, strategy="by_events", items=items, degraded=Degraded.NO_DATA)
    quiet = hushed(slate, min_relevance=least)
    assert quiet.items == tuple(each for each in items if each.score >= least)
    assert quiet.silent == (Silent.MIN_RELEVANCE if items and not quiet.items else None)
    assert replace(quiet, items=items, silent=None) == slate


@given(
    st.lists(st.sampled_from(("tea", "cup", "wine", "beer", "rice")), max_size=6),
    st.frozensets(st.sampled_from(("drinks", "alcohol", "cups")), min_size=1),
    st.booleans(),
)
def test_what_is_off_is_neither_looked_at_nor_shown(
    names: list[str],
    topics: frozenset[str],
    infers: bool,  # noqa: FBT001 - drawn
) -> None:
    """On no rung does a strategy, whether it infers or not, see an event, a context or a candidate of a topic off."""
    strategies = scripted(popular="rice")
    for strategy in strategies.values():
        strategy.infers = infers
    held = replace(holding(*map(bought, names), likes=("cups",)), off=tuple(sorted(topics)))
    shelf = Withheld(groups=topics, items=SHELF)
    case, made = ladder(), tools(strategies, withheld=Withheld(items=SHELF))
    decide(case, terms(case), held=held, question=question(item=tuple(names)), tools=made)
    for rung in case.rungs:
        for view in strategies[rung.strategy].seen:
            assert not [event for event in view.events if event.properties["item"] in shelf]
            assert not [item for item in cast("tuple[str, ...]", view.context.get("item", ())) if item in shelf]
        for shown in strategies[rung.strategy].offered:
            assert not [item for item in shown if item in shelf]
    assert [set(offered) for offered in strategies[POPULAR].offered] == ([set(SHELF)] if infers else [])


def test_what_learns_nothing_has_nothing_to_forget() -> None:
    """A strategy without a model adds nothing, packs nothing, and takes no bytes for its own."""
    plain = Untaught()
    assert plain.contribution(a_lesson("tea")) == {}
    plain.fit({("tea", ""): 1})
    assert plain.pack(None) == b""
    plain.unpack(b"")
    with pytest.raises(ValueError, match="no model"):
        plain.unpack(b"\0")
