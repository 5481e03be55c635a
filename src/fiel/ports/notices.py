"""What waits to be told, where to, and who carries it. No mail server and no socket here: `fiel.notices` has them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol

from fiel.core.consent.choice import Attestation, Status
from fiel.core.ids import Identifier, LookupTag, Position, UseCaseId, Version
from fiel.core.notices import Kind

MAIL: Final = "mail"
"""The target of notices that go to a person's own address."""

EVERYBODY: Final = "everybody"
"""The target of a notice that is still to become one for each person whom it concerns."""

HOOK: Final = "webhook:"
"""Before the name of an endpoint, the target of what is told to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Where notices go to: an address for that and for nothing else.

    `by` says who gave it, `proved` when whoever reads its mail said so; nothing but that question goes there before.
    `summed`: when the last yearly summary was sent, or when they began to count.
    """

    address: str
    language: str
    by: Attestation
    given: datetime
    proved: datetime | None = None
    summed: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One notice on its way to one target, sealed while it waits.

    `id` is the same at every try. `address` only where the person has none on record (any more); `paper` is a document
    that goes along; `why` is told as it stands; `after` is how far a notice to everybody has come. After `until` it is
    of no use to anybody.
    """

    id: bytes
    kind: Kind
    target: str
    at: datetime
    language: str = ""
    subject: Identifier | None = None
    use_case: UseCaseId | None = None
    status: Status | None = None
    position: Position | None = None
    version: Version | None = None
    address: str | None = None
    paper: str | None = None
    why: str | None = None
    after: bytes | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A parcel in the outbox. `parcel` is None where its key is gone, or its row is not what was put there.

    `lane` and `number` are its place in its order, `claim` whose turn it is; `why` is why it was not sent, in a word.
    """

    lane: bytes
    number: int
    parcel: Parcel | None
    since: datetime
    due: datetime
    tries: int = 0
    why: str = ""
    given_up: bool = False
    claim: bytes = b""
    person: LookupTag | None = None


LISTED: Final = 1_000
"""Parcels that are listed at once where nobody says otherwise: after a long night there may be very many."""


class Outbox(Protocol):
    """What waits to be told, in the transaction of what it tells; in order for each person and target."""

    def put(self, parcel: Parcel, *, owner: bytes, person: LookupTag | None, due: datetime) -> None:
        """Let a parcel wait behind what waits for the same owner and target.

        It is sealed under the key of a person who is known, and goes with them; for None under a key of its own, which
        dies when it is sent. Raises `Unknown` if nobody is known by that name.
        """
        ...

    def claim(self, *, now: datetime, until: datetime, limit: int) -> Sequence[Sequence[Waiting]]:
        """Take what is due, of at most `limit` lanes what waits, in order. Nobody else gets it until then."""
        ...

    def sent(self, waiting: Waiting) -> None:
        """It arrived: forget it, and condemn its key if it had its own. Nothing if somebody else has it by now."""
        ...

    def put_off(self, waiting: Waiting, *, due: datetime, why: str) -> None:
        """It did not arrive, and is tried again then; without a reason it was not even tried. Nothing, as in `sent`."""
        ...

    def give_up(self, waiting: Waiting, *, at: datetime, why: str) -> None:
        """It is not tried again, and what waits behind it is. Nothing, as in `sent`."""
        ...

    def unsent(self, *, limit: int = LISTED) -> Sequence[Waiting]:
        """What was tried and did not arrive, the oldest first, also what was given up; no more than so many."""
        ...

    def find(self, lane: bytes, number: int) -> Waiting | None:
        """What waits at that place, or None."""
        ...

    def retry(self, lane: bytes, number: int, *, now: datetime) -> bool:
        """Try something again that was given up; False if it is not there."""
        ...

    def forget(self, *, before: datetime) -> None:
        """Forget what was given up before then."""
        ...

    def next_due(self) -> datetime | None:
        """When the next parcel is due that was not given up; None if none waits."""
        ...


class Contacts(Protocol):
    """The addresses for notices, each sealed beside the identity and found by a keyed tag of itself."""

    def of(self, lookup: LookupTag) -> Contact | None:
        """The address of somebody, or None."""
        ...

    def put(self, lookup: LookupTag, contact: Contact, *, tag: bytes) -> None:
        """Keep it in place of the one before, under the person's key; raises `Unknown` for somebody not known."""
        ...

    def remove(self, lookup: LookupTag) -> None:
        """Forget it."""
        ...

    def at(self, tag: bytes) -> Sequence[LookupTag]:
        """Whose address it is, in the order of their names."""
        ...

    def page(self, after: LookupTag | None, *, limit: int) -> Sequence[LookupTag]:
        """The next people with an address, in the order of their names."""
        ...


class Outcome(StrEnum):
    """What became of one try. `LATER`: it may arrive another time. `NEVER`: it will not, however often it is tried."""

    SENT = "sent"
    LATER = "later"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One piece of a letter: a paragraph, or, with an `address`, a link that says `text`."""

    text: str
    address: str = ""
    heading: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail as it is to be said, before anybody wrote it as HTML or MIME.

    `stops`: the address that, sent an empty form, ends what the letter is about (RFC 8058). `papers`: documents that go
    along, by name.
    """

    id: bytes
    to: str
    language: str
    subject: str
    sender: str
    lines: tuple[Line, ...]
    stops: str = ""
    papers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What an endpoint is told: nothing of a person but the name under which the controller knows them."""

    id: bytes
    type: str
    at: datetime
    told: Mapping[str, str | int | None]


class Mailer(Protocol):
    """Hands letters to a mail server, or lays them into a folder."""

    def post(self, letter: Letter) -> Outcome:
        """Whether it was taken. Raises nothing that is expected."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """A letter that lies in a folder instead of having been sent."""

    name: str
    to: str
    subject: str
    at: datetime
    text: str
    html: str
    papers: tuple[str, ...] = ()


class Letterbox(Protocol):
    """The folder of letters of a machine on which one develops."""

    def all(self) -> Sequence[Posted]:
        """The letters, the latest first."""
        ...

    def find(self, name: str) -> Posted | None:
        """The letter of that name, or None."""
        ...


class Hooks(Protocol):
    """Tells endpoints."""

    def tell(self, endpoint: str, event: Event) -> Outcome:
        """Whether the endpoint of that name acknowledged it. Raises nothing that is expected."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Hook:
    """An endpoint by its name, and which use cases it is told of; none named means all."""

    name: str
    use_cases: frozenset[UseCaseId] = frozenset()

    def hears(self, use_case: UseCaseId | None) -> bool:
        """Whether it is told of that one; what is about the whole person every endpoint hears."""
        return use_case is None or not self.use_cases or use_case in self.use_cases


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Which channels there are: mail, for which `url` is what links begin with, and endpoints.

    `settling`: how long a letter about a choice waits for the next one.
    """

    mail: bool = False
    url: str = ""
    hooks: tuple[Hook, ...] = ()
    settling: timedelta = timedelta(minutes=2)


NO_POST: Final = Post()
"""A house that tells nobody by itself."""
