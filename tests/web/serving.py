"""A house with its doors open, for tests: in process, or on a free port of this machine."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

import uvicorn
from starlette.applications import Starlette

from fiel.bootstrap import load_phrases
from fiel.core.consent.choice import Attestation, Status
from fiel.core.errors import NotAuthenticated
from fiel.core.ids import Digest, Identifier
from fiel.core.promise.usecase import Level
from fiel.core.scope import RESERVED, Scope, Verb
from fiel.operations.admit import issue_key
from fiel.operations.choose import Choice, choose
from fiel.operations.house import House
from fiel.operations.show import show_choices
from fiel.ports import Store
from fiel.stores.memory import MemoryStore
from fiel.testing.clock import HandClock
from fiel.testing.seals import MemoryNames, MemorySeals
from fiel.web.app import make_app
from tests.laws.world import PICKS, a_house

ANA = Identifier.parse("user:ana")
SERVER_KEY = "fiel_sk_for_tests_only"
TOKENS = {"the token of ana": ANA}


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """A house, its application, and its clock."""

    house: House
    app: Starlette
    clock: HandClock

    @property
    def as_server(self) -> dict[str, str]:
        """The headers of a server key that may do everything."""
        return {"Authorization": f"Bearer {SERVER_KEY}"}

    @property
    def as_ana(self) -> dict[str, str]:
        """The headers of Ana herself."""
        return {"Authorization": "Bearer the token of ana"}


def believe(token: str) -> Identifier:
    """Whom a token of these tests proves."""
    try:
        return TOKENS[token]
    except KeyError:
        raise NotAuthenticated("the token is not good") from None


def open_doors(store: Store | None = None, *, clock: HandClock | None = None) -> Doors:
    """A house on a store (in memory, unless told otherwise) with one server key admitted."""
    hands = clock or HandClock()
    house = a_house(store or MemoryStore(seals=MemorySeals()), names=MemoryNames(), clock=hands, phrases=load_phrases())
    admit(house, SERVER_KEY, Scope(verbs=frozenset(Verb) - RESERVED))
    return Doors(house=house, app=make_app(house, verify_subject=believe), clock=hands)


def admit(house: House, key: str, scope: Scope) -> None:
    """Let the holder of a key in."""
    digest = Digest(sha256(key.encode()).digest())
    issue_key(house, digest, name=key, scope=scope, expires=house.clock.now() + timedelta(days=365)).result()


def say_yes(house: House, who: Identifier = ANA, *, level: Level = Level.OBSERVED) -> None:
    """Somebody says yes to `picks`."""
    notice = next(stand.notice for stand in show_choices(house, who) if stand.use_case.id == PICKS)
    choice = Choice(
        use_case=PICKS,
        status=Status.GIVEN,
        attested_by=Attestation.PERSON,
        interface="test",
        level=level,
        notice=notice,
    )
    choose(house, who, choice).result()


@contextmanager
def on_a_port(app: Starlette) -> Iterator[str]:
    """The application on a free port of this machine."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    ticking = threading.Event()
    while not server.started:
        ticking.wait(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
