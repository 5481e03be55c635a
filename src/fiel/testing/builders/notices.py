"""What is told, and where to."""

from datetime import datetime

from fiel.core.consent.choice import Attestation, Status
from fiel.core.ids import Position, UseCaseId
from fiel.core.notices import Kind
from fiel.ports import MAIL, Contact, Parcel
from fiel.testing.builders.choice import an_identity
from fiel.testing.clock import NOON


def a_contact(address: str = "ana@example.com", *, language: str = "es") -> Contact:
    """An address that somebody gave on their page."""
    return Contact(address=address, language=language, by=Attestation.PERSON, given=NOON)


def a_parcel(  # noqa: PLR0913 - each stands for one field that laws vary
    name: str = "one",
    *,
    target: str = MAIL,
    kind: Kind = Kind.CHOICE,
    address: str | None = None,
    paper: str | None = None,
    until: datetime | None = None,
) -> Parcel:
    """A notice of a choice; its id is its name."""
    return Parcel(
        id=name.encode(),
        kind=kind,
        target=target,
        at=NOON,
        language="es",
        subject=an_identity().identifier,
        use_case=UseCaseId("suggestions"),
        status=Status.WITHDRAWN,
        position=Position(7),
        address=address,
        paper=paper,
        until=until,
    )
