"""One message of Segment's wire: whom it is about, when it was, what it says; or that it cannot be read.

Reads what is needed and nothing else. What cannot be read is dropped and counted like anything else, because these
clients send the same batch again for hours if it is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final

import msgspec

from fiel.core.errors import Malformed
from fiel.core.ids import Identifier, IdentifierKind, UseCaseId
from fiel.core.use.gate import Event, Traits
from fiel.operations.collect import Message, Spoilt
from fiel.web.security import Admitted

LARGEST_EVENT: Final = 32 * 1024
"""Bytes of one event."""

LONGEST_MESSAGE_ID: Final = 256
"""Characters by which a message is known again."""

LARGEST_SKEW: Final = timedelta(hours=24)
"""How far a sender's clock may be off to be set right. What was sent longer ago is an old message that is sent again,
and what it tells is as old as it says: moved to now, it would pass for younger than somebody's yes."""

KINDS: Final = ("track", "identify", "page", "screen", "group", "alias")
"""The verbs of the wire."""


class MessageWire(msgspec.Struct, frozen=True, rename="camel"):
    """One message of a client, as far as it is read."""

    type: str | None = None
    user_id: str | int | None = None
    anonymous_id: str | int | None = None
    message_id: str | None = None
    event: str | None = None
    name: str | None = None
    timestamp: str | None = None
    original_timestamp: str | None = None
    sent_at: object = None
    properties: dict[str, object] | None = None
    traits: dict[str, object] | None = None


class BatchWire(msgspec.Struct, frozen=True, rename="camel"):
    """Several messages, each with its `type`."""

    batch: list[msgspec.Raw]
    sent_at: object = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What holds for all messages of one request: who sends, for which use cases, when it came and when it was sent."""

    admitted: Admitted
    use_cases: frozenset[UseCaseId] | None
    received: datetime
    sent: datetime | None


def message_of(raw: bytes, *, kind: str, sent: Sent, place: int) -> Message | Spoilt:
    """One message; `kind` is what the path says it is, or empty. `place` is where it stands in its batch."""
    name = f"#{sha256(raw).hexdigest()}"
    try:
        wire = _wire(raw)
        said = wire.original_timestamp or wire.timestamp
        return Message(
            id=_name(wire.message_id) or (name if said else f"{name} {sent.received.isoformat()} {place}"),
            subject=_subject(wire, sent.admitted),
            content=_content(wire, kind or wire.type or "", at=_at(said, wire, sent)),
            use_cases=sent.use_cases,
        )
    except (Malformed, OverflowError):
        return Spoilt()


def moment(value: object) -> datetime | None:
    """The instant that a text says; None if it says none. One without a zone is in UTC."""
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
        return None if at is None else (at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC))
    except (ValueError, OverflowError):
        return None


def _wire(raw: bytes) -> MessageWire:
    if len(raw) > LARGEST_EVENT:
        raise Malformed("an event that is too large")
    try:
        return msgspec.json.decode(raw, type=MessageWire)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Malformed("an event that cannot be read") from None


def _name(message_id: str | None) -> str | None:
    """The message's own name. Without one it is known by its bytes; without a time too, it is another each time."""
    if message_id is not None and len(message_id) > LONGEST_MESSAGE_ID:
        raise Malformed("a messageId that is too long")
    return message_id or None


def _subject(wire: MessageWire, admitted: Admitted) -> Identifier | None:
    """Whom a message is about, if its sender may say so. A user's id wins, and a second id is discarded."""
    named = _identifier(wire)
    if admitted.person is not None:
        return admitted.person if named in {None, admitted.person} else None
    if admitted.proves or named is None:
        return named
    return named if named.kind is IdentifierKind.ANONYMOUS else None


def _identifier(wire: MessageWire) -> Identifier | None:
    if wire.user_id not in {None, ""}:
        return Identifier(IdentifierKind.USER, str(wire.user_id))
    if wire.anonymous_id not in {None, ""}:
        return Identifier(IdentifierKind.ANONYMOUS, str(wire.anonymous_id))
    return None


def _content(wire: MessageWire, kind: str, *, at: datetime) -> Event | Traits:
    """An event, or what somebody told us. Group and alias say nothing that a use case could name."""
    properties: Mapping[str, object] = wire.properties or {}
    match kind:
        case "track" if wire.event:
            return Event(name=wire.event, at=at, properties=properties)
        case "page" | "screen":
            named = {"name": wire.name} if wire.name else {}
            return Event(name=kind, at=at, properties={**named, **properties})
        case "identify":
            return Traits(at=at, values=wire.traits or {})
        case "group" | "alias":
            return Traits(at=at, values={})
        case _:
            raise Malformed("a message of no known kind")


def _at(said: str | None, wire: MessageWire, sent: Sent) -> datetime:
    """When it happened by our clock: the sender's two times tell how far theirs is off."""
    if said is None:
        return sent.received
    at = moment(said)
    if at is None:
        raise Malformed("a time that cannot be read")
    sent_at = moment(wire.sent_at) or sent.sent
    off = sent.received - sent_at if sent_at is not None else timedelta(0)
    return at + off if abs(off) <= LARGEST_SKEW else at
