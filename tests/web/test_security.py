"""The choke point by itself: what a route declares and what a caller shows come together in one function."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers

from fiel.core.consent.choice import Attestation
from fiel.core.errors import NotAllowed, NotAuthenticated, Unavailable
from fiel.core.ids import AreaId, Identifier
from fiel.core.scope import Scope, Verb
from fiel.ports import Transaction
from fiel.stores.memory import MemoryStore
from fiel.testing.builders import a_digest, a_use_case
from fiel.testing.seals import MemorySeals
from fiel.web.security import (
    Admitted,
    Caller,
    Door,
    Leave,
    Person,
    PublishableKey,
    ServerKey,
    Stranger,
    admit,
)
from tests.web.asking import FULL, PAGE, Asking
from tests.web.serving import ANA, believe, open_doors

DIGEST = a_digest("key")
SCOPES = st.builds(
    Scope,
    verbs=st.frozensets(st.sampled_from(Verb)),
    areas=st.frozensets(st.sampled_from([AreaId("sales"), AreaId("service")])),
)
LEAVES = st.builds(
    Leave,
    st.none() | st.sampled_from(Verb),
    person=st.booleans(),
    publishable=st.booleans(),
    unseen=st.booleans(),
)
CALLERS: st.SearchStrategy[Caller] = st.one_of(
    st.builds(Stranger),
    st.builds(Person, st.just(ANA)),
    st.builds(ServerKey, SCOPES, st.just(DIGEST), st.booleans()),
    st.builds(PublishableKey, SCOPES, st.just(DIGEST), st.none() | st.just(ANA)),
)


@given(caller=CALLERS, leave=LEAVES)
def test_nobody_gets_more_than_was_declared(caller: Caller, leave: Leave) -> None:
    """Whoever is let in is a person where people are, or has a key of the verb and of a kind that is, or it is open."""
    try:
        admitted = admit(caller, leave)
    except (NotAllowed, NotAuthenticated, Unavailable):
        assert leave.verb is not None
        return
    if leave.verb is None:
        assert admitted == Admitted(verb=None)
    elif admitted.person is not None:
        assert leave.person
        assert isinstance(caller, Person | PublishableKey)
        assert admitted.scope is None
    else:
        assert isinstance(caller, ServerKey | PublishableKey)
        assert admitted.scope is caller.scope
        assert leave.verb in caller.scope.verbs
        assert leave.publishable or isinstance(caller, ServerKey)
        assert leave.unseen or not admitted.unseen


def test_a_key_that_was_not_seen_may_only_be_told_what_everybody_may() -> None:
    """What a key was when the store last said so opens nothing but a route that says it is content with that."""
    key = ServerKey(Scope(verbs=frozenset(Verb)), DIGEST, unseen=True)
    with pytest.raises(Unavailable):
        admit(key, Leave(Verb.RIGHTS))
    assert admit(key, Leave(Verb.DECIDE, unseen=True)).unseen


def test_a_limit_of_place_holds_for_keys_and_not_for_people() -> None:
    """A key for one area covers its use cases alone; a person covers whatever is theirs."""
    here, elsewhere = a_use_case(), a_use_case("help", area="service")
    key = admit(ServerKey(Scope(verbs=frozenset(Verb), areas=frozenset({here.area})), DIGEST), Leave(Verb.CHOICES))
    person = admit(Person(ANA), Leave(Verb.CHOICES, person=True))
    assert [key.covers(here), key.covers(elsewhere), person.covers(elsewhere)] == [True, False, True]
    for case in (elsewhere, None):
        with pytest.raises(NotAllowed):
            key.ask(case)
        person.ask(case)
    key.ask(here)
    assert (key.attestation, person.attestation) == (Attestation.CONTROLLER, Attestation.PERSON)


def test_only_the_person_and_the_controller_prove_something() -> None:
    """A key in a page proves nobody, whatever it may do."""
    scope = Scope(verbs=frozenset(Verb), publishable=True)
    leave = Leave(Verb.COLLECT, person=True, publishable=True)
    assert not admit(PublishableKey(scope, DIGEST), leave).proves
    assert admit(PublishableKey(scope, DIGEST, ANA), leave).proves
    assert admit(ServerKey(Scope(verbs=frozenset(Verb)), DIGEST), leave).proves


def test_callers_are_told_apart() -> None:
    """Two keys, and two people, are never the same caller, however they came in."""
    leave = Leave(Verb.CHOICES, person=True)
    bea = Identifier.parse("user:bea")
    scope = Scope(verbs=frozenset(Verb))
    whose = [
        admit(caller, leave).whose
        for caller in (
            Person(ANA),
            Person(bea),
            PublishableKey(scope, DIGEST, bea),
            ServerKey(scope, DIGEST),
            ServerKey(scope, a_digest("other")),
        )
    ]
    assert whose[1] == whose[2]
    assert len(set(whose)) == 4


@pytest.mark.parametrize(
    ("shown", "caller"),
    [
        ({}, Stranger),
        ({"authorization": f"Bearer {FULL}"}, ServerKey),
        ({"authorization": f"bearer {FULL}"}, ServerKey),
        ({"authorization": f"Bearer {PAGE}"}, PublishableKey),
        ({"authorization": "Bearer the token of ana"}, Person),
        ({"x-fiel-subject": "the token of ana"}, Person),
    ],
)
def test_a_caller_is_known_by_what_is_shown(shown: dict[str, str], caller: type) -> None:
    """A key is known by its beginning and a person by their token, alone or beside a key in a page."""
    assert isinstance(_door().meet(Headers(shown)), caller)


@pytest.mark.parametrize(
    ("shown", "basic"),
    [
        ({"authorization": "Basic ZmllbF9za19ldmVyeXRoaW5nOg=="}, False),
        ({"authorization": "Basic %%%"}, True),
        ({"authorization": "Basic /////w=="}, True),
        ({"authorization": "Bearer fiel_sk_\udcff"}, False),
        ({"authorization": "Bearer \xff"}, False),
        ({"authorization": "Negotiate x"}, True),
    ],
)
def test_what_is_not_good_is_nobodys(shown: dict[str, str], *, basic: bool) -> None:
    """Anything else that is shown is refused as not authenticated, never as a fault."""
    headers = Headers(raw=[(name.encode(), value.encode("utf-8", "surrogatepass")) for name, value in shown.items()])
    with pytest.raises(NotAuthenticated):
        _door().meet(headers, basic=basic)


def test_a_key_may_be_a_user_name_where_a_client_sends_it_so() -> None:
    """Basic is heeded where it is expected: nowhere else could a browser send it along with somebody's form."""
    shown = Headers({"authorization": "Basic ZmllbF9za19ldmVyeXRoaW5nOg=="})
    assert isinstance(_door().meet(shown, basic=True), ServerKey)


@pytest.mark.parametrize("fault", [RuntimeError("a fault"), Unavailable("gone")])
def test_a_fault_of_the_store_is_no_leave(fault: Exception) -> None:
    """While keys cannot be looked up, a server's that was met is let in unseen, and no other is."""
    store = _Moody(seals=MemorySeals())
    door = Door(Asking(open_doors(store)).house, believe=believe)
    door.meet(Headers({"authorization": f"Bearer {FULL}"}))
    door.meet(Headers({"authorization": f"Bearer {PAGE}"}))
    store.fault = fault
    met = door.meet(Headers({"authorization": f"Bearer {FULL}"}))
    assert isinstance(met, ServerKey)
    assert met.unseen
    for key in (PAGE, "fiel_sk_never_met"):
        with pytest.raises(Unavailable):
            door.meet(Headers({"authorization": f"Bearer {key}"}))


class _Moody(MemoryStore):
    """A store that fails when it is told to."""

    fault: Exception | None = None

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """A snapshot, or the fault."""
        if self.fault is not None:
            raise self.fault
        with super().read() as tx:
            yield tx


def _door() -> Door:
    return Door(Asking().house, believe=believe)
