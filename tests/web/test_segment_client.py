"""Segment's own Python client, unmodified, feeds Fiel."""

from datetime import timedelta

import pytest
from segment.analytics.client import Client

from fiel.core.consent.choice import Attestation
from fiel.core.ids import Identifier
from fiel.operations.show import show_data
from tests.laws.world import PICKS
from tests.web.serving import ANA, SERVER_KEY, Doors, on_a_port, open_doors, say_yes


@pytest.mark.parametrize("gzip", [False, True])
def test_segments_client_feeds_the_gate(*, gzip: bool) -> None:
    """What a permit wants is kept, once; everything else that the client sends is dropped."""
    doors = open_doors()
    say_yes(doors.house)
    doors.clock.turn(timedelta(hours=1))
    with on_a_port(doors.app) as host:
        _send(host, gzip=gzip)
        _send(host, gzip=gzip)
    held = {each.use_case: each.held for each in show_data(doors.house, ANA, by=Attestation.PERSON)}
    picks = held[PICKS]
    assert picks is not None
    assert [dict(each.properties) for each in picks.events] == [{"item": "cup"}]
    assert dict(picks.facts)["tastes"].value == ("bag",)
    assert show_data(doors.house, Identifier.parse("anonymous:somebody"), by=Attestation.PERSON) == ()


def test_a_wrong_key_is_told_so() -> None:
    """A client with a key that nobody issued is refused, and nothing is kept."""
    doors = open_doors()
    errors: list[Exception] = []
    with on_a_port(doors.app) as host:
        client = Client(
            "fiel_sk_of_nobody", host=host, max_retries=0, on_error=lambda error, _batch: errors.append(error)
        )
        client.track("ana", "purchase", {"item": "cup"}, message_id="one")
        client.shutdown()
    assert len(errors) == 1
    assert _nothing(doors)


def _send(host: str, *, gzip: bool) -> None:
    client = Client(SERVER_KEY, host=host, gzip=gzip, max_retries=1)
    client.identify("ana", {"tastes": ["bag"], "religion": "canary"}, message_id="tastes")
    client.track("ana", "purchase", {"item": "cup", "quantity": 1, "religion": "canary"}, message_id="purchase")
    client.track("ana", "undeclared", {"item": "cup"}, message_id="undeclared")
    client.page("ana", "shop", "front", message_id="page")
    client.track(anonymous_id="somebody", event="purchase", properties={"item": "cup"}, message_id="anonymous")
    client.shutdown()


def _nothing(doors: Doors) -> bool:
    return show_data(doors.house, ANA, by=Attestation.PERSON) == ()
