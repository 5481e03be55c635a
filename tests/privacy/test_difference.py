"""What comparing what is published before and after somebody left tells, against one look (threat T20, ADR 0003).

The attacker sees what goes with every item and how strongly, knows who left and five things that they had bought, and
names as many others: those that lost most beside the five (Calandrino et al., "You Might Also Like", IEEE S&P 2011), by
weights or by the ten items listed first. One look tells something too, as it does of anybody: that is the measure.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from random import Random
from typing import Final

import pytest

from fiel.core.ids import ItemId
from fiel.numeric.contributions import PERSON
from fiel.numeric.neighbours import Neighbours
from fiel.numeric.noise import Noise
from fiel.operations import learn as learning
from fiel.operations.house import House
from fiel.strategies.similar_items import SimilarItems
from tests.privacy.learners import Learner, a_shop, come, go, learners, published, weights

KNOWN: Final = 5
"""Items that the attacker knows of who left, and items that they name at most."""

LISTED: Final = 10
"""Items that are shown beside one."""

BAR: Final = 1.1
"""Times as good as one look (the programme of proof)."""

TARGETS: Final = 60

READ_OFF: Final = 0.9
"""The share of what is named that is true, if exact models were published at each single change."""

EXACT: Final = SimilarItems(noise=Noise(together=0.0, spread=0.0, person=PERSON))
"""The control: nothing is kept back."""

Beside = Callable[[Neighbours, str], Counter[str]]
"""What stands beside an item, and how much."""


def weighed(model: Neighbours, item: str) -> Counter[str]:
    """By weight."""
    beside: Counter[str] = Counter()
    for other, weight in weights(model, item).items():
        beside[other] = round(weight * 1_000_000)
    return beside


def listed(model: Neighbours, item: str) -> Counter[str]:
    """By whether it is among the first."""
    return Counter(dict.fromkeys((other for other, _ in weighed(model, item).most_common(LISTED)), 1))


def together(model: Neighbours, known: Sequence[ItemId], *, beside: Beside) -> Counter[str]:
    """What stands beside the known items, added up."""
    added: Counter[str] = Counter()
    for item in known:
        added.update(beside(model, item))
    for item in known:
        del added[item]
    return added


def named(found: Counter[str]) -> list[str]:
    """What the attacker says: the most telling few; nothing where nothing tells."""
    return [item for item, times in found.most_common(KNOWN) if times > 0]


class Scores:
    """How much of what was named is true, by each way of naming it."""

    def __init__(self) -> None:
        self._right: Counter[str] = Counter()
        self._named: Counter[str] = Counter()

    def note(self, way: str, items: Iterable[str], *, target: Learner) -> None:
        """What was named of somebody in one way."""
        for item in items:
            self._right[way] += item in target.basket
            self._named[way] += 1

    def __str__(self) -> str:
        """Every way with its share and how much was named."""
        return "; ".join(f"{way}: {self._right[way] / times:.3f} of {times}" for way, times in self._named.items())

    def best(self, kind: str) -> float:
        """The share that is true, by the best way of that kind."""
        ways = [way for way in self._named if way.startswith(kind)]
        return max(self._right[way] / self._named[way] for way in ways)


def attacked(house: House, *, crowd: Sequence[Learner], targets: Sequence[Learner], others: int) -> Scores:
    """The targets leave one after the other, each amid `others` of the crowd who come and go, and all is published."""
    chance, scores = Random(others), Scores()  # noqa: S311 - who comes and goes is no secret
    inside, outside = list(crowd[: len(crowd) // 2]), list(crowd[len(crowd) // 2 :])
    come(house, [*targets, *inside])
    before = published(house)
    for target in targets:
        leaving = chance.sample(inside, others // 2)
        coming = chance.sample(outside, others - others // 2)
        go(house, [target, *leaving])
        come(house, coming)
        inside = [each for each in inside if each not in leaving] + coming
        outside = [each for each in outside if each not in coming] + leaving
        after = published(house)
        assert before is not None
        assert after is not None
        known = chance.sample(target.basket, KNOWN)
        for beside in (weighed, listed):
            then, now = (together(model, known, beside=beside) for model in (before, after))
            scores.note(f"compared, {beside.__name__}", named(then - now), target=target)
            scores.note(f"looked at, before, {beside.__name__}", named(then), target=target)
            scores.note(f"looked at, after, {beside.__name__}", named(now), target=target)
        before = after
    return scores


@pytest.mark.proof
def test_comparing_tells_no_more_than_looking() -> None:
    """Amid as many changes as there must be, two publications name hardly more of a leaver than one of them does."""
    everybody = learners(1_500 + TARGETS)
    scores = attacked(
        a_shop(everybody), crowd=everybody[TARGETS:], targets=everybody[:TARGETS], others=learning.ENOUGH - 1
    )
    compared, looked = scores.best("compared"), scores.best("looked at")
    print(scores)  # noqa: T201 - the report of the proof
    assert compared <= BAR * looked


@pytest.mark.proof
def test_exact_models_at_each_change_are_read_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: if one change were enough to publish, and all exactly, nearly all that is named would be true."""
    monkeypatch.setattr(learning, "ENOUGH", 1)
    everybody = learners(400 + TARGETS // 3)
    targets = everybody[: TARGETS // 3]
    house = a_shop(everybody, similar_items=EXACT)
    scores = attacked(house, crowd=everybody[len(targets) :], targets=targets, others=0)
    assert scores.best("compared") >= READ_OFF
    assert scores.best("compared") > 2 * scores.best("looked at, after")


@pytest.mark.proof
def test_a_crowd_alone_hides_nobody() -> None:
    """The other control: amid as many changes as there must be, exact models are still read off."""
    everybody = learners(1_500 + TARGETS // 4)
    targets = everybody[: TARGETS // 4]
    house = a_shop(everybody, similar_items=EXACT)
    scores = attacked(house, crowd=everybody[len(targets) :], targets=targets, others=learning.ENOUGH - 1)
    assert scores.best("compared") >= READ_OFF


def test_nothing_is_published_before_enough_changed() -> None:
    """One fewer than enough, and what everybody sees is the same to the last bit; one more, and it is new."""
    people = learners(learning.ENOUGH + 10)
    house = a_shop(people)
    come(house, people)
    before = published(house)
    go(house, people[: learning.ENOUGH - 1])
    assert published(house) == before
    go(house, people[learning.ENOUGH - 1 : learning.ENOUGH])
    after = published(house)
    assert after is not None
    assert after != before
