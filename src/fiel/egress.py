"""The one door out for HTTP: a host is looked up, looked at and asked in one go, and never followed elsewhere.

An address that somebody wrote into a form or a file is no reason to call this machine's own neighbours (server-side
request forgery, CWE-918). So it is checked when it is used and not when it is set, the connection goes to the very
address that was checked, and a redirect is an answer like any other. No proxy of the environment is heeded. What came
and went is in no error: addresses may hold secrets, so only the host is named.
"""

import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final, TypeAlias
from urllib.parse import SplitResult, urlsplit

from fiel.core.errors import Malformed, NotAllowed, Unavailable

SECONDS: Final = 10.0
"""How long one errand may take once the name is looked up, from the first packet to the last byte of the answer."""

LARGEST: Final = 256 * 1024
"""Bytes of an answer that are read where nobody says otherwise."""

LONGEST: Final = 2_048
"""Characters of the longest address that is gone to."""

Address: TypeAlias = IPv4Address | IPv6Address
Resolve: TypeAlias = Callable[[str, int], Sequence[str]]
"""The addresses of a host, as text; raises `OSError` where there are none."""

_PORTS: Final = {"https": 443, "http": 80}
_NAT64: Final = IPv6Network("64:ff9b::/96")
"""IPv4 addresses written as IPv6 ones (RFC 6052)."""
_NOBODYS: Final = tuple(
    IPv6Network(text) for text in ("::/96", "64:ff9b:1::/48", "3fff::/20", "5f00::/16", "2001::/23")
)
"""What `ipaddress` of some version still calls global, and nobody can be asked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How far the door opens beyond the public internet: only as the operator says.

    `private`: also networks of one's own, over https. `loopback`: also this machine itself, over plain http too.
    """

    private: bool = False
    loopback: bool = False


PUBLIC: Final = Reach()
"""The public internet alone, over https."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """One request. `largest`: bytes of the answer's body that are read; 0 for none, where the status says it all."""

    url: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    largest: int = LARGEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What was answered. A redirect is nothing but its status."""

    status: int
    media: str
    body: bytes

    @property
    def is_good(self) -> bool:
        """Whether the other side took it (RFC 9110 §15.3)."""
        return 200 <= self.status < 300  # noqa: PLR2004 - the class of statuses


def looked_up(host: str, port: int) -> Sequence[str]:
    """The addresses that this machine's resolver knows, each once."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(where[0]) for *_, where in found))


class Egress:
    """The door. Safe to share among threads: each errand has a connection of its own."""

    __slots__ = ("_context", "_reach", "_resolve", "_seconds")

    def __init__(
        self,
        reach: Reach = PUBLIC,
        *,
        context: ssl.SSLContext | None = None,
        resolve: Resolve = looked_up,
        seconds: float = SECONDS,
    ) -> None:
        """Open as far as `reach`; another `context` or `resolve` is for tests and for a company's own authority."""
        self._reach = reach
        self._context = context or ssl.create_default_context()
        self._resolve = resolve
        self._seconds = seconds

    def send(self, errand: Errand) -> Reply:
        """Do one errand.

        Raises `Malformed` for what is no address to go to, `NotAllowed` for one that is out of reach, `Unavailable` if
        nobody answers, in time, who proves to be the host, with no more than was asked for.
        """
        url = addressed(errand.url)
        host, port = url.hostname or "", url.port or _PORTS[url.scheme]
        known = self._known(url.scheme, host, port)
        with self._told(host):
            return self._sent(errand, url, host=(host, port), known=known)

    def _known(self, scheme: str, host: str, port: int) -> Sequence[Address]:
        """The addresses of a host, all of which must be in reach: one that is not would be the one that is meant."""
        try:
            known = [ip_address(text) for text in self._resolve(host, port)]
        except (OSError, ValueError, UnicodeError):
            raise Unavailable(f"the host `{host}` is not known", hint="look at how it is spelt") from None
        if not known:
            raise Unavailable(f"the host `{host}` is not known", hint="look at how it is spelt")
        for address in known:
            refusal = out_of_reach(address, self._reach)
            if refusal is not None:
                raise NotAllowed(f"the host `{host}` is {refusal}", hint=_HINTS[refusal])
            if scheme == "http" and not _plain(address).is_loopback:
                raise NotAllowed(f"the host `{host}` is to be asked without encryption", hint="write `https://`")
        return known

    def _sent(self, errand: Errand, url: SplitResult, *, host: tuple[str, int], known: Sequence[Address]) -> Reply:
        wire = _connected(known, port=host[1], seconds=self._seconds)
        with wire, _hung_up_after(self._seconds, wire):
            wire.settimeout(self._seconds)
            talk = http.client.HTTPConnection(*host)
            talk.auto_open = 0  # it would look the host up again, and ask whoever is there then
            talk.sock = self._context.wrap_socket(wire, server_hostname=host[0]) if url.scheme == "https" else wire
            with talk.sock:
                path = (url.path or "/") + (f"?{url.query}" if url.query else "")
                headers = {"Host": url.netloc, "User-Agent": "fiel", "Connection": "close", **errand.headers}
                talk.request(errand.method, path, body=errand.body, headers=headers)
                return _read(talk.getresponse(), errand.largest, host=host[0])

    @contextmanager
    def _told(self, host: str) -> Iterator[None]:
        """What goes wrong on the way, in a sentence that repeats nothing of what was sent or answered."""
        try:
            yield
        except ssl.SSLCertVerificationError as error:
            hint = "let it show a certificate that names it, by an authority this machine trusts"
            raise Unavailable(f"the host `{host}` does not prove to be itself", hint=hint) from error
        except TimeoutError:
            raise Unavailable(f"the host `{host}` does not answer within {self._seconds:g} seconds") from None
        except (OSError, http.client.HTTPException) as error:
            raise Unavailable(f"the host `{host}` does not answer: {type(error).__name__}") from None
        except ValueError:  # a header or a path that would break the request into two
            raise Malformed("a header or the address holds what cannot be sent") from None


