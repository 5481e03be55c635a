"""The quality bench: what a split hides, what a measure counts, and the control that must fail."""

import json
import math

import numpy as np
import pytest

from bench.quality import contest, models
from bench.quality.measures import LONG, Ranked, by_chance, mean, ndcg, recall
from bench.quality.models import Run
from bench.quality.purchases import Purchases, complete_journey, online_retail
from bench.quality.splits import AHEAD, Split, days, in_time, strong
from fiel.core.ids import ItemId
from fiel.core.use.decision import Strategy
from fiel.strategies.blend import Blend
from fiel.strategies.buy_again import BuyAgain
from fiel.strategies.similar_items import SimilarItems

ITEMS = 150


@pytest.fixture(scope="module")
def shop() -> Purchases:
    """A year of sixty people who each keep to a corner of the shelf."""
    chance = np.random.default_rng(7)
    rows = [
        (person, (person % 5 * 30 + chance.integers(0, 30)) % ITEMS, day)
        for person in range(60)
        for day in chance.integers(0, 365, 40)
    ]
    return Purchases(
        name="shop",
        items=tuple(ItemId(f"item {number}") for number in range(ITEMS)),
        rows=np.unique(np.array(rows, dtype=np.int64), axis=0),
    )


def test_the_strong_split_learns_from_nobody_it_asks(shop: Purchases) -> None:
    """Teachers, validation and test are different people, and what is to be guessed is not shown."""
    validation, test = strong(shop, held_out=10)
    assert (len(test.taught), len(validation.shown), len(test.shown)) == (40, 10, 10)
    assert sum(len(each) for each in test.taught) < len(shop.rows) * 45 / 60
    for split in (validation, test):
        for shown, wanted in zip(split.shown, split.wanted, strict=True):
            assert len(wanted) == max(round((len(shown) + len(wanted)) / 5), 1)
            assert not np.isin(wanted, shown[:, 0]).any()


@pytest.mark.parametrize("new", [False, True])
def test_the_split_in_time_shows_nothing_of_the_days_it_asks_for(shop: Purchases, *, new: bool) -> None:
    """All that teaches and is shown lies before the days to be guessed, and validation before the test."""
    validation, test = in_time(shop, new=new)
    assert test.today - validation.today == AHEAD
    assert test.today + AHEAD == shop.rows[:, 2].max() + 1
    for split in (validation, test):
        assert all((each[:, 1] < split.today).all() for each in (*split.taught, *split.shown))
        had = [np.isin(want, shown[:, 0]).any() for shown, want in zip(split.shown, split.wanted, strict=True)]
        assert any(had) != new


def test_a_rule_holds_what_a_promise_would(shop: Purchases) -> None:
    """`within` keeps the last days and `or_visits` the last visits, however long ago they were."""
    split = in_time(shop, new=False)[1]
    history = split.shown[0]
    recent = days(30)(history, split.today)
    assert (recent[:, 1] >= split.today - 30).all()
    assert len(recent) == (history[:, 1] >= split.today - 30).sum()
    last = days(1, or_visits=2)(history, split.today)
    assert len(np.unique(last[:, 1])) == 2
    assert last[:, 1].max() == history[:, 1].max()


def test_a_measure_counts_what_was_wanted_and_where() -> None:
    """The best list is worth one, the best item in the second place less, and nothing wanted nothing."""
    ranked = np.array([[3, 4, 5], [5, 3, 4], [5, 6, -1]])
    wanted = (np.array([3, 4]), np.array([3]), np.array([9]))
    assert ndcg(ranked, wanted, at=2).tolist() == pytest.approx([1, 1 / math.log2(3), 0])
    assert recall(ranked, wanted).tolist() == [1, 1, 0]
    assert mean(np.array([0.0, 1.0])).mean == 0.5


@pytest.mark.parametrize("strategy", [Blend(), BuyAgain(half_life=60), SimilarItems()])
def test_what_is_measured_is_what_the_strategy_ranks(shop: Purchases, strategy: Strategy[object]) -> None:
    """Each list is the strategy's own, in its order, and leaves out what the person had where only the new counts."""
    split = in_time(shop, new=True)[1]
    (run,) = models.fiel(strategy, [split])
    for row, shown in zip(run.ranked, split.shown, strict=True):
        offered = row[row >= 0]
        assert len(set(offered.tolist())) == len(offered) > 0
        assert not np.isin(offered, shown[:, 0]).any()


def test_nothing_is_worth_more_than_chance_against_a_blind_truth(shop: Purchases) -> None:
    """A list that knows the answers passes the measure, and fails the control that draws the answers anew."""
    split = in_time(shop, new=False)[1]
    row = contest._control(split, Run(ranked=_knowing(split), fit_s=0.0))
    assert row["ndcg@10"] == pytest.approx(by_chance(split, at=10), abs=0.1)
    assert ndcg(_knowing(split), split.wanted, at=10).mean() == 1


def test_a_measure_that_leaks_ends_the_run(shop: Purchases, monkeypatch: pytest.MonkeyPatch) -> None:
    """If lists seem to know a truth that was drawn blindly, no figure is reported."""
    split = in_time(shop, new=False)[1]
    monkeypatch.setattr("bench.quality.measures.blindly", lambda split, _chance: split.wanted)
    with pytest.raises(SystemExit, match="control fails"):
        contest._control(split, Run(ranked=_knowing(split), fit_s=0.0))


def test_the_best_setting_is_chosen_without_the_test(shop: Purchases) -> None:
    """Of two settings the one that is better on the validation twin is measured, and named in the row."""
    validation, test = in_time(shop, new=False)
    contestant = contest.Contestant(
        name="either",
        variants=(("knows nothing", lambda splits: [_blank(each) for each in splits]), ("popular", models.popular)),
    )
    (row,) = contest.measure(contestant, [validation], [test])
    assert (row["model"], row["setting"], row["split"]) == ("either", "popular", "in time, all")
    assert json.loads(json.dumps(row)) == row


def test_the_extracts_hold_what_their_readme_says() -> None:
    """The shipped purchases are as many as the sources' cleaned ones."""
    retail, journey = online_retail(), complete_journey()
    assert (len(np.unique(retail.rows[:, 0])), len(retail.items)) == (4_334, 3_659)
    assert (len(journey.rows), len(np.unique(journey.rows[:, 0]))) == (1_157_855, 2_452)
    assert len(journey.items) == 10_000
    assert journey.only(3_000).rows[:, 1].max() == 2_999


def _knowing(split: Split) -> Ranked:
    ranked = np.full((len(split.wanted), LONG), -1, dtype=np.int64)
    for row, wanted in zip(ranked, split.wanted, strict=True):
        row[: len(wanted)] = wanted
    return ranked


def _blank(split: Split) -> Run:
    return Run(ranked=np.full((len(split.wanted), LONG), -1, dtype=np.int64), fit_s=0.0)
