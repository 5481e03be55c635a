"""Keys of callers: made, listed, revoked, and asked for what they may do. Only a key's digest is ever kept."""

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime

from fiel.core.errors import Conflict, NotAuthenticated, Unknown
from fiel.core.ids import Digest
from fiel.core.scope import Scope
from fiel.operations.house import House
from fiel.ports import ApiKey, Transaction


def issue_key(house: House, digest: Digest, *, name: str, scope: Scope, expires: datetime | None) -> Future[None]:
    """Admit the key of that digest; raises `Conflict` if the name is taken, `Unknown` for a scope of nothing."""
    key = ApiKey(digest=digest, name=name, scope=scope, expires=expires)
    return house.store.write(lambda tx: _issue(house, tx, key))


def revoke_key(house: House, name: str) -> Future[None]:
    """Refuse the key of that name from now on."""
    return house.store.write(lambda tx: _revoke(tx, name))


def list_keys(house: House) -> Sequence[ApiKey]:
    """All keys ever admitted."""
    with house.store.read() as tx:
        return tx.administration.api_keys()


def scope_of(house: House, digest: Digest) -> Scope:
    """What the holder of that key may do now; raises `NotAuthenticated` for a key unknown, revoked or expired."""
    with house.store.read() as tx:
        key = tx.administration.api_key(digest)
    if key is None or key.revoked or (key.expires is not None and key.expires <= house.clock.now()):
        raise NotAuthenticated("the key is unknown, revoked or expired", hint="`fiel keys issue DIR` makes one")
    return key.scope


def _issue(house: House, tx: Transaction, key: ApiKey) -> None:
    promise = house.shelf.now(tx).promise
    unknown = [*(key.scope.areas - promise.areas.keys()), *(key.scope.use_cases - promise.use_cases.keys())]
    if unknown:
        raise Unknown(f"the promise has no area or use case `{min(unknown)}`")
    if any(each.name == key.name and not each.revoked for each in tx.administration.api_keys()):
        raise Conflict(f"there is a key named `{key.name}` already", hint="revoke it, or choose another name")
    tx.administration.put_api_key(key)


def _revoke(tx: Transaction, name: str) -> None:
    keys = [key for key in tx.administration.api_keys() if key.name == name and not key.revoked]
    if not keys:
        raise Unknown(f"there is no key named `{name}`")
    for key in keys:
        tx.administration.put_api_key(replace(key, revoked=True))
