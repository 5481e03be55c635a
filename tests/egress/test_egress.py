"""The door out goes only where it may, to whom it meant, and tells nothing of what it carried."""

import socket
import threading
from collections.abc import Sequence
from ipaddress import ip_address
from pathlib import Path

import pytest

from fiel.core.errors import FielError, Malformed, NotAllowed, Unavailable
from fiel.egress import PUBLIC, Egress, Errand, Reach, addressed, out_of_reach
from tests.egress.listening import GOOD, Authority, at, listening, saying, vouched

HERE = Reach(loopback=True)


@pytest.fixture
def shop(tmp_path: Path) -> Authority:
    """An authority that vouches for `shop.example`."""
    return vouched(tmp_path, "shop.example")


def test_an_errand_arrives_whole_at_the_address_that_was_looked_up(shop: Authority) -> None:
    """The host is looked up once, asked at that very address under its own name, and its answer comes back."""
    asked: list[str] = []

    def resolve(host: str, _port: int) -> Sequence[str]:
        asked.append(host)
        return ("127.0.0.1",)

    with listening(saying(GOOD), context=shop.showing) as heard:
        egress = Egress(HERE, context=shop.trusting, resolve=resolve)
        url = f"https://shop.example:{heard.port}/hook?part=1"
        reply = egress.send(Errand(url=url, method="POST", headers={"X-One": "two"}, body=b"paid"))
    assert (reply.status, reply.media, reply.body, reply.is_good) == (200, "application/json", b"{}", True)
    assert asked == ["shop.example"]
    (request,) = heard.requests
    assert request.startswith(b"POST /hook?part=1 HTTP/1.1\r\n")
    assert f"Host: shop.example:{heard.port}".encode() in request
    assert b"X-One: two" in request
    assert request.endswith(b"\r\n\r\npaid")


@pytest.mark.parametrize("name", ["other.example", "127.0.0.1"])
def test_who_does_not_prove_to_be_the_host_is_told_nothing(shop: Authority, name: str) -> None:
    """A certificate for another name, or of an authority that nobody trusts, ends the errand before it is said."""
    with listening(saying(GOOD), context=shop.showing) as heard:
        for trusted in (shop.trusting, None):
            egress = Egress(HERE, context=trusted, resolve=at("127.0.0.1"))
            with pytest.raises(Unavailable, match="prove to be itself"):
                egress.send(Errand(url=f"https://{name}:{heard.port}/", body=b"secret"))
    assert heard.requests == []


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "10.0.0.1",
        "172.16.9.9",
        "192.168.1.1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "fd00::1",
        "100.64.0.1",
        "169.254.169.254",
        "fe80::1",
        "fec0::1",
        "::127.0.0.1",
        "64:ff9b:1::1",
        "3fff::1",
        "5f00::1",
        "2001:0:4136:e378:8000:63bf:80ff:fffe",
        "0.0.0.0",  # noqa: S104 - refused, not bound
        "::",
        "224.0.0.1",
        "ff02::1",
        "240.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "2001:db8::1",
    ],
)
def test_only_the_public_internet_is_in_reach(address: str) -> None:
    """The machine itself, its networks, and addresses that hide one of them, are refused, also beside a public one."""
    assert out_of_reach(ip_address(address), PUBLIC) is not None
    egress = Egress(resolve=at("93.184.215.14", address))
    with pytest.raises(NotAllowed, match=r"shop\.example"):
        egress.send(Errand(url="https://shop.example/"))


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e"])
def test_a_public_address_is_in_reach(address: str) -> None:
    """What the internet routes is gone to without any setting."""
    assert out_of_reach(ip_address(address), PUBLIC) is None


def test_the_operator_opens_each_kind_by_itself() -> None:
    """Networks of one's own and this machine are two settings, and neither opens addresses that nobody is at."""
    own, here, metadata = ip_address("10.0.0.1"), ip_address("127.0.0.1"), ip_address("169.254.169.254")
    private = Reach(private=True)
    assert [out_of_reach(own, private), out_of_reach(here, HERE)] == [None, None]
    assert None not in {out_of_reach(here, private), out_of_reach(own, HERE)}
    assert None not in {out_of_reach(metadata, Reach(private=True, loopback=True)), out_of_reach(metadata, private)}


def test_a_host_that_moves_after_it_was_set_is_caught_when_it_is_asked(shop: Authority) -> None:
    """What an address was when somebody set it says nothing: it is looked at each time."""
    answers = iter([("127.0.0.1",), ("10.0.0.1",)])
    with listening(saying(GOOD), context=shop.showing) as heard:
        egress = Egress(HERE, context=shop.trusting, resolve=lambda _host, _port: next(answers))
        errand = Errand(url=f"https://shop.example:{heard.port}/")
        assert egress.send(errand).is_good
        with pytest.raises(NotAllowed):
            egress.send(errand)
    assert len(heard.requests) == 1


