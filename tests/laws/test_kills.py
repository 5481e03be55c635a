"""T4: killed at named points, nothing acknowledged is lost, nothing happens twice, no key is orphaned."""

import subprocess
import sys
from collections import Counter
from copy import deepcopy
from pathlib import Path
from random import Random

import pytest

from tests.laws.audit import audit
from tests.laws.kills import Act, opened
from tests.laws.model import Model

ROOT = Path(__file__).parents[2]
ACTS = 12
"""Acts that a process sets out to do before it is killed."""

AT_FIRST = ("slots.allocated", "slots.grown", "slot.written", "slot.synced", "commit.before", "commit.after")
"""Points that are passed when a folder is new."""

LIVES = 8
"""Times that one folder is opened, killed and recovered: the first is the only one that makes the files."""

POINTS = (
    "begin.after",
    "checkpoint.after",
    "checkpoint.before",
    "commit.after",
    "commit.before",
    "pending.cleared",
    "recovery.before",
    "recovery.zeroed",
    "savepoint.released",
    "slot.synced",
    "slot.written",
    "slot.zero-synced",
    "slot.zeroed",
    "slots.allocated",
    "slots.grown",
    "zero.after",
    "zero.before",
)


@pytest.mark.parametrize(("kills", "enough"), [(5, 3), pytest.param(200, 15, marks=pytest.mark.proof)])
def test_a_kill_loses_nothing_and_doubles_nothing(kills: int, enough: int, tmp_path: Path) -> None:
    """After each kill the store is the model before or after the act in flight; done again, it is the one after."""
    hits: Counter[str] = Counter()
    histories = 0
    while sum(hits.values()) < kills:
        _live_and_die(tmp_path / f"{histories}", seed=histories, hits=hits)
        histories += 1
        assert histories <= kills, "the victims do not reach the points at which they are to be killed"
    print("killed at:", dict(sorted(hits.items())))  # noqa: T201 - the report of the proof
    assert len(hits) >= enough


def _live_and_die(folder: Path, *, seed: int, hits: Counter[str]) -> None:
    """One history in one folder, killed again and again."""
    folder.mkdir()
    chance, model, number = Random(seed), Model(), 0  # noqa: S311 - a seeded history, no secret
    for life in range(LIVES):
        point = chance.choice(POINTS if life else AT_FIRST)
        hit = chance.choice((1, 1, 1, 2, 3)) if life else 1
        said = _victim(folder, seed, first=number, point=point, hit=hit)
        hits.update(line.removeprefix("killed ") for line in said if line.startswith("killed "))
        done = [int(line.removeprefix("done ")) for line in said if line.startswith("done ")]
        for each in done:
            Act(seed, each).tell(model)
        number = max([number, *(each + 1 for each in done)])
        begun = f"begin {number}" in said
        number = _recover(folder, seed, number=number, model=model, begun=begun)


def _victim(folder: Path, seed: int, *, first: int, point: str, hit: int) -> list[str]:
    command = [sys.executable, "-m", "tests.laws.kills", str(folder), str(seed), str(first), str(first + ACTS)]
    ended = subprocess.run(
        [*command, point, str(hit)], cwd=ROOT, check=False, capture_output=True, text=True, timeout=120
    )
    assert ended.returncode in {0, -9}, ended.stderr
    return ended.stdout.splitlines()


def _recover(folder: Path, seed: int, *, number: int, model: Model, begun: bool) -> int:
    """Open what was left, hold it against the model, and do again what was in flight; the number of the next act."""
    with opened(folder) as (house, seals, clock):
        act, after = Act(seed, number), deepcopy(model)
        clock.set(act.at)
        act.tell(after)
        if not begun:
            audit(house, seals, model)
            return number
        try:
            audit(house, seals, model)
        except AssertionError:
            audit(house, seals, after)
        act.do(house)
        audit(house, seals, after)
    act.tell(model)
    return number + 1
