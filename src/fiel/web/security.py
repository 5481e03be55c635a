"""Who is calling: the one place where keys and tokens are believed. Every route asks a caller for leave.

A person is believed only by a subject token; a server key speaks for the controller; a publishable key may stand in a
page's source and proves nobody.
"""

import binascii
import logging
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from starlette.requests import Request

from fiel.core.consent.choice import Attestation
from fiel.core.errors import Malformed, NotAllowed, NotAuthenticated
from fiel.core.ids import AreaId, Digest, Identifier, UseCaseId
from fiel.core.promise.usecase import Promise
from fiel.core.scope import Scope, Verb
from fiel.operations.admit import scope_of
from fiel.operations.house import House

Believe = Callable[[str], Identifier]
"""Whom a subject token proves; raises `NotAuthenticated`."""

_log = logging.getLogger(__name__)

KEY_PREFIXES: Final = ("fiel_sk_", "fiel_pk_")
SUBJECT_HEADER: Final = "x-fiel-subject"
ME: Final = "me"


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Somebody at the door: what their key covers (None without a key), and the person who proved to be there."""

    scope: Scope | None = None
    key: Digest | None = None
    person: Identifier | None = None

    @property
    def attestation(self) -> Attestation:
        """Who says so, when this caller says something about a person."""
        return Attestation.PERSON if self.person else Attestation.CONTROLLER

    @property
    def is_server(self) -> bool:
        """Whether a server key was shown, and not one that anybody may read in a page."""
        return self.scope is not None and not self.scope.publishable

    @property
    def name(self) -> bytes:
        """What tells one caller from another, for idempotency."""
        return (self.key or b"") + (f"{self.person.kind}:{self.person.value}".encode() if self.person else b"")

    def ask(self, verb: Verb, *, area: AreaId | None = None, use_case: UseCaseId | None = None) -> None:
        """Raise unless the caller may do this here. A person may do for themselves whatever concerns themselves."""
        if self.person is not None and verb in {Verb.CHOICES, Verb.RIGHTS, Verb.DECIDE, Verb.READ}:
            return
        if self.scope is None:
            raise NotAuthenticated("this needs a key or a subject token", hint="`fiel keys issue DIR` makes a key")
        if self.scope.publishable and verb not in {Verb.COLLECT, Verb.READ}:
            raise NotAllowed("a publishable key may not do this", hint="use a server key, or a subject token")
        if not self.scope.allows(verb, area=area, use_case=use_case):
            raise NotAllowed(f"the key does not cover `{verb.value}` here", hint="issue one whose scope does")

    def subject(self, text: str) -> Identifier:
        """The person whom a path names, if this caller may speak of them."""
        if text == ME:
            if self.person is None:
                raise NotAuthenticated("`me` needs a subject token")
            return self.person
        identifier = Identifier.parse(text)
        if self.person is not None and self.person != identifier and not self.is_server:
            raise NotAllowed("a subject token speaks for one person only")
        if self.person is None and not self.is_server:
            raise NotAllowed("a publishable key speaks for nobody")
        return identifier

    def covers(self, promise: Promise) -> frozenset[UseCaseId] | None:
        """The use cases that the caller's key may collect for; None for all."""
        if self.scope is None or not (self.scope.areas or self.scope.use_cases):
            return None
        cases = promise.use_cases.values()
        return frozenset(case.id for case in cases if self.scope.allows(Verb.COLLECT, area=case.area, use_case=case.id))


class Door:
    """Where callers are met."""

    def __init__(self, house: House, *, believe: Believe) -> None:
        """Keys are looked up in the house, subject tokens believed by `believe`."""
        self._house = house
        self._believe = believe
        self._met: dict[Digest, Scope] = {}

    def meet(self, request: Request) -> Caller:
        """Who is calling; raises `NotAuthenticated` for credentials that are shown and not good."""
        key, token = _credentials(request)
        person = self._believe(token) if token else None
        if key is None:
            return Caller(person=person)
        digest = Digest(sha256(key.encode()).digest())
        return Caller(scope=self._scope(digest), key=digest, person=person)

    def _scope(self, digest: Digest) -> Scope:
        """What a key covers, asked each time.

        While the store cannot be asked nothing personal is answered; who was met before is let in to be told so (P8).
        """
        try:
            self._met[digest] = scope_of(self._house, digest)
        except NotAuthenticated:
            self._met.pop(digest, None)
            raise
        except Exception:  # P8
            if digest not in self._met:
                raise
            _log.exception("the store does not answer for a key")
        return self._met[digest]


def _credentials(request: Request) -> tuple[str | None, str | None]:
    """The key and the subject token that a request shows."""
    scheme, _, shown = request.headers.get("authorization", "").partition(" ")
    token = request.headers.get(SUBJECT_HEADER)
    match scheme.lower():
        case "":
            return None, token
        case "bearer" if shown.startswith(KEY_PREFIXES):
            return shown, token
        case "bearer":
            return None, shown
        case "basic":
            return _user_name(shown), token
        case _:
            raise NotAuthenticated("the Authorization header is neither Bearer nor Basic")


def _user_name(shown: str) -> str:
    """Segment's clients send the key as the user name."""
    try:
        name, _, _ = b64decode(shown, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise Malformed("the Authorization header is not Basic") from None
    return name
