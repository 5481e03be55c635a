"""What a store keeps about whoever works for the controller, and how their passwords are hashed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from fiel.core.ids import Digest, StaffId


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link that lets somebody in once: whose it is, and until when."""

    staff: StaffId
    until: datetime


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


class Passwords(Protocol):
    """Slow hashes of passwords, each with a salt of its own."""

    def hashed(self, password: str) -> str:
        """The hash to keep, which names how it was made."""
        ...

    def fits(self, password: str, hashed: str) -> bool:
        """Whether it is the password of that hash; `False` as well for a hash that cannot be read."""
        ...
