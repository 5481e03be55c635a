"""Requests: at once for the person themselves, by the clock of their law for the rest, and nothing for a stranger."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from fiel.core.consent.choice import Attestation, Status
from fiel.core.errors import Conflict, Malformed, Unknown
from fiel.core.ids import Identifier, IdentifierKind, RequestId, UseCaseId
from fiel.core.law import Right
from fiel.core.rights import LONGEST_REASON, Move, State
from fiel.operations.attend import UNVERIFIED, Turn, all_requests, attend, find_request, let_lapse, requests_of
from fiel.operations.exercise import Attended, Wish, exercise
from fiel.operations.house import House
from fiel.operations.show import show_choices
from fiel.testing import HandClock
from tests.laws.world import CARD, PICKS
from tests.operations.houses import ANA, BEA, lived_in, opened

STRANGER = Identifier(IdentifierKind.USER, "nobody ever")
PERSON, CONTROLLER = Attestation.PERSON, Attestation.CONTROLLER


def asked(
    house: House, right: Right, *, who: Identifier = ANA, by: Attestation = PERSON, use_case: UseCaseId | None = None
) -> Attended:
    """A request, taken in."""
    return exercise(house, who, Wish(right=right, asked_by=by, use_case=use_case)).result()


def turned(house: House, name: RequestId, move: Move, *, by: Attestation = CONTROLLER, reason: str = "") -> Attended:
    """One step."""
    return attend(house, name, Turn(move=move, by=by, reason=reason)).result()


def status(house: House, who: Identifier, use_case: UseCaseId) -> Status:
    """Where somebody stands."""
    return next(each.standing.status for each in show_choices(house, who) if each.use_case.id == use_case)


@pytest.mark.parametrize("right", [Right.ACCESS, Right.PORTABILITY])
def test_to_see_and_to_take_along_need_no_waiting(right: Right) -> None:
    """Whoever proved to be the one they are may see and take along at once, and it is kept that they asked."""
    house = lived_in()
    request = asked(house, right).request
    assert request.state is State.FULFILLED
    assert [step.move for step in request.steps] == [Move.APPROVE, Move.FULFIL]
    assert list(requests_of(house, ANA)) == [request]


def test_restriction_sets_everything_aside_that_is_held() -> None:
    """Without a use case, what is held is set aside everywhere; an objection stays what it is."""
    house = lived_in()
    done = asked(house, Right.RESTRICTION)
    assert [each.recorded.entry.use_case for each in done.chosen] == [PICKS]
    assert status(house, ANA, PICKS) is Status.RESTRICTED
    assert status(house, ANA, CARD) is Status.OBJECTED


def test_objection_is_called_what_the_basis_calls_it() -> None:
    """To object ends a contract's use by an objection, and a consent by its withdrawal."""
    house = opened()
    assert [asked(house, Right.OBJECTION, use_case=CARD).is_kept] == [False]  # nobody yet, so nothing to object to
    house = lived_in()
    asked(house, Right.OBJECTION, who=BEA, use_case=CARD)
    asked(house, Right.OBJECTION, who=ANA, use_case=PICKS)
    assert (status(house, BEA, CARD), status(house, ANA, PICKS)) == (Status.OBJECTED, Status.WITHDRAWN)


def test_erasure_takes_the_request_along() -> None:
    """Who asks to be erased is, and gets the certificate; of the request nothing is kept."""
    house = lived_in()
    waiting = asked(house, Right.REVIEW)
    done = asked(house, Right.ERASURE)
    assert done.certificate is not None
    assert done.certificate.was_known
    assert not done.is_kept
    assert list(requests_of(house, ANA)) == []
    with pytest.raises(Unknown):
        turned(house, waiting.request.id, Move.APPROVE)


@pytest.mark.parametrize("right", [Right.RECTIFICATION, Right.REVIEW])
def test_what_somebody_must_judge_waits_by_the_clock(right: Right) -> None:
    """A correction, or a look at a decision, is open until somebody has judged it, and the law says until when."""
    house = lived_in()
    request = asked(house, right).request
    assert (request.state, request.verified) == (State.OPEN, True)
    assert request.due == date(2026, 12, 24)
    turned(house, request.id, Move.APPROVE)
    done = turned(house, request.id, Move.FULFIL).request
    assert done.state is State.FULFILLED


def test_nothing_is_done_for_whom_somebody_else_asks() -> None:
    """What the controller asks for in somebody's name is not done before it is shown that they want it."""
    house = lived_in()
    request = asked(house, Right.ERASURE, by=CONTROLLER).request
    assert (request.state, request.verified) == (State.OPEN, False)
    for move in (Move.APPROVE, Move.FULFIL, Move.EXTEND):
        with pytest.raises(Conflict):
            turned(house, request.id, move, reason="because")
    assert status(house, ANA, PICKS) is Status.GIVEN
    turned(house, request.id, Move.VERIFY, reason="came to the shop with their card")
    turned(house, request.id, Move.APPROVE)
    done = turned(house, request.id, Move.FULFIL)
    assert done.certificate is not None


