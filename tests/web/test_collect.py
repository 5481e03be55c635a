"""Collecting on Segment's wire: who is believed about whom, when it was, what is told, and what is never linked."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiel.core.ids import Identifier
from fiel.core.scope import Scope, Verb
from fiel.core.use.gate import DropReason, Event
from fiel.operations.collect import Message, Spoilt
from fiel.testing.clock import NOON
from fiel.web.api.message import LARGEST_EVENT, LARGEST_SKEW, Sent, message_of, moment
from fiel.web.security import Admitted
from tests.laws.world import CARD, PICKS
from tests.web.asking import (
    ANA_IN_A_PAGE,
    AS_ANA,
    IN_A_PAGE,
    NOBODY,
    OF_SALES,
    PAGE,
    SERVER,
    Asking,
    Headers,
)

TELL = {"Prefer": "return=representation"}


@pytest.fixture
def ask() -> Asking:
    """A house in which Ana said yes."""
    asking = Asking()
    asking.give()
    return asking


def sent(*, person: Identifier | None = None, at: datetime | None = None) -> Sent:
    """What holds for a message that a server, or a person, sends."""
    scope = None if person else Scope(verbs=frozenset({Verb.COLLECT}))
    return Sent(
        admitted=Admitted(verb=Verb.COLLECT, scope=scope, person=person), use_cases=None, received=NOON, sent=at
    )


def read(kind: str = "track", *, at: datetime | None = None, **more: object) -> Message | Spoilt:
    """One message by a server, as it is read."""
    body = {"userId": "ana", "event": "purchase", "properties": {"item": "cup"}} | more
    return message_of(msgspec.json.encode(body), kind=kind, sent=sent(at=at), place=0)


def fates(ask: Asking, headers: Headers = SERVER, **more: object) -> list[str]:
    """What became of one track, as words."""
    [event] = ask.track(headers, **more).json["events"]
    return [*event["kept"], *(drop["reason"] for drop in event["dropped"])]


def test_clients_are_told_what_they_expect(ask: Asking) -> None:
    """Without asking for more a client is told success, whatever became of its event."""
    for body in ({}, {"userId": "ana", "event": "nope"}, {"userId": "ana", "event": "purchase"}):
        assert ask("POST", "/v1/track", json=body).json == {"success": True}


def test_each_event_is_accounted_for(ask: Asking) -> None:
    """Whoever asks is told, for each event in its order, which use cases kept it, and why the others did not."""
    batch = [
        {"type": "track", "userId": "ana", "event": "purchase", "properties": {"item": "cup", "quantity": 1}},
        {"type": "track", "userId": "ana", "event": "undeclared", "properties": {"item": "cup"}},
        {"type": "track", "userId": "bea", "event": "purchase", "properties": {"item": "cup", "quantity": 1}},
        {"type": "track", "userId": "ana", "event": "purchase", "properties": {"item": 3, "quantity": 1}},
        {"type": "identify", "userId": "ana", "traits": {"tastes": ["bag"], "religion": "x"}},
        {"type": "page", "userId": "ana", "name": "Home"},
        {"type": "screen", "userId": "ana", "name": "Home"},
        {"type": "group", "userId": "ana", "groupId": "g", "traits": {"tastes": ["bag"]}},
        {"type": "alias", "userId": "ana", "previousId": "browser-7"},
        {"type": "track", "event": "purchase", "properties": {"item": "cup"}},
        {"type": "dance", "userId": "ana"},
        17,
    ]
    answer = ask("POST", "/v1/batch", SERVER | TELL, json={"batch": batch})
    assert answer.headers["preference-applied"] == "return=representation"
    told = answer.json["events"]
    assert [event["kept"] for event in told] == [[PICKS, CARD], [], [CARD], [], [PICKS], *([[]] * 7)]
    assert [[drop["reason"] for drop in event["dropped"]] for event in told] == [
        [],
        ["undeclared"],
        ["no_permit"],
        ["malformed", "malformed"],
        [],
        ["undeclared"],
        ["undeclared"],
        ["undeclared"],
        ["undeclared"],
        ["unproven_subject"],
        ["malformed"],
        ["malformed"],
    ]


def test_what_cannot_be_read_is_counted(ask: Asking) -> None:
    """An event that cannot be read is counted like any other that is dropped, and nothing of it is kept."""
    ask("POST", "/v1/batch", json={"batch": [17, {"type": "dance"}]})
    with ask.house.store.read() as tx:
        assert tx.administration.dropped()["", DropReason.MALFORMED] == 2


@pytest.mark.parametrize(
    ("headers", "ids", "kept"),
    [
        (SERVER, {"userId": "ana"}, True),
        (SERVER, {"userId": "ana", "anonymousId": "browser-7"}, True),
        (SERVER, {"anonymousId": "ana"}, False),
        (SERVER, {"userId": "", "anonymousId": "ana"}, False),
        (SERVER, {}, False),
        (IN_A_PAGE, {"userId": "ana"}, False),
        (IN_A_PAGE, {"userId": "ana", "anonymousId": "browser-7"}, False),
        (ANA_IN_A_PAGE, {"userId": "ana"}, True),
        (ANA_IN_A_PAGE, {}, True),
        (ANA_IN_A_PAGE, {"anonymousId": "browser-7"}, False),
        (ANA_IN_A_PAGE, {"userId": "bea"}, False),
        (AS_ANA, {"userId": "ana"}, True),
        (AS_ANA, {"userId": "bea"}, False),
    ],
)
def test_a_subject_is_proved_or_dropped(ask: Asking, headers: Headers, ids: Mapping[str, str], *, kept: bool) -> None:
    """A server says whom an event is about; a page says so of a browser, and of a person only with their own token."""
    body = {"event": "purchase", "properties": {"item": "cup", "quantity": 1}, **ids}
    assert ask("POST", "/v1/track", headers, json=body).json == {"success": True}
    held = {each["use_case"] for each in ask("GET", "/v1/subjects/user:ana/data").json["data"]}
    assert (PICKS in held) == kept


def test_a_browser_collects_for_itself(ask: Asking) -> None:
    """A browser that said yes is believed about itself through the key that stands in its page."""
    ask.give(SERVER, who="anonymous:browser-7")
    body = {"anonymousId": "browser-7", "event": "purchase", "properties": {"item": "cup", "quantity": 1}}
    ask("POST", "/v1/t", NOBODY | {"Content-Type": "text/plain"}, json={**body, "writeKey": PAGE})
    data = ask("GET", "/v1/subjects/anonymous:browser-7/data").json["data"]
    held = {each["use_case"]: [event["properties"] for event in each["events"]] for each in data}
    assert held[PICKS] == [{"item": "cup"}]


@pytest.mark.parametrize("headers", [IN_A_PAGE, {"Content-Type": "text/plain"}])
def test_a_page_is_not_told_what_somebody_chose(ask: Asking, headers: Headers) -> None:
    """Whoever proves nobody is told success alone: what was kept would tell who said yes."""
    body = {"anonymousId": "browser-7", "event": "purchase", "writeKey": PAGE}
    answer = ask("POST", "/v1/track", headers | TELL, json=body)
    assert answer.json == {"success": True}
    assert "preference-applied" not in answer.headers


@pytest.mark.parametrize("body", [{"writeKey": "fiel_pk_of_nobody"}, {"writeKey": 3}, {"writeKey": None}, {}, []])
def test_a_key_inside_must_be_one(ask: Asking, body: object) -> None:
    """A body without a good key in it is from nobody."""
    assert ask("POST", "/v1/track", NOBODY, json=body).status == 401


def test_a_key_of_one_area_collects_there(ask: Asking) -> None:
    """An event goes to the use cases that the sender's key covers, and to no other that names it."""
    assert fates(ask, OF_SALES) == [PICKS]


