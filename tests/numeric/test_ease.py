"""The solver: the same numbers as the textbook, and bit for bit those of a world without whoever was forgotten."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiel.numeric.contributions import PERSON, Cells, counts, gram, minus, monthly, plus, share, summed
from fiel.numeric.ease import Neighbours, Tuning, _largest, encode, fit, score, terms

TUNED = Tuning(ridge=5.0, neighbours=100, at_most_items=1000, person=PERSON)

PEOPLE = st.lists(st.frozensets(st.text(min_size=1, max_size=2), max_size=6), max_size=8)


def crowd(people: int, items: int, *, seed: int) -> npt.NDArray[np.bool_]:
    """Who has what: uneven items, about an eighth of the matrix filled in."""
    chance = np.random.default_rng(seed)
    return chance.random((people, items)) < chance.uniform(0.02, 0.25, items)


def names(number: int) -> list[str]:
    """As many ids, in ascending order."""
    return [f"item {at:04d}" for at in range(number)]


def baskets(owns: npt.NDArray[np.bool_]) -> list[list[str]]:
    """The items of each person."""
    ids = names(owns.shape[1])
    return [[ids[at] for at in np.flatnonzero(row)] for row in owns]


def textbook(
    owns: npt.NDArray[np.float64], ridge: float, *, dropout: float = 0.0, rarity: float = 0.0
) -> npt.NDArray[np.float64]:
    """The weights from row to column as the papers write them, zero on the diagonal, in dense matrices throughout.

    The rows of `owns` may be weighed beforehand, by the root of a person's weight.
    """
    squared = owns.T @ owns
    people = np.diag(squared)
    inverse = np.linalg.inv(squared + np.diag(dropout * people + ridge))
    weights: npt.NDArray[np.float64] = inverse / -np.diag(inverse) / (people + ridge) ** rarity
    np.fill_diagonal(weights, 0)
    return weights


def dense(model: Neighbours) -> npt.NDArray[np.float64]:
    """The model's weights from row to column."""
    return np.array([score(model, {item: 1.0}) for item in model.items])


def fitted(total: Cells, *, ridge: float = 5.0, neighbours: int = 100, at_most_items: int = 1000) -> Neighbours:
    """A fit where the settings are not the point."""
    return fit(total, Tuning(ridge=ridge, neighbours=neighbours, at_most_items=at_most_items))


@pytest.mark.parametrize("items", [1, 2, 40, 300])
def test_weights_are_those_of_the_textbook(items: int) -> None:
    """Unpruned, the positive weights are those of a dense inverse, in one block of rows or in several."""
    owns = crowd(500, items, seed=items)
    model = fitted(summed(map(gram, baskets(owns))), ridge=7.5, neighbours=items)
    assert model.items == tuple(names(items))
    assert dense(model) == pytest.approx(np.maximum(textbook(owns.astype(np.float64), 7.5), 0), rel=1e-5, abs=1e-12)


def test_weights_of_a_tuned_fit_are_those_of_the_textbook() -> None:
    """With people weighed by thousandths, both penalties and rare items lifted, they are those of the papers nearly."""
    owns = crowd(500, 60, seed=4)
    weighed = owns / np.maximum(owns.sum(axis=1, keepdims=True), 1) ** 0.25
    tuning = Tuning(ridge=3.0, dropout=0.7, rarity=0.3, neighbours=60, at_most_items=60, person=PERSON)
    model = fit(summed(map(share, baskets(owns))), tuning)
    assert dense(model) == pytest.approx(
        np.maximum(textbook(weighed, 3.0, dropout=0.7, rarity=0.3), 0), rel=1e-2, abs=1e-4
    )
    assert model.owners == pytest.approx((weighed**2).sum(axis=0), rel=1e-3)


@pytest.mark.parametrize("keep", [1, 3, 17])
def test_pruning_keeps_the_largest(keep: int) -> None:
    """Each source keeps its largest positive weights, no more than asked, and no dropped one was larger."""
    total = summed(map(gram, baskets(crowd(400, 300, seed=1))))
    whole, pruned = dense(fitted(total, neighbours=300)), dense(fitted(total, neighbours=keep))
    for full, few in zip(whole, pruned, strict=True):
        kept = few > 0
        assert kept.sum() == min(keep, (full > 0).sum())
        assert (few[kept] == full[kept]).all()
        assert full[~kept].max() <= few[kept].min(initial=np.inf)


