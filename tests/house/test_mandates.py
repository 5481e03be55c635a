"""No mandate, no data: a mandate is made in one file only, the one that knows when it is due.

Read from the source, because a type cannot say where it may be constructed. Besides the plain call, each of these makes
or feigns one: an alias, a subclass, `replace` on a mandate, `cast`, `object.__new__`.
"""

import ast
from collections.abc import Iterator, Mapping

import pytest

from tests.house.tree import PACKAGE, Function, Source, source, sources

# mandate -> the one file that mints it
MINTS = {
    "Permit": "core/permit.py",
    "OwnAccess": "core/rights.py",
    "Upkeep": "core/consent/effect.py",
    "LegalHold": "core/rights.py",
}

# what gives a mandate, or acts under one that cannot be undone -> the files that may call it
ASKERS = {
    "authorise": {"operations/weigh.py"},
    "own_access": {"operations/explain.py", "operations/show.py"},
    "upkeep": {"operations/add_up.py", "operations/carry_out.py", "operations/expire.py", "operations/teach.py"},
    "shred": {"operations/carry_out.py"},
}

LAWS = "testing/"
"""The shipped laws ask for every mandate, to try stores with."""

MAY_NAME_A_MANDATE = {"isinstance", "issubclass"}


def minted_elsewhere(module: Source, mints: Mapping[str, str] = MINTS) -> list[str]:
    """The lines of a module that make a mandate which another file alone may make."""
    guarded = {mandate for mandate, mint in mints.items() if mint != module.name}
    names = _names_of(module.tree, guarded)
    found = [call.lineno for call in ast.walk(module.tree) if isinstance(call, ast.Call) and _makes(call, names)]
    found += [kind.lineno for kind in module.classes if names.intersection(map(_last_name, kind.bases))]
    found += [line for function in module.functions for line in _replaced(function, names)]
    return [f"{module.name}:{line}" for line in sorted(found)]


def _names_of(tree: ast.Module, guarded: set[str]) -> set[str]:
    """The guarded names and whatever else the module calls them."""
    names = set(guarded)
    for node in ast.walk(tree):
        if isinstance(node, ast.alias) and node.name in guarded and node.asname:
            names.add(node.asname)
        elif isinstance(node, ast.Assign) and _last_name(node.value) in guarded:
            names.update(target.id for target in node.targets if isinstance(target, ast.Name))
    return names


def _last_name(node: ast.expr) -> str | None:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else None


def _makes(call: ast.Call, names: set[str]) -> bool:
    called = _last_name(call.func)
    if called in names:
        return True
    handed = {_last_name(argument) for argument in [*call.args, *(keyword.value for keyword in call.keywords)]}
    return bool(handed & names) and called not in MAY_NAME_A_MANDATE


def _replaced(function: Function, names: set[str]) -> Iterator[int]:
    """The calls of `replace` on an argument that the function takes as a mandate."""
    taken = {
        argument.arg
        for argument in [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
        if argument.annotation and names.intersection(map(_last_name, _expressions(argument.annotation)))
    }
    for call in ast.walk(function):
        if isinstance(call, ast.Call) and _last_name(call.func) in {"replace", "copy", "deepcopy"} and call.args:
            first = call.args[0]
            if isinstance(first, ast.Name) and first.id in taken:
                yield call.lineno


def _expressions(node: ast.expr) -> Iterator[ast.expr]:
    return (child for child in ast.walk(node) if isinstance(child, ast.expr))


def asked_elsewhere(module: Source, askers: Mapping[str, set[str]] = ASKERS) -> list[str]:
    """The lines of a module that ask for a mandate, or shred, though only others may; a bare mention counts."""
    guarded = {name for name, files in askers.items() if module.name not in files}
    names = _names_of(module.tree, guarded)
    found = {node.lineno for node in ast.walk(module.tree) if isinstance(node, ast.expr) and _last_name(node) in names}
    return [f"{module.name}:{line}" for line in sorted(found)]


def test_a_mandate_is_asked_for_by_few() -> None:
    """Only the operations named here weigh, open a compartment for its person or for upkeep, or shred one."""
    doors = [module for module in sources(PACKAGE) if not module.name.startswith(LAWS)]
    assert [line for module in doors for line in asked_elsewhere(module)] == []


@pytest.mark.parametrize("name", ASKERS)
def test_every_one_who_may_ask_does(name: str) -> None:
    """Leave that nobody uses any more is taken off the list."""
    assert all(asked_elsewhere(module, {name: set()}) for module in sources(PACKAGE) if module.name in ASKERS[name])
    assert ASKERS[name] <= {module.name for module in sources(PACKAGE)}


@pytest.mark.parametrize(
    "planted",
    [
        "from fiel.core.consent.effect import upkeep\nheld = tx.compartments.load(upkeep(place))",
        "from fiel.core.consent.effect import upkeep as mine\nheld = tx.compartments.load(mine(place))",
        "from fiel.core.consent import effect\nheld = tx.compartments.load(effect.upkeep(place))",
        "from fiel.core.consent.effect import upkeep\nmandates = map(upkeep, places)",
    ],
)
@pytest.mark.parametrize("name", ASKERS)
def test_who_asks_without_leave_is_found(planted: str, name: str) -> None:
    """Each way of asking is seen, for each mandate and for shredding."""
    assert asked_elsewhere(source("operations/decide.py", planted.replace("upkeep", name)))


def test_a_mandate_is_made_in_one_file() -> None:
    """Nothing in the package but its own mint makes a permit, an own access, an upkeep or a legal hold."""
    assert [line for module in sources(PACKAGE) for line in minted_elsewhere(module)] == []


@pytest.mark.parametrize(
    "planted",
    [
        "from fiel.core.permit import Permit\npermit = Permit(act=act)",
        "from fiel.core.permit import Permit as P\npermit = P(act=act)",
        "from fiel.core import permit\nmine = permit.Permit(act=act)",
        "from fiel.core.permit import Permit\nMine = Permit\nmine = Mine()",
        "from fiel.core.permit import Permit\npermit = object.__new__(Permit)",
        "from fiel.core.permit import Permit\npermit = cast(Permit, nothing)",
        "from fiel.core.permit import Permit\npermit = partial(Permit, act=act)()",
        "from fiel.core.permit import Permit\nclass Pass(Permit): ...",
        "from dataclasses import replace\ndef widen(p: Permit | None): return replace(p, level=level)",
    ],
)
@pytest.mark.parametrize("mandate", MINTS)
def test_a_mandate_made_elsewhere_is_found(planted: str, mandate: str) -> None:
    """Each way of making or feigning a mandate is seen, for each mandate."""
    text = planted.replace("Permit", mandate)
    assert minted_elsewhere(source("operations/decide.py", text))


@pytest.mark.parametrize(("mandate", "mint"), MINTS.items())
def test_the_mint_itself_may_make_it(mandate: str, mint: str) -> None:
    """The control of the control: in its own file the same line is no finding."""
    assert minted_elsewhere(source(mint, f"mine = {mandate}(act=act)")) == []


def test_asking_what_a_mandate_is_makes_none() -> None:
    """A function may take a mandate, match on it and ask its type."""
    text = """
def open_compartment(mandate: Permit | OwnAccess) -> Compartment:
    match mandate:
        case Permit(): return replace(compartment, revision=1)
    return isinstance(mandate, Permit)
"""
    assert minted_elsewhere(source("stores/memory.py", text)) == []
