"""Laws of totals and models: sums are exact, nobody is forgotten twice, and changes are counted by person."""

from collections import Counter
from datetime import timedelta
from itertools import pairwise
from typing import Final

import pytest

from fiel.core.errors import Tampered
from fiel.core.ids import Pseudonym, UseCaseId
from fiel.ports import Lessons, Store, Transaction
from fiel.testing.builders import a_digest, a_model
from fiel.testing.clock import NOON
from fiel.testing.stores.opening import ODD, StoreCase, done, done_at_once, done_each

CASE: Final = UseCaseId("suggestions")
OTHER: Final = UseCaseId("news")


def somebody(name: str) -> Pseudonym:
    """A pseudonym."""
    return Pseudonym(a_digest(name)[:16])


class SumLaws(StoreCase):
    """The sums, cell by cell."""

    def test_a_total_is_nothing_at_first(self, store: Store) -> None:
        """Where nobody added anything the sum is empty, nobody changed, and there is no model."""
        with store.read() as tx:
            assert tx.totals.total(CASE, "ease") == {}
            assert tx.totals.lessons(CASE) == Lessons(people=0, changed=0, removal_since=None)
            assert tx.totals.model(CASE, "ease") is None

    def test_sums_are_exact(self, store: Store) -> None:
        """Whatever is added and taken away, cell by cell, the sum is exact and holds no zero."""
        cells = [(one, other) for one in ODD for other in ("", *ODD)]
        steps = [{cell: (number + n) % 7 for n, cell in enumerate(cells)} for number in range(5)]
        done_each(store, lambda tx, step: tx.totals.shift(CASE, "ease", step), steps)
        total: Counter[tuple[str, str]] = Counter()
        for step in steps:
            total.update(step)
        with store.read() as tx:
            assert tx.totals.total(CASE, "ease") == dict(+total)
        for before, after in pairwise(steps):
            moved = {cell: after[cell] - before[cell] for cell in cells}
            done_each(store, lambda tx, step: tx.totals.shift(CASE, "ease", step), [moved])
            total.update(moved)
            with store.read() as tx:
                assert tx.totals.total(CASE, "ease") == dict(+total)

    def test_what_was_added_can_be_taken_away_whole(self, store: Store) -> None:
        """A sum less all that was added to it is nothing again, not zeros."""
        share = {("tea", ""): 1, ("tea", "cup"): 2**40}
        done(store, lambda tx: tx.totals.shift(CASE, "ease", share))
        done(store, lambda tx: tx.totals.shift(CASE, "ease", {cell: -count for cell, count in share.items()}))
        with store.read() as tx:
            assert tx.totals.total(CASE, "ease") == {}

    def test_sums_stand_apart(self, store: Store) -> None:
        """Each use case and strategy has a sum of its own."""
        done(store, lambda tx: tx.totals.shift(CASE, "ease", {("tea", ""): 1}))
        done(store, lambda tx: tx.totals.shift(CASE, "popular", {("tea", ""): 2}))
        done(store, lambda tx: tx.totals.shift(OTHER, "ease", {("tea", ""): 3}))
        with store.read() as tx:
            assert tx.totals.total(CASE, "ease") == {("tea", ""): 1}
            assert tx.totals.total(CASE, "popular") == {("tea", ""): 2}
            assert tx.totals.total(OTHER, "ease") == {("tea", ""): 3}

    def test_a_sum_is_put_with_its_formula(self, store: Store) -> None:
        """What is put takes the place of what was there, for its use case and strategy alone, and names its formula."""
        done(store, lambda tx: tx.totals.shift(CASE, "ease", {("tea", ""): 1, ("cup", ""): 2}))
        with store.read() as tx:
            assert tx.totals.formulas(CASE) == {}
        for use_case, strategy in ((CASE, "ease"), (CASE, "popular"), (OTHER, "ease")):
            done_each(store, _put, [(use_case, strategy)])
        done(store, lambda tx: tx.totals.put(CASE, "ease", {("tea", ""): 7}, formula="pairs"))
        done(store, lambda tx: tx.totals.shift(CASE, "ease", {("bag", ""): 1}))
        with store.read() as tx:
            assert tx.totals.total(CASE, "ease") == {("tea", ""): 7, ("bag", ""): 1}
            assert tx.totals.total(CASE, "popular") == tx.totals.total(OTHER, "ease") == {("tea", ""): 3}
            assert tx.totals.formulas(CASE) == {"ease": "pairs", "popular": "counts"}
            assert tx.totals.formulas(OTHER) == {"ease": "counts"}

    def test_a_sum_is_dropped_whole(self, store: Store) -> None:
        """What is dropped leaves neither sum nor formula, and the others stay."""
        done_each(store, _put, [(CASE, "ease"), (CASE, "popular"), (OTHER, "ease")])
        done(store, lambda tx: tx.totals.drop(CASE, "ease"))
        with store.read() as tx:
            assert tx.totals.total(CASE, "ease") == {}
            assert tx.totals.formulas(CASE) == {"popular": "counts"}
            assert tx.totals.total(CASE, "popular") == tx.totals.total(OTHER, "ease") == {("tea", ""): 3}
            assert tx.totals.formulas(OTHER) == {"ease": "counts"}

    @pytest.mark.parametrize("taken", [{("tea", ""): -2}, {("cup", ""): -1}, {("bag", ""): 1, ("tea", ""): -3}])
    def test_nothing_is_forgotten_twice(self, store: Store, taken: dict[tuple[str, str], int]) -> None:
        """Taking away more than there is fails, with all of its act."""
        done(store, lambda tx: tx.totals.shift(CASE, "ease", {("tea", ""): 1}))
        with pytest.raises(Tampered):
            done(store, lambda tx: tx.totals.shift(CASE, "ease", taken))
        with store.read() as tx:
            assert tx.totals.total(CASE, "ease") == {("tea", ""): 1}


