"""What time brings is told once, asks count together whatever the channel, and nothing is told of what is over."""

from datetime import timedelta

import pytest

from fiel.core.consent.choice import Attestation, Status
from fiel.core.errors import Conflict
from fiel.core.ids import Identifier, IdentifierKind
from fiel.core.notices import NOT_YET
from fiel.operations.ask import may_be_asked
from fiel.operations.choose import Choice, choose
from fiel.operations.notices.asked import note_ask
from fiel.operations.notices.remind import remind
from fiel.operations.tell import tell_looked, tell_progress
from tests.laws.world import CARD, PICKS
from tests.operations.houses import ANA, BEA
from tests.operations.notices.posting import Office, an_office, told

DAY = timedelta(days=1)
LASTS = timedelta(days=365)
"""How long a yes of this promise counts."""


def agreed() -> Office:
    """Somebody with an address who said yes."""
    office = an_office()
    office.proved()
    office.choose(Status.GIVEN)
    office.go()
    office.mail.taken.clear()
    return office


def test_that_a_yes_is_soon_over_is_told_once() -> None:
    """A month before its end, and not earlier, its person hears until when it counts and that silence ends it."""
    office = agreed()
    office.clock.turn(LASTS - NOT_YET - DAY)
    assert remind(office.house) == 0
    office.clock.turn(DAY + timedelta(minutes=1))
    assert remind(office.house) == 1
    office.go()
    for _ in range(3):
        office.clock.turn(DAY)
        assert remind(office.house) == 0
    office.go()
    (letter,) = office.mail.taken
    assert letter.subject == "Tu sí está por terminar: texto"
    assert "termina solo" in told(letter)
    assert "/mail/stop?t=" in letter.stops


def test_a_yes_that_was_taken_back_meanwhile_is_not_told_of() -> None:
    """A letter is written when it is sent, so one that is no longer true is not sent."""
    office = agreed()
    office.clock.turn(LASTS - NOT_YET / 2)
    assert remind(office.house) == 1
    office.choose(Status.WITHDRAWN)
    office.go()
    assert office.subjects() == ["Lo que elegiste: texto"]


def test_who_was_asked_lately_is_not_reminded() -> None:
    """An ask on a page and one by mail are one kind of thing: after the one the other is silent."""
    office = agreed()
    office.clock.turn(LASTS - NOT_YET / 2 - 5 * DAY)
    assert note_ask(office.house, ANA, PICKS)
    office.clock.turn(5 * DAY)
    assert remind(office.house) == 0
    office.go()
    assert office.mail.taken == []


def test_nobody_is_asked_twice_in_half_a_year() -> None:
    """Whoever was asked may not be asked for the same again before six months are over, and then they may."""
    office = an_office()
    assert may_be_asked(office.house, ANA, PICKS)
    assert note_ask(office.house, ANA, PICKS)
    assert not may_be_asked(office.house, ANA, PICKS)
    assert may_be_asked(office.house, BEA, PICKS)
    with pytest.raises(Conflict):
        note_ask(office.house, ANA, PICKS)
    office.clock.turn(180 * DAY)
    assert not may_be_asked(office.house, ANA, PICKS)
    office.clock.turn(3 * DAY)
    assert may_be_asked(office.house, ANA, PICKS)


def test_a_no_is_left_alone_for_half_a_year_and_an_objection_for_good() -> None:
    """Nobody is talked out of a no, and where nobody is asked for consent there is nothing to ask."""
    office = an_office()
    office.choose(Status.REFUSED)
    assert not may_be_asked(office.house, ANA, PICKS)
    office.choose(Status.OBJECTED, use_case=CARD)
    office.clock.turn(190 * DAY)
    assert may_be_asked(office.house, ANA, PICKS)
    assert not may_be_asked(office.house, ANA, CARD)
    assert not may_be_asked(office.house, BEA, CARD)


def test_an_ask_that_the_ledger_holds_counts_with_the_others() -> None:
    """A page that enters that it asks is held to the same queue, and nobody is written to because they were asked."""
    office = an_office()
    office.proved()
    asked = Choice(
        use_case=PICKS, status=Status.REQUESTED, attested_by=Attestation.CONTROLLER, interface="frame", language="es"
    )
    choose(office.house, ANA, asked).result()
    assert not may_be_asked(office.house, ANA, PICKS)
    with pytest.raises(Conflict):
        note_ask(office.house, ANA, PICKS)
    with pytest.raises(Conflict):
        choose(office.house, ANA, asked).result()
    office.go()
    assert office.mail.taken == []
    office.clock.turn(184 * DAY)
    choose(office.house, ANA, asked).result()


def test_a_browser_that_nobody_knows_remembers_by_itself() -> None:
    """No row is made of somebody only because they were asked, unless they have an account."""
    office, browser = an_office(), Identifier(IdentifierKind.ANONYMOUS, "browser")
    assert not note_ask(office.house, browser, PICKS)
    with office.house.store.read() as tx:
        assert tx.identities.find(office.house.names.lookup(browser)) is None


def test_once_a_year_the_uses_are_summed_up() -> None:
    """After a year, and after another one, there is one letter, also for whom nothing was used."""
    office = an_office()
    office.proved()
    office.clock.turn(364 * DAY)
    assert remind(office.house) == 0
    office.clock.turn(2 * DAY)
    assert remind(office.house) == 1
    assert remind(office.house) == 0
    office.go()
    (letter,) = office.mail.taken
    assert (letter.subject, "ningún uso" in told(letter)) == ("Un año con tus datos", True)
    office.clock.turn(366 * DAY)
    assert remind(office.house) == 1


def test_that_somebody_looked_is_told_without_why() -> None:
    """The letter says that somebody looked and where it is written why; the reason itself stays on the page."""
    office = an_office()
    office.proved()
    lookup = office.house.names.lookup(ANA)
    office.house.store.write(lambda tx: tell_looked(office.house, tx, lookup, why="a complaint of hers")).result()
    office.house.store.write(lambda tx: tell_progress(office.house, tx, lookup, state="granted")).result()
    office.go()
    assert office.subjects() == ["Alguien ha mirado tus datos", "Hay novedades en tu petición"]
    assert not [letter for letter in office.mail.taken if "complaint" in told(letter) or "granted" in told(letter)]


def test_nobody_without_an_address_is_told_that_somebody_looked() -> None:
    """Where nobody gave an address nothing waits, and nothing fails."""
    office = an_office()
    office.choose(Status.GIVEN)
    lookup = office.house.names.lookup(ANA)
    office.house.store.write(lambda tx: tell_looked(office.house, tx, lookup, why="x")).result()
    office.go()
    assert office.mail.taken == []