def addressed(url: str) -> SplitResult:
    """An address that may be gone to, as far as its letters tell; raises `Malformed`, which repeats nothing of it."""
    wrong = Malformed(
        "this is no address to send anything to", hint="write `https://host/path`, without a name or a password in it"
    )
    if len(url) > LONGEST or not url.isascii() or not url.isprintable() or " " in url:
        raise wrong
    try:
        parts = urlsplit(url)
        sound = parts.scheme in _PORTS and parts.hostname and parts.port != 0
    except ValueError:  # a port or an IPv6 address that is none
        raise wrong from None
    if not sound or "@" in parts.netloc or "\\" in url or parts.fragment:
        raise wrong
    return parts


def out_of_reach(address: Address, reach: Reach) -> str | None:
    """Why an address is not gone to, None if it is: a word of three that say what it is."""
    inner = _plain(address)
    if inner.is_loopback:
        return None if reach.loopback else "this machine itself"
    odd = inner.is_link_local or inner.is_multicast or inner.is_unspecified or inner.is_reserved
    if odd or (isinstance(inner, IPv6Address) and (inner.is_site_local or any(inner in net for net in _NOBODYS))):
        return "at no address that can be gone to"
    if not inner.is_global:
        return None if reach.private else "in a network of one's own"
    return None


_HINTS: Final = {
    "this machine itself": "if that is meant: `FIEL_EGRESS=loopback`",
    "in a network of one's own": "if that is meant: `FIEL_EGRESS=private`",
    "at no address that can be gone to": "name another host",
}


def _plain(address: Address) -> Address:
    """The IPv4 address inside an IPv6 one, if there is one: what is checked is where the packets go."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else address)


def _connected(known: Sequence[Address], *, port: int, seconds: float) -> socket.socket:
    """A connection to the first of these very addresses that answers; raises the last one's `OSError`."""
    *others, last = known
    share = seconds / len(known)
    for address in others:
        with suppress(OSError):
            return socket.create_connection((str(address), port), timeout=share)
    return socket.create_connection((str(last), port), timeout=share)


@contextmanager
def _hung_up_after(seconds: float, wire: socket.socket) -> Iterator[None]:
    """Cut a connection off when the time is over, also for somebody who sends a byte every now and then."""
    line, late = wire.dup(), threading.Event()

    def hang_up() -> None:
        late.set()
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)

    watch = threading.Timer(seconds, hang_up)
    watch.daemon = True
    watch.start()
    try:
        yield
    except (OSError, http.client.HTTPException) as error:
        if late.is_set():
            raise TimeoutError from error
        raise
    finally:
        watch.cancel()
        watch.join()
        line.close()
    if late.is_set():
        raise TimeoutError


def _read(answer: http.client.HTTPResponse, largest: int, *, host: str) -> Reply:
    body = answer.read(largest + 1) if largest else b""
    if len(body) > largest:
        raise Unavailable(f"the host `{host}` answers with more than {largest:,} bytes")
    return Reply(status=answer.status, media=answer.headers.get_content_type(), body=body)
