"""The balance of the shop's suggestions, measured beside the running demo, and its page kept in the demo's folder.

Beside and not before: the shop opens as soon as it is filled, and what is measured appears on its pages a little later.
"""

import logging
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Final

from fiel.core.errors import FielError
from fiel.demo.people import SUGGESTIONS
from fiel.demo.words import LANGUAGES
from fiel.operations.balance import Wish, balance, remember
from fiel.operations.house import House
from fiel.web.balance.page import page_of
from fiel.web.balance.wording import Wording

FOLDER: Final = "balance"
"""Where its pages lie, in the demo's folder."""

_log = logging.getLogger(__name__)


class _Stopped(Exception):
    """The demo ends before the measurement does."""


def report(folder: Path, language: str) -> Path:
    """The page of the balance in a language, there or not."""
    return folder / FOLDER / f"{SUGGESTIONS}.{language}.html"


def measure(house: House, folder: Path, *, stop: Event) -> None:
    """Measure the suggestions in force, unless that was done before, and keep figures and pages."""
    with house.store.read() as tx:
        published = house.shelf.now(tx)
    case = published.use_case(SUGGESTIONS)
    if case.measure is None or (published.figures(case) and all(report(folder, each).exists() for each in LANGUAGES)):
        return

    def progress(_part: str, _more: int) -> None:
        if stop.is_set():
            raise _Stopped

    chance = random.Random(0)  # noqa: S311 - whom a simulated attacker knows is no secret
    found = balance(house, Wish(use_case=SUGGESTIONS), draw=chance.random, progress=progress)
    (folder / FOLDER).mkdir(exist_ok=True)
    for language in LANGUAGES:
        wording = Wording(language=language, phrases=house.phrases[language])
        report(folder, language).write_text(page_of(found, case, wording), encoding="utf-8")
    remember(house, found).result()


@contextmanager
def measuring(house: House, folder: Path) -> Iterator[None]:
    """Measure in the background for as long as the demo runs; a demo that ends does not wait for it."""
    stop = Event()

    def work() -> None:
        try:
            measure(house, folder, stop=stop)
        except _Stopped:
            return
        except (FielError, OSError):
            _log.exception("the suggestions could not be measured")

    thread = Thread(target=work, name="balance", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
