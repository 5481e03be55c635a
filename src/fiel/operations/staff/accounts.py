"""Accounts as they are kept: sealed under the house's key, found by a keyed digest of a name or of another sign-in."""

import json
from datetime import datetime
from unicodedata import normalize

from fiel.core.errors import Malformed, Tampered
from fiel.core.ids import Digest, StaffId
from fiel.core.staff import Account, Federated, Role
from fiel.operations.enter import remembered_as
from fiel.operations.house import House
from fiel.ports import Transaction


def account(house: House, staff: StaffId) -> Account | None:
    """The account of that id, or None."""
    with house.store.read() as tx:
        return read(house, tx, staff)


def accounts(house: House) -> tuple[Account, ...]:
    """All accounts, by name."""
    with house.store.read() as tx:
        found = [_opened(house, staff, sealed) for staff, sealed in tx.staff.accounts().items()]
    return tuple(sorted(found, key=lambda each: each.name.casefold()))


def read(house: House, tx: Transaction, staff: StaffId) -> Account | None:
    """The account of that id, in one transaction."""
    sealed = tx.staff.account(staff)
    return None if sealed is None else _opened(house, staff, sealed)


def named(house: House, tx: Transaction, name: str) -> Account | None:
    """The account of that name, or None."""
    staff = tx.staff.called(handle_of(house, name))
    return None if staff is None else read(house, tx, staff)


def federated(house: House, tx: Transaction, who: Federated) -> Account | None:
    """The account that is bound to that sign-in, or None."""
    staff = tx.staff.called(_bound_to(house, who))
    return None if staff is None else read(house, tx, staff)


def write(house: House, tx: Transaction, kept: Account) -> None:
    """Add or replace an account; raises `Conflict` if its name, or the sign-in that it is bound to, is another's."""
    handles = [handle_of(house, kept.name)]
    if kept.federated is not None:
        handles.append(_bound_to(house, kept.federated))
    tx.staff.put(kept.id, house.tokens.seal(_document(kept)), handles=handles)


def handle_of(house: House, name: str) -> Digest:
    """By what an account is found: however its name is spelt, in capitals or not."""
    return remembered_as(house, b"fiel/1/staff/name/" + normalize("NFKC", name.strip()).casefold().encode())


def _bound_to(house: House, who: Federated) -> Digest:
    return remembered_as(house, b"fiel/1/staff/oidc/" + json.dumps([who.issuer, who.subject]).encode())


def _document(kept: Account) -> bytes:
    bound = None if kept.federated is None else [kept.federated.issuer, kept.federated.subject]
    disabled = None if kept.disabled is None else kept.disabled.isoformat()
    times = [kept.since.isoformat(), kept.renewed.isoformat(), disabled]
    return json.dumps([kept.id.hex(), kept.name, kept.role.value, kept.password, bound, *times]).encode()


def _opened(house: House, staff: StaffId, sealed: str) -> Account:
    try:
        whose, called, role, password, bound, since, renewed, disabled = json.loads(house.tokens.open(sealed))
        found = Account(
            id=StaffId(bytes.fromhex(whose)),
            name=called,
            role=Role(role),
            password=password,
            federated=None if bound is None else Federated(issuer=bound[0], subject=bound[1]),
            since=datetime.fromisoformat(since),
            renewed=datetime.fromisoformat(renewed),
            disabled=None if disabled is None else datetime.fromisoformat(disabled),
        )
    except (Malformed, TypeError, ValueError):
        raise _tampered() from None
    if found.id != staff:
        raise _tampered()
    return found


def _tampered() -> Tampered:
    return Tampered("an account is not what was stored", hint="restore the store from a back-up")
