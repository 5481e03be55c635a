"""What a button of the demo's page asks for, as a choice; and where a person stands, as the buttons they are shown.

The person is taken to sit in front of the page, so their choices are attested by themselves. Where a button needs the
notice, it carries the digest of the one that was on the page: a choice on a stale page is refused, not reinterpreted.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from fiel.core.consent.choice import Attestation, Status
from fiel.core.errors import Malformed
from fiel.core.ids import Notice, UseCaseId
from fiel.core.promise.usecase import LegalBasis, Level, UseCase
from fiel.demo.people import Character
from fiel.operations.choose import Choice, Chosen, choose
from fiel.operations.house import House
from fiel.operations.show import Stand, show_choices
from fiel.operations.switch import Switch, Topics, switch

INTERFACE: Final = "/demo"
"""Where choices of the demo are made, as the receipt names it."""

NO: Final = "none"
"""The button of a no: refuse, withdraw or object, whichever can be said from where the person stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """One of equal buttons. `label` is a key of sentences: of Fiel's own where it names a level, else of the demo's."""

    value: str
    label: str
    chosen: bool


def buttons(stand: Stand) -> tuple[Button, ...]:
    """The buttons of one use case: no on the left, then its levels; what is in force now is marked as chosen."""
    return tuple(_buttons(stand))


def may_teach(stand: Stand) -> bool:
    """Whether the person can say that what they do teaches the shared model: only a yes that holds events can."""
    case, standing = stand.use_case, stand.standing
    return case.learn is not None and standing.status is Status.GIVEN and _holds_events(case, standing.level)


def press(house: House, character: Character, form: Mapping[str, str], *, language: str) -> Chosen:
    """Do what a button says; raises `Malformed` for a form that no page made, or what `choose` raises."""
    stands = {stand.use_case.id: stand for stand in show_choices(house, character.identifier)}
    stand = stands.get(UseCaseId(form.get("use_case", "")))
    if stand is None:
        raise Malformed("the form names no use case of this shop")
    level = stand.standing.level if "teach" in form else _level(form.get("choice", ""))
    case = stand.use_case
    status = _status(stand, level)
    given = status is Status.GIVEN
    choice = Choice(
        use_case=case.id,
        status=status,
        level=level if given or status is Status.OBJECTED else None,
        contributes=given and _teaches(stand, level, form=form),
        attested_by=Attestation.PERSON,
        interface=INTERFACE,
        language=language,
        notice=Notice(form.get("notice", "")) if given else None,
    )
    return choose(house, character.identifier, choice).result()


def switch_topic(house: House, character: Character, form: Mapping[str, str]) -> Topics:
    """Switch a topic off, or on again, as a button says; raises `Malformed` for a form that no page made."""
    if form.get("off") not in {"yes", "no"} or not form.get("topic"):
        raise Malformed("the form names no topic, or not what is to become of it")
    wanted = Switch(use_case=UseCaseId(form.get("use_case", "")), topic=form["topic"], off=form["off"] == "yes")
    return switch(house, character.identifier, wanted).result()


def _buttons(stand: Stand) -> Iterator[Button]:
    case, standing = stand.use_case, stand.standing
    on_consent = case.basis is LegalBasis.CONSENT
    said_no = standing.status in {Status.REFUSED, Status.WITHDRAWN} or (
        standing.status is Status.OBJECTED and standing.level is Level.NONE
    )
    if not on_consent:
        label = "person.object"
    else:
        label = "person.withdraw" if standing.status is Status.GIVEN else "person.refuse"
    yield Button(value=NO, label=label, chosen=said_no)
    for level in case.levels:
        yield Button(value=level.word, label=f"level.{level.word}", chosen=stand.allowed is level)


def _status(stand: Stand, level: Level) -> Status:
    if stand.use_case.basis is not LegalBasis.CONSENT:
        return Status.OBJECTED
    if level is not Level.NONE:
        return Status.GIVEN
    return Status.WITHDRAWN if stand.standing.status is Status.GIVEN else Status.REFUSED


def _level(word: str) -> Level:
    try:
        return Level.named(word)
    except ValueError:
        raise Malformed("the form names no level") from None


def _teaches(stand: Stand, level: Level, *, form: Mapping[str, str]) -> bool:
    """Teaching is asked on its own; another level keeps what was said of it, where there is something to teach."""
    if "teach" in form:
        return form["teach"] == "yes"
    return stand.standing.contributes and _holds_events(stand.use_case, level)


def _holds_events(case: UseCase, level: Level) -> bool:
    return bool(case.minimum(level).events)
