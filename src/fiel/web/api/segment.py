"""`/v1/track` and its sisters: collecting, on the wire of Segment's and RudderStack's clients, which work unchanged.

Nobody is linked here: identify and alias never join people, a second id is discarded, and what a browser says about
somebody it cannot prove to be is dropped.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final

import msgspec
from starlette.responses import Response

from fiel.core.errors import FielError, Malformed, NotAuthenticated
from fiel.core.ids import DecisionId, Identifier, IdentifierKind, UseCaseId
from fiel.core.scope import Verb
from fiel.core.use.gate import DropReason, Event, Traits
from fiel.operations.collect import Fate, Message, collect
from fiel.operations.reward import reward
from fiel.web.api.wire import SegmentAnswer
from fiel.web.route import Act, Call, Route, body_of, decoded, done, json_response, settled
from fiel.web.security import Caller

LARGEST_EVENT: Final = 32 * 1024
"""Bytes of one event."""

KINDS: Final[Mapping[str, str]] = {
    "track": "t",
    "identify": "i",
    "page": "p",
    "screen": "s",
    "group": "g",
    "alias": "a",
}
"""Each verb with its short path."""


class Wire(msgspec.Struct):
    """One message of a client, as far as it is read."""

    type: str = ""
    userId: str | None = None  # noqa: N815 - the wire's own name
    anonymousId: str | None = None  # noqa: N815 - the wire's own name
    messageId: str | None = None  # noqa: N815 - the wire's own name
    event: str | None = None
    name: str | None = None
    timestamp: datetime | None = None
    originalTimestamp: datetime | None = None  # noqa: N815 - the wire's own name
    sentAt: datetime | None = None  # noqa: N815 - the wire's own name
    properties: dict[str, object] | None = None
    traits: dict[str, object] | None = None


class Batch(msgspec.Struct):
    """Several messages at once."""

    batch: list[msgspec.Raw]
    sentAt: datetime | None = None  # noqa: N815 - the wire's own name


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sent:
    """What holds for all messages of one request."""

    caller: Caller
    use_cases: frozenset[UseCaseId] | None
    received: datetime
    sent: datetime | None


async def post_one(call: Call, kind: str) -> Response:
    """One message of a kind that the path names."""
    raw = await body_of(call.request)
    decoded(raw, dict[str, object])
    return await _collected(call, [raw], kind=kind, sent_at=None)


async def post_batch(call: Call) -> Response:
    """Several messages, each with its kind."""
    batch = decoded(await body_of(call.request), Batch)
    return await _collected(call, [bytes(each) for each in batch.batch], kind="", sent_at=batch.sentAt)


async def get_settings(call: Call) -> Mapping[str, object]:
    """What a browser's client asks for before it sends anything."""
    host = call.request.url.netloc
    source = {"apiKey": call.part("key"), "apiHost": f"{host}/v1", "protocol": call.request.url.scheme}
    return {"integrations": {"Segment.io": source}, "plan": {"track": {"__default": {"enabled": True}}}}


async def _collected(call: Call, raws: Sequence[bytes], *, kind: str, sent_at: datetime | None) -> Response:
    caller = call.caller
    if caller.scope is None and caller.person is None:
        raise NotAuthenticated("collecting needs a key", hint="`fiel keys issue DIR --scope collect` makes one")
    if caller.scope is not None and Verb.COLLECT not in caller.scope.verbs:
        caller.ask(Verb.COLLECT)
    sent = _Sent(
        caller=caller,
        use_cases=caller.covers(call.published().promise),
        received=call.house.clock.now(),
        sent=sent_at,
    )
    read = [_read(raw, kind=kind, sent=sent) for raw in raws]
    messages = [each for each in read if isinstance(each, Message)]
    collected = await done(collect(call.house, messages))
    fates = iter(collected)
    await _rewards(call, messages)
    told = [next(fates) if isinstance(each, Message) else (Fate("", each),) for each in read]
    if "return=representation" not in call.request.headers.get("prefer", ""):
        return json_response(SegmentAnswer(success=True))
    return json_response(SegmentAnswer(success=True, events=[{"use_cases": _told(each)} for each in told]))


