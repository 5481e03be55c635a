"""A letter and an event for tests of those who carry them."""

from fiel.ports import Event, Letter, Line
from fiel.testing.clock import NOON

ID = bytes(range(16))


def a_letter(*, to: str = "ana@example.com", subject: str = "Lo que elegiste", sender: str = "Almacén") -> Letter:
    """A letter with every kind of line, a paper, and a way out."""
    return Letter(
        id=ID,
        to=to,
        language="es",
        subject=subject,
        sender=sender,
        lines=(
            Line(text="Sugerencias", heading=True),
            Line(text="Has dicho que sí."),
            Line(text="Ver", address="https://privacy.example/preferences"),
            Line(text="Almacén · Calle 1", quiet=True),
            Line(text="No recibir más avisos", address="https://privacy.example/mail/stop?t=x", quiet=True),
        ),
        stops="https://privacy.example/mail/stop?t=x",
        papers={"receipt-7.json": '{"español": true}'},
    )


def an_event() -> Event:
    """A withdrawal."""
    told: dict[str, str | int | None] = {"subject": "user:ana", "use_case": "suggestions", "position": 7}
    return Event(id=ID, type="choice.withdrawn", at=NOON, told=told)
