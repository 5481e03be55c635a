"""A reader who follows a page: one shell, one empty folder, every command in turn, what is printed held to the page.

A `console` block shows commands behind `$ ` (and `> ` where they go on), and what they print below. `…` stands for
anything in a line, alone in a line for any lines. A block without `$ ` is commands alone. A `yaml` block that begins
with `# PATH` is a file that the reader saves there.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.cli.running import PATIENCE
from tests.docs.pages import Block
from tests.house.tree import ROOT

PORT = "8787"
"""The port that pages name; the walk takes a free one instead."""

_MARK = "--walked--"

_PROGRAMS = {
    "fiel": f'#!/bin/sh\nexec "{sys.executable}" "{ROOT / "tests" / "docs" / "undrawn.py"}" "$@"\n',
    "python3": f'#!/bin/sh\nexec "{sys.executable}" "$@"\n',
}
_CURL = f'#!/bin/sh\nexec "{sys.executable}" "{ROOT / "tests" / "docs" / "curl.py"}" "$@"\n'


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One command, and the lines that it prints; None where the page does not say."""

    command: str
    shown: str | None


class WentWrong(AssertionError):
    """A page says one thing, and the program does another."""


def steps(block: Block) -> list[Step]:
    """The commands of a block, with what each prints."""
    if not block.code.startswith("$ "):
        return [Step(command=line, shown=None) for line in block.code.splitlines() if not line.startswith("#")]
    found = []
    for part in re.split(r"^\$ ", block.code, flags=re.MULTILINE)[1:]:
        first, *rest = part.splitlines()
        more = [line[2:] for line in _while_continued(rest)]
        found.append(Step(command="\n".join([first, *more]), shown="\n".join(rest[len(more) :])))
    return found


def matches(shown: str, printed: str) -> bool:
    """Whether what was printed is what the page shows."""
    lines = [r"(?:.*\n)*" if line.strip() == "…" else _of(line) + r"\n" for line in shown.splitlines()]
    return re.fullmatch("".join(lines), printed.rstrip("\n") + "\n" if printed.strip() else "") is not None


@contextmanager
def walk(*, stand_in: bool = False) -> Iterator["Walk"]:
    """A walk in a folder of its own; all that it started ends with it. `stand_in`: as on a machine without curl."""
    with tempfile.TemporaryDirectory(prefix="fiel-walk-") as folder, ExitStack() as end:
        yield Walk(Path(folder), end, stand_in=stand_in)


class Walk:
    """One reader's shell and the servers beside it."""

    def __init__(self, folder: Path, end: ExitStack, *, stand_in: bool) -> None:
        """Open a shell in an empty folder."""
        programs = folder / "programs"
        programs.mkdir()
        own_curl = stand_in or shutil.which("curl") is None
        for name, text in {**_PROGRAMS, **({"curl": _CURL} if own_curl else {})}.items():
            (programs / name).write_text(text, encoding="utf-8")
            (programs / name).chmod(0o755)
        self._room = folder / "room"
        self._room.mkdir()
        self._environ = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "NO_COLOR": "1"}
        self._end = end
        self._port = str(_free_port())
        self._errors = end.enter_context((folder / "errors").open("w+", encoding="utf-8"))
        self._shell = end.enter_context(
            subprocess.Popen(
                ["/bin/bash", "--noprofile", "--norc"],
                cwd=self._room,
                env=self._environ,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                text=True,
            )
        )
        end.callback(self._shell.kill)

    def follow(self, block: Block) -> int:
        """Run a block; raises `WentWrong` where the page and the program differ. Says how many commands it ran."""
        found = steps(block)
        for step in found:
            if step.command.startswith("fiel serve "):
                self._serve(step)
            else:
                self._run(step)
        return len(found)

    def save(self, block: Block) -> None:
        """Save a file that a page shows, at the path in its first line."""
        first = block.code.partition("\n")[0]
        (self._room / first.removeprefix("# ")).write_text(block.code, encoding="utf-8")

    def _run(self, step: Step) -> None:
        shell = self._shell
        assert shell.stdin is not None
        assert shell.stdout is not None
        shell.stdin.write(f'{self._here(step.command)}\necho "{_MARK}$?"\n')
        shell.stdin.flush()
        printed = ""
        while _MARK not in printed:
            line = shell.stdout.readline()
            if not line:
                raise WentWrong(f"the shell ended at: {step.command}")
            printed += line
        printed, _, code = printed.rpartition(_MARK)
        told = printed.replace(self._port, PORT)
        if code.strip() != "0":
            raise WentWrong(f"exit code {code.strip()} of: {step.command}\n{told}\n{self._said()}")
        if step.shown is not None and not matches(step.shown, told):
            raise WentWrong(f"{step.command}\n--- the page\n{step.shown}\n--- the program\n{told}\n{self._said()}")

    def _serve(self, step: Step) -> None:
        """Start a server beside the shell, and wait until it says what the page says."""
        log = self._end.enter_context((self._room.parent / "served").open("w+", encoding="utf-8"))
        server = subprocess.Popen(
            self._here(step.command).split(), cwd=self._room, env=self._environ, stdout=log, stderr=log
        )
        self._end.callback(_ended, server)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            told = Path(log.name).read_text(encoding="utf-8").replace(self._port, PORT)
            if "Fiel answers at" in told:
                if step.shown and not any(matches(step.shown, line) for line in told.splitlines()):
                    break
                return
            if server.poll() is not None:
                break
            time.sleep(0.05)
        raise WentWrong(f"{step.command}\n{Path(log.name).read_text(encoding='utf-8')}")

    def _here(self, command: str) -> str:
        return command.replace(PORT, self._port)

    def _said(self) -> str:
        return Path(self._errors.name).read_text(encoding="utf-8")


def _ended(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGTERM)
    assert server.wait(timeout=PATIENCE) == 0


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


def _while_continued(lines: list[str]) -> Iterator[str]:
    for line in lines:
        if not line.startswith("> "):
            return
        yield line


def _of(line: str) -> str:
    return ".*".join(re.escape(part) for part in line.split("…"))
