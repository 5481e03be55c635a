"""Events are signed so that the public verifier believes them, go through the one door, and are acknowledged or not."""

import json
from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from fiel.core.errors import SettingsInvalid
from fiel.egress import Egress, Reach
from fiel.notices.endpoints import endpoints_in
from fiel.notices.webhook import WebHooks
from fiel.ports import Outcome
from tests.egress.listening import Heard, listening, saying
from tests.notices.letters import an_event

SECRET = "whsec_" + b64encode(b"k" * 32).decode()
OLD = "whsec_" + b64encode(b"o" * 24).decode()
GOOD = b"HTTP/1.1 204 No Content\r\n\r\n"


def hooks(
    port: int, *, secret: str = f'"{SECRET}"', now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> WebHooks:
    """One endpoint on this machine."""
    text = f'[crm]\nurl = "http://127.0.0.1:{port}/hooks?tenant=7"\nsecret = {secret}\n'
    return WebHooks(endpoints_in(text), egress=Egress(Reach(loopback=True)), now=now)


def asked(heard: Heard) -> tuple[dict[str, str], bytes]:
    """The headers and the body of the last request."""
    head, _, body = heard.requests[-1].partition(b"\r\n\r\n")
    lines = [line.partition(b": ") for line in head.split(b"\r\n")[1:]]
    return {name.decode().lower(): value.decode() for name, _, value in lines}, body


def test_the_public_verifier_believes_an_event() -> None:
    """The reference library of Standard Webhooks accepts it, and what it holds is thin."""
    with listening(saying(GOOD)) as heard:
        assert hooks(heard.port).tell("crm", an_event()) is Outcome.SENT
    headers, body = asked(heard)
    told = Webhook(SECRET).verify(body, headers)
    assert told == {
        "type": "choice.withdrawn",
        "timestamp": "2026-11-24T12:00:00+00:00",
        "data": {"subject": "user:ana", "use_case": "suggestions", "position": 7},
    }
    assert heard.requests[-1].startswith(b"POST /hooks?tenant=7 HTTP/1.1")


def test_the_verifier_disbelieves_what_was_changed() -> None:
    """The control: another body, another id, another time and another secret are each refused."""
    with listening(saying(GOOD)) as heard:
        hooks(heard.port).tell("crm", an_event())
    headers, body = asked(heard)
    later = str(int(headers["webhook-timestamp"]) + 1)
    for others, content, secret in (
        (headers, body.replace(b"ana", b"bea"), SECRET),
        (headers | {"webhook-id": "evt_other"}, body, SECRET),
        (headers | {"webhook-timestamp": later}, body, SECRET),
        (headers, body, OLD),
    ):
        with pytest.raises(WebhookVerificationError):
            Webhook(secret).verify(content, others)


def test_an_event_keeps_its_name_and_gets_a_new_time_at_every_try() -> None:
    """So a receiver knows it again, and does not take it for a replayed one."""
    instants = iter([datetime.now(UTC) - timedelta(hours=1), datetime.now(UTC)])
    with listening(saying(GOOD)) as heard:
        carrier = hooks(heard.port, now=lambda: next(instants))
        carrier.tell("crm", an_event())
        first, body = asked(heard)
        carrier.tell("crm", an_event())
        second, again = asked(heard)
    assert (first["webhook-id"], body) == (second["webhook-id"], again)
    assert int(second["webhook-timestamp"]) - int(first["webhook-timestamp"]) >= 3_599
    Webhook(SECRET).verify(again, second)
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(body, first)


def test_a_secret_is_replaced_without_a_gap() -> None:
    """While both are listed, who knows the old one and who knows the new one both believe it."""
    with listening(saying(GOOD)) as heard:
        hooks(heard.port, secret=f'["{SECRET}", "{OLD}"]').tell("crm", an_event())
    headers, body = asked(heard)
    for secret in (SECRET, OLD):
        assert Webhook(secret).verify(body, headers) == json.loads(body)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, Outcome.SENT),
        (202, Outcome.SENT),
        (301, Outcome.LATER),
        (400, Outcome.LATER),
        (401, Outcome.LATER),
        (410, Outcome.NEVER),
        (429, Outcome.LATER),
        (500, Outcome.LATER),
    ],
)
def test_only_a_good_answer_acknowledges(status: int, outcome: Outcome) -> None:
    """Everything else is tried again, but for who says that they are gone."""
    with listening(saying(f"HTTP/1.1 {status} X\r\n\r\n".encode())) as heard:
        assert hooks(heard.port).tell("crm", an_event()) is outcome


def test_what_goes_wrong_says_which_endpoint_and_no_more(caplog: pytest.LogCaptureFixture) -> None:
    """A target that is not there, not in reach or not set is tried again, and no log holds person, path or secret."""
    with listening(saying(GOOD)) as heard:
        port = heard.port
    out_of_reach = WebHooks(
        endpoints_in(f'[crm]\nurl = "http://127.0.0.1:{port}/hooks-token"\nsecret = "{SECRET}"\n'),
        egress=Egress(),
        now=lambda: datetime.now(UTC),
    )
    for carrier, name in ((hooks(port), "crm"), (out_of_reach, "crm"), (hooks(port), "gone")):
        assert carrier.tell(name, an_event()) is Outcome.LATER
    assert "`crm`" in caplog.text
    assert "`gone`" in caplog.text
    assert not [word for word in ("ana", "tenant", "hooks-token", SECRET) if word in caplog.text]


@pytest.mark.parametrize(
    "text",
    [
        "crm = 1",
        "[crm",
        '[crm]\nurl = "https://crm.example/"',
        f'[crm]\nsecret = "{SECRET}"',
        f'[crm]\nurl = "ftp://crm.example/"\nsecret = "{SECRET}"',
        f'[crm]\nurl = "https://user:hunter2@crm.example/"\nsecret = "{SECRET}"',
        '[crm]\nurl = "https://crm.example/"\nsecret = "hunter2"',
        '[crm]\nurl = "https://crm.example/"\nsecret = "whsec_hunter2!"',
        '[crm]\nurl = "https://crm.example/"\nsecret = "whsec_aHVudGVyMg=="',
        '[crm]\nurl = "https://crm.example/"\nsecret = []',
        f'[crm]\nurl = "https://crm.example/"\nsecret = "{SECRET}"\nuse_cases = "suggestions"',
        f'[crm]\nurl = "https://crm.example/"\nsecret = "{SECRET}"\nsecrets = 1',
    ],
)
def test_a_file_of_endpoints_that_cannot_be_meant_is_refused(text: str) -> None:
    """The error names the table and what to write, and repeats no secret and no address."""
    with pytest.raises(SettingsInvalid) as refused:
        endpoints_in(text)
    said = f"{refused.value.what} {refused.value.hint}"
    assert "crm" in said
    assert not [word for word in ("hunter2", SECRET, "crm.example") if word in said]


def test_an_endpoint_hides_its_secret() -> None:
    """Whoever prints one sees neither where it is nor what it is signed with."""
    (endpoint,) = endpoints_in(f'[crm]\nurl = "https://crm.example/x"\nsecret = "{SECRET}"\nuse_cases = ["a"]').values()
    assert endpoint.hook.use_cases == {"a"}
    assert "crm.example" not in repr(endpoint)
    assert "kkk" not in repr(endpoint)
