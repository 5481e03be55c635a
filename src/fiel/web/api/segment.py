"""`/v1/track` and its sisters: collecting, on the wire of Segment's and RudderStack's clients, which work unchanged.

Nobody is linked here: identify and alias never join people, a second id is discarded, and what a browser says about
somebody it cannot prove to be is dropped. A page or screen comes in as an event of that very name, so it is kept only
where the promise declares an event `page` or `screen`; what `name` it has is one of its properties.
"""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from typing import Final

import msgspec
from starlette.responses import Response

from fiel.core.errors import Malformed
from fiel.core.ids import DecisionId, UseCaseId
from fiel.core.scope import Verb
from fiel.core.use.gate import Event
from fiel.operations.collect import Fate, Message, Spoilt, collect
from fiel.operations.reward import LARGEST_REWARD, reward
from fiel.operations.token import trace_decision
from fiel.web.api.message import KINDS, LARGEST_EVENT, BatchWire, MessageWire, Sent, message_of, moment
from fiel.web.api.wire import Told
from fiel.web.bodies import JSON, decoded
from fiel.web.problems import Refused
from fiel.web.route import Act, Call, Route, done, json_response, settled
from fiel.web.security import Leave

LARGEST_BATCH: Final = 500 * 1024
"""Bytes of one batch."""

MOST_EVENTS: Final = 2_500
"""Events of one batch."""

SHORT: Final[Mapping[str, str]] = {kind: kind[0] for kind in KINDS}
"""Each verb's short path."""

LEAVE: Final = Leave(Verb.COLLECT, person=True, publishable=True)

PREFER: Final = "return=representation"


class DropTold(Told, frozen=True, kw_only=True):
    """That a use case did not keep an event, and why; `use_case` null: no use case names it."""

    use_case: str | None
    reason: str


class EventTold(Told, frozen=True, kw_only=True):
    """What became of one event."""

    kept: list[str]
    dropped: list[DropTold]


class CollectAnswer(Told, frozen=True, kw_only=True, omit_defaults=True):
    """What Segment's clients expect; `events`, in the order in which they came, only for `return=representation`."""

    success: bool
    events: list[EventTold] | None = None


class SettingsAnswer(Told, frozen=True, kw_only=True):
    """What a browser's client asks for: where to send what it collects, and to measure nothing for anybody else."""

    integrations: dict[str, dict[str, object]]
    plan: dict[str, object]
    metrics: dict[str, float]


class _Key(msgspec.Struct):
    """Where a browser's client puts its key."""

    key: str | None = msgspec.field(default=None, name="writeKey")


def key_inside(raw: bytes) -> str | None:
    """The key that a body holds; None if it holds none, or is none."""
    try:
        return msgspec.json.decode(raw, type=_Key).key
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


async def post_one(call: Call, kind: str) -> Response:
    """One message of a kind that the path names."""
    decoded(call.raw, dict[str, msgspec.Raw])
    return await _collected(call, [call.raw], kind=kind)


async def post_batch(call: Call) -> Response:
    """Several messages, each with its kind."""
    batch = decoded(call.raw, BatchWire)
    if len(batch.batch) > MOST_EVENTS:
        raise Refused("too_large", f"a batch holds {MOST_EVENTS} events at most")
    return await _collected(call, [bytes(each) for each in batch.batch], sent_at=batch.sent_at)


async def get_settings(call: Call) -> SettingsAnswer:
    """What a browser's client asks for before it sends anything."""
    url = call.request.url
    source: dict[str, object] = {"apiKey": call.parts["key"], "apiHost": f"{url.netloc}/v1", "protocol": url.scheme}
    return SettingsAnswer(
        integrations={"Segment.io": source},
        plan={"track": {"__default": {"enabled": True}}},
        metrics={"sampleRate": 0.0},
    )


