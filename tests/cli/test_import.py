"""`fiel import`: files come in through the same gate, wrong rows are named by number alone, a second run is none."""

import json
import os
import signal
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.cli.shops import a_shop, run, told, written

SECRET = "ana.secret@example.com"
NOW = datetime.now(UTC)


def stamp(days: float = 0) -> str:
    """So many days from now."""
    return (NOW + timedelta(days=days)).isoformat()


def choices(folder: Path, *rows: dict[str, object], name: str = "choices.jsonl") -> Path:
    """A file of choices about Ana and `suggestions`."""
    lines = [json.dumps({"user": "ana", "use_case": "suggestions", **row}) for row in rows]
    return written(folder / name, lines)


def standing(shop: Path, folder: Path) -> tuple[object, object, int]:
    """Ana's status and level for `suggestions`, and how many receipts she has."""
    file = folder / "out.json"
    assert run("export", shop, "--subject", "user:ana", "--to", file).exit_code == 0
    held = json.loads(file.read_bytes())
    file.unlink()
    one = next(each for each in held["choices"] if each["use_case"] == "suggestions")
    return one["status"], one["level"], len(held["receipts"])


def an_event_file(folder: Path, ending: str) -> Path:
    """Two purchases of Ana in each kind of file, under a shop's own names of columns."""
    rows = [
        {"CustomerID": "ana", "StockCode": item, "InvoiceDate": stamp(), "Price": 2.5, "Quantity": 1}
        for item in ("a", "b")
    ]
    file = folder / f"sales.{ending}"
    if ending == "parquet":
        pq.write_table(pa.Table.from_pylist(rows), file)
    elif ending == "jsonl":
        written(file, [json.dumps(row) for row in rows])
    else:
        written(file, [",".join(rows[0]), *(",".join(str(value) for value in row.values()) for row in rows)])
    return file


MAP = ("--map", "item=StockCode,user=CustomerID,at=InvoiceDate,price=Price,quantity=Quantity", "--event", "purchase")


@pytest.mark.parametrize("ending", ["parquet", "jsonl", "csv"])
def test_events_come_through_the_gate(tmp_path: Path, ending: str) -> None:
    """Each kind of file gives the same events; what no permit wants is counted; a second run keeps nothing more."""
    shop = a_shop(tmp_path)
    said = choices(tmp_path, {"status": "given", "level": "observed", "at": stamp(-1)})
    assert told("import", shop, "choices", said)["kept"] == {"suggestions": 1}
    file = an_event_file(tmp_path, ending)
    first = told("import", shop, "events", file, *MAP)
    assert first["rows"] == 2
    assert first["malformed"] == []
    assert first["kept"] == {"suggestions": 2, "order_help": 2}
    assert {"use_case": "buy_again", "why": "no_permit", "count": 2} in json.loads(json.dumps(first["dropped"]))
    again = told("import", shop, "events", file, *MAP)
    assert again["kept"] == {}
    assert {"use_case": "suggestions", "why": "duplicate", "count": 2} in json.loads(json.dumps(again["dropped"]))


def test_another_file_of_the_same_name_is_another_file(tmp_path: Path) -> None:
    """What makes a row known is what it holds: tomorrow's file may be called as today's was."""
    shop = a_shop(tmp_path)
    for item in ("a", "b"):
        file = written(tmp_path / "sales.csv", ["user,item,quantity,at", f"ana,{item},1,{stamp()}"])
        assert told("import", shop, "events", file, "--event", "purchase")["kept"] == {"order_help": 1}


def test_malformed_rows_are_named_by_number_alone(tmp_path: Path) -> None:
    """A row that cannot be read is told by its number and its fault; nothing of it is repeated; the rest goes in."""
    shop = a_shop(tmp_path)
    rows = [
        json.dumps({"user": "ana", "item": "a", "quantity": 1, "at": stamp()}),
        f"{SECRET} is no JSON",
        json.dumps({"item": SECRET, "at": stamp()}),
        json.dumps({"user": SECRET, "item": "a", "at": f"not {SECRET}"}),
        json.dumps([SECRET]),
        json.dumps({"user": SECRET * 20, "item": "a", "at": stamp()}),
    ]
    file = written(tmp_path / "sales.jsonl", rows)
    found = run("import", shop, "events", file, "--event", "purchase", "--json")
    assert found.exit_code == 1
    answer = json.loads(found.stdout)
    assert (answer["rows"], answer["kept"]) == (6, {"order_help": 1})
    assert sorted(each["row"] for each in answer["malformed"]) == [2, 3, 4, 5, 6]
    assert SECRET not in found.output
    plain = run("import", shop, "events", file, "--event", "purchase")
    assert (plain.exit_code, SECRET in plain.output) == (1, False)
    assert f"{file.name}:2: it is not a JSON object" in plain.stderr


