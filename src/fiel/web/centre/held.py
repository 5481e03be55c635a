"""`/data`: what is held, use case by use case; what one told us, to correct; all of it, to take along."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

import msgspec
from starlette.responses import Response

from fiel.core.consent.choice import Attestation
from fiel.core.errors import Malformed
from fiel.core.ids import UseCaseId
from fiel.core.promise.usecase import Attribute, Source, UseCase, ValueType
from fiel.core.use.gate import Fact, Traits
from fiel.operations.collect import Message, collect
from fiel.operations.notices.contact import contact
from fiel.operations.prove import receipts
from fiel.operations.show import Holding, Stand, show_choices, show_data, show_uses
from fiel.operations.strike import Strike, strike
from fiel.web.api.contact import contact_answer
from fiel.web.api.held import DataAnswer, UsesAnswer
from fiel.web.api.rights import holding_answer, use_answer
from fiel.web.centre.holdings import Held, held_of
from fiel.web.centre.telling import Telling
from fiel.web.centre.visits import Room, Visit, back, page

SHOWN: Final = 500
"""Events of one use case that are listed; of the others the number is told, and the file has all."""

AT_ONCE: Final = 8
"""Rows of one use case that are open from the start."""

BY_GROUP: Final = "rules"
"""The strategy that reads an attribute as groups of items: its values can be offered to be ticked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosable:
    """One value that can be ticked."""

    value: str
    title: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One thing that a person tells us, to be corrected: its control, its value, and for which uses it is kept."""

    name: str
    title: str
    control: str
    value: str
    options: tuple[Choosable, ...]
    used_in: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One use case with all that it holds, and the groups of what it holds, which can be left out.

    `changeable`: whether something of it can be struck out or left out now; not of what is set aside or sleeps.
    """

    use_case: str
    title: str
    area: str
    held: Held
    groups: tuple[tuple[str, str], ...]
    changeable: bool


def show(visit: Visit) -> Response:
    """What is held, and what can be corrected."""
    telling = visit.telling
    stands = show_choices(visit.house, visit.who)
    holdings = {each.use_case: each for each in show_data(visit.house, visit.who, by=Attestation.PERSON)}
    return page(
        visit,
        "data.html",
        here="data",
        told=list(_told(telling, stands, list(holdings.values()))),
        sections=[_section(telling, stand, holdings.get(stand.use_case.id)) for stand in stands],
        saved=visit.done() == "saved",
        struck=_struck(visit.done()),
        at_once=AT_ONCE,
    )


def save(visit: Visit) -> Response:
    """Keep what a person says of themselves, for every use that they let have it, and for no other."""
    telling, now = visit.telling, visit.house.clock.now()
    attribute = telling.published.promise.attributes.get(visit.form.get("attribute", ""))
    if attribute is None or attribute.source is not Source.DECLARED:
        raise Malformed("the form names nothing that a person tells")
    traits = Traits(at=now, values={attribute.name: _value(attribute, visit.form.get("value", ""))})
    message = Message(id=visit.house.names.new_record().hex(), subject=visit.who, content=traits)
    fates = collect(visit.house, [message]).result()[0]
    if all(fate.why is not None for fate in fates):
        raise Malformed("no use keeps it in this form")
    return back(visit, "/data", "saved", anchor="told")


def strike_out(visit: Visit) -> Response:
    """Strike one row out, and say so where it stood."""
    case = UseCaseId(visit.form.get("use_case", ""))
    was_there = strike(visit.house, visit.who, Strike(use_case=case, row=visit.form.get("row", ""))).result()
    return back(visit, "/data", ["struck", case, was_there], anchor=case)


def _struck(done: object) -> tuple[str, bool] | None:
    match done:
        case ["struck", str() as use_case, bool() as was_there]:
            return use_case, was_there
        case _:
            return None


def download(visit: Visit) -> Response:
    """All of it as one file (GDPR art. 15, 20)."""
    house, who = visit.house, visit.who
    published = visit.telling.published
    whole = {
        "data": DataAnswer(data=[holding_answer(each) for each in show_data(house, who, by=Attestation.PERSON)]).data,
        "uses": UsesAnswer(
            uses=[use_answer(name, use, published) for name, use in show_uses(house, who, by=Attestation.PERSON)]
        ).uses,
        "receipts": receipts(house, who),
        "letters": contact_answer(contact(house, who)),
    }
    content = msgspec.json.format(msgspec.json.encode(whole), indent=2)
    headers = {"Content-Disposition": "attachment; filename=fiel-data.json", "Cache-Control": "no-store"}
    return Response(content, media_type="application/json", headers=headers)


