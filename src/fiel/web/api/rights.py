"""What is held about a person, how it was used, their receipts, and erasure: theirs to have (GDPR art. 15, 17, 20)."""

import asyncio
from typing import Final

from fiel.core.consent.leaf import document_of
from fiel.core.ids import Identifier, UseCaseId
from fiel.core.scope import Verb
from fiel.core.text import Value
from fiel.core.use.compartment import Compartment
from fiel.core.use.lesson import Lesson
from fiel.operations.erase import Certificate, Destroyed, erase
from fiel.operations.house import House
from fiel.operations.prove import checkpoint, receipts
from fiel.operations.published import Published
from fiel.operations.show import Holding, show_data, show_uses
from fiel.ports import UseRecord
from fiel.web.api import wire
from fiel.web.api.choices import SUBJECT
from fiel.web.api.held import (
    CertificateAnswer,
    DataAnswer,
    DestroyedAnswer,
    HeldActivity,
    HeldEvent,
    HeldFact,
    HoldingAnswer,
    ReceiptsAnswer,
    RemainsAnswer,
    Showings,
    TaughtFact,
    TaughtItem,
    UseAnswer,
    UsesAnswer,
)
from fiel.web.api.slate import slate
from fiel.web.api.wire import LevelWord
from fiel.web.languages import spoken
from fiel.web.route import Call, Route, done
from fiel.web.security import Leave

LEAVE: Final = Leave(Verb.RIGHTS, person=True)


async def get_data(call: Call) -> DataAnswer:
    """What every use case holds."""
    subject = _whole(call)
    holdings = await asyncio.to_thread(show_data, call.house, subject, by=call.admitted.attestation)
    return DataAnswer(data=[holding_answer(holding) for holding in holdings])


async def get_uses(call: Call) -> UsesAnswer:
    """When what is held was used, for what, with which result."""
    subject = _whole(call)
    uses = await asyncio.to_thread(show_uses, call.house, subject, by=call.admitted.attestation)
    published = call.published()
    return UsesAnswer(uses=[use_answer(name, use, published) for name, use in uses])


async def get_receipts(call: Call) -> ReceiptsAnswer:
    """The receipts of all choices."""
    subject = _whole(call)
    return ReceiptsAnswer(receipts=list(await asyncio.to_thread(receipts, call.house, subject)))


async def delete(call: Call) -> CertificateAnswer:
    """Forget, shred, suppress; answers the certificate."""
    subject = _whole(call)
    certificate = await done(erase(call.house, subject, attested_by=call.admitted.attestation))
    return certificate_answer(certificate, checkpoint(call.house), house=call.house)


def _whole(call: Call) -> Identifier:
    """The person whom the path names, for a caller whose leave is not limited to some use cases."""
    call.admitted.ask()
    return call.subject()


def certificate_answer(certificate: Certificate, note: str, *, house: House) -> CertificateAnswer:
    """The certificate as it is handed out: what is gone, and what is not, with why and until when."""
    # The person's own language is gone with them, but for their last entries.
    languages = [each.recorded.entry.language for each in certificate.destroyed]
    spoken_to = next((language for language in languages if language in house.phrases), None)
    phrases = house.phrases[spoken_to or spoken(house, house.shelf.last)[0]]
    remains = [
        RemainsAnswer(what="ledger", why=phrases["remains.ledger"], until=None),
        RemainsAnswer(what="suppression", why=phrases["remains.suppression"], until=None),
    ]
    if certificate.models_until is not None:
        until = certificate.models_until
        remains.append(RemainsAnswer(what="model", why=phrases["remains.model"], until=until))
    return CertificateAnswer(
        at=certificate.at,
        was_known=certificate.was_known,
        destroyed=[_destroyed(each) for each in certificate.destroyed],
        remains=remains,
        checkpoint=note,
    )


def _destroyed(each: Destroyed) -> DestroyedAnswer:
    return DestroyedAnswer(
        use_case=each.use_case,
        key=each.key,
        forgotten=each.forgotten,
        position=each.recorded.position,
        entry=document_of(each.recorded.entry),
        salt=each.recorded.salt.hex(),
        tag=each.tag.hex(),
    )


