"""Letters to a mail server, over TLS: from the first byte (RFC 8314 §3.3), or before anything is said (RFC 3207).

Without TLS nothing goes further than this machine. The password is in no log, no error and no `repr`.
"""

import logging
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_address
from typing import Final
from urllib.parse import unquote, urlsplit

from fiel.core.errors import FielError, SettingsInvalid
from fiel.notices.message import message_of
from fiel.ports import Letter, Outcome

SECONDS: Final = 30.0
"""How long a mail server may take for one answer."""

_PORTS: Final = {"smtps": 465, "smtp": 587}
_PERMANENT: Final = range(500, 600)
"""Replies that say: never (RFC 5321 §4.2.1)."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """A mail server. `implicit`: TLS from the first byte; else it must come before anything is said."""

    host: str
    port: int
    implicit: bool
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @property
    def is_here(self) -> bool:
        """Whether it is this machine, to which one may speak in the clear."""
        try:
            return self.host == "localhost" or ip_address(self.host).is_loopback
        except ValueError:
            return False


def relay_of(url: str) -> Relay:
    """The mail server that `FIEL_SMTP_URL` names; raises `SettingsInvalid`, which repeats nothing of it."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _not_a_relay() from None
    if parts.scheme not in _PORTS or not parts.hostname or parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise _not_a_relay()
    return Relay(
        host=parts.hostname,
        port=port or _PORTS[parts.scheme],
        implicit=parts.scheme == "smtps",
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


class SmtpMailer:
    """Hands letters to a mail server, one connection a letter."""

    def __init__(
        self, relay: Relay, *, sender: str, now: Callable[[], datetime], context: ssl.SSLContext | None = None
    ) -> None:
        """Know the server and the address that letters come from; another `context` is for a company's authority."""
        self._relay, self._sender, self._now = relay, sender, now
        self._context = context or ssl.create_default_context()

    def post(self, letter: Letter) -> Outcome:
        """Whether the server took it."""
        try:
            message = message_of(letter, sender=self._sender, at=self._now())
        except FielError as error:
            _log.error("a letter was not sent: %s", error.what)
            return Outcome.NEVER
        try:
            with self._connected() as server:
                server.send_message(message, from_addr=self._sender, to_addrs=[letter.to])
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            _log.warning("the mail server refuses an address: %s", codes)
            return Outcome.NEVER if codes and all(code in _PERMANENT for code in codes) else Outcome.LATER
        except (OSError, smtplib.SMTPException) as error:
            _log.warning("the mail server did not take a letter: %s", _told(error))
            return Outcome.LATER
        return Outcome.SENT

    def greet(self) -> str:
        """Come in and go again; empty if all is well, else what is not, without a secret."""
        try:
            with self._connected() as server:
                server.noop()
        except (OSError, smtplib.SMTPException) as error:
            return _told(error)
        return ""

    def _connected(self) -> smtplib.SMTP:
        relay = self._relay
        if relay.implicit:
            server: smtplib.SMTP = smtplib.SMTP_SSL(relay.host, relay.port, timeout=SECONDS, context=self._context)
        else:
            server = smtplib.SMTP(relay.host, relay.port, timeout=SECONDS)
        try:
            server.ehlo()
            if not relay.implicit and (server.has_extn("starttls") or not relay.is_here):
                server.starttls(context=self._context)
                server.ehlo()
            if relay.user:
                server.login(relay.user, relay.password)
        except BaseException:
            server.close()
            raise
        return server


def _told(error: Exception) -> str:
    """What went wrong: its kind and the server's number, never its words, which may repeat what was said to it."""
    code = getattr(error, "smtp_code", None)
    return f"{type(error).__name__} {code}" if code else type(error).__name__


def _not_a_relay() -> SettingsInvalid:
    return SettingsInvalid(
        "`FIEL_SMTP_URL` names no mail server",
        hint="write `smtps://user:password@mail.example:465`, or `smtp://…:587` for STARTTLS; `%40` for an @ within",
    )
