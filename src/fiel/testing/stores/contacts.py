"""Laws of addresses for notices, and of when somebody was asked."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fiel.core.errors import Unknown
from fiel.core.ids import LookupTag
from fiel.ports import Contact, Store, Transaction
from fiel.testing.builders import a_contact, a_lookup, a_place, a_standing, an_identity
from fiel.testing.clock import NOON
from fiel.testing.seals import MemorySeals
from fiel.testing.stores.opening import StoreCase, done

TAG, OTHER = b"t" * 16, b"o" * 16


def give(store: Store, person: str, contact: Contact, *, tag: bytes = TAG) -> None:
    """Let somebody, known or not yet, have an address."""

    def act(tx: Transaction) -> None:
        if tx.identities.find(a_lookup(person)) is None:
            tx.identities.add(a_lookup(person), an_identity(person))
        tx.contacts.put(a_lookup(person), contact, tag=tag)

    done(store, act)


class ContactLaws(StoreCase):
    """Where notices go."""

    def test_nobody_has_an_address_at_first(self, store: Store) -> None:
        """Without having given one nobody has one, and taking it away changes nothing."""
        done(store, lambda tx: tx.contacts.remove(a_lookup()))
        with store.read() as tx:
            assert tx.contacts.of(a_lookup()) is None
            assert (list(tx.contacts.at(TAG)), list(tx.contacts.page(None, limit=10))) == ([], [])

    def test_an_address_comes_back_whole(self, store: Store) -> None:
        """It is found by its person and by its tag, and each one's is their own."""
        give(store, "ana", a_contact())
        give(store, "bea", a_contact("bea@example.com"), tag=OTHER)
        with store.read() as tx:
            assert [tx.contacts.of(a_lookup(name)) for name in ("ana", "bea")] == [
                a_contact(),
                a_contact("bea@example.com"),
            ]
            assert [list(tx.contacts.at(tag)) for tag in (TAG, OTHER)] == [[a_lookup("ana")], [a_lookup("bea")]]

    def test_a_new_address_takes_the_place_of_the_old_one(self, store: Store) -> None:
        """Whoever changes it is no longer found by the one before."""
        give(store, "ana", a_contact())
        proved = replace(a_contact("new@example.com"), proved=NOON, summed=NOON)
        give(store, "ana", proved, tag=OTHER)
        with store.read() as tx:
            assert tx.contacts.of(a_lookup()) == proved
            assert [list(tx.contacts.at(tag)) for tag in (TAG, OTHER)] == [[], [a_lookup("ana")]]

    def test_one_address_may_be_of_several(self, store: Store) -> None:
        """People of one household share it, and each may take theirs away without the others."""
        for name in ("ana", "bea"):
            give(store, name, a_contact())
        with store.read() as tx:
            assert list(tx.contacts.at(TAG)) == sorted([a_lookup("ana"), a_lookup("bea")])
        done(store, lambda tx: tx.contacts.remove(a_lookup("ana")))
        with store.read() as tx:
            assert list(tx.contacts.at(TAG)) == [a_lookup("bea")]

    def test_an_address_needs_its_person(self, store: Store) -> None:
        """Somebody who is not known has no key to seal it under."""
        with pytest.raises(Unknown):
            done(store, lambda tx: tx.contacts.put(a_lookup(), a_contact(), tag=TAG))

    def test_an_address_goes_with_its_person(self, store: Store, seals: MemorySeals) -> None:
        """With the identity go address and key, also for whoever comes back under that name."""
        give(store, "ana", a_contact())
        done(store, lambda tx: tx.identities.remove(a_lookup()))
        assert list(seals.occupied()) == []
        done(store, lambda tx: tx.identities.add(a_lookup(), an_identity("again")))
        with store.read() as tx:
            assert (tx.contacts.of(a_lookup()), list(tx.contacts.at(TAG))) == (None, [])

    def test_pages_go_through_everybody_with_an_address_once(self, store: Store) -> None:
        """Page after page meets each of them once, in the order of their names."""
        names = [str(number) for number in range(7)]
        for name in names:
            give(store, name, a_contact())
        done(store, lambda tx: tx.identities.add(a_lookup("without"), an_identity("without")))
        met: list[LookupTag] = []
        with store.read() as tx:
            while page := tx.contacts.page(met[-1] if met else None, limit=3):
                assert len(page) <= 3
                met.extend(page)
        assert met == sorted(a_lookup(name) for name in names)

    def test_an_ask_is_remembered(self, store: Store) -> None:
        """The last ask of somebody in one use case is known, of nobody else and in no other, and goes when they do."""
        done(store, lambda tx: tx.choices.ask(a_place(), at=NOON - timedelta(days=1)))
        done(store, lambda tx: tx.choices.ask(a_place(), at=NOON))
        done(store, lambda tx: tx.choices.stand(a_place(), a_standing()))
        with store.read() as tx:
            assert tx.choices.asked(a_place()) == NOON
            assert tx.choices.asked(a_place("bea")) is None
            assert tx.choices.asked(a_place(use_case="other")) is None
            assert tx.choices.standing(a_place()) == a_standing()
        done(store, lambda tx: tx.choices.clear(a_place()))
        with store.read() as tx:
            assert tx.choices.asked(a_place()) is None