def test_what_enough_people_share_is_kept_before_what_weighs_more() -> None:
    """A pair that enough people share takes the place of a heavier one that few do, with the weight it had."""
    total = summed(map(share, baskets(crowd(300, 40, seed=8))))
    tuning = Tuning(ridge=2.0, neighbours=4, at_most_items=40, person=PERSON)
    whole = dense(fit(total, replace(tuning, neighbours=40)))
    kept = dense(fit(total, replace(tuning, together=3.0)))
    ids, outdone = names(40), 0
    for at, (full, few) in enumerate(zip(whole, kept, strict=True)):
        shared = np.array([total.get((min(ids[at], other), max(ids[at], other)), 0) >= 3 * PERSON for other in ids])
        assert (few[few > 0] == full[few > 0]).all()
        assert (shared & (few > 0)).sum() == min(4, (shared & (full > 0)).sum())
        outdone += bool((full[~shared]).max() > few[few > 0].min(initial=np.inf))
    assert outdone


def test_of_equal_weights_the_first_ids_stay() -> None:
    """A tie at the edge is broken by id, so what is kept never hangs on the machine's whim."""
    block = np.array([[1, 2, 1, 0, 1], [0, 0, -1, 0, -2], [3, 3, 3, 3, 3]], dtype=np.float64)
    assert _largest(block, 2).tolist() == [
        [True, True, False, False, False],
        [False] * 5,
        [True, True, False, False, False],
    ]


def test_the_items_most_people_have_are_chosen_then_by_id() -> None:
    """A cap on items keeps those that most people have, and of equals the first by id."""
    total = summed(map(gram, [["d", "a"], ["d", "b"], ["c"], ["d"]]))
    assert fitted(total, at_most_items=1).items == ("d",)
    assert fitted(total, at_most_items=3).items == ("a", "b", "d")


def test_an_item_beyond_the_cap_changes_nothing() -> None:
    """What is not chosen leaves no mark on the weights of what is."""
    total = summed(map(gram, [["a", "b"], ["a", "b"], ["a", "b"]]))
    assert fitted(plus(total, gram(["a", "z"])), at_most_items=2) == fitted(plus(total, gram(["a"])))


def test_the_people_of_a_model_are_those_behind_its_most_common_item() -> None:
    """The number of people is one the total itself proves."""
    assert fitted(summed(map(gram, [["a"], ["a", "b"], ["b"], ["a"]]))).people == 3


@pytest.mark.parametrize("total", [{}, {("a", "a"): 0}, counts({"a": 3})])
def test_a_total_without_pairs_makes_an_empty_model(total: Cells) -> None:
    """Nothing learnt is an empty model that speaks for nothing, not an error."""
    model = fitted(total)
    assert (model.items, model.people) == ((), 0)
    assert score(model, {"a": 1.0}).shape == (0,)
    assert terms(model, {"a": 1.0}, "a") == []


@given(PEOPLE)
def test_a_fresh_solve_gives_the_same_bytes(people: list[frozenset[str]]) -> None:
    """The model is a function of the total: neither a second solve nor the order of the cells changes a bit."""
    total = summed(map(gram, people))
    assert encode(fitted(dict(reversed(total.items())))) == encode(fitted(total))


@pytest.mark.parametrize("adds", [gram, share])
@given(PEOPLE, PEOPLE)
def test_forgotten_is_never_seen(
    adds: Callable[[frozenset[str]], Cells], stayed: list[frozenset[str]], left: list[frozenset[str]]
) -> None:
    """A model fitted after people left has the bytes of one fitted as if they had never been there."""
    total = summed(map(adds, stayed + left))
    for items in left:
        total = minus(total, adds(items))
    assert encode(fitted(total)) == encode(fitted(summed(map(adds, stayed))))


def test_forgotten_is_never_seen_in_a_crowd() -> None:
    """The same holds where the solver works in blocks and threads."""
    people = [gram(items) for items in baskets(crowd(300, 290, seed=2))]
    everyone, stayed = summed(people), summed(people[40:])
    forgotten = minus(everyone, summed(people[:40]))
    assert encode(fitted(forgotten)) == encode(fitted(stayed))
    assert encode(fitted(everyone)) != encode(fitted(stayed))


