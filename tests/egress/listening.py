"""Hosts on this machine for tests of the door out: with certificates of an authority of their own, and with manners."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

GOOD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"

Manners = Callable[[socket.socket], None]
"""What a host does once it has read a request."""


@dataclass(slots=True)
class Heard:
    """A host that listens: where, and what it was asked."""

    port: int
    requests: list[bytes] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Authority:
    """An authority that two sides of a test trust."""

    certificate: Path
    key: Path

    @property
    def trusting(self) -> ssl.SSLContext:
        """What a client that trusts it uses."""
        return ssl.create_default_context(cafile=str(self.certificate))

    @property
    def showing(self) -> ssl.SSLContext:
        """What a host that it vouches for uses."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.key)
        return context


def vouched(folder: Path, name: str) -> Authority:
    """An authority that vouches for one host of that name, or at that address."""
    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    other: x509.GeneralName = x509.IPAddress(ip_address(name)) if name[0].isdigit() else x509.DNSName(name)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(called)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([other]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    found = Authority(folder / "host.pem", folder / "host.key")
    found.certificate.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    plain, pem = serialization.NoEncryption(), serialization.Encoding.PEM
    found.key.write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    return found


def saying(answer: bytes) -> Manners:
    """A host that answers with these bytes."""
    return lambda wire: wire.sendall(answer)


@contextmanager
def listening(manners: Manners, *, context: ssl.SSLContext | None = None) -> Iterator[Heard]:
    """A host on this machine, until the end."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        heard = Heard(door.getsockname()[1])
        thread = threading.Thread(target=_serve, args=(door, heard, manners), kwargs={"context": context}, daemon=True)
        thread.start()
        yield heard
        door.shutdown(socket.SHUT_RDWR)
        thread.join(10)


def _serve(door: socket.socket, heard: Heard, manners: Manners, *, context: ssl.SSLContext | None) -> None:
    while True:
        try:
            plain, _ = door.accept()
        except OSError:
            return
        try:
            with context.wrap_socket(plain, server_side=True) if context else plain as wire:
                wire.settimeout(10)
                heard.requests.append(_request(wire))
                manners(wire)
        except OSError:
            continue


def _request(wire: socket.socket) -> bytes:
    """A request with all of its body."""
    raw = b""
    while b"\r\n\r\n" not in raw:
        raw += wire.recv(65_536)
    head, _, body = raw.partition(b"\r\n\r\n")
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    wanted = int(lengths[0].partition(b":")[2]) if lengths else 0
    while len(body) < wanted:
        body += wire.recv(65_536)
    return head + b"\r\n\r\n" + body


def at(*addresses: str) -> Callable[[str, int], Sequence[str]]:
    """A resolver that knows every host at these addresses."""
    return lambda _host, _port: addresses