def test_a_row_that_the_gate_cannot_read_is_a_finding(tmp_path: Path) -> None:
    """What a use case drops as malformed is named by file, row and use case, and the exit code says so."""
    shop = a_shop(tmp_path)
    amounts = ("1", "one", "2")
    file = written(
        tmp_path / "sales.csv", ["user,item,quantity,at", *(f"ana,a,{amount},{stamp()}" for amount in amounts)]
    )
    found = run("import", shop, "events", file, "--event", "purchase", "--json")
    answer = json.loads(found.stdout)
    assert (found.exit_code, answer["kept"], answer["whole"]) == (1, {"order_help": 2}, True)
    assert answer["malformed"] == [{"file": "sales.csv", "row": 2, "what": "malformed for `order_help`"}]
    assert {"use_case": "order_help", "why": "malformed", "count": 1} in answer["dropped"]
    plain = run("import", shop, "events", file, "--event", "purchase")
    assert (plain.exit_code, "sales.csv:2: malformed for `order_help`" in plain.stderr) == (1, True)


def a_damaged_file(folder: Path, ending: str) -> Path:
    """Many sound purchases, and behind them what cannot be read."""
    file = folder / f"sales.{ending}"
    rows = [{"user": "ana", "item": f"i{n}", "quantity": 1, "at": stamp()} for n in range(SOUND)]
    if ending == "csv":
        written(file, [",".join(rows[0]), *(",".join(map(str, row.values())) for row in rows)])
        file.write_bytes(file.read_bytes() + b"\xff\xff\n" * 9_000)
        return file
    pq.write_table(pa.Table.from_pylist(rows * 2), file, row_group_size=SOUND, compression="none", use_dictionary=False)
    raw = bytearray(file.read_bytes())
    second = pq.ParquetFile(file).metadata.row_group(1).column(0).data_page_offset
    raw[second : second + 64] = b"\xff" * 64
    file.write_bytes(raw)
    return file


SOUND = 12_000
"""Rows before the damage: more than are decoded or taken together."""


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_damage_in_the_midst_ends_with_a_tally(tmp_path: Path, ending: str) -> None:
    """Where a file turns out damaged, all that was read before is taken and counted, and the exit code is 1."""
    shop = a_shop(tmp_path)
    file = a_damaged_file(tmp_path, ending)
    found = run("import", shop, "events", file, "--event", "purchase", "--json")
    answer = json.loads(found.stdout)
    assert (found.exit_code, answer["whole"]) == (1, False)
    taken = answer["kept"]["order_help"] + sum(
        each["count"] for each in answer["dropped"] if each["use_case"] == "order_help"
    )
    assert 10_000 <= taken == answer["rows"] <= SOUND
    assert f"damaged, behind row {answer['rows']}" in found.stderr
    plain = run("import", shop, "events", file, "--event", "purchase")
    assert (plain.exit_code, f"{answer['rows']:,} rows of {file.name}" in plain.stdout) == (1, True)


def test_an_interruption_leaves_a_tally(tmp_path: Path) -> None:
    """Ctrl-C ends an import after the step under way: what is counted is kept, and a second run takes the rest."""
    shop = a_shop(tmp_path)
    rows = [json.dumps({"id": f"i{n}", "title": "Lamp"}) for n in range(SOUND)]
    file, usual = written(tmp_path / "items.jsonl", rows), signal.getsignal(signal.SIGINT)

    def interrupt() -> None:
        while signal.getsignal(signal.SIGINT) is usual:
            time.sleep(0.001)
        os.kill(os.getpid(), signal.SIGINT)

    thread = threading.Thread(target=interrupt)
    thread.start()
    found = run("import", shop, "items", file, "--json")
    thread.join()
    answer = json.loads(found.stdout)
    assert (found.exit_code, answer["whole"], "interrupted" in found.stderr) == (1, False, True)
    assert 0 < answer["kept"]["items"] == answer["rows"] < SOUND
    assert signal.getsignal(signal.SIGINT) is usual
    assert told("import", shop, "items", file)["kept"] == {"items": SOUND}


def test_a_csv_row_of_another_width_is_named(tmp_path: Path) -> None:
    """A row with more or fewer fields than the head is told, and not guessed at."""
    shop = a_shop(tmp_path)
    file = written(
        tmp_path / "s.csv", ["user,item,quantity,at", f"a,b,1,{stamp()},{SECRET}", "a,b", f"a,c,1,{stamp()}"]
    )
    found = run("import", shop, "events", file, "--event", "purchase", "--json")
    assert found.exit_code == 1
    assert [each["row"] for each in json.loads(found.stdout)["malformed"]] == [1, 2]
    assert SECRET not in found.output


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_an_unknown_column_stops_before_anything(tmp_path: Path, ending: str) -> None:
    """A column that is mapped and not there is one sentence, with those that are, and exit code 1."""
    shop = a_shop(tmp_path)
    file = an_event_file(tmp_path, ending)
    found = run("import", shop, "events", file, "--event", "purchase", "--map", "item=Nonsense")
    assert found.exit_code == 1
    assert "has no column `Nonsense`" in found.stderr
    assert "it has CustomerID, StockCode, InvoiceDate, Price, Quantity" in found.stderr


