"""How far something got, on standard error, for whoever looks at it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import click

EVERY: Final = 50

WIDTH: Final = 36
"""Signs of a bar."""


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


@contextmanager
def staged() -> Iterator[Callable[[str, int, int], None]]:
    """A bar for each part of a longer work, or a count where its end is not known. Silent where nobody looks."""
    shown, part, total = sys.stderr.isatty(), "", 0

    def count(name: str, more: int, whole: int) -> None:
        nonlocal part, total
        if shown and part and name != part:
            click.echo("", err=True)
        part, total = name, (total if name == part else 0) + more
        if shown and (whole or total % EVERY < more):
            click.echo(f"\r{name:<7} {bar(total, whole)}", err=True, nl=False)

    yield count
    if shown and part:
        click.echo("", err=True)


def bar(done: int, whole: int) -> str:
    """How far something got: a bar with both numbers, or one number where the end is not known."""
    if not whole:
        return f"{done:,}"
    filled = min(done, whole) * WIDTH // whole
    return f"[{'#' * filled}{'-' * (WIDTH - filled)}] {done}/{whole}"
