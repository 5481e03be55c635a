"""The demo's data are what their README says: counts, a catalogue of everything sold, titles in both languages."""

import json
import re
from collections import Counter
from importlib.resources import as_file, files

import pyarrow.parquet as pq
import pytest

from fiel.core.items import Item
from fiel.core.promise.usecase import Promise
from fiel.demo.invoices import catalogue
from fiel.registry import read_promise

DATA = files("fiel.demo") / "data"


@pytest.fixture(scope="module")
def invoices() -> dict[str, list[object]]:
    """The columns of the invoices."""
    with as_file(DATA / "online_retail.parquet") as path:
        columns: dict[str, list[object]] = pq.read_table(path).to_pydict()
    return columns


@pytest.fixture(scope="module")
def items() -> dict[str, Item]:
    """The catalogue by number."""
    return {item.id: item for item in catalogue()}


def test_the_counts_are_those_of_the_readme(invoices: dict[str, list[object]]) -> None:
    """Lines, customers and items are as many as the README states."""
    counts = len(invoices["CustomerID"]), len(set(invoices["CustomerID"])), len(set(invoices["StockCode"]))
    assert counts == (396_337, 4_334, 3_659)
    told = (DATA / "README.md").read_text(encoding="utf-8")
    assert all(f"{count:,}" in told for count in counts)


def test_whatever_was_sold_is_in_the_catalogue(invoices: dict[str, list[object]], items: dict[str, Item]) -> None:
    """The catalogue has every item of the invoices, once, and no other."""
    assert set(invoices["StockCode"]) == items.keys()
    assert len(catalogue()) == len(items)


def test_no_line_is_empty_or_free(invoices: dict[str, list[object]]) -> None:
    """Every line has a quantity and a price above zero."""
    numbers = [
        value for name in ("Quantity", "UnitPrice") for value in invoices[name] if isinstance(value, int | float)
    ]
    assert len(numbers) == 2 * 396_337
    assert min(numbers) > 0


def test_every_item_has_a_title_in_both_languages(items: dict[str, Item]) -> None:
    """A title is there in Spanish and English, and not the one for the other."""
    assert all(item.title["es"].strip() and item.title["en"].strip() for item in items.values())
    assert all(item.title.keys() == {"es", "en"} for item in items.values())
    alike = [name for name, item in items.items() if item.title["es"] == item.title["en"]]
    assert alike == []


def test_titles_are_set_like_titles(items: dict[str, Item]) -> None:
    """No title shouts, is cut by blanks, or holds the marks of the source's notes."""
    titles = [title for item in items.values() for title in item.title.values()]
    assert [title for title in titles if title != " ".join(title.split()) or re.search(r"[?*\t]|\bPK\b", title)] == []
    assert [title for title in titles if title.isupper() and len(title) > 4] == []


def the_promise() -> Promise:
    """The promise of the demo's shop."""
    with as_file(files("fiel.demo") / "promise") as folder:
        promise = read_promise(folder).promise
    assert promise is not None
    return promise


def test_groups_are_known_and_used(items: dict[str, Item]) -> None:
    """Each item stands in one to three groups, each has a title in both languages, and none is empty."""
    used = Counter(group for item in items.values() for group in item.groups)
    titles = the_promise().groups
    assert used.keys() == titles.keys()
    assert {len(item.groups) for item in items.values()} <= {1, 2, 3}
    assert all(title.keys() == {"es", "en"} and title["es"] and title["en"] for title in titles.values())


def test_the_sensitive_groups_of_the_promise_are_on_the_shelf(items: dict[str, Item]) -> None:
    """The promise names as sensitive only groups that the shop has, so that keeping them out means something."""
    promise = the_promise()
    assert promise.sensitive <= promise.groups.keys()
    assert all(any(item.is_sensitive({group}) for item in items.values()) for group in promise.sensitive)


def test_the_catalogue_is_one_json_a_line() -> None:
    """Each line of the catalogue stands for itself, in the order of the numbers."""
    rows = [json.loads(line) for line in (DATA / "items.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)
