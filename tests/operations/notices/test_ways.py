"""The links of letters: a way in that is one's own and one's only, and a way out that always holds."""

from datetime import timedelta

import pytest

from fiel.core.consent.choice import Attestation, Status
from fiel.core.errors import Malformed, NotAuthenticated, TooMany
from fiel.operations.erase import erase
from fiel.operations.notices.contact import address_tag, contact, give_address, remove_address
from fiel.operations.notices.enter import ask_for_a_link, is_used, use, who_follows
from fiel.operations.notices.links import Does, Link, linked
from fiel.operations.notices.stop import stop, what_stops
from fiel.operations.publish import publish
from fiel.operations.show import show_choices
from tests.laws.world import CARD, PICKS, a_promise
from tests.operations.houses import ANA, BEA
from tests.operations.notices.posting import MINUTE, Office, an_office, token_in, told


def ask(office: Office, address: str = "ana@example.com", *, client: str = "192.0.2.1") -> None:
    """Somebody asks for a link."""
    ask_for_a_link(office.house, address, language="es", client=client)


def standing(office: Office, use_case: str = PICKS) -> Status:
    """Where Ana stands."""
    return next(each.standing.status for each in show_choices(office.house, ANA) if each.use_case.id == use_case)


def stop_in(office: Office, *, nth: int) -> str:
    """The token of a link of the last letter."""
    return token_in(office.mail.taken[-1], nth=nth)


def changed(office: Office) -> None:
    """Ana said yes, and what she agreed to asks for more now; she is told."""
    office.proved()
    office.choose(Status.GIVEN)
    office.go()
    publish(office.house, a_promise("wide"), approved_by=("one", "two")).result()
    office.go()
    office.go()


def test_a_link_lets_its_owner_in_once() -> None:
    """It leads to whoever proved the address, is not used up by being looked at, and once used is of no more use."""
    office = an_office()
    office.proved()
    ask(office, "Ana@Example.com")
    office.go(MINUTE)
    (letter,) = office.mail.taken
    token = token_in(letter)
    assert (letter.to, letter.stops) == ("ana@example.com", "")
    assert "ana" not in told(letter).lower().split()
    for _ in range(3):
        assert who_follows(office.house, token) == ANA
        assert not is_used(office.house, token)
    assert use(office.house, token)
    assert is_used(office.house, token)
    assert not use(office.house, token)


def test_nothing_tells_whether_an_address_is_known() -> None:
    """For an address that nobody gave the same is written and the same is said, and only no letter is sent."""
    office = an_office()
    office.proved()
    for address in ("ana@example.com", "nobody@example.com"):
        ask(office, address)
        with office.house.store.read() as tx:
            assert tx.outbox.next_due() is not None
        assert office.go(MINUTE).sent == 1
    assert len(office.mail.taken) == 1
    with office.house.store.read() as tx:
        assert tx.outbox.next_due() is None


def test_an_address_that_is_only_typed_lets_nobody_in() -> None:
    """Whoever types somebody else's address as their own gets no way in for either of them."""
    office = an_office()
    give_address(office.house, BEA, address="ana@example.com", language="es", by=Attestation.PERSON)
    ask(office)
    office.go(MINUTE)
    assert office.subjects() == ["¿Es tuya esta dirección?"]


def test_people_who_share_an_address_each_get_their_own_way_in() -> None:
    """A household gets one letter with a link for each, and each says whose it is."""
    office = an_office()
    office.proved()
    office.proved(BEA, "ana@example.com")
    ask(office)
    office.go(MINUTE)
    (letter,) = office.mail.taken
    assert {who_follows(office.house, token_in(letter, nth=number)).value for number in (0, 1)} == {"ana", "bea"}
    assert [line.text for line in letter.lines if line.heading] != []


def test_a_link_is_over_in_a_quarter_of_an_hour() -> None:
    """After that it lets nobody in, and a letter that could not be sent in time is not sent at all."""
    office = an_office()
    office.proved()
    ask(office)
    office.go(MINUTE)
    token = token_in(office.mail.taken[0])
    office.clock.turn(timedelta(minutes=15, seconds=1))
    with pytest.raises(NotAuthenticated):
        who_follows(office.house, token)
    ask(office)
    assert office.go(timedelta(minutes=16)).sent == 1
    assert len(office.mail.taken) == 1


