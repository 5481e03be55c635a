"""The open recommenders that Fiel is held against, installed in an environment of their own and asked in a process."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import numpy as np

from bench.quality.measures import LONG
from bench.quality.models import Run, matrix
from bench.quality.splits import Split

ROOT: Final = Path(__file__).parents[2]
LOCK: Final = ROOT / "requirements" / "bench.txt"
ENVIRONMENT: Final = ROOT / "bench" / "scratch" / "peers"

_CLEAN: Final = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


@dataclass(frozen=True, slots=True)
class Peer:
    """A model of another project with its settings: `kind` is one that `ask_implicit` knows."""

    kind: str
    settings: tuple[tuple[str, float], ...]


KNN: Final = tuple(Peer(kind, (("K", k),)) for kind in ("cosine", "bm25") for k in (10, 20, 50))
"""Item neighbours, by cosine and by BM25, with as many neighbours as are usual."""

ALS: Final = tuple(
    Peer("als", (("factors", factors), ("regularization", ridge), ("alpha", alpha)))
    for factors, ridge, alpha in ((128, 0.05, 1.0), (128, 10.0, 1.0), (128, 1.0, 10.0), (256, 10.0, 1.0))
)
"""Alternating least squares."""


def installed() -> Path:
    """The Python of the peers' environment, which is made first if it is missing or its lock has changed."""
    python, mark = ENVIRONMENT / "bin" / "python", ENVIRONMENT / ".lock"
    if not mark.exists() or mark.read_bytes() != LOCK.read_bytes():
        print(f"setting up {ENVIRONMENT.relative_to(ROOT)}")
        subprocess.run([sys.executable, "-m", "venv", "--clear", ENVIRONMENT], check=True, env=_CLEAN)
        install: list[str | Path] = [
            python,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--require-hashes",
        ]
        subprocess.run([*install, "-r", LOCK], check=True, env=_CLEAN)
        mark.write_bytes(LOCK.read_bytes())
    return python


def run(script: str, *paths: Path, threads: int | None = None) -> None:
    """Run a script of this folder by the peers' Python, with that many threads; None for as many as there are cores."""
    quiet = {**_CLEAN, "OPENBLAS_NUM_THREADS": "1"}  # implicit asks for it: its own threads do the work
    if threads is not None:
        quiet["OMP_NUM_THREADS"] = str(threads)
    subprocess.run([installed(), Path(__file__).with_name(script), *paths], check=True, env=quiet)


def ask(peer: Peer, splits: Sequence[Split]) -> list[Run]:
    """What the peer answers, and how long its fit took there."""
    return [_ask(peer, split) for split in splits]


def _ask(peer: Peer, split: Split) -> Run:
    taught, shown = matrix(split.taught, len(split.items)), matrix(split.shown, len(split.items))
    question = {"kind": peer.kind, "settings": dict(peer.settings), "new": split.new, "long": LONG}
    with TemporaryDirectory() as folder:
        asked, answered = Path(folder) / "asked.npz", Path(folder) / "answered.npz"
        parts = {"question": np.array(json.dumps(question)), "items": np.array(len(split.items))}
        for side, people in (("taught", taught), ("shown", shown)):
            parts |= {f"{side}_indices": people.indices, f"{side}_indptr": people.indptr}
        np.savez(asked, allow_pickle=False, **parts)
        run("ask_implicit.py", asked, answered)
        answer = np.load(answered)
        return Run(ranked=answer["ranked"].astype(np.int64), fit_s=float(answer["fit_s"]))