class LessonLaws(StoreCase):
    """Who is in the sums, and the models made of them."""

    def test_people_are_counted(self, store: Store) -> None:
        """The people in a total are counted, and whoever changed counts once between two models."""
        steps = [("ana", 1), ("bea", 1), ("ana", 0), ("ana", -1), ("carla", 1)]
        done_each(store, _count, steps)
        with store.read() as tx:
            assert tx.totals.lessons(CASE) == Lessons(people=2, changed=3, removal_since=NOON)
            assert tx.totals.lessons(OTHER) == Lessons(people=0, changed=0, removal_since=None)

    def test_there_are_never_fewer_people_than_none(self, store: Store) -> None:
        """Taking one more person out than were in fails, with all of its act."""
        done(store, lambda tx: _count(tx, ("ana", 1)))
        done(store, lambda tx: _count(tx, ("ana", -1)))
        with pytest.raises(Tampered):
            done(store, lambda tx: _count(tx, ("bea", -1)))
        with store.read() as tx:
            assert tx.totals.lessons(CASE) == Lessons(people=0, changed=1, removal_since=NOON)

    def test_the_oldest_removal_is_remembered(self, store: Store) -> None:
        """Until a model is published the oldest removal is the one that counts, in whatever order they come."""
        done_at_once(store, lambda tx, number: _count(tx, (str(number), 1)), range(4))
        for days in (2, 1, 3):
            at = NOON + timedelta(days=days)
            done_each(store, lambda tx, at: tx.totals.count(CASE, somebody("0"), people=-1, at=at), [at])
        with store.read() as tx:
            assert tx.totals.lessons(CASE).removal_since == NOON + timedelta(days=1)

    def test_publishing_begins_to_count_anew(self, store: Store) -> None:
        """A published model is served as it is, and from then on changes and removals count from nothing."""
        done_each(store, _count, [("ana", 1), ("bea", 1), ("bea", -1)])
        done(store, lambda tx: tx.totals.publish(CASE, {"ease": a_model(1), "popular": a_model(2)}))
        with store.read() as tx:
            assert tx.totals.model(CASE, "ease") == a_model(1)
            assert tx.totals.model(CASE, "popular") == a_model(2)
            assert tx.totals.model(OTHER, "ease") is None
            assert tx.totals.lessons(CASE) == Lessons(people=1, changed=0, removal_since=None)
        done(store, lambda tx: _count(tx, ("bea", 1)))
        with store.read() as tx:
            assert tx.totals.lessons(CASE) == Lessons(people=2, changed=1, removal_since=None)

    def test_models_are_replaced_together(self, store: Store) -> None:
        """Publishing replaces all models of the use case: one that is not published again is no longer served."""
        done(store, lambda tx: tx.totals.publish(OTHER, {"ease": a_model(9)}))
        done(store, lambda tx: tx.totals.publish(CASE, {"ease": a_model(1), "popular": a_model(2)}))
        done(store, lambda tx: tx.totals.publish(CASE, {"ease": a_model(3)}))
        with store.read() as tx:
            assert tx.totals.model(CASE, "ease") == a_model(3)
            assert tx.totals.model(CASE, "popular") is None
            assert tx.totals.model(OTHER, "ease") == a_model(9)

    def test_a_withdrawn_model_is_not_served(self, store: Store) -> None:
        """After a withdrawal no model of the use case is served, while what was learnt stays."""
        done(store, lambda tx: _count(tx, ("ana", 1)))
        done(store, lambda tx: tx.totals.shift(CASE, "ease", {("tea", ""): 1}))
        done(store, lambda tx: tx.totals.publish(CASE, {"ease": a_model()}))
        done(store, lambda tx: tx.totals.withdraw(CASE))
        with store.read() as tx:
            assert tx.totals.model(CASE, "ease") is None
            assert tx.totals.total(CASE, "ease") == {("tea", ""): 1}
            assert tx.totals.lessons(CASE).people == 1


class TotalLaws(SumLaws, LessonLaws):
    """The sums and what is made of them."""


def _count(tx: Transaction, step: tuple[str, int]) -> None:
    name, people = step
    tx.totals.count(CASE, somebody(name), people=people, at=NOON)


def _put(tx: Transaction, where: tuple[UseCaseId, str]) -> None:
    use_case, strategy = where
    tx.totals.put(use_case, strategy, {("tea", ""): 3}, formula="counts")
