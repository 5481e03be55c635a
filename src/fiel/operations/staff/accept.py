"""A link is followed: looking at it changes nothing, and what is pressed there uses it up."""

from concurrent.futures import Future
from dataclasses import dataclass, replace

from fiel.core.errors import NotAuthenticated
from fiel.core.staff import Account, Federated
from fiel.operations.house import House
from fiel.operations.staff.accounts import federated, read, write
from fiel.operations.staff.invite import digest_of
from fiel.ports import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A link that is still good: whose it is, and whether it asks how they will prove who they are."""

    account: Account
    invites: bool


def follow(house: House, secret: str) -> Followed:
    """What a link is for, without using it up; raises `NotAuthenticated` for one that is not good, whatever the reason.

    It was followed already, or replaced, or its time is over, or its account was shut.
    """
    with house.store.read() as tx:
        return _followed(house, tx, secret)


def accept(house: House, secret: str, *, password: str) -> Future[Account]:
    """Use up an invitation: from now on that password lets its account in, and nothing else. Raises as `follow`."""
    hashed = house.passwords.hashed(password)
    return house.store.write(lambda tx: _accept(house, tx, secret, password=hashed))


def bind(house: House, secret: str, who: Federated) -> Future[Account]:
    """Use up an invitation: from now on that other sign-in lets its account in, and nothing else.

    Raises as `follow`, and `Conflict` if the sign-in is another account's.
    """
    return house.store.write(lambda tx: _accept(house, tx, secret, who=who))


def come_in(house: House, secret: str) -> Future[Account]:
    """Use up a link that lets somebody in as they are; raises as `follow`, and for an invitation as well."""

    def used(tx: Transaction) -> Account:
        followed = _followed(house, tx, secret)
        if followed.invites:
            raise _dead()
        tx.staff.drop_links(followed.account.id)
        return followed.account

    return house.store.write(used)


def of_federated(house: House, who: Federated) -> Account | None:
    """The open account that is bound to that other sign-in, or None: nobody comes in who was not invited."""
    with house.store.read() as tx:
        found = federated(house, tx, who)
    return found if found is not None and found.disabled is None else None


def _followed(house: House, tx: Transaction, secret: str) -> Followed:
    link = tx.staff.link(digest_of(secret))
    found = None if link is None or link.until <= house.clock.now() else read(house, tx, link.staff)
    if link is None or found is None or found.disabled is not None:
        raise _dead()
    return Followed(account=found, invites=link.invites)


def _accept(
    house: House, tx: Transaction, secret: str, *, password: str | None = None, who: Federated | None = None
) -> Account:
    followed = _followed(house, tx, secret)
    if not followed.invites:
        raise _dead()
    taken = replace(followed.account, password=password, federated=who, renewed=house.clock.now())
    tx.staff.drop_links(taken.id)
    write(house, tx, taken)
    return taken


def _dead() -> NotAuthenticated:
    return NotAuthenticated("the link is not good any more", hint="ask for another one: `fiel staff invite DIR`")
