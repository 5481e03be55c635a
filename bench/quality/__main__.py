"""Measures quality, prints the table and writes `bench/results/quality.json` and `attributes.json`.

    python -m bench.quality [online_retail | complete_journey | bank_marketing] ...

Asked for some of them, it measures those anew and keeps what the files say of the others.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, TypeAlias

from bench.__main__ import commit_of_this_tree
from bench.quality import attributes
from bench.quality.contest import Contestant, Row, measure, strong_contestants, time_contestants
from bench.quality.purchases import Purchases, complete_journey, online_retail
from bench.quality.splits import Split, in_time, strong

RESULTS: Final = Path(__file__).parents[1] / "results"
ALL: Final = ("online_retail", "complete_journey", "bank_marketing")

Caps: TypeAlias = tuple[int | None, ...]


def main(asked: Sequence[str]) -> None:
    """Measure what was asked for, print, keep."""
    chosen = [name for name in ALL if name in asked] or list(ALL)
    commit = commit_of_this_tree()
    for name in chosen:
        path = RESULTS / ("attributes.json" if name == "bank_marketing" else "quality.json")
        rows: list[Row] = []
        for row in _measured(name):
            rows.append(row | {"commit": commit})
            _tell(row)
            others = [each for each in _read(path) if each["data"] != name]
            _write(path, sorted(others + rows, key=lambda each: ALL.index(str(each["data"]))))


def _measured(name: str) -> Iterator[Row]:
    if name == "online_retail":
        yield from _contests(online_retail(), held_out=400, common=None, caps=(None, 50), more=())
    elif name == "complete_journey":
        yield from _contests(complete_journey(), held_out=300, common=3_000, caps=(50,), more=(200,))
    else:
        yield from attributes.study()


def _contests(purchases: Purchases, *, held_out: int, common: int | None, caps: Caps, more: Caps) -> Iterator[Row]:
    """`caps`: how many items of a person teach Fiel; `more`: on the strong split also so many."""
    timed = purchases if common is None else purchases.only(common)
    pairs = [in_time(timed, new=new) for new in (False, True)]
    validation, test = zip(*pairs, strict=True)
    yield from _contest(time_contestants(test[0], caps), validation, test)
    one, other = strong(purchases, held_out=held_out)
    yield from _contest(strong_contestants(other, (*caps, *more)), (one,), (other,))


def _contest(contestants: Sequence[Contestant], validation: Sequence[Split], test: Sequence[Split]) -> Iterator[Row]:
    for contestant in contestants:
        yield from measure(contestant, validation, test)


def _tell(row: Row) -> None:
    figures = [
        f"{key} {value}" for key, value in row.items() if key not in {"data", "split", "model", "setting", "cores"}
    ]
    print(
        f"{row['data']:17} {row['split']:13} {row['model']:45} {'  '.join(figures)}  {row.get('setting', '')}",
        flush=True,
    )


def _read(path: Path) -> list[Row]:
    rows: list[Row] = json.loads(path.read_text()) if path.exists() else []
    return rows


def _write(path: Path, rows: Sequence[Row]) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text("[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]\n")


if __name__ == "__main__":
    main(sys.argv[1:])
