"""Who chooses and what follows: places, standings, entries, and mandates from where they are minted."""

from datetime import datetime, timedelta

from fiel.core.consent.choice import Attestation, Entry, Standing, Status
from fiel.core.ids import (
    AreaId,
    Identifier,
    IdentifierKind,
    LedgerTag,
    LookupTag,
    Notice,
    Place,
    Position,
    Pseudonym,
    RequestId,
    SubjectId,
    UseCaseId,
)
from fiel.core.law import Right
from fiel.core.permit import Act, Card, Circumstances, Permit, Refusal, Subject, agree, authorise
from fiel.core.promise.usecase import (
    Level,
    UseCase,
)
from fiel.core.promise.version import version_of
from fiel.core.rights import OwnAccess, Request, own_access
from fiel.ports import Identity, Recorded
from fiel.testing.builders.promise import a_digest, a_law, a_use_case
from fiel.testing.clock import NOON


def a_place(person: str = "ana", *, use_case: str = "suggestions", area: str = "sales") -> Place:
    """Where the data of one person in one use case lie; other words, other place."""
    pseudonym = Pseudonym(a_digest(f"{use_case}/{person}")[:16])
    return Place(area=AreaId(area), use_case=UseCaseId(use_case), pseudonym=pseudonym)


def an_identity(person: str = "ana", *, kind: IdentifierKind = IdentifierKind.USER) -> Identity:
    """Somebody known by an outside name."""
    card = Card(language="es", jurisdiction="eu")
    return Identity(sid=SubjectId(a_digest(f"sid {person}")[:16]), identifier=Identifier(kind, person), card=card)


def a_lookup(person: str = "ana") -> LookupTag:
    """How an identity table may name somebody."""
    return LookupTag(a_digest(f"lookup {person}")[:16])


def a_tag(use_case: str = "suggestions", *, person: str = "ana") -> LedgerTag:
    """How the ledger may name somebody in one use case."""
    return LedgerTag(a_digest(f"tag {use_case}/{person}")[:16])


def a_standing(
    status: Status = Status.GIVEN,
    *,
    level: Level = Level.OBSERVED,
    use_case: UseCase | None = None,
    at: datetime = NOON,
    position: int = 0,
) -> Standing:
    """Somebody who stands so, by one entry, and whose data may teach if they gave."""
    given = status is Status.GIVEN
    return Standing(
        status=status,
        level=level if given else Level.NONE,
        contributes=given,
        version=version_of(use_case or a_use_case()) if given else None,
        at=at,
        since=at if given else None,
        position=Position(position),
    )


def an_entry(
    status: Status = Status.GIVEN, *, use_case: str = "suggestions", level: Level | None = None, at: datetime = NOON
) -> Entry:
    """One choice, made by the person on their page."""
    case = a_use_case(use_case)
    given = status is Status.GIVEN
    return Entry(
        use_case=case.id,
        status=status,
        at=at,
        version=version_of(case),
        notice=Notice(a_digest("notice").hex()),
        language="es",
        interface="preferences",
        attested_by=Attestation.PERSON,
        level=level or Level.OBSERVED if given else None,
        contributes=given,
    )


def a_recorded(entry: Entry | None = None, *, position: int = 0) -> Recorded:
    """An entry with its place in the ledger and its salt."""
    return Recorded(position=Position(position), entry=entry or an_entry(), salt=a_digest(f"salt {position}"))


def a_permit(
    place: Place | None = None, *, act: Act = Act.USE, level: Level = Level.OBSERVED, now: datetime = NOON
) -> Permit:
    """A permit as the needle gives it to somebody who said yes at that moment."""
    ruling = _ruling(place or a_place(), a_standing(level=level, at=now), act=act)
    assert isinstance(ruling, Permit)
    return ruling


def a_refusal(place: Place | None = None) -> Refusal:
    """The needle's no to somebody who said no."""
    ruling = _ruling(place or a_place(), a_standing(Status.REFUSED), act=Act.USE)
    assert isinstance(ruling, Refusal)
    return ruling


def _ruling(place: Place, standing: Standing, *, act: Act) -> Permit | Refusal:
    case = a_use_case(place.use_case, area=place.area)
    return authorise(
        Subject(place=place, card=Card(language="es", jurisdiction="eu")),
        agree(case, case, level=standing.level),
        standing=standing,
        act=act,
        circumstances=Circumstances(law=a_law(), now=standing.at or NOON),
    )


def an_own_access(place: Place | None = None) -> OwnAccess:
    """The person's own mandate to one of their compartments."""
    return own_access(place or a_place(), by=Attestation.PERSON)


def a_request(name: str = "first", *, right: Right = Right.ACCESS, at: datetime = NOON) -> Request:
    """A request that just came in, nobody knows from whom."""
    return Request(
        id=RequestId(a_digest(f"request {name}")[:16].hex()),
        right=right,
        use_case=None,
        law="eu",
        at=at,
        received=at.date(),
        due=at.date() + timedelta(days=30),
        asked_by=Attestation.CONTROLLER,
    )