def test_what_is_no_such_file_is_told(tmp_path: Path) -> None:
    """Damaged files, other kinds, a map that is none and events without a name are told; no traceback."""
    shop = a_shop(tmp_path)
    damaged, other = tmp_path / "sales.parquet", tmp_path / "sales.xls"
    damaged.write_bytes(b"PAR1 and then nothing")
    other.write_bytes(b"x")
    (tmp_path / "latin.csv").write_bytes("user,item,at\njos\xe9,a,2026-01-01\n".encode("latin-1"))
    for file, sentence in (
        (damaged, "is not a Parquet file"),
        (other, "is neither .parquet"),
        (tmp_path / "latin.csv", "is not CSV in UTF-8"),
    ):
        found = run("import", shop, "events", file, "--event", "purchase")
        assert (found.exit_code, sentence in found.stderr) == (1, True), found.output
    assert run("import", shop, "events", damaged).exit_code == 2
    assert run("import", shop, "events", damaged, "--event", "purchase", "--map", "item").exit_code == 2


def test_items_need_a_title_in_each_language(tmp_path: Path) -> None:
    """One title serves every language, or each has its own; an item without one is named by its row."""
    shop = a_shop(tmp_path)
    rows = [
        {"id": "a", "title": "Lamp", "groups": "home|lamps", "available": "yes"},
        {"id": "b", "title": {"es": "Vela", "en": "Candle"}, "groups": ["home"]},
        {"id": "c", "title": {"en": "Only English"}},
        {"id": "d"},
    ]
    file = written(tmp_path / "items.jsonl", [json.dumps(row) for row in rows])
    found = run("import", shop, "items", file, "--json")
    answer = json.loads(found.stdout)
    assert (found.exit_code, answer["kept"]) == (1, {"items": 2})
    assert [(each["row"], each["what"]) for each in answer["malformed"]] == [
        (3, "`title` is missing in es"),
        (4, "`title` is missing"),
    ]


def test_choices_twice_are_choices_once(tmp_path: Path) -> None:
    """A second run of a file of choices writes no entry, with dates and without."""
    shop = a_shop(tmp_path)
    dated = choices(
        tmp_path,
        {"status": "given", "level": "observed", "at": stamp(-3), "contributes": True},
        {"status": "withdrawn", "at": stamp(-2)},
        {"status": "given", "level": "declared", "at": stamp(-1)},
    )
    undated = choices(tmp_path, {"status": "given", "level": "declared"}, {"status": "withdrawn"}, name="b.jsonl")
    assert told("import", shop, "choices", dated)["kept"] == {"suggestions": 3}
    assert standing(shop, tmp_path) == ("given", "declared", 3)
    assert told("import", shop, "choices", dated)["kept"] == {}
    assert standing(shop, tmp_path) == ("given", "declared", 3)
    assert told("import", shop, "choices", undated)["kept"] == {"suggestions": 1}
    assert told("import", shop, "choices", undated)["kept"] == {}
    assert standing(shop, tmp_path) == ("withdrawn", "none", 4)


def test_an_old_list_undoes_no_withdrawal(tmp_path: Path) -> None:
    """An earlier yes, and one without a date, leave a withdrawal as it is; a later one may follow it."""
    shop = a_shop(tmp_path)
    told("import", shop, "choices", choices(tmp_path, {"status": "given", "level": "context", "at": stamp(-9)}))
    told("import", shop, "choices", choices(tmp_path, {"status": "withdrawn", "at": stamp(-2)}))
    undated: dict[str, object] = {"status": "given", "level": "observed"}
    for old in ({**undated, "at": stamp(-5)}, undated):
        assert told("import", shop, "choices", choices(tmp_path, old))["kept"] == {}
        assert standing(shop, tmp_path)[0] == "withdrawn"
    later = choices(tmp_path, {"status": "given", "level": "context", "at": stamp(-1)})
    assert told("import", shop, "choices", later)["kept"] == {"suggestions": 1}


def test_only_what_a_person_may_choose_is_brought_in(tmp_path: Path) -> None:
    """The law's and the clock's statuses, unknown words and use cases are malformed, and not repeated."""
    shop = a_shop(tmp_path)
    wrong: list[dict[str, object]] = [{"status": word} for word in ("erased", "blocked", "expired", SECRET)]
    file = choices(tmp_path, *wrong, {"status": "given", "use_case": SECRET}, {"status": "given", "level": SECRET})
    found = run("import", shop, "choices", file, "--json")
    assert found.exit_code == 1
    assert [each["row"] for each in json.loads(found.stdout)["malformed"]] == [1, 2, 3, 4, 5, 6]
    assert SECRET not in found.output
    unoffered = run("import", shop, "choices", choices(tmp_path, {"status": "given", "level": "inferred"}), "--json")
    answer = json.loads(unoffered.stdout)
    assert (unoffered.exit_code, answer["kept"], answer["dropped"]) == (1, {}, [])
    assert [each["row"] for each in answer["malformed"]] == [1]
