"""`/v1/use-cases` and `/v1/manifest`: the promise as anybody may read it, generated from what the gate enforces."""

from collections.abc import Mapping
from datetime import timedelta

from fiel.core.ids import UseCaseId
from fiel.core.promise.usecase import EventNeed, Promise, Recipient, Rung, UseCase
from fiel.operations.published import Published
from fiel.web.route import Call, Route

Public = dict[str, object]


async def get_all(call: Call) -> Mapping[str, object]:
    """Every use case in force."""
    published = call.published()
    return {"use_cases": [use_case(published, case) for case in published.promise.use_cases.values()]}


async def get_one(call: Call) -> Mapping[str, object]:
    """One use case, with the notice that a grant must name."""
    published = call.published()
    return use_case(published, published.use_case(UseCaseId(call.part("use_case"))))


async def get_manifest(call: Call) -> Mapping[str, object]:
    """Controller, areas, data dictionary and use cases."""
    published = call.published()
    promise = published.promise
    return {
        "controller": _controller(promise),
        "jurisdiction": promise.jurisdiction,
        "languages": list(promise.languages),
        "areas": {name: {"title": dict(area.title)} for name, area in promise.areas.items()},
        "attributes": {
            name: {
                "type": each.type.value,
                "category": each.category,
                "source": each.source.value,
                "title": dict(each.title),
            }
            for name, each in promise.attributes.items()
        },
        "events": {
            name: {
                "properties": {key: kind.value for key, kind in each.properties.items()},
                "category": each.category,
                "title": dict(each.title),
            }
            for name, each in promise.events.items()
        },
        "use_cases": [use_case(published, case) for case in promise.use_cases.values()],
    }


def use_case(published: Published, case: UseCase) -> Public:
    """The public part of one use case."""
    return {
        "use_case": case.id,
        "area": case.area,
        "purpose": case.purpose,
        "basis": case.basis.value,
        "version": published.versions[case.id],
        "notice": published.notices[case.id],
        "title": dict(case.title),
        "why": dict(case.why),
        "benefit": {"person": dict(case.benefit.person), "company": dict(case.benefit.company)},
        "levels": [_rung(rung) for rung in case.rungs],
        "learn": {"why": dict(case.learn.why), "cap": case.learn.cap} if case.learn else None,
        "measure": {"why": dict(case.measure.why), "control": case.measure.control} if case.measure else None,
        "retention_days": _days(case.retention),
        "consent_lasts_days": _days(case.consent_lasts),
        "recipients": [_recipient(each) for each in case.recipients],
        "balancing": dict(case.balancing) if case.balancing else None,
        "mode": case.mode.value,
    }


def _rung(rung: Rung) -> Public:
    return {
        "level": rung.level.word,
        "strategy": rung.strategy,
        "context": sorted(rung.context),
        "attributes": sorted(rung.attributes),
        "events": [_need(need) for need in rung.events],
        "history": rung.history,
    }


def _need(need: EventNeed) -> Public:
    bound = need.bound
    return {
        "event": need.event,
        "properties": sorted(need.properties),
        "within_days": None if bound.within is None else _days(bound.within),
        "or_visits": bound.or_visits,
        "keep": bound.keep,
        "time": bound.grain.value,
        "why": dict(need.why),
    }


def _recipient(recipient: Recipient) -> Public:
    return {
        "name": recipient.name,
        "fields": sorted(recipient.fields),
        "why": dict(recipient.why),
        "country": recipient.country,
    }


def _controller(promise: Promise) -> Public:
    controller = promise.controller
    return {
        "name": controller.name,
        "contact": controller.contact,
        "address": controller.address,
        "dpo": controller.dpo,
    }


def _days(span: timedelta) -> int:
    return span.days


ROUTES = (
    Route(method="GET", path="/v1/use-cases", act=get_all, about="The use cases in force", verb=None, gives=dict),
    Route(
        method="GET",
        path="/v1/use-cases/{use_case}",
        act=get_one,
        about="One use case, with the notice that a grant must name",
        verb=None,
        gives=dict,
    ),
    Route(
        method="GET",
        path="/v1/manifest",
        act=get_manifest,
        about="The whole promise: controller, areas, data dictionary, use cases",
        verb=None,
        gives=dict,
    ),
)
