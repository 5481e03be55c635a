"""An address for letters is one, is its owner's, and serves nobody to reach somebody else."""

from datetime import timedelta

import pytest

from fiel.core.consent.choice import Attestation, Status
from fiel.core.errors import Conflict, Malformed, NotAuthenticated, TooMany
from fiel.core.ids import Identifier, IdentifierKind
from fiel.operations.erase import erase
from fiel.operations.notices.contact import (
    MOST_OF_ONE,
    confirm_address,
    contact,
    give_address,
    mail_address,
    remove_address,
)
from tests.operations.houses import ANA, BEA
from tests.operations.notices.posting import Office, an_office, token_in, told

DAY = timedelta(days=1)


def give(office: Office, who: Identifier = ANA, address: str = "ana@example.com", *, by: str = "person") -> None:
    """Somebody gives an address."""
    give_address(office.house, who, address=address, language="es", by=Attestation(by))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ana@example.com", "ana@example.com"),
        ("  Ana.Ruiz+fiel@Example.COM ", "Ana.Ruiz+fiel@example.com"),
        ("o'neil@mail.example.co.uk", "o'neil@mail.example.co.uk"),
    ],
)
def test_an_address_is_kept_as_it_is_written(typed: str, kept: str) -> None:
    """What is around it goes, and only the part that no server tells apart is written small."""
    assert mail_address(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ana",
        "@mail.example.com",
        "ana@",
        "ana@localhost",
        "ana@example..com",
        "ana@-example.com",
        "ana..ruiz@example.com",
        ".ana@example.com",
        "ana@example.com\nBcc: bea@example.com",
        "ana@example.com\r\n\r\nbody",
        "ana@example.com,bea@example.com",
        "ana@example.com bea@example.com",
        "ana@bea@example.com",
        '"ana ruiz"@example.com',
        "<ana@example.com>",
        "Ana <ana@example.com>",
        "ana@[127.0.0.1]",
        "aña@example.com",
        "ana@example.com\x00",
        "ana\u2028@example.com",
        "x" * 65 + "@example.com",
        "ana@" + "x" * 250 + ".com",
    ],
)
def test_what_is_no_single_address_is_refused_and_not_repeated(typed: str) -> None:
    """Nothing that could end a header or add a recipient is ever kept, and the error says none of it."""
    office = an_office()
    with pytest.raises(Malformed) as refused:
        give(office, address=typed)
    assert not typed or typed not in f"{refused.value.what} {refused.value.hint}"
    assert contact(office.house, ANA) is None


def test_what_a_person_types_is_asked_for_before_anything_else_is_sent() -> None:
    """The one letter to an address that nobody has proved asks whose it is, and only a yes makes it somebody's."""
    office = an_office()
    give(office)
    office.choose(Status.GIVEN)
    office.go()
    (letter,) = office.mail.taken
    assert (letter.to, letter.subject, letter.stops) == ("ana@example.com", "¿Es tuya esta dirección?", "")
    assert "no hagas nada" in told(letter)
    known = confirm_address(office.house, token_in(letter))
    assert known.proved == office.clock.now()
    assert confirm_address(office.house, token_in(letter)) == known
    office.choose(Status.WITHDRAWN)
    office.go()
    assert len(office.mail.taken) == 2


def test_the_controller_answers_for_what_its_server_gives() -> None:
    """An address that the shop's own server gives is told from the start, and nobody is asked."""
    office = an_office()
    give(office, by="controller")
    office.choose(Status.GIVEN)
    office.go()
    assert office.subjects() == ["Lo que elegiste: texto"]


def test_an_old_link_proves_no_new_address() -> None:
    """A yes to one address is no yes to another one, nor after the first was taken away, nor after a week."""
    office = an_office()
    give(office)
    office.go()
    token = token_in(office.mail.taken[0])
    give(office, address="other@example.com")
    with pytest.raises(NotAuthenticated):
        confirm_address(office.house, token)
    remove_address(office.house, ANA)
    with pytest.raises(NotAuthenticated):
        confirm_address(office.house, token)
    give(office)
    office.clock.turn(8 * DAY)
    with pytest.raises(NotAuthenticated):
        confirm_address(office.house, token)
    for nonsense in ("", "x", token[:-2], office.house.tokens.seal(b"[]"), office.house.tokens.seal(b"{")):
        with pytest.raises(NotAuthenticated):
            confirm_address(office.house, nonsense)


def test_a_proved_address_that_is_given_again_stays_proved() -> None:
    """Whoever types their own address once more is not asked again, in whatever letters they write it."""
    office = an_office()
    office.proved()
    give(office, address="ANA@example.com")
    office.go()
    assert office.mail.taken == []
    known = contact(office.house, ANA)
    assert known is not None
    assert (known.address, known.proved is not None) == ("ANA@example.com", True)


def test_nobody_floods_somebody_elses_mailbox() -> None:
    """One address gets three questions a day, one person may send five, and no more than a household share one."""
    office = an_office()
    people = [Identifier(IdentifierKind.USER, f"person-{number}") for number in range(9)]
    for who in people[:3]:
        give(office, who)
    with pytest.raises(TooMany):
        give(office, people[3])
    for number in range(5):
        give(office, BEA, f"bea-{number}@example.com")
    with pytest.raises(TooMany):
        give(office, BEA, "bea-9@example.com")
    office.go()
    assert len([letter for letter in office.mail.taken if letter.to == "ana@example.com"]) == 3
    office.clock.turn(DAY)
    for who in people[3:MOST_OF_ONE]:
        give(office, who)
    with pytest.raises(Conflict):
        give(office, people[MOST_OF_ONE], by="controller")


def test_who_was_erased_is_not_taken_up_again() -> None:
    """An address for somebody who was erased would begin to know them anew, so it is refused."""
    office = an_office()
    erase(office.house, ANA, attested_by=Attestation.PERSON).result()
    for by in ("person", "controller"):
        with pytest.raises(Conflict):
            give(office, by=by)
    assert contact(office.house, ANA) is None


def test_taking_an_address_away_takes_back_what_was_to_go_there() -> None:
    """After that nothing more is sent, also of what waited, and doing it twice changes nothing."""
    office = an_office()
    office.proved()
    office.choose(Status.GIVEN)
    assert remove_address(office.house, ANA)
    assert not remove_address(office.house, ANA)
    office.go()
    assert (office.mail.taken, contact(office.house, ANA)) == ([], None)


def test_letters_speak_the_language_of_their_reader() -> None:
    """Whoever gave an address in English gets the last letter in English too, when nothing else of them is left."""
    office = an_office()
    office.proved(language="en")
    erase(office.house, ANA, attested_by=Attestation.PERSON).result()
    office.go()
    assert office.subjects() == ["Your data have been erased"]
