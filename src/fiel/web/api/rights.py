"""What is held about a person, how it was used, their receipts, and erasure: theirs to have (GDPR art. 15, 17, 20)."""

import asyncio
from collections.abc import Mapping

from starlette.responses import Response

from fiel.core.consent.leaf import document_of
from fiel.core.ids import UseCaseId
from fiel.core.scope import Verb
from fiel.core.use.compartment import Compartment
from fiel.operations.erase import Certificate, Destroyed, erase
from fiel.operations.prove import checkpoint, receipts
from fiel.operations.published import Published
from fiel.operations.show import Holding, show_data, show_uses
from fiel.ports import UseRecord
from fiel.web.api.choices import PATH
from fiel.web.api.slate import slate
from fiel.web.api.wire import (
    CertificateAnswer,
    DataAnswer,
    DestroyedAnswer,
    HeldEvent,
    HeldFact,
    HoldingAnswer,
    ReceiptsAnswer,
    UseAnswer,
    UsesAnswer,
)
from fiel.web.route import Call, Route, done, json_response


async def get_data(call: Call) -> DataAnswer:
    """What every use case holds."""
    subject = call.caller.subject(call.part("id"))
    call.caller.ask(Verb.RIGHTS)
    holdings = await asyncio.to_thread(show_data, call.house, subject, by=call.caller.attestation)
    return DataAnswer(data=[holding_answer(holding) for holding in holdings])


async def get_uses(call: Call) -> UsesAnswer:
    """When what is held was used, for what, with which result."""
    subject = call.caller.subject(call.part("id"))
    call.caller.ask(Verb.RIGHTS)
    uses = await asyncio.to_thread(show_uses, call.house, subject, by=call.caller.attestation)
    published = call.published()
    return UsesAnswer(uses=[use_answer(name, use, published) for name, use in uses])


async def get_receipts(call: Call) -> ReceiptsAnswer:
    """The receipts of all choices."""
    subject = call.caller.subject(call.part("id"))
    call.caller.ask(Verb.RIGHTS)
    return ReceiptsAnswer(receipts=list(await asyncio.to_thread(receipts, call.house, subject)))


async def delete(call: Call) -> Response:
    """Forget, shred, suppress; answers the certificate."""
    subject = call.caller.subject(call.part("id"))
    call.caller.ask(Verb.RIGHTS)
    certificate = await done(erase(call.house, subject, attested_by=call.caller.attestation))
    return json_response(certificate_answer(certificate, checkpoint(call.house)))


def certificate_answer(certificate: Certificate, note: str) -> CertificateAnswer:
    """The certificate as it is handed out: what is gone, and what is not, with why and until when."""
    return CertificateAnswer(
        at=certificate.at,
        was_known=certificate.was_known,
        destroyed=[_destroyed(each) for each in certificate.destroyed],
        remains=_remains(certificate),
        checkpoint=note,
    )


def _remains(certificate: Certificate) -> list[Mapping[str, object]]:
    remains: list[Mapping[str, object]] = [
        {"what": "ledger", "why": "its leaves point at nobody any more; your receipts still prove them", "until": None},
        {"what": "suppression", "why": "a keyed word that keeps you from being taken up again", "until": None},
    ]
    if certificate.models_until is not None:
        why = "a published model may hold your share until the next one replaces it"
        remains.append({"what": "model", "why": why, "until": certificate.models_until.isoformat()})
    return remains


def _destroyed(each: Destroyed) -> DestroyedAnswer:
    return DestroyedAnswer(
        use_case=each.use_case,
        key=each.key,
        forgotten=each.forgotten,
        position=each.recorded.position,
        entry=document_of(each.recorded.entry),
        salt=each.recorded.salt.hex(),
    )


def use_answer(name: UseCaseId, use: UseRecord, published: Published) -> UseAnswer:
    """One use as its owner sees it."""
    return UseAnswer(
        use_case=name,
        at=use.at,
        version=use.version,
        level=use.level.word,
        strategy=use.strategy,
        read=use.read,
        shown=slate(use.items, published, language=published.promise.languages[0]),
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
        contributed=list(held.contributed) if held else [],
    )


def _facts(held: Compartment) -> list[HeldFact]:
    return [
        HeldFact(
            name=fact.name,
            value=list(fact.value) if isinstance(fact.value, tuple) else fact.value,
            source=fact.source.value,
            on=fact.on.isoformat(),
        )
        for fact in held.facts.values()
    ]


def _events(held: Compartment) -> list[HeldEvent]:
    return [HeldEvent(event=each.name, on=each.on.isoformat(), properties=each.properties) for each in held.events]


ROUTES = (
    Route(
        method="GET",
        path=f"{PATH}/data",
        act=get_data,
        about="What is held about a person, use case by use case",
        verb=Verb.RIGHTS,
        gives=DataAnswer,
    ),
    Route(
        method="GET",
        path=f"{PATH}/uses",
        act=get_uses,
        about="When what is held was used, and for what",
        verb=Verb.RIGHTS,
        gives=UsesAnswer,
    ),
    Route(
        method="GET",
        path=f"{PATH}/receipts",
        act=get_receipts,
        about="The receipts of a person's choices",
        verb=Verb.RIGHTS,
        gives=ReceiptsAnswer,
    ),
    Route(
        method="DELETE",
        path=PATH,
        act=delete,
        about="Erase a person: forget, shred, suppress",
        verb=Verb.RIGHTS,
        gives=CertificateAnswer,
    ),
)
