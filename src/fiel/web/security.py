"""Who is calling, and what they may do: the one place where keys and tokens are believed.

A person is believed only by a subject token; a server key speaks for the controller; a publishable key may stand in a
page's source and proves nobody. What a route lets in is declared beside it, and asked here before the route is entered.
"""

import logging
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, TypeAlias, assert_never

from starlette.datastructures import Headers

from fiel.core.consent.choice import Attestation
from fiel.core.errors import NotAllowed, NotAuthenticated, Unavailable
from fiel.core.ids import Digest, Identifier
from fiel.core.promise.usecase import UseCase
from fiel.core.scope import Scope, Verb
from fiel.operations.admit import scope_of
from fiel.operations.house import House

Believe = Callable[[str], Identifier]
"""Whom a subject token proves; raises `NotAuthenticated`."""

_log = logging.getLogger(__name__)

SERVER_PREFIX: Final = "fiel_sk_"
KEY_PREFIXES: Final = (SERVER_PREFIX, "fiel_pk_")
SUBJECT_HEADER: Final = "x-fiel-subject"
ME: Final = "me"


@dataclass(frozen=True, slots=True)
class Stranger:
    """Somebody who showed nothing."""


@dataclass(frozen=True, slots=True)
class ServerKey:
    """The controller's own server. `unseen`: the store could not be asked for the key, and this is what it was."""

    scope: Scope
    digest: Digest
    unseen: bool = False


@dataclass(frozen=True, slots=True)
class PublishableKey:
    """A page with a key that anybody may read in it, and the person before it, if a token proves one."""

    scope: Scope
    digest: Digest
    person: Identifier | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who proved to be the one they are."""

    identifier: Identifier


Caller: TypeAlias = Stranger | ServerKey | PublishableKey | Person


@dataclass(frozen=True, slots=True)
class Leave:
    """Whom a route lets in: keys with the scope `verb` (None: everybody, unasked), and who else.

    `person`: people, to what is theirs. `publishable`: keys that stand in pages. `unseen`: keys for which the store
    could not be asked, to be told no more than everybody may know.
    """

    verb: Verb | None
    person: bool = False
    publishable: bool = False
    unseen: bool = False


OPEN: Final = Leave(None)
"""Everybody, and nobody is asked who they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """Leave that was given to one request. `person`: they act for themselves, and no scope limits them.

    `whose` tells one caller from another.
    """

    verb: Verb | None
    scope: Scope | None = None
    person: Identifier | None = None
    whose: bytes = b""
    unseen: bool = False

    @property
    def attestation(self) -> Attestation:
        """Who says so, when this caller says something about a person."""
        return Attestation.PERSON if self.person else Attestation.CONTROLLER

    @property
    def proves(self) -> bool:
        """Whether the caller may be told what is on record of a person: it is them, or the controller's own server."""
        return self.person is not None or (self.scope is not None and not self.scope.publishable)

    def covers(self, case: UseCase) -> bool:
        """Whether this leave is for that use case too."""
        if self.scope is None or self.verb is None:
            return True
        return self.scope.allows(self.verb, area=case.area, use_case=case.id)

    def ask(self, case: UseCase | None = None) -> None:
        """Raise `NotAllowed` unless this leave is for that use case, or, for None, for what belongs to no use case."""
        if self.scope is None or self.verb is None:
            return
        if not (self.scope.allows(self.verb) if case is None else self.covers(case)):
            raise NotAllowed(f"the key does not cover `{self.verb.value}` here", hint="issue one whose scope does")

    def subject(self, text: str) -> Identifier:
        """The person whom a path or a body names, if this caller may speak of them."""
        if text == ME:
            if self.person is None:
                raise NotAuthenticated("`me` is whom a subject token names, and there is none")
            return self.person
        identifier = Identifier.parse(text)
        if self.person is not None and self.person != identifier:
            raise NotAllowed("a subject token speaks for one person only", hint="name them, or `me`")
        return identifier


