"""What is held, shown and kept beside people: compartments, use records, items, models, keys."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from fiel.core.ids import (
    AreaId,
    ItemId,
)
from fiel.core.items import Item
from fiel.core.promise.measured import Likely, Measured, Method, figure, unknown
from fiel.core.promise.usecase import (
    Grain,
    Level,
    Source,
)
from fiel.core.promise.version import version_of
from fiel.core.scope import Scope, Verb
from fiel.core.use.compartment import Compartment, Held
from fiel.core.use.decision import Reason, Scored
from fiel.core.use.gate import Fact, coarse
from fiel.core.use.lesson import Lesson
from fiel.ports import ApiKey, PublishedModel, UseRecord
from fiel.testing.builders.promise import a_digest, a_text, a_use_case
from fiel.testing.clock import NOON


def a_compartment(*items: str, day: datetime = NOON, contributed: Sequence[str] = ()) -> Compartment:
    """What is held of somebody who bought `items`, one a visit, the last one on `day`."""
    today = day.astimezone(UTC).date()
    first = today - timedelta(days=max(len(items) - 1, 0))
    events = tuple(
        Held(name="purchase", on=first + timedelta(days=count), visit=count + 1, properties={"item": item})
        for count, item in enumerate(items)
    )
    favourites = Fact(name="favourite_categories", value=("tea", "té"), source=Source.DECLARED, on=today)
    return Compartment(
        alive=today,
        facts={favourites.name: favourites},
        events=events,
        visits=len(events),
        last_visit=today if events else None,
        contributed=a_lesson(*contributed, month=today),
        seen=tuple((coarse(event.on, Grain.MONTH), a_digest(f"message {event.on}")[:8]) for event in events),
        shown=((today, 1),),
    )


def a_lesson(*items: str, month: date | None = None) -> Lesson:
    """What somebody teaches who last chose these items in that month."""
    return Lesson.of(items, month=month or NOON.date())


def a_measured(*, at: datetime = NOON) -> Measured:
    """What was measured of `a_use_case()`: two levels of enough people, one of too few."""
    case = a_use_case()
    return Measured(
        use_case=case.id,
        version=version_of(case),
        at=at,
        method=Method.NEXT_VISIT,
        k=10,
        figures=(
            figure(Level.NONE, people=400, right=Likely(share=0.08, low=0.07, high=0.09)),
            unknown(Level.DECLARED),
            figure(Level.OBSERVED, people=400, right=Likely(share=0.25, low=0.23, high=0.27)),
        ),
    )


def a_use_record(name: str = "first", *, at: datetime = NOON, items: Sequence[str] = ("tea",)) -> UseRecord:
    """One use as the person will see it; its id follows from its name."""
    because = (Reason(kind="bought", name="item", value="cup", weight=0.5, source="observed", on=at.date()),)
    return UseRecord(
        id=a_digest(f"use {name}")[:16],
        at=at,
        version=version_of(a_use_case()),
        level=Level.OBSERVED,
        strategy="similar_items",
        read=3,
        items=tuple(Scored(item=ItemId(item), score=1.5, because=because) for item in items),
    )


def an_item(name: str = "tea", *, groups: Sequence[str] = ("drinks",)) -> Item:
    """One thing on the shelf."""
    return Item(id=ItemId(name), title=a_text(name), groups=frozenset(groups))


def a_model(number: int = 1, *, people: int = 60, at: datetime = NOON) -> PublishedModel:
    """A published model whose bytes say its number."""
    return PublishedModel(packed=f"model {number}".encode(), people=people, at=at)


def an_api_key(name: str = "shop", *, verbs: Sequence[Verb] = (Verb.COLLECT, Verb.DECIDE)) -> ApiKey:
    """A server key; its digest follows from its name."""
    scope = Scope(verbs=frozenset(verbs), areas=frozenset({AreaId("sales")}))
    return ApiKey(digest=a_digest(f"key {name}"), name=name, scope=scope, expires=NOON + timedelta(days=90))
