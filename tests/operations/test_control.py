"""The control share at work: so many, drawn anew each month and use case, of those alone who let it be measured."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from math import sqrt
from typing import Final, cast

import pytest

from fiel.core.consent.choice import Attestation, Status
from fiel.core.ids import DecisionId, Identifier, IdentifierKind, Place, SubjectId, UseCaseId
from fiel.core.permit import Act
from fiel.core.promise.usecase import Attention, LegalBasis, Level, Measuring, Promise, UseCase
from fiel.core.use.decision import Degraded, Silent
from fiel.core.use.explanation import Decision
from fiel.core.use.gate import Event
from fiel.keys.names import KeyedNames
from fiel.operations.choose import Choice, record
from fiel.operations.collect import Message, collect
from fiel.operations.control import drawn_share
from fiel.operations.decide import Ask, decide
from fiel.operations.explain import explain
from fiel.operations.house import House
from fiel.operations.prove import receipts
from fiel.operations.publish import publish
from fiel.operations.reward import reward
from fiel.operations.show import show_data, show_uses
from fiel.operations.switch import Switch, switch
from fiel.operations.token import trace_decision
from fiel.operations.weigh import Question, meet_person, weigh
from fiel.ports import Names, UseRecord
from tests.keys.examples import OTHER_ROOT, ROOT
from tests.laws.world import BOTH, CARD, PICKS, a_promise, card, picks
from tests.operations.houses import ANA, BEA, Told, lying, opened, say

EVERYBODY: Final = 4_000
SHARE: Final = 0.02
MONTHS: Final = [date(2026 + number // 12, number % 12 + 1, 1) for number in range(12)]
DEVIATIONS: Final = 4
"""How many standard deviations a count may lie from what is declared."""


def measured(case: UseCase, share: float, *, at_most: int | None = None) -> UseCase:
    """A use case that is measured, with a control share and perhaps a limit to how often it may disturb."""
    return replace(case, measure=Measuring(why=BOTH, control=share), attention=Attention(at_most=at_most))


def promising(*cases: UseCase) -> Promise:
    """The world's promise, with these use cases in place of its own."""
    return replace(
        a_promise("base"), use_cases={PICKS: picks("base"), CARD: card()} | {case.id: case for case in cases}
    )


def house_of(*cases: UseCase) -> House:
    """A house in which these use cases are in force."""
    house = opened()
    publish(house, promising(*cases), approved_by=("one", "two")).result()
    return house


def drawing(house: House, lot: float) -> House:
    """The same house, in which everybody draws this number."""
    return replace(house, names=cast("Names", Told(house.names, lot=lambda _place, _month: lot)))


def bought(house: House, who: Identifier = ANA, item: str = "lamp") -> None:
    """Somebody buys something now."""
    event = Event(name="purchase", at=house.clock.now(), properties={"item": item, "quantity": 1})
    message = Message(id=f"{who.value} {item} {event.at}", subject=who, content=event)
    collect(house, [message]).result()


def asked(house: House, who: Identifier = ANA, *, use_case: UseCaseId = PICKS) -> Decision:
    """What somebody is answered."""
    return decide(house, Ask(use_case=use_case, subject=who)).release()


def used(house: House, who: Identifier = ANA) -> Sequence[UseRecord]:
    """The uses that somebody can see, latest first."""
    return [use for _, use in show_uses(house, who, by=Attestation.PERSON)]


def is_about(found: int, share: float, *, of: int) -> bool:
    """Whether a count is what a draw of this share brings, but for chance."""
    return abs(found - share * of) <= DEVIATIONS * sqrt(of * share * (1 - share))


def a_customer(share: float = SHARE, *, at_most: int | None = None) -> House:
    """A house in which Ana lets it be measured, has bought a lamp, and draws the lowest number that there is."""
    house = house_of(measured(picks("base"), share, at_most=at_most))
    say(house, ANA, Status.GIVEN)
    bought(house)
    return drawing(house, 0.0)