def test_a_link_to_an_address_that_is_no_longer_theirs_lets_nobody_in() -> None:
    """Who takes the address away, or is erased, closes the door behind it."""
    office = an_office()
    office.proved()
    ask(office)
    office.go(MINUTE)
    token = token_in(office.mail.taken[0])
    remove_address(office.house, ANA)
    with pytest.raises(NotAuthenticated):
        who_follows(office.house, token)


def test_a_link_does_only_what_it_is_for() -> None:
    """A way out is no way in, and neither proves an address."""
    office = an_office()
    office.proved()
    ask(office)
    office.go(MINUTE)
    token = token_in(office.mail.taken[-1])
    with pytest.raises(NotAuthenticated):
        stop(office.house, token)
    office.choose(Status.GIVEN)
    office.go()
    with pytest.raises(NotAuthenticated):
        who_follows(office.house, stop_in(office, nth=0))


def test_asking_is_limited_by_client_aloud_and_by_address_in_silence() -> None:
    """A client that asks too often is told so; one address gets few letters whoever asks, and nobody is told that."""
    office = an_office()
    office.proved()
    for number in range(20):
        ask(office, client=f"198.51.100.{number}")
    office.go(MINUTE)
    assert len(office.mail.taken) == 3
    for number in range(10):
        ask(office, f"somebody-{number}@example.com")
    with pytest.raises(TooMany):
        ask(office, "one-more@example.com")
    with pytest.raises(Malformed):
        ask(office, "ana@example.com\nBcc: bea@example.com")
    office.clock.turn(timedelta(minutes=16))
    ask(office)


def test_one_button_withdraws_the_use_case_that_a_letter_is_about() -> None:
    """Looking changes nothing, pressing withdraws as the person, and pressing again changes nothing more."""
    office = an_office()
    changed(office)
    letter, token = office.mail.taken[-1], stop_in(office, nth=0)
    assert letter.stops.endswith(f"/mail/stop?t={token}")
    assert what_stops(office.house, token).use_case == PICKS
    assert standing(office) is Status.GIVEN
    for _ in range(2):
        assert stop(office.house, token).use_case == PICKS
        assert standing(office) is Status.WITHDRAWN
    with office.house.store.read() as tx:
        size = tx.ledger.size
        who = tx.identities.find(office.house.names.lookup(ANA))
        assert who is not None
        last = tx.choices.of(office.house.names.lookup(ANA), office.house.names.tag(who.sid, PICKS))[-1]
    stop(office.house, token)
    with office.house.store.read() as tx:
        assert tx.ledger.size == size
    assert (last.entry.interface, last.entry.attested_by) == ("mail", Attestation.PERSON)
    assert contact(office.house, ANA) is not None


def test_one_button_objects_where_nobody_was_asked() -> None:
    """A use that rests on another basis is objected to by the same button."""
    office = an_office()
    office.proved()
    office.choose(Status.GIVEN)
    office.go()
    tag = address_tag(office.house, "ana@example.com")
    token = linked(office.house, Link(does=Does.STOP, who=ANA, address=tag, use_case=CARD))
    stop(office.house, token)
    stop(office.house, token)
    assert (standing(office, CARD), standing(office)) == (Status.OBJECTED, Status.GIVEN)


def test_every_other_letter_says_how_to_end_them_all() -> None:
    """The button of a receipt forgets the address and leaves every choice as it is."""
    office = an_office()
    office.proved()
    office.choose(Status.GIVEN)
    office.go()
    assert stop(office.house, stop_in(office, nth=0)).use_case is None
    assert contact(office.house, ANA) is None
    assert standing(office) is Status.GIVEN


def test_a_way_out_holds_for_a_year_and_for_whoever_is_gone() -> None:
    """An old letter still ends what it is about, and one of somebody who was erased ends nothing and harms nobody."""
    office = an_office()
    changed(office)
    token = stop_in(office, nth=0)
    office.clock.turn(timedelta(days=399))
    stop(office.house, token)
    assert standing(office) is Status.WITHDRAWN
    erase(office.house, ANA, attested_by=Attestation.PERSON).result()
    stop(office.house, token)
    with office.house.store.read() as tx:
        assert tx.identities.find(office.house.names.lookup(ANA)) is None
