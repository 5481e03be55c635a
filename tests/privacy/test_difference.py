"""What comparing what is published before and after somebody left tells, against one look (threat T20, ADR 0003).

The attacker sees the ten items listed beside every item, knows who left and five things that they had bought, and names
as many others: those that were most often taken off the lists of the five (Calandrino et al., "You Might Also Like",
IEEE S&P 2011). One look at the later lists alone tells something too, as it does of anybody: that is the measure.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from random import Random
from typing import Final

import pytest

from fiel.core.ids import ItemId
from fiel.numeric.neighbours import Neighbours
from fiel.operations import learn as learning
from tests.privacy.learners import Learner, a_shop, come, go, learners, published, weights

KNOWN: Final = 5
"""Items that the attacker knows of who left, and items that they name at most."""

LISTED: Final = 10
"""Items that are shown beside one."""

BAR: Final = 1.1
"""Times as good as one look (the programme of proof)."""

TARGETS: Final = 20

READ_OFF_ALONE: Final = 0.9
"""The share of what is named that is true, if each single change were published."""


def listed(model: Neighbours, item: str) -> list[str]:
    """What is shown beside an item."""
    near = weights(model, item)
    return sorted(near, key=lambda other: (-near[other], other))[:LISTED]


def accused(before: Neighbours, after: Neighbours, known: Sequence[ItemId]) -> list[str]:
    """What was taken off the lists of most of the known items; nothing where nothing changed."""
    lost: Counter[str] = Counter()
    for item in known:
        lost.update(set(listed(before, item)) - set(known))
        lost.subtract(set(listed(after, item)) - set(known))
    return [item for item, times in lost.most_common(KNOWN) if times > 0]


def guessed(after: Neighbours, known: Sequence[ItemId]) -> list[str]:
    """What goes best with the known items, by one look at the later lists: of anybody, whether they left or not."""
    near: Counter[str] = Counter()
    for item in known:
        near.update(set(listed(after, item)) - set(known))
    return [item for item, _ in near.most_common(KNOWN)]


def precision(named: Iterable[Sequence[str]], targets: Sequence[Learner]) -> float:
    """The share of what was named that its target really had."""
    pairs = [(item, each) for items, each in zip(named, targets, strict=True) for item in items]
    return sum(item in each.basket for item, each in pairs) / max(len(pairs), 1)


def one_after_the_other(*, others: int, enough: int, monkeypatch: pytest.MonkeyPatch) -> tuple[float, float]:
    """Twenty people leave, each amid `others` who come and go: the precision of the attack, and of one look."""
    monkeypatch.setattr(learning, "ENOUGH", enough)
    everybody = learners((1_500 if others else 400) + TARGETS)
    targets, crowd = everybody[:TARGETS], everybody[TARGETS:]
    chance = Random(others)  # noqa: S311 - who comes and goes is no secret
    house = a_shop(everybody)
    inside, outside = list(crowd[: len(crowd) // 2]), list(crowd[len(crowd) // 2 :])
    come(house, [*targets, *inside])
    before = published(house)
    attacks, guesses = [], []
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
        attacks.append(accused(before, after, known))
        guesses.append(guessed(after, known))
        before = after
    return precision(attacks, targets), precision(guesses, targets)


@pytest.mark.proof
def test_what_is_given_up_is_written_down(monkeypatch: pytest.MonkeyPatch) -> None:
    """Amid as many changes as there must be, less is read off than of one alone, and still more than at one look."""
    # The bar of 1.1 times is not reached, as ADR 0003 admits: whoever reaches it turns this test around.
    attack, guess = one_after_the_other(others=learning.ENOUGH - 1, enough=learning.ENOUGH, monkeypatch=monkeypatch)
    print("read off:", round(attack, 2), "at one look:", round(guess, 2))  # noqa: T201 - the report of the proof
    assert attack < READ_OFF_ALONE - 0.15
    assert attack > BAR * guess


@pytest.mark.proof
def test_published_at_each_change_everybody_is_read_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: if one change were enough to publish, nearly all that is named would be true."""
    attack, guess = one_after_the_other(others=0, enough=1, monkeypatch=monkeypatch)
    assert attack >= READ_OFF_ALONE
    assert attack > 2 * guess


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
