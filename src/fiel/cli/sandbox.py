"""A throw-away Fiel on a promise, with invented people and an invented catalogue, for looking at its pages.

It answers on this machine alone and is gone afterwards; nothing of the promise's own data folder or keys is touched.
"""

import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Final

import uvicorn
from starlette.types import ASGIApp

from fiel.bootstrap import Opened, open_fiel
from fiel.cli.opening import sound_promise
from fiel.cli.serve import app_of, listen
from fiel.core.consent.choice import Attestation, Status
from fiel.core.ids import Identifier, IdentifierKind, ItemId
from fiel.core.items import Item
from fiel.core.promise.usecase import LegalBasis, Promise, UseCase, ValueType
from fiel.core.text import Value
from fiel.core.use.gate import Event, Traits
from fiel.operations.choose import Choice, choose
from fiel.operations.collect import Message, collect
from fiel.operations.decide import Ask, decide
from fiel.operations.house import House
from fiel.operations.publish import adopt
from fiel.operations.show import show_choices
from fiel.operations.stock import stock
from fiel.settings import Settings

HOST: Final = "127.0.0.1"
MINUTES: Final = 15
ITEMS: Final = 12
INTERFACE: Final = "sandbox"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sandbox:
    """Where the throw-away Fiel answers, and who can come in: whoever lived there a while, or somebody new."""

    fiel: Opened
    url: str
    resident: Identifier
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def token(self) -> str:
        """A token of the one who lived there: said yes to everything, and was decided for."""
        return self._issued(self.resident)

    def newcomer(self) -> str:
        """A token of somebody who was never there."""
        return self._issued(Identifier(IdentifierKind.USER, f"newcomer-{next(self._numbers)}"))

    def _issued(self, who: Identifier) -> str:
        return self.fiel.vault.subjects.issue(who, minutes=MINUTES, now=self.fiel.house.clock.now())


@contextmanager
def sandbox(folder: Path) -> Iterator[Sandbox]:
    """A Fiel on the promise of a folder; raises `SettingsInvalid` for a promise that cannot be served."""
    promise = sound_promise(folder)
    resident = Identifier(IdentifierKind.USER, "resident")
    with tempfile.TemporaryDirectory(prefix="fiel-sandbox-") as place:
        settings = Settings(promise=folder, data=Path(place) / "data", root_key=Path(place) / "root.key")
        with open_fiel(settings, serving=True) as fiel:
            adopt(fiel.house, promise).result()
            with fiel.house.store.read() as tx:
                fiel.house.shelf.now(tx)
            _live(fiel.house, promise, who=resident)
            with answering(app_of(fiel)) as url:
                yield Sandbox(fiel=fiel, url=url, resident=resident)


@contextmanager
def answering(app: ASGIApp) -> Iterator[str]:
    """An application on a free port of this machine, in a thread, until the end."""
    listening = listen(HOST, 0)
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, server_header=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    ticking = threading.Event()
    while not server.started and thread.is_alive():
        ticking.wait(0.01)
    try:
        yield f"http://{HOST}:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listening.close()


def _live(house: House, promise: Promise, *, who: Identifier) -> None:
    """Let somebody say yes to everything, tell and do all that is declared, and be decided for."""
    groups = sorted(promise.sensitive)[:1]
    stock(house, [_item(number, promise, groups=groups if number == ITEMS else []) for number in range(1, ITEMS + 1)])
    for stand in show_choices(house, who):
        if stand.use_case.basis is LegalBasis.CONSENT:
            choice = Choice(
                use_case=stand.use_case.id,
                status=Status.GIVEN,
                attested_by=Attestation.CONTROLLER,
                interface=INTERFACE,
                level=stand.use_case.highest,
                contributes=stand.use_case.learn is not None,
                notice=stand.notice,
            )
            choose(house, who, choice).result()
    collect(house, list(_told(house, promise, who=who))).result()
    for case in promise.use_cases.values():
        prepared = decide(house, Ask(use_case=case.id, subject=who, context=_context(case), limit=3))
        prepared.release()


def _item(number: int, promise: Promise, *, groups: list[str]) -> Item:
    words = {"es": "Producto inventado número", "en": "Invented product number"}
    title = {language: f"{words.get(language, words['en'])} {number}" for language in promise.languages}
    return Item(id=ItemId(f"invented-{number}"), title=title, groups=frozenset([*groups, f"group-{number % 3}"]))


def _told(house: House, promise: Promise, *, who: Identifier) -> Iterator[Message]:
    now = house.clock.now()
    told = {name: _example(each.type) for name, each in promise.attributes.items()}
    yield Message(id="told", subject=who, content=Traits(at=now, values=told))
    for name, kind in promise.events.items():
        for number in range(1, 6):
            content = {each: _example(of, number=number) for each, of in kind.properties.items()}
            content |= {"item": f"invented-{number}"} if "item" in kind.properties else {}
            at = now - timedelta(days=number)
            yield Message(id=f"{name}-{number}", subject=who, content=Event(name=name, at=at, properties=content))


def _context(case: UseCase) -> dict[str, Value]:
    return {name: "invented-7" for level in case.levels for name in case.minimum(level).context}


def _example(kind: ValueType, *, number: int = 1) -> Value:
    examples: dict[ValueType, Value] = {
        ValueType.STRING: "group-1",
        ValueType.STRINGS: ("group-1", "group-2"),
        ValueType.INTEGER: number,
        ValueType.NUMBER: number + 0.5,
        ValueType.BOOLEAN: True,
        ValueType.DATE: "1990-01-31",
    }
    return examples[kind]
