"""A letter as a MIME message: text and HTML of one column, no image, nothing to load, no link but to the centre.

Nothing that comes from outside can add a header or a recipient: lines are joined before they go into one, and the
library refuses what still has a break in it.
"""

from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from fiel.core.errors import Malformed
from fiel.ports import Letter, Line


def message_of(letter: Letter, *, sender: str, at: datetime) -> EmailMessage:
    """The message, from that address; raises `Malformed` for what cannot be one."""
    message = EmailMessage(policy=SMTP)
    try:
        message["From"] = Address(display_name=_on_one_line(letter.sender), addr_spec=sender)
        message["To"] = Address(addr_spec=letter.to)
        message["Subject"] = _on_one_line(letter.subject)
        message["Date"] = format_datetime(at)
        message["Message-ID"] = f"<{letter.id.hex()}@{sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        if letter.stops:
            message["List-Unsubscribe"] = f"<{letter.stops}>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    except (MessageError, ValueError, IndexError):
        raise Malformed("a letter cannot be addressed", hint="look at `FIEL_MAIL_FROM` and at the address") from None
    message.set_content(text_of(letter), cte="quoted-printable")
    message.add_alternative(html_of(letter), subtype="html", cte="quoted-printable")
    for name, paper in letter.papers.items():
        message.add_attachment(paper.encode(), maintype="application", subtype="json", filename=name)
    message["Content-Language"] = letter.language  # last: setting a content takes such headers away
    return message


def text_of(letter: Letter) -> str:
    """The letter for whoever reads text, and for whoever listens."""
    return "\n\n".join(_told(line) for line in letter.lines) + "\n"


def html_of(letter: Letter) -> str:
    """The letter as one column of HTML, with all of its style in itself."""
    return _templates().get_template("letter.html").render(letter=letter)


def _told(line: Line) -> str:
    return f"{line.text}:\n{line.address}" if line.address else line.text


def _on_one_line(text: str) -> str:
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


@cache
def _templates() -> Environment:
    loader = PackageLoader("fiel.notices")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
