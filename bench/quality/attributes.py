"""How much each attribute of a person brings to guessing an answer, and how much coarser it may be: Bank Marketing.

Decided on two splits, since they disagree: a random one, which lets the month and the day of a campaign tell its
answers, and one in time, which is what an operator lives through.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from bench.quality import linear, peers
from bench.quality.purchases import HERE

PERSONAL: Final = ("age", "job", "marital", "education", "default", "balance", "housing", "loan")
"""What is about the person; the other seven are about the campaign."""

BANDS: Final = {"age": (30, 40, 50, 60), "balance": (0, 500, 2_000), "day": (11, 21)}
"""Where a number is cut: five bands of age, four of balance, three of day."""

WITHOUT_WORK: Final = ("retired", "student", "unemployed")
"""The jobs that become one group; those unknown stay apart, and all others are at work."""

ASKED_OF_BOTH: Final = ("all 15", "8 personal", "7 not about the person", "coarse bands")
"""The sets that are the same on both splits, on which Fiel's own sums are tried, too."""


def study() -> Iterator[dict[str, object]]:
    """A row for each set of attributes on each split."""
    table = pq.read_table(HERE / "data" / "bank_marketing.parquet")
    with TemporaryDirectory() as folder:
        asked, answered = Path(folder) / "asked.npz", Path(folder) / "answered.json"
        columns: dict[str, npt.NDArray[Any]] = {name: _numbers(table[name]) for name in table.column_names}
        coarse = {f"coarse {name}": _coarse(name, table[name]) for name in (*BANDS, "job")}
        words = [name for name in table.column_names if not pa.types.is_integer(table.schema.field(name).type)]
        named = {"words": np.array([*words, *coarse]), "personal": np.array(PERSONAL), **columns, **coarse}
        np.savez(asked, allow_pickle=False, **named)
        peers.run("ask_sklearn.py", asked, answered, threads=1)  # so small a fit waits for threads more than it works
        rows: list[dict[str, object]] = json.loads(answered.read_text())
    yield from rows
    sets = {str(row["model"]): row["attributes"] for row in rows if row["model"] in ASKED_OF_BOTH}
    unique = {str(row["model"]): row["unique"] for row in rows}
    for row in linear.rows(columns | coarse, [*words, *coarse], cast("dict[str, list[str]]", sets)):
        yield row | {"unique": unique[str(row["model"]).partition(", ")[2]]}


def _numbers(column: pa.ChunkedArray) -> npt.NDArray[Any]:
    """A number as it is, a word as its place in the alphabet."""
    values: npt.NDArray[Any] = column.to_numpy(zero_copy_only=False)
    return values if pa.types.is_integer(column.type) else np.unique(values.astype(str), return_inverse=True)[1]


def _coarse(name: str, column: pa.ChunkedArray) -> npt.NDArray[Any]:
    values = column.to_numpy(zero_copy_only=False)
    if name == "job":
        words = values.astype(str)
        return np.where(words == "unknown", 2, np.isin(words, WITHOUT_WORK).astype(int))
    return np.asarray(np.digitize(values, BANDS[name]))
