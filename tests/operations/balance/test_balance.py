"""The balance of a use case: what is told of levels and bounds, on whose data, and that it can find its way."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import cast

import pytest

from fiel.core.errors import Malformed, Unknown
from fiel.core.ids import ItemId, UseCaseId
from fiel.core.items import Item, Withheld
from fiel.core.permit import Act, Permit
from fiel.core.promise.change import Terms
from fiel.core.promise.measured import ENOUGH_PEOPLE
from fiel.core.promise.usecase import Bound, Grain, Level
from fiel.core.use.decision import Draw, Question, Reads, Scored, Strategy, View, view_of
from fiel.core.use.untaught import Untaught
from fiel.numeric.frontier import kept, places
from fiel.operations.balance import Balance, Wish, balance, remember
from fiel.operations.balance.bounds import candidates
from fiel.operations.balance.fitting import School
from fiel.operations.balance.gather import gather
from fiel.operations.balance.halve import halve
from fiel.operations.balance.trial import Trial
from fiel.operations.house import House
from fiel.ports import Store, Transaction
from fiel.testing.clock import NOON
from tests.operations.balance.worlds import (
    CASE,
    GREEDY,
    Person,
    a_case,
    a_world,
    by_the_distant_past,
    by_the_last_visit,
    weighed,
)
from tests.operations.houses import Told


@pytest.fixture(scope="module")
def last_visit() -> Balance:
    """The balance of a world where only the last visit tells what comes next."""
    return weighed(a_world(by_the_last_visit()))


@pytest.fixture(scope="module")
def distant_past() -> Balance:
    """The balance of a world where only the distant past does."""
    return weighed(a_world(by_the_distant_past()))


def test_where_the_last_visit_tells_it_all_little_is_enough(last_visit: Balance) -> None:
    """The tool finds a rule that keeps about one visit of nine, and would be as relevant as everything."""
    smallest = last_visit.smallest
    assert smallest is not None
    assert smallest.stored < 0.2
    assert smallest.share.low >= 0.98
    assert smallest.bound.or_visits == 1 or smallest.bound.within == timedelta(days=30)


def test_where_the_past_tells_it_all_nothing_is_cut_short(distant_past: Balance) -> None:
    """The control: the same tool shortens nothing where what is old is what is bought again."""
    smallest = distant_past.smallest
    assert smallest is not None
    assert smallest.bound.within is not None
    assert smallest.bound.within >= timedelta(days=300)
    short = [score for score in distant_past.bounds if score.bound == Bound(or_visits=1, within=timedelta(0))]
    assert [score.suffices for score in short] == [False]


def test_who_pays_is_told(distant_past: Balance) -> None:
    """A bound that takes what was needed makes almost everybody lose, in each quarter."""
    score = next(each for each in distant_past.bounds if each.bound.within == timedelta(days=30))
    assert score.lost > 0.9
    assert min(score.losers) > 0.9
    assert max(score.quarters) < 0.5


def test_everything_is_compared_with_the_strongest(last_visit: Balance) -> None:
    """What is declared reaches all of the strongest method, which is no worse than any other."""
    assert last_visit.whole is not None
    assert last_visit.whole.share.mean == pytest.approx(1.0)
    best = max(found.mean for found in last_visit.strategies.values())
    assert last_visit.strategies[last_visit.strongest].mean == best


def test_only_narrowing_bounds_are_put_forward(last_visit: Balance) -> None:
    """Whatever is named smallest asks nobody again, and is tried with what the bound keeps."""
    assert last_visit.smallest is not None
    assert not last_visit.smallest.asks_again
    assert last_visit.smallest.in_store is not None


def test_each_level_is_told_with_its_rival(last_visit: Balance) -> None:
    """Every level is measured on the same people, and held against the best of those that ask for less."""
    for shown in (1, 3):
        scores = [score for score in last_visit.levels if score.shown == shown]
        assert [score.level for score in scores] == [Level.NONE, Level.CONTEXT, Level.DECLARED, Level.OBSERVED]
        assert len({score.ndcg.people for score in scores}) == 1
        assert [score.rival is None for score in scores] == [True, False, False, False]
        assert scores[-1].earns


def test_who_does_not_let_it_be_measured_is_not_read() -> None:
    """Of somebody who said no, or whose use case declares no measuring, no compartment is opened."""
    people = [*by_the_last_visit(55), *(Person(visits=[(5, ["i01"])], level=None) for _ in range(5))]
    house, opened = _watching(a_world(people))
    found = weighed(house)
    assert (found.people, found.refused) == (55, 5)
    assert {permit.act for permit in opened} == {Act.MEASURE}
    assert len({permit.place.pseudonym for permit in opened}) == 55
    undeclared, opened = _watching(a_world(people, case=a_case(measured=False)))
    with pytest.raises(Malformed):
        weighed(undeclared)
    assert opened == []


def test_too_few_people_make_no_number() -> None:
    """Below the threshold nothing is told and nothing is kept but that there is not enough to tell."""
    house = a_world(by_the_last_visit(ENOUGH_PEOPLE - 1))
    found = weighed(house)
    assert (found.levels, found.bounds, found.smallest) == ((), (), None)
    remember(house, found).result()
    with house.store.read() as tx:
        told = tx.measurements.of(CASE)
    assert told is not None
    assert [(each.level, each.people, each.right) for each in told.figures] == [
        (level, 0, None) for level in (Level.NONE, Level.CONTEXT, Level.DECLARED, Level.OBSERVED)
    ]


def test_what_may_be_told_is_kept(last_visit: Balance) -> None:
    """Each level has its figure with an interval, a date and its people, read from what is in force."""
    house = a_world([])
    remember(house, last_visit).result()
    with house.store.read() as tx:
        told = house.shelf.now(tx).measured[CASE]
    assert told.at == NOON
    observed = told.of(Level.OBSERVED)
    assert observed is not None
    assert observed.right is not None
    assert observed.people == 60
    assert 0 <= observed.right.low <= observed.right.share <= observed.right.high <= 1


def test_a_model_is_made_of_nobody_who_does_not_teach() -> None:
    """Who let it be measured and did not say yes to teaching is tested, and adds nothing to the models."""
    silent = [replace(person, teaches=False) for person in by_the_last_visit()]
    school, _ = _school(a_world(silent))
    assert school.models(["popular"]) == {"popular": ()}
    assert school.halved.tested != ()


def test_nobodys_future_is_used() -> None:
    """What is before the cut is all that is used, and what is after it all that is to be found, for everybody."""
    school, _ = _school(a_world(by_the_last_visit()))
    for half in school.halved.halves:
        assert all(event.on <= school.halved.cut for event in half.before.events)
        assert all(event.on > school.halved.cut for event in half.after)
        assert all(fact.on <= school.halved.cut for fact in half.before.facts.values())
        assert half.wanted() == {event.properties["item"] for event in half.after}


@pytest.mark.parametrize("grain", list(Grain))
def test_the_cut_lies_between_two_coarse_times(grain: Grain) -> None:
    """Where times are kept as weeks or months, no week and no month is on both sides of the cut."""
    bound = Bound(within=timedelta(days=365), grain=grain)
    house = a_world(by_the_last_visit(3), case=a_case(bound))
    halved = halve(gather(house, CASE, progress=lambda _: None), bound=bound, today=NOON.date())
    following = halved.cut + timedelta(days=1)
    assert grain is not Grain.WEEK or following.weekday() == 0
    assert grain is not Grain.MONTH or following.day == 1
    assert abs((halved.last - halved.cut).days - 30) <= 16


@pytest.mark.parametrize(
    "bound",
    [
        Bound(within=timedelta(days=90), or_visits=1),
        Bound(within=timedelta(0), or_visits=3),
        Bound(within=timedelta(days=200), keep=12),
        Bound(within=timedelta(days=120), or_visits=1, grain=Grain.WEEK),
    ],
)
def test_columns_show_what_a_view_would(bound: Bound) -> None:
    """The fast path shows a strategy the very events that `view_of` would on the day of the cut, on a sample."""
    school, house = _school(a_world(by_the_distant_past(12)))
    with house.store.read() as tx:
        published = house.shelf.now(tx)
    trial = Trial.of(school, published, grain=bound.grain, k=10, draw=lambda: 0.5)
    mask = kept(trial.log, bound)
    case = school.halved.use_case
    question = Question(candidates=published.candidates, limit=10, today=school.halved.cut)
    for place, half in enumerate(school.halved.halves):
        whole = _within(half.member.terms, Bound(grain=bound.grain))
        as_kept = view_of(whole, half.before, rung=case.rungs[-1], question=question)
        coarsened, terms = replace(half.before, events=as_kept.events), _within(whole, bound)
        view = view_of(terms, coarsened, rung=case.rungs[-1], question=question)
        shown = [half.before.events[each].properties for each in places(trial.log, mask, place)]
        assert shown == [event.properties for event in view.events]


def test_what_is_not_kept_cannot_be_measured() -> None:
    """Bounds that look back further from the cut than what is kept reaches are named, and not tried."""
    declared = Bound(within=timedelta(days=90), or_visits=1, keep=200)
    can, cannot = candidates(declared, cut=(NOON - timedelta(days=30)).date(), today=NOON.date())
    assert can[0] == declared
    assert all(
        bound.within is not None and bound.within <= timedelta(days=60) for bound in can[1:] if bound.keep == 200
    )
    assert {bound.within.days for bound in cannot if bound.within} >= {90, 120, 180, 270, 365}
    assert any(bound.or_visits == 2 for bound in cannot)


def test_the_same_chance_gives_the_same_answer() -> None:
    """Chance is an argument: two measurements that begin alike say the same."""
    house = a_world(by_the_last_visit())
    assert weighed(house) == weighed(house)


def test_what_is_not_there_is_refused() -> None:
    """A use case or a strategy that does not exist, and a tolerance that is none, are told before anybody is read."""
    house, opened = _watching(a_world(by_the_last_visit(2)))
    with pytest.raises(Unknown):
        balance(house, Wish(use_case=UseCaseId("none")), draw=lambda: 0.5)
    with pytest.raises(Unknown):
        weighed(house, strategy="none")
    with pytest.raises(Malformed):
        weighed(house, tolerance=0.0)
    assert opened == []


def _school(house: House) -> tuple[School, House]:
    gathered = gather(house, CASE, progress=lambda _: None)
    halved = halve(gathered, bound=GREEDY, today=NOON.date())
    return School.of(house, halved, withheld=Withheld(groups=frozenset(), items={})), house


def _within(terms: Terms, bound: Bound) -> Terms:
    needs = {name: replace(need, bound=bound) for name, need in terms.minimum.events.items()}
    return replace(terms, minimum=replace(terms.minimum, events=needs))


def _watching(house: House) -> tuple[House, list[Permit]]:
    """The house, and every permit under which a compartment is read from now on."""
    opened: list[Permit] = []
    store = house.store

    class Watched:
        @contextmanager
        def read(self) -> Iterator[Transaction]:
            with store.read() as tx:

                def load(permit: Permit) -> object:
                    opened.append(permit)
                    return tx.compartments.load(permit)

                yield cast("Transaction", Told(tx, compartments=Told(tx.compartments, load=load)))

        def __getattr__(self, name: str) -> object:
            return getattr(store, name)

    return replace(house, store=cast("Store", Watched())), opened


@dataclass
class _Spy(Untaught):
    """A strategy that notes what it was shown, and what it might have shown."""

    name: str = "spy"
    reads: Reads = Reads(properties=frozenset({"item"}))  # noqa: RUF009 - a frozen value
    infers: bool = True
    learns: bool = False
    seen: list[tuple[View, frozenset[ItemId]]] = field(default_factory=list)

    def rank(
        self, model: None, view: View, *, candidates: Mapping[ItemId, Item], k: int, draw: Draw
    ) -> Sequence[Scored]:
        """Nothing."""
        del model, k, draw
        self.seen.append((view, frozenset(candidates)))
        return ()


def test_a_topic_that_is_off_is_neither_used_nor_shown() -> None:
    """Where somebody switched a group of items off, a bound is tried without it, as a decision would be made."""
    school, house = _school(a_world(by_the_last_visit(3)))
    with house.store.read() as tx:
        published = house.shelf.now(tx)
    halves = tuple(replace(half, before=replace(half.before, off=("g1",))) for half in school.halved.halves)
    withheld = Withheld(items=published.items)
    school = replace(school, halved=replace(school.halved, halves=halves), withheld=withheld)
    trial, spy = Trial.of(school, published, grain=Grain.DAY, k=10, draw=lambda: 0.5), _Spy()
    trial.on(cast("Strategy[object]", spy), {}).gains(kept(trial.log, GREEDY))
    of_group = {name for name, item in published.items.items() if "g1" in item.groups}
    assert len(spy.seen) == 3
    for view, offered in spy.seen:
        assert view.events
        assert not of_group & offered
        assert not of_group & {event.properties["item"] for event in view.events}