def test_plain_http_goes_no_further_than_this_machine() -> None:
    """Without encryption only this machine is asked, and only if the operator says so."""
    with listening(saying(GOOD)) as heard:
        errand = Errand(url=f"http://localhost:{heard.port}/")
        assert Egress(HERE, resolve=at("127.0.0.1")).send(errand).is_good
        with pytest.raises(NotAllowed):
            Egress(resolve=at("127.0.0.1")).send(errand)
    for reach in (PUBLIC, HERE, Reach(private=True, loopback=True)):
        for address in ("93.184.215.14", "10.0.0.1"):
            with pytest.raises(NotAllowed):
                Egress(reach, resolve=at(address)).send(Errand(url="http://shop.example/"))
    assert len(heard.requests) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_nobody_is_followed_elsewhere(status: int) -> None:
    """A redirect is an answer that is not good, and the place it names is not asked."""
    with listening(saying(GOOD)) as other:
        moved = f"HTTP/1.1 {status} Moved\r\nLocation: http://127.0.0.1:{other.port}/\r\nContent-Length: 0\r\n\r\n"
        with listening(saying(moved.encode())) as heard:
            reply = Egress(HERE).send(Errand(url=f"http://127.0.0.1:{heard.port}/"))
    assert (reply.status, reply.is_good) == (status, False)
    assert other.requests == []


@pytest.mark.parametrize(
    "url",
    [
        "",
        "shop.example",
        "ftp://shop.example/",
        "file:///etc/passwd",
        "https://",
        "https:///path",
        "https://user:password@shop.example/",
        "https://shop.example\\@evil.example/",
        "https://shop.example/#part",
        "https://shop.example/ HTTP/1.1",
        "https://shop.example/\r\nX: y",
        "https://shop.example:0/",
        "https://shop.example:99999/",
        "https://[::1/",
        "https://tienda.españa/",
        "https://shop.example/" + "x" * 2_048,
    ],
)
def test_what_is_no_address_is_not_gone_to(url: str) -> None:
    """Anything but a plain http address is refused before a name is looked up, and not repeated."""
    with pytest.raises(Malformed) as refused:
        Egress(HERE, resolve=at("127.0.0.1")).send(Errand(url=url))
    assert len(url) < len("https://?") or url not in f"{refused.value.what} {refused.value.hint}"
    with pytest.raises(Malformed):
        addressed(url)


def test_a_header_does_not_become_two() -> None:
    """A line break in a header or a method is refused, and nothing is sent."""
    with listening(saying(GOOD)) as heard:
        url = f"http://127.0.0.1:{heard.port}/"
        for errand in (
            Errand(url=url, headers={"X-One": "a\r\nX-Two: b"}),
            Errand(url=url, headers={"X-One\r\nX-Two": "b"}),
            Errand(url=url, method="GET / HTTP/1.1\r\nX: y\r\n\r\n"),
        ):
            with pytest.raises(Malformed):
                Egress(HERE).send(errand)
    assert [request for request in heard.requests if request.strip()] == []


def test_an_answer_is_bounded_in_size() -> None:
    """More than was asked for is refused, and where nothing is asked for nothing is read."""
    huge = b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 1_000_000
    with listening(saying(huge)) as heard:
        url = f"http://127.0.0.1:{heard.port}/"
        with pytest.raises(Unavailable, match="1,000 bytes"):
            Egress(HERE).send(Errand(url=url, largest=1_000))
        reply = Egress(HERE).send(Errand(url=url, largest=0))
    assert (reply.is_good, reply.body) == (True, b"")


@pytest.mark.parametrize("drip", [b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"])
def test_an_answer_is_bounded_in_time(drip: bytes) -> None:
    """Somebody who sends a byte every now and then is cut off like somebody who sends none."""
    ending = threading.Event()

    def dripping(wire: socket.socket) -> None:
        wire.sendall(drip)
        while not ending.wait(0.02):
            wire.sendall(b"x")

    with listening(dripping) as heard:
        try:
            with pytest.raises(Unavailable, match="within"):
                Egress(HERE, seconds=0.3).send(Errand(url=f"http://127.0.0.1:{heard.port}/"))
        finally:
            ending.set()


@pytest.mark.parametrize("answer", [b"", b"what?\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"x" * 70_000])
def test_what_is_no_answer_is_told_without_being_repeated(answer: bytes) -> None:
    """Whatever goes wrong on the way names the host and nothing of what came or went."""
    with listening(saying(answer)) as heard:
        url = f"http://127.0.0.1:{heard.port}/token-of-somebody"
        with pytest.raises(FielError) as failed:
            Egress(HERE).send(Errand(url=url, headers={"Authorization": "Bearer secret"}, body=b"personal"))
    told = f"{failed.value.what} {failed.value.hint}"
    assert isinstance(failed.value, Unavailable)
    assert "127.0.0.1" in told
    assert not [word for word in ("token-of-somebody", "secret", "personal", "what?") if word in told]


def test_a_host_that_is_not_known_or_not_there_is_told() -> None:
    """No address, and nobody at it, are two sentences with the host's name."""

    def nowhere(_host: str, _port: int) -> Sequence[str]:
        raise socket.gaierror

    with pytest.raises(Unavailable, match="not known"):
        Egress(resolve=nowhere).send(Errand(url="https://shop.example/"))
    with pytest.raises(Unavailable, match="not known"):
        Egress(resolve=at()).send(Errand(url="https://shop.example/"))
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    with pytest.raises(Unavailable, match="does not answer"):
        Egress(HERE).send(Errand(url=f"http://127.0.0.1:{port}/"))
