"""Takes every figure of this folder, prints them and writes `bench/results/speed.json`.

A module of this folder that has `figures()` is a bench; adding one is adding a file.
"""

import json
import os
import pkgutil
import subprocess
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path

from bench.figures import Figure

HERE = Path(__file__).parent
RESULT = HERE / "results" / "speed.json"


def main() -> None:
    """Measure, print, keep."""
    commit = commit_of_this_tree()
    rows = [_row(figure, commit=commit) for figure in _figures()]
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n")
    print(f"{RESULT.relative_to(HERE.parent)}: {len(rows)} figures at {commit}, {os.cpu_count()} cores")


def _figures() -> Iterator[Figure]:
    for module in pkgutil.iter_modules([str(HERE)], "bench."):
        measure = getattr(import_module(module.name), "figures", None) if module.name != "bench.__main__" else None
        if measure is not None:
            yield from _told(measure())


def _told(figures: Iterable[Figure]) -> Iterator[Figure]:
    for figure in figures:
        print(f"{figure.what:32} {figure.fiel:10.2f} {figure.unit}  {figure.ratio:6.1f} x {figure.peer_name}")
        yield figure


def _row(figure: Figure, *, commit: str) -> dict[str, object]:
    return {
        "what": figure.what,
        "fiel": round(figure.fiel, 3),
        "peer": round(figure.peer, 3),
        "peer_name": figure.peer_name,
        "ratio": round(figure.ratio, 2),
        "unit": figure.unit,
        "commit": commit,
        "cores": os.cpu_count(),
    }


def commit_of_this_tree() -> str:
    """The commit that was measured, with a `+` if the tree had changes; `unknown` outside a repository."""
    try:
        commit = subprocess.run(
            ["git", "rev-parse", "--short", "HEAD"], cwd=HERE, capture_output=True, text=True, check=True
        )
        changes = subprocess.run(
            ["git", "status", "--porcelain", "../src"], cwd=HERE, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return commit.stdout.strip() + ("+" if changes.stdout else "")


if __name__ == "__main__":
    main()
