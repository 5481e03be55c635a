"""`/v1/subjects/{id}/contact`: where letters go. A person is asked by mail first; a server answers for what it gives.

The address is used for letters about the person's data and for nothing else, so it is not among what is held for a use.
"""

import asyncio
from typing import Annotated, Final

import msgspec

from fiel.core.scope import Verb
from fiel.operations.notices.contact import contact, give_address, remove_address
from fiel.ports import Contact
from fiel.web.api.choices import SUBJECT
from fiel.web.api.wire import Asked, Language, Told
from fiel.web.languages import asked_for
from fiel.web.route import Call, Route
from fiel.web.security import Leave

LEAVE: Final = Leave(Verb.RIGHTS, person=True)


class ContactRequest(Asked, frozen=True, kw_only=True):
    """An address, and in which language letters to it are."""

    address: Annotated[str, msgspec.Meta(max_length=254)]
    language: Language | None = None


class ContactAnswer(Told, frozen=True, kw_only=True):
    """Where letters go, null for nowhere. `proved`: whoever reads them said so, or the controller did."""

    address: str | None
    language: str | None
    proved: bool


async def get(call: Call) -> ContactAnswer:
    """The address of somebody."""
    call.admitted.ask()
    return contact_answer(await asyncio.to_thread(contact, call.house, call.subject()))


async def put(call: Call) -> ContactAnswer:
    """Give an address."""
    call.admitted.ask()
    wanted, who = call.read(ContactRequest), call.subject()
    language = asked_for(call.house, call.published(), wanted.language)
    by = call.admitted.attestation
    known = await asyncio.to_thread(give_address, call.house, who, address=wanted.address, language=language, by=by)
    return contact_answer(known)


async def delete(call: Call) -> ContactAnswer:
    """Forget the address, and what was to go there."""
    call.admitted.ask()
    await asyncio.to_thread(remove_address, call.house, call.subject())
    return contact_answer(None)


def contact_answer(known: Contact | None) -> ContactAnswer:
    """An address as it is told to whoever may know it."""
    if known is None:
        return ContactAnswer(address=None, language=None, proved=False)
    return ContactAnswer(address=known.address, language=known.language, proved=known.proved is not None)


ROUTES = (
    Route(
        method="GET",
        path=f"{SUBJECT}/contact",
        act=get,
        about="Where letters to a person go",
        leave=LEAVE,
        gives=ContactAnswer,
    ),
    Route(
        method="PUT",
        path=f"{SUBJECT}/contact",
        act=put,
        about="Give an address for letters; a person's own is asked for by mail first",
        leave=LEAVE,
        takes=ContactRequest,
        gives=ContactAnswer,
        problems=frozenset({"conflict", "too_many"}),
        example={"address": "ana@example.com", "language": "es"},
        shows={"address": "ana@example.com", "language": "es", "proved": True},
    ),
    Route(
        method="DELETE",
        path=f"{SUBJECT}/contact",
        act=delete,
        about="Forget the address for letters",
        leave=LEAVE,
        gives=ContactAnswer,
    ),
)
