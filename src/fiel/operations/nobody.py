"""The answer for nobody in particular: what every decision falls to. It calls no port, so no fault can take it away."""

from collections.abc import Mapping
from datetime import datetime

from fiel.core.ids import ItemId, UseCaseId
from fiel.core.items import Item
from fiel.core.promise.usecase import Level
from fiel.core.text import Value
from fiel.core.use import decision as core
from fiel.core.use.decision import Degraded, Slate
from fiel.operations.faults import note
from fiel.operations.house import House
from fiel.operations.published import Published


def question_of(
    published: Published,
    *,
    candidates: tuple[ItemId, ...] | None,
    context: Mapping[str, Value],
    limit: int,
    now: datetime,
) -> core.Question:
    """The question that a strategy is asked: among the candidates that are in the catalogue and available."""
    chosen: Mapping[ItemId, Item] = published.candidates
    if candidates is not None:
        chosen = {name: published.candidates[name] for name in candidates if name in published.candidates}
    return core.Question(candidates=chosen, limit=limit, today=now.date(), context=context)


def tools_of(house: House, published: Published, use_case: UseCaseId) -> core.Tools:
    """What a decision of this use case is made with."""
    return core.Tools(
        strategies=house.strategies,
        models=published.models[use_case],
        withheld=published.withheld[use_case],
        draw=house.draw,
    )


def answer_nobody(
    house: House, published: Published, use_case: UseCaseId, *, question: core.Question, degraded: Degraded | None
) -> Slate:
    """What is popular; if even that cannot be computed, the order of the catalogue."""
    try:
        tools = tools_of(house, published, use_case)
        return core.impersonal(published.use_case(use_case), question=question, tools=tools, degraded=degraded)
    except Exception as fault:  # P8
        note(f"a strategy of use case {use_case} failed", fault)
        return editorial(question, degraded=degraded or Degraded.MODEL)


def editorial(question: core.Question, *, degraded: Degraded) -> Slate:
    """The order of the catalogue: what is left when nothing that computes can be trusted."""
    items = [core.Scored(item=item, score=0.0) for item in question.candidates]
    return Slate(level=Level.NONE, strategy=core.POPULAR, items=tuple(items[: question.limit]), degraded=degraded)
