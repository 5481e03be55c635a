"""Who works here: the same work for a name that is none, and never without a last data protection officer."""

from datetime import timedelta

import pytest

from fiel.bootstrap import load_phrases
from fiel.core.errors import Conflict, NotAuthenticated, Tampered
from fiel.core.staff import Account, Role
from fiel.operations.house import House
from fiel.operations.staff.accept import accept, come_in, follow
from fiel.operations.staff.accounts import account, accounts
from fiel.operations.staff.disable import disable
from fiel.operations.staff.invite import invite, invite_first, let_in
from fiel.operations.staff.sign_in import MOST_FAILURES, Attempts, Waits, Wrong, sign_in
from fiel.stores.memory import MemoryStore
from fiel.testing.clock import HandClock
from fiel.testing.passwords import MemoryPasswords
from fiel.testing.seals import MemoryNames, MemorySeals
from tests.laws.world import a_house

PASSWORD = "seven calm herons wade"


@pytest.fixture
def clock() -> HandClock:
    """The time."""
    return HandClock()


@pytest.fixture
def house(clock: HandClock) -> House:
    """A house in which nobody works yet."""
    store = MemoryStore(seals=MemorySeals())
    return a_house(store, names=MemoryNames(), clock=clock, phrases=load_phrases())


def hire(house: House, name: str, *, role: Role = Role.DPO) -> Account:
    """Somebody who took up their invitation."""
    secret = invite(house, name=name, role=role).result()
    return accept(house, secret, password=PASSWORD).result()


def test_the_first_link_is_made_once(house: House) -> None:
    """While there is no account there is a first link, and none once there is one, taken up or not."""
    assert invite_first(house).result() is not None
    assert invite_first(house).result() is None
    assert [each.role for each in accounts(house)] == [Role.DPO]


def test_a_newer_link_replaces_the_older(house: House) -> None:
    """Of several links of one account the last is good, and no other."""
    first = invite(house, name="Alma", role=Role.DPO).result()
    second = invite(house, name="Alma", role=Role.DPO).result()
    with pytest.raises(NotAuthenticated):
        follow(house, first)
    assert follow(house, second).invites


def test_a_link_that_lets_in_sets_no_password(house: House) -> None:
    """What is for coming in is not for setting a password, nor the other way round."""
    secret = let_in(house, name="Alma", role=Role.DPO).result()
    with pytest.raises(NotAuthenticated):
        accept(house, secret, password=PASSWORD).result()
    invitation = invite(house, name="Bo", role=Role.AGENT).result()
    with pytest.raises(NotAuthenticated):
        come_in(house, invitation).result()
    assert come_in(house, secret).result().name == "Alma"


def test_an_unknown_name_takes_the_same_work(house: House) -> None:
    """A password is hashed once for a name that is there, for one that is not, and for one that was shut."""
    hire(house, "Alma")
    hire(house, "Bo")
    disable(house, "Bo").result()
    double = house.passwords
    assert isinstance(double, MemoryPasswords)
    counts = []
    for name in ("Alma", "Bo", "nobody"):
        before = double.asked
        assert isinstance(sign_in(house, Attempts(), name=name, password="another one than theirs"), Wrong)
        counts.append(double.asked - before)
    assert counts == [1, 1, 1]


def test_the_last_officer_stays(house: House) -> None:
    """The last data protection officer who can come in is not shut, and another one may be."""
    hire(house, "Alma")
    invite(house, name="Bo", role=Role.DPO).result()
    with pytest.raises(Conflict):
        disable(house, "Alma").result()
    hire(house, "Bo")
    assert disable(house, "Alma").result().disabled is not None
    with pytest.raises(Conflict):
        disable(house, "Bo").result()


def test_whoever_comes_back_is_somebody_new(house: House) -> None:
    """An account that was shut and invited again has no password of before."""
    hire(house, "Alma")
    hire(house, "Bo")
    disable(house, "Bo").result()
    invite(house, name="Bo", role=Role.DPO).result()
    assert isinstance(sign_in(house, Attempts(), name="Bo", password=PASSWORD), Wrong)


def test_guessing_ends(house: House, clock: HandClock) -> None:
    """After a hundred wrong passwords in a row no waiting helps, however right the next one is."""
    hire(house, "Alma")
    attempts = Attempts()
    for _ in range(MOST_FAILURES):
        assert isinstance(sign_in(house, attempts, name="Alma", password="wrong"), Wrong)
        clock.turn(timedelta(minutes=16))
    assert isinstance(sign_in(house, attempts, name="Alma", password=PASSWORD), Waits)


def test_no_name_lies_in_the_store(house: House) -> None:
    """What a store holds of staff is sealed, and a row that is moved to another account does not open there."""
    alma, bo = hire(house, "Alma"), hire(house, "Bo")
    with house.store.read() as tx:
        rows = dict(tx.staff.accounts())
    assert not any("Alma" in sealed for sealed in rows.values())
    house.store.write(lambda tx: tx.staff.put(bo.id, rows[alma.id], handles=[])).result()
    with pytest.raises(Tampered):
        account(house, bo.id)
