"""The purchases that quality is measured on: who chose what on which day, from extracts shipped with the project."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow.parquet as pq

from fiel.core.ids import ItemId

HERE: Final = Path(__file__).parent
RETAIL: Final = HERE.parents[1] / "src" / "fiel" / "demo" / "data" / "online_retail.parquet"
JOURNEY: Final = HERE / "data" / "complete_journey.parquet"

Numbers: TypeAlias = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchases:
    """Rows of a person, an item and a day, each once, in ascending order; `items` names the items by number."""

    name: str
    items: tuple[ItemId, ...]
    rows: Numbers

    def only(self, items: int) -> "Purchases":
        """The purchases of the items with the lowest numbers: of Complete Journey, those that most households had."""
        rows = self.rows[self.rows[:, 1] < items]
        return Purchases(name=self.name, items=self.items[:items], rows=rows)


def online_retail() -> Purchases:
    """A year of a gift shop's invoices: 4,334 customers, 3,659 items."""
    table = pq.read_table(RETAIL, columns=["CustomerID", "StockCode", "InvoiceDate"])
    codes, items = np.unique(table["StockCode"].to_numpy(zero_copy_only=False).astype(str), return_inverse=True)
    days = table["InvoiceDate"].to_numpy().astype("datetime64[D]").astype(np.int64)
    rows = np.column_stack((table["CustomerID"].to_numpy().astype(np.int64), items, days))
    return Purchases(name="online_retail", items=_ids(codes), rows=np.unique(rows, axis=0))


def complete_journey() -> Purchases:
    """A year of grocery baskets, a realistic panel: 2,452 households, the 10,000 products that most of them had."""
    table = pq.read_table(JOURNEY)
    rows = np.column_stack([table[name].to_numpy().astype(np.int64) for name in ("household", "product", "day")])
    return Purchases(name="complete_journey", items=_ids(np.arange(rows[:, 1].max() + 1)), rows=np.unique(rows, axis=0))


def _ids(names: npt.NDArray[np.str_] | Numbers) -> tuple[ItemId, ...]:
    return tuple(ItemId(str(name)) for name in names.tolist())
