"""The laws of a strategy: whoever keeps these may be named by a use case, whatever it ranks by.

    class TestMine(StrategyLaws):
        entry = "mine"

Collected by pytest, which must be installed. The strategy is loaded by its entry point, as Fiel itself does it. That a
ranking is any good is not a law: it is measured.
"""

import math
import pickle
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import replace
from importlib.metadata import entry_points
from itertools import product
from typing import ClassVar, Final

import pytest

from fiel.core.promise.usecase import Source
from fiel.core.text import Scalar, Value
from fiel.core.use.decision import Reads, Reason, Scored, Strategy, View
from fiel.core.use.lesson import NOTHING, Lesson
from fiel.numeric.contributions import minus, plus, summed
from fiel.testing.trials import TWO, Trial, trials, unread

NOBODYS: Final = frozenset({"popular", "editorial"})
"""Kinds of reasons that are about no person, and so may be given to anybody."""

TOLD: Final = frozenset({"attribute", "fact"})
"""Kinds of reasons that rest on what is known of a person. All others name an event, or the context."""

JUNK: Final = (b"\0", b"[[1", b"[" * 100_000, b"\xff" * 64, bytes(range(256)))
"""Bytes that are nobody's model."""


def installed(entry: str) -> Strategy[object]:
    """The strategy behind an entry point; raises `LookupError` if there is none of that name."""
    for point in entry_points(group="fiel.strategies", name=entry):
        strategy: Strategy[object] = point.load()
        return strategy
    raise LookupError(f"no strategy is installed as `{entry}`")


class StrategyCase:
    """How a law comes by its strategy."""

    entry: ClassVar[str]

    @pytest.fixture
    def strategy(self) -> Strategy[object]:
        """The strategy to be tested."""
        return installed(self.entry)


class RankingLaws(StrategyCase):
    """Laws of what is answered."""

    def test_its_name_is_that_of_its_entry_point(self, strategy: Strategy[object]) -> None:
        """A use case names a strategy as its entry point does, and its model is kept under the same name."""
        assert strategy.name == self.entry

    def test_it_answers_somebody(self, strategy: Strategy[object]) -> None:
        """At least one visitor in ten is answered: of a strategy that is always silent every other law would hold."""
        answered = [bool(answer(strategy, trial)) for trial in trials()]
        assert sum(answered) * 10 >= len(answered)

    def test_the_same_question_has_the_same_answer(self, strategy: Strategy[object]) -> None:
        """Asked twice, with the same chance and a model of the same total, it says the same."""
        for trial in trials():
            assert answer(strategy, trial) == answer(strategy, trial), trial

    def test_it_leaves_alone_what_it_is_shown(self, strategy: Strategy[object]) -> None:
        """Neither the view nor the shelf is another after ranking, down to the order of the shelf."""
        for trial in trials():
            before = deepcopy(trial)
            answer(strategy, trial)
            assert trial == before, trial
            assert list(trial.candidates) == list(before.candidates), trial

    def test_it_answers_without_a_model(self, strategy: Strategy[object]) -> None:
        """Before anybody taught, it gives what it can, and no error."""
        for trial in trials():
            ranked = strategy.rank(None, trial.view, candidates=trial.candidates, k=trial.k, draw=trial.draw())
            assert len(ranked) <= trial.k, trial

    def test_it_gives_no_more_than_is_asked_for(self, strategy: Strategy[object]) -> None:
        """At most `k`, and each of them once."""
        for trial in trials():
            for k in (1, trial.k):
                ranked = answer(strategy, replace(trial, k=k))
                assert len(ranked) <= k, trial
                assert len({each.item for each in ranked}) == len(ranked), trial

    def test_the_best_come_first(self, strategy: Strategy[object]) -> None:
        """Scores are finite numbers above zero, and none is higher than the one before it."""
        for trial in trials():
            scores = [each.score for each in answer(strategy, trial)]
            assert all(math.isfinite(score) and score > 0 for score in scores), trial
            assert scores == sorted(scores, reverse=True), trial

    def test_it_offers_only_what_there_is(self, strategy: Strategy[object]) -> None:
        """What it ranks are candidates that can be had; only a strategy that concludes nothing may show facts."""
        for trial in trials() if strategy.infers else ():
            for each in answer(strategy, trial):
                assert each.item in trial.candidates, trial
                assert trial.candidates[each.item].available, trial


