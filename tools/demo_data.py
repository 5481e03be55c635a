# ruff: noqa: INP001 -- a script and what stands beside it, no package
"""Makes the demo's data from the public Online Retail data set, the same bytes for the same input.

    python tools/demo_data.py PATH/TO/online_retail.parquet [--out src/fiel/demo/data]

The source has the columns InvoiceNo, StockCode, Description, Quantity, InvoiceDate, UnitPrice, CustomerID and
Country (UCI Machine Learning Repository, id 352). Three files are written:

- `online_retail.parquet`: the invoice lines kept (customer known, no cancellation, quantity and price above zero,
  a stock code that starts with five digits), without description and country, in the order of time;
- `items.jsonl`: every stock code sold, with its title in Spanish and English and its shop groups;
- `groups.json`: the titles of the groups.

English titles are the most frequent description of a code; `demo_titles.tsv` beside this script gives its tidy form
and its translation, both written by hand. Groups come from `demo_groups.py`. Numbers of lines, customers and items
are checked before anything is written: a source that differs is refused.
"""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from demo_groups import NOT_FOR_SALE, TITLES, groups_of

EXPECTED = {"lines": 396_337, "customers": 4_334, "items": 3_659}
ORDER = ("InvoiceDate", "InvoiceNo", "StockCode", "Quantity", "UnitPrice")
HERE = Path(__file__).resolve().parent
OUT = HERE.parent / "src" / "fiel" / "demo" / "data"

Titles = dict[str, tuple[str, str]]


def main() -> None:
    """Read the source, check it, write the three files and say their sizes."""
    parser = argparse.ArgumentParser(description="make the demo's data from the Online Retail data set")
    parser.add_argument("source", type=Path, help="the original Parquet file")
    parser.add_argument("--out", type=Path, default=OUT, help="the folder to write to")
    asked = parser.parse_args()
    lines = clean(pq.read_table(asked.source))
    found = count(lines)
    if found != EXPECTED:
        sys.exit(f"the source is not the expected one: expected {EXPECTED}, found {found}")
    items = catalogue(lines, read_titles(HERE / "demo_titles.tsv"))
    write_lines(lines, asked.out / "online_retail.parquet")
    rows = "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items)
    (asked.out / "items.jsonl").write_text(rows, encoding="utf-8")
    groups = json.dumps(TITLES, ensure_ascii=False, indent=2) + "\n"
    (asked.out / "groups.json").write_text(groups, encoding="utf-8")
    for name in ("online_retail.parquet", "items.jsonl", "groups.json"):
        sys.stdout.write(f"{name}: {(asked.out / name).stat().st_size:,} bytes\n")


def clean(source: pa.Table) -> pa.Table:
    """The lines of a real sale to a known customer: no cancellation, no gift, no postage or manual entry."""
    conditions = (
        pc.is_valid(source["CustomerID"]),
        pc.invert(pc.starts_with(source["InvoiceNo"], "C")),
        pc.greater(source["Quantity"], 0),
        pc.greater(source["UnitPrice"], 0),
        pc.match_substring_regex(source["StockCode"], "^[0-9]{5}"),
    )
    kept = conditions[0]
    for condition in conditions[1:]:
        kept = pc.and_(kept, condition)
    return source.filter(kept)


def count(lines: pa.Table) -> dict[str, int]:
    """How many lines, customers and items there are."""
    customers, items = (len(pc.unique(lines[name])) for name in ("CustomerID", "StockCode"))
    return {"lines": len(lines), "customers": customers, "items": items}


def read_titles(path: Path) -> Titles:
    """English and Spanish title by description, blanks of the description squeezed."""
    rows = path.read_text(encoding="utf-8").splitlines()[1:]
    parted = (row.split("\t") for row in rows)
    return {description: (english, spanish) for description, english, spanish in parted}


def catalogue(lines: pa.Table, titles: Titles) -> list[dict[str, object]]:
    """One entry for each stock code, in the order of the codes; fails where a title is missing."""
    tallies: dict[str, Counter[str]] = {}
    for code, description in zip(lines["StockCode"].to_pylist(), lines["Description"].to_pylist(), strict=True):
        tallies.setdefault(code, Counter())[" ".join(description.split())] += 1
    return [entry(code, titles[most_frequent(tallies[code])]) for code in sorted(tallies)]


def most_frequent(tally: Counter[str]) -> str:
    """The description used most; of several, the first of the alphabet."""
    return min(tally, key=lambda description: (-tally[description], description))


def entry(code: str, title: tuple[str, str]) -> dict[str, object]:
    """A line of the catalogue; what is no product is listed as not available."""
    english, spanish = title
    groups = groups_of(english)
    available = not set(groups) & set(NOT_FOR_SALE)
    return {"id": code, "title": {"es": spanish, "en": english}, "groups": groups, "available": available}


def write_lines(lines: pa.Table, path: Path) -> None:
    """Write small types in the order of time; the source's times bear no zone and are taken as UTC."""
    table = pa.table(
        {
            "InvoiceNo": pc.cast(lines["InvoiceNo"], pa.int32()),
            "StockCode": pc.cast(lines["StockCode"], pa.string()),
            "Quantity": pc.cast(lines["Quantity"], pa.int32()),
            "InvoiceDate": pc.cast(lines["InvoiceDate"], pa.timestamp("ms")).cast(pa.timestamp("ms", tz="UTC")),
            "UnitPrice": pc.cast(lines["UnitPrice"], pa.float64()),
            "CustomerID": pc.cast(lines["CustomerID"], pa.int32()),
        }
    )
    pq.write_table(
        table.sort_by([(name, "ascending") for name in ORDER]).combine_chunks(),
        path,
        compression="zstd",
        compression_level=19,
        row_group_size=len(table),
        use_dictionary=["StockCode", "UnitPrice"],
        column_encoding={
            "InvoiceNo": "DELTA_BINARY_PACKED",
            "InvoiceDate": "DELTA_BINARY_PACKED",
            "CustomerID": "BYTE_STREAM_SPLIT",
            "Quantity": "BYTE_STREAM_SPLIT",
        },
    )


if __name__ == "__main__":
    main()
