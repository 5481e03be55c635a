"""Names that lead nowhere: nothing undeclared can be used, because nobody could be told about it (GDPR art. 13)."""

from collections.abc import Iterator

from fiel.core.promise.finding import Code, Remark
from fiel.core.promise.lint.grounds import Grounds
from fiel.core.promise.spelling import did_you_mean


def undeclared_area(grounds: Grounds) -> Iterator[Remark]:
    """A use case belongs to an area that the controller names."""
    areas = grounds.promise.areas
    for where, use_case in grounds.use_cases():
        if use_case.area not in areas:
            yield Remark(
                code=Code.UNDECLARED_AREA,
                where=(*where, "area"),
                message=f"area `{use_case.area}` is not declared in fiel.yaml",
                hint=did_you_mean(use_case.area, areas),
            )


def undeclared_attribute(grounds: Grounds) -> Iterator[Remark]:
    """An attribute that a level uses stands in the data dictionary."""
    known = grounds.promise.attributes
    for where, _, rung in grounds.rungs():
        for name in sorted(rung.attributes - known.keys()):
            yield Remark(
                code=Code.UNDECLARED_ATTRIBUTE,
                where=(*where, "attributes", name),
                message=f"attribute `{name}` is not declared in fiel.yaml",
                hint=did_you_mean(name, known),
            )


def undeclared_event(grounds: Grounds) -> Iterator[Remark]:
    """An event that a level uses stands in the data dictionary."""
    known = grounds.promise.events
    for where, _, need in grounds.needs():
        if need.event not in known:
            yield Remark(
                code=Code.UNDECLARED_EVENT,
                where=where,
                message=f"event `{need.event}` is not declared in fiel.yaml",
                hint=did_you_mean(need.event, known),
            )


def undeclared_property(grounds: Grounds) -> Iterator[Remark]:
    """A property that a level uses is one that the event may carry."""
    for where, _, need in grounds.needs():
        kind = grounds.promise.events.get(need.event)
        if kind is None:
            continue
        for name in sorted(need.properties - kind.properties.keys()):
            yield Remark(
                code=Code.UNDECLARED_PROPERTY,
                where=(*where, "properties", name),
                message=f"event `{need.event}` declares no property `{name}`",
                hint=did_you_mean(name, kind.properties),
            )


def unknown_strategy(grounds: Grounds) -> Iterator[Remark]:
    """A level's strategy is installed."""
    for where, _, rung in grounds.rungs():
        if rung.strategy not in grounds.reads:
            yield Remark(
                code=Code.UNKNOWN_STRATEGY,
                where=(*where, "strategy"),
                message=f"no strategy is called `{rung.strategy}`",
                hint=did_you_mean(rung.strategy, grounds.reads),
            )


def unknown_law(grounds: Grounds) -> Iterator[Remark]:
    """The default law is one whose figures are known."""
    code = grounds.promise.jurisdiction
    if code not in grounds.laws:
        yield Remark(
            code=Code.UNKNOWN_LAW,
            where=("jurisdiction",),
            message=f"no law is called `{code}`",
            hint=did_you_mean(code, grounds.laws),
        )


def undeclared_group(grounds: Grounds) -> Iterator[Remark]:
    """A use case asks for a sensitive group by the name under which the controller keeps it apart."""
    sensitive = grounds.promise.sensitive
    for where, use_case in grounds.use_cases():
        for group in sorted(use_case.infers_from - sensitive):
            yield Remark(
                code=Code.UNDECLARED_GROUP,
                where=(*where, "infers_from", group),
                message=f"`{group}` is not among the sensitive item groups of fiel.yaml",
                hint=did_you_mean(group, sensitive) or "other groups need not be asked for: leave it out",
            )


def undeclared_field(grounds: Grounds) -> Iterator[Remark]:
    """A recipient gets nothing that the use case itself does not use."""
    for where, use_case in grounds.use_cases():
        whole = use_case.minimum(use_case.highest)
        used = whole.attributes.union(*(need.properties for need in whole.events.values()))
        for index, recipient in enumerate(use_case.recipients):
            for field in sorted(recipient.fields - used):
                yield Remark(
                    code=Code.UNDECLARED_FIELD,
                    where=(*where, "recipients", str(index), "fields", field),
                    message=f"`{recipient.name}` would get `{field}`, which no level of this use case uses",
                    hint=did_you_mean(field, used),
                )


WITHIN = (
    undeclared_area,
    undeclared_attribute,
    undeclared_event,
    undeclared_property,
    undeclared_group,
    undeclared_field,
)
"""The rules that look no further than the promise itself."""

RULES = (*WITHIN, unknown_strategy, unknown_law)
