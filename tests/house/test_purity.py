"""The core is pure: values in, values out.

The import contracts forbid the modules that touch the world; here is proved that their list is complete, and that no
built-in function reaches around it.
"""

import ast
import re
import sys
import tomllib

import pytest

from tests.house.tree import PACKAGE, ROOT, Source, source, sources

# What a pure module may import of the standard library; all the rest stands in the contract.
PURE = {
    "__future__", "abc", "array", "base64", "binascii", "bisect", "calendar", "cmath", "collections", "contextlib",
    "copy", "dataclasses", "datetime", "decimal", "difflib", "enum", "errno", "fractions", "functools", "graphlib",
    "hashlib", "heapq", "hmac", "html", "ipaddress", "itertools", "json", "keyword", "math", "numbers", "operator",
    "re", "reprlib", "statistics", "string", "stringprep", "struct", "textwrap", "types", "typing", "unicodedata",
    "zlib",
}  # fmt: skip

# built-in -> why pure code does without
WORLDLY = {
    "breakpoint": "stops the process",
    "compile": "runs code that no check has seen",
    "eval": "runs code that no check has seen",
    "exec": "runs code that no check has seen",
    "globals": "shares state",
    "hash": "differs from one process to the next",
    "id": "differs from one process to the next",
    "input": "reads the terminal",
    "open": "touches a file",
    "print": "writes to the terminal",
    "__import__": "hides an import from the contracts",
}
PURE_FOLDERS = ("core", "numeric", "operations", "strategies", "jurisdictions")


def worldly_calls(module: Source) -> list[str]:
    """The calls of a module that reach the world through a built-in, each with its line."""
    hashing = {id(node) for function in module.functions if function.name == "__hash__" for node in ast.walk(function)}
    return [
        f"{module.name}:{call.lineno} {call.func.id} {WORLDLY[call.func.id]}"
        for call in ast.walk(module.tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in WORLDLY
        if not (
            call.func.id == "hash" and id(call) in hashing
        )  # what Python asks `__hash__` for never leaves the process
    ]


def forbidden(contract: str) -> set[str]:
    """The modules that one import contract forbids."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    return next(set(known["forbidden_modules"]) for known in contracts if known["name"] == contract)


def test_the_contract_forbids_all_of_the_world() -> None:
    """Every public module of the standard library is either known to be pure or forbidden to the core."""
    public = {name for name in sys.stdlib_module_names if not name.startswith("_")}
    assert public - PURE - forbidden("Core and numeric touch no world") == set()


def test_nothing_pure_is_forbidden() -> None:
    """The contract and the list of pure modules never contradict each other."""
    assert forbidden("Core and numeric touch no world") & PURE == set()


def test_the_contract_forbids_every_dependency() -> None:
    """Every package that Fiel depends on is forbidden to the core, under the name by which it is imported."""
    imported_as = {
        "python-dateutil": "dateutil",
        "python-multipart": "python_multipart",
        "ruamel-yaml": "ruamel",
        "typing-extensions": "typing_extensions",
    }
    only_builds = {"pycparser"}
    locked = re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements" / "base.txt").read_text(), re.MULTILINE)
    imports = {imported_as.get(name, name) for name in locked} - only_builds
    assert imports - forbidden("The core stands on the standard library alone") == set()


def test_pure_code_calls_nothing_worldly() -> None:
    """No pure layer opens, prints, evaluates or asks for what differs from run to run."""
    found = [
        call for module in sources(PACKAGE) if module.name.startswith(PURE_FOLDERS) for call in worldly_calls(module)
    ]
    assert found == []


@pytest.mark.parametrize("name", WORLDLY)
def test_a_worldly_call_is_found(name: str) -> None:
    """Each worldly built-in is seen where it is called, and a method of the same name is not."""
    planted = source("core/planted.py", f"def f(vault):\n    vault.{name}()\n    return {name}('x')\n")
    assert [finding.split()[0] for finding in worldly_calls(planted)] == ["core/planted.py:3"]
