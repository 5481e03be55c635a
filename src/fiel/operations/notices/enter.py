"""A way in by mail: a link to an address on record, good for a quarter of an hour and for one time.

Whoever asks is told the same, and what is done for them is the same, whether the address is on record or not: a parcel
is written with what they typed, and only the worker looks, later, whose it is. If it is nobody's, nothing is sent.
"""

from datetime import timedelta
from hashlib import sha256
from typing import Final

from fiel.core.errors import TooMany
from fiel.core.ids import Identifier
from fiel.core.notices import Kind
from fiel.operations.enter import is_spent, spend
from fiel.operations.house import House
from fiel.operations.limit import Limit
from fiel.operations.notices.contact import address_tag, mail_address, still_at
from fiel.operations.notices.links import Does, followed
from fiel.ports import MAIL, Parcel

STALE: Final = timedelta(minutes=15)
"""After so long nobody waits for the link any more, and it is not sent."""


_OF_CLIENT: Final = Limit("links for a client", 10, STALE)
_OF_ADDRESS: Final = Limit("links to an address", 3, STALE)


def ask_for_a_link(house: House, address: str, *, language: str, client: str) -> None:
    """Let a link be sent; done when the wish is durable.

    Raises `Malformed` for what is no address, `TooMany` for a client that asks too often. Too many for one address are
    let go without a word: what is said must not hang on what others asked for.
    """
    typed, now, name = mail_address(address), house.clock.now(), house.names.address
    if not house.limits.allow(_OF_CLIENT, client, name=name, now=now):
        raise TooMany("too many links were asked for", hint="try again in a quarter of an hour")
    if not house.limits.allow(_OF_ADDRESS, typed.lower(), name=name, now=now):
        return
    parcel = Parcel(
        id=house.names.new_record(),
        kind=Kind.ENTER,
        target=MAIL,
        at=now,
        language=language,
        address=typed,
        until=now + STALE,
    )
    owner = address_tag(house, typed)
    house.store.write(lambda tx: tx.outbox.put(parcel, owner=owner, person=None, due=now)).result()


def who_follows(house: House, token: str) -> Identifier:
    """Whom a link would let in, without using it up; raises `NotAuthenticated`."""
    link = followed(house, token, Does.ENTER)
    with house.store.read() as tx:
        still_at(house, tx, link)
    return link.who


def is_used(house: House, token: str) -> bool:
    """Whether a link let somebody in already."""
    return is_spent(house, _thing(token))


def use(house: House, token: str) -> bool:
    """Use it up; True for the first time, when that is durable."""
    return spend(house, _thing(token)).result()


def _thing(token: str) -> bytes:
    return sha256(b"enter-by-mail" + token.encode("utf-8", "surrogatepass")).digest()
