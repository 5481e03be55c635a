"""Requests beside a small model: what can follow what, and that nothing is done for whoever may be somebody else."""

from typing import Final

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from fiel.core.consent.choice import Attestation
from fiel.core.errors import Conflict, Malformed
from fiel.core.rights import LONGEST_REASON, Move, State, Step, advance
from fiel.testing.builders import a_request
from fiel.testing.clock import NOON

TODAY: Final = NOON.date()
PERSON, CONTROLLER, MACHINE = Attestation.PERSON, Attestation.CONTROLLER, Attestation.MACHINE


def a_step(move: Move, *, by: Attestation = CONTROLLER, reason: str = "because") -> Step:
    """One step."""
    return Step(at=NOON, move=move, by=by, reason=reason)


ALLOWED: Final = {
    # where it stands, whether it is verified -> what may come next
    (State.OPEN, False): {Move.VERIFY, Move.DENY, Move.REVOKE, Move.LAPSE},
    (State.OPEN, True): {Move.APPROVE, Move.EXTEND, Move.DENY, Move.REVOKE},
    (State.IN_PROGRESS, True): {Move.EXTEND, Move.FULFIL, Move.DENY, Move.REVOKE},
}
"""Written from the law, not from the code (GDPR art. 12)."""


class Requests(RuleBasedStateMachine):
    """Any steps in any order, beside a table and a list."""

    def __init__(self) -> None:
        super().__init__()
        self.request = a_request()
        self.made: list[Move] = []

    @rule(
        move=st.sampled_from(Move), by=st.sampled_from([PERSON, CONTROLLER, MACHINE]), reason=st.sampled_from(["", "r"])
    )
    def step(self, move: Move, by: Attestation, reason: str) -> None:
        """Try one step, and see whether the model lets it."""
        expected = move in ALLOWED.get((self.request.state, self.request.verified), set())
        expected &= not (move is Move.EXTEND and Move.EXTEND in self.made)
        expected &= not (move is Move.REVOKE and by is not PERSON)
        expected &= not (move is Move.LAPSE and by is not MACHINE)
        expected &= bool(reason) or by is PERSON or move not in {Move.VERIFY, Move.EXTEND, Move.DENY}
        before = self.request
        try:
            self.request = advance(before, Step(at=NOON, move=move, by=by, reason=reason), due=TODAY)
        except (Conflict, Malformed):
            assert not expected
            assert self.request == before
        else:
            assert expected
            self.made.append(move)

    @invariant()
    def nothing_is_granted_to_a_stranger(self) -> None:
        """Whatever was approved, prolonged or done was verified before."""
        for granted in (Move.APPROVE, Move.EXTEND, Move.FULFIL):
            if granted in self.made:
                assert Move.VERIFY in self.made[: self.made.index(granted)]

    @invariant()
    def its_steps_tell_its_state(self) -> None:
        """The state is what the steps add up to, and what is over has no step after its last."""
        assert [step.move for step in self.request.steps] == self.made
        ends = [move for move in self.made if move in {Move.FULFIL, Move.DENY, Move.REVOKE, Move.LAPSE}]
        assert self.request.is_over == bool(ends)
        assert not ends or self.made[-1:] == ends


TestRequests = Requests.TestCase


def test_an_extension_moves_the_last_day() -> None:
    """The last day changes with an extension and with nothing else."""
    verified = advance(a_request(), a_step(Move.VERIFY), due=TODAY)
    assert verified.due == a_request().due
    assert advance(verified, a_step(Move.EXTEND), due=TODAY).due == TODAY


def test_a_reason_has_an_end() -> None:
    """A reason without measure is refused."""
    with pytest.raises(Malformed, match="characters"):
        advance(a_request(), a_step(Move.DENY, reason="x" * (LONGEST_REASON + 1)))
