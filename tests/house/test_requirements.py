"""The locks: complete, in step, and silent about where packages come from."""

import re
from itertools import pairwise

import pytest

from tests.house.tree import ROOT

FOLDER = ROOT / "requirements"
FILES = sorted(path.name for path in FOLDER.iterdir())
ADDRESS = re.compile(
    r"://|@\s|--(?:extra-)?index|--find-links|--trusted-host|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|dev|host|internal|io|local|net|org)\b"
)
PIN = re.compile(r"^([a-z0-9][a-z0-9.-]*)==(\S+)", re.MULTILINE)


def addresses(text: str) -> list[str]:
    """Whatever in a requirements file tells where a package comes from."""
    return ADDRESS.findall(text)


def pins(name: str) -> set[tuple[str, str]]:
    """The packages and versions that a lock names."""
    return set(PIN.findall((FOLDER / name).read_text()))


def unhashed(text: str) -> list[str]:
    """The pinned packages of a lock that no hash follows."""
    return [line for line, below in pairwise([*text.splitlines(), ""]) if PIN.match(line) and "--hash=" not in below]


@pytest.mark.parametrize("name", FILES)
def test_requirements_hold_no_address(name: str) -> None:
    """No requirements file names an index, a mirror or a host."""
    assert addresses((FOLDER / name).read_text()) == []


@pytest.mark.parametrize(
    "planted",
    [
        "--index-url https://example.com/simple",
        "--extra-index-url=file:///srv",
        "--find-links wheels",
        "--trusted-host localhost",
        "fiel @ git+ssh",
        "# from mirror.example.org",
    ],
)
def test_an_address_is_found(planted: str) -> None:
    """The search for addresses sees each way of writing one."""
    assert addresses(f"click==8.5.1\n{planted}\n")


@pytest.mark.parametrize("name", ["base.txt", "bench.txt", "dev.txt"])
def test_each_pin_has_its_hash(name: str) -> None:
    """Every locked package is held to the bytes it had when it was locked."""
    text = (FOLDER / name).read_text()
    assert pins(name)
    assert unhashed(text) == []


def test_a_missing_hash_is_found() -> None:
    """The search for hashes sees a pin that has none, also at the end of the file."""
    assert unhashed("a==1 \\\n    --hash=sha256:00\nb==2\nc==3") == ["b==2", "c==3"]


def test_what_is_tested_is_what_is_run() -> None:
    """The lock for development holds every package of the lock for running, at the same version."""
    assert pins("base.txt") <= pins("dev.txt")


@pytest.mark.parametrize(
    ("wanted", "lock"), [("base.in", "base.txt"), ("bench.in", "bench.txt"), ("dev.in", "dev.txt")]
)
def test_the_lock_holds_what_is_wanted(wanted: str, lock: str) -> None:
    """Every package asked for by name is in the lock made from it."""
    asked = re.findall(r"^[a-z][a-z0-9.-]*", (FOLDER / wanted).read_text(), re.MULTILINE)
    assert {name.replace(".", "-") for name in asked} <= {name.replace(".", "-") for name, _ in pins(lock)}
