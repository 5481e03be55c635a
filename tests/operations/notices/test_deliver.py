"""What happened is told at least once, in order, by whichever channel holds, and nothing is lost while one does not."""

from datetime import timedelta

import pytest

from fiel.core.consent.choice import Attestation, Status
from fiel.core.notices import GIVEN_UP_AFTER, Kind
from fiel.core.promise.usecase import Level
from fiel.operations.choose import Choice, choose
from fiel.operations.erase import erase
from fiel.operations.notices.contact import give_address
from fiel.operations.notices.deliver import Carriers, deliver
from fiel.operations.notices.unsent import dismiss, try_again, unsent
from fiel.operations.publish import publish
from fiel.ports import Event, Outcome
from tests.laws.world import CARD, PICKS, a_promise
from tests.operations.houses import ANA, BEA
from tests.operations.notices.posting import MINUTE, Ears, an_office, told

DAY = timedelta(days=1)


def test_every_change_reaches_every_endpoint_in_its_order() -> None:
    """Each choice is told to each endpoint once, oldest first, with nothing of the person but a name."""
    office = an_office("crm", "ads")
    for status in (Status.GIVEN, Status.WITHDRAWN, Status.GIVEN):
        office.choose(status)
    office.go()
    for name in ("crm", "ads"):
        events = [event for endpoint, event in office.ears.heard if endpoint == name]
        assert [event.type for event in events] == ["choice.given", "choice.withdrawn", "choice.given"]
        assert [event.told["position"] for event in events] == sorted(int(str(e.told["position"])) for e in events)
        assert all(event.told.keys() == {"subject", "use_case", "position"} for event in events)
        assert {event.told["subject"] for event in events} == {"user:ana"}
    assert len({event.id for _, event in office.ears.heard}) == 6
    assert office.go().sent == 0


def test_an_endpoint_hears_of_its_use_cases_alone() -> None:
    """Whoever is named one use case is told nothing of the others, and of an erasure everybody is told."""
    office = an_office("crm", "service", cases={"crm": frozenset({PICKS}), "service": frozenset({CARD})})
    office.choose(Status.GIVEN)
    office.choose(Status.OBJECTED, use_case=CARD)
    office.go()
    erase(office.house, ANA, attested_by=Attestation.PERSON).result()
    office.go()
    assert sorted((name, event.type) for name, event in office.ears.heard) == [
        ("crm", "choice.given"),
        ("crm", "person.erased"),
        ("service", "choice.objected"),
        ("service", "person.erased"),
    ]


def test_a_target_that_is_down_for_a_day_loses_nothing_and_doubles_nothing() -> None:
    """What could not be told for a day is told afterwards, once, in its order, and the others are told meanwhile."""
    office = an_office("crm", "ads")
    office.proved()
    office.ears.outcomes["crm"] = Outcome.LATER
    office.mail.outcome = Outcome.LATER
    for status in (Status.GIVEN, Status.WITHDRAWN):
        office.choose(status)
        office.go()
    for _ in range(24 * 6):
        office.go(timedelta(minutes=10))
    assert office.ears.types == ["choice.given", "choice.withdrawn"]
    assert (office.mail.taken, office.ears.tries < 100, office.mail.tries < 100) == ([], True, True)
    office.ears.outcomes.clear()
    office.mail.outcome = Outcome.SENT
    office.go(DAY / 12)
    office.go(DAY / 12)
    crm = [event.type for endpoint, event in office.ears.heard if endpoint == "crm"]
    assert crm == ["choice.given", "choice.withdrawn"]
    assert len(office.mail.taken) == 1
    assert len(office.mail.taken[0].papers) == 2
    assert unsent(office.house) == ()


def test_a_withdrawal_that_nobody_acknowledged_is_listed_until_somebody_sees_to_it() -> None:
    """From the first try on it is there, as something that must stop, and after a week it waits for a person."""
    office = an_office("crm")
    office.choose(Status.GIVEN)
    office.go()
    office.ears.outcomes["crm"] = Outcome.LATER
    office.choose(Status.WITHDRAWN)
    office.go()
    (listed,) = unsent(office.house)
    assert (listed.target, listed.kind, listed.use_case) == ("webhook:crm", Kind.CHOICE, PICKS)
    assert (listed.subject, listed.must_stop, listed.given_up, listed.tries) == (ANA, True, False, 1)
    assert not dismiss(office.house, listed.name)
    office.go(GIVEN_UP_AFTER)
    (listed,) = unsent(office.house)
    assert (listed.given_up, listed.why) == (True, "not_taken")
    assert office.go(DAY).sent == 0
    office.ears.outcomes.clear()
    assert try_again(office.house, listed.name)
    office.go()
    assert office.ears.types == ["choice.given", "choice.withdrawn"]
    assert unsent(office.house) == ()


def test_what_was_seen_to_in_another_way_is_dismissed() -> None:
    """Whoever answers for it may say that it is done, and it is gone."""
    office = an_office("crm")
    office.ears.outcomes["crm"] = Outcome.NEVER
    office.choose(Status.WITHDRAWN)
    office.go()
    (listed,) = unsent(office.house)
    assert (listed.given_up, listed.why) == (True, "refused")
    assert dismiss(office.house, listed.name)
    assert not dismiss(office.house, listed.name)
    assert unsent(office.house) == ()


def test_what_is_given_up_holds_up_nobody() -> None:
    """One notice that an endpoint refuses for good does not keep the next from it."""
    office = an_office("crm")
    office.ears.outcomes["crm"] = Outcome.NEVER
    office.choose(Status.GIVEN)
    office.go()
    office.ears.outcomes.clear()
    office.choose(Status.WITHDRAWN)
    office.go()
    assert office.ears.types == ["choice.withdrawn"]


