"""The personal data of a receipt as JSON-LD nodes: kind, necessity, source, level, how long, and why."""

from collections.abc import Iterator
from datetime import timedelta

from fiel.core.canonical import Plain
from fiel.core.consent.receipt.shown import Noted, Shown, in_language, reach_of, whole_days
from fiel.core.consent.receipt.terms import ORIGINS, Term
from fiel.core.promise.lint.special import is_special
from fiel.core.promise.usecase import EventNeed, Rung, Source


def data_nodes(noted: Noted, shown: Shown) -> list[Plain]:
    """All data up to the level of the receipt, least invasive first."""
    reach = reach_of(noted, shown.use_case)
    rungs = [rung for rung in shown.use_case.rungs if rung.level <= reach]
    return [each for rung in rungs for each in _added(rung, shown, language=noted.entry.language)]


def node(iri: str) -> dict[str, Plain]:
    """A reference to a thing: a bare word would be a text to a reader of JSON-LD, and no term."""
    return {"@id": iri}


def said(text: str, language: str) -> dict[str, Plain]:
    """A text with its language."""
    return {"@language": language, "@value": text}


def span_node(span: timedelta) -> dict[str, Plain]:
    """A span of time in whole days (ISO 8601)."""
    return {
        "@type": [Term.TIME_SPAN],
        "rdf:value": [{"@type": "xsd:duration", "@value": f"P{whole_days(span)}D"}],
    }


def _added(rung: Rung, shown: Shown, *, language: str) -> Iterator[dict[str, Plain]]:
    """What one rung adds. The lowest rung's data are required: without them there is no use; the rest is optional."""
    lowest = shown.use_case.rungs[0].level
    common: dict[str, Plain] = {
        Term.HAS_NECESSITY: [node(Term.REQUIRED if rung.level == lowest else Term.OPTIONAL)],
        "fiel:level": [rung.level.word],
    }
    for name in sorted(rung.context):
        yield {**common, "dct:identifier": [name], **_kind(Term.DATA, Source.OBSERVED), **_unkept()}
    for name in sorted(rung.attributes):
        attribute = shown.attributes.get(name)
        source = attribute.source if attribute else Source.DECLARED
        title = in_language(attribute.title, language) if attribute else name
        category = attribute.category if attribute else Term.DATA
        yield {**common, "dct:identifier": [name], "dct:title": [said(title, language)], **_kind(category, source)}
    for need in rung.events:
        yield {**common, **_event(need, shown, language=language)}


def _event(need: EventNeed, shown: Shown, *, language: str) -> dict[str, Plain]:
    kind = shown.events.get(need.event)
    return {
        "dct:identifier": [need.event],
        "dct:title": [said(in_language(kind.title, language) if kind else need.event, language)],
        "dct:description": [said(in_language(need.why, language), language)],
        "dct:hasPart": sorted(need.properties),
        **_kind(kind.category if kind else Term.DATA, Source.OBSERVED),
        Term.HAS_STORAGE_CONDITION: [_bound(need)],
    }


def _bound(need: EventNeed) -> dict[str, Plain]:
    bound: dict[str, Plain] = {"@type": [Term.STORAGE_DURATION], "fiel:time": [need.bound.grain.value]}
    if need.bound.within is not None:
        bound[Term.HAS_DURATION] = [span_node(need.bound.within)]
    if need.bound.or_visits:
        bound["fiel:or_visits"] = [need.bound.or_visits]
    if need.bound.keep is not None:
        bound["fiel:keep"] = [need.bound.keep]
    return bound


def _unkept() -> dict[str, Plain]:
    return {Term.HAS_STORAGE_CONDITION: [{"@type": [Term.DELETION], Term.HAS_DURATION: [span_node(timedelta())]}]}


def _kind(category: str, source: Source) -> dict[str, Plain]:
    data, origin, processing = ORIGINS[source]
    types: list[Plain] = [data, Term.SPECIAL_DATA] if is_special(category) else [data]
    return {
        "@type": types,
        "skos:broader": [node(category)],
        Term.HAS_DATA_SOURCE: [{"@type": [origin], Term.HAS_PROCESSING: [node(processing)]}],
    }
