"""`fiel learn`: what it adds up again, where, and what it says of totals that are not the sum."""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import apsw
import pytest
from distributed import LocalCluster

from fiel.stores.sqlite import FILE
from tests.cli.shops import a_shop, run, told, written

PEOPLE: Final = {"ana": ("cup", "lamp"), "bea": ("cup",), "carla": ("lamp",)}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A shop that three people taught."""
    shop, now = a_shop(tmp_path), datetime.now(UTC)
    items = [json.dumps({"id": item, "title": item}) for item in ("cup", "lamp")]
    told("import", shop, "items", written(tmp_path / "items.jsonl", items))
    said = {"use_case": "suggestions", "status": "given", "level": "observed", "contributes": True}
    yes = [json.dumps({"user": who, "at": (now - timedelta(days=1)).isoformat(), **said}) for who in PEOPLE]
    told("import", shop, "choices", written(tmp_path / "choices.jsonl", yes))
    rows = [
        {"user": who, "item": item, "price": 1.5, "quantity": 1, "at": now.isoformat()}
        for who, items in PEOPLE.items()
        for item in items
    ]
    events = written(tmp_path / "events.jsonl", [json.dumps(row) for row in rows])
    told("import", shop, "events", events, "--event", "purchase")
    assert "suggestions: 3 people teach, 3 changed now" in run("learn", shop).output
    return shop


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    """A real scheduler and worker that speak over a socket, in this process."""
    with LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=1, threads_per_worker=1, processes=False, protocol="tcp", host="127.0.0.1", dashboard_address=":0"
    ) as cluster:
        yield cluster


def spoil(shop: Path) -> None:
    """Somebody writes one more cup into a total, behind the back of Fiel."""
    file = apsw.Connection(str(shop / ".fiel" / FILE))
    file.execute("UPDATE totals SET number = number + 1 WHERE strategy = 'popular' AND one = 'cup'")
    file.close()


@pytest.mark.parametrize("where", ["here", "processes", "dask"])
def test_totals_that_differ_are_told_and_set_right(shop: Path, cluster: LocalCluster, where: str) -> None:
    """Wherever they are added up, right totals end well; wrong ones are named, set right and end with exit code 1."""
    options = {"here": (), "processes": ("--workers", "1"), "dask": ("--dask", cluster.scheduler_address)}[where]
    well = run("learn", shop, "--recount", *options)
    assert (well.exit_code, well.stderr) == (0, "")
    assert "suggestions: the totals are right: what 3 people added\n" in well.stdout
    assert "suggestions: 3 people teach, 0 changed now" in well.stdout
    spoil(shop)
    wrong = run("learn", shop, "--recount", *options, "--json")
    [found] = [each for each in json.loads(wrong.stdout)["recounted"] if each["wrong"]]
    assert (wrong.exit_code, found["fate"], found["wrong"]) == (1, "set right", ["popular"])
    assert run("learn", shop, "--recount").exit_code == 0


def test_wrong_totals_are_told_in_words(shop: Path) -> None:
    """Whoever reads the terminal sees which totals were wrong and what became of them."""
    spoil(shop)
    found = run("learn", shop, "--recount")
    assert "suggestions: the totals of popular were wrong; they are what 3 people added now" in found.stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--workers", "2"), "say --recount too"),
        (("--dask", "tcp://127.0.0.1:1"), "say --recount too"),
        (("--recount", "--workers", "2", "--dask", "tcp://127.0.0.1:1"), "not both"),
        (("--recount", "--workers", "0"), "0"),
    ],
)
def test_options_that_do_not_go_together_are_refused(shop: Path, options: tuple[str, ...], said: str) -> None:
    """What adds up again needs --recount, and there is one place where it is done."""
    found = run("learn", shop, *options)
    assert (found.exit_code, found.stdout, said in found.stderr) == (2, "", True)


def test_without_dask_it_says_what_to_install(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Dask is imported only when it is asked for; where it is not installed, a sentence says how it would be."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert run("learn", shop, "--recount").exit_code == 0
    found = run("learn", shop, "--recount", "--dask", "tcp://127.0.0.1:1")
    assert (found.exit_code, "pip install 'fiel[dask]'" in found.stderr) == (1, True)


def test_a_scheduler_that_does_not_answer_is_named(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no scheduler listens, the address is named, and how one is written."""
    monkeypatch.setattr("fiel.cli.workers.PATIENCE", "1s")
    for address in ("tcp://127.0.0.1:1", "nonsense:/"):
        found = run("learn", shop, "--recount", "--dask", address)
        assert (found.exit_code, address in found.stderr) == (1, True), found.output
