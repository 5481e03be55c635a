"""Keys of callers: made, replaced, listed, revoked, asked for what they may do. Only a key's digest is ever kept."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime

from fiel.core.errors import Conflict, Malformed, NotAuthenticated, Unknown
from fiel.core.ids import Digest
from fiel.core.scope import RESERVED, Scope
from fiel.operations.house import House
from fiel.ports import ApiKey, Transaction


def issue_key(house: House, digest: Digest, *, name: str, scope: Scope, expires: datetime | None) -> Future[None]:
    """Admit the key of that digest.

    Raises `Conflict` if the name is taken, `Unknown` for places that the promise does not have, `Malformed` for a verb
    that opens nothing.
    """
    key = ApiKey(digest=digest, name=name, scope=scope, expires=expires)
    return house.store.write(lambda tx: _issue(house, tx, key))


def rotate_key(house: House, name: str, *, expires: datetime, successor: Callable[[Scope], Digest]) -> Future[ApiKey]:
    """Put another key, good until `expires`, in the place of the one of that name, in one transaction.

    `successor` gives the digest of a new key for the same scope, and may be asked more than once; the last one counts.
    Raises `Unknown` if no key of that name is in force. A scope of what the promise no longer has stays as it is: to
    replace a key that leaked must always be possible, and it opens no more than before.
    """
    return house.store.write(lambda tx: _rotate(tx, name, expires=expires, successor=successor))


def revoke_key(house: House, name: str) -> Future[None]:
    """Refuse the key of that name from now on; raises `Unknown` if there is none."""

    def revoked(tx: Transaction) -> None:
        _revoke(tx, name)

    return house.store.write(revoked)


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
    nothing = key.scope.verbs & RESERVED
    if nothing:
        raise Malformed(f"the scope `{min(nothing)}` opens nothing yet", hint="leave that word out")
    promise = house.shelf.now(tx).promise
    unknown = [*(key.scope.areas - promise.areas.keys()), *(key.scope.use_cases - promise.use_cases.keys())]
    if unknown:
        raise Unknown(f"the promise has no area or use case `{min(unknown)}`")
    if any(each.name == key.name and not each.revoked for each in tx.administration.api_keys()):
        raise Conflict(f"there is a key named `{key.name}` already", hint="revoke it, or choose another name")
    tx.administration.put_api_key(key)


def _rotate(tx: Transaction, name: str, *, expires: datetime, successor: Callable[[Scope], Digest]) -> ApiKey:
    old = _revoke(tx, name)[-1]
    key = ApiKey(digest=successor(old.scope), name=name, scope=old.scope, expires=expires)
    tx.administration.put_api_key(key)
    return key


def _revoke(tx: Transaction, name: str) -> Sequence[ApiKey]:
    keys = [key for key in tx.administration.api_keys() if key.name == name and not key.revoked]
    if not keys:
        raise Unknown(f"there is no key named `{name}`", hint="`fiel keys list DIR` names them")
    for key in keys:
        tx.administration.put_api_key(replace(key, revoked=True))
    return keys
