"""Keys of callers: replaced in one step, and issued only for what they open."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

import pytest

from fiel.core.errors import Conflict, Malformed, NotAuthenticated, Unavailable, Unknown
from fiel.core.ids import AreaId, Digest
from fiel.core.scope import RESERVED, Scope, Verb
from fiel.operations.admit import issue_key, list_keys, revoke_key, rotate_key, scope_of
from fiel.operations.house import House
from fiel.operations.publish import publish
from fiel.ports import ApiKey, Store
from fiel.testing.builders import a_digest
from tests.laws.world import CARD, a_promise, card
from tests.operations.houses import Told, opened

OLD, NEW = a_digest("old"), a_digest("new")
OF_SALES = Scope(verbs=frozenset({Verb.COLLECT}), areas=frozenset({AreaId("sales")}), publishable=True)


def with_a_key(scope: Scope = OF_SALES) -> House:
    """A house with a key named `shop`, good for a day."""
    house = opened()
    issue_key(house, OLD, name="shop", scope=scope, expires=house.clock.now() + timedelta(days=1)).result()
    return house


def rotated(house: House, name: str = "shop", *, digest: Digest = NEW) -> ApiKey:
    """The key that took the place of another, good for a year."""
    expires = house.clock.now() + timedelta(days=365)
    return rotate_key(house, name, expires=expires, successor=lambda _scope: digest).result()


class Writing:
    """A store that counts its transactions, and in which keys after the first of each cannot be put if it `fails`."""

    def __init__(self, store: Store, *, fails: bool = False) -> None:
        self._store, self._fails, self.transactions = store, fails, 0

    def write(self, act: Callable[[Any], object], *, urgent: bool = False) -> object:
        """Write, or break down half-way."""
        self.transactions += 1
        return self._store.write(lambda tx: act(self._bent(tx)), urgent=urgent)

    def _bent(self, tx: Any) -> Any:  # noqa: ANN401 - any transaction
        put = [0]

        def put_api_key(key: ApiKey) -> None:
            put[0] += 1
            if self._fails and put[0] > 1:
                raise Unavailable("the disk is full")
            tx.administration.put_api_key(key)

        return Told(tx, administration=Told(tx.administration, put_api_key=put_api_key))

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)


def writing(house: House, *, fails: bool = False) -> tuple[House, Writing]:
    """The same house on a store that is watched."""
    store = Writing(house.store, fails=fails)
    return replace(house, store=cast("Store", store)), store


def test_a_key_is_replaced_in_one_transaction() -> None:
    """The old key is refused and the new one has its name and scope, and a term of its own, all at once."""
    house, store = writing(with_a_key())
    key = rotated(house)
    assert store.transactions == 1
    assert (key.name, key.scope, key.expires) == ("shop", OF_SALES, house.clock.now() + timedelta(days=365))
    assert scope_of(house, NEW) == OF_SALES
    with pytest.raises(NotAuthenticated):
        scope_of(house, OLD)


def test_a_replacement_that_fails_leaves_the_old_key() -> None:
    """Where the new key cannot be written the old one is good as before."""
    house, _ = writing(with_a_key(), fails=True)
    with pytest.raises(Unavailable):
        rotated(house)
    assert scope_of(house, OLD) == OF_SALES
    assert [key.revoked for key in list_keys(house)] == [False]


def test_only_a_key_in_force_is_replaced() -> None:
    """Neither a name that never was nor one whose key was revoked gives a new key."""
    house = with_a_key()
    revoke_key(house, "shop").result()
    for name in ("shop", "nobody"):
        with pytest.raises(Unknown, match=f"there is no key named `{name}`"):
            rotated(house, name)
        with pytest.raises(Unknown):
            revoke_key(house, name).result()


def test_an_expired_key_is_replaced_by_a_good_one() -> None:
    """A replacement is good for its own term, also when the old key is not any more."""
    house = with_a_key()
    cast("Any", house.clock).turn(timedelta(days=2))
    rotated(house)
    assert scope_of(house, NEW) == OF_SALES


def test_a_key_is_replaced_whatever_became_of_the_promise() -> None:
    """A key that leaked is replaced also where the area that it was for is gone; a new one is not issued for it."""
    house = with_a_key()
    promise = a_promise("base")
    less = replace(promise, areas={card().area: promise.areas[card().area]}, use_cases={CARD: card()})
    publish(house, less, approved_by=("one", "two")).result()
    assert rotated(house).scope == OF_SALES
    with pytest.raises(Unknown):
        issue_key(house, a_digest("more"), name="more", scope=OF_SALES, expires=None).result()


def test_a_name_that_is_in_use_is_taken() -> None:
    """Two keys in force never share a name."""
    with pytest.raises(Conflict):
        issue_key(with_a_key(), NEW, name="shop", scope=OF_SALES, expires=None).result()


@pytest.mark.parametrize("verb", sorted(RESERVED))
def test_no_key_is_issued_for_what_opens_nothing(verb: Verb) -> None:
    """A verb that no route asks for is refused when a key is made, alone and among others."""
    house = opened()
    for verbs in ({verb}, {verb, Verb.READ}):
        with pytest.raises(Malformed, match=verb.value):
            issue_key(house, NEW, name="a", scope=Scope(verbs=frozenset(verbs)), expires=None).result()
    assert list(list_keys(house)) == []
