"""`/rights`: six verbs as cards. Erasure says what happens, asks once, and ends in a certificate."""

from base64 import b64encode
from collections.abc import Mapping
from typing import Final

import msgspec
from starlette.responses import Response

from fiel.core.consent.choice import Attestation
from fiel.core.deadline import Term, Unit
from fiel.core.errors import Malformed
from fiel.core.ids import UseCaseId
from fiel.core.law import Right
from fiel.operations.enter import spend
from fiel.operations.erase import erase
from fiel.operations.prove import checkpoint
from fiel.web.api.rights import certificate_answer
from fiel.web.centre.session import drop
from fiel.web.centre.telling import Telling
from fiel.web.centre.visits import Room, Visit, page

VERBS: Final[Mapping[str, str]] = {
    "see": "/data",
    "take": "/data/download",
    "correct": "/data#told",
    "object": "/preferences",
    "limit": "",
    "erase": "/rights/erase",
}
"""The six, with where each is done; what has no page yet says so, and to whom to write."""


def show(visit: Visit) -> Response:
    """The six cards."""
    return page(visit, "rights.html", here="rights", verbs=VERBS, timed=_timed(visit))


def _timed(visit: Visit) -> str:
    """How long the controller has to answer whoever writes, by its law."""
    telling = visit.telling
    law = visit.house.laws[telling.published.promise.jurisdiction]
    reply, name = law.replies[Right.ACCESS].value, telling.own(law.name)
    if reply is None:
        return telling.say("centre.rights.untimed", law=name)
    return telling.say("centre.rights.timed", law=name, time=_in_words(telling, reply.within))


def _in_words(telling: Telling, term: Term) -> str:
    """A length of time as a law states it."""
    word = {Unit.DAYS: "day", Unit.WORKING_DAYS: "working_day", Unit.MONTHS: "month"}[term.unit]
    return telling.say(f"span.{word}") if term.amount == 1 else telling.say(f"span.{word}s", days=term.amount)


def ask_again(visit: Visit) -> Response:
    """What erasing does, before it is done."""
    return page(visit, "erase.html", here="rights")


def erase_all(visit: Visit) -> Response:
    """Erase, and hand over the certificate: it is made once, and nobody can make it again."""
    if visit.form.get("sure") != "yes":
        raise Malformed("the form does not say that it is meant")
    house, telling = visit.house, visit.telling
    certificate = erase(house, visit.who, attested_by=Attestation.PERSON).result()
    answer = certificate_answer(certificate, checkpoint(house), house=house)
    spend(house, visit.inside.id).result()
    cases = telling.published.promise.use_cases
    response = page(
        Visit(centre=visit.centre, request=visit.request, form={}, language=visit.language, session=None),
        "erased.html",
        here="rights",
        at=telling.instant(certificate.at),
        known=certificate.was_known,
        destroyed=[
            telling.own(cases[name].title) if (name := UseCaseId(each.use_case)) in cases else name
            for each in answer.destroyed
        ],
        forgotten=any(each.forgotten for each in certificate.destroyed),
        keys=[each.key for each in answer.destroyed if each.key],
        remains=[(telling.say(f"remains.{each.what}"), each.until) for each in answer.remains],
        until=telling.instant(certificate.models_until) if certificate.models_until else "",
        whole=b64encode(msgspec.json.format(msgspec.json.encode(answer), indent=2)).decode(),
    )
    drop(visit.request, response)
    return response


ROOMS = (
    Room(method="GET", path="/rights", act=show),
    Room(method="GET", path="/rights/erase", act=ask_again),
    Room(method="POST", path="/rights/erase", act=erase_all),
)
