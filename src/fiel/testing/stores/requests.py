"""Laws of requests."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fiel.core.consent.choice import Attestation
from fiel.core.errors import Unknown
from fiel.core.ids import RequestId
from fiel.core.rights import Move, Request, Step, advance
from fiel.ports import Store
from fiel.testing.builders import a_lookup, a_request, an_identity
from fiel.testing.clock import NOON
from fiel.testing.stores.opening import StoreCase, done, done_at_once


class RequestLaws(StoreCase):
    """What people asked for."""

    def test_nothing_was_asked_for_at_first(self, store: Store) -> None:
        """Of somebody who asked for nothing there is nothing, nor under any id."""
        with store.read() as tx:
            assert list(tx.requests.of(a_lookup())) == []
            assert tx.requests.find(a_request().id) is None
            assert list(tx.requests.page(None, limit=10)) == []

    def test_a_request_comes_back_whole(self, store: Store) -> None:
        """A request is found by its id, through its person and in the list, with all that became of it."""
        step = Step(at=NOON, move=Move.VERIFY, by=Attestation.CONTROLLER, reason="¿quién? \u2028 '")
        asked = advance(replace(a_request(), note="ñandú"), step)
        done(store, lambda tx: tx.identities.add(a_lookup(), an_identity()))
        done(store, lambda tx: tx.requests.put(a_lookup(), asked))
        with store.read() as tx:
            assert list(tx.requests.of(a_lookup())) == [asked]
            assert tx.requests.find(asked.id) == (a_lookup(), asked)
            assert list(tx.requests.page(None, limit=10)) == [(a_lookup(), asked)]

    def test_what_became_of_it_takes_its_place(self, store: Store) -> None:
        """A request that is put again is still one."""
        asked, extended = a_request(), replace(a_request(), due=None, verified=True)
        done(store, lambda tx: tx.identities.add(a_lookup(), an_identity()))
        done_at_once(store, lambda tx, each: tx.requests.put(a_lookup(), each), [asked, extended])
        with store.read() as tx:
            assert list(tx.requests.of(a_lookup())) == [extended]

    def test_each_has_their_own(self, store: Store) -> None:
        """A person's requests are theirs, oldest first; the list has everybody's, each once, page by page."""
        mine = [a_request("later", at=NOON + timedelta(days=1)), a_request("sooner")]
        yours = a_request("another")

        def put(name: str, *asked: Request) -> None:
            done(store, lambda tx: tx.identities.add(a_lookup(name), an_identity(name)))
            done_at_once(store, lambda tx, each: tx.requests.put(a_lookup(name), each), asked)

        put("ana", *mine)
        put("bea", yours)
        with store.read() as tx:
            assert list(tx.requests.of(a_lookup("ana"))) == mine[::-1]
            assert list(tx.requests.of(a_lookup("bea"))) == [yours]
            listed, after = [], None
            while page := tx.requests.page(after, limit=2):
                listed += [request for _, request in page]
                after = listed[-1].id
        assert [request.id for request in listed] == sorted(each.id for each in [*mine, yours])

    def test_nobody_unknown_has_one(self, store: Store) -> None:
        """Without a person there is no key under which a request could lie."""
        with pytest.raises(Unknown):
            done(store, lambda tx: tx.requests.put(a_lookup(), a_request()))

    def test_requests_go_with_the_person(self, store: Store) -> None:
        """Whoever is removed takes their requests along, and leaves those of others."""
        names = ("ana", "bea")
        done_at_once(store, lambda tx, name: tx.identities.add(a_lookup(name), an_identity(name)), names)
        done_at_once(store, lambda tx, name: tx.requests.put(a_lookup(name), a_request(name)), names)
        done(store, lambda tx: tx.identities.remove(a_lookup("ana")))
        with store.read() as tx:
            assert tx.requests.find(a_request("ana").id) is None
            assert [request for _, request in tx.requests.page(None, limit=10)] == [a_request("bea")]

    def test_an_id_that_is_none_finds_nothing(self, store: Store) -> None:
        """An id of another length, or of nobody, finds nothing."""
        with store.read() as tx:
            assert tx.requests.find(RequestId("")) is None
            assert tx.requests.find(RequestId("00" * 40)) is None