def test_nobody_is_linked(ask: Asking) -> None:
    """Identify and alias with two ids leave nothing of the second, and no way from one to the other."""
    ids = {"userId": "ana", "anonymousId": "browser-7", "previousId": "browser-7"}
    ask("POST", "/v1/identify", json={**ids, "traits": {"tastes": ["bag"]}})
    ask("POST", "/v1/alias", json=ids)
    assert ask("GET", "/v1/subjects/anonymous:browser-7/data").json == {"data": []}
    with ask.house.store.read() as tx:
        assert len(tx.identities.page(None, limit=10)) == 1


def test_a_message_is_taken_in_once(ask: Asking) -> None:
    """A message that is sent again is a duplicate, known by its id, or by its bytes where it names a time."""
    assert fates(ask, messageId="m1") == [PICKS, CARD]
    assert fates(ask, messageId="m1", item="lamp") == ["duplicate", "duplicate"]
    assert fates(ask, timestamp=NOON.isoformat()) == [PICKS, CARD]
    assert fates(ask, timestamp=NOON.isoformat()) == ["duplicate", "duplicate"]


def test_two_purchases_are_two(ask: Asking) -> None:
    """Without an id and a time two equal messages are two events: nothing says that the second is the first again."""
    assert fates(ask) == [PICKS, CARD]
    ask.doors.clock.turn(timedelta(seconds=1))
    assert fates(ask) == [PICKS, CARD]
    twice = {"type": "track", "userId": "ana", "event": "purchase", "properties": {"item": "cup", "quantity": 1}}
    told = ask("POST", "/v1/batch", SERVER | TELL, json={"batch": [twice, twice]}).json["events"]
    assert [event["kept"] for event in told] == [[PICKS, CARD], [PICKS, CARD]]


def test_a_track_that_names_a_decision_is_a_reward(ask: Asking) -> None:
    """An event with a `decision_id` notes its `reward`, or 1, on the use that it is about."""
    ask.track()
    name = ask.decide().json["decision_id"]
    for more, noted in (({}, 1.0), ({"reward": 0.25}, 0.25), ({"reward": "much"}, 0.25), ({"reward": 1e300}, 0.25)):
        ask("POST", "/v1/track", json={"userId": "ana", "event": "click", "properties": {"decision_id": name, **more}})
        assert _reward(ask) == noted
    ask("POST", "/v1/track", json={"userId": "ana", "event": "click", "properties": {"decision_id": "made up"}})
    assert _reward(ask) == 0.25