async def _collected(call: Call, raws: Sequence[bytes], *, kind: str = "", sent_at: object = None) -> Response:
    now = call.house.clock.now()
    covered = _covered(call)
    sent = Sent(admitted=call.admitted, use_cases=covered, received=now, sent=moment(sent_at))
    messages = [message_of(raw, kind=kind, sent=sent, place=place) for place, raw in enumerate(raws)]
    fates = await done(collect(call.house, messages)) if messages else ()
    await _rewards(call, messages, covered=covered)
    # Who proves nobody is told nothing: whether something was kept would say what somebody else chose.
    if PREFER not in call.request.headers.get("prefer", "") or not call.admitted.proves:
        return json_response(CollectAnswer(success=True))
    response = json_response(CollectAnswer(success=True, events=[_told(each) for each in fates]))
    response.headers["Preference-Applied"] = PREFER
    return response


def _covered(call: Call) -> frozenset[UseCaseId] | None:
    """The use cases that the caller may collect for; None for all."""
    scope = call.admitted.scope
    if scope is None or not (scope.areas or scope.use_cases):
        return None
    return frozenset(case.id for case in call.published().promise.use_cases.values() if call.admitted.covers(case))


def _told(fates: Sequence[Fate]) -> EventTold:
    return EventTold(
        kept=[fate.use_case for fate in fates if fate.why is None],
        dropped=[
            DropTold(use_case=fate.use_case or None, reason=fate.why.value) for fate in fates if fate.why is not None
        ],
    )


async def _rewards(call: Call, messages: Sequence[Message | Spoilt], *, covered: frozenset[UseCaseId] | None) -> None:
    """A track that names a decision says what became of it; one that names none of ours is an event like others."""
    events = [each.content for each in messages if isinstance(each, Message)]
    handed = [_rewarded(call, event, covered) for event in events if isinstance(event, Event)]
    await asyncio.gather(*(settled(future) for future in handed if future is not None))


def _rewarded(call: Call, event: Event, covered: frozenset[UseCaseId] | None) -> Future[bool] | None:
    """The reward of one event, handed over: its `reward`, or 1 where it says none."""
    name, value = event.properties.get("decision_id"), event.properties.get("reward", 1)
    if not isinstance(name, str) or isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if not abs(value) <= LARGEST_REWARD:
        return None
    try:
        use_case = trace_decision(call.house, DecisionId(name)).outcome.use_case
    except Malformed:
        return None
    return reward(call.house, DecisionId(name), float(value)) if covered is None or use_case in covered else None


def _posting(kind: str) -> Act:
    async def post(call: Call) -> Response:
        return await post_one(call, kind)

    return post


def _routes() -> Iterator[Route]:
    for kind, short in SHORT.items():
        example = {**EXAMPLE, "type": kind}
        for word in (kind, short):
            yield _route(word, _posting(kind), about=f"Collect one `{kind}`", takes=MessageWire, example=example)
    for word in ("batch", "b"):
        several = {"batch": [{**EXAMPLE, "type": "track"}], "sentAt": "2026-11-24T12:00:01Z"}
        yield _route(word, post_batch, about="Collect several messages", takes=BatchWire, example=several)


def _route(word: str, act: Act, *, about: str, takes: type, example: object) -> Route:
    return Route(
        method="POST",
        path=f"/v1/{word}",
        act=act,
        about=about,
        leave=LEAVE,
        takes=takes,
        reads=JSON | {"text/plain"},  # what a browser sends to another host without asking it first
        largest=LARGEST_BATCH if takes is BatchWire else LARGEST_EVENT,
        key_inside=True,
        headers={"Prefer": f"`{PREFER}`: answer what became of each event"},
        gives=CollectAnswer,
        example=example,
        shows={
            "success": True,
            "events": [{"kept": ["suggestions"], "dropped": [{"use_case": "newsletter_picks", "reason": "no_permit"}]}],
        },
    )


EXAMPLE: Final = {
    "userId": "customer-42",
    "event": "purchase",
    "properties": {"item": "85123A", "quantity": 6},
    "messageId": "m-1",
    "timestamp": "2026-11-24T12:00:00Z",
}

ROUTES = (
    *_routes(),
    Route(
        method="GET",
        path="/v1/projects/{key}/settings",
        act=get_settings,
        about="What a browser's client asks for before it sends anything",
        leave=Leave(Verb.COLLECT, publishable=True),
        gives=SettingsAnswer,
    ),
)
