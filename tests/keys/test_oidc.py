"""Who the employer's provider says somebody is: believed for this client, now, for this round trip, and else not."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from fiel.core.errors import NotAuthenticated, Unavailable
from fiel.core.staff import Federated
from fiel.egress import Egress, Reach
from fiel.keys.oidc import OpenIdConnect
from fiel.testing.clock import HandClock
from tests.keys.provider import CLIENT, SECRET, Provider, provided

BACK = "https://fiel.test/console/oidc/back"


@pytest.fixture
def provider() -> Iterator[Provider]:
    """A provider on this machine."""
    with provided(Provider(clock=HandClock())) as running:
        yield running


def client(provider: Provider, *, reach: Reach = Reach(loopback=True), issuer: str = "") -> OpenIdConnect:  # noqa: B008 - a value
    """The client of that provider."""
    return OpenIdConnect(
        issuer=issuer or provider.url, client=CLIENT, secret=SECRET, out=Egress(reach), now=provider.clock.now
    )


def round_trip(provider: Provider, ours: OpenIdConnect | None = None) -> Federated:
    """There and back."""
    ours = ours or client(provider)
    leaving = ours.leave(BACK)
    code = provider.approve(leaving.url)["code"]
    return ours.arrive(code, leaving=leaving, back_to=BACK)


def test_somebody_is_who_the_provider_says(provider: Provider) -> None:
    """The control: an answer in which all is right says which subject of which issuer somebody is."""
    assert round_trip(provider) == Federated(issuer=provider.url, subject=provider.subject)


SPOILED: dict[str, Callable[[Provider], object]] = {
    "another issuer": lambda p: p.spoils.update(iss="https://evil.example"),
    "for another client": lambda p: p.spoils.update(aud="somebody-else"),
    "for two, and by another": lambda p: p.spoils.update(aud=[CLIENT, "other"], azp="other"),
    "for two, and nobody says by whom": lambda p: p.spoils.update(aud=[CLIENT, "other"]),
    "of another round trip": lambda p: p.spoils.update(nonce="another"),
    "of no round trip": lambda p: p.drops.add("nonce"),
    "over": lambda p: p.spoils.update(exp=int(p.clock.now().timestamp()) - 3_600),
    "never over": lambda p: p.drops.add("exp"),
    "made long ago": lambda p: p.spoils.update(iat=int(p.clock.now().timestamp()) - 3_600),
    "made in the future": lambda p: p.spoils.update(iat=int(p.clock.now().timestamp()) + 3_600),
    "over at no time": lambda p: p.spoils.update(exp="soon"),
    "of nobody": lambda p: p.drops.add("sub"),
    "of nobody in particular": lambda p: p.spoils.update(sub=""),
    "of a number": lambda p: p.spoils.update(sub=7),
    "unsigned": lambda p: setattr(p, "signs", "none"),
    "signed by a shared secret": lambda p: setattr(p, "signs", "HS256"),
    "signed by another key of the same name": lambda p: setattr(p, "signs", "foreign"),
}


@pytest.mark.parametrize("wrong", SPOILED)
def test_what_does_not_hold_says_nothing(provider: Provider, wrong: str) -> None:
    """Each thing that a token must say, said wrongly or not at all, is enough for it to prove nobody."""
    SPOILED[wrong](provider)
    with pytest.raises(NotAuthenticated):
        round_trip(provider)


def test_a_code_is_good_for_its_own_round_trip_only(provider: Provider) -> None:
    """A code that somebody else's browser brings has not the verifier with which it was asked for."""
    ours = client(provider)
    code = provider.approve(ours.leave(BACK).url)["code"]
    with pytest.raises(NotAuthenticated):
        ours.arrive(code, leaving=ours.leave(BACK), back_to=BACK)


def test_a_code_is_used_once(provider: Provider) -> None:
    """The same code a second time lets nobody in."""
    ours = client(provider)
    leaving = ours.leave(BACK)
    code = provider.approve(leaving.url)["code"]
    ours.arrive(code, leaving=leaving, back_to=BACK)
    with pytest.raises(NotAuthenticated):
        ours.arrive(code, leaving=leaving, back_to=BACK)


def test_whoever_answers_must_be_the_issuer(provider: Provider) -> None:
    """A provider that calls itself by another name is not the one that was set."""
    provider.calls_itself = "https://evil.example"
    with pytest.raises(Unavailable):
        client(provider).leave(BACK)


def test_the_provider_is_asked_through_the_one_door_out(provider: Provider) -> None:
    """A provider on this very machine is out of reach unless the operator says otherwise."""
    with pytest.raises(Unavailable):
        client(provider, reach=Reach()).leave(BACK)
    assert provider.seen == []


def test_new_keys_are_found(provider: Provider) -> None:
    """When the provider changes its keys, they are asked for again, and those it had before sign nothing any more."""
    ours = client(provider)
    round_trip(provider, ours)
    old, provider.key = provider.key, provider.foreign
    provider.clock.turn(timedelta(minutes=2))
    assert round_trip(provider, ours).subject == provider.subject
    provider.foreign, provider.signs = old, "foreign"
    with pytest.raises(NotAuthenticated):
        round_trip(provider, ours)


def test_nothing_secret_is_in_the_way_there(provider: Provider) -> None:
    """The address that a browser is led to holds neither the client's secret nor the verifier."""
    leaving = client(provider).leave(BACK)
    assert SECRET not in leaving.url
    assert leaving.verifier not in leaving.url
    assert "code_challenge_method=S256" in leaving.url