def use_answer(name: UseCaseId, use: UseRecord, published: Published) -> UseAnswer:
    """One use as its owner sees it."""
    return UseAnswer(
        use_case=name,
        at=use.at,
        version=use.version,
        level=LevelWord(use.level.word),
        strategy=use.strategy,
        read=use.read,
        shown=slate(use.items, published, language=published.promise.languages[0]),
        control=use.control,
        visits=use.visits,
        reward=use.reward,
    )


def holding_answer(holding: Holding) -> HoldingAnswer:
    """What one use case holds, as its owner sees it."""
    held = holding.held
    return HoldingAnswer(
        use_case=holding.use_case,
        readable=holding.readable,
        attributes=_facts(held) if held else [],
        events=_events(held) if held else [],
        activity=_activity(held) if held else None,
        contributed=_items_taught(held.contributed) if held else [],
        contributed_facts=_facts_taught(held.contributed) if held else [],
        topics_off=list(held.off) if held else [],
    )


def _facts(held: Compartment) -> list[HeldFact]:
    return [
        HeldFact(name=fact.name, value=_value(fact.value), source=fact.source.value, on=fact.on.isoformat())
        for fact in held.facts.values()
    ]


def _events(held: Compartment) -> list[HeldEvent]:
    return [HeldEvent(event=each.name, on=each.on.isoformat(), properties=each.properties) for each in held.events]


def _items_taught(lesson: Lesson) -> list[TaughtItem]:
    return [TaughtItem(item=item, month=f"{month:%Y-%m}") for item, month in lesson.items.items()]


def _facts_taught(lesson: Lesson) -> list[TaughtFact]:
    return [TaughtFact(name=name, value=_value(value)) for name, value in lesson.facts.items()]


def _value(held: Value) -> wire.Value:
    return list(held) if isinstance(held, tuple) else held


def _activity(held: Compartment) -> HeldActivity:
    return HeldActivity(
        last=held.alive.isoformat(),
        last_visit=held.last_visit.isoformat() if held.last_visit else None,
        visits=held.visits,
        messages=len(held.seen),
        let_go=held.mark.isoformat() if held.mark else None,
        shown=[Showings(on=day.isoformat(), times=times) for day, times in held.shown],
    )


ROUTES = (
    Route(
        method="GET",
        path=f"{SUBJECT}/data",
        act=get_data,
        about="What is held about a person, use case by use case",
        leave=LEAVE,
        gives=DataAnswer,
        shows={
            "data": [
                {
                    "use_case": "suggestions",
                    "readable": True,
                    "attributes": [
                        {"name": "favourite_categories", "value": ["tea"], "source": "declared", "on": "2026-11-24"}
                    ],
                    "events": [{"event": "purchase", "on": "2026-11-01", "properties": {"item": "85123A"}}],
                    "activity": {
                        "last": "2026-11-24",
                        "last_visit": "2026-11-24",
                        "visits": 1,
                        "messages": 2,
                        "let_go": None,
                        "shown": [{"on": "2026-11-24", "times": 1}],
                    },
                    "contributed": [{"item": "85123A", "month": "2026-11"}],
                    "contributed_facts": [{"name": "favourite_categories", "value": ["tea"]}],
                    "topics_off": ["alcohol"],
                }
            ]
        },
    ),
    Route(
        method="GET",
        path=f"{SUBJECT}/uses",
        act=get_uses,
        about="When what is held was used, and for what",
        leave=LEAVE,
        gives=UsesAnswer,
    ),
    Route(
        method="GET",
        path=f"{SUBJECT}/receipts",
        act=get_receipts,
        about="The receipts of a person's choices",
        leave=LEAVE,
        gives=ReceiptsAnswer,
    ),
    Route(
        method="DELETE",
        path=SUBJECT,
        act=delete,
        about="Erase a person: forget, shred, suppress",
        leave=LEAVE,
        gives=CertificateAnswer,
    ),
)
