"""Laws of entries and standings."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import product

import pytest

from fiel.core.consent.choice import UNDECIDED, Standing, Status
from fiel.core.errors import Unknown
from fiel.core.ids import UseCaseId
from fiel.core.promise.usecase import Level
from fiel.ports import Store, Transaction
from fiel.testing.builders import a_lookup, a_place, a_recorded, a_standing, a_tag, an_entry, an_identity
from fiel.testing.clock import NOON
from fiel.testing.stores.opening import ODD, StoreCase, done, done_at_once, done_each

MOMENTS = (
    NOON,
    datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
    datetime(2040, 2, 29, 1, 2, 3, 4, tzinfo=UTC),
    datetime(2026, 10, 25, 2, 30, tzinfo=timezone(timedelta(hours=2))),
)


class ChoiceLaws(StoreCase):
    """What was chosen, and what it adds up to."""

    def test_no_entry_means_undecided(self, store: Store) -> None:
        """Where nothing was recorded the standing is unknown, which is no yes."""
        with store.read() as tx:
            assert tx.choices.standing(a_place()) == UNDECIDED
            assert list(tx.choices.places(a_place().use_case)) == []
            assert list(tx.choices.of(a_lookup(), a_tag())) == []

    def test_a_standing_comes_back_whole(self, store: Store) -> None:
        """Every status at every level is read as it was written."""
        standings = {
            a_place(f"{status}/{level}"): replace(
                a_standing(), status=status, level=level, contributes=level > Level.CONTEXT
            )
            for status, level in product(Status, Level)
        }
        done_at_once(store, lambda tx, each: tx.choices.stand(*each), standings.items())
        with store.read() as tx:
            assert {place: tx.choices.standing(place) for place in standings} == standings

    @pytest.mark.parametrize("at", MOMENTS)
    def test_moments_are_exact(self, store: Store, at: datetime) -> None:
        """No microsecond of a moment is lost, before 1970, on a leap day or in another zone."""
        done(store, lambda tx: tx.choices.stand(a_place(), replace(a_standing(at=at), since=at - timedelta(days=1))))
        with store.read() as tx:
            standing = tx.choices.standing(a_place())
        assert (standing.at, standing.since) == (at, at - timedelta(days=1))

    def test_a_standing_without_anything_comes_back_so(self, store: Store) -> None:
        """What a standing leaves open stays open."""
        done(store, lambda tx: tx.choices.stand(a_place(), Standing(status=Status.REQUESTED)))
        with store.read() as tx:
            assert tx.choices.standing(a_place()) == Standing(status=Status.REQUESTED)

    def test_the_latest_standing_holds(self, store: Store) -> None:
        """A standing takes the place of the one before."""
        done(store, lambda tx: tx.choices.stand(a_place(), a_standing()))
        done(store, lambda tx: tx.choices.stand(a_place(), a_standing(Status.WITHDRAWN, position=1)))
        with store.read() as tx:
            assert tx.choices.standing(a_place()) == a_standing(Status.WITHDRAWN, position=1)

    def test_no_place_stands_for_another(self, store: Store) -> None:
        """What somebody chose in one use case says nothing about another, or about anybody else."""
        done(store, lambda tx: tx.choices.stand(a_place(), a_standing()))
        with store.read() as tx:
            assert tx.choices.standing(a_place(use_case="newsletter")) == UNDECIDED
            assert tx.choices.standing(a_place("bea")) == UNDECIDED

    @pytest.mark.parametrize("use_case", ODD)
    def test_everybody_with_a_standing_is_listed(self, store: Store, use_case: str) -> None:
        """All places of a use case come with their standing, in the order of their names, and none that was cleared."""
        places = [a_place(str(number), use_case=use_case) for number in range(5)]
        done_at_once(store, lambda tx, each: tx.choices.stand(each[1], a_standing(position=each[0])), enumerate(places))
        done(store, lambda tx: tx.choices.stand(a_place(use_case="elsewhere"), a_standing()))
        done(store, lambda tx: tx.choices.clear(places[0]))
        expected = sorted((place.pseudonym, n) for n, place in enumerate(places) if n)
        with store.read() as tx:
            listed = list(tx.choices.places(UseCaseId(use_case)))
            assert tx.choices.standing(places[0]) == UNDECIDED
        assert [(pseudonym, standing.position) for pseudonym, standing in listed] == expected

    def test_places_are_listed_beyond_one_page(self, store: Store) -> None:
        """However many there are, all are listed, also while their standings change."""
        places = [a_place(str(number)) for number in range(2_100)]
        done_at_once(store, lambda tx, place: tx.choices.stand(place, a_standing()), places)

        def refuse_all(tx: Transaction) -> int:
            met = 0
            for pseudonym, _ in tx.choices.places(places[0].use_case):
                tx.choices.stand(replace(places[0], pseudonym=pseudonym), a_standing(Status.REFUSED))
                met += 1
            return met

        assert done(store, refuse_all) == len(places)

    def test_entries_are_kept_in_their_order(self, store: Store) -> None:
        """Entries of one person and use case come back whole, oldest first, apart from those of another use case."""
        mine = [a_recorded(an_entry(at=NOON + timedelta(days=n, microseconds=n)), position=2 * n) for n in range(12)]
        other = a_recorded(an_entry(Status.REFUSED, use_case="newsletter"), position=1)
        done(store, lambda tx: tx.identities.add(a_lookup(), an_identity()))
        done_each(store, lambda tx, recorded: tx.choices.record(a_lookup(), a_tag(), recorded), mine[:6])
        done(store, lambda tx: tx.choices.record(a_lookup(), a_tag("newsletter"), other))
        done_at_once(store, lambda tx, recorded: tx.choices.record(a_lookup(), a_tag(), recorded), mine[6:])
        with store.read() as tx:
            assert list(tx.choices.of(a_lookup(), a_tag())) == mine
            assert list(tx.choices.of(a_lookup(), a_tag("newsletter"))) == [other]
            assert list(tx.choices.of(a_lookup("bea"), a_tag())) == []

    def test_nobody_unknown_has_an_entry(self, store: Store) -> None:
        """Without an identity there is no key, so no entry is kept."""
        with pytest.raises(Unknown):
            done(store, lambda tx: tx.choices.record(a_lookup(), a_tag(), a_recorded()))
