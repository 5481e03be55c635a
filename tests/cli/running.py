"""A `fiel serve` of its own for a test, and the command line as a script runs it: what is asked, over real sockets."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

PATIENCE = 60
"""Seconds after which a command that does not end has failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back over HTTP."""

    status: int
    body: bytes

    @property
    def json(self) -> dict[str, object]:
        """The body, an object."""
        found = json.loads(self.body)
        assert isinstance(found, dict)
        return found


@dataclass(slots=True, kw_only=True)
class Running:
    """A server that answers. `told` is what it printed; `code` its exit code, once it has ended."""

    url: str
    pid: int
    code: int | None = None
    told: list[str] = field(default_factory=list)

    def ask(self, method: str, path: str, body: object = None, *, headers: Mapping[str, str] | None = None) -> Answer:
        """Ask over HTTP, with JSON if there is a body."""
        raw = None if body is None else json.dumps(body).encode()
        shown = {"Content-Type": "application/json", **(headers or {})} if raw is not None else dict(headers or {})
        connection = HTTPConnection(urlsplit(self.url).netloc, timeout=PATIENCE)
        try:
            connection.request(method, path, raw, shown)
            answer = connection.getresponse()
            return Answer(status=answer.status, body=answer.read())
        finally:
            connection.close()


def fiel(*arguments: object, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "fiel", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        env={**os.environ, **environ},
        stdin=subprocess.DEVNULL,
    )


def well(*arguments: object, **environ: str) -> str:
    """What a command printed that must end well."""
    run = fiel(*arguments, **environ)
    assert run.returncode == 0, run.stderr
    return run.stdout


@contextmanager
def serving(folder: Path, *options: object, log: Path, **environ: str) -> Iterator[Running]:
    """`fiel serve --json` of a folder on a free port, ended by SIGTERM; what it logs goes to `log`."""
    command = [sys.executable, "-m", "fiel", "serve", str(folder), "--port", "0", "--json", *map(str, options)]
    with log.open("ab") as logged:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=logged, text=True, env={**os.environ, **environ}
        )
    assert process.stdout is not None
    with process.stdout:
        try:
            line = process.stdout.readline()
            assert line, log.read_text(encoding="utf-8")
            running = Running(url=json.loads(line)["url"], pid=json.loads(line)["pid"], told=[line])
            yield running
        finally:
            process.terminate()
            code = process.wait(timeout=PATIENCE)
        running.code = code
        running.told.extend(process.stdout)


def key_for(folder: Path, *, name: str = "test", scope: str = "collect,decide,choices,rights,read") -> dict[str, str]:
    """The headers of a key that is made now."""
    printed = well("keys", "issue", folder, "--name", name, "--scope", scope, "--json")
    return {"Authorization": f"Bearer {json.loads(printed)['key']}"}


def person(folder: Path, subject: str) -> dict[str, str]:
    """The headers of a person who proves to be there."""
    return {"Authorization": f"Bearer {well('token', folder, '--subject', subject).strip()}"}
