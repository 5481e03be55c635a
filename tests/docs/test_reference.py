"""The reference against the program: everything that there is stands in it, in both languages, and nothing else."""

import re
from collections.abc import Iterable
from importlib import import_module

import click
import pytest

from fiel.cli import COMMANDS
from fiel.core.consent.choice import Attestation
from fiel.core.consent.effect import Effect
from fiel.core.permit import PERMITTED, Refused
from fiel.core.promise.usecase import Level
from fiel.core.scope import Verb
from fiel.core.use.decision import Degraded, Silent
from fiel.core.use.gate import DropReason
from fiel.registry import keys
from fiel.registry.keys import Keys
from fiel.web.api import ROUTES
from fiel.web.api.documents import describing
from fiel.web.api.wire import DecideAnswer
from fiel.web.problems import KINDS
from tests.docs.pages import DOCS, Page, page

LANGUAGES = ("en", "es")

ASKED = re.compile(r"(?:GET|POST|PUT|DELETE|PATCH) /\S*")
OPTION = re.compile(r"--[a-z][a-z-]*")

WORDS: tuple[tuple[int, set[str]], ...] = (
    (1, {verb.value for verb in Verb}),
    (3, set(DecideAnswer.__struct_fields__)),
    (4, {PERMITTED, *(why.value for why in Refused)}),
    (5, {why.value for why in Degraded}),
    (6, {why.value for why in Silent}),
    (7, {level.word for level in Level}),
    (8, {why.value for why in DropReason}),
    (9, {effect.value for effect in Effect}),
    (10, {who.value for who in Attestation}),
    (11, set(KINDS)),
)
"""The tables of the page about HTTP by their place, and what must stand in the first column of each."""

FORMAT: tuple[Keys, ...] = (
    keys.COMPANY,
    keys.CONTROLLER,
    keys.AREA,
    keys.ATTRIBUTE,
    keys.EVENT,
    keys.ITEMS,
    keys.THEME,
    keys.COLOURS,
    keys.USE_CASE,
    keys.BENEFIT,
    keys.RUNG,
    keys.NEED,
    keys.LEARN,
    keys.MEASURE,
    keys.ATTENTION,
    keys.RECIPIENT,
    keys.SIGNALS,
)
"""The tables of the page about the promise's files, in order."""

ASKED_FOR_BY_CHECK = {"person", "fields", "country"}
"""Keys that the reader can do without, and `fiel check` cannot."""


def reference(name: str, language: str) -> Page:
    """A page of the reference."""
    return page(DOCS / "reference" / f"{name}.{language}.md")


def named(table: Iterable[list[str]]) -> list[str]:
    """The first column of a table, without backticks."""
    return [row[0].strip("`") for row in table]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("place", "words"), WORDS)
def test_every_word_of_an_answer_is_explained(place: int, words: set[str], language: str) -> None:
    """Each scope, field, reason, drop, level, effect and problem has its row, and no row speaks of another."""
    told = named(reference("http", language).tables[place])
    assert difference(told, words) == set()
    assert len(told) == len(words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_route_is_described(language: str) -> None:
    """Each verb and path of the route table is on the page, and no other."""
    routes = {f"{route.method} {route.path}" for route in (*ROUTES, describing(ROUTES))}
    assert difference(asked_in(reference("http", language)), routes) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_route_says_whom_it_lets_in(language: str) -> None:
    """The second column of the routes is what the route table says: the scope, people, pages, or nobody asked."""
    person, publishable, opened = {"en": ("person", "page", "open"), "es": ("persona", "página", "abierta")}[language]
    leaves = {f"{route.method} {route.path}": route.leave for route in (*ROUTES, describing(ROUTES))}
    for row in reference("http", language).tables[2]:
        leave = leaves[row[0].strip("`")]
        words = [f"`{leave.verb.value}`"] if leave.verb else [opened]
        words += [person] * leave.person + [publishable] * leave.publishable
        assert row[1] == ", ".join(words), row[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_has_its_status(language: str) -> None:
    """A kind of problem is told with the status that it is answered with."""
    rows = reference("http", language).tables[11]
    assert {row[0].strip("`"): int(row[1]) for row in rows} == {code: kind.status for code, kind in KINDS.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_is_described(language: str) -> None:
    """Each subcommand has its row, in the order of the help, and each option that a row names is one of its own."""
    rows = reference("command-line", language).tables[0]
    assert named(rows) == [f"fiel {row.name}" for row in COMMANDS]
    for row in rows:
        known = options_of(row[0].strip("`").removeprefix("fiel "))
        assert set(OPTION.findall(row[1])) <= known, row[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_of_a_promise_is_described(language: str) -> None:
    """Each key that the reader knows has its row, marked where it is needed, and no other key has one."""
    tables = reference("promise-files", language).tables
    assert len(tables) == len(FORMAT)
    for table, known in zip(tables, FORMAT, strict=True):
        assert sorted(named(table)) == sorted(known.known)
        needed = {row[0].strip("`") for row in table if row[1]}
        assert needed - ASKED_FOR_BY_CHECK == set(known.required)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_that_lags_behind_is_seen(language: str) -> None:
    """The control: a row that is gone, a row too many, and a route that changed are each told."""
    whole = reference("http", language)

    def edited(was: str, becomes: str) -> Page:
        assert was in whole.text
        return Page(path=whole.path, text=whole.text.replace(was, becomes))

    place, words = next((place, words) for place, words in WORDS if "never_asked" in words)
    assert difference(named(edited("| `never_asked` |", "| `asked` |").tables[place]), words) == {
        "never_asked",
        "asked",
    }
    assert difference(named(edited("\n| `refused` |", "\n| `refused` | |\n| `maybe` |").tables[place]), words) == {
        "maybe"
    }
    routed = {f"{route.method} {route.path}" for route in (*ROUTES, describing(ROUTES))}
    lagging = edited("`GET /livez`", "`GET /alive`")
    assert difference(asked_in(lagging), routed) == {"GET /livez", "GET /alive"}


def asked_in(found: Page) -> list[str]:
    """The verbs with paths that a page names."""
    return [name for name in found.names if ASKED.fullmatch(name)]


def difference(told: Iterable[str], words: set[str]) -> set[str]:
    """What is told and is not there, and what is there and not told."""
    return set(told) ^ words


def options_of(name: str) -> set[str]:
    """The options of a subcommand, with those of what stands below it."""
    module, _, attribute = next(row.target for row in COMMANDS if row.name == name).partition(":")
    return _options(getattr(import_module(module), attribute))


def _options(command: click.Command) -> set[str]:
    own = {option for each in command.params for option in each.opts if option.startswith("--")}
    below = command.commands.values() if isinstance(command, click.Group) else ()
    return own.union(*(_options(each) for each in below))