def _told(fates: Sequence[Fate]) -> list[dict[str, object]]:
    return [
        {"use_case": fate.use_case or None, "kept": fate.why is None, "dropped": fate.why and fate.why.value}
        for fate in fates
    ]


async def _rewards(call: Call, messages: Sequence[Message]) -> None:
    """An event that names a decision says what became of it; one that names none of ours is an event like others."""
    for message in messages:
        if not isinstance(message.content, Event):
            continue
        name, value = (message.content.properties.get(key) for key in ("decision_id", "reward"))
        if isinstance(name, str) and isinstance(value, int | float) and not isinstance(value, bool):
            try:
                await settled(reward(call.house, DecisionId(name), float(value)))
            except Malformed:
                continue


def _read(raw: bytes, *, kind: str, sent: _Sent) -> Message | DropReason:
    """One message as what it is about; the reason if it is nothing."""
    if len(raw) > LARGEST_EVENT:
        return DropReason.MALFORMED
    try:
        wire = msgspec.json.decode(raw, type=Wire)
        subject = _subject(wire, sent.caller)
        content = _content(wire, kind or wire.type, at=_at(wire, sent))
    except (msgspec.MsgspecError, FielError, RecursionError, OverflowError):
        return DropReason.MALFORMED
    if content is None:
        return DropReason.UNDECLARED
    name = wire.messageId or sha256(raw).hexdigest()
    return Message(id=name, subject=subject, content=content, use_cases=sent.use_cases)


def _subject(wire: Wire, caller: Caller) -> Identifier | None:
    """Whom a message is about, if its sender may say so. A user's id wins, and a second id is discarded."""
    if wire.userId:
        identifier = Identifier(IdentifierKind.USER, wire.userId)
    elif wire.anonymousId:
        identifier = Identifier(IdentifierKind.ANONYMOUS, wire.anonymousId)
    else:
        return None
    if caller.is_server or caller.person == identifier:
        return identifier
    anonymous = identifier.kind is IdentifierKind.ANONYMOUS and caller.person is None
    return identifier if anonymous and caller.scope is not None else None


def _content(wire: Wire, kind: str, *, at: datetime) -> Event | Traits | None:
    """An event, or what somebody told us. Group and alias say nothing that a use case could name."""
    if kind == "identify":
        return Traits(at=at, values=wire.traits or {})
    if kind == "track":
        if not wire.event:
            raise Malformed("a track without an event")
        return Event(name=wire.event, at=at, properties=wire.properties or {})
    if kind in {"page", "screen"}:
        named = {"name": wire.name} if wire.name else {}
        return Event(name=kind, at=at, properties={**named, **(wire.properties or {})})
    if kind in KINDS:
        return None
    raise Malformed("a message of no known type")


def _at(wire: Wire, sent: _Sent) -> datetime:
    """When it happened by our clock: the sender's two times tell how far theirs is off."""
    at, sent_at = wire.originalTimestamp or wire.timestamp, wire.sentAt or sent.sent
    if at is None:
        return sent.received
    off = sent.received - _aware(sent_at) if sent_at is not None else None
    return _aware(at) + off if off is not None else _aware(at)


def _aware(at: datetime) -> datetime:
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at


def _posting(kind: str) -> Act:
    async def post(call: Call) -> Response:
        return await post_one(call, kind)

    return post


def _routes() -> Iterator[Route]:
    for kind, short in KINDS.items():
        for path in (f"/v1/{kind}", f"/v1/{short}"):
            yield _route(path, _posting(kind), about=f"Collect one `{kind}`", takes=Wire)
    for path in ("/v1/batch", "/v1/b"):
        yield _route(path, post_batch, about="Collect several messages", takes=Batch)


def _route(path: str, act: Act, *, about: str, takes: type) -> Route:
    return Route(method="POST", path=path, act=act, about=about, verb=Verb.COLLECT, takes=takes, gives=SegmentAnswer)


ROUTES = (
    *_routes(),
    Route(
        method="GET",
        path="/v1/projects/{key}/settings",
        act=get_settings,
        about="What a browser's client asks for before it sends anything",
        verb=None,
        gives=dict,
    ),
)
