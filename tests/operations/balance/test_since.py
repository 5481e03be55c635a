"""What became of what was shown: which slates count, what counts as chosen, and what is told of two sides."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final, cast

import pytest

from fiel.bootstrap import load_phrases
from fiel.core.ids import Identifier, IdentifierKind, ItemId
from fiel.core.promise.change import Terms, meet
from fiel.core.promise.measured import ENOUGH_PEOPLE
from fiel.core.promise.usecase import Bound, Grain, Level, Measuring, UseCase
from fiel.core.use.compartment import Compartment, Held, empty
from fiel.core.use.decision import Scored
from fiel.core.use.gate import Event
from fiel.operations.balance import Balance
from fiel.operations.balance.since import Followed, follow
from fiel.operations.collect import Message, collect
from fiel.operations.decide import Ask, decide
from fiel.operations.house import House
from fiel.ports import Names, Transaction, UseRecord
from fiel.testing.builders import a_compartment, a_text, a_use_record
from fiel.testing.clock import NOON, HandClock
from fiel.web.balance.page import page_of
from fiel.web.balance.plain import plain
from fiel.web.balance.wording import Wording
from tests.operations.balance.worlds import CASE, GREEDY, ITEMS, Person, a_case, a_world, weighed
from tests.operations.houses import Told, lying

DAY: Final = NOON.date()
LATER: Final = DAY + timedelta(days=40)


def compared(control: float = 0.5, bound: Bound = GREEDY) -> UseCase:
    """The use case of these worlds, with a control share."""
    return replace(a_case(bound), measure=Measuring(why=a_text("we count"), control=control))


def terms(within: int = 365) -> Terms:
    """What somebody agreed to."""
    case = compared(bound=replace(GREEDY, within=timedelta(days=within)))
    return meet(case, case, level=Level.OBSERVED)


def a_slate(*, visits: int | None = 1, **changes: object) -> UseRecord:
    """Tea was shown at noon, to somebody who had come once."""
    return replace(a_use_record(), visits=visits, **changes)  # type: ignore[arg-type]


def chosen(item: str, *, days: int, visit: int = 2) -> Compartment:
    """Somebody who had bought a cup before, and chose an item so many days after the slate."""
    before = Held(name="purchase", on=DAY - timedelta(days=9), visit=1, properties={"item": "cup"})
    after = Held(name="purchase", on=DAY + timedelta(days=days), visit=visit, properties={"item": item})
    return replace(empty(DAY), events=(before, after), visits=visit)


def followed(*uses: UseRecord, held: Compartment, today: date = LATER, within: int = 365) -> Followed:
    """What became of these slates."""
    return follow(uses, held, terms=terms(within), today=today)


@pytest.mark.parametrize(
    ("held", "share"),
    [
        (chosen("tea", days=5), 1.0),
        (chosen("tea", days=30), 1.0),
        (chosen("tea", days=31), 0.0),
        (chosen("cup", days=5), 0.0),
        (chosen("tea", days=0, visit=1), 0.0),
        (chosen("tea", days=0, visit=2), 1.0),
    ],
    ids=["chosen", "on the last day", "too late", "something else", "on the same visit", "on a visit that began after"],
)
def test_what_counts_as_chosen(held: Compartment, share: float) -> None:
    """Something that was shown, on a later visit, within thirty days; on either side alike."""
    assert followed(a_slate(), held=held) == Followed(personal=share)
    assert followed(a_slate(control=True, level=Level.NONE), held=held) == Followed(control=share)


@pytest.mark.parametrize(
    ("use", "today", "held"),
    [
        (a_slate(items=()), LATER, chosen("tea", days=5)),
        (a_slate(visits=None), LATER, chosen("tea", days=5)),
        (a_slate(), DAY + timedelta(days=29), chosen("tea", days=5)),
        (a_slate(), DAY + timedelta(days=365), chosen("tea", days=5)),
        (a_slate(visits=0), LATER, chosen("tea", days=5)),
        (a_slate(), LATER, empty(DAY)),
    ],
    ids=["silent", "of an earlier form", "too young", "aged out", "nothing held by then", "nothing held at all"],
)
def test_a_slate_that_cannot_be_followed_does_not_count(use: UseRecord, today: date, held: Compartment) -> None:
    """Neither where nothing was shown nor where nobody can know what came of it or would have."""
    assert followed(use, held=held, today=today) == Followed()


def test_what_was_told_before_is_something_held() -> None:
    """Who had told us something by then counts, and who told it only afterwards does not."""
    told = replace(a_compartment(), visits=1)
    assert followed(a_slate(), held=told) == Followed(personal=0.0)
    [fact] = told.facts.values()
    after = replace(told, facts={fact.name: replace(fact, on=DAY + timedelta(days=1))})
    assert followed(a_slate(), held=after) == Followed()


def test_a_slate_is_followed_for_a_third_of_what_is_kept() -> None:
    """Where less than ninety days are kept, less time is followed, and what is followed is still held."""
    held = chosen("tea", days=11)
    assert followed(a_slate(), held=held, within=30, today=DAY + timedelta(days=12)) == Followed(personal=0.0)
    assert followed(a_slate(), held=held, within=33, today=DAY + timedelta(days=12)) == Followed(personal=1.0)
    assert followed(a_slate(), held=held, within=30, today=DAY + timedelta(days=9)) == Followed()


def test_a_person_counts_once_on_each_side() -> None:
    """However many slates somebody was shown, theirs is one share a side."""
    other = a_slate(items=(Scored(item=ItemId("bag"), score=1.0),))
    drawn = a_slate(control=True, level=Level.NONE)
    assert followed(a_slate(), other, other, other, drawn, held=chosen("tea", days=5)) == Followed(
        personal=0.25, control=1.0
    )


Later = Callable[[int], Sequence[str]]
"""What the person of that number buys after they were shown something."""


def ten(number: int) -> list[str]:
    """What the person of that number has always bought."""
    return [ITEMS[(number % 5 * 10 + 10 + step) % len(ITEMS)] for step in range(10)]


def lived(later: Later, *, sides: tuple[int, int] = (60, 60), case: UseCase | None = None) -> House:
    """A house in which so many were answered from their data and so many by draw, bought something, and time passed."""
    house = a_world([Person(visits=[(90, ten(n)), (40, ten(n))]) for n in range(sum(sides))], case=case or compared())
    clock = cast("HandClock", house.clock)
    for number in range(sum(sides)):
        lot = 0.99 if number < sides[0] else 0.0
        names = cast("Names", Told(house.names, lot=lambda _place, _month, lot=lot: lot))
        decide(replace(house, names=names), Ask(use_case=CASE, subject=_named(number))).release()
    clock.turn(timedelta(days=5))
    collect(house, list(_bought(house, later, people=sum(sides)))).result()
    clock.turn(timedelta(days=30))
    return house


def _named(number: int) -> Identifier:
    return Identifier(IdentifierKind.USER, f"p{number}")


def _bought(house: House, later: Later, *, people: int) -> Iterator[Message]:
    for number in range(people):
        for item in later(number):
            event = Event(name="purchase", at=house.clock.now(), properties={"item": item})
            yield Message(id=f"p{number} later {item}", subject=_named(number), content=event)


def told(house: House) -> Balance:
    """The balance, without its bounds."""
    return weighed(house, bounds=False)


@pytest.fixture(scope="module")
def serving() -> Balance:
    """A world in which everybody goes on buying what they always bought."""
    return told(lived(ten))


def test_what_serves_is_told_apart(serving: Balance) -> None:
    """Where people choose what their data say, that is surely more than what everybody sees brings."""
    since = serving.since
    assert since is not None
    assert (since.share, since.window) == (0.5, timedelta(days=30))
    assert since.personal is not None
    assert since.control is not None
    assert (since.personal.people, since.control.people) == (60, 60)
    assert (since.personal.mean, since.control.mean) == (1.0, 0.0)
    assert since.serves is True


@pytest.mark.parametrize(
    ("later", "serves"),
    [
        (lambda _: ITEMS[:3], False),
        (lambda number: ITEMS[:3] if number % 2 else ten(number), None),
        (lambda _: (), None),
    ],
    ids=["what everybody sees", "as often the one as the other", "nothing"],
)
def test_what_does_not_serve_is_told_as_well(later: Later, serves: bool | None) -> None:  # noqa: FBT001 - a table
    """The control: where people choose what everybody sees, data do not serve; where neither wins, it stays open."""
    since = told(lived(later)).since
    assert since is not None
    assert since.serves is serves


@pytest.mark.parametrize("sides", [(60, ENOUGH_PEOPLE - 1), (ENOUGH_PEOPLE - 1, 60)])
def test_of_too_few_nothing_is_told(sides: tuple[int, int]) -> None:
    """A side of fewer than fifty people has no figure, in no form, and then no difference is told."""
    since = told(lived(ten, sides=sides)).since
    assert since is not None
    assert [found is None for found in (since.personal, since.control)] == [side < ENOUGH_PEOPLE for side in sides]
    assert (since.more, since.serves) == (None, None)


def test_without_a_share_no_log_is_read() -> None:
    """Where nothing is compared, nobody's log of uses is opened to measure."""
    house = lying(lived(ten, case=compared(0.0)), _without_logs)
    assert told(house).since is None


