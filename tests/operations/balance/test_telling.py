"""What a level brings that learns from what people told, and how little of it is enough."""

from dataclasses import replace

import pytest

from fiel.core.promise.narrowing import untold
from fiel.core.promise.revision import revise
from fiel.core.promise.usecase import Attribute, Learning, Level, Promise, Rung, Source, ValueType
from fiel.operations.balance import Balance
from fiel.testing.builders import a_promise, a_text
from tests.operations.balance.worlds import CASE, ITEMS, Person, a_case, a_world, chance, weighed

TOLD = frozenset({"home", "lucky", "town"})
HOMES = ("alone", "couple", "family", "shared")


def a_promising(*, also: Rung | None = None) -> Promise:
    """A shop that asks for three things, all of which may teach."""
    case = a_case()
    declared = Rung(level=Level.DECLARED, strategy="propensity", attributes=TOLD)
    higher = replace(case.rungs[-1], strategy="facts") if also else case.rungs[-1]
    learn = Learning(why=a_text("others see it too"), cap=50, attributes=TOLD)
    promise = a_promise(replace(case, rungs=(declared, higher), learn=learn))
    titled = {name: _attribute(name) for name in TOLD}
    return replace(promise, attributes={**promise.attributes, **titled})


def _attribute(name: str) -> Attribute:
    return Attribute(
        name=name, type=ValueType.STRING, category="pd:Demographic", source=Source.DECLARED, title=a_text(name)
    )


def by_home(people: int = 240) -> list[Person]:
    """Everybody buys what goes with their home, something else each time, whatever their lucky number and town."""
    draw = chance(3)
    found = []
    for number in range(people):
        home = number % len(HOMES)
        shelf = [item for item in ITEMS if int(item[1:]) % len(HOMES) == home]
        visits = [(age, draw.sample(shelf, 4)) for age in (200, 120, 60, 10)]
        told = {"home": HOMES[home], "lucky": str(draw.randint(1, 3)), "town": f"town {number}"}
        found.append(Person(visits=visits, told=told))
    return found


@pytest.fixture(scope="module")
def found() -> Balance:
    """The balance of a world in which only the home decides."""
    return weighed(a_world(by_home(), promise=a_promising()), bounds=False)


def test_the_attribute_that_decides_is_found_and_enough(found: Balance) -> None:
    """It comes first, with nothing less being enough, and the others are needless."""
    assert found.telling is not None
    assert [step.attributes for step in found.telling.steps] == [(), ("home",)]
    nothing, home = found.telling.steps
    assert nothing.share.high < 0.9
    assert not nothing.suffices
    assert home.suffices
    assert found.telling.needless == {"lucky", "town"}


def test_what_tells_people_apart_is_counted(found: Balance) -> None:
    """With their town everybody is alone, by their home nobody is."""
    assert found.telling is not None
    assert found.telling.whole.unique == 1.0
    assert found.telling.smallest.unique == 0.0


def test_telling_less_asks_nobody_again() -> None:
    """Whoever agreed to tell more has agreed to tell less, and to let less of it teach."""
    before = a_promising()
    case = untold(before.use_cases[CASE], frozenset({"lucky", "town"}))
    (revision,) = revise(before, replace(before, use_cases={CASE: case}))
    assert revision.edits
    assert revision.dormant == ()


def test_how_well_choices_are_told_is_held_against_what_everybody_chooses(found: Balance) -> None:
    """Over pairs of people and items the level tells what is chosen far better than popularity does."""
    assert found.likely is not None
    assert found.likely.level is Level.DECLARED
    assert found.likely.auc.low > 0.8 > found.likely.auc_none.high
    assert found.likely.lift.low > found.likely.lift_none.high


def test_the_level_itself_earns_its_data(found: Balance) -> None:
    """Through the decision of production, too, the declared level beats what nobody's data are needed for."""
    declared = next(score for score in found.levels if score.level is Level.DECLARED)
    assert declared.earns
    assert declared.by == declared.ndcg.people


def test_what_another_level_shows_is_not_needless() -> None:
    """Where another level reads attributes, too, none of them is called needless for what they bring here."""
    showing = Rung(level=Level.OBSERVED, strategy="facts")
    found = weighed(a_world(by_home(120), promise=a_promising(also=showing)), bounds=False)
    assert found.telling is not None
    assert found.telling.needless == frozenset()


def test_where_nothing_told_decides_nothing_is_needed() -> None:
    """If what people tell goes with nothing, not telling it is enough."""
    people = [replace(each, told={**each.told, "home": "alone"}) for each in by_home()]
    found = weighed(a_world(people, promise=a_promising()), bounds=False)
    assert found.telling is not None
    assert found.telling.smallest.attributes == ()
    assert found.telling.needless == frozenset()


def test_of_few_people_nothing_is_told() -> None:
    """Below fifty people who came again there is no figure."""
    found = weighed(a_world(by_home(48), promise=a_promising()), bounds=False)
    assert (found.telling, found.likely) == (None, None)
