"""Laws of the identity table."""

from dataclasses import replace

import pytest

from fiel.core.errors import Conflict
from fiel.core.ids import IdentifierKind, LookupTag
from fiel.core.permit import Card
from fiel.ports import Store
from fiel.testing.builders import a_lookup, a_recorded, a_tag, an_identity
from fiel.testing.clock import NOON
from fiel.testing.seals import MemorySeals
from fiel.testing.stores.opening import ODD, StoreCase, done, done_at_once, done_each


class IdentityLaws(StoreCase):
    """Who is who."""

    def test_nobody_is_known_at_first(self, store: Store) -> None:
        """Of somebody who was never added nothing is found, and removing them changes nothing."""
        done(store, lambda tx: tx.identities.remove(a_lookup()))
        with store.read() as tx:
            assert tx.identities.find(a_lookup()) is None
            assert list(tx.identities.page(None, limit=10)) == []

    @pytest.mark.parametrize("name", [name for name in ODD if name.isprintable()])
    def test_an_identity_comes_back_whole(self, store: Store, name: str) -> None:
        """An identity is found as it was added, whatever the outside calls the person."""
        people = {a_lookup(f"{kind}:{name}"): an_identity(name, kind=kind) for kind in IdentifierKind}
        done_at_once(store, lambda tx, each: tx.identities.add(*each), people.items())
        with store.read() as tx:
            assert {lookup: tx.identities.find(lookup) for lookup in people} == people

    def test_each_is_found_by_their_own_name(self, store: Store) -> None:
        """One person's name never leads to another."""
        done_each(store, lambda tx, name: tx.identities.add(a_lookup(name), an_identity(name)), ("ana", "bea"))
        with store.read() as tx:
            assert tx.identities.find(a_lookup("ana")) == an_identity("ana")
            assert tx.identities.find(a_lookup("bea")) == an_identity("bea")

    def test_the_same_person_may_change_their_card(self, store: Store, seals: MemorySeals) -> None:
        """Adding somebody again replaces their card under the same key, and their entries stay readable."""
        english = replace(an_identity(), card=Card(language="en", jurisdiction="eu"))
        done(store, lambda tx: tx.identities.add(a_lookup(), an_identity()))
        done(store, lambda tx: tx.choices.record(a_lookup(), a_tag(), a_recorded()))
        done(store, lambda tx: tx.identities.add(a_lookup(), english))
        with store.read() as tx:
            assert tx.identities.find(a_lookup()) == english
            assert list(tx.choices.of(a_lookup(), a_tag())) == [a_recorded()]
        assert len(seals.occupied()) == 1

    def test_nobody_takes_the_place_of_another(self, store: Store) -> None:
        """Under a name that is taken no other person is added, and the first one stays."""
        done(store, lambda tx: tx.identities.add(a_lookup(), an_identity("ana")))
        with pytest.raises(Conflict):
            done(store, lambda tx: tx.identities.add(a_lookup(), an_identity("bea")))
        with store.read() as tx:
            assert tx.identities.find(a_lookup()) == an_identity("ana")

    def test_removing_takes_entries_and_key_along(self, store: Store, seals: MemorySeals) -> None:
        """With an identity go its entries and its key, also for whoever comes back under that name."""
        done(store, lambda tx: tx.identities.add(a_lookup(), an_identity()))
        done(store, lambda tx: tx.choices.record(a_lookup(), a_tag(), a_recorded()))
        done(store, lambda tx: tx.identities.remove(a_lookup()))
        assert list(seals.occupied()) == []
        done(store, lambda tx: tx.identities.add(a_lookup(), an_identity("again")))
        with store.read() as tx:
            assert tx.identities.find(a_lookup()) == an_identity("again")
            assert list(tx.choices.of(a_lookup(), a_tag())) == []

    def test_removing_one_leaves_the_others(self, store: Store) -> None:
        """Nobody goes with somebody else."""
        done_each(store, lambda tx, name: tx.identities.add(a_lookup(name), an_identity(name)), ("ana", "bea"))
        done(store, lambda tx: tx.identities.remove(a_lookup("ana")))
        with store.read() as tx:
            assert [identity for _, identity in tx.identities.page(None, limit=10)] == [an_identity("bea")]

    def test_pages_go_through_everybody_once(self, store: Store) -> None:
        """Page after page meets everybody once, in the order of their names, and no page is longer than asked."""
        people = {a_lookup(str(number)): an_identity(str(number)) for number in range(7)}
        done_at_once(store, lambda tx, each: tx.identities.add(*each), people.items())
        met: list[LookupTag] = []
        with store.read() as tx:
            while page := tx.identities.page(met[-1] if met else None, limit=3):
                assert len(page) <= 3
                assert all(people[lookup] == identity for lookup, identity in page)
                met.extend(lookup for lookup, _ in page)
        assert met == sorted(people)

    def test_suppression_lasts_until_it_is_lifted(self, store: Store) -> None:
        """Somebody erased stays on the list until they come back, and nobody else is on it."""
        done(store, lambda tx: tx.identities.suppress(a_lookup(), at=NOON))
        done(store, lambda tx: tx.identities.suppress(a_lookup(), at=NOON))
        with store.read() as tx:
            assert tx.identities.is_suppressed(a_lookup())
            assert not tx.identities.is_suppressed(a_lookup("bea"))
        done(store, lambda tx: tx.identities.lift(a_lookup()))
        done(store, lambda tx: tx.identities.lift(a_lookup("bea")))
        with store.read() as tx:
            assert not tx.identities.is_suppressed(a_lookup())