def test_with_a_share_the_log_is_read() -> None:
    """The control of the last: where something is compared, it is."""
    with pytest.raises(AttributeError):
        told(lying(lived(ten, sides=(2, 2)), _without_logs))


def _without_logs(_tx: Transaction) -> dict[str, object]:
    return {"uses": object()}


def test_what_became_of_it_is_in_the_json(serving: Balance) -> None:
    """Programs get both sides with their intervals, and null for what cannot be told."""
    found = plain(serving)["since_deployment"]
    assert isinstance(found, dict)
    assert (found["control_share"], found["within_days"], found["serves"]) == (0.5, 30, True)
    assert found["personal"] == {"mean": 1.0, "low": 0.9398, "high": 1.0, "people": 60}
    few = plain(told(lived(ten, sides=(3, 3))))["since_deployment"]
    assert isinstance(few, dict)
    assert {few[key] for key in ("personal", "control", "more_than_control", "serves")} == {None}
    assert plain(told(lived(ten, sides=(1, 1), case=compared(0.0))))["since_deployment"] is None


@pytest.mark.parametrize(
    ("language", "sure", "unsure"),
    [
        ("es", "Usar los datos sirve con seguridad", "hacen falta 50 personas a cada lado"),
        ("en", "Using the data surely serves", "it takes 50 people on each side"),
    ],
)
def test_it_is_said_in_a_sentence(language: str, sure: str, unsure: str, *, serving: Balance) -> None:
    """The page says it in one sentence and a table of two sides, in both languages, and also that it cannot be told."""
    wording = Wording(language=language, phrases=load_phrases()[language])
    text = page_of(serving, compared(), wording)
    assert sure in text
    assert wording.say("since.control") in text
    few = page_of(told(lived(ten, sides=(3, 3))), compared(), wording)
    assert unsure in few
    assert wording.say("since.unknown") in few


def test_a_coarse_time_is_followed_by_visits() -> None:
    """Where only the month of a purchase is kept, the visit tells that it came after the slate."""
    case = compared(bound=replace(GREEDY, grain=Grain.MONTH))
    since = told(lived(ten, case=case)).since
    assert since is not None
    assert since.serves is True
