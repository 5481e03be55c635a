"""What is noted while files are read: findings, where each part of the promise stands, what could not be read."""

from collections.abc import Iterator

from fiel.core.promise.finding import Code, Finding, Where
from fiel.registry.source import Span, found


class Notes:
    """The notebook of one reading. It only grows."""

    def __init__(self) -> None:
        """Start empty."""
        self.findings: list[Finding] = []
        self._spans: dict[Where, Span] = {}
        self._broken: set[Where] = set()

    def find(self, code: Code, span: Span, *, message: str, hint: str = "") -> None:
        """Note a finding at a span."""
        self.findings.append(found(code, span, message=message, hint=hint))

    def place(self, where: Where, span: Span) -> None:
        """Note where a part of the promise is written."""
        self._spans.setdefault(where, span)

    def spoil(self, where: Where) -> None:
        """Note that a part could not be read: what stands in for it is nobody's word, and is not judged."""
        self._broken.add(where)

    def is_broken(self, where: Where) -> bool:
        """Whether a part, or what it is a part of, could not be read."""
        return any(where[:end] in self._broken for end in range(len(where) + 1))

    def broken_below(self, where: Where) -> Iterator[Where]:
        """The parts of a part that could not be read."""
        return (broken for broken in self._broken if broken[: len(where)] == where)

    def span(self, where: Where) -> Span | None:
        """Where a part is written, or else the nearest thing it is a part of."""
        return next((self._spans[where[:end]] for end in range(len(where), -1, -1) if where[:end] in self._spans), None)
