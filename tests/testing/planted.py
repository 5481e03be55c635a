"""A ranking that keeps every law, and the faults that can be planted in it, one a law."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Final, TypeAlias

from fiel.core.ids import ItemId
from fiel.core.items import Item
from fiel.core.use.decision import Cells, Draw, Reads, Reason, Scored, View
from fiel.core.use.lesson import Lesson
from fiel.numeric.contributions import counts

Model: TypeAlias = Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question, as a strategy gets it."""

    model: Model | None
    view: View
    candidates: Mapping[ItemId, Item]
    k: int
    draw: Draw


def plain(asked: Asked) -> tuple[Scored, ...]:
    """The person's own items, by how often; ties as they stand on the shelf."""
    own = [event.properties.get("item") for event in asked.view.events]
    items = [item for item, each in asked.candidates.items() if item in own and each.available]
    items.sort(key=lambda item: -own.count(item))
    return tuple(
        Scored(item=item, score=float(own.count(item)), because=(_reason(asked.view, item),))
        for item in items[: asked.k]
    )


def _reason(view: View, item: str) -> Reason:
    last = next(event for event in reversed(view.events) if event.properties.get("item") == item)
    return Reason(kind=last.name, name="item", value=item, weight=1.0, source="observed", on=last.on)


def _read(packed: bytes) -> Model:
    model = json.loads(packed) if packed.startswith(b"{") else None
    if not isinstance(model, dict) or not all(type(number) is int and number > 0 for number in model.values()):
        raise ValueError("not this model")
    if _written(model) != packed:
        raise ValueError("not as this model is written")
    return model


def _written(model: Model) -> bytes:
    return json.dumps(model, sort_keys=True, separators=(",", ":")).encode()


def _released(model: Model, _total: Cells, _seed: int) -> Model:
    return model


def _fitted(total: Cells) -> Model:
    return {item: number for (item, _), number in sorted(total.items())}