def admit(caller: Caller, leave: Leave) -> Admitted:
    """Let a caller in; raises `NotAuthenticated` or `NotAllowed`. Every request to every route passes here."""
    if leave.verb is None:
        return Admitted(verb=None)
    match caller:
        case Stranger():
            raise NotAuthenticated("this needs a key or a subject token", hint="`fiel keys issue DIR` makes a key")
        case Person(identifier=person):
            return _as_person(person, leave)
        case PublishableKey(person=Identifier() as person) if leave.person:
            return _as_person(person, leave)
        case PublishableKey(scope=scope, digest=digest):
            if not leave.publishable:
                raise NotAllowed("a publishable key may not do this", hint="use a server key, or a subject token")
            return _with_key(scope, leave.verb, digest=digest)
        case ServerKey(scope=scope, digest=digest, unseen=unseen):
            if unseen and not leave.unseen:
                raise Unavailable("the store cannot say now what this key may do")
            return _with_key(scope, leave.verb, digest=digest, unseen=unseen)
        case _:
            assert_never(caller)


def _as_person(person: Identifier, leave: Leave) -> Admitted:
    if not leave.person:
        raise NotAllowed("a subject token may not do this", hint="use a server key")
    return Admitted(verb=leave.verb, person=person, whose=f"{person.kind.value}:{person.value}".encode())


def _with_key(scope: Scope, verb: Verb, *, digest: Digest, unseen: bool = False) -> Admitted:
    if verb not in scope.verbs:
        raise NotAllowed(f"the key is not for `{verb.value}`", hint="issue one whose scope is")
    return Admitted(verb=verb, scope=scope, whose=digest, unseen=unseen)


def refuse_server_key(key: str) -> None:
    """Raise `NotAllowed` for a server key, good or not, that stands where everybody on the way writes down what is."""
    if key.startswith(SERVER_PREFIX):
        raise NotAllowed(
            "a server key has no place in a path, where logs and histories keep it",
            hint="put a publishable key there; replace this one, others may have seen it: `fiel keys rotate DIR`",
        )


class Door:
    """Where callers are met."""

    def __init__(self, house: House, *, believe: Believe) -> None:
        """Keys are looked up in the house, subject tokens believed by `believe`."""
        self._house = house
        self._believe = believe
        self._met: dict[Digest, Scope] = {}

    def meet(self, headers: Headers, *, key: str | None = None, basic: bool = False) -> Caller:
        """Who is calling; raises `NotAuthenticated` for credentials that are shown and not good.

        `key` is one that came in another way, and `basic` says whether it may be the user name of a Basic header.
        """
        shown, token = _credentials(headers, basic=basic)
        shown = shown or key
        person = self._believe(token) if token else None
        if shown is None:
            return Stranger() if person is None else Person(person)
        digest = Digest(sha256(shown.encode("utf-8", "surrogatepass")).digest())
        scope, unseen = self._scope(digest)
        if scope.publishable:
            if unseen:
                raise Unavailable("the store cannot say now what this key may do")
            return PublishableKey(scope, digest, person)
        if person is not None:
            raise NotAllowed("a subject token goes alone or with a publishable key", hint="leave out the server key")
        return ServerKey(scope, digest, unseen)

    def _scope(self, digest: Digest) -> tuple[Scope, bool]:
        """What a key covers, asked each time; or what it covered, if the store cannot be asked (promise P8)."""
        try:
            scope = scope_of(self._house, digest)
        except NotAuthenticated:
            self._met.pop(digest, None)
            raise
        except Exception as fault:  # P8: who was met before is let in to be given the answer for nobody
            _log.error("the store does not answer for a key: %s", type(fault).__name__)
            if digest not in self._met:
                raise Unavailable("the store cannot say now what this key may do") from None
            return self._met[digest], True
        self._met[digest] = scope
        return scope, False


def _credentials(headers: Headers, *, basic: bool) -> tuple[str | None, str | None]:
    """The key and the subject token that a request shows."""
    scheme, _, shown = headers.get("authorization", "").partition(" ")
    token = headers.get(SUBJECT_HEADER)
    match scheme.lower():
        case "":
            return None, token
        case "bearer" if shown.startswith(KEY_PREFIXES):
            return shown, token
        case "bearer":
            return None, shown
        case "basic" if basic:
            return _user_name(shown), token
        case _:
            raise NotAuthenticated("the Authorization header shows neither a key nor a subject token as Bearer")


def _user_name(shown: str) -> str:
    """Segment's clients send the key as the user name."""
    try:
        name, _, _ = b64decode(shown, validate=True).decode().partition(":")
    except ValueError:  # what is not ASCII, not base64 or not UTF-8
        raise NotAuthenticated("the Authorization header is not Basic") from None
    return name
