"""Where things lie and what was set: arguments first, then `FIEL_…` in the environment, then what suits most."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self
from urllib.parse import urlsplit

from fiel.core.errors import SettingsInvalid
from fiel.egress import PUBLIC, Reach

ORIGIN: Final = re.compile(
    r"https://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?|http://(?:localhost|127\.0\.0\.1)(?::\d{1,5})?"
)
"""An origin as browsers write it; without encryption only on this very machine, to try things out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOn:
    """The provider by which staff may sign in: its issuer, what it knows us by, and the secret or the file with it."""

    issuer: str
    client: str
    secret: str | None = field(default=None, repr=False)
    secret_file: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The folders of one Fiel: the promise, what is stored (`data`), and the root key, which lies outside of it.

    `origin` is the ledger's name in checkpoints; None for one made of its key. `reach`: how far requests may go out.
    `url`: where people find Fiel, for the links in letters. `smtp` and `sender`: the mail server with its password, and
    the address that letters come from. `webhooks`: the file of endpoints. `letterbox`: letters are laid into a folder
    instead, for whoever develops. `sign_on`: where staff may sign in instead of here. `frames`: whose pages may
    frame the preference centre.
    """

    promise: Path
    data: Path
    root_key: Path
    origin: str | None = None
    reach: Reach = PUBLIC
    url: str = ""
    smtp: str | None = field(default=None, repr=False)
    sender: str | None = None
    webhooks: Path | None = None
    letterbox: bool = False
    sign_on: SignOn | None = None
    frames: tuple[str, ...] = ()

    @property
    def keys(self) -> Path:
        """Where the wrapped keys lie: beside the store, useless without the root key."""
        return self.data / "keys"

    @property
    def letters(self) -> Path:
        """Where letters lie that are not sent."""
        return self.data / "letters"

    @classmethod
    def of(cls, promise: Path, *, data: Path | None = None, environ: Mapping[str, str] = os.environ) -> Self:
        """The settings for a promise's folder.

        `FIEL_DATA` says where data lie (else in `.fiel` of the promise's folder), `FIEL_ROOT_KEY` where the root key
        does (else beside the data folder, under its name with `.key`), `FIEL_ORIGIN` what the ledger is called,
        `FIEL_EGRESS` how far requests go out, `FIEL_URL` where people find Fiel, `FIEL_SMTP_URL` the mail server,
        `FIEL_MAIL_FROM` the address that letters come from, `FIEL_WEBHOOKS` the file of endpoints (else beside the data
        folder, under its name with `.webhooks.toml`), `FIEL_OIDC_…` where staff sign in (`sign_on_of`),
        `FIEL_FRAME_ANCESTORS` the origins, with spaces between, whose pages may hold the preference centre in a frame.
        Raises `SettingsInvalid` for what cannot be meant.
        """
        folder = data or Path(environ.get("FIEL_DATA") or promise / ".fiel")
        root_key = environ.get("FIEL_ROOT_KEY") or folder.with_name(folder.name + ".key")
        return cls(
            promise=promise,
            data=folder,
            root_key=Path(root_key),
            origin=environ.get("FIEL_ORIGIN") or None,
            reach=reach_of(environ.get("FIEL_EGRESS", "")),
            url=public_url(environ.get("FIEL_URL", "")),
            smtp=environ.get("FIEL_SMTP_URL") or None,
            sender=environ.get("FIEL_MAIL_FROM") or None,
            webhooks=Path(environ.get("FIEL_WEBHOOKS") or folder.with_name(folder.name + ".webhooks.toml")),
            sign_on=sign_on_of(environ),
            frames=_frames(environ.get("FIEL_FRAME_ANCESTORS", "")),
        )


def public_url(text: str) -> str:
    """Where people find Fiel, without a slash at its end; raises `SettingsInvalid` for what is no such place."""
    if not text:
        return ""
    parts = urlsplit(text)
    bare = parts.path in {"", "/"} and not parts.query and not parts.fragment and "@" not in parts.netloc
    plain = text.isascii() and text.isprintable() and " " not in text
    if parts.scheme not in {"https", "http"} or not parts.hostname or not bare or not plain:
        raise SettingsInvalid("`FIEL_URL` is no place where people find Fiel", hint="write `https://privacy.example`")
    if parts.scheme == "http" and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        raise SettingsInvalid("`FIEL_URL` is not encrypted", hint="write `https://`: letters carry ways in")
    return text.rstrip("/")


def sign_on_of(environ: Mapping[str, str]) -> SignOn | None:
    """The provider of `FIEL_OIDC_ISSUER`, None without one; raises `SettingsInvalid` for half a setting.

    `FIEL_OIDC_CLIENT_ID` is what it knows us by; the secret is in `FIEL_OIDC_CLIENT_SECRET`, or in the file of mode
    0600 that `FIEL_OIDC_CLIENT_SECRET_FILE` names; without either, PKCE alone proves who asks.
    """
    issuer, client = environ.get("FIEL_OIDC_ISSUER", ""), environ.get("FIEL_OIDC_CLIENT_ID", "")
    if not issuer and not client:
        return None
    if not issuer or not client:
        missing = "FIEL_OIDC_CLIENT_ID" if issuer else "FIEL_OIDC_ISSUER"
        raise SettingsInvalid(f"`{missing}` is missing", hint="set both, or neither")
    parts = urlsplit(issuer)
    if parts.scheme not in {"https", "http"} or not parts.hostname or parts.query or parts.fragment:
        raise SettingsInvalid(
            "`FIEL_OIDC_ISSUER` is no issuer", hint="write `https://login.example`, as it says itself"
        )
    file = environ.get("FIEL_OIDC_CLIENT_SECRET_FILE")
    return SignOn(
        issuer=issuer,
        client=client,
        secret=environ.get("FIEL_OIDC_CLIENT_SECRET") or None,
        secret_file=Path(file) if file else None,
    )


_REACHES: Final = frozenset({"private", "loopback"})


def reach_of(words: str) -> Reach:
    """How far the door out opens, from words between commas: `private`, `loopback`, both, or none."""
    named = {word.strip() for word in words.split(",")} - {""}
    if not named <= _REACHES:
        raise SettingsInvalid(
            "`FIEL_EGRESS` names what there is not",
            hint="`private` lets requests into your own networks, `loopback` to this machine; empty, to neither",
        )
    return Reach(private="private" in named, loopback="loopback" in named)


def _frames(text: str) -> tuple[str, ...]:
    """The origins named there; a wildcard, a path or a scheme that anybody could listen to is none."""
    origins = tuple(dict.fromkeys(text.split()))
    for origin in origins:
        if not ORIGIN.fullmatch(origin):
            raise SettingsInvalid(
                f"`{origin}` in `FIEL_FRAME_ANCESTORS` is not an exact origin",
                hint="write each like `https://shop.example`, spaces between, without a path",
            )
    return origins