@pytest.fixture(scope="module")
def crowded() -> House:
    """A house in which four thousand people let it be measured, with names under a hand-made key."""
    numbers = count()
    named = Told(KeyedNames(ROOT), new_subject=lambda: SubjectId(next(numbers).to_bytes(16, "big")))
    house = replace(house_of(measured(picks("base"), SHARE)), names=cast("Names", named))
    with house.store.read() as tx:
        notice = house.shelf.now(tx).notices[PICKS]
    choice = Choice(
        use_case=PICKS,
        status=Status.GIVEN,
        level=Level.OBSERVED,
        attested_by=Attestation.IMPORT,
        interface="import",
        notice=notice,
        at=house.clock.now(),
    )
    house.store.write(lambda tx: [record(house, tx, who, choice=choice) for who in crowd()]).result()
    return house


def crowd() -> list[Identifier]:
    """The four thousand."""
    return [Identifier(IdentifierKind.USER, f"p{number}") for number in range(EVERYBODY)]


def drawn(house: House) -> set[Identifier]:
    """Who of the four thousand is drawn, now."""
    question, found = Question(act=Act.USE, now=house.clock.now()), set()
    with house.store.read() as tx:
        for who in crowd():
            person = meet_person(house, tx, who)
            weighed = weigh(house, tx, person, use_case=PICKS, question=question)
            if drawn_share(house, tx, person, weighed=weighed, question=question) is not None:
                found.add(who)
    return found


def test_exactly_the_declared_share_is_drawn(crowded: House) -> None:
    """Of four thousand who let it be measured as many are drawn as is declared, but for chance."""
    found = drawn(crowded)
    assert is_about(len(found), SHARE, of=EVERYBODY)
    for who in [*found, *crowd()[: len(found)]]:
        assert (asked(crowded, who).outcome.control == SHARE) is (who in found)


@pytest.mark.parametrize("lot", [0.0, 0.99])
def test_a_draw_that_ignores_the_share_is_found(lot: float, crowded: House) -> None:
    """The control: where everybody draws the same number, the count is none that chance would bring."""
    assert not is_about(len(drawn(drawing(crowded, lot))), SHARE, of=EVERYBODY)


def lots(names: KeyedNames, use_case: str, month: date) -> list[float]:
    """What four thousand people draw in one use case and month."""
    case = UseCaseId(use_case)
    sids = [SubjectId(number.to_bytes(16, "big")) for number in range(EVERYBODY)]
    area = a_promise("base").use_cases[PICKS].area
    return [names.lot(Place(area=area, use_case=case, pseudonym=names.pseudonym(sid, case)), month) for sid in sids]


def test_no_one_pays_every_month() -> None:
    """Month by month others are drawn: how often somebody is, in a year, is what independent draws bring."""
    names = KeyedNames(ROOT)
    months = [lots(names, "picks", month) for month in MONTHS]
    times = [sum(month[person] < 0.1 for month in months) for person in range(EVERYBODY)]
    assert is_about(sum(times), 0.1, of=EVERYBODY * len(MONTHS))
    assert is_about(times.count(0), 0.9**12, of=EVERYBODY)
    assert max(times) <= 7


def test_a_draw_in_one_use_case_says_nothing_of_another() -> None:
    """Who is drawn in one use case is drawn in another as often as anybody else, under each key."""
    for root in (ROOT, OTHER_ROOT):
        one, other = (lots(KeyedNames(root), case, MONTHS[0]) for case in ("picks", "other"))
        both = sum(first < 0.2 and second < 0.2 for first, second in zip(one, other, strict=True))
        assert is_about(both, 0.2 * 0.2, of=EVERYBODY)
        assert len({*one, *other}) == 2 * EVERYBODY


def test_without_the_key_nobody_knows_who_is_drawn() -> None:
    """Under another key the same people draw other numbers, as far apart as strangers' are."""
    case, sid = UseCaseId("picks"), SubjectId(bytes(16))
    place = Place(area=picks("base").area, use_case=case, pseudonym=KeyedNames(ROOT).pseudonym(sid, case))
    drawn_once = {names.lot(place, month) for names in (KeyedNames(ROOT), KeyedNames(OTHER_ROOT)) for month in MONTHS}
    assert len(drawn_once) == 2 * len(MONTHS)