class ReasonLaws(StrategyCase):
    """Laws of why."""

    def test_every_answer_has_its_reasons(self, strategy: Strategy[object]) -> None:
        """Reasons come heaviest first, and together they weigh no more than the score that they are parts of."""
        for trial in trials():
            for each in answer(strategy, trial):
                weights = [reason.weight for reason in each.because]
                assert weights, trial
                assert weights == sorted(weights, reverse=True), trial
                assert all(weight > 0 for weight in weights), trial
                assert math.fsum(weights) <= each.score + 1e-9, trial

    def test_reasons_are_true(self, strategy: Strategy[object]) -> None:
        """What a reason names was there to be read: that value, under that name, of that day and source."""
        for trial in trials():
            for reason in reasons(answer(strategy, trial)):
                assert is_true(reason, trial.view), (reason, trial)

    def test_the_first_reason_counts(self, strategy: Strategy[object]) -> None:
        """Without what its heaviest reason names, an item scores less or is not there."""
        for trial in trials() if strategy.infers else ():
            whole = replace(trial, k=len(trial.candidates))
            for each in answer(strategy, whole):
                if each.because[0].kind not in NOBODYS:
                    left = answer(strategy, replace(whole, view=bereft(whole.view, each.because[0])))
                    score = next((other.score for other in left if other.item == each.item), 0.0)
                    assert score < each.score, (each, trial)

    def test_it_reads_what_it_says_it_reads(self, strategy: Strategy[object]) -> None:
        """Whatever it does not declare to read may be missing or different, and nothing changes."""
        for trial in trials():
            for view in unread(trial.view, strategy.reads):
                assert answer(strategy, replace(trial, view=view)) == answer(strategy, trial), trial

    def test_it_makes_nothing_of_nothing(self, strategy: Strategy[object]) -> None:
        """Where it reads something and there is nothing to read, it gives no answer, so that a lower level may."""
        for trial in trials() if strategy.reads != Reads() else ():
            nothing = View(level=trial.view.level, today=trial.view.today)
            assert not answer(strategy, replace(trial, view=nothing)), trial


