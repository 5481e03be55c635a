"""P8: whatever port fails, at whatever call, a decision is private and says so; over HTTP it is always a 200."""

import inspect
import logging
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import ModuleType
from typing import Any, cast

import pytest
from starlette.testclient import TestClient

import fiel.operations.decide as decide_module
from fiel.core.consent.choice import Attestation
from fiel.core.errors import KeyMissing, Malformed, Tampered, Unavailable, Unknown
from fiel.core.ids import Identifier, ItemId, UseCaseId
from fiel.core.permit import PERMITTED
from fiel.core.promise.usecase import Level
from fiel.core.use.decision import Degraded, Scored, Strategy, View
from fiel.core.use.gate import Event
from fiel.operations.collect import Message, collect
from fiel.operations.decide import Ask, Prepared, decide
from fiel.operations.house import House
from fiel.operations.published import Shelf
from fiel.operations.show import show_data, show_uses
from fiel.strategies.buy_again import STRATEGY
from fiel.web.app import make_app
from tests.laws.world import PICKS
from tests.web.serving import ANA, believe, open_doors, say_yes

BOUGHT = ItemId("cup")


class Failing:
    """Counts the calls that go through to what it wraps, and fails the one it is told to."""

    def __init__(self, fail_at: int | None = None, fault: type[Exception] = Unavailable) -> None:
        """Fail the call of that number, from 1; None for none."""
        self.fail_at = fail_at
        self.fault = fault
        self.calls = 0

    def wrap(self, wrapped: object) -> Any:  # noqa: ANN401 - it stands for whatever it wraps
        """A stand-in whose every call is counted, and whose answers are wrapped in turn where they have methods."""
        return _StandIn(self, wrapped)

    def note(self) -> None:
        """One more call."""
        self.calls += 1
        if self.calls == self.fail_at:
            raise self.fault("a planted fault")


class _StandIn:
    """Passes on attributes and calls; what is entered or handed to a closure is wrapped as well."""

    def __init__(self, failing: Failing, wrapped: Any) -> None:  # noqa: ANN401 - as above
        self._failing, self._wrapped = failing, wrapped

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as above
        value = getattr(self._wrapped, name)
        if name == "write":
            return self._write(value)
        if name == "read":
            return self._read(value)
        if callable(value):
            return self._counted(value)
        return _StandIn(self._failing, value) if type(value).__module__.startswith("fiel.stores") else value

    def _counted(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: object, **named: object) -> object:
            self._failing.note()
            return call(*args, **named)

        return counted

    def _read(self, read: Callable[[], Any]) -> Callable[[], Any]:
        @contextmanager
        def entered() -> Iterator[Any]:
            self._failing.note()
            with read() as tx:
                yield _StandIn(self._failing, tx)

        return entered

    def _write(self, write: Callable[..., Any]) -> Callable[..., Any]:
        def handed_over(act: Callable[[Any], Any], *, urgent: bool = False) -> object:
            self._failing.note()
            return write(lambda tx: act(_StandIn(self._failing, tx)), urgent=urgent)

        return handed_over


def _house(level: Level) -> House:
    doors = open_doors()
    say_yes(doors.house, level=level)
    event = Event(name="purchase", at=doors.clock.now(), properties={"item": BOUGHT, "quantity": 1})
    collect(doors.house, [Message(id="one", subject=ANA, content=event)]).result()
    return doors.house


def _faulty(house: House, failing: Failing) -> House:
    """The house with every port behind a stand-in, and what is in force already read, as a server has it."""
    shelf = Shelf(house.strategies)
    with house.store.read() as tx:
        shelf.now(tx)
    return replace(
        house,
        store=failing.wrap(house.store),
        names=failing.wrap(house.names),
        tokens=failing.wrap(house.tokens),
        clock=failing.wrap(house.clock),
        shelf=shelf,
    )


def _calls(level: Level) -> int:
    counting = Failing()
    decide(_faulty(_house(level), counting), ASK).release()
    return counting.calls


ASK = Ask(use_case=PICKS, subject=ANA, context={"item": "lamp"}, limit=3)
LEVELS = (Level.OBSERVED, Level.DECLARED, Level.CONTEXT)


@pytest.mark.parametrize("level", LEVELS)
def test_a_fault_at_any_call_makes_the_answer_private(level: Level, caplog: pytest.LogCaptureFixture) -> None:
    """For each call of a port that a decision makes: if it fails, the answer is at level none, degraded, impersonal."""
    caplog.set_level(logging.CRITICAL)
    calls = _calls(level)
    assert calls >= 10
    for number in range(1, calls + 1):
        house = _faulty(_house(level), Failing(number))
        decision = decide(house, ASK).release()
        outcome = decision.outcome
        assert (number, outcome.level) == (number, Level.NONE)
        assert outcome.degraded is not None
        assert not [reason for scored in decision.items for reason in scored.because if reason.source]


@pytest.mark.parametrize("fault", [Unknown, Malformed, KeyMissing, Tampered, OSError, MemoryError])
def test_whatever_a_fault_is_called_the_answer_is_private(
    fault: type[Exception], caplog: pytest.LogCaptureFixture
) -> None:
    """A port that fails with an error of any kind, also one that a request may earn, makes no error of a decision."""
    caplog.set_level(logging.CRITICAL)
    for number in range(1, _calls(Level.OBSERVED) + 1):
        outcome = decide(_faulty(_house(Level.OBSERVED), Failing(number, fault)), ASK).release().outcome
        assert (number, outcome.level, outcome.degraded is None) == (number, Level.NONE, False)


