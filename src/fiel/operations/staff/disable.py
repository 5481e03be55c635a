"""An account is shut: every session and every link of it is over at once."""

from concurrent.futures import Future
from dataclasses import replace

from fiel.core.errors import Conflict, Unknown
from fiel.core.staff import Account, Role
from fiel.operations.house import House
from fiel.operations.staff.accounts import named, read, write
from fiel.ports import Transaction


def disable(house: House, name: str) -> Future[Account]:
    """Shut the account of that name; raises `Unknown`.

    Raises `Conflict` for the last data protection officer: nobody could invite anybody from a page any more.
    """
    return house.store.write(lambda tx: _disable(house, tx, name))


def _disable(house: House, tx: Transaction, name: str) -> Account:
    found = named(house, tx, name)
    if found is None:
        raise Unknown("there is no account of that name", hint="`fiel staff list DIR` names them")
    if _officer(found) and not any(_officer(each) for each in _others(house, tx, found)):
        raise Conflict("this is the last data protection officer", hint="invite another one first")
    now = house.clock.now()
    shut = replace(found, disabled=found.disabled or now, renewed=now)
    tx.staff.drop_links(found.id)
    write(house, tx, shut)
    return shut


def _officer(account: Account) -> bool:
    return account.role is Role.DPO and account.disabled is None and account.accepted


def _others(house: House, tx: Transaction, found: Account) -> list[Account]:
    others = [read(house, tx, staff) for staff in tx.staff.accounts() if staff != found.id]
    return [each for each in others if each is not None]
