"""The demo from nothing: the shop's promise, its people and their year, one port, and what was measured on the way."""

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from importlib.resources import as_file, files
from pathlib import Path
from shutil import copytree
from typing import Final

from starlette.applications import Starlette
from starlette.responses import RedirectResponse
from starlette.routing import Route

from fiel.bootstrap import Opened, load_appetites, load_laws, open_fiel
from fiel.core.errors import SettingsInvalid
from fiel.core.scope import RESERVED, Scope, Verb
from fiel.core.staff import Role
from fiel.demo.people import CHARACTERS, SUGGESTIONS
from fiel.demo.rendering import Shop
from fiel.demo.shop import demo_routes
from fiel.demo.words import load_words
from fiel.demo.year import Progress, load
from fiel.keys.api_keys import digest_of, new_api_key
from fiel.operations.admit import issue_key
from fiel.operations.publish import adopt
from fiel.operations.staff.invite import let_in
from fiel.registry import check_promise
from fiel.settings import Settings
from fiel.web.app import make_app
from fiel.web.letterbox import letterbox_routes

PROMISE: Final = "promise"
FILLED: Final = "filled.json"
"""What a shop that was filled leaves behind: without it, filling was cut short, and begins anew."""

TOKEN_MINUTES: Final = 15
"""How long a page of the shop may lie open before its button into the preference centre is no longer good."""

OFFICER: Final = "Inés"
"""What the shop's data protection officer is called."""

AGENT: Final = "Nuria"
"""What whoever answers the shop's customers is called."""

KEY: Final = "app"
"""The name of the key that the demo makes for whoever wants to try the API."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """An open shop. `measured` is what this run measured while filling it; None if it was filled before."""

    fiel: Opened
    key: str
    measured: Mapping[str, object] | None

    def at(self, url: str) -> "Filled":
        """The same shop where it is found at that address: its letters carry links."""
        return replace(self, fiel=self.fiel.at(url))


@contextmanager
def filled(
    folder: Path, *, progress: Progress = lambda _done, _all: None, only: Collection[int] | None = None
) -> Iterator[Filled]:
    """The shop in a folder: filled if it is new, as it was left if it is not."""
    promise = _promise(folder)
    settings = Settings(promise=promise, data=folder / "data", root_key=folder / "root.key", letterbox=True)
    with open_fiel(settings, serving=True) as fiel:
        marked = folder / FILLED
        measured = None
        if not marked.exists():
            _begin(fiel, promise)
            measured = load(fiel.house, progress=progress, only=only).told()
            marked.write_text(json.dumps(measured, indent=2) + "\n", encoding="utf-8")
        with fiel.house.store.read() as tx:
            fiel.house.shelf.now(tx)
        yield Filled(fiel=fiel, key=_key(fiel), measured=measured)


def app_of(shop: Filled) -> Starlette:
    """The demo's pages beside the whole API, on one port."""
    fiel = shop.fiel
    now = fiel.house.clock.now
    pages = Shop(
        house=fiel.house,
        settings=fiel.settings,
        public_pem=fiel.vault.signer.public_pem,
        words=load_words(),
        token=lambda who: fiel.vault.subjects.issue(who, minutes=TOKEN_MINUTES, now=now()),
        figures=shop.measured,
    )
    home = Route("/", lambda _request: RedirectResponse("/demo"))
    return make_app(
        fiel.house,
        verify_subject=lambda token: fiel.vault.subjects.verify(token, now=now()),
        more=[home, *demo_routes(pages), *(letterbox_routes(fiel.letterbox) if fiel.letterbox else ())],
    )


def links(shop: Filled, url: str) -> dict[str, object]:
    """Where everything is; `console` and `service` are fresh links into it for two roles, each good once."""
    return {
        "url": url,
        "shop": f"{url}/demo",
        "preferences": {each.key: f"{url}/demo?who={each.key}" for each in CHARACTERS},
        "cheat": f"{url}/demo/cheat",
        "balance": f"{url}/demo/balance/{SUGGESTIONS}",
        "console": way_in(shop, url, name=OFFICER, role=Role.DPO),
        "service": way_in(shop, url, name=AGENT, role=Role.AGENT),
        "mail": f"{url}/dev/mail",
        "key": shop.key,
        "measured": shop.measured,
    }


def way_in(shop: Filled, url: str, *, name: str, role: Role) -> str:
    """A way into the console as somebody who works for the shop: there is no password to know."""
    secret = let_in(shop.fiel.house, name=name, role=role, lasts=timedelta(days=1)).result()
    return f"{url}/console/join?t={secret}"


def _promise(folder: Path) -> Path:
    """The shop's promise in the folder, copied there the first time."""
    promise = folder / PROMISE
    if not promise.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with as_file(files("fiel.demo") / "promise") as shipped:
            copytree(shipped, promise)
    return promise


def _begin(fiel: Opened, folder: Path) -> None:
    """Put the shop's promise in force, unless a run that was cut short did so already."""
    with fiel.house.store.read() as tx:
        if tx.promises.current() is not None:
            return
    reading = check_promise(folder, reads=load_appetites(), laws=load_laws())
    if reading.promise is None:
        raise SettingsInvalid(f"the promise in `{folder}` has errors", hint="remove the folder to begin anew")
    adopt(fiel.house, reading.promise).result()


def _key(fiel: Opened) -> str:
    """A key for the API that is good for this day; each start makes its own, under a name of its own."""
    key, now = new_api_key(publishable=False), fiel.house.clock.now()
    scope = Scope(verbs=frozenset(Verb) - RESERVED)
    name = f"{KEY} {now.isoformat(timespec='microseconds')}"
    issue_key(fiel.house, digest_of(key), name=name, scope=scope, expires=now + timedelta(days=1)).result()
    return key
