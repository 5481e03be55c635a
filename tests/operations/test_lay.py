"""The card of one interaction: what the needle permits and nothing more, and each no is named."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fiel.core.consent.choice import Attestation, Status
from fiel.core.errors import Conflict, Malformed, NotAllowed, Unknown
from fiel.core.ids import StaffId, UseCaseId
from fiel.core.permit import Act, Permit
from fiel.core.promise.usecase import Bound, LegalBasis, Level, Promise, Rung, UseCase
from fiel.core.staff import Account, Role
from fiel.core.use.gate import Event, Traits
from fiel.operations.choose import Choice, choose
from fiel.operations.collect import Message, collect
from fiel.operations.house import House
from fiel.operations.lay import Helped, Helping, lay, with_cards
from fiel.operations.look import show_looks
from fiel.operations.publish import publish
from fiel.operations.show import show_uses
from fiel.operations.weigh import Question, meet_person, weigh
from fiel.testing.clock import NOON
from tests.laws.world import CARD, PICKS, a_promise, card
from tests.operations.houses import ANA, BEA, opened

REASON: Final = "she asks about her order"
AGENT: Final = Account(id=StaffId(bytes(16)), name="Bo", role=Role.AGENT, since=NOON, renewed=NOON)

SAID: Final = [
    (basis, status, level)
    for basis, statuses in {
        LegalBasis.CONSENT: (None, Status.GIVEN, Status.REFUSED, Status.WITHDRAWN, Status.RESTRICTED),
        LegalBasis.CONTRACT: (None, Status.OBJECTED, Status.RESTRICTED),
    }.items()
    for status in statuses
    for level in (
        (Level.DECLARED, Level.OBSERVED)
        if status is Status.GIVEN
        else (Level.NONE, Level.DECLARED)
        if status is Status.OBJECTED
        else (Level.NONE,)
    )
]
"""Whatever somebody may have said of a use case of two levels, and nothing at all."""


def in_service(basis: LegalBasis) -> UseCase:
    """A use case that shows what one said and what one bought, to whoever helps."""
    [observed] = card().rungs
    told = Rung(level=Level.DECLARED, strategy="facts", attributes=frozenset({"tastes"}))
    return replace(card(), basis=basis, rungs=(told, observed))


def serving(case: UseCase) -> House:
    """A house with that use case, in which Ana said what she likes and bought a cup."""
    house = opened()
    promise: Promise = replace(a_promise("base"), use_cases={**a_promise("base").use_cases, CARD: case})
    publish(house, promise, approved_by=("one", "two")).result()
    return house


def said(house: House, status: Status | None, level: Level) -> None:
    """Ana says so; of somebody who says nothing it is known that they are there."""
    with house.store.read() as tx:
        notices = house.shelf.now(tx).notices
    first = Choice(
        use_case=PICKS, status=Status.REFUSED, attested_by=Attestation.PERSON, interface="test", language="es"
    )
    choose(house, ANA, first).result()
    if status is None:
        return
    if status in {Status.WITHDRAWN, Status.RESTRICTED} and house.shelf.last.promise.use_cases[CARD].basis is (
        LegalBasis.CONSENT
    ):
        said(house, Status.GIVEN, Level.OBSERVED)
    choice = replace(
        first,
        use_case=CARD,
        status=status,
        level=level if status in {Status.GIVEN, Status.OBJECTED} else None,
        notice=notices[CARD] if status is Status.GIVEN else None,
    )
    choose(house, ANA, choice).result()


def lived(house: House) -> None:
    """She tells and buys, in the hour after."""
    now = house.clock.now()
    bought = Event(name="purchase", at=now, properties={"item": "cup", "quantity": 2})
    told = Traits(at=now, values={"tastes": ["tea"]})
    messages = [Message(id="bought", subject=ANA, content=bought), Message(id="told", subject=ANA, content=told)]
    collect(house, messages).result()


def asking(house: House, *, use_case: UseCaseId = CARD, reason: str = REASON, staff: Account = AGENT) -> Helped:
    """The card for whoever helps Ana."""
    return lay(house, Helping(staff=staff, subject=ANA, use_case=use_case, reason=reason))


def names_shown(found: Helped) -> set[str]:
    """What of the person stands on the card."""
    return {reason.name for piece in found.pieces for scored in piece.facts for reason in scored.because}


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(SAID), st.sampled_from([None, *SAID]))
def test_nothing_is_shown_that_the_needle_refuses(
    first: tuple[LegalBasis, Status | None, Level], then: tuple[LegalBasis, Status | None, Level] | None
) -> None:
    """Over all that one may have said, and may have said after that: shown is what is permitted now, and it is all."""
    basis, status, level = first
    house = serving(in_service(basis))
    said(house, status, level)
    lived(house)
    if then is not None and then[0] is basis and then[1] in {Status.GIVEN, Status.REFUSED, Status.OBJECTED}:
        with suppress(Conflict):  # what may not follow is refused, and things stand as they stood
            said(house, then[1], then[2])
    with house.store.read() as tx:
        person = meet_person(house, tx, ANA)
        ruling = weigh(house, tx, person, use_case=CARD, question=Question(act=Act.USE, now=house.clock.now())).ruling
    permitted = ruling.terms.minimum if isinstance(ruling, Permit) else None
    found = asking(house)
    may = {*permitted.attributes, *permitted.events} if permitted else set()
    assert {piece.name for piece in found.pieces} == {"tastes", "purchase"}
    assert {piece.name for piece in found.pieces if piece.permitted} == may
    assert all(piece.facts == () for piece in found.pieces if not piece.permitted)
    assert names_shown(found) <= ({"tastes"} if "tastes" in may else set()) | (
        {"item", "quantity"} if "purchase" in may else set()
    )


def test_what_is_permitted_stands_on_the_card() -> None:
    """Who lets it go all the way has what they said and bought shown, with where it is from and since when."""
    house = serving(in_service(LegalBasis.CONTRACT))
    said(house, None, Level.NONE)
    lived(house)
    found = asking(house)
    assert names_shown(found) == {"tastes", "item", "quantity"}
    reasons = [reason for piece in found.pieces for scored in piece.facts for reason in scored.because]
    assert {reason.source for reason in reasons} == {"declared", "observed"}
    assert {reason.on for reason in reasons} == {house.clock.now().date()}


def test_a_no_leaves_an_empty_card_that_says_so() -> None:
    """Who refused has all that the promise declares named as not permitted, and nothing of them beside it."""
    house = serving(in_service(LegalBasis.CONSENT))
    said(house, Status.REFUSED, Level.NONE)
    lived(house)
    found = asking(house)
    assert (found.reason, found.allowed) == ("refused", Level.NONE)
    assert [piece.permitted for piece in found.pieces] == [False, False]
    assert names_shown(found) == set()


def test_a_wider_version_shows_nothing_until_they_are_asked() -> None:
    """A yes that sleeps permits nothing on the card either."""
    house = serving(in_service(LegalBasis.CONSENT))
    said(house, Status.GIVEN, Level.OBSERVED)
    lived(house)
    assert names_shown(asking(house)) == {"tastes", "item", "quantity"}
    case = in_service(LegalBasis.CONSENT)
    [need] = case.rungs[-1].events
    longer = replace(need, bound=Bound(within=timedelta(days=90)))
    wider = replace(case, rungs=(case.rungs[0], replace(case.rungs[1], events=(longer,))))
    promise = a_promise("base")
    publish(house, replace(promise, use_cases={**promise.use_cases, CARD: wider}), approved_by=("one", "two")).result()
    found = asking(house)
    assert (found.reason, names_shown(found)) == ("changed", set())


def test_it_is_a_look_and_a_use() -> None:
    """The reason is what the person reads, and the use is in their log like any other."""
    house = serving(in_service(LegalBasis.CONTRACT))
    said(house, None, Level.NONE)
    lived(house)
    found = asking(house)
    [look] = show_looks(house, ANA)
    assert (look.reason, look.role) == (REASON, Role.AGENT)
    [(use_case, use)] = show_uses(house, ANA, by=Attestation.PERSON)
    assert (use_case, use.strategy, use.read) == (CARD, "facts", 2)
    with house.store.read() as tx:
        assert tx.ledger.size == found.position + 1


def test_nothing_is_looked_at_without_a_reason() -> None:
    """Without a reason that says something no card is laid, and no look is noted."""
    house = serving(in_service(LegalBasis.CONTRACT))
    said(house, None, Level.NONE)
    with pytest.raises(Malformed):
        asking(house, reason="x")
    assert show_looks(house, ANA) == ()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AGENT])
def test_whoever_helps_nobody_has_no_card(role: Role) -> None:
    """The card is for the role that answers people, and for no other."""
    house = serving(in_service(LegalBasis.CONTRACT))
    said(house, None, Level.NONE)
    with pytest.raises(NotAllowed):
        asking(house, staff=replace(AGENT, role=role))
    assert show_looks(house, ANA) == ()


def test_a_use_that_concludes_has_no_card() -> None:
    """Only what shows facts and nothing else has one."""
    house = serving(in_service(LegalBasis.CONTRACT))
    said(house, None, Level.NONE)
    assert [case.id for case in with_cards(house.shelf.last)] == [CARD]
    with pytest.raises(Malformed):
        asking(house, use_case=PICKS)
    with pytest.raises(Unknown):
        asking(house, use_case=UseCaseId("none"))


def test_nobody_is_shown_where_nobody_is_known() -> None:
    """A name that nobody has is said to be nobody's; nobody is made up for it."""
    house = serving(in_service(LegalBasis.CONTRACT))
    with pytest.raises(Unknown):
        lay(house, Helping(staff=AGENT, subject=BEA, use_case=CARD, reason=REASON))
