"""Propensity: what people who told the same choose, from sums that forget exactly."""

from datetime import date
from itertools import product
from random import Random

import numpy as np
import pytest

from fiel.core.text import Value
from fiel.core.use.decision import Scored
from fiel.core.use.lesson import Lesson
from fiel.numeric.contributions import minus, summed
from fiel.numeric.linear import Linear
from fiel.strategies.propensity import MOST_TOLD, STRATEGY, Propensity
from fiel.testing.strategies import StrategyLaws
from tests.strategies.shown import no_chance, said, shelf, view

MONTH = date(2026, 2, 1)
ITEMS = ("pram", "rucksack", "tea", "wine")
HOMES = ("alone", "couple", "family")
CHOICES = {"alone": "rucksack", "couple": "wine", "family": "pram"}
SHELF = shelf(*ITEMS)


class TestPropensity(StrategyLaws):
    """Every law of a strategy."""

    entry = "propensity"


def a_lesson(*items: str, **facts: Value) -> Lesson:
    """What somebody teaches who chose these and told this."""
    return Lesson.of(items, month=MONTH, **facts)


def a_world(people: int = 600, *, seed: int = 7) -> list[Lesson]:
    """People who mostly choose what goes with their home, whatever their age or their lucky number."""
    chance = Random(seed)  # noqa: S311 - it invents people
    found = []
    for _ in range(people):
        home = chance.choice(HOMES)
        first = CHOICES[home] if chance.random() < 0.8 else chance.choice(ITEMS)
        facts: dict[str, Value] = {"home": home, "age": chance.randint(18, 90), "lucky": str(chance.randint(1, 3))}
        told = {name: value for name, value in facts.items() if chance.random() < 0.9}
        found.append(a_lesson(*{first, *(["tea"] if chance.random() < 0.3 else [])}, **told))
    return found


def taught(*lessons: Lesson) -> Linear:
    """The model of what these teach."""
    return STRATEGY.fit(summed(map(STRATEGY.contribution, lessons)))


def ranked(model: Linear | None, **facts: Value) -> list[Scored]:
    """What is suggested to somebody who told this."""
    told = {name: said(value) for name, value in facts.items()}
    asking = view(context=None, **told)
    return list(STRATEGY.rank(model, asking, candidates=SHELF, k=9, draw=no_chance))


@pytest.mark.parametrize("home", HOMES)
def test_what_decides_in_a_planted_world_is_found(home: str) -> None:
    """Who tells what decides gets what goes with it first, as likely as it was planted, and that is the reason."""
    first, *_ = ranked(taught(*a_world()), home=home, lucky="2")
    assert first.item == CHOICES[home]
    assert first.score == pytest.approx(0.85, abs=0.08)
    assert ("home", home) in [(reason.name, reason.value) for reason in first.because]


def test_what_decides_nothing_adds_next_to_nothing() -> None:
    """A word that goes with no choice moves no likelihood by more than chance does."""
    model = taught(*a_world(3_000))
    for one, other in product("123", "123"):
        both = zip(ranked(model, home="family", lucky=one), ranked(model, home="family", lucky=other), strict=True)
        assert all(abs(first.score - second.score) < 0.06 for first, second in both)


def test_a_number_counts_in_a_straight_line() -> None:
    """The older of two is the likelier to choose what the old choose, and their age as they told it is the reason."""
    lessons = [a_lesson("tea" if age > 50 else "rucksack", age=age) for age in range(20, 90)]
    model = taught(*lessons)
    ages = (25, 55, 80)
    young, older, oldest = (next(each for each in ranked(model, age=age) if each.item == "tea") for age in ages)
    assert young.score < older.score < oldest.score
    assert 80 in [reason.value for reason in oldest.because if reason.name == "age"]


def test_a_number_far_away_counts_no_more_than_the_farthest() -> None:
    """One absurd number outweighs nobody."""
    lessons = [a_lesson("tea" if number % 2 else "wine", money=float(number)) for number in range(50)]
    first, second = (taught(*lessons, a_lesson("tea", money=money)) for money in (1e4, 1e300))
    assert STRATEGY.pack(first) == STRATEGY.pack(second)


def test_words_and_items_of_few_people_are_not_learnt() -> None:
    """What fewer than five said or chose is in no model, since its weights would be about them."""
    many = [a_lesson("tea", home="alone")] * 5
    few = [a_lesson("wine", "tea", home="palace")] * 4
    model = taught(*many, *few)
    assert model.items == ("tea",)
    assert model.words == ('home="alone"',)


def test_whoever_told_nothing_known_is_not_answered() -> None:
    """Without a model, or a word that it knows, a lower level may answer."""
    assert ranked(None, home="family") == []
    assert ranked(taught(*a_world()), home="castle", shoe="wide") == []


def test_nobody_adds_more_than_so_many_words() -> None:
    """However much somebody tells, what they add is bounded."""
    lesson = a_lesson(
        *(f"item {number}" for number in range(50)), likes=tuple(f"word {number}" for number in range(99))
    )
    assert len(STRATEGY.contribution(lesson)) == (MOST_TOLD + 1) * (MOST_TOLD + 2) // 2 + 50 * (MOST_TOLD + 1)


def test_no_text_is_taken_for_a_yes() -> None:
    """A yes and the text that looks like it are two words."""
    yes, text = STRATEGY.contribution(a_lesson("tea", it=True)), STRATEGY.contribution(a_lesson("tea", it="true"))
    assert yes.keys() != text.keys()


def test_a_model_of_many_forgets_to_the_last_bit() -> None:
    """Whoever leaves leaves no trace, in whatever order others came."""
    people = a_world(200)
    total = summed(map(STRATEGY.contribution, people))
    for leaver in people[::20]:
        others = list(people)
        others.remove(leaver)
        left = STRATEGY.fit(minus(total, STRATEGY.contribution(leaver)))
        assert STRATEGY.pack(left) == STRATEGY.pack(taught(*reversed(others)))


def test_more_forgotten_than_learnt_makes_no_model() -> None:
    """A total with a negative count is refused."""
    with pytest.raises(ValueError, match="forgotten"):
        STRATEGY.fit(minus({}, STRATEGY.contribution(a_lesson("tea", home="alone"))))


def test_bytes_of_a_real_model_cannot_be_altered_unseen() -> None:
    """Whatever is taken for a model is packed as it was, and cut bytes are none."""
    strategy = Propensity()
    packed = strategy.pack(taught(*a_world(60)))
    for place, bit in product(range(len(packed)), (1, 64)):
        altered = packed[:place] + bytes([packed[place] ^ bit]) + packed[place + 1 :]
        try:
            model = strategy.unpack(altered)
        except ValueError:
            continue
        assert strategy.pack(model) == altered
        assert np.isfinite(model.weights).all()
    for end in range(0, len(packed), 7):
        with pytest.raises(ValueError, match="fit the model again"):
            strategy.unpack(packed[:end])