SAID: Final[Mapping[str, Status]] = {"refused": Status.REFUSED, "withdrawn": Status.WITHDRAWN}


@pytest.mark.parametrize("said", [None, *SAID])
def test_nobody_is_drawn_who_did_not_permit_it(said: str | None) -> None:
    """Who did not choose, said no or took their yes back is answered as ever, and nothing is recorded."""
    house = drawing(house_of(measured(picks("base"), 1.0)), 0.0)
    if said is not None:
        say(house, BEA, Status.GIVEN)
        say(house, BEA, SAID[said])
    outcome = asked(house, BEA).outcome
    assert (outcome.control, outcome.reason) == (None, said or "never_asked")
    assert used(house, BEA) == []


@pytest.mark.parametrize("case", [picks("base"), measured(picks("base"), 0.0)])
def test_without_a_share_nobody_is_drawn(case: UseCase) -> None:
    """A use case that is not measured, or whose share is absent or nothing, serves everybody from their data."""
    house = house_of(case)
    say(house, ANA, Status.GIVEN)
    bought(house)
    outcome = asked(drawing(house, 0.0)).outcome
    assert (outcome.control, outcome.level) == (None, Level.OBSERVED)
    assert [(use.control, use.visits) for use in used(house)] == [(False, None)]


def test_nobody_is_drawn_by_what_they_did_not_agree_to() -> None:
    """A share that comes into force after somebody's yes is not theirs, until they say yes to it."""
    house = house_of(picks("base"))
    say(house, ANA, Status.GIVEN)
    bought(house)
    publish(house, promising(measured(picks("base"), 1.0)), approved_by=("one", "two")).result()
    assert asked(drawing(house, 0.0)).outcome.control is None
    say(house, ANA, Status.GIVEN)
    assert asked(drawing(house, 0.0)).outcome.control == 1.0


def test_who_needs_facts_is_never_left_without() -> None:
    """Where only facts are shown, a share that somebody declared all the same draws nobody."""
    house = house_of(measured(card(), 1.0))
    say(house, ANA, Status.OBJECTED, use_case=CARD)
    house = drawing(house, 0.0)
    bought(house, BEA)
    outcome = asked(house, BEA, use_case=CARD).outcome
    assert (outcome.control, outcome.level, outcome.allowed) == (None, Level.OBSERVED, Level.OBSERVED)


def test_where_no_yes_is_needed_the_known_are_drawn() -> None:
    """On another basis a share draws those of whom something is kept, and of a stranger nothing comes into being."""
    case = replace(measured(picks("base"), 1.0), basis=LegalBasis.CONTRACT)
    house = drawing(house_of(case), 0.0)
    bought(house, BEA)
    assert asked(house, BEA).outcome.control == 1.0
    assert asked(house, ANA).outcome.control is None
    assert used(house, ANA) == []


def test_who_is_drawn_sees_what_everybody_sees() -> None:
    """The answer is the one for nobody in particular, item by item, and says by which draw."""
    house = a_customer()
    told = asked(house)
    nobody = asked(house, BEA)
    assert told.items == nobody.items
    assert (told.outcome.level, told.outcome.allowed, told.outcome.reason) == (Level.NONE, Level.OBSERVED, "permitted")
    assert (told.outcome.degraded, told.outcome.silent, told.outcome.control) == (None, None, SHARE)


class Closed:
    """Compartments of which each one that is opened is a fault."""

    def load(self, _mandate: object) -> None:
        """Fail."""
        raise ConnectionError


def test_nothing_is_read_to_answer_who_is_drawn() -> None:
    """No compartment is opened in the snapshot that the answer is made of, though it is of whoever is not drawn."""
    house = lying(a_customer(), lambda _tx: {"compartments": Closed()})
    outcome = asked(house).outcome
    assert (outcome.control, outcome.degraded) == (SHARE, None)
    served = asked(drawing(house, 0.5)).outcome
    assert (served.control, served.degraded) == (None, Degraded.STORE)


