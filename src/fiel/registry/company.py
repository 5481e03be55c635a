"""`fiel.yaml`: who answers, in which areas and languages, and the dictionary of all data that may be named."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fiel.core.ids import AreaId
from fiel.core.promise.finding import Code
from fiel.core.promise.theme import Theme
from fiel.core.promise.usecase import Area, Attribute, Controller, EventKind, Source, ValueType
from fiel.core.text import Text
from fiel.registry import keys
from fiel.registry.clause import Clause, Fields, one_of
from fiel.registry.look import theme
from fiel.registry.readers import ID, LANGUAGE, NAME, identifier, ordered, term, text, word, words

FILE = "fiel.yaml"
"""The file's name in the promise's folder."""

DEFAULT_LAW = "eu"


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """All that `fiel.yaml` says."""

    controller: Controller
    jurisdiction: str
    languages: tuple[str, ...]
    areas: Mapping[AreaId, Area]
    attributes: Mapping[str, Attribute]
    events: Mapping[str, EventKind]
    sensitive: frozenset[str]
    groups: Mapping[str, Text]
    theme: Theme | None


def read_company(root: Clause) -> Company:
    """The company of a file, with stand-ins for what cannot be read."""
    fields = root.fields(keys.COMPANY)
    return Company(
        controller=fields.read("controller", _controller, _NOBODY),
        jurisdiction=fields.read("jurisdiction", identifier, DEFAULT_LAW),
        languages=fields.read("languages", _languages, ()),
        areas={AreaId(name): _area(name, part) for name, part in _named(fields, "areas", form=ID)},
        attributes={name: _attribute(name, part) for name, part in _named(fields, "attributes", form=NAME)},
        events={name: _event(name, part) for name, part in _named(fields, "events", form=NAME)},
        sensitive=fields.read("items", _sensitive, frozenset()),
        groups=fields.read("items", _groups, {}),
        theme=fields.read("theme", theme, None),
    )


_NOBODY = Controller(name="", contact="", address="")


def _controller(clause: Clause) -> Controller:
    fields = clause.fields(keys.CONTROLLER)
    return Controller(
        name=fields.read("name", word, ""),
        contact=fields.read("contact", word, ""),
        address=fields.read("address", word, ""),
        dpo=fields.read("dpo", word, "") or None,
    )


def _languages(clause: Clause) -> tuple[str, ...] | None:
    languages = ordered(clause, LANGUAGE, "es")
    if languages == ():
        clause.fault(Code.OUT_OF_RANGE, "`languages` names none", hint="write `languages: [es, en]`")
    return languages


def _named(fields: Fields, key: str, *, form: re.Pattern[str]) -> Iterator[tuple[str, Clause]]:
    """The entries of a section, those left out whose name is no name."""
    section = fields.part(key)
    return _entries(section, key, form=form) if section else iter(())


def _entries(section: Clause, key: str, *, form: re.Pattern[str]) -> Iterator[tuple[str, Clause]]:
    for name, part in section.entries().items():
        if form.fullmatch(name) and name.isprintable():
            yield name, part
        else:
            part.fault(Code.BAD_NAME, f"`{name}` is no name for one of `{key}`", at=part.node.key)


def _area(name: str, clause: Clause) -> Area:
    return Area(id=AreaId(name), title=clause.fields(keys.AREA).read("title", text, {}))


def _attribute(name: str, clause: Clause) -> Attribute:
    fields = clause.fields(keys.ATTRIBUTE)
    return Attribute(
        name=name,
        type=fields.read("type", _value_type, ValueType.STRING),
        category=fields.read("category", term, ""),
        source=fields.read("source", one_of(Source), Source.DECLARED),
        title=fields.read("title", text, {}),
    )


def _event(name: str, clause: Clause) -> EventKind:
    fields = clause.fields(keys.EVENT)
    return EventKind(
        name=name,
        properties={
            own: part.fields(keys.PROPERTY).read("type", one_of(ValueType), ValueType.STRING)
            for own, part in _named(fields, "properties", form=NAME)
        },
        category=fields.read("category", term, ""),
        title=fields.read("title", text, {}),
    )


def _value_type(clause: Clause) -> ValueType | None:
    """`[string]` is the one type that YAML reads as a list."""
    value = clause.node.value
    if isinstance(value, tuple) and [item.value for item in value] == ["string"]:
        return ValueType.STRINGS
    return one_of(ValueType)(clause)


def _sensitive(clause: Clause) -> frozenset[str]:
    return clause.fields(keys.ITEMS).read("sensitive", words, frozenset())


def _groups(clause: Clause) -> Mapping[str, Text]:
    """What groups of items are called; the mapping itself was judged with `sensitive`."""
    node = clause.node.value
    part = clause.part("groups", node["groups"]) if isinstance(node, Mapping) and "groups" in node else None
    if part is None:
        return {}
    return {name: text(each) or {} for name, each in _entries(part, "groups", form=NAME)}
