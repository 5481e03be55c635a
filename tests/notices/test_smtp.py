"""A real mail server receives our letters, over TLS or not at all."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from fiel.core.errors import SettingsInvalid
from fiel.notices.folder import KEPT, FolderMailer
from fiel.notices.smtp import Relay, SmtpMailer, relay_of
from fiel.ports import Letter, Outcome
from tests.egress.listening import Authority, vouched
from tests.notices.letters import ID, a_letter

HERE = "127.0.0.1"
SENDER = "privacidad@example.com"
SECRET = "hunter2 and a half"


class Box:
    """A mailbox: what came, whether over TLS, and what to answer instead of taking it."""

    def __init__(self, *, answer: str = "") -> None:
        """An empty one."""
        self.came: list[tuple[EmailMessage, list[str], bool]] = []
        self.answer = answer

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's own signature
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take a reader, or not."""
        if self.answer:
            return self.answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        """Take a letter."""
        content = envelope.content
        assert isinstance(content, bytes)
        message = message_from_bytes(content, policy=default)
        assert isinstance(message, EmailMessage)
        self.came.append((message, envelope.rcpt_tos, session.ssl is not None))
        return "250 OK"


def passing(_server: SMTP, _session: Session, _envelope: Envelope, mechanism: str, data: object) -> AuthResult:
    """Let in who knows the password."""
    good = isinstance(data, LoginPassword) and data.password == SECRET.encode() and mechanism in {"LOGIN", "PLAIN"}
    return AuthResult(success=good, handled=False)


@contextmanager
def server(box: Box, *, tls: ssl.SSLContext | None = None, keyed: bool = False) -> Iterator[int]:
    """A mail server on this machine; with `tls` one that offers STARTTLS."""
    controller = Controller(
        box,
        hostname=HERE,
        port=_free(),
        tls_context=tls,
        authenticator=passing if keyed else None,
        auth_required=keyed,
    )
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def _free() -> int:
    """A port that nobody has: the server cannot be told to take any."""
    with socket.create_server((HERE, 0)) as door:
        return int(door.getsockname()[1])


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    """An authority that vouches for a mail server on this machine."""
    return vouched(tmp_path, HERE)


def mailer(port: int, *, authority: Authority | None = None, password: str = "") -> SmtpMailer:
    """Who hands letters to that server."""
    relay = Relay(host=HERE, port=port, implicit=False, user="fiel" if password else "", password=password)
    context = authority.trusting if authority else None
    return SmtpMailer(relay, sender=SENDER, now=lambda: datetime.now(UTC), context=context)


def test_a_letter_arrives_whole_over_tls(authority: Authority) -> None:
    """The server gets one letter for one reader, after TLS and the password, with its papers."""
    box = Box()
    with server(box, tls=authority.showing, keyed=True) as port:
        carrier = mailer(port, authority=authority, password=SECRET)
        assert carrier.greet() == ""
        assert carrier.post(a_letter()) is Outcome.SENT
    ((message, readers, encrypted),) = box.came
    assert (readers, encrypted) == (["ana@example.com"], True)
    assert str(message["Message-ID"]) == f"<{ID.hex()}@example.com>"
    assert [each.get_filename() for each in message.iter_attachments()] == ["receipt-7.json"]
    body = message.get_body(("plain",))
    assert body is not None
    assert "Has dicho que sí." in body.get_content()


def test_a_server_that_nobody_vouches_for_gets_nothing(authority: Authority) -> None:
    """Where TLS does not prove the server, neither letter nor password is said, and it is tried again."""
    box = Box()
    with server(box, tls=authority.showing, keyed=True) as port:
        carrier = mailer(port, password=SECRET)
        assert carrier.post(a_letter()) is Outcome.LATER
        assert "SSL" in carrier.greet()
    assert box.came == []


