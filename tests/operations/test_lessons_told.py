"""What people told us teaches beside what they chose: only what the terms name, as it is held, and to the last bit."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from random import Random
from typing import Final, cast

from fiel.core.consent.choice import Attestation, Status
from fiel.core.consent.effect import upkeep
from fiel.core.errors import Conflict
from fiel.core.ids import AreaId, Identifier, IdentifierKind, ItemId, Place
from fiel.core.items import Item
from fiel.core.promise.usecase import Learning, UseCase
from fiel.core.use.decision import Cells, Draw, Reads, Scored, Strategy, View
from fiel.core.use.lesson import NOTHING, Lesson
from fiel.numeric.contributions import summed
from fiel.operations.erase import erase
from fiel.operations.house import House
from fiel.operations.learn import learn
from fiel.operations.publish import publish
from fiel.operations.published import Shelf
from fiel.operations.show import show_data
from fiel.operations.switch import Switch, switch
from tests.laws.world import BOTH, CARD, PICKS, a_promise, card, picks
from tests.operations.houses import ANA, opened, say
from tests.operations.test_switch import buy, tell

TOPICS: Final = ("cup", "bag", "lamp", "candle")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """A strategy that counts the words people told, to see what a lesson brings."""

    name: str = "counting"
    reads: Reads = Reads(attributes=True, lessons=True)  # noqa: RUF009 - a frozen value
    infers: bool = True
    learns: bool = True
    formula: str = "one for each word"

    def contribution(self, lesson: Lesson) -> Cells:
        """One for each word."""
        return {(name, word): 1 for name, words in lesson.facts.items() if isinstance(words, tuple) for word in words}

    def fit(self, total: Cells) -> None:
        """No model."""

    def release(self, model: None, total: Cells, *, seed: int) -> None:
        """No model."""

    def pack(self, model: None) -> bytes:  # noqa: ARG002 - there is none
        """No bytes."""
        return b""

    def unpack(self, packed: bytes) -> None:
        """No model."""

    def rank(
        self, model: None, view: View, *, candidates: Mapping[ItemId, Item], k: int, draw: Draw
    ) -> tuple[Scored, ...]:
        """Nothing."""
        del model, view, candidates, k, draw
        return ()


def taught() -> House:
    """A house where somebody bought a cup and told two tastes, which teach."""
    plain = opened()
    strategies = {**plain.strategies, "counting": cast("Strategy[object]", Counting())}
    house = replace(plain, strategies=strategies, shelf=Shelf(strategies))
    _publish(house, told=frozenset({"tastes"}))
    say(house, ANA, Status.GIVEN)
    buy(house, "cup")
    tell(house, "cup", "lamp")
    learn(house)
    return house


def _publish(house: House, *, told: frozenset[str]) -> None:
    base = picks("base")
    rungs = tuple(replace(rung, strategy="counting") if rung.attributes else rung for rung in base.rungs)
    case: UseCase = replace(base, rungs=rungs, learn=Learning(why=BOTH, cap=3, attributes=told))
    publish(house, replace(a_promise("base"), use_cases={PICKS: case, CARD: card()}), approved_by=("one",)).result()


def total(house: House) -> Cells:
    """What people told, summed."""
    with house.store.read() as tx:
        return tx.totals.total(PICKS, "counting")


def contributed(house: House) -> Lesson:
    """What Ana added, as she is told."""
    (held,) = [each.held for each in show_data(house, ANA, by=Attestation.PERSON) if each.use_case == PICKS]
    return held.contributed if held else NOTHING


def test_another_word_moves_the_total_at_the_next_learning() -> None:
    """What somebody says anew replaces in the totals what they had said, and they are told what teaches."""
    house = taught()
    assert total(house) == {("tastes", "cup"): 1, ("tastes", "lamp"): 1}
    assert contributed(house).facts == {"tastes": ("cup", "lamp")}
    tell(house, "lamp", "frame")
    learn(house)
    assert total(house) == {("tastes", "lamp"): 1, ("tastes", "frame"): 1}


def test_a_topic_that_is_off_leaves_the_total_at_once() -> None:
    """The word that names a topic switched off is subtracted in the same act, and the others stay."""
    house = taught()
    tell(house, "cup", "alcohol")
    learn(house)
    assert total(house) == {("tastes", "cup"): 1}, "a sensitive word never teaches"
    tell(house, "cup", "lamp")
    learn(house)
    switch(house, ANA, Switch(use_case=PICKS, topic="lamp", off=True)).result()
    assert total(house) == {("tastes", "cup"): 1}


def test_what_no_longer_may_teach_leaves_the_total() -> None:
    """A version that lets no fact teach asks nobody again, and at the next learning none is in the total."""
    house = taught()
    _publish(house, told=frozenset())
    learn(house)
    assert total(house) == {}
    assert contributed(house).facts == {}
    assert contributed(house).items


def test_whoever_is_erased_leaves_nothing() -> None:
    """After an erasure the sum of what people told is as if that person had never been there."""
    house = taught()
    erase(house, ANA, attested_by=Attestation.PERSON).result()
    assert total(house) == {}


def test_after_any_history_the_total_is_the_sum_of_what_each_one_teaches_now() -> None:
    """Buying, telling, learning, switching, withdrawing, erasing and new versions leave exactly the sum of lessons."""
    house, draw = taught(), Random(11)  # noqa: S311 - a seeded history, no secret
    for number in range(400):
        who = Identifier(IdentifierKind.USER, f"person {draw.randint(1, 9)}")
        _live(house, who, draw)
        if number % 40 == 0:
            assert total(house) == _added_up(house)
    learn(house)
    assert total(house) == _added_up(house) != {}


def _live(house: House, who: Identifier, draw: Random) -> None:
    """Something happens to somebody."""
    chance = draw.random()
    if chance < 0.2:
        say(house, who, Status.GIVEN)
    elif chance < 0.25:
        say(house, who, Status.WITHDRAWN)
    elif chance < 0.27:
        erase(house, who, attested_by=Attestation.PERSON).result()
    elif chance < 0.5:
        buy(house, draw.choice(TOPICS), who=who)
    elif chance < 0.75:
        tell(house, *draw.sample((*TOPICS, "alcohol"), draw.randint(1, 3)), who=who)
    elif chance < 0.85:
        learn(house)
    elif chance < 0.95:
        with suppress(Conflict):
            switch(house, who, Switch(use_case=PICKS, topic=draw.choice(TOPICS), off=draw.random() < 0.6)).result()
    else:
        _publish(house, told=frozenset({"tastes"}) if draw.random() < 0.7 else frozenset())


def _added_up(house: House) -> Cells:
    """The sum of what the documents say that each one teaches."""
    with house.store.read() as tx:
        places = [Place(area=AreaId("sales"), use_case=PICKS, pseudonym=each) for each in tx.compartments.places(PICKS)]
        held = [tx.compartments.load(upkeep(place)) for place in places]
    return summed(Counting().contribution(each.contributed) for each in held if each)