def test_an_unverified_request_never_stands_in_the_way() -> None:
    """A stranger's request in somebody's name does not hold up the same one of their own."""
    house = lived_in()
    strange = asked(house, Right.ACCESS, by=CONTROLLER).request
    assert asked(house, Right.ACCESS, by=CONTROLLER).request == strange  # the same again is the same
    own = asked(house, Right.ACCESS).request
    assert own.id != strange.id
    assert own.state is State.FULFILLED


def test_the_same_open_request_is_one() -> None:
    """Asking twice for what is being looked at does not make two of it, nor begin the clock anew."""
    house = lived_in()
    first = asked(house, Right.REVIEW).request
    assert asked(house, Right.REVIEW).request == first
    assert asked(house, Right.REVIEW, use_case=PICKS).request != first


def test_of_a_stranger_nothing_is_kept() -> None:
    """Whoever nothing is known of is told so at once, and asking makes them no better known."""
    house = lived_in()
    done = asked(house, Right.ACCESS, who=STRANGER)
    assert (done.request.state, done.is_kept) == (State.FULFILLED, False)
    assert list(requests_of(house, STRANGER)) == []


def test_an_extension_counts_from_the_day_it_came_in() -> None:
    """More time is counted from the day on which the request came in, needs a reason, and comes once."""
    house = lived_in()
    request = asked(house, Right.REVIEW).request
    with pytest.raises(Malformed, match="reason"):
        turned(house, request.id, Move.EXTEND)
    extended = turned(house, request.id, Move.EXTEND, reason="it takes a look at a year").request
    assert request.due is not None
    assert extended.due is not None
    assert timedelta(days=55) < extended.due - request.due < timedelta(days=65)
    with pytest.raises(Conflict):
        turned(house, request.id, Move.EXTEND, reason="again")


def test_a_term_that_is_over_is_not_made_longer() -> None:
    """After the last day there is nothing left to make longer."""
    house = lived_in()
    request = asked(house, Right.REVIEW).request
    assert isinstance(house.clock, HandClock)
    house.clock.turn(timedelta(days=60))
    with pytest.raises(Conflict, match="over"):
        turned(house, request.id, Move.EXTEND, reason="late")


def test_where_nobody_read_the_law_a_person_says_by_when() -> None:
    """Under a law whose terms nobody has verified a request has no day, and no extension is made up."""
    house = lived_in()
    house = replace(house, laws={**house.laws, "eu": replace(house.laws["pe"], code="eu")})
    request = asked(house, Right.REVIEW).request
    assert request.due is None
    with pytest.raises(Conflict, match="nobody has verified"):
        turned(house, request.id, Move.EXTEND, reason="why not")


def test_the_day_it_came_in_is_the_day_there() -> None:
    """A request late at night came in on the day that it was where the law holds."""
    house = lived_in()
    house = replace(
        house,
        laws={**house.laws, "eu": replace(house.laws["cl"], code="eu")},
        clock=HandClock(datetime(2026, 12, 2, 2, 30, tzinfo=UTC)),
    )
    request = asked(house, Right.REVIEW).request
    assert (request.received, request.due) == (date(2026, 12, 1), date(2026, 12, 31))


def test_what_nobody_verified_lapses() -> None:
    """A request that nobody verified is over after thirty days, one that was verified is not."""
    house = lived_in()
    strange = asked(house, Right.REVIEW, by=CONTROLLER).request
    own = asked(house, Right.RECTIFICATION).request
    assert isinstance(house.clock, HandClock)
    house.clock.turn(UNVERIFIED - timedelta(seconds=1))
    assert let_lapse(house) == 0
    house.clock.turn(timedelta(seconds=1))
    assert let_lapse(house) == 1
    assert find_request(house, strange.id).request.state is State.EXPIRED
    assert find_request(house, own.id).request.state is State.OPEN


def test_the_list_begins_with_what_is_due_first() -> None:
    """The controller's list has what is due soonest first, and what is over last; each with whose it is."""
    house = lived_in()
    over = asked(house, Right.ACCESS).request
    early = asked(house, Right.REVIEW, who=BEA).request
    assert isinstance(house.clock, HandClock)
    house.clock.turn(timedelta(days=2))
    late = asked(house, Right.REVIEW).request
    assert [(each.identifier, each.request) for each in all_requests(house)] == [(BEA, early), (ANA, late), (ANA, over)]


@pytest.mark.parametrize("name", ["", "zz", "00", "00" * 16, "00" * 40])
def test_an_id_of_nothing_finds_nothing(name: str) -> None:
    """Whatever is no request's id is told to be none."""
    with pytest.raises(Unknown):
        find_request(lived_in(), RequestId(name))


def test_a_note_has_an_end() -> None:
    """A note without measure is refused, and nothing is kept of it."""
    house = lived_in()
    with pytest.raises(Malformed):
        exercise(house, ANA, Wish(right=Right.REVIEW, asked_by=PERSON, note="x" * (LONGEST_REASON + 1))).result()
    assert list(requests_of(house, ANA)) == []
