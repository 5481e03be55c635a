# ruff: noqa: INP001 -- a script and what stands beside it, no package
"""Makes the bench's extracts from the public data sets, the same bytes for the same input and version of pyarrow.

    python tools/bench_data.py PATH/TO/complete_journey_transactions.parquet PATH/TO/bank_marketing.parquet

Two files are written to `bench/quality/data`, whose README tells their sources and licences:

- `complete_journey.parquet`: household, product and day of every purchase of the 10,000 products that most households
  bought, each once; households and products are numbered anew, products from the one that most households bought;
- `bank_marketing.parquet`: every call in the order of time, without its duration, which is known only afterwards.

Numbers of rows are checked before anything is written: a source that differs is refused.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

OUT = Path(__file__).resolve().parents[1] / "bench" / "quality" / "data"
PRODUCTS = 10_000
EXPECTED = {"purchases": 1_157_855, "calls": 45_211}
AFTERWARDS = ["duration"]


def main() -> None:
    """Read both sources, check them, write both extracts and say their sizes."""
    parser = argparse.ArgumentParser(description="make the extracts that quality is measured on")
    parser.add_argument("transactions", type=Path, help="Complete Journey's transactions")
    parser.add_argument("calls", type=Path, help="Bank Marketing's calls")
    asked = parser.parse_args()
    purchases, calls = journey(asked.transactions), bank(asked.calls)
    found = {"purchases": len(purchases), "calls": len(calls)}
    if found != EXPECTED:
        sys.exit(f"the sources are not the expected ones: expected {EXPECTED}, found {found}")
    OUT.mkdir(parents=True, exist_ok=True)
    for name, table in (("complete_journey.parquet", purchases), ("bank_marketing.parquet", calls)):
        write(table, OUT / name)
        sys.stdout.write(f"{name}: {(OUT / name).stat().st_size:,} bytes\n")


def journey(source: Path) -> pa.Table:
    """The purchases of the most common products, in the order of household, day and product."""
    table = pq.read_table(source, columns=["household_id", "product_id", "transaction_timestamp"])
    days = table["transaction_timestamp"].to_numpy().astype("datetime64[D]").astype(np.int64)
    columns = [table[name].to_numpy() for name in ("household_id", "product_id")]
    rows = np.unique(np.column_stack([*columns, days - days.min()]), axis=0)
    products, households = np.unique(np.unique(rows[:, :2], axis=0)[:, 1], return_counts=True)
    common = products[np.lexsort((products, -households))[:PRODUCTS]]
    rows = rows[np.isin(rows[:, 1], common)]
    place = {product: number for number, product in enumerate(common.tolist())}
    product = np.array([place[each] for each in rows[:, 1].tolist()])
    household = np.unique(rows[:, 0], return_inverse=True)[1]
    order = np.lexsort((product, rows[:, 2], household))
    named = {"household": household, "product": product, "day": rows[:, 2]}
    return pa.table({name: pa.array(values[order], pa.int16()) for name, values in named.items()})


def bank(source: Path) -> pa.Table:
    """The calls as they are, in the smallest types that hold them."""
    table = pq.read_table(source).drop_columns(AFTERWARDS)
    small = {
        name: table[name].cast(pa.int32() if pa.types.is_integer(table.schema.field(name).type) else pa.string())
        for name in table.column_names
        if name != "order"
    }
    return pa.table(small)


def write(table: pa.Table, path: Path) -> None:
    """As small as the format makes it."""
    numbers = all(pa.types.is_integer(field.type) for field in table.schema)
    encoded = dict.fromkeys(table.column_names, "BYTE_STREAM_SPLIT") if numbers else None
    pq.write_table(
        table,
        path,
        compression="zstd",
        compression_level=22,
        use_dictionary=not numbers,
        column_encoding=encoded,
        write_statistics=False,
        store_schema=False,
        data_page_size=1 << 24,
    )


if __name__ == "__main__":
    main()
