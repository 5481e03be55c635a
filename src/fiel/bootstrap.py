"""The one place where things are wired: keys, store, plug-ins and sentences become a `House`.

Built-in strategies and laws come through the same entry points as anybody else's.
"""

import random
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from importlib.metadata import EntryPoint, entry_points
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from fiel.calendars import PublicCalendars
from fiel.core.consent.checkpoint import Checkpoint
from fiel.core.consent.ledger import EMPTY
from fiel.core.errors import KeyMissing, Malformed, SettingsInvalid, Unavailable
from fiel.core.law import Jurisdiction
from fiel.core.promise.lint.grounds import Appetite
from fiel.core.use.decision import Strategy
from fiel.egress import Egress
from fiel.keys.oidc import OpenIdConnect
from fiel.keys.passwords import HashedPasswords
from fiel.keys.private_file import read_private
from fiel.keys.signer import Ed25519Signer
from fiel.keys.vault import Vault, holds_keys
from fiel.notices.endpoints import Endpoint, endpoints_in
from fiel.notices.folder import FolderMailer
from fiel.notices.smtp import SmtpMailer, relay_of
from fiel.notices.webhook import WebHooks
from fiel.operations.house import House
from fiel.operations.notices.contact import mail_address
from fiel.operations.notices.deliver import Carriers
from fiel.operations.published import Shelf
from fiel.operations.rehearse import appetites_of
from fiel.ports import CrashPoint, Letterbox, Mailer, Post, SingleSignOn, calm
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
    """A Fiel that is open: the house for operations, and the vault for the doors (subject tokens, public key).

    `carriers`: who takes notices out of the house. `letterbox`: the folder of letters, where one develops.
    """

    house: House
    vault: Vault
    settings: Settings
    carriers: Carriers
    letterbox: Letterbox | None = None
    sign_on: SingleSignOn | None = None

    def at(self, url: str) -> "Opened":
        """The same where people find it at that address, unless the settings say where."""
        post = replace(self.house.post, url=self.settings.url or url)
        return replace(self, house=replace(self.house, post=post))


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
        strategies, clock = load_strategies(), WallClock()
        channels = _channels(settings, clock)
        house = House(
            store=store,
            names=vault.names,
            signer=_signer(vault, settings.origin),
            tokens=vault.tokens,
            passwords=HashedPasswords(),
            clock=clock,
            calendars=PublicCalendars(),
            strategies=strategies,
            laws=load_laws(),
            phrases=load_phrases(),
            draw=random.SystemRandom().random,
            shelf=Shelf(strategies),
            post=channels.post,
        )
        yield Opened(
            house=house,
            vault=vault,
            settings=settings,
            carriers=channels.carriers,
            letterbox=channels.letterbox,
            sign_on=_sign_on(settings, clock),
        )


def _sign_on(settings: Settings, clock: WallClock) -> SingleSignOn | None:
    """The provider by which staff may sign in; raises `KeyMissing` without its secret, or if others may read it."""
    wanted = settings.sign_on
    if wanted is None:
        return None
    secret = wanted.secret
    if wanted.secret_file is not None:
        content = read_private(wanted.secret_file, what="the client's secret")
        if content is None:
            raise KeyMissing("the file of `FIEL_OIDC_CLIENT_SECRET_FILE` is not there", hint="write it, mode 0600")
        secret = content.decode("utf-8", "replace").strip()
    return OpenIdConnect(
        issuer=wanted.issuer, client=wanted.client, secret=secret, out=Egress(settings.reach), now=clock.now
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Channels:
    """By which ways notices leave, and who carries them."""

    post: Post
    carriers: Carriers
    letterbox: FolderMailer | None


def _channels(settings: Settings, clock: WallClock) -> _Channels:
    endpoints = _endpoints(settings)
    letterbox = FolderMailer(settings.letters, now=clock.now) if settings.letterbox else None
    mailer = letterbox or _mailer(settings, clock)
    hooks = WebHooks(endpoints, egress=Egress(settings.reach), now=clock.now)
    names = tuple(each.hook for each in endpoints.values())
    post = Post(mail=mailer is not None, url=settings.url, hooks=names)
    return _Channels(
        post=replace(post, settling=timedelta()) if letterbox else post,  # whoever develops waits for no second letter
        carriers=Carriers(hooks=hooks, mailer=mailer),
        letterbox=letterbox,
    )


MOST_OF_ENDPOINTS: Final = 1 << 16
"""Bytes of the file of endpoints that are read."""


def _endpoints(settings: Settings) -> Mapping[str, Endpoint]:
    """The endpoints of the file, if there is one; raises `KeyMissing` if others may read its secrets."""
    if settings.webhooks is None:
        return {}
    content = read_private(settings.webhooks, what="the file of endpoints", most=MOST_OF_ENDPOINTS)
    try:
        return {} if content is None else endpoints_in(content.decode())
    except UnicodeDecodeError:
        raise SettingsInvalid("the file of endpoints is not UTF-8", hint="write it anew") from None


def _mailer(settings: Settings, clock: WallClock) -> Mailer | None:
    """Who sends letters, if somebody does; raises `SettingsInvalid` for half a setting."""
    if settings.smtp is None:
        return None
    relay = relay_of(settings.smtp)
    if not settings.url:
        raise SettingsInvalid("`FIEL_URL` is missing, and letters carry links", hint="write `https://privacy.example`")
    try:
        sender = mail_address(settings.sender or "")
    except Malformed as error:
        raise SettingsInvalid("`FIEL_MAIL_FROM` is missing, or no address", hint=error.hint) from None
    return SmtpMailer(relay, sender=sender, now=clock.now)


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
    return appetites_of(load_strategies())


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
    """All sentences by language and key, those of the console under `console`; nested tables become dotted keys."""
    folder = files("fiel") / "locales"
    return {
        language: dict(_told(folder / f"{language}.toml"))
        | dict(_told(folder / "console" / f"{language}.toml", prefix="console."))
        for language in LANGUAGES
    }


def _told(file: Traversable, *, prefix: str = "") -> Iterator[tuple[str, str]]:
    return _flat(tomllib.loads(file.read_text(encoding="utf-8")), prefix)


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
