"""The stateful machine: real operations on a real store beside the dictionary model, audited after every step."""

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from fiel.core.consent.choice import Attestation, Status
from fiel.core.errors import Conflict
from fiel.core.ids import Identifier, ItemId, UseCaseId
from fiel.core.permit import PERMITTED
from fiel.core.promise.usecase import Level
from fiel.core.use.gate import Event, Traits
from fiel.operations.choose import Choice, choose
from fiel.operations.collect import Message, collect
from fiel.operations.decide import Ask, decide
from fiel.operations.erase import erase
from fiel.operations.expire import expire
from fiel.operations.house import House
from fiel.operations.learn import learn
from fiel.operations.publish import publish
from fiel.operations.show import show_choices
from fiel.ports import Seals, Store
from fiel.testing.clock import HandClock
from fiel.testing.seals import MemoryNames
from tests.laws.audit import audit
from tests.laws.model import Model
from tests.laws.world import CARD, ITEMS, PEOPLE, PICKS, a_house, a_promise

people = st.sampled_from(PEOPLE)
items = st.sampled_from(ITEMS)
levels = st.sampled_from((Level.OBSERVED, Level.OBSERVED, Level.DECLARED, Level.CONTEXT))
teaching = st.sampled_from((True, True, False))

_A_YES = Choice(use_case=PICKS, status=Status.GIVEN, attested_by=Attestation.PERSON, interface="test")