def _section(telling: Telling, stand: Stand, holding: Holding | None) -> Section:
    case, changeable = stand.use_case, stand.allowed is not None
    held = holding.held if holding is not None else None
    items = {str(event.properties.get("item")) for event in held.events} if held else set()
    known = [item for name, item in telling.published.items.items() if name in items]
    groups = sorted({group for item in known for group in item.groups} - set(held.off if held else ()))
    return Section(
        use_case=case.id,
        title=telling.own(case.title),
        area=telling.own(telling.published.promise.areas[case.area].title),
        held=held_of(telling, case, holding, most=SHOWN),
        groups=tuple((group, telling.group(group)) for group in groups) if changeable else (),
        changeable=changeable,
    )


def _told(telling: Telling, stands: tuple[Stand, ...], holdings: list[Holding]) -> Iterator[Told]:
    """What a person tells us, wherever they let a use have it."""
    for name, attribute in sorted(telling.published.promise.attributes.items()):
        using = [
            stand.use_case
            for stand in stands
            if stand.allowed is not None and name in stand.use_case.minimum(stand.allowed).attributes
        ]
        if attribute.source is Source.DECLARED and using:
            yield _field(telling, attribute, using, fact=_latest(holdings, name))


def _latest(holdings: list[Holding], name: str) -> Fact | None:
    facts = [fact for each in holdings if each.held is not None and (fact := each.held.facts.get(name)) is not None]
    return max(facts, key=lambda fact: fact.on, default=None)


def _field(telling: Telling, attribute: Attribute, using: list[UseCase], *, fact: Fact | None) -> Told:
    values = () if fact is None else fact.value if isinstance(fact.value, tuple) else (str(fact.value),)
    options = tuple(_options(telling, attribute, using, chosen=values))
    return Told(
        name=attribute.name,
        title=telling.own(attribute.title),
        control="choices" if options else _CONTROLS[attribute.type],
        value="\n".join(values),
        options=options,
        used_in=tuple(telling.own(case.title) for case in using),
    )


_CONTROLS: Final = {
    ValueType.STRING: "text",
    ValueType.STRINGS: "list",
    ValueType.INTEGER: "number",
    ValueType.NUMBER: "number",
    ValueType.DATE: "date",
    ValueType.BOOLEAN: "boolean",
}


def _options(
    telling: Telling, attribute: Attribute, using: list[UseCase], *, chosen: tuple[str, ...]
) -> Iterator[Choosable]:
    """The groups of the catalogue, where they are what the attribute is read as; never the sensitive ones."""
    rungs = [rung for case in using for rung in case.rungs if attribute.name in rung.attributes]
    if attribute.type is not ValueType.STRINGS or {rung.strategy for rung in rungs} != {BY_GROUP}:
        return
    groups = {group for item in telling.published.items.values() for group in item.groups}
    offered = (groups - telling.published.promise.sensitive) | set(chosen)
    for group in sorted(offered, key=telling.group):
        yield Choosable(value=group, title=telling.group(group), chosen=group in chosen)


def _value(attribute: Attribute, text: str) -> object:
    """What was filled in, as its declared type; raises `Malformed` for what cannot be that."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if attribute.type is ValueType.STRINGS:
        return lines
    single = lines[0] if lines else ""
    try:
        match attribute.type:
            case ValueType.INTEGER:
                return int(single)
            case ValueType.NUMBER:
                return float(single.replace(",", "."))
            case ValueType.DATE:
                return date.fromisoformat(single).isoformat()
            case ValueType.BOOLEAN:
                return {"yes": True, "no": False}[single]
            case _:
                return single
    except (ValueError, KeyError):
        raise Malformed("what was filled in is not of that kind") from None


ROOMS = (
    Room(method="GET", path="/data", act=show),
    Room(method="POST", path="/data/told", act=save),
    Room(method="POST", path="/data/strike", act=strike_out),
    Room(method="GET", path="/data/download", act=download),
)
