"""The one place where things are wired: keys, store, plug-ins and sentences become a `House`.

Built-in strategies and laws come through the same entry points as anybody else's.
"""

import random
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import EntryPoint, entry_points
from importlib.resources import files

from fiel.calendars import PublicCalendars
from fiel.core.consent.checkpoint import Checkpoint
from fiel.core.consent.ledger import EMPTY
from fiel.core.errors import KeyMissing, Malformed, SettingsInvalid, Unavailable
from fiel.core.law import Jurisdiction
from fiel.core.promise.lint.grounds import Appetite
from fiel.core.use.decision import Strategy
from fiel.keys.signer import Ed25519Signer
from fiel.keys.vault import Vault, holds_keys
from fiel.operations.house import House
from fiel.operations.published import Shelf
from fiel.ports import CrashPoint, calm
from fiel.settings import Settings
from fiel.stores.sqlite import FILE, SqliteStore

LANGUAGES = ("es", "en")
"""The languages in which Fiel itself can speak."""


class WallClock:
    """The time of the machine."""

    def now(self) -> datetime:
        """The instant, in UTC."""
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A Fiel that is open: the house for operations, and the vault for the doors (subject tokens, public key)."""

    house: House
    vault: Vault
    settings: Settings


@contextmanager
def open_fiel(settings: Settings, *, serving: bool = False, crash: CrashPoint = calm) -> Iterator[Opened]:
    """Open keys and store, and close them at the end; `serving` keeps a second server out of the folder.

    Makes what is not there on the first start. Raises `KeyMissing`, `SettingsInvalid`, `Tampered` or `Unavailable` with
    what to do about it.
    """
    _make_folder(settings)
    with ExitStack() as stack:
        _refuse_lost_keys(settings)
        vault = stack.enter_context(Vault.open(settings.root_key, settings.keys, writer=True, crash=crash))
        store = SqliteStore.open(settings.data, seals=vault.seals, exclusive=serving, crash=crash)
        stack.callback(store.close)
        strategies = load_strategies()
        house = House(
            store=store,
            names=vault.names,
            signer=_signer(vault, settings.origin),
            tokens=vault.tokens,
            clock=WallClock(),
            calendars=PublicCalendars(),
            strategies=strategies,
            laws=load_laws(),
            phrases=load_phrases(),
            draw=random.SystemRandom().random,
            shelf=Shelf(strategies),
        )
        yield Opened(house=house, vault=vault, settings=settings)


def _signer(vault: Vault, origin: str | None) -> Ed25519Signer:
    """The ledger's key under the name that was set, if it is one that a checkpoint can carry."""
    if origin is None:
        return vault.signer
    try:
        Checkpoint(origin=origin, size=0, root=EMPTY)
        return vault.signer.called(origin)
    except Malformed:
        raise SettingsInvalid(
            "`FIEL_ORIGIN` cannot name a ledger",
            hint="write it as an address without scheme, as in `shop.example/fiel`: no spaces, no plus sign",
        ) from None


def _make_folder(settings: Settings) -> None:
    try:
        settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        hint = "choose a folder one may write: `--data DATA`"
        raise Unavailable(
            f"the folder of data `{settings.data}` cannot be made: {error.strerror}", hint=hint
        ) from error


def _refuse_lost_keys(settings: Settings) -> None:
    """A store whose keys are all gone must not be given new ones in silence: nothing in it would open again."""
    if (settings.data / FILE).exists() and not holds_keys(settings.keys):
        raise KeyMissing(
            f"the keys in `{settings.keys}` are gone, and the store is there",
            hint="restore the folder of keys from a back-up",
        )


def load_strategies() -> Mapping[str, Strategy[object]]:
    """The installed strategies by name."""
    return {point.name: _loaded(point) for point in entry_points(group="fiel.strategies")}


def load_appetites() -> Mapping[str, Appetite]:
    """What each installed strategy reads, and whether it concludes something: by this a promise is judged."""
    return {
        name: Appetite(
            context=strategy.reads.context,
            attributes=strategy.reads.attributes,
            properties=strategy.reads.properties,
            infers=strategy.infers,
            lessons=strategy.reads.lessons,
        )
        for name, strategy in load_strategies().items()
    }


def load_laws() -> Mapping[str, Jurisdiction]:
    """The installed laws by code; raises `SettingsInvalid` for what is no law."""
    laws: dict[str, Jurisdiction] = {}
    for point in entry_points(group="fiel.jurisdictions"):
        law = _loaded(point)
        if not isinstance(law, Jurisdiction):
            raise SettingsInvalid(f"`{point.value}` is no law")
        laws[point.name] = law
    return laws


def load_phrases() -> Mapping[str, Mapping[str, str]]:
    """All sentences by language and key; nested tables become dotted keys."""
    folder = files("fiel") / "locales"
    return {
        language: dict(_flat(tomllib.loads((folder / f"{language}.toml").read_text(encoding="utf-8"))))
        for language in LANGUAGES
    }


def _flat(table: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)


def _loaded(point: EntryPoint):  # type: ignore[no-untyped-def]  # noqa: ANN202 - an entry point is anything
    try:
        return point.load()
    except (ImportError, AttributeError) as error:
        hint = "install it again, or uninstall what names it"
        raise SettingsInvalid(f"`{point.value}` cannot be loaded", hint=hint) from error
