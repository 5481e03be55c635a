"""`fiel balance` on a level that learns from what people told: what is needless is named, and taken out of the file."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copytree

import pytest

from fiel.cli.opening import started
from fiel.core.ids import Identifier, IdentifierKind
from fiel.core.use.gate import Traits
from fiel.operations.collect import Message, collect
from tests.cli.shops import a_shop, run, told, written
from tests.operations.balance.test_telling import by_home
from tests.operations.balance.worlds import Person

DICTIONARY = """
attributes:
  home: {type: string, category: pd:FamilyStructure, source: declared, title: {es: Tu hogar, en: Your home}}
  lucky: {type: string, category: pd:Preference, source: declared, title: {es: Tu número, en: Your number}}
  town: {type: string, category: pd:City, source: declared, title: {es: Tu localidad, en: Your town}}
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop that asks for three things, of which the home alone decides."""
    folder = a_shop(tmp_path_factory.mktemp("shop"))
    company, file = folder / "fiel.yaml", folder / "use_cases" / "suggestions.yaml"
    company.write_text(company.read_text("utf-8").replace("\nattributes:\n", DICTIONARY, 1), encoding="utf-8")
    text = file.read_text(encoding="utf-8")
    declared = "    strategy: propensity\n    attributes: [home, lucky, town]  # what they tell\n"
    text = text.replace("    strategy: rules\n    attributes: [favourite_categories]\n", declared)
    text = text.replace("within: 90d", "within: 1 year").replace(
        "\nlearn:\n", "\nlearn:\n  attributes: [home, lucky, town]\n"
    )
    file.write_text(text, encoding="utf-8")
    people = by_home(120)
    key = folder / ".fiel.key"  # who is looked at in which order, and the chance in a model, hang on it
    key.write_bytes(bytes(range(32)))
    key.chmod(0o600)
    with started(folder, None):
        pass
    for what, lines in (("items", _items()), ("choices", _choices(people)), ("events", _events(people))):
        more = ["--event", "purchase"] if what == "events" else []
        assert run("import", folder, what, written(folder / f"{what}.jsonl", list(lines)), *more).exit_code == 0
    with started(folder, None) as fiel:
        collect(fiel.house, list(_said(people))).result()
    return folder


def test_what_is_needless_is_taken_out_and_nobody_is_asked_again(shop: Path, tmp_path: Path) -> None:
    """The sentence names what is enough, the file loses the rest with its comments kept, and every agreement stands."""
    shop = Path(copytree(shop, tmp_path / "shop"))
    answer = told("balance", shop, "suggestions", "--apply")
    attributes = answer["attributes"]
    assert isinstance(attributes, dict)
    assert attributes["smallest"] == ["home"]
    assert attributes["needless"] == ["lucky", "town"]
    assert "“home”" in str(answer["attributes_sentence"])
    assert answer["likely"]
    text = (shop / "use_cases" / "suggestions.yaml").read_text(encoding="utf-8")
    assert "    attributes: [home]  # what they tell\n" in text
    assert "  attributes: [home]\n" in text
    changed = run("diff", shop)
    assert "learn.attributes.town" in changed.output
    assert "nobody is asked again" in changed.output


@pytest.mark.parametrize(("language", "title"), [("es", "Cuánto pedir"), ("en", "How much to ask for")])
def test_it_is_told_in_the_terminal_and_on_the_page(shop: Path, tmp_path: Path, *, language: str, title: str) -> None:
    """The table of attributes stands in both, in the language that was asked for."""
    page = tmp_path / "page.html"
    found = run("balance", shop, "suggestions", "--report", page, "--language", language)
    assert found.exit_code == 0, found.output
    assert title in page.read_text(encoding="utf-8")
    assert "home" in found.output
    assert "AUC" in found.output
    assert "AUC" in page.read_text(encoding="utf-8")


def _items() -> Iterator[str]:
    for number in range(60):
        yield json.dumps({"id": f"i{number:02}", "title": f"thing {number}", "groups": ["home"]})


def _choices(people: list[Person]) -> Iterator[str]:
    for number in range(len(people)):
        said = {"user": f"p{number}", "use_case": "suggestions", "status": "given", "level": "observed"}
        yield json.dumps({**said, "contributes": True, "at": _before(360).isoformat()})


def _events(people: list[Person]) -> Iterator[str]:
    for number, person in enumerate(people):
        for age, items in person.visits:
            for item in items:
                at = _before(age).isoformat()
                yield json.dumps({"user": f"p{number}", "at": at, "item": item, "quantity": 1})


def _said(people: list[Person]) -> Iterator[Message]:
    for number, person in enumerate(people):
        who = Identifier(IdentifierKind.USER, f"p{number}")
        yield Message(id=f"told {number}", subject=who, content=Traits(at=_before(350), values=person.told))


def _before(days: int) -> datetime:
    return datetime.now(UTC) - timedelta(days=days)