def test_silence_is_kept_for_who_is_drawn() -> None:
    """Where it was agreed how often somebody is disturbed, that holds in this month too, and silence is no showing."""
    house = a_customer(at_most=2)
    told = [asked(house).outcome for _ in range(3)]
    assert [outcome.control for outcome in told] == [SHARE, SHARE, None]
    assert [outcome.silent for outcome in told] == [None, None, Silent.AT_MOST]
    assert len(used(house)) == 2


def test_where_the_count_cannot_be_read_nobody_is_drawn() -> None:
    """A compartment that cannot be opened to count showings is a fault like any other."""
    house = lying(a_customer(at_most=2), lambda _tx: {"compartments": Closed()})
    outcome = asked(house).outcome
    assert (outcome.control, outcome.degraded) == (None, Degraded.STORE)


def test_the_use_is_on_record_and_told_to_the_person() -> None:
    """It is among their uses: what was shown, that nothing was read, that it was by draw."""
    house = a_customer()
    told = asked(house)
    [use] = used(house)
    assert (use.control, use.read, use.level, use.strategy, use.visits) == (True, 0, Level.NONE, "popular", 1)
    assert [scored.item for scored in use.items] == [scored.item for scored in told.items]
    assert reward(house, told.id, 1.0).result()


def test_a_topic_that_is_off_does_not_undo_the_record() -> None:
    """Who switched something off is drawn like anybody, and what they switched off stays so."""
    house = a_customer()
    switch(house, ANA, Switch(use_case=PICKS, topic="lamp", off=True)).result()
    assert asked(house).outcome.control == SHARE
    held = {holding.use_case: holding.held for holding in show_data(house, ANA, by=Attestation.PERSON)}[PICKS]
    assert held is not None
    assert held.off == ("lamp",)


def test_it_is_said_why_in_both_languages() -> None:
    """The sentence names the month and the share, for the whole of its life."""
    house = a_customer()
    name = asked(house).id
    account = explain(house, name, language="en")
    assert account.sentence.startswith("This month you are among the 2\u00a0% of people who see what everybody sees")
    assert account.record is not None
    assert explain(house, name, language="es").sentence.startswith("Este mes estás entre el 2\u00a0% de personas")


def test_a_name_from_before_says_nothing_of_a_draw() -> None:
    """Decisions that were named before there was a control share are still accounted for."""
    house = a_customer(0.0)
    fields = json.loads(house.tokens.open(asked(house).id))
    name = DecisionId(house.tokens.seal(json.dumps(fields[:-1]).encode()))
    assert trace_decision(house, name).outcome.control is None
    assert explain(house, name, language="en").record is not None


def test_the_receipt_says_it_before_it_happens() -> None:
    """Whoever says yes takes the share home in plain words, in their language; without one nothing is said of it."""
    for share, told in ((SHARE, True), (0.0, False)):
        house = a_customer(share)
        say(house, ANA, Status.GIVEN, language="en")
        spanish, english = (receipt["text"] for receipt in receipts(house, ANA))
        assert ("Cada mes el azar elige a un 2\u00a0% de quienes permiten este uso" in str(spanish)) is told
        assert ("Each month chance picks 2\u00a0% of those who allow this use" in str(english)) is told


def test_a_no_in_between_undoes_the_draw() -> None:
    """Who takes their yes back while an answer by draw is on its way is answered as nobody, and nothing is recorded."""
    house = a_customer()
    prepared = decide(house, Ask(use_case=PICKS, subject=ANA))
    say(house, ANA, Status.WITHDRAWN)
    outcome = prepared.release().outcome
    assert (outcome.control, outcome.degraded, outcome.reason) == (None, Degraded.RECORD, "withdrawn")
    assert used(house) == []


def test_a_draw_ends_with_its_month() -> None:
    """All month the answer is the same, and the next month is drawn anew."""
    house = a_customer(0.5)
    names = cast("Names", Told(house.names, lot=lambda _place, month: 0.0 if month.month == 12 else 0.9))
    house, seen = replace(house, names=names), set()
    for _ in range(40):
        now = house.clock.now()
        seen.add((now.month, asked(house).outcome.control))
        house.clock.turn(timedelta(days=1))  # type: ignore[attr-defined] # a clock turned by hand
    assert all((control is not None) == (month == 12) for month, control in seen)
