"""The balance of the shop's use cases, measured beside the running demo, with its pages kept in the demo's folder.

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
from fiel.core.ids import UseCaseId
from fiel.core.promise.usecase import UseCase
from fiel.demo.words import LANGUAGES
from fiel.operations.balance import Wish, balance, remember
from fiel.operations.house import House
from fiel.web.balance.page import page_of
from fiel.web.balance.wording import Wording

FOLDER: Final = "balance"
"""Where the pages lie, in the demo's folder."""

_log = logging.getLogger(__name__)


class _Stopped(Exception):
    """The demo ends before the measurement does."""


def report(folder: Path, use_case: UseCaseId, language: str) -> Path:
    """The page of a balance in a language, there or not."""
    return folder / FOLDER / f"{use_case}.{language}.html"


def measure(house: House, folder: Path, *, stop: Event) -> None:
    """Measure each use case in force that declares it, unless that was done before, and keep figures and pages."""
    with house.store.read() as tx:
        published = house.shelf.now(tx)
    for case in published.promise.use_cases.values():
        is_done = published.figures(case) and all(report(folder, case.id, each).exists() for each in LANGUAGES)
        if case.measure is not None and not is_done:
            _measure(house, folder, case, stop=stop)


def _measure(house: House, folder: Path, case: UseCase, *, stop: Event) -> None:
    def progress(_part: str, _more: int, _all: int) -> None:
        if stop.is_set():
            raise _Stopped

    chance = random.Random(0)  # noqa: S311 - whom a simulated attacker knows is no secret
    found = balance(house, Wish(use_case=case.id), draw=chance.random, progress=progress)
    (folder / FOLDER).mkdir(exist_ok=True)
    for language in LANGUAGES:
        wording = Wording(language=language, phrases=house.phrases[language])
        report(folder, case.id, language).write_text(page_of(found, case, wording), encoding="utf-8")
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
            _log.exception("a use case of the shop could not be measured")

    thread = Thread(target=work, name="balance", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