def test_what_does_not_exist_is_no_fault() -> None:
    """The control of the last: a use case that nobody promised is an error of the request, and stays one."""
    with pytest.raises(Unknown):
        decide(_house(Level.OBSERVED), replace(ASK, use_case=UseCaseId("unpromised")))


def test_without_a_fault_the_answer_is_personal() -> None:
    """The control: the same harness that fails nothing lets a personal answer through."""
    decision = decide(_faulty(_house(Level.OBSERVED), Failing()), ASK).release()
    assert (decision.outcome.level, decision.outcome.reason) == (Level.OBSERVED, PERMITTED)
    assert decision.items[0].item == BOUGHT


def test_over_http_a_fault_is_a_200(caplog: pytest.LogCaptureFixture) -> None:
    """Whoever was met before is answered at level none, whichever call of a port fails."""
    caplog.set_level(logging.CRITICAL)
    doors = open_doors()
    say_yes(doors.house)
    body = {"use_case": PICKS, "subject": {"user_id": "ana"}, "context": {"item": "lamp"}}
    failing = Failing()
    app = make_app(_faulty(doors.house, failing), verify_subject=believe)
    with TestClient(app) as client:
        assert client.post("/v1/decide", json=body, headers=doors.as_server).status_code == 200
        each = failing.calls
        for number in range(1, each + 1):
            failing.calls, failing.fail_at = 0, number
            answer = client.post("/v1/decide", json=body, headers=doors.as_server)
            assert answer.status_code == 200
            assert answer.json()["level"] == "none"


@pytest.mark.parametrize("level", LEVELS)
def test_a_use_is_recorded_whole_or_not_at_all(level: Level, caplog: pytest.LogCaptureFixture) -> None:
    """Whichever call fails, a showing is counted exactly where its use is on record."""
    caplog.set_level(logging.CRITICAL)
    for number in range(1, _calls(level) + 1):
        house = _house(level)
        decide(_faulty(house, Failing(number)), ASK).release()
        uses = [use for _, use in show_uses(house, ANA, by=Attestation.PERSON)]
        held = {each.use_case: each.held for each in show_data(house, ANA, by=Attestation.PERSON)}.get(PICKS)
        assert len(uses) <= 1
        assert (number, sum(count for _, count in held.shown) if held else 0) == (number, len(uses))
        assert all(use.items for use in uses)


def test_without_its_guards_a_decision_fails_the_harness() -> None:
    """The control: in a copy of the operation that lets faults through, every guarded call of a port is an error."""
    bare = _without_guards()
    raised = 0
    for number in range(1, _calls(Level.OBSERVED) + 1):
        try:
            bare(_faulty(_house(Level.OBSERVED), Failing(number)), ASK).release()
        except Unavailable:
            raised += 1
    assert raised == _calls(Level.OBSERVED)


def test_the_log_has_where_and_never_what(caplog: pytest.LogCaptureFixture) -> None:
    """A fault that says somebody's data aloud is written down by its type and place alone."""

    class Talkative:
        def __getattr__(self, name: str) -> object:
            return getattr(STRATEGY, name)

        def rank(self, _model: object, view: View, **_: object) -> tuple[Scored, ...]:
            raise LookupError(f"cannot make sense of {view}")

    house = _house(Level.OBSERVED)
    talkative = cast("Strategy[object]", Talkative())
    outcome = decide(replace(house, strategies={**house.strategies, "buy_again": talkative}), ASK).release().outcome
    assert (outcome.level, outcome.degraded) == (Level.NONE, Degraded.MODEL)
    assert "a strategy of use case picks failed: LookupError at" in caplog.text
    assert BOUGHT not in caplog.text


def _without_guards() -> Callable[[House, Ask], Prepared]:
    """The operation, read from its source with every guard re-raising what it caught."""
    source = inspect.getsource(decide_module)
    bare, guards = re.subn(r"(?m)^( +)note\(.*, fault\)$", r"\1raise", source)
    assert guards >= 5
    module = ModuleType("tests.web.without_guards")
    sys.modules[module.__name__] = module
    exec(compile(bare, module.__name__, "exec"), module.__dict__)  # noqa: S102 - the project's own source
    made: Callable[[House, Ask], Prepared] = module.__dict__["decide"]
    return made


def test_a_withdrawal_before_the_release_withholds_the_answer() -> None:
    """P2: an answer that was made and not yet released is not personal once the person has withdrawn."""
    doors = open_doors()
    say_yes(doors.house)
    event = Event(name="purchase", at=doors.clock.now(), properties={"item": BOUGHT, "quantity": 1})
    collect(doors.house, [Message(id="one", subject=ANA, content=event)]).result()
    prepared = decide(doors.house, ASK)
    with TestClient(doors.app) as client:
        withdrawn = client.delete(f"/v1/subjects/me/choices/{PICKS}", headers=doors.as_ana)
    assert withdrawn.status_code == 200
    outcome = prepared.release().outcome
    assert (outcome.level, outcome.reason) == (Level.NONE, "withdrawn")


def test_somebody_else_is_not_withdrawn() -> None:
    """The control of the last: another person's withdrawal withholds nothing."""
    doors = open_doors()
    say_yes(doors.house)
    say_yes(doors.house, Identifier.parse("user:bea"))
    prepared = decide(doors.house, ASK)
    with TestClient(doors.app) as client:
        client.delete(f"/v1/subjects/user:bea/choices/{PICKS}", headers=doors.as_server)
    assert prepared.release().outcome.reason == PERMITTED
