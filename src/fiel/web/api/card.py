"""`/v1/subjects/{id}/card`: language, law and age of somebody, which decide how they are answered and whether alone."""

import asyncio
from typing import Final, Literal

from fiel.core.age import AgeBand
from fiel.core.permit import Card
from fiel.core.scope import Verb
from fiel.operations.introduce import Introduction, card_of, introduce
from fiel.web.api.choices import SUBJECT
from fiel.web.api.wire import Asked, Language, Name, Told
from fiel.web.route import Call, Route, done
from fiel.web.security import Leave

LEAVE: Final = Leave(Verb.RIGHTS, person=True)

Band = Literal["0-11", "12", "13", "14-15", "16-17", "18+"]


class CardBody(Asked, frozen=True, kw_only=True):
    """What is to be noted; what is left out stays as it is."""

    language: Language | None = None
    jurisdiction: Name | None = None
    age: Band | None = None
    guardian: bool | None = None


class CardAnswer(Told, frozen=True, kw_only=True):
    """What is known: `age` is a band of years, null where it was never needed."""

    language: str
    jurisdiction: str
    age: str | None
    guardian: bool


async def get(call: Call) -> CardAnswer:
    """What is known of somebody beside their data."""
    call.admitted.ask()
    return _answer(await asyncio.to_thread(card_of, call.house, call.subject()))


async def put(call: Call) -> CardAnswer:
    """Note language, law or age."""
    call.admitted.ask()
    body = call.read(CardBody)
    said = Introduction(
        by=call.admitted.attestation,
        language=body.language,
        jurisdiction=body.jurisdiction,
        age=None if body.age is None else AgeBand.named(body.age),
        guardian=body.guardian,
    )
    return _answer(await done(introduce(call.house, call.subject(), said)))


def _answer(card: Card) -> CardAnswer:
    return CardAnswer(
        language=card.language,
        jurisdiction=card.jurisdiction,
        age=card.age.word if card.age is not None else None,
        guardian=card.guardian,
    )


ROUTES = (
    Route(
        method="GET",
        path=f"{SUBJECT}/card",
        act=get,
        about="Language, law and age of a person",
        leave=LEAVE,
        gives=CardAnswer,
    ),
    Route(
        method="PUT",
        path=f"{SUBJECT}/card",
        act=put,
        about="Note language, law or age of a person",
        leave=LEAVE,
        takes=CardBody,
        gives=CardAnswer,
        example={"language": "es", "jurisdiction": "eu", "age": "18+"},
    ),
)
