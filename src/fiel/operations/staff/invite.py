"""Somebody is invited: an account that nobody has taken up yet, and a link that is good once, for three days.

For an account that is there already the same gives another link, by which a new password is set: so a lost password is
replaced, and whoever was in by the old one is out.
"""

from concurrent.futures import Future
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Final

from fiel.core.errors import Conflict, Malformed
from fiel.core.ids import Digest, StaffId
from fiel.core.staff import LONGEST_NAME, Account, Role
from fiel.operations.house import House
from fiel.operations.staff.accounts import named, write
from fiel.ports import Link, Transaction

INVITATION: Final = timedelta(hours=72)
SIGN_IN: Final = timedelta(minutes=15)


def invite(house: House, *, name: str, role: Role) -> Future[str]:
    """The secret of a link that makes somebody of that name and role set up their way in.

    Raises `Malformed` for a name that is none, `Conflict` if the name stands for another role.
    """
    secret = _secret(house)
    return house.store.write(lambda tx: _invite(house, tx, _asked(name), role=role, secret=secret))


def let_in(house: House, *, name: str, role: Role, lasts: timedelta = SIGN_IN) -> Future[str]:
    """The secret of a link that lets somebody in once as they are, without a password; the account is made if need be.

    For whoever has the machine itself in hand. Raises as `invite` does.
    """
    secret = _secret(house)

    def opened(tx: Transaction) -> str:
        found = _account(house, tx, _asked(name), role=role)
        until = house.clock.now() + lasts
        return _link(tx, secret, Link(staff=found.id, until=until, invites=False))

    return house.store.write(opened)


def invite_first(house: House) -> Future[str | None]:
    """The link of the first account, a data protection officer's; None once there is any account at all."""
    secret = _secret(house)

    def invited(tx: Transaction) -> str | None:
        return None if tx.staff.accounts() else _invite(house, tx, Role.DPO.value, role=Role.DPO, secret=secret)

    return house.store.write(invited)


def digest_of(secret: str) -> Digest:
    """By what a link is found; its secret is kept nowhere."""
    return Digest(sha256(b"fiel/1/staff/link/" + secret.encode("utf-8", "surrogatepass")).digest())


def _secret(house: House) -> str:
    return house.names.new_salt().hex()


def _asked(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise Malformed("the name of an account is empty, too long or cannot be printed", hint="use 1 to 60 characters")
    return name


def _invite(house: House, tx: Transaction, name: str, *, role: Role, secret: str) -> str:
    found = _account(house, tx, name, role=role)
    until = house.clock.now() + INVITATION
    return _link(tx, secret, Link(staff=found.id, until=until, invites=True))


def _account(house: House, tx: Transaction, name: str, *, role: Role) -> Account:
    now, found = house.clock.now(), named(house, tx, name)
    if found is not None and found.role is not role:
        raise Conflict("there is an account of that name with another role", hint="choose another name")
    if found is None:
        staff = StaffId(house.names.new_record())
        found = Account(id=staff, name=name, role=role, since=now, renewed=now)
    elif found.disabled is not None:  # whoever comes back comes as somebody new: what let them in before does not
        found = replace(found, disabled=None, password=None, federated=None, renewed=now)
    else:
        return found
    write(house, tx, found)
    return found


def _link(tx: Transaction, secret: str, link: Link) -> str:
    """One link an account: an older one is not good any more."""
    tx.staff.drop_links(link.staff)
    tx.staff.put_link(digest_of(secret), link)
    return secret
