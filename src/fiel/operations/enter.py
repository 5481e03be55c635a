"""A link is used once: what was spent is remembered, under a keyed digest, for as long as it could be shown again.

The memory is the one of answered requests, which is shared by all processes, survives a crash and is let go after a day
(`expire`): longer than a subject token or a session of the preference centre can last.
"""

from concurrent.futures import Future
from hashlib import sha256

from fiel.core.ids import Digest, Identifier, IdentifierKind, Position
from fiel.operations.house import House
from fiel.ports import Answered, Once, Transaction


def spend(house: House, thing: bytes) -> Future[bool]:
    """Spend a thing that may be used once; answers whether this was the first time, when that is durable.

    It is let through on a full disk, for it is the way to say no.
    """
    once = _once(house, thing)
    return house.store.write(lambda tx: _spend(house, tx, once), urgent=True)


def is_spent(house: House, thing: bytes) -> bool:
    """Whether it was spent before."""
    once = _once(house, thing)
    with house.store.read() as tx:
        return tx.administration.answered(once) is not None


def _spend(house: House, tx: Transaction, once: Once) -> bool:
    if tx.administration.answered(once) is not None:
        return False
    tx.administration.answer(
        once, Answered(request=once.request, position=Position(0), effects=(), at=house.clock.now())
    )
    return True


def remembered_as(house: House, thing: bytes) -> Digest:
    """A digest under the house's own key: what is kept for a day tells nothing to whoever guesses the thing."""
    plain = sha256(thing).hexdigest()
    return Digest(sha256(house.names.lookup(Identifier(IdentifierKind.ANONYMOUS, plain))).digest())


def _once(house: House, thing: bytes) -> Once:
    digest = remembered_as(house, b"fiel/1/spent" + thing)
    return Once(key=digest, request=digest)
