"""Linking: a no of either holds for both, a yes is offered and never carried, and nothing that is held is joined."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiel.core.consent.choice import Attestation, Status
from fiel.core.errors import Malformed
from fiel.core.ids import Identifier, IdentifierKind, UseCaseId
from fiel.core.promise.usecase import Level
from fiel.operations.choose import Choice, choose
from fiel.operations.house import House
from fiel.operations.link import Linked, link
from fiel.operations.show import Stand, show_choices, show_data
from tests.laws.world import CARD, PICKS
from tests.operations.houses import ANA, BEA, opened, say

SHY = Identifier(IdentifierKind.ANONYMOUS, "browser-7")
SAID = st.sampled_from([None, Status.GIVEN, Status.REFUSED, Status.WITHDRAWN, Status.RESTRICTED])
OBJECTED = st.sampled_from([None, Level.NONE, Level.OBSERVED])
NOES = {Status.REFUSED, Status.WITHDRAWN}
UNUSED = NOES | {Status.RESTRICTED}


def linked(house: House) -> Linked:
    """The browser turns out to be Ana's."""
    return link(house, browser=SHY, person=ANA).result()


def stand(house: House, who: Identifier, use_case: UseCaseId = PICKS) -> Stand:
    """Where somebody stands."""
    return next(each for each in show_choices(house, who) if each.use_case.id == use_case)


def object_to(house: House, who: Identifier, level: Level) -> None:
    """Somebody objects, in full or beyond a level."""
    choice = Choice(
        use_case=CARD, status=Status.OBJECTED, attested_by=Attestation.PERSON, interface="test", level=level
    )
    choose(house, who, choice).result()


@given(SAID, SAID)
def test_a_no_of_either_holds_for_both(shy: Status | None, known: Status | None) -> None:
    """Whatever the two said before, afterwards nobody is used whom either of them refused, and no yes was made."""
    house = opened()
    for who, said in ((SHY, shy), (ANA, known)):
        if said is not None:
            say(house, who, said)
    linked(house)
    after = {who: stand(house, who) for who in (SHY, ANA)}
    if {shy, known} & NOES:
        assert all(each.standing.status in UNUSED for each in after.values())
        assert all(each.allowed is None for each in after.values())
    else:
        assert after[SHY].standing.status is (shy or Status.UNKNOWN)
        offered = shy is Status.GIVEN and known is None
        assert after[ANA].standing.status is (Status.REQUESTED if offered else known or Status.UNKNOWN)
    assert after[ANA].allowed is None or known is Status.GIVEN


def test_what_is_set_aside_stays() -> None:
    """Who asked to have their data set aside does not lose them by what a browser said."""
    house = opened()
    say(house, ANA, Status.GIVEN)
    say(house, ANA, Status.RESTRICTED)
    say(house, SHY, Status.REFUSED)
    linked(house)
    assert stand(house, ANA).standing.status is Status.RESTRICTED


@given(OBJECTED, OBJECTED)
def test_the_further_objection_holds(shy: Level | None, known: Level | None) -> None:
    """Where nobody is asked for consent, the objection that leaves less holds for both."""
    house = opened()
    for who, level in ((SHY, shy), (ANA, known)):
        if level is not None:
            object_to(house, who, level)
    linked(house)
    left = min((level for level in (shy, known) if level is not None), default=None)
    for who in (SHY, ANA):
        standing = stand(house, who, CARD).standing
        assert standing.status is (Status.UNKNOWN if left is None else Status.OBJECTED)
        assert standing.level == (left or Level.NONE)


@given(SAID, SAID)
def test_doing_it_again_changes_nothing(shy: Status | None, known: Status | None) -> None:
    """Linking twice writes nothing the second time."""
    house = opened()
    for who, said in ((SHY, shy), (ANA, known)):
        if said is not None:
            say(house, who, said)
    linked(house)
    assert linked(house) == Linked(of_person=(), of_browser=())


def test_each_entry_says_where_it_comes_from() -> None:
    """What followed is told by its interface as linking, by the machine, and has a place in the ledger of its own."""
    house = opened()
    say(house, SHY, Status.REFUSED)
    [followed] = linked(house).of_person
    entry = followed.recorded.entry
    assert (entry.status, entry.interface, entry.attested_by) == (Status.REFUSED, "link", Attestation.MACHINE)


def test_nothing_that_is_held_is_joined() -> None:
    """What the browser's compartment holds stays there: nothing of it is found with the person."""
    house = opened()
    say(house, SHY, Status.GIVEN)
    linked(house)
    say(house, ANA, Status.GIVEN)
    assert show_data(house, ANA, by=Attestation.PERSON) == ()


def test_a_shared_device_carries_a_no_to_each_and_a_yes_to_none() -> None:
    """Two who use one browser each keep their own account's yes unless the browser said no."""
    house = opened()
    say(house, SHY, Status.GIVEN)
    say(house, BEA, Status.GIVEN)
    for person in (ANA, BEA):
        link(house, browser=SHY, person=person).result()
    assert (stand(house, ANA).standing.status, stand(house, BEA).standing.status) == (Status.REQUESTED, Status.GIVEN)


@pytest.mark.parametrize("pair", [(ANA, ANA), (SHY, SHY), (ANA, SHY)])
def test_only_a_browser_is_linked_to_a_person(pair: tuple[Identifier, Identifier]) -> None:
    """Two accounts are never linked, nor two browsers, nor the wrong way round."""
    with pytest.raises(Malformed):
        link(opened(), browser=pair[0], person=pair[1])


def test_the_control_sees_a_carried_yes() -> None:
    """A person who says yes themselves is allowed, so that the law above could have failed."""
    house = opened()
    say(house, ANA, Status.GIVEN)
    assert replace(stand(house, ANA)).allowed is Level.OBSERVED
