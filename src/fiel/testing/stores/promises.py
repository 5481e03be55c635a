"""Laws of what was published."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fiel.core.errors import Conflict
from fiel.core.ids import Version
from fiel.core.promise.usecase import LegalBasis, Level, Promise, Recipient
from fiel.core.promise.version import notice_of, version_of
from fiel.ports import Store
from fiel.testing.builders import a_digest, a_promise, a_published_version, a_text, a_use_case, wider
from fiel.testing.clock import NOON
from fiel.testing.stores.opening import StoreCase, done, done_each


def whole_promise() -> Promise:
    """A promise in which every part that may be there is there, and none is in the order of the alphabet."""
    shared = Recipient(
        name="mill", via="webhook:mill", fields=frozenset({"item", "day"}), why=a_text("they pack it"), country="ES"
    )
    cases = (
        a_use_case("suggestions"),
        replace(
            a_use_case("alerts", area="service", basis=LegalBasis.LEGITIMATE_INTEREST),
            recipients=(shared,),
            explicit=True,
            infers_from=frozenset({"alcohol", "tobacco"}),
            without_choice=Level.CONTEXT,
            compatible_with=("reworded",),
            heeds_gpc=False,
        ),
        a_use_case("news", area="marketing", basis=LegalBasis.CONTRACT, cap=None),
    )
    return a_promise(*cases)


class PromiseLaws(StoreCase):
    """The promise in force, and every version that ever was."""

    def test_nothing_is_published_at_first(self, store: Store) -> None:
        """Before the first publishing there is no promise and no version."""
        with store.read() as tx:
            assert tx.promises.current() is None
            assert tx.promises.version(Version(a_digest("x").hex())) is None
            assert list(tx.promises.history(a_use_case().id)) == []
            assert list(tx.promises.use_cases()) == []

    def test_a_promise_comes_back_whole(self, store: Store) -> None:
        """A promise is read as it was published: equal, of the same versions and notices, in the same order."""
        promise = whole_promise()
        versions = [a_published_version(case) for case in promise.use_cases.values()]
        done(store, lambda tx: tx.promises.publish(promise, versions))
        with store.read() as tx:
            kept = tx.promises.current()
        assert kept is not None
        assert kept == promise
        assert [list(part) for part in (kept.areas, kept.attributes, kept.events, kept.use_cases)] == [
            list(part) for part in (promise.areas, promise.attributes, promise.events, promise.use_cases)
        ]
        for name, case in promise.use_cases.items():
            assert version_of(kept.use_cases[name]) == version_of(case)
            assert notice_of(kept.use_cases[name], kept.areas[case.area], controller=kept.controller) == notice_of(
                case, promise.areas[case.area], controller=promise.controller
            )

    def test_every_version_is_kept_by_its_digest(self, store: Store) -> None:
        """A version that is no longer in force is still found whole by its digest, and in the history, oldest first."""
        first = a_published_version(a_use_case())
        second = a_published_version(wider(a_use_case()), ordinal=2, at=NOON + timedelta(days=1))
        done(store, lambda tx: tx.promises.publish(a_promise(first.use_case), [first]))
        done(store, lambda tx: tx.promises.publish(a_promise(second.use_case), [second]))
        with store.read() as tx:
            assert tx.promises.current() == a_promise(second.use_case)
            assert tx.promises.version(first.version) == first
            assert tx.promises.version(second.version) == second
            assert list(tx.promises.history(first.use_case.id)) == [first, second]

    def test_a_change_may_be_reverted(self, store: Store) -> None:
        """A version that is published again has a place of its own in the history, and its latest one is found."""
        first, again = a_published_version(), a_published_version(ordinal=3, at=NOON + timedelta(days=2))
        second = a_published_version(wider(a_use_case()), ordinal=2, at=NOON + timedelta(days=1))
        versions = [first, second, again]
        done_each(store, lambda tx, each: tx.promises.publish(a_promise(each.use_case), [each]), versions)
        with store.read() as tx:
            assert list(tx.promises.history(first.use_case.id)) == [first, second, again]
            assert tx.promises.version(first.version) == again

    @pytest.mark.parametrize("ordinal", [1, 2])
    def test_no_ordinal_is_given_twice(self, store: Store, ordinal: int) -> None:
        """A version cannot take the number of another one, and then the promise in force stays as well."""
        first, second = a_published_version(), a_published_version(wider(a_use_case()), ordinal=2)
        done(store, lambda tx: tx.promises.publish(a_promise(), [first, second]))
        with pytest.raises(Conflict):
            done(store, lambda tx: tx.promises.publish(whole_promise(), [replace(first, ordinal=ordinal)]))
        with store.read() as tx:
            assert tx.promises.current() == a_promise()
            assert list(tx.promises.history(first.use_case.id)) == [first, second]

    def test_use_cases_are_never_forgotten(self, store: Store) -> None:
        """A use case that is no longer in force is still listed, for it may still hold something."""
        gone = a_published_version(a_use_case("gone"))
        done(store, lambda tx: tx.promises.publish(a_promise(gone.use_case), [gone]))
        done(store, lambda tx: tx.promises.publish(a_promise(), [a_published_version()]))
        with store.read() as tx:
            assert list(tx.promises.use_cases()) == ["gone", "suggestions"]

    def test_a_rewording_has_no_version(self, store: Store) -> None:
        """A promise that only says it otherwise is in force without a new version."""
        reworded = replace(a_use_case(), title=a_text("other words"))
        done(store, lambda tx: tx.promises.publish(a_promise(), [a_published_version()]))
        done(store, lambda tx: tx.promises.publish(a_promise(reworded), []))
        with store.read() as tx:
            assert tx.promises.current() == a_promise(reworded)
            assert len(tx.promises.history(reworded.id)) == 1
