"""A stranger finds every operation by the head of its package, and what is said there of who calls whom is so."""

import re
from collections.abc import Iterator

import fiel.operations
from tests.house.tree import PACKAGE, sources

DOORS = ("web/", "cli/", "demo/", "bootstrap.py")
GROUPS = ("What a door calls", "What a door hands on", "What serves the others")


def told() -> list[list[str]]:
    """The modules that the head of the package tells of, by who calls them."""
    text = fiel.operations.__doc__ or ""
    _, *groups = re.split("|".join(GROUPS), text)
    return [re.findall(r"^- `(\w+)`: ", group, re.MULTILINE) for group in groups]


def of_operations() -> Iterator[str]:
    """The modules and packages of operations."""
    for path in (PACKAGE / "operations").iterdir():
        if path.name not in {"__init__.py", "__pycache__"}:
            yield path.name.removesuffix(".py")


def asked_by_doors() -> set[str]:
    """The modules of operations that a door imports."""
    doors = [module.text for module in sources(PACKAGE) if module.name.startswith(DOORS)]
    return {name for text in doors for name in re.findall(r"from fiel\.operations\.(\w+)", text)}


def test_every_operation_is_told_of_once() -> None:
    """No module of operations is missing at the head of the package, none is there twice, and none that is gone."""
    assert sorted(name for group in told() for name in group) == sorted(of_operations())


def test_doors_call_what_they_are_said_to_call() -> None:
    """What is said to be called by a door or handed on is, and what is said to serve the others is called by none."""
    called, handed_on, serving = told()
    assert {*called, *handed_on} == asked_by_doors()
    assert not asked_by_doors().intersection(serving)
