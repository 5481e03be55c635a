"""`fiel balance`: the whole way on a small shop, from a greedy promise to a shorter one that asks nobody again."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copytree

import pytest

from fiel.cli.opening import started
from tests.cli.shops import a_shop, run, told, written
from tests.operations.balance.worlds import Person, by_the_last_visit

LINKS = re.compile(r"(?:src|href)=|<script|url\(|@import")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop with a greedy use case, in which sixty people buy what they bought last."""
    folder = a_shop(tmp_path_factory.mktemp("shop"))
    file = folder / "use_cases" / "suggestions.yaml"
    text = file.read_text(encoding="utf-8")
    text = text.replace("strategy: similar_items", "strategy: buy_again").replace(
        "within: 90d", "within: 1 year  # greedy"
    )
    text = text.replace("or_visits: 1", "or_visits: 5").replace("        keep: 200\n        time: month\n", "")
    file.write_text(
        text.replace("    context: [item]", "    strategy: similar_items\n    context: [item]"), encoding="utf-8"
    )
    people = by_the_last_visit()
    with started(folder, None):
        pass
    for what, lines in (("items", _items()), ("choices", _choices(people)), ("events", _events(people))):
        more = ["--event", "purchase"] if what == "events" else []
        assert run("import", folder, what, written(folder / f"{what}.jsonl", list(lines)), *more).exit_code == 0
    return folder


def test_a_greedy_use_case_is_shortened_and_asks_nobody_again(shop: Path, tmp_path: Path) -> None:
    """The least that is enough is written, the promise is sound, and every agreement stands."""
    shop = Path(copytree(shop, tmp_path / "shop"))
    answer = told("balance", shop, "suggestions", "--strategy", "blend", "--apply")
    smallest = answer["smallest"]
    assert isinstance(smallest, dict)
    assert smallest["events_kept"] < 0.25
    assert "# greedy" in (shop / "use_cases" / "suggestions.yaml").read_text(encoding="utf-8")
    assert run("check", shop).exit_code == 0
    changed = run("diff", shop)
    assert "narrower" in changed.output
    assert "nobody is asked again" in changed.output


def test_the_page_stands_alone(shop: Path, tmp_path: Path) -> None:
    """The report is one file without a script, a link or a picture of elsewhere, in the language that was asked for."""
    for language, title in (("es", "¿Cuántos datos hacen falta?"), ("en", "How much data is needed?")):
        page = tmp_path / f"{language}.html"
        found = run("balance", shop, "suggestions", "--report", page, "--language", language)
        assert found.exit_code == 0, found.output
        text = page.read_text(encoding="utf-8")
        assert title in text
        assert f'<html lang="{language}">' in text
        assert "<svg" in text
        assert LINKS.search(text) is None
        assert re.sub(r"\s+", " ", found.output.splitlines()[0]) in re.sub(r"\s+", " ", text)


def test_the_words_of_a_terminal_say_the_same(shop: Path) -> None:
    """The sentence comes first, then the bounds, then each level against those that ask for less."""
    said = run("balance", shop, "suggestions").output
    assert said.startswith(json.loads(run("balance", shop, "suggestions", "--json").stdout)["sentence"])
    assert "With one product on the page" in said
    assert "With 3 products in the basket" in said


def test_what_cannot_be_measured_is_told(shop: Path) -> None:
    """A use case that is not there or does not declare `measure` ends with a sentence and code 1."""
    for name, why in (("none", "no use case"), ("newsletter_picks", "does not declare `measure`")):
        found = run("balance", shop, name)
        assert found.exit_code == 1
        assert why in found.output


def _items() -> Iterator[str]:
    for number in range(60):
        yield json.dumps({"id": f"i{number:02}", "title": f"thing {number}", "groups": ["home"]})


def _choices(people: list[Person]) -> Iterator[str]:
    for number in range(len(people)):
        said = {"user": f"p{number}", "use_case": "suggestions", "status": "given", "level": "observed"}
        yield json.dumps({**said, "contributes": True, "at": _before(360)})


def _events(people: list[Person]) -> Iterator[str]:
    for number, person in enumerate(people):
        for age, items in person.visits:
            for item in items:
                yield json.dumps({"user": f"p{number}", "at": _before(age), "item": item, "quantity": 1})


def _before(days: int) -> str:
    return (datetime.now(UTC) - timedelta(days=days)).isoformat()


def test_check_knows_what_was_measured(shop: Path) -> None:
    """Told to look, `fiel check` finds the levels that do not earn their data, each where it is written."""
    run("balance", shop, "suggestions")
    assert run("check", shop).exit_code == 0
    found = run("check", shop, "--measured", "--json")
    codes = [each["code"] for each in json.loads(found.stdout)["findings"]]
    assert set(codes) <= {"FIEL303", "FIEL409"}
    assert "FIEL409" in codes
    accepted = [part for code in sorted(set(codes)) for part in ("--accept", code)]
    assert run("check", shop, "--measured", *accepted).exit_code == 0
