"""As much of curl as the pages use, for a machine that has none: `-s`, `--fail-with-body`, `-H`, `-X`, `--json`."""

import sys
from argparse import ArgumentParser
from http.client import HTTPConnection
from urllib.parse import urlsplit

PATIENCE = 60
"""Seconds after which a server that does not answer has failed."""

FAILED = 22
"""curl's exit code for a status of 400 or more, where it was asked to fail."""


def ask(arguments: list[str]) -> int:
    """Ask as curl does, print the body, and answer curl's exit code."""
    parser = ArgumentParser()
    parser.add_argument("-s", action="store_true")
    parser.add_argument("--fail-with-body", action="store_true")
    parser.add_argument("-H", action="append", default=[])
    parser.add_argument("-X")
    parser.add_argument("--json")
    parser.add_argument("url")
    asked = parser.parse_args(arguments)
    headers = {name: value.strip() for name, _, value in (line.partition(":") for line in asked.H)}
    body = asked.json if asked.json is None else asked.json.encode()
    if body is not None:
        headers = {"Content-Type": "application/json", "Accept": "application/json", **headers}
    url = urlsplit(asked.url)
    connection = HTTPConnection(url.netloc, timeout=PATIENCE)
    path = f"{url.path}?{url.query}" if url.query else url.path
    connection.request(asked.X or ("GET" if body is None else "POST"), path, body, headers)
    answer = connection.getresponse()
    sys.stdout.buffer.write(answer.read())
    return FAILED if asked.fail_with_body and answer.status >= 400 else 0


if __name__ == "__main__":
    sys.exit(ask(sys.argv[1:]))
