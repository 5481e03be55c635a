"""Fiel's own linear sums in the bench: they find what decides, and the control in which nothing does must fail."""

import numpy as np
import pytest

from bench.quality.linear import rows


@pytest.mark.parametrize(("decides", "low", "high"), [(True, 0.85, 1.0), (False, 0.44, 0.56)])
def test_they_tell_a_yes_only_where_something_decides_it(*, decides: bool, low: float, high: float) -> None:
    """Where a word and a number decide, the area is high on both splits; where answers are shuffled it is chance."""
    chance = np.random.default_rng(3)
    job, age = chance.integers(0, 4, 4_000), chance.integers(18, 90, 4_000)
    answers = (chance.random(4_000) < 0.05 + 0.6 * (job == 2) + 0.3 * (age > 60)).astype(int)
    columns = {"job": job, "age": age, "y": answers if decides else chance.permutation(answers)}
    found = list(rows(columns, ["job"], {"both": ["job", "age"]}))
    assert [row["split"] for row in found] == ["random", "in time"]
    for row in found:
        area = row["auc"]
        assert isinstance(area, float)
        assert low * 0.9 <= area <= high