def test_one_person_left_in_would_show() -> None:
    """The bytes are a proof only because a single person more makes others."""
    people = [gram(items) for items in baskets(crowd(50, 20, seed=3))]
    models = {encode(fitted(summed(people[:stop]))) for stop in range(40, 51)}
    assert len(models) == 11


def seasonal(*people: tuple[str, date]) -> dict[tuple[str, str], int]:
    """What people add who have the items of these letters, all of one month."""
    lessons = [dict.fromkeys(items, month) for items, month in people]
    return summed(adds(lesson) for lesson in lessons for adds in (share, monthly))


def test_what_is_chosen_lately_fades_by_the_month() -> None:
    """The latest month of the total counts whole, the one before by what thirty days leave of it."""
    total = seasonal(("a", date(2026, 1, 1)), ("a", date(2025, 12, 1)), ("b", date(2025, 11, 1)))
    model = fit(total, replace(TUNED, fading=15.0))
    assert model.items == ("a", "b")
    assert model.lately == pytest.approx([1 + 1 / 4, 1 / 16])
    assert fit(total, TUNED).lately == pytest.approx(model.owners)


def test_an_item_of_no_known_month_is_an_old_one() -> None:
    """Where months are known of others, it weighs nearly nothing lately, but it weighs."""
    model = fit(summed([gram(["old"], weight=PERSON), seasonal(("a", date(2026, 1, 1)))]), TUNED)
    assert 0 < model.lately[model.items.index("old")] < 1e-9


@given(st.lists(st.dictionaries(st.sampled_from("abcdef"), st.dates(max_value=date(2026, 1, 1))), max_size=6))
def test_months_are_forgotten_too(lessons: list[dict[str, date]]) -> None:
    """A total with months is solved to the same bytes, whatever its order and whoever came and went."""
    total = summed(adds(lesson) for lesson in lessons for adds in (share, monthly))
    gone = {**share("xa"), **monthly({"x": date(2026, 5, 1), "a": date(2026, 5, 1)})}
    tuning = replace(TUNED, fading=15.0)
    assert encode(fit(minus(plus(gone, total), gone), tuning)) == encode(fit(dict(reversed(total.items())), tuning))


def test_zeros_and_counts_do_not_reach_the_model() -> None:
    """Cells that are zero or count single items may stand in the total without changing a bit."""
    total = summed(map(gram, [["a", "b"], ["b", "c"]]))
    padded = counts({"a": 3, "x": 2}) | {("x", "x"): 0, ("a", "x"): 0, ("b", "a"): 0} | total
    assert encode(fitted(padded)) == encode(fitted(total))


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"ridge": 0.0}, "ridge"),
        ({"ridge": -1.0}, "ridge"),
        ({"ridge": float("nan")}, "ridge"),
        ({"ridge": float("inf")}, "ridge"),
        ({"dropout": -0.1}, "dropout"),
        ({"dropout": float("inf")}, "dropout"),
        ({"rarity": -0.1}, "rarity"),
        ({"rarity": float("nan")}, "rarity"),
        ({"fading": 0.0}, "fading"),
        ({"person": 0}, "person"),
        ({"neighbours": 0}, "neighbours"),
        ({"at_most_items": 0}, "at_most_items"),
    ],
)
def test_a_setting_out_of_range_is_refused(settings: dict[str, Any], named: str) -> None:
    """A setting that makes no sense is named and refused before anything is solved."""
    with pytest.raises(ValueError, match=f"`{named}`"):
        replace(Tuning(ridge=5.0, neighbours=10, at_most_items=10), **settings)


@pytest.mark.parametrize(
    ("total", "said"),
    [
        (minus(gram(["a"]), gram(["a", "b"])), "negative cell"),
        (gram(["a", "b"]) | {("b", "a"): 1}, "out of order"),
        (gram(["a", "b"]) | {("a", "b"): 50}, "cannot be solved"),
    ],
)
def test_a_total_that_no_people_add_up_to_is_refused(total: Cells, said: str) -> None:
    """A corrupt total is an error that says so, never a model."""
    with pytest.raises(ValueError, match=said):
        fitted(total)
