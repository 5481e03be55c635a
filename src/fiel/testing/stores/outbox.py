"""Laws of the outbox: told in the transaction of what it tells, once at a time, in order, and never after erasure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from fiel.core.errors import Conflict, Unknown
from fiel.ports import HOOK, MAIL, Parcel, Store, Transaction, Waiting
from fiel.testing.builders import a_lookup, a_parcel, an_identity
from fiel.testing.clock import NOON
from fiel.testing.seals import MemorySeals
from fiel.testing.stores.opening import StoreCase, done, done_each

LEASE = timedelta(minutes=10)
LATER = NOON + timedelta(hours=1)


def put(store: Store, *parcels: Parcel, person: str | None = "ana", after: timedelta = timedelta()) -> None:
    """Let parcels wait for somebody who is known, or under keys of their own."""

    def act(tx: Transaction) -> None:
        for parcel in parcels:
            lookup = None if person is None else a_lookup(person)
            if lookup is not None and tx.identities.find(lookup) is None:
                tx.identities.add(lookup, an_identity(person or ""))
            tx.outbox.put(parcel, owner=a_lookup(person or "nobody"), person=lookup, due=NOON + after)

    done(store, act)


def claim(store: Store, *, now: timedelta = timedelta(), limit: int = 10) -> Sequence[Sequence[Waiting]]:
    """What a worker takes at that time."""
    at = NOON + now
    return done(store, lambda tx: tx.outbox.claim(now=at, until=at + LEASE, limit=limit))


def ids(bundles: Sequence[Sequence[Waiting]]) -> list[list[bytes]]:
    """Which parcels they are."""
    return [[each.parcel.id if each.parcel else b"" for each in bundle] for bundle in bundles]


class OutboxLaws(StoreCase):
    """What waits to be told."""

    def test_nothing_waits_at_first(self, store: Store) -> None:
        """An empty outbox has nothing to claim, nothing unsent, and nothing due."""
        assert list(claim(store)) == []
        with store.read() as tx:
            assert (list(tx.outbox.unsent()), tx.outbox.next_due()) == ([], None)

    @pytest.mark.parametrize("person", ["ana", None])
    def test_a_parcel_comes_back_whole(self, store: Store, person: str | None) -> None:
        """What waits is claimed as it was put, when it is due and not before."""
        parcel = a_parcel("one", address="ana@example.com", paper="x" * 20_000, until=LATER)
        put(store, parcel, person=person, after=timedelta(minutes=5))
        with store.read() as tx:
            assert tx.outbox.next_due() == NOON + timedelta(minutes=5)
        assert list(claim(store, now=timedelta(minutes=4))) == []
        ((waiting,),) = claim(store, now=timedelta(minutes=5))
        assert waiting.parcel == parcel
        assert (waiting.tries, waiting.given_up, waiting.person) == (0, False, a_lookup() if person else None)

    def test_what_is_undone_is_not_told(self, store: Store) -> None:
        """A notice stands and falls with the act that it tells of."""

        def fails(tx: Transaction) -> None:
            tx.outbox.put(a_parcel("one"), owner=b"o" * 16, person=None, due=NOON)
            raise Conflict("undone")

        with pytest.raises(Conflict):
            store.write(fails).result()
        assert list(claim(store)) == []

    def test_instants_are_no_finer_than_a_minute(self, store: Store) -> None:
        """What stands beside a sealed parcel does not say to the second when it was put: leaves could be told by it."""
        exact = NOON + timedelta(seconds=59, microseconds=7)
        put(store, replace(a_parcel("one"), at=exact), after=timedelta(seconds=59))
        ((waiting,),) = claim(store)
        assert (waiting.since, waiting.due) == (NOON, NOON)
        assert waiting.parcel is not None
        assert waiting.parcel.at == exact

    def test_two_workers_never_have_the_same(self, store: Store) -> None:
        """What one claimed nobody else gets before the lease is over, and then they do."""
        put(store, a_parcel("one"))
        ((first,),) = claim(store)
        assert list(claim(store, now=LEASE - timedelta(seconds=1))) == []
        ((second,),) = claim(store, now=LEASE)
        assert second.parcel == first.parcel

    def test_who_lost_the_lease_changes_nothing(self, store: Store) -> None:
        """A worker that comes too late neither removes nor puts off what another one has by now."""
        put(store, a_parcel("one"))
        ((late,),) = claim(store)
        ((mine,),) = claim(store, now=LEASE)
        done(store, lambda tx: tx.outbox.sent(late))
        done(store, lambda tx: tx.outbox.put_off(late, due=LATER, why="later"))
        done(store, lambda tx: tx.outbox.give_up(late, at=LATER, why="never"))
        with store.read() as tx:
            assert list(tx.outbox.unsent()) == []
            assert tx.outbox.find(mine.lane, mine.number) == mine
        done(store, lambda tx: tx.outbox.sent(mine))
        assert list(claim(store, now=2 * LEASE)) == []

    def test_each_lane_keeps_its_order(self, store: Store) -> None:
        """Of one person and target all come together, in the order in which they were put, and others beside them."""
        put(store, a_parcel("1"), a_parcel("2"))
        put(store, a_parcel("3"), person="bea")
        put(store, a_parcel("4"), a_parcel("5", target=HOOK + "crm"))
        assert sorted(ids(claim(store))) == [[b"1", b"2", b"4"], [b"3"], [b"5"]]

    def test_a_claim_is_bounded(self, store: Store) -> None:
        """No more lanes are taken than asked for, and the others are there for the next one."""
        for name in ("ana", "bea", "cleo"):
            put(store, a_parcel(name), person=name)
        first, second = claim(store, limit=2), claim(store, limit=2)
        assert sorted([*ids(first), *ids(second)]) == [[b"ana"], [b"bea"], [b"cleo"]]
        assert [len(first), len(second)] == [2, 1]

    def test_a_long_lane_is_taken_piece_by_piece(self, store: Store) -> None:
        """What does not fit into one claim is neither lost nor held up by it."""
        names = [str(number) for number in range(150)]
        put(store, *(a_parcel(name) for name in names))
        met: list[bytes] = []
        while bundles := claim(store):
            done_each(store, lambda tx, waiting: tx.outbox.sent(waiting), bundles[0])
            met += ids(bundles)[0]
        assert met == [name.encode() for name in names]

    def test_what_is_put_off_holds_up_what_is_behind(self, store: Store) -> None:
        """Nothing overtakes what is tried again, and what was taken with it is free with it."""
        put(store, a_parcel("1"), a_parcel("2"))
        ((first, _),) = claim(store)
        done(store, lambda tx: tx.outbox.put_off(first, due=LATER, why="later"))
        assert list(claim(store)) == []
        with store.read() as tx:
            assert [(each.tries, each.why, each.due) for each in tx.outbox.unsent()] == [(1, "later", LATER)]
        ((again, behind),) = claim(store, now=timedelta(hours=1))
        assert [again.tries, behind.tries] == [1, 0]
        done(store, lambda tx: tx.outbox.put_off(again, due=LATER, why=""))
        ((again, _),) = claim(store, now=timedelta(hours=1))
        assert (again.tries, again.why) == (1, "later")


class UnsentLaws(StoreCase):
    """What waited and did not arrive, or never will."""

    def test_what_is_given_up_is_listed_and_holds_up_nobody(self, store: Store) -> None:
        """What is not tried any more is there to be seen to, until it is tried again or forgotten."""
        put(store, a_parcel("1"), a_parcel("2"))
        ((first, _),) = claim(store)
        done(store, lambda tx: tx.outbox.give_up(first, at=NOON, why="never"))
        with store.read() as tx:
            (listed,) = tx.outbox.unsent()
            assert (listed.parcel, listed.given_up, listed.why, listed.tries) == (a_parcel("1"), True, "never", 1)
            assert tx.outbox.find(listed.lane, listed.number) == listed
            assert tx.outbox.find(listed.lane, listed.number + 9) is None
            assert list(tx.outbox.unsent(limit=0)) == []
        assert ids(claim(store, now=LEASE)) == [[b"2"]]
        assert done(store, lambda tx: tx.outbox.retry(listed.lane, listed.number, now=NOON))
        assert not done(store, lambda tx: tx.outbox.retry(listed.lane, listed.number, now=NOON))
        assert ids(claim(store, now=2 * LEASE)) == [[b"1", b"2"]]

    def test_what_was_given_up_is_forgotten_in_time(self, store: Store, seals: MemorySeals) -> None:
        """Only what was given up before then goes, and its own key with it."""
        put(store, a_parcel("1"), person=None)
        put(store, a_parcel("2"), person="bea")
        first, second = (bundle[0] for bundle in claim(store))
        done(store, lambda tx: tx.outbox.give_up(first, at=NOON, why="never"))
        done(store, lambda tx: tx.outbox.give_up(second, at=NOON + timedelta(days=1), why="never"))
        put(store, a_parcel("3"), person="cleo")
        keys = len(seals.occupied())
        done(store, lambda tx: tx.outbox.forget(before=NOON + timedelta(hours=1)))
        with store.read() as tx:
            assert [each.parcel for each in tx.outbox.unsent()] == [second.parcel]
        assert len(seals.occupied()) == keys - (1 if first.person is None else 0)
        assert ids(claim(store)) == [[b"3"]]

    def test_a_key_of_its_own_dies_when_it_is_sent(self, store: Store, seals: MemorySeals) -> None:
        """What names nobody on record lies under a key that is made for it and destroyed with it."""
        put(store, a_parcel("1"), a_parcel("2"), person=None)
        assert len(seals.occupied()) == 2
        ((first, _),) = claim(store)
        done(store, lambda tx: tx.outbox.sent(first))
        assert len(seals.occupied()) == 1

    def test_what_waits_for_somebody_goes_with_them(self, store: Store, seals: MemorySeals) -> None:
        """Erasing somebody takes their notices along, and only those that lie under no key of theirs stay."""
        put(store, a_parcel("1"))
        put(store, a_parcel("2"), person="bea")
        ((first,), *_) = sorted(claim(store), key=ids_of)
        put(store, a_parcel("3"), person=None)
        done(store, lambda tx: tx.identities.remove(a_lookup()))
        with store.read() as tx:
            assert tx.outbox.find(first.lane, first.number) is None
        done(store, lambda tx: tx.outbox.sent(first))
        assert ids(claim(store)) == [[b"3"]]
        assert sorted(ids(claim(store, now=LEASE))) == [[b"2"], [b"3"]]
        assert len(seals.occupied()) == 2

    def test_somebody_who_is_not_known_is_told_nothing(self, store: Store) -> None:
        """Without a person there is no key to seal a notice under."""
        with pytest.raises(Unknown):
            done(store, lambda tx: tx.outbox.put(a_parcel("1"), owner=b"o" * 16, person=a_lookup(), due=NOON))

    def test_what_does_not_open_is_told_and_not_in_the_way(self, store: Store, seals: MemorySeals) -> None:
        """A parcel whose key is gone is claimed without its content, so that somebody gives it up."""
        put(store, a_parcel("1"), person=None)
        seals.destroy(seals.occupied())
        ((waiting,),) = claim(store)
        assert waiting.parcel is None
        done(store, lambda tx: tx.outbox.give_up(waiting, at=NOON, why="unreadable"))
        with store.read() as tx:
            assert [each.parcel for each in tx.outbox.unsent()] == [None]

    def test_mails_and_endpoints_have_lanes_of_their_own(self, store: Store) -> None:
        """An endpoint that is down keeps no mail from its person."""
        put(store, a_parcel("1", target=HOOK + "crm"), a_parcel("2", target=MAIL))
        bundles = {each[0].parcel.target: each[0] for each in claim(store) if each[0].parcel}
        done(store, lambda tx: tx.outbox.put_off(bundles[HOOK + "crm"], due=LATER, why="later"))
        done(store, lambda tx: tx.outbox.sent(bundles[MAIL]))
        put(store, a_parcel("3", target=MAIL))
        assert ids(claim(store)) == [[b"3"]]


def ids_of(bundle: Sequence[Waiting]) -> bytes:
    """By which bundles are put in order."""
    return ids([bundle])[0][0]
