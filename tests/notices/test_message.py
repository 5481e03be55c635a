"""A letter as MIME: one column of text and of HTML, nothing to load, and no way for its parts to become headers."""

import re
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser

import pytest

from fiel.core.errors import Malformed
from fiel.notices.message import message_of
from fiel.ports import Letter, Line
from fiel.testing.clock import NOON
from tests.notices.letters import ID, a_letter

SENDER = "privacidad@example.com"


def read(letter: Letter) -> EmailMessage:
    """The message as a mail program reads it."""
    message = message_from_bytes(message_of(letter, sender=SENDER, at=NOON).as_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    return message


def part(message: EmailMessage, kind: str) -> str:
    """The text or the HTML of a message."""
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def test_a_letter_has_all_that_mail_programs_ask_for() -> None:
    """Sender, reader, subject, an id that stays, its language, and one button to end it (RFC 8058)."""
    message = read(a_letter())
    assert (str(message["From"]), str(message["To"])) == ("Almacén <privacidad@example.com>", "ana@example.com")
    assert str(message["Subject"]) == "Lo que elegiste"
    assert str(message["Message-ID"]) == f"<{ID.hex()}@example.com>"
    assert str(message["List-Unsubscribe"]) == "<https://privacy.example/mail/stop?t=x>"
    assert str(message["List-Unsubscribe-Post"]) == "List-Unsubscribe=One-Click"
    assert (str(message["Content-Language"]), str(message["Auto-Submitted"])) == ("es", "auto-generated")
    (paper,) = message.iter_attachments()
    assert (paper.get_filename(), paper.get_content()) == ("receipt-7.json", '{"español": true}'.encode())


def test_text_and_html_say_the_same() -> None:
    """Every line and every link of a letter is in both parts."""
    letter, message = a_letter(), read(a_letter())
    text, html = part(message, "plain"), part(message, "html")
    for line in letter.lines:
        assert line.text in text
        assert line.text in html
        assert line.address in text
        assert line.address in html


def test_nothing_is_loaded_and_nothing_runs() -> None:
    """No image, no script, no style from elsewhere, and no link but those of the letter."""
    html = part(read(a_letter()), "html")
    tags: list[tuple[str, dict[str, str | None]]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            tags.append((tag, dict(attrs)))

    Reader().feed(html)
    assert {tag for tag, _ in tags} <= {"html", "head", "meta", "title", "body", "div", "h1", "h2", "p", "a"}
    assert not [attributes for _, attributes in tags if attributes.keys() & {"src", "background", "srcset", "onclick"}]
    assert "url(" not in html
    links = {str(attributes["href"]) for tag, attributes in tags if tag == "a"}
    assert links == {line.address for line in a_letter().lines if line.address}


@pytest.mark.parametrize("planted", ["a\nBcc: bea@example.com", "a\r\n\r\nbody", "a\x00b", "a\u2028b\x0bc"])
def test_a_line_break_in_a_text_becomes_no_header(planted: str) -> None:
    """What a company wrote over several lines is one line where it stands in a header."""
    message = read(a_letter(subject=planted, sender=planted))
    assert message["Bcc"] is None
    assert [name for name in message.keys() if name in {"From", "To", "Subject"}] == ["From", "To", "Subject"]  # noqa: SIM118
    assert "\n" not in str(message["Subject"])


@pytest.mark.parametrize("to", ["ana@example.com\nBcc: bea@example.com", "ana@example.com, bea@example.com", "ana", ""])
def test_a_letter_has_one_reader(to: str) -> None:
    """An address that is not one is refused, whatever else it holds."""
    with pytest.raises(Malformed):
        message_of(a_letter(to=to), sender=SENDER, at=NOON)


def test_what_a_company_wrote_stays_text() -> None:
    """Markup in a text is shown and not obeyed, and a link's address cannot leave its place."""
    line = Line(text='<img src=x onerror="alert(1)">', address='https://privacy.example/"><script>')
    html = part(read(replace(a_letter(subject="<b>x</b>"), lines=(line,))), "html")
    assert not re.search(r"<(img|script|b)\b", html)
