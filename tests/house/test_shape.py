"""The sizes and the names of the house, held over all of `src/fiel`.

A reason beats a number: what must be larger stands in EXCUSED with its reason. The number of a function's parameters
is the linter's to count.
"""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.tree import PACKAGE, Function, Source, source, sources

LINES_A_FILE = 300
LINES_A_FUNCTION = 40  # its docstring apart: saying more must not be a reason to say less
METHODS_A_CLASS = 12

# file, or file and name -> why it may be larger than the rest
EXCUSED: dict[str, str] = {"ports/store.py:Transaction": "one property for each port of a store, and nothing else"}

NAMES_NOTHING = {
    "base", "common", "engine", "handler", "helper", "helpers", "manager", "misc",
    "process", "profile", "service", "util", "utils",
}  # fmt: skip
NAMES_NOTHING_ALONE = {"data"}  # `PersonalData` is the law's word; a module or class called data says nothing

WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


def oversize(module: Source) -> Iterator[tuple[str, str]]:
    """What in a module is larger than the house allows: where, and by which count."""
    lines = module.text.count("\n")
    if lines > LINES_A_FILE:
        yield module.name, f"{lines} lines, {LINES_A_FILE} at most"
    for function in module.functions:
        if (length := _length(function)) > LINES_A_FUNCTION:
            yield f"{module.name}:{function.name}", f"{length} lines, {LINES_A_FUNCTION} at most"
    for kind in module.classes:
        methods = [node.name for node in kind.body if isinstance(node, Function) and not node.name.startswith("_")]
        if len(methods) > METHODS_A_CLASS:
            yield f"{module.name}:{kind.name}", f"{len(methods)} public methods, {METHODS_A_CLASS} at most"


def _length(function: Function) -> int:
    first = function.body[0]
    spoken = (
        isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    )
    docstring = (first.end_lineno or first.lineno) - first.lineno + 1 if spoken else 0
    return (function.end_lineno or function.lineno) - function.lineno + 1 - docstring


def empty_names(module: Source) -> list[str]:
    """The folder, module and class names that say nothing about what they hold."""
    places = module.name.removesuffix(".py").removesuffix("/__init__").split("/")
    return [name for name in [*places, *(kind.name for kind in module.classes)] if _says_nothing(name)]


def _says_nothing(name: str) -> bool:
    words = [word.lower() for word in WORD.findall(name)]
    return bool(NAMES_NOTHING.intersection(words)) or (len(words) == 1 and words[0] in NAMES_NOTHING_ALONE)


def test_nothing_is_larger_than_the_house_allows() -> None:
    """Files, functions and classes of the package keep to the sizes, or are excused by name."""
    found = dict(finding for module in sources(PACKAGE) for finding in oversize(module))
    assert {where: size for where, size in found.items() if where not in EXCUSED} == {}


def test_no_excuse_outlives_its_need() -> None:
    """An excuse goes when what it excused has become small enough."""
    needed = {where for module in sources(PACKAGE) for where, _ in oversize(module)}
    assert set(EXCUSED) - needed == set()


def test_every_name_says_something() -> None:
    """No module and no class of the package is named by a word that fits everything."""
    found = {module.name: names for module in sources(PACKAGE) if (names := empty_names(module))}
    assert found == {}


def test_every_folder_of_code_is_a_package() -> None:
    """A folder with code has its __init__.py, for the layer contracts do not see one without."""
    folders = {path.parent for path in PACKAGE.rglob("*.py")}
    assert [str(folder.relative_to(PACKAGE)) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_what_is_too_large_is_found() -> None:
    """A file, a function and a class beyond their sizes are each found, and one at its limit is not."""
    long_file = source("a.py", "x = 1\n" * (LINES_A_FILE + 1))
    statements = "    x = 1\n"
    long_function = source("b.py", "def long():\n" + statements * LINES_A_FUNCTION)
    just_right = source("c.py", 'def right():\n    """Doc."""\n' + statements * (LINES_A_FUNCTION - 1))
    methods = "".join(f"    def m{n}(self): ...\n" for n in range(METHODS_A_CLASS + 1))
    wide_class = source("d.py", "class Wide:\n" + methods)
    found = [where for module in (long_file, long_function, just_right, wide_class) for where, _ in oversize(module)]
    assert found == ["a.py", "b.py:long", "d.py:Wide"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("utils.py", ""),
        ("core/date_helpers.py", ""),
        ("common/dates.py", ""),
        ("core/data.py", ""),
        ("core/consent.py", "class ConsentManager: ..."),
        ("core/consent.py", "class BaseStore: ..."),
    ],
)
def test_an_empty_name_is_found(name: str, text: str) -> None:
    """A folder, a module and a class are each found by the empty word within their name."""
    assert len(empty_names(source(name, text))) == 1


def test_a_name_that_merely_contains_the_letters_is_left_alone() -> None:
    """Only whole words count, so a database, personal data and a profiler pass."""
    assert empty_names(source("stores/database.py", "class PersonalData: ...\nclass Profiler: ...")) == []
