"""What a button asks for, as a choice; and where a person stands, as the buttons they are shown.

The person presses it themselves, so they attest it. A yes carries the digest of the notice that was on the page, and
counts only while that is in force. A no needs nothing and always counts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from fiel.core.consent.choice import UNDECIDED, Attestation, Status
from fiel.core.consent.effect import holds
from fiel.core.errors import Conflict, Malformed
from fiel.core.ids import Identifier, Notice, UseCaseId
from fiel.core.permit import Refused, reach
from fiel.core.promise.usecase import LegalBasis, Level, UseCase
from fiel.operations.choose import Choice, Chosen, choose
from fiel.operations.house import House
from fiel.operations.show import Stand, show_choices

NO: Final = Level.NONE.word
"""The button of a no: refuse, withdraw or object, whichever can be said from where the person stands."""

INTERFACE: Final = "centre"
"""Where choices of the centre are made, as the receipt names it."""

Fields = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """One of equal buttons: the level it chooses, and whether that is in force because the person said so."""

    value: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressing:
    """Who presses buttons, on which page, in which language."""

    who: Identifier
    interface: str
    language: str


def buttons(stand: Stand) -> tuple[Button, ...]:
    """The buttons of one use case: no first, then its levels; what is in force now is marked as chosen."""
    return tuple(_buttons(stand))


def said_no(stand: Stand) -> bool:
    """Whether the person's own no is what stands."""
    standing = stand.standing
    if standing.status is Status.OBJECTED:
        return standing.level is Level.NONE
    return standing.status in {Status.REFUSED, Status.WITHDRAWN}


def seen(stand: Stand) -> str:
    """What a page says of where the person stood when it was made; a yes counts only if that is still so."""
    if stand.reason == Refused.SUPPRESSED:
        return "erased"
    return "" if stand.standing.position is None else str(stand.standing.position)


def may_teach(stand: Stand) -> bool:
    """Whether the person can say that what they do teaches the shared model: only a yes that holds events can.

    And only one that counts: beside a yes that no longer covers what is in force, it would say yes to that, unasked.
    """
    case, standing = stand.use_case, stand.standing
    given = standing.status is Status.GIVEN and stand.allowed is not None
    return case.learn is not None and given and holds_events(case, standing.level)


def limits(stand: Stand) -> str:
    """Whether keeping without using can be asked for (`offer`), or ended (`lift`), or neither (GDPR art. 18(1), (3)).

    A yes to another version than the one in force does not come back by itself: then the buttons are all there is.
    """
    case, standing = stand.use_case, stand.standing
    if standing.status is Status.RESTRICTED:
        lost = case.basis is LegalBasis.CONSENT and (not standing.level or standing.version != stand.version)
        return "" if lost else "lift"
    may = standing.status is not Status.BLOCKED and stand.reason != Refused.SUPPRESSED
    return "offer" if may and holds(standing, case.basis) else ""


def holds_events(case: UseCase, level: Level) -> bool:
    """Whether a use case holds anything that happened, as far as that level goes."""
    return bool(case.minimum(level).events)


def stand_of(house: House, who: Identifier, name: str) -> Stand:
    """Where somebody stands with the use case that a form names; raises `Malformed` for one that there is not."""
    stand = next((each for each in show_choices(house, who) if each.use_case.id == UseCaseId(name)), None)
    if stand is None:
        raise Malformed("the form names no use case of this promise")
    return stand


def press(house: House, pressing: Pressing, form: Fields) -> Chosen:
    """Do what a button says.

    Raises `Malformed` for a form that no page made, `Conflict` for a yes on a page that is no longer true, or what
    `choose` raises.
    """
    stand = stand_of(house, pressing.who, form.get("use_case", ""))
    if "teach" in form:
        return _teach(house, pressing, stand, form=form)
    if "limit" in form:
        return _limit(house, pressing, stand, form=form)
    level = _level(form.get("choice", ""))
    case = stand.use_case
    status = status_of(stand, level)
    given = status is Status.GIVEN
    if level is not Level.NONE:
        _refuse_what_passed(stand, form)
    choice = Choice(
        use_case=case.id,
        status=status,
        level=level if given or status is Status.OBJECTED else None,
        contributes=given and stand.standing.contributes and holds_events(case, level),
        attested_by=Attestation.PERSON,
        interface=pressing.interface,
        language=pressing.language,
        notice=Notice(form.get("notice", "")) if given else None,
    )
    return choose(house, pressing.who, choice).result()


def status_of(stand: Stand, level: Level) -> Status:
    """What the ledger records for a button."""
    if stand.use_case.basis is not LegalBasis.CONSENT:
        return Status.OBJECTED
    if level is not Level.NONE:
        return Status.GIVEN
    return Status.WITHDRAWN if _was_given(stand) else Status.REFUSED


def _teach(house: House, pressing: Pressing, stand: Stand, *, form: Fields) -> Chosen:
    """Teaching is asked on its own, beside a yes; without that yes there is nothing to say about it."""
    if form["teach"] not in {"yes", "no"}:
        raise Malformed("the form says neither yes nor no")
    if not may_teach(stand):
        raise Conflict("there is no yes any more that this could belong to")
    _refuse_what_passed(stand, form)
    choice = Choice(
        use_case=stand.use_case.id,
        status=Status.GIVEN,
        level=stand.standing.level,
        contributes=form["teach"] == "yes",
        attested_by=Attestation.PERSON,
        interface=pressing.interface,
        language=pressing.language,
        notice=Notice(form.get("notice", "")),
    )
    return choose(house, pressing.who, choice).result()


def _limit(house: House, pressing: Pressing, stand: Stand, *, form: Fields) -> Chosen:
    """Keep what is held and use none of it, or use it again as it was agreed to before."""
    wanted, case, standing = form["limit"], stand.use_case, stand.standing
    if wanted not in {"offer", "lift"}:
        raise Malformed("the form says neither to limit nor to lift it")
    if limits(stand) != wanted:
        raise Conflict("there is nothing here that this could be done to")
    _refuse_what_passed(stand, form)
    lifted = Status.GIVEN if case.basis is LegalBasis.CONSENT else Status.OBJECTED
    status = Status.RESTRICTED if wanted == "offer" else lifted
    choice = Choice(
        use_case=case.id,
        status=status,
        level=None if status is Status.RESTRICTED else standing.level or reach(case, UNDECIDED),
        contributes=status is Status.GIVEN and standing.contributes,
        attested_by=Attestation.PERSON,
        interface=pressing.interface,
        language=pressing.language,
        notice=Notice(form.get("notice", "")) if status is Status.GIVEN else None,
    )
    return choose(house, pressing.who, choice).result()


def _was_given(stand: Stand) -> bool:
    """Whether a no takes a yes back: one that stands, or one that was set aside."""
    standing = stand.standing
    return standing.status is Status.GIVEN or (standing.status is Status.RESTRICTED and standing.level > Level.NONE)


def _buttons(stand: Stand) -> Iterator[Button]:
    standing, case = stand.standing, stand.use_case
    yield Button(value=NO, chosen=said_no(stand))
    chosen = standing.level if standing.status in {Status.GIVEN, Status.OBJECTED} else Level.NONE
    for level in case.levels:
        yield Button(value=level.word, chosen=stand.allowed is not None and chosen is level)


def _refuse_what_passed(stand: Stand, form: Fields) -> None:
    if "seen" in form and form["seen"] != seen(stand):
        raise Conflict("something else was chosen since this page was made")


def _level(word: str) -> Level:
    try:
        return Level.named(word)
    except ValueError:
        raise Malformed("the form names no level") from None