def _reward(ask: Asking) -> float:
    uses = ask("GET", "/v1/subjects/me/uses", AS_ANA).json["uses"]
    return float(next(use["reward"] for use in uses if use["use_case"] == PICKS))


HOUR = timedelta(hours=1)
OFF = timedelta(hours=3)


@pytest.mark.parametrize(
    ("times", "at"),
    [
        ({}, NOON),
        ({"timestamp": (NOON - OFF).isoformat()}, NOON - OFF),
        ({"timestamp": "2026-11-24T09:00:00Z"}, NOON - OFF),
        ({"timestamp": "2026-11-24T10:00:00+01:00"}, NOON - OFF),
        ({"timestamp": "2026-11-24T09:00:00"}, NOON - OFF),
        ({"originalTimestamp": (NOON - OFF).isoformat(), "timestamp": NOON.isoformat()}, NOON - OFF),
        # Their clock is three hours ahead, and it was an hour before it was sent.
        ({"timestamp": (NOON + OFF - HOUR).isoformat(), "sentAt": (NOON + OFF).isoformat()}, NOON - HOUR),
        # Their clock is three hours behind.
        ({"timestamp": (NOON - OFF).isoformat(), "sentAt": (NOON - OFF).isoformat()}, NOON),
        # It was sent too long ago for that to be a clock: it is as old as it says.
        (
            {
                "timestamp": (NOON - LARGEST_SKEW - OFF).isoformat(),
                "sentAt": (NOON - LARGEST_SKEW - timedelta(seconds=1)).isoformat(),
            },
            NOON - LARGEST_SKEW - OFF,
        ),
        ({"timestamp": (NOON - OFF).isoformat(), "sentAt": "yesterday"}, NOON - OFF),
    ],
)
def test_a_time_is_set_right_by_the_senders_clock(times: Mapping[str, str], at: datetime) -> None:
    """When something happened is told by the sender's two times, unless it was sent long ago: then it is old."""
    message = read("track", at=None, **times)
    assert isinstance(message, Message)
    assert message.content.at == at


def test_an_old_message_does_not_pass_for_young(ask: Asking) -> None:
    """A batch from before the yes that is sent again today is still from before the yes."""
    old = (NOON - timedelta(days=30)).isoformat()
    assert fates(ask, timestamp=old, sentAt=old) == [CARD, "before_grant"]


@pytest.mark.parametrize(
    "value", ["", "soon", "2026-13-01", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", 3, None, {}]
)
def test_a_time_that_is_none_is_none(value: object) -> None:
    """What tells no instant is not guessed."""
    assert moment(value) is None
    if isinstance(value, str) and value:
        assert read(timestamp=value) == Spoilt()


STRANGE: tuple[Mapping[str, object], ...] = (
    {"userId": "x" * 257},
    {"userId": "a\r\nb"},
    {"userId": ["ana"]},
    {"userId": 1.5},
    {"messageId": "m" * 257},
    {"event": None},
    {"event": ""},
    {"properties": [1]},
    {"properties": {"item": "x" * LARGEST_EVENT}},
    {"timestamp": 1_700_000_000},
    {"timestamp": NOON.isoformat(), "sentAt": "0001-01-01T00:00:00Z", "x": "y" * LARGEST_EVENT},
)


@pytest.mark.parametrize("more", STRANGE, ids=range(len(STRANGE)))
def test_what_is_strange_is_spoilt(more: Mapping[str, object]) -> None:
    """An event that is not of the wire's form is one that cannot be read."""
    assert read("track", at=None, **more) == Spoilt()


def test_numbers_are_ids_too() -> None:
    """Some clients send an id as a number; it is the id that it looks like."""
    message = read(userId=42)
    assert isinstance(message, Message)
    assert message.subject == Identifier.parse("user:42")


@pytest.mark.parametrize("kind", ["page", "screen"])
def test_a_page_is_an_event_of_that_name(kind: str) -> None:
    """A page or screen comes in as an event called so, with its name among its properties."""
    message = read(kind, name="Home", properties={"path": "/"})
    assert isinstance(message, Message)
    assert message.content == Event(name=kind, at=NOON, properties={"name": "Home", "path": "/"})


FIELDS = st.sampled_from(["userId", "event", "timestamp", "sentAt", "properties", "traits", "type"])
PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
JSON = st.recursive(PLAIN, lambda inner: st.lists(inner) | st.dictionaries(FIELDS, inner), max_leaves=6)


@given(raw=st.binary(max_size=200) | JSON.map(msgspec.json.encode))
def test_no_message_is_too_strange(raw: bytes) -> None:
    """Any bytes are a message or spoilt, never a fault."""
    assert isinstance(message_of(raw, kind="", sent=sent(at=NOON), place=0), Message | Spoilt)