class LearningLaws(StrategyCase):
    """Laws of what is learnt, forgotten and kept."""

    def test_what_is_added_is_whole_and_the_same(self, strategy: Strategy[object]) -> None:
        """A person adds integers, the same for the same lesson; for none, or to nothing that learns, nothing."""
        assert not strategy.contribution(NOTHING)
        for trial in trials():
            for lesson in trial.lessons:
                added = strategy.contribution(lesson)
                assert added == strategy.contribution(lesson), trial
                assert all(type(number) is int for number in added.values()), trial
                assert bool(added) == strategy.learns, trial

    def test_what_is_added_can_be_worked_out_elsewhere(self, strategy: Strategy[object]) -> None:
        """In another process, or on another machine, the same lesson adds the same."""
        elsewhere: Strategy[object] = pickle.loads(pickle.dumps(strategy))  # noqa: S301 - written a moment ago
        lessons = [lesson for trial in trials() for lesson in trial.lessons]
        assert list(map(elsewhere.contribution, lessons)) == list(map(strategy.contribution, lessons))
        assert elsewhere.formula == strategy.formula != ""

    def test_forgotten_is_never_seen(self, strategy: Strategy[object]) -> None:
        """The model without somebody who was there is, to the last byte, the one they never were in."""
        for trial in trials():
            for place, lesson in enumerate(trial.lessons):
                others = total(strategy, trial.lessons[:place] + trial.lessons[place + 1 :])
                theirs = strategy.contribution(lesson)
                forgotten = strategy.fit(minus(plus(theirs, others), theirs))
                assert strategy.pack(forgotten) == strategy.pack(strategy.fit(others)), trial

    def test_a_model_is_kept_as_it_is(self, strategy: Strategy[object]) -> None:
        """What was packed and unpacked is the same model: the same bytes again, and the same answers."""
        for trial in trials():
            packed = strategy.pack(strategy.fit(total(strategy, trial.lessons)))
            model = strategy.unpack(packed)
            assert strategy.pack(model) == packed, trial
            again = strategy.rank(model, trial.view, candidates=trial.candidates, k=trial.k, draw=trial.draw())
            assert tuple(again) == answer(strategy, trial), trial

    def test_what_is_released_is_a_model_and_always_the_same(self, strategy: Strategy[object]) -> None:
        """What is published of a total, with the same chance, are the same bytes, and they can be ranked by."""
        for trial in trials():
            exact, added = strategy.fit(total(strategy, trial.lessons)), total(strategy, trial.lessons)
            packed = strategy.pack(strategy.release(exact, added, seed=trial.number))
            again = strategy.release(strategy.unpack(strategy.pack(exact)), added, seed=trial.number)
            assert strategy.pack(again) == packed, trial
            released = strategy.unpack(packed)
            ranked = strategy.rank(released, trial.view, candidates=trial.candidates, k=trial.k, draw=trial.draw())
            assert all(math.isfinite(each.score) and each.score > 0 for each in ranked), trial

    def test_what_is_no_model_is_refused(self, strategy: Strategy[object]) -> None:
        """Bytes that are no model, or are cut short or followed by more, raise ValueError and nothing else."""
        packed = strategy.pack(strategy.fit(total(strategy, TWO)))
        cut = (packed[:-1], packed[: len(packed) // 2], packed[1:]) if packed else ()
        for junk in (*JUNK, *cut, packed + b"\0"):
            with pytest.raises(ValueError, match=r"\w"):
                strategy.unpack(junk)

    def test_an_altered_model_is_refused_or_another_one(self, strategy: Strategy[object]) -> None:
        """Whatever bytes are taken for a model are those that this model is packed as."""
        packed = strategy.pack(strategy.fit(total(strategy, TWO)))
        for place, bit in product(range(len(packed)), (1, 32)):
            altered = packed[:place] + bytes([packed[place] ^ bit]) + packed[place + 1 :]
            try:
                model = strategy.unpack(altered)
            except ValueError:
                continue
            assert strategy.pack(model) == altered


class StrategyLaws(RankingLaws, ReasonLaws, LearningLaws):
    """All laws. Say in `entry` how the strategy's entry point is called."""


def total(strategy: Strategy[object], lessons: Sequence[Lesson]) -> dict[tuple[str, str], int]:
    """What people add up to."""
    return summed(map(strategy.contribution, lessons))


def answer(strategy: Strategy[object], trial: Trial) -> tuple[Scored, ...]:
    """What the strategy says in this trial, taught by its lessons."""
    model = strategy.fit(total(strategy, trial.lessons))
    return tuple(strategy.rank(model, trial.view, candidates=trial.candidates, k=trial.k, draw=trial.draw()))


def reasons(ranked: Sequence[Scored]) -> Iterator[Reason]:
    """All reasons of a slate."""
    return (reason for each in ranked for reason in each.because)


def is_true(reason: Reason, view: View) -> bool:
    """Whether what a reason says can be read in the view. A list may be told as one text, joined by commas."""
    if reason.kind in NOBODYS:
        return True
    if reason.kind == "context":
        return reason.name in view.context and _holds(view.context[reason.name], reason.value)
    if reason.kind in TOLD:
        fact = view.facts.get(reason.name)
        if fact is None or (reason.source, reason.on) != (fact.source.value, fact.on):
            return False
        whole = ", ".join(fact.value) if isinstance(fact.value, tuple) else fact.value
        return _holds(fact.value, reason.value) or _is_same(whole, reason.value)
    return any(
        (event.name, event.on, Source.OBSERVED.value) == (reason.kind, reason.on, reason.source)
        # An event without any property may be named by itself.
        and _is_same({"event": event.name, **event.properties}.get(reason.name), reason.value)
        for event in view.events
    )


def bereft(view: View, reason: Reason) -> View:
    """The view without what a reason names, wherever it is read from under that name."""
    name, value = reason.name, reason.value
    if reason.kind in TOLD:
        left = _without(view.facts[name].value, value)
        others = {key: fact for key, fact in view.facts.items() if key != name}
        return replace(view, facts=others if left is None else {**others, name: replace(view.facts[name], value=left)})
    context = {key: _without(held, value) if key == name else held for key, held in view.context.items()}
    return replace(
        view,
        context={key: held for key, held in context.items() if held is not None},
        events=tuple(event for event in view.events if not _is_same(event.properties.get(name), value)),
    )


def _holds(held: Value, value: Scalar) -> bool:
    return any(_is_same(each, value) for each in (held if isinstance(held, tuple) else (held,)))


def _is_same(one: object, other: object) -> bool:
    """Equal and of one type: a yes is not a 1."""
    return type(one) is type(other) and one == other


def _without(held: Value, value: Scalar) -> Value | None:
    if isinstance(held, tuple):
        return tuple(each for each in held if each != value) or None
    return None if _is_same(held, value) else held
