"""The laws of the group of contributions: forgetting is subtraction, to the last bit."""

import hashlib
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiel.numeric.contributions import (
    PERSON,
    Cell,
    Cells,
    counts,
    delta,
    digest,
    gram,
    minus,
    monthly,
    months,
    negative,
    plus,
    share,
    summed,
    whole_weight,
)

NAMES = st.text(max_size=3)
NUMBERS = st.integers(-(2**60), 2**60)
ELEMENTS = st.dictionaries(st.tuples(NAMES, NAMES), NUMBERS.filter(bool), max_size=8)
PEOPLE = st.lists(st.frozensets(st.sampled_from("abcdefg"), max_size=5), max_size=8)


def added_up(people: list[list[str]]) -> dict[Cell, int]:
    """What one process makes of its part of the people."""
    return summed(map(share, people))


def test_a_count_stands_in_the_cell_of_its_item_alone() -> None:
    """An item that occurs so often adds that number to its own cell, and one that never occurs adds nothing."""
    assert counts({"tea": 3, "milk": 1, "salt": 0}) == {("tea", ""): 3, ("milk", ""): 1}


def test_a_gram_holds_each_pair_once_with_the_diagonal() -> None:
    """A person adds one to each unordered pair of their items, an item with itself included."""
    assert gram(["tea", "milk"]) == {("milk", "milk"): 1, ("milk", "tea"): 1, ("tea", "tea"): 1}


def test_a_gram_is_indifferent_to_order_and_repetition() -> None:
    """What a person adds depends on which items they have, not on how often or in which order they are named."""
    assert gram(["b", "a", "b"]) == gram(["a", "b"])


def test_the_months_of_an_item_add_up_to_its_own_cell() -> None:
    """A person weighs as much in a month as in the gram, under a name that no pair and no count can have."""
    spring, autumn = date(2026, 3, 1), date(2025, 11, 1)
    mine, theirs = {"tea": spring, "a 2": autumn}, {"tea": autumn}
    assert monthly(mine) == {("", "2026-03 tea"): 707, ("", "2025-11 a 2"): 707}
    total = summed(adds(items) for items in (mine, theirs) for adds in (share, monthly))
    assert months(total) == [("a 2", 12 * 2025 + 11, 707), ("tea", 12 * 2025 + 11, 1000), ("tea", 12 * 2026 + 3, 707)]
    assert total[("tea", "tea")] == sum(number for item, _, number in months(total) if item == "tea")
    assert months(dict(reversed(total.items()))) == months(total)
    assert months(share(mine)) == []


def test_partial_sums_of_a_pool_add_up_to_the_sum_of_one_process() -> None:
    """Any executor may add up its part of the people: the parts' sum has the digest of the sum over all."""
    people = [[f"item {(person * step) % 97}" for step in range(1, 20)] for person in range(200)]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        parts = list(pool.map(added_up, [people[start : start + 50] for start in range(0, 200, 50)]))
    assert digest(summed(parts)) == digest(added_up(people))


def test_who_has_more_items_weighs_less_in_each() -> None:
    """In `share` each cell holds one over the root of the number of items, to the nearest thousandth of a person."""
    assert PERSON == 1_000
    assert [whole_weight(items) for items in (1, 2, 3, 4, 50, 100, 10_000)] == [1000, 707, 577, 500, 141, 100, 10]
    assert share(["tea", "milk", "tea"]) == {("milk", "milk"): 707, ("milk", "tea"): 707, ("tea", "tea"): 707}
    assert share([]) == {}


@given(st.integers(1, 2**40))
def test_a_weight_is_the_nearest_whole_number(items: int) -> None:
    """No whole number is nearer to the root, in exact arithmetic; yet nobody weighs nothing."""
    weight, square = whole_weight(items), 4 * PERSON**2
    assert (2 * weight - 1) ** 2 * items <= square or weight == 1
    assert square < (2 * weight + 1) ** 2 * items


def test_a_cap_of_fifty_items_bounds_a_person_to_1275_cells() -> None:
    """A person of n distinct items makes n(n + 1)/2 cells, so a cap on items is a cap on rows."""
    assert len(gram([str(number) for number in range(50)])) == 1275


def test_a_nameless_item_is_refused() -> None:
    """An empty id would let a count and a pair share one cell, so it never enters."""
    with pytest.raises(ValueError, match="empty id"):
        counts({"": 1})
    with pytest.raises(ValueError, match="empty id"):
        gram(["tea", ""])


@given(ELEMENTS, ELEMENTS, ELEMENTS)
def test_addition_is_associative(one: dict[Cell, int], other: dict[Cell, int], third: dict[Cell, int]) -> None:
    """Partial sums may be made anywhere and added up in any grouping."""
    assert plus(plus(one, other), third) == plus(one, plus(other, third))


@given(ELEMENTS, ELEMENTS)
def test_addition_is_commutative(one: dict[Cell, int], other: dict[Cell, int]) -> None:
    """Who came first leaves no trace in the total."""
    assert plus(one, other) == plus(other, one)