def _each_once(lesson: Lesson) -> Cells:
    return counts(dict.fromkeys(lesson.items, 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """A strategy put together from functions, so that each can be exchanged for a faulty one."""

    name: str = "planted"
    reads: Reads = Reads(properties=frozenset({"item"}))  # noqa: RUF009 - a frozen value
    infers: bool = True
    learns: bool = True
    formula: str = "planted"
    adding: Callable[[Lesson], Cells] = _each_once
    fitting: Callable[[Cells], Model] = _fitted
    releasing: Callable[[Model, Cells, int], Model] = _released
    writing: Callable[[Model], bytes] = _written
    reading: Callable[[bytes], Model] = _read
    ranking: Callable[[Asked], Sequence[Scored]] = plain

    def contribution(self, lesson: Lesson) -> Cells:
        """As planted."""
        return self.adding(lesson)

    def fit(self, total: Cells) -> Model:
        """As planted."""
        return self.fitting(total)

    def release(self, model: Model, total: Cells, *, seed: int) -> Model:
        """As planted."""
        return self.releasing(model, total, seed)

    def pack(self, model: Model) -> bytes:
        """As planted."""
        return self.writing(model)

    def unpack(self, packed: bytes) -> Model:
        """As planted."""
        return self.reading(packed)

    def rank(
        self, model: Model | None, view: View, *, candidates: Mapping[ItemId, Item], k: int, draw: Draw
    ) -> Sequence[Scored]:
        """As planted."""
        return self.ranking(Asked(model=model, view=view, candidates=candidates, k=k, draw=draw))


def each(change: Callable[[Scored], Scored]) -> Planted:
    """Changes everything it says in one way."""
    return Planted(ranking=lambda asked: [change(scored) for scored in plain(asked)])


def because(**changes: object) -> Planted:
    """Changes every reason it gives."""
    return each(lambda scored: replace(scored, because=tuple(replace(one, **changes) for one in scored.because)))  # type: ignore[arg-type]  # a fault may be of any type


def _needs_a_model(asked: Asked) -> Sequence[Scored]:
    assert asked.model is not None
    return plain(asked)


def _notes(asked: Asked) -> Sequence[Scored]:
    assert isinstance(asked.view.context, dict)
    asked.view.context["seen"] = True
    return plain(asked)


def _rearranges(asked: Asked) -> Sequence[Scored]:
    assert isinstance(asked.candidates, dict)
    first = next(iter(asked.candidates))
    asked.candidates[first] = asked.candidates.pop(first)
    return plain(asked)


def _looks_around(asked: Asked) -> Sequence[Scored]:
    """Sees what it does not declare: the page, what is known of the person, how much was bought."""
    view = asked.view
    spied = len(view.context) + len(view.facts) + sum("quantity" in event.properties for event in view.events)
    return [replace(scored, score=scored.score + spied) for scored in plain(asked)]


def _welcomes_everybody(asked: Asked) -> Sequence[Scored]:
    reason = Reason(kind="editorial", name="order", value=1, weight=0.1)
    shelf = [item for item, each in asked.candidates.items() if each.available][: asked.k]
    return plain(asked) or [Scored(item=item, score=0.1, because=(reason,)) for item in shelf]


_calls: Final = count(1)


def _takes_anything(packed: bytes) -> Model:
    try:
        return _read(packed)
    except ValueError:
        return {}


def _forgives(packed: bytes) -> Model:
    """Reads the name of an item whatever its capitals."""
    return _read(packed.lower())


class _Remembering:
    """Adds more the more often it was asked, here and not where it is carried to."""

    def __init__(self, asked: int = 0) -> None:
        self.asked = asked

    def __call__(self, lesson: Lesson) -> Cells:
        self.asked += 1
        return {(item, ""): self.asked for item in lesson.items}

    def __reduce__(self) -> tuple[type, tuple[int]]:
        return _Remembering, (99,)


FAULTS: Final[Mapping[str, tuple[Planted, ...]]] = {
    "its_name_is_that_of_its_entry_point": (Planted(name="another"),),
    "it_answers_somebody": (Planted(ranking=lambda _asked: ()),),
    "the_same_question_has_the_same_answer": (each(lambda scored: replace(scored, score=scored.score + next(_calls))),),
    "it_leaves_alone_what_it_is_shown": (Planted(ranking=_notes), Planted(ranking=_rearranges)),
    "it_answers_without_a_model": (Planted(ranking=_needs_a_model),),
    "it_gives_no_more_than_is_asked_for": (
        Planted(ranking=lambda asked: plain(replace(asked, k=99))),
        Planted(ranking=lambda asked: (2 * plain(asked))[: asked.k]),
    ),
    "the_best_come_first": (
        Planted(ranking=lambda asked: plain(asked)[::-1]),
        each(lambda scored: replace(scored, score=0.0)),
        each(lambda scored: replace(scored, score=float("inf"))),
    ),
    "it_offers_only_what_there_is": (
        each(lambda scored: replace(scored, item=ItemId("mine"))),
        Planted(
            ranking=lambda asked: plain(
                replace(
                    asked, candidates={item: replace(each, available=True) for item, each in asked.candidates.items()}
                )
            )
        ),
    ),
    "every_answer_has_its_reasons": (
        each(lambda scored: replace(scored, because=())),
        each(lambda scored: replace(scored, because=scored.because * 99)),
        because(weight=0.0),
        each(lambda scored: replace(scored, because=(replace(scored.because[0], weight=0.1), *scored.because))),
    ),
    "reasons_are_true": (
        because(value="nothing you did"),
        because(kind="return"),
        because(kind="context"),
        because(kind="attribute"),
        because(name="quantity"),
        because(source="acquired"),
        because(on=None),
    ),
    "the_first_reason_counts": (Planted(ranking=lambda asked: _last_reason_for_all(plain(asked))),),
    "it_reads_what_it_says_it_reads": (
        Planted(ranking=_looks_around),
        Planted(reads=Reads(context=frozenset({"item"}))),
        Planted(ranking=_looks_around, reads=Reads(attributes=True, properties=frozenset({"item", "quantity"}))),
    ),
    "it_makes_nothing_of_nothing": (Planted(ranking=_welcomes_everybody),),
    "what_is_added_is_whole_and_the_same": (
        Planted(adding=lambda lesson: {(item, ""): 0.5 for item in lesson.items}),  # type: ignore[misc]  # the fault
        Planted(adding=lambda lesson: {(item, ""): next(_calls) for item in lesson.items}),
        Planted(adding=lambda lesson: {**_each_once(lesson), ("everybody", ""): 1}),
        Planted(adding=lambda _lesson: {}),
        Planted(learns=False),
    ),
    "what_is_added_can_be_worked_out_elsewhere": (Planted(formula=""), Planted(adding=_Remembering())),
    "forgotten_is_never_seen": (
        Planted(
            fitting=lambda total: {item: number for (item, _), number in total.items()},
            writing=lambda model: json.dumps(model).encode(),
        ),
        Planted(fitting=lambda total: {**_fitted(total), "fits": next(_calls)}),
    ),
    "a_model_is_kept_as_it_is": (
        Planted(reading=lambda packed: {"more": 1, **_read(packed)}),
        Planted(
            ranking=lambda asked: [replace(one, score=one.score + id(asked.model)) for one in plain(asked)],
        ),
    ),
    "what_is_released_is_a_model_and_always_the_same": (
        Planted(releasing=lambda model, _total, _seed: {**model, "releases": next(_calls)}),
        Planted(releasing=lambda model, _total, _seed: {item: people + id(model) for item, people in model.items()}),
    ),
    "what_is_no_model_is_refused": (Planted(reading=_takes_anything),),
    "an_altered_model_is_refused_or_another_one": (Planted(reading=_forgives),),
}
"""Law -> strategies of which each breaks it, by one fault."""


def _last_reason_for_all(ranked: Sequence[Scored]) -> Sequence[Scored]:
    """Explains every item by what stands last: true words, and not why."""
    return [replace(scored, because=ranked[-1].because) for scored in ranked]
