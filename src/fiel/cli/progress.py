"""How far something got, on standard error, for whoever looks at it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import click

EVERY: Final = 50


@contextmanager
def counting(label: str) -> Iterator[Callable[[int], None]]:
    """Count up beside a label: for what has no known end. Silent where nobody looks."""
    shown, total = sys.stderr.isatty(), 0

    def count(more: int) -> None:
        nonlocal total
        total += more
        if shown and total % EVERY < more:
            click.echo(f"\r{label} {total:,}", err=True, nl=False)

    yield count
    if shown:
        click.echo(f"\r{label} {total:,}", err=True)