def test_a_target_that_does_not_answer_is_not_asked_for_everybody() -> None:
    """After a few failures in one round the others wait, each listed, and none is lost."""
    office = an_office("crm")
    people = [type(ANA)(ANA.kind, f"person-{number}") for number in range(20)]
    for who in people:
        office.choose(Status.WITHDRAWN, who)
    office.ears.outcomes["crm"] = Outcome.LATER
    office.go()
    assert office.ears.tries == 3
    assert len(unsent(office.house)) == 20
    office.ears.outcomes.clear()
    office.go(timedelta(hours=1))
    assert len(office.ears.heard) == 20


def test_what_five_answers_tell_is_one_letter() -> None:
    """Choices within a few minutes come in one letter with a receipt for each, and a later one in another."""
    office = an_office()
    office.proved()
    office.choose(Status.GIVEN)
    office.choose(Status.OBJECTED, use_case=CARD)
    assert office.go(MINUTE).sent == 0
    office.go()
    office.choose(Status.WITHDRAWN)
    office.go()
    assert [len(letter.papers) for letter in office.mail.taken] == [2, 1]
    assert {letter.to for letter in office.mail.taken} == {"ana@example.com"}


def test_nobody_is_told_who_gave_no_address_or_has_not_proved_it() -> None:
    """Without an address nothing waits at all, and one that is only typed gets the one question and nothing else."""
    office = an_office()
    office.choose(Status.GIVEN)
    office.go()
    give_address(office.house, ANA, address="ana@example.com", language="es", by=Attestation.PERSON)
    office.choose(Status.WITHDRAWN)
    office.go()
    office.go(DAY)
    assert office.subjects() == ["¿Es tuya esta dirección?"]


def test_erasing_somebody_takes_back_what_was_not_sent_yet() -> None:
    """What waited for somebody goes with them; only that they were erased is still said, and then nothing is left."""
    office = an_office("crm")
    office.proved()
    office.choose(Status.GIVEN)
    erase(office.house, ANA, attested_by=Attestation.PERSON).result()
    office.go()
    assert office.ears.types == ["person.erased"]
    assert office.subjects() == ["Tus datos se han borrado"]
    (letter,) = office.mail.taken
    assert list(letter.papers) == ["certificate.json"]
    assert letter.stops == ""
    with office.house.store.read() as tx:
        assert tx.outbox.next_due() is None
        assert tx.contacts.page(None, limit=9) == []


def test_a_new_version_is_told_to_whom_it_concerns() -> None:
    """Who said yes is told what asks for more, since when, and that silence is no yes; who said no is left in peace."""
    office = an_office("crm")
    office.proved()
    office.proved(BEA, "bea@example.com", language="en")
    office.choose(Status.GIVEN)
    office.choose(Status.REFUSED, BEA)
    office.go()
    office.mail.taken.clear()
    office.ears.heard.clear()
    publish(office.house, a_promise("wide"), approved_by=("one", "two")).result()
    office.go()
    office.go()
    (letter,) = office.mail.taken
    assert (letter.to, letter.subject) == ("ana@example.com", "Ha cambiado: texto")
    assert "pide más que antes" in told(letter)
    assert "Callar no es decir que sí" in told(letter)
    assert office.ears.types == ["version.changed"]
    assert "subject" not in office.ears.heard[0][1].told


def test_a_version_that_is_replaced_before_it_is_told_is_not_told() -> None:
    """Nobody is told of what is no longer so."""
    office = an_office()
    office.proved()
    office.choose(Status.GIVEN)
    office.go()
    office.mail.taken.clear()
    for version in ("wide", "base"):
        publish(office.house, a_promise(version), approved_by=("one", "two")).result()
    office.go()
    office.go()
    assert office.mail.taken == []


def test_a_carrier_that_fails_as_nobody_expected_stops_nothing_else() -> None:
    """What breaks on one notice is noted and tried again, and what waits for others goes out meanwhile."""

    class Broken(Ears):
        def tell(self, endpoint: str, event: Event) -> Outcome:
            if endpoint == "crm":
                raise RuntimeError(event.told)
            return super().tell(endpoint, event)

    office = an_office("crm", "ads")
    office.ears = Broken()
    office.choose(Status.WITHDRAWN)
    office.go()
    assert office.ears.types == ["choice.withdrawn"]
    assert [each.why for each in unsent(office.house)] == ["fault"]


def test_a_house_without_a_mail_server_says_so() -> None:
    """What should have been mailed is listed, and sent once there is somebody to send it."""
    office = an_office()
    office.proved()
    office.choose(Status.GIVEN)
    office.clock.turn(3 * MINUTE)
    deliver(office.house, Carriers(hooks=office.ears))
    assert [each.why for each in unsent(office.house)] == ["no_mail"]
    office.go(timedelta(hours=2))
    assert len(office.mail.taken) == 1


@pytest.mark.parametrize("status", [Status.GIVEN, Status.WITHDRAWN])
def test_what_was_brought_in_from_elsewhere_is_mailed_to_nobody(status: Status) -> None:
    """A choice that an import carries was answered where it was made, so only endpoints hear of it."""
    office = an_office("crm")
    office.proved()
    with office.house.store.read() as tx:
        notice = office.house.shelf.now(tx).notices[PICKS]
    level = Level.DECLARED if status is Status.GIVEN else None
    choice = Choice(
        use_case=PICKS, status=status, attested_by=Attestation.IMPORT, interface="import", notice=notice, level=level
    )
    choose(office.house, ANA, choice).result()
    office.go()
    assert (office.mail.taken, office.ears.types) == ([], [f"choice.{status.value}"])