@given(ELEMENTS)
def test_nothing_is_the_zero_and_each_element_has_an_inverse(one: dict[Cell, int]) -> None:
    """Adding nothing changes nothing, and an element less itself is nothing."""
    assert plus(one, {}) == one == minus(one, {})
    assert minus(one, one) == {} == plus(one, minus({}, one))


@given(ELEMENTS, ELEMENTS)
def test_what_was_added_is_taken_away_exactly(one: dict[Cell, int], other: dict[Cell, int]) -> None:
    """A total that learnt and forgot someone is the total that never met them."""
    assert minus(plus(one, other), other) == one


@given(ELEMENTS, ELEMENTS)
def test_a_delta_moves_the_total_and_holds_no_zero(before: dict[Cell, int], after: dict[Cell, int]) -> None:
    """Adding the delta replaces one contribution by another and touches no cell that stays as it is."""
    step = delta(before, after)
    assert plus(before, step) == after
    assert all(step.values())
    assert not step.keys() & {cell for cell in before if after.get(cell) == before[cell]}


@given(st.lists(ELEMENTS, max_size=5), st.data())
def test_a_sum_has_no_order(parts: list[dict[Cell, int]], data: st.DataObject) -> None:
    """The sum of many contributions, and its digest, are the same in whatever order they arrive."""
    shuffled = data.draw(st.permutations(parts))
    assert summed(shuffled) == summed(parts)
    assert digest(summed(shuffled)) == digest(summed(parts))


@given(ELEMENTS, ELEMENTS)
def test_operations_leave_their_arguments_alone(one: dict[Cell, int], other: dict[Cell, int]) -> None:
    """An element is a value: no operation changes the one it was given."""
    first, second = dict(one), dict(other)
    plus(one, other), minus(one, other), delta(one, other), summed([one, other])
    assert (one, other) == (first, second)


@pytest.mark.parametrize("adds", [gram, share])
@given(stayed=PEOPLE, left=PEOPLE, data=st.data())
def test_learning_and_forgetting_interleaved_leave_only_those_who_stayed(
    adds: Callable[[frozenset[str]], Cells],
    *,
    stayed: list[frozenset[str]],
    left: list[frozenset[str]],
    data: st.DataObject,
) -> None:
    """Whatever the order of arrivals and departures, the digest is that of a total which never saw who left."""
    steps = [adds(items) for items in stayed + left] + [minus({}, adds(items)) for items in left]
    assert digest(summed(data.draw(st.permutations(steps)))) == digest(summed(map(adds, stayed)))


@given(ELEMENTS)
def test_the_digest_is_that_of_the_documented_bytes(one: dict[Cell, int]) -> None:
    """Anyone can recompute the digest from its description, without this code."""
    written = b"".join(
        len(first.encode()).to_bytes(4, "little")
        + first.encode()
        + len(second.encode()).to_bytes(4, "little")
        + second.encode()
        + number.to_bytes(8, "little", signed=True)
        for (first, second), number in sorted(one.items())
    )
    assert digest(one) == hashlib.sha256(written).digest()


@given(ELEMENTS, st.sets(st.tuples(NAMES, NAMES)))
def test_order_and_zeros_do_not_reach_the_digest(one: dict[Cell, int], zeros: set[Cell]) -> None:
    """A total has one digest, however its cells are arranged and whether zeros are written out or left out."""
    padded = dict.fromkeys(zeros, 0) | dict(reversed(one.items()))
    assert digest(padded) == digest(one)


@given(ELEMENTS, ELEMENTS)
def test_different_totals_have_different_digests(one: dict[Cell, int], other: dict[Cell, int]) -> None:
    """Equal digests mean equal totals."""
    assert (digest(one) == digest(other)) == (one == other)


def test_names_that_run_together_are_told_apart() -> None:
    """The prefix of lengths keeps ("ab", "c") from reading like ("a", "bc")."""
    assert digest({("ab", "c"): 1}) != digest({("a", "bc"): 1})


@pytest.mark.parametrize("number", [2**63, -(2**63) - 1])
def test_a_number_beyond_64_bits_has_no_digest(number: int) -> None:
    """A cell that does not fit is an error, never a wrapped number."""
    with pytest.raises(OverflowError, match="64 bits"):
        digest({("tea", ""): number})


@given(PEOPLE)
def test_no_sum_of_people_is_negative(people: list[frozenset[str]]) -> None:
    """A total of people has no cell below zero."""
    assert not negative(summed(map(gram, people)))


def test_taking_away_more_than_was_added_shows() -> None:
    """Forgetting someone who is in no total leaves a cell below zero."""
    assert negative(minus(gram(["tea"]), gram(["milk"])))


def test_forgetting_twice_need_not_show() -> None:
    """A second subtraction can hide behind others, so the sum is no substitute for a record of who is in it."""
    total = summed([gram(["tea"]), gram(["tea"]), gram(["tea", "milk"])])
    once = minus(total, gram(["tea"]))
    assert not negative(minus(once, gram(["tea"])))