class FielMachine(RuleBasedStateMachine):
    """Subclasses say which store: `make` answers it with its seals."""

    def make(self) -> tuple[Store, Seals]:
        """An empty store, with its seals."""
        raise NotImplementedError

    @initialize()
    def begin(self) -> None:
        """An empty world."""
        self.clock = HandClock()
        self.store, self.seals = self.make()
        self.house: House = a_house(self.store, names=MemoryNames(), clock=self.clock)
        self.model = Model()
        self.messages = 0

    def teardown(self) -> None:
        """Let go of the store."""
        if hasattr(self, "store"):
            self.store.close()

    @rule(version=st.sampled_from(("base", "narrow", "wide", "reworded")))
    def publish(self, version: str) -> None:
        """The company changes its promise."""
        publish(self.house, a_promise(version), approved_by=("one",)).result()
        self.model.publish(version, self.clock.now())

    @rule(days=st.sampled_from((1, 10, 40, 40, 120, 260)))
    def wait(self, days: int) -> None:
        """Time passes."""
        self.clock.turn(timedelta(days=days))

    @rule(days=st.sampled_from((31, 95)))
    def let_a_season_pass(self, days: int) -> None:
        """Time passes, and what it makes due is done."""
        self.wait(days)
        self.expire()

    @rule(who=people)
    def lower(self, who: Identifier) -> None:
        """A person goes on teaching, and takes back what was observed."""
        self.give(who, Level.DECLARED, teaches=True)

    @rule(who=people, level=levels, teaches=teaching)
    def give(self, who: Identifier, level: Level, *, teaches: bool) -> None:
        """A person says yes."""
        self._choose(who, replace(_A_YES, level=level, contributes=teaches))
        self.model.give(who, level.word, teaches=teaches, now=self.clock.now())

    @rule(who=people, status=st.sampled_from((Status.REFUSED, Status.WITHDRAWN)))
    def say_no(self, who: Identifier, status: Status) -> None:
        """A person says no, or takes a yes back."""
        self._choose(who, replace(_A_YES, status=status))
        self.model.end(who, PICKS, status.value, now=self.clock.now())

    @rule(who=people, in_full=st.booleans())
    def object(self, who: Identifier, *, in_full: bool) -> None:
        """A person objects to what needs no consent, or takes that back."""
        level = Level.NONE if in_full else Level.OBSERVED
        self._choose(who, replace(_A_YES, use_case=CARD, status=Status.OBJECTED, level=level))
        if in_full:
            self.model.end(who, CARD, "objected", now=self.clock.now())
        else:
            self.model.object_less(who, self.clock.now())

    @rule(who=people, level=levels)
    def import_yes(self, who: Identifier, level: Level) -> None:
        """Somebody else says that the person said yes: never against an erasure."""
        try:
            self._choose(who, replace(_A_YES, level=level, attested_by=Attestation.IMPORT))
        except Conflict:
            assert who in self.model.erased
            return
        assert who not in self.model.erased
        self.model.give(who, level.word, teaches=False, now=self.clock.now())

    @rule(who=people, item=items, times=st.sampled_from((1, 1, 2)), days_ago=st.sampled_from((0, 0, 0, 10)))
    def buy(self, who: Identifier, item: ItemId, *, times: int, days_ago: int) -> None:
        """A purchase comes in, perhaps late, perhaps twice."""
        self._buy(who, item, times=times, at=self.clock.now() - timedelta(days=days_ago))

    @rule(who=people, basket=st.lists(items, min_size=1, max_size=4))
    def shop(self, who: Identifier, basket: list[ItemId]) -> None:
        """A visit with several purchases, after which the model is taught."""
        for item in basket:
            self._buy(who, item, times=1, at=self.clock.now())
        self.learn()

    @rule(who=people, tastes=st.lists(items, min_size=1, max_size=2, unique=True))
    def tell(self, who: Identifier, tastes: list[ItemId]) -> None:
        """A person says what they like."""
        message = self._message(who, Traits(at=self.clock.now(), values={"tastes": list(tastes), "age": 44}))
        expected = self.model.tell(who, tuple(tastes), message=message.id, now=self.clock.now())
        ((fate,),) = collect(self.house, [message]).result()
        assert fate.why == expected

    @rule(who=people, use_case=st.sampled_from((PICKS, CARD)), item=items)
    def decide(self, who: Identifier, use_case: UseCaseId, item: ItemId) -> None:
        """A decision is asked for."""
        now, known = self.clock.now(), who in self.model.known
        verdict, stand = self.model.verdict(who, use_case, now), self.model.stand(who, use_case)
        enough = use_case == PICKS and stand.held is not None and stand.held.shown[now.date()] >= 3
        prepared = decide(self.house, Ask(use_case=use_case, subject=who, context={"item": item}, limit=3))
        decision = prepared.release()
        outcome = decision.outcome
        assert outcome.reason == verdict
        if verdict != PERMITTED:
            assert (outcome.level, outcome.allowed) == (Level.NONE, None)
        else:
            assert outcome.allowed is not None
            assert outcome.level <= outcome.allowed
            assert outcome.allowed.word == ("observed" if use_case == CARD else stand.level)
            assert (outcome.silent == "at_most") == enough
        known_items = {item, *(bought.item for bought in stand.held.bought)} if stand.held else {item}
        told = {reason.value for scored in decision.items for reason in scored.because if reason.name == "item"}
        assert told <= known_items
        if outcome.level > Level.NONE and known:
            self.model.showed(who, use_case, items=bool(decision.items), now=now)

    @rule()
    def learn(self) -> None:
        """The shared model is taught."""
        learn(self.house)
        self.model.learn(self.clock.now())

    @rule()
    def expire(self) -> None:
        """What time has made due is done."""
        expire(self.house)
        self.model.expire(self.clock.now())

    @rule(who=people)
    def erase(self, who: Identifier) -> None:
        """A person asks to be erased."""
        certificate = erase(self.house, who, attested_by=Attestation.PERSON).result()
        assert certificate.was_known == (who in self.model.known)
        self.model.erase(who)

    @invariant()
    def the_store_agrees(self) -> None:
        """Standings, compartments, totals and keys are those of the model."""
        if hasattr(self, "house"):
            audit(self.house, self.seals, self.model)

    def _choose(self, who: Identifier, choice: Choice) -> None:
        stands = show_choices(self.house, who)
        notice = next(stand.notice for stand in stands if stand.use_case.id == choice.use_case)
        choose(self.house, who, replace(choice, notice=notice)).result()

    def _buy(self, who: Identifier, item: ItemId, *, times: int, at: datetime) -> None:
        content = Event(name="purchase", at=at, properties={"item": item, "quantity": 2, "religion": "canary"})
        message, now = self._message(who, content), self.clock.now()
        for _ in range(times):
            expected = self.model.buy(who, item, message=message.id, at=at, now=now)
            (fates,) = collect(self.house, [message]).result()
            assert {fate.use_case: fate.why for fate in fates} == expected

    def _message(self, who: Identifier, content: Event | Traits) -> Message:
        self.messages += 1
        return Message(id=f"message {self.messages}", subject=who, content=content)
