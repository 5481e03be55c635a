"""What a store keeps about whoever works for the controller, and how their passwords are hashed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from fiel.core.ids import Digest, LookupTag, Position, StaffId
from fiel.core.staff import Federated, Look


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link that lets somebody in once: whose it is, and until when.

    `invites`: whoever follows it says how they will prove to be the one they are from then on; else they are let in.
    """

    staff: StaffId
    until: datetime
    invites: bool


class Staff(Protocol):
    """Accounts, sealed by whoever puts them there, by random names; and the digests by which they are found."""

    def account(self, staff: StaffId) -> str | None:
        """The sealed account of that name, or None."""
        ...

    def accounts(self) -> Mapping[StaffId, str]:
        """All of them."""
        ...

    def put(self, staff: StaffId, sealed: str, *, handles: Collection[Digest]) -> None:
        """Add or replace an account and all the handles by which it is found.

        Raises `Conflict` if one of the handles is another account's.
        """
        ...

    def called(self, handle: Digest) -> StaffId | None:
        """Whose handle it is, or None."""
        ...

    def put_link(self, digest: Digest, link: Link) -> None:
        """Keep a link, by the digest of what it holds."""
        ...

    def link(self, digest: Digest) -> Link | None:
        """The link of that digest, or None."""
        ...

    def drop_links(self, staff: StaffId) -> None:
        """Let no link of that account be good any more."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A look with its place in the ledger and the salt that hides it there."""

    position: Position
    look: Look
    salt: bytes


class Looks(Protocol):
    """Looks by staff at one person's data, sealed under that person's key, as their entries are."""

    def record(self, lookup: LookupTag, looked: Looked) -> None:
        """Keep a look; raises `Unknown` if nobody is known by that name."""
        ...

    def of(self, lookup: LookupTag) -> Sequence[Looked]:
        """The looks at that person, oldest first."""
        ...


class Passwords(Protocol):
    """Slow hashes of passwords, each with a salt of its own."""

    def hashed(self, password: str) -> str:
        """The hash to keep, which names how it was made."""
        ...

    def fits(self, password: str, hashed: str | None) -> bool:
        """Whether it is the password of that hash. Without one it never is, which takes as long to say."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """Somebody on their way to their employer's own sign-in: where to, and what must come back unchanged with them."""

    url: str
    state: str
    nonce: str
    verifier: str


class SingleSignOn(Protocol):
    """The employer's own sign-in (OpenID Connect Core, authorization code with PKCE, RFC 7636)."""

    @property
    def issuer(self) -> str:
        """Who says there who somebody is."""
        ...

    def leave(self, back_to: str) -> Leaving:
        """The way there, for a browser that is to come back to that address; raises `Unavailable`."""
        ...

    def arrive(self, code: str, *, leaving: Leaving, back_to: str) -> Federated:
        """Who came back with that code; raises `NotAuthenticated` for whatever does not hold, `Unavailable`."""
        ...
