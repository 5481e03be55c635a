"""Laws of what is not about people."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final

import pytest

from fiel.core.errors import Conflict
from fiel.core.ids import Position
from fiel.core.use.gate import DropReason
from fiel.ports import Answered, Once, Store, Transaction
from fiel.testing.builders import (
    a_compartment,
    a_digest,
    a_model,
    a_permit,
    a_place,
    a_promise,
    a_published_version,
    a_standing,
    a_use_case,
    an_api_key,
    an_item,
)
from fiel.testing.clock import NOON
from fiel.testing.stores.opening import ODD, StoreCase, done, done_at_once

Act = Callable[[Transaction], object]

GROWS: Final[dict[str, Act]] = {
    "promise": lambda tx: tx.promises.publish(a_promise(), [a_published_version()]),
    "catalogue": lambda tx: tx.catalogue.put([an_item()]),
    "model": lambda tx: tx.totals.publish(a_use_case().id, {"ease": a_model()}),
    "no model": lambda tx: tx.totals.withdraw(a_use_case().id),
}
STAYS: Final[dict[str, Act]] = {
    "choice": lambda tx: tx.choices.stand(a_place(), a_standing()),
    "compartment": lambda tx: tx.compartments.save(a_permit(), a_compartment()),
    "ledger": lambda tx: tx.ledger.append(b"leaf"),
    "total": lambda tx: tx.totals.shift(a_use_case().id, "ease", {("tea", ""): 1}),
    "dropped": lambda tx: tx.administration.drop({("", DropReason.STALE): 1}),
}
ONCE: Final = Once(key=a_digest("key"), request=a_digest("request"))
ANSWERED: Final = Answered(request=ONCE.request, position=Position(3), effects=("forget", "shred"), at=NOON)


class AdministrationLaws(StoreCase):
    """Keys of callers, answered requests, counts of what was dropped, generations."""

    def test_there_is_nothing_at_first(self, store: Store) -> None:
        """No key, no answer and no count is there before it was written."""
        with store.read() as tx:
            assert tx.administration.api_key(a_digest("x")) is None
            assert list(tx.administration.api_keys()) == []
            assert tx.administration.answered(ONCE) is None
            assert tx.administration.dropped() == {}

    def test_keys_of_callers_come_back_whole(self, store: Store) -> None:
        """Each key is found by its digest and listed by its name, whatever it is called."""
        keys = [an_api_key(name) for name in ODD]
        done_at_once(store, lambda tx, key: tx.administration.put_api_key(key), keys)
        with store.read() as tx:
            assert [tx.administration.api_key(key.digest) for key in keys] == keys
            assert list(tx.administration.api_keys()) == sorted(keys, key=lambda key: key.name.encode())

    def test_a_key_is_revoked_by_putting_it_again(self, store: Store) -> None:
        """The latest form of a key counts, and two keys may have one name."""
        done(store, lambda tx: tx.administration.put_api_key(an_api_key()))
        done(store, lambda tx: tx.administration.put_api_key(replace(an_api_key(), digest=a_digest("second"))))
        done(store, lambda tx: tx.administration.put_api_key(replace(an_api_key(), revoked=True, expires=None)))
        with store.read() as tx:
            assert tx.administration.api_key(an_api_key().digest) == replace(an_api_key(), revoked=True, expires=None)
            assert {key.digest for key in tx.administration.api_keys()} == {an_api_key().digest, a_digest("second")}

    def test_an_answer_is_kept(self, store: Store) -> None:
        """What was answered to a request is found by its key, also for another request under the same key."""
        done(store, lambda tx: tx.administration.answer(ONCE, ANSWERED))
        with store.read() as tx:
            assert tx.administration.answered(ONCE) == ANSWERED
            assert tx.administration.answered(replace(ONCE, request=a_digest("other"))) == ANSWERED
            assert tx.administration.answered(replace(ONCE, key=a_digest("other"))) is None

    def test_an_answer_is_given_once(self, store: Store) -> None:
        """No second answer takes the place of the first."""
        done(store, lambda tx: tx.administration.answer(ONCE, ANSWERED))
        with pytest.raises(Conflict):
            done(store, lambda tx: tx.administration.answer(ONCE, replace(ANSWERED, position=Position(4))))
        with store.read() as tx:
            assert tx.administration.answered(ONCE) == ANSWERED

    def test_old_answers_are_forgotten(self, store: Store) -> None:
        """Answers given before an instant go, and their keys are free again; later ones stay."""
        later = replace(ONCE, key=a_digest("later"))
        done(store, lambda tx: tx.administration.answer(ONCE, ANSWERED))
        done(store, lambda tx: tx.administration.answer(later, replace(ANSWERED, at=NOON + timedelta(hours=1))))
        done(store, lambda tx: tx.administration.forget_answers(before=NOON))
        with store.read() as tx:
            assert tx.administration.answered(ONCE) == ANSWERED
        done(store, lambda tx: tx.administration.forget_answers(before=NOON + timedelta(hours=1)))
        with store.read() as tx:
            assert tx.administration.answered(ONCE) is None
            assert tx.administration.answered(later) is not None

    def test_drops_are_counted(self, store: Store) -> None:
        """What was dropped adds up by use case and reason."""
        done(store, lambda tx: tx.administration.drop({(name, DropReason.STALE): 2 for name in ("", *ODD)}))
        done(store, lambda tx: tx.administration.drop({("a", DropReason.STALE): 3, ("a", DropReason.MALFORMED): 1}))
        with store.read() as tx:
            dropped = tx.administration.dropped()
        assert dropped[("a", DropReason.STALE)] == 5
        assert dropped[("a", DropReason.MALFORMED)] == 1
        assert dropped[("", DropReason.STALE)] == 2
        assert len(dropped) == len(ODD) + 2

    @pytest.mark.parametrize("act", GROWS)
    def test_the_generation_grows_with_what_is_in_force(self, store: Store, act: str) -> None:
        """With a promise, a model or the catalogue the generation changes, in the same act and for every later read."""

        def seen(tx: Transaction) -> tuple[int, int]:
            before = tx.administration.generation()
            GROWS[act](tx)
            return before, tx.administration.generation()

        before, after = done(store, seen)
        assert before < after
        with store.read() as tx:
            assert tx.administration.generation() == after

    @pytest.mark.parametrize("act", STAYS)
    def test_the_generation_stays_with_what_is_not(self, store: Store, act: str) -> None:
        """What concerns people or counts leaves the generation as it is."""
        done(store, GROWS["promise"])
        with store.read() as tx:
            before = tx.administration.generation()
        done(store, STAYS[act])
        with store.read() as tx:
            assert tx.administration.generation() == before

    def test_no_generation_is_given_twice(self, store: Store) -> None:
        """The number of a generation that was undone never names another: what was read under it is not kept for it."""
        met: list[int] = []

        def fails(tx: Transaction) -> None:
            tx.catalogue.put([an_item("undone")])
            met.append(tx.administration.generation())
            raise LookupError

        done(store, GROWS["promise"])
        with store.read() as tx:
            before = tx.administration.generation()
        with pytest.raises(LookupError):
            done(store, fails)
        with store.read() as tx:
            assert tx.administration.generation() == before
        done(store, GROWS["catalogue"])
        with store.read() as tx:
            assert tx.administration.generation() > met[0] > before
