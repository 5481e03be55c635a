"""The JSON Schema (2020-12) of a promise's files, made from the same keys that the reader follows.

For completion in editors only: what it does not say (bounds, order, texts in all languages) `fiel check` says.
"""

from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from fiel.core.promise.usecase import Grain, LegalBasis, Level, Mode, Promise, Source, ValueType
from fiel.registry import keys
from fiel.registry.keys import Keys

Schema: TypeAlias = Mapping[str, object]

WORD: Final[Schema] = {"type": "string", "minLength": 1}
WORDS: Final[Schema] = {"type": "array", "items": WORD, "uniqueItems": True}
TEXT: Final[Schema] = {"type": "object", "description": "language: sentence", "additionalProperties": WORD}
FLAG: Final[Schema] = {"type": "boolean"}
COUNT: Final[Schema] = {"type": "integer", "minimum": 1}
TERM: Final[Schema] = {"type": "string", "description": "a term of a vocabulary, for example dpv:Marketing"}
DURATION: Final[Schema] = {"type": "string", "description": "90d, 12 weeks, 24 months, 1 year"}
COLOUR: Final[Schema] = {"type": "string", "pattern": "^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$"}
RADIUS: Final[Schema] = {"type": "string", "pattern": "^([0-9]|1[0-9]|2[0-4])px$"}
SHARE: Final[Schema] = {"description": "2% or 0.02", "type": ["string", "number"]}


def json_schema(promise: Promise | None = None) -> dict[str, object]:
    """One schema for both kinds of file; with a promise, the names it declares are the only ones offered."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "a promise of Fiel: fiel.yaml, or a file of use_cases",
        "if": {"required": ["use_case"]},
        "then": _use_case(promise),
        "else": _company(),
    }


def _mapping(known: Keys, parts: Mapping[str, Schema]) -> Schema:
    return {
        "type": "object",
        "properties": {name: parts[name] for name in known.known},
        "required": list(known.required),
        "additionalProperties": False,
    }


def _named(part: Schema) -> Schema:
    return {"type": "object", "additionalProperties": part}


def _among(names: Iterable[str]) -> Schema:
    return {"enum": sorted(names)}


def _declared(names: Iterable[str] | None) -> Schema:
    return WORD if names is None else _among(names)


def _company() -> Schema:
    value_type: Schema = {"enum": [*(kind.value for kind in ValueType if kind is not ValueType.STRINGS), ["string"]]}
    titled = {"category": TERM, "title": TEXT}
    attribute = _mapping(keys.ATTRIBUTE, {"type": value_type, "source": _among(Source)} | titled)
    properties = _named(_mapping(keys.PROPERTY, {"type": value_type}))
    colours = dict.fromkeys(keys.COLOURS.known, COLOUR)
    return _mapping(
        keys.COMPANY,
        {
            "controller": _mapping(keys.CONTROLLER, dict.fromkeys(keys.CONTROLLER.known, WORD)),
            "jurisdiction": WORD,
            "languages": WORDS,
            "areas": _named(_mapping(keys.AREA, {"title": TEXT})),
            "attributes": _named(attribute),
            "events": _named(_mapping(keys.EVENT, {"properties": properties} | titled)),
            "items": _mapping(keys.ITEMS, {"sensitive": WORDS, "groups": _named(TEXT)}),
            "theme": _mapping(keys.THEME, {**colours, "radius": RADIUS, "dark": _mapping(keys.COLOURS, colours)}),
        },
    )


def _use_case(promise: Promise | None) -> Schema:
    sensitive = _declared(promise.sensitive if promise else None)
    rung, attributes = _rung(promise), _attributes(promise)
    levels = [level.word for level in Level if level is not Level.NONE]
    return _mapping(
        keys.USE_CASE,
        {
            "use_case": WORD,
            "area": _declared(promise.areas if promise else None),
            "purpose": TERM,
            "basis": _among(LegalBasis),
            "title": TEXT,
            "why": TEXT,
            "benefit": _mapping(keys.BENEFIT, {"person": TEXT, "company": TEXT}),
            "strategy": WORD,
            "levels": {"type": "object", "properties": dict.fromkeys(levels, rung), "additionalProperties": False},
            "learn": _mapping(keys.LEARN, {"why": TEXT, "cap": COUNT, "within": DURATION, "attributes": attributes}),
            "measure": _mapping(keys.MEASURE, {"why": TEXT, "control": SHARE}),
            "without_choice": {"enum": [Level.NONE.word, Level.CONTEXT.word]},
            "retention": DURATION,
            "consent_lasts": DURATION,
            "attention": _mapping(keys.ATTENTION, {"at_most": WORD, "min_relevance": SHARE}),
            "recipients": {"type": "array", "items": _recipient()},
            "signals": _mapping(keys.SIGNALS, {"gpc": {"enum": ["auto", "ignore"]}}),
            "balancing": TEXT,
            "explicit": FLAG,
            "infers_from": {"type": "array", "items": sensitive},
            "compatible_with": WORDS,
            "mode": _among(Mode),
        },
    )


def _attributes(promise: Promise | None) -> Schema:
    return {"type": "array", "items": _declared(promise.attributes if promise else None)}


def _rung(promise: Promise | None) -> Schema:
    need = _mapping(
        keys.NEED,
        {
            "properties": WORDS,
            "within": DURATION,
            "or_visits": {"type": "integer", "minimum": 0},
            "keep": COUNT,
            "time": _among(Grain),
            "why": TEXT,
        },
    )
    events: Schema = (
        {"type": "object", "properties": dict.fromkeys(promise.events, need), "additionalProperties": False}
        if promise
        else _named(need)
    )
    return _mapping(
        keys.RUNG,
        {
            "strategy": WORD,
            "context": WORDS,
            "attributes": _attributes(promise),
            "events": events,
            "history": FLAG,
        },
    )


def _recipient() -> Schema:
    return _mapping(keys.RECIPIENT, {"name": WORD, "via": WORD, "fields": WORDS, "why": TEXT, "country": WORD})