def test_only_this_machine_is_spoken_to_in_the_clear() -> None:
    """A server without TLS gets letters if it is this machine, and none if it were another one."""
    box = Box()
    with server(box) as port:
        assert mailer(port).post(a_letter()) is Outcome.SENT
        far = Relay(host="127.0.0.1.", port=port, implicit=False)  # the same place by a name that does not say so
        assert not far.is_here
        carrier = SmtpMailer(far, sender=SENDER, now=lambda: datetime.now(UTC))
        assert carrier.post(a_letter()) is Outcome.LATER
    assert len(box.came) == 1


@pytest.mark.parametrize(("answer", "outcome"), [("550 no such user", Outcome.NEVER), ("450 later", Outcome.LATER)])
def test_a_refused_reader_is_told_apart_from_a_busy_one(answer: str, outcome: Outcome) -> None:
    """What the server refuses for good is not tried again, and what it puts off is."""
    with server(Box(answer=answer)) as port:
        assert mailer(port).post(a_letter()) is outcome


def test_a_server_that_is_down_is_tried_again(caplog: pytest.LogCaptureFixture, authority: Authority) -> None:
    """Nobody there, or a wrong password: it is tried again, and the log holds neither password nor reader."""
    with server(Box(), tls=authority.showing, keyed=True) as port:
        assert mailer(port, authority=authority, password="wrong horse").post(a_letter()) is Outcome.LATER
        assert mailer(port, authority=authority, password="wrong horse").greet() == "SMTPAuthenticationError 535"
    assert mailer(port).post(a_letter()) is Outcome.LATER
    assert not [word for word in ("wrong horse", "ana@example.com", "Lo que elegiste") if word in caplog.text]


def test_a_letter_that_cannot_be_addressed_is_not_sent() -> None:
    """One with two readers in one never reaches the server."""
    box = Box()
    with server(box) as port:
        assert mailer(port).post(a_letter(to="ana@example.com, bea@example.com")) is Outcome.NEVER
    assert box.came == []


@pytest.mark.parametrize(
    ("url", "relay"),
    [
        ("smtps://mail.example", ("mail.example", 465, True, "", "")),
        ("smtp://mail.example", ("mail.example", 587, False, "", "")),
        ("smtps://a%40b.example:p%3A%2Fw@mail.example:2465/", ("mail.example", 2465, True, "a@b.example", "p:/w")),
    ],
)
def test_a_mail_server_is_named_in_one_line(url: str, relay: tuple[str, int, bool, str, str]) -> None:
    """Scheme, host, port, user and password are read from the address, and the last two are never shown."""
    found = relay_of(url)
    assert (found.host, found.port, found.implicit, found.user, found.password) == relay
    assert not found.password or found.password not in repr(found)


@pytest.mark.parametrize("url", ["", "mail.example", "http://hunter2@x", "smtp://", "smtps://x:y", "smtp://x/hunter2"])
def test_what_names_no_mail_server_is_refused(url: str) -> None:
    """The error says how to write it, and repeats nothing of what was written."""
    with pytest.raises(SettingsInvalid) as refused:
        relay_of(url)
    assert "hunter2" not in f"{refused.value.what} {refused.value.hint}"


def test_a_folder_keeps_letters_for_their_owner_alone(tmp_path: Path) -> None:
    """Each is one file that only its owner reads, the same letter twice is one, and old ones go."""
    box = FolderMailer(tmp_path / "letters", now=lambda: datetime.now(UTC))
    for _ in range(2):
        assert box.post(a_letter()) is Outcome.SENT
    (posted,) = box.all()
    assert (posted.to, posted.subject, posted.papers) == ("ana@example.com", "Lo que elegiste", ("receipt-7.json",))
    assert "Has dicho que sí." in posted.text
    assert "<h1" in posted.html
    assert box.find(posted.name) == posted
    assert box.find("../secret") is None
    (file,) = (tmp_path / "letters").iterdir()
    assert (file.stat().st_mode & 0o777, (tmp_path / "letters").stat().st_mode & 0o777) == (0o600, 0o700)
    for number in range(KEPT + 5):
        assert box.post(_named(number)) is Outcome.SENT
    assert len(box.all()) == KEPT
    assert box.post(a_letter(to="nobody")) is Outcome.NEVER


def _named(number: int) -> Letter:
    return replace(a_letter(), id=number.to_bytes(16, "big"))
