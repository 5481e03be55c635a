"""Laws of who works for the controller, and of looks at one person's data."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fiel.core.errors import Conflict, Unknown
from fiel.core.ids import LookupTag, Position, StaffId
from fiel.core.staff import Look, Role, Why
from fiel.ports import Link, Looked, Store, Transaction
from fiel.testing.builders import a_digest, a_lookup, an_identity
from fiel.testing.clock import NOON
from fiel.testing.stores.opening import StoreCase, done

ANA, BEA = StaffId(b"a" * 16), StaffId(b"b" * 16)
LINK = Link(staff=ANA, until=NOON + timedelta(minutes=15, microseconds=1), invites=True)
LOOKED = Looked(
    position=Position(7),
    look=Look(staff=ANA, role=Role.DPO, why=Why.ASKED, reason="preguntó qué guardamos", at=NOON),
    salt=b"s" * 32,
)


class StaffLaws(StoreCase):
    """Accounts, their handles, and links that let in once."""

    def test_nobody_works_here_at_first(self, store: Store) -> None:
        """There is no account, no handle and no link that was not put there."""
        with store.read() as tx:
            assert tx.staff.accounts() == {}
            assert tx.staff.account(ANA) is None
            assert tx.staff.called(a_digest("ana")) is None
            assert tx.staff.link(a_digest("link")) is None

    def test_an_account_comes_back_whole(self, store: Store) -> None:
        """What was sealed is found under its name and under each of its handles, the last form of it."""
        done(store, lambda tx: tx.staff.put(ANA, "first", handles=[a_digest("ana")]))
        done(store, lambda tx: tx.staff.put(ANA, "second", handles=[a_digest("ana"), a_digest("sub")]))
        done(store, lambda tx: tx.staff.put(BEA, "bea", handles=[a_digest("bea")]))
        with store.read() as tx:
            assert tx.staff.account(ANA) == "second"
            assert tx.staff.accounts() == {ANA: "second", BEA: "bea"}
            assert {tx.staff.called(a_digest(name)) for name in ("ana", "sub")} == {ANA}

    def test_a_handle_that_is_left_out_is_free(self, store: Store) -> None:
        """Putting an account again lets go of the handles that it no longer has."""
        done(store, lambda tx: tx.staff.put(ANA, "first", handles=[a_digest("ana")]))
        done(store, lambda tx: tx.staff.put(ANA, "second", handles=[a_digest("other")]))
        done(store, lambda tx: tx.staff.put(BEA, "bea", handles=[a_digest("ana")]))
        with store.read() as tx:
            assert tx.staff.called(a_digest("ana")) == BEA

    def test_a_handle_is_one_account_s(self, store: Store) -> None:
        """Nobody takes the handle of somebody else, and trying changes nothing."""
        done(store, lambda tx: tx.staff.put(ANA, "ana", handles=[a_digest("ana")]))
        with pytest.raises(Conflict):
            done(store, lambda tx: tx.staff.put(BEA, "bea", handles=[a_digest("bea"), a_digest("ana")]))
        with store.read() as tx:
            assert tx.staff.accounts() == {ANA: "ana"}
            assert tx.staff.called(a_digest("bea")) is None

    def test_links_go_with_their_account(self, store: Store) -> None:
        """A link is found by its digest until those of its account are dropped; those of others stay."""
        done(store, lambda tx: tx.staff.put_link(a_digest("one"), LINK))
        done(store, lambda tx: tx.staff.put_link(a_digest("two"), replace(LINK, invites=False)))
        done(store, lambda tx: tx.staff.put_link(a_digest("bea"), replace(LINK, staff=BEA)))
        with store.read() as tx:
            assert tx.staff.link(a_digest("one")) == LINK
            assert tx.staff.link(a_digest("two")) == replace(LINK, invites=False)
        done(store, lambda tx: tx.staff.drop_links(ANA))
        with store.read() as tx:
            assert [tx.staff.link(a_digest(name)) for name in ("one", "two")] == [None, None]
            assert tx.staff.link(a_digest("bea")) == replace(LINK, staff=BEA)


class LookLaws(StoreCase):
    """Who looked at whom, under the key of whom they looked at."""

    def test_looks_come_back_in_their_order(self, store: Store) -> None:
        """The looks at one person are those that were recorded for them, by their place in the ledger."""
        later = replace(LOOKED, position=Position(9))

        def act(tx: Transaction) -> None:
            for person in ("ana", "bea"):
                tx.identities.add(a_lookup(person), an_identity(person))
            tx.looks.record(a_lookup("ana"), later)
            tx.looks.record(a_lookup("ana"), LOOKED)

        done(store, act)
        with store.read() as tx:
            assert list(tx.looks.of(a_lookup("ana"))) == [LOOKED, later]
            assert list(tx.looks.of(a_lookup("bea"))) == []

    def test_nobody_is_looked_at_who_is_not_known(self, store: Store) -> None:
        """Without a person there is no key for a look."""
        with pytest.raises(Unknown):
            done(store, lambda tx: tx.looks.record(LookupTag(b"x" * 16), LOOKED))

    def test_looks_go_with_their_person(self, store: Store) -> None:
        """When somebody is removed nothing of the looks at them is left, also for whoever comes by the same name."""

        def act(tx: Transaction) -> None:
            tx.identities.add(a_lookup("ana"), an_identity("ana"))
            tx.looks.record(a_lookup("ana"), LOOKED)

        done(store, act)
        done(store, lambda tx: tx.identities.remove(a_lookup("ana")))
        done(store, lambda tx: tx.identities.add(a_lookup("ana"), an_identity("ana")))
        with store.read() as tx:
            assert list(tx.looks.of(a_lookup("ana"))) == []
