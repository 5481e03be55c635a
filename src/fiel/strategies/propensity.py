"""What people who told the same choose: how likely each item is, given nothing but what somebody declared.

When: level `declared`, for a next best action: somebody of whom no history is kept said who they are or what they like,
and others who said so let their choices teach (`learn.attributes`). Nothing of the person's own doing is needed.

>>> from datetime import date
>>> from fiel.core.promise.usecase import Level, Source
>>> from fiel.core.use.gate import Fact
>>> from fiel.core.use.lesson import Lesson
>>> from fiel.numeric.contributions import summed
>>> shelf = {ItemId(name): Item(id=ItemId(name), title={"en": name}) for name in ("pram", "rucksack")}
>>> month = date(2026, 2, 1)
>>> parents = [Lesson.of(["pram"], month=month, home="family")] * 40
>>> others = [Lesson.of(["rucksack"], month=month, home="alone")] * 60
>>> model = STRATEGY.fit(summed(STRATEGY.contribution(lesson) for lesson in parents + others))
>>> home = Fact(name="home", value="family", source=Source.DECLARED, on=date(2026, 3, 1))
>>> view = View(level=Level.DECLARED, today=date(2026, 3, 2), facts={"home": home})
>>> [best, _] = STRATEGY.rank(model, view, candidates=shelf, k=2, draw=lambda: 0.0)
>>> best.item, best.score > 0.8, [(reason.kind, reason.value) for reason in best.because]
('pram', True, [('popular', 'some'), ('attribute', 'family')])

The score is a likelihood: of somebody who chooses at all, to choose this. It is a sum, so its terms are its reasons:
what everybody does, and what each word or number adds. Where some of it speaks against an item, what speaks for it is
told in proportion, so that the reasons never weigh more than the score. Words and items of fewer than five people are
not learnt. A list of words counts as a word each; at most `MOST_TOLD` words of one person count.

Source: ridge regression of yes and no, see `fiel.numeric.linear`; one for each item from the same sums, as in Zellner,
"An Efficient Method of Estimating Seemingly Unrelated Regressions", JASA 1962, with the same words in all of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from math import fsum
from typing import Final, TypeAlias

import msgspec
import numpy as np

from fiel.core.ids import ItemId
from fiel.core.items import Item
from fiel.core.text import Scalar, Value
from fiel.core.use.cues import popular
from fiel.core.use.decision import Draw, Reads, Reason, Scored, Strategy, View
from fiel.core.use.lesson import Lesson
from fiel.numeric.contributions import Cells
from fiel.numeric.ease import descending
from fiel.numeric.linear import Linear, Ridge, fit, flaw, known, number, observed, predicted, word

READS: Final = Reads(attributes=True, lessons=True)

TUNED: Final = Ridge(ridge=10.0, fewest=5, at_most_words=256, at_most_items=10_000, spread=1.0)

MOST_TOLD: Final = 32
"""Words of one person that count, so that nobody adds more than some two thousand cells."""

Written: TypeAlias = tuple[tuple[str, ...], tuple[str, ...], bytes, bytes, bytes]
"""A model on its way to bytes: words, items, and three arrays, little-endian."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Propensity:
    """Rank by how likely somebody who told this is to choose each item."""

    name: str = "propensity"
    reads: Reads = READS
    infers: bool = True
    learns: bool = True
    formula: str = "products of words and choices"
    tuning: Ridge = TUNED

    def contribution(self, lesson: Lesson) -> Cells:
        """What goes with what: each product of what they told, and each choice with what they told."""
        if not lesson:
            return {}
        counted: dict[str, int] = {}
        for name, value in _said(lesson.facts):
            counted |= _counted(name, value)
        return observed(counted, lesson.items)

    def fit(self, total: Cells) -> Linear:
        """What everybody does and what each word adds; ValueError for a total that no people add up to."""
        return fit(total, self.tuning)

    def release(self, model: Linear, total: Cells, *, seed: int) -> Linear:
        """The same sums solved with chance on how many of each word chose each item."""
        del model
        return fit(total, self.tuning, seed=seed)

    def pack(self, model: Linear) -> bytes:
        """MessagePack, the same bytes for the same model."""
        people, base, weights = model.people.astype("<i8"), model.base.astype("<f4"), model.weights.astype("<f4")
        return msgspec.msgpack.encode((model.words, model.items, people.tobytes(), base.tobytes(), weights.tobytes()))

    def unpack(self, packed: bytes) -> Linear:
        """The model; ValueError for bytes that `pack` did not write."""
        try:
            words, items, people, base, weights = msgspec.msgpack.decode(packed, type=Written)
            model = Linear(
                words=words,
                items=items,
                people=np.frombuffer(people, "<i8"),
                base=np.frombuffer(base, "<f4"),
                weights=np.frombuffer(weights, "<f4").reshape(len(words), len(items)),
            )
        except (msgspec.MsgspecError, UnicodeDecodeError, ValueError):
            raise ValueError("these bytes are no weights of words; fit the model again") from None
        fault = flaw(model)
        if fault is not None or self.pack(model) != packed:
            raise ValueError(f"not weights of words: {fault or 'they are written in another way'}; fit the model again")
        return model

    def rank(
        self, model: Linear | None, view: View, *, candidates: Mapping[ItemId, Item], k: int, draw: Draw
    ) -> Sequence[Scored]:
        """The likeliest first; none where nobody told anything that is known."""
        del draw
        told = [] if model is None else list(_told(model, view))
        if model is None or not told:
            return []
        whole = dict(pair for each in told for pair in each.counted.items())
        offered = (
            (place, score)
            for place, score in descending(predicted(model, whole))
            if (item := candidates.get(ItemId(model.items[place]))) is not None and item.available
        )
        return [_scored(model, told, place, score=score) for place, score in islice(offered, k)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """One thing that somebody told, as a reason that is not weighed yet, as it counts, and where the model has it."""

    reason: Reason
    counted: Mapping[str, int]
    at: Sequence[tuple[int, int]]


def _told(model: Linear, view: View) -> Iterator[_Told]:
    """What the model knows of what somebody told."""
    for name, value in _said({name: fact.value for name, fact in view.facts.items()}):
        counted, fact = _counted(name, value), view.facts[name]
        if at := known(model, counted):
            reason = Reason(kind="attribute", name=name, value=value, weight=0.0, source=fact.source.value, on=fact.on)
            yield _Told(reason=reason, counted=counted, at=at)


def _said(facts: Mapping[str, Value]) -> Iterator[tuple[str, Scalar]]:
    """Each word and number by attribute, in an order that hangs on nothing else."""
    each = (
        (name, value)
        for name, whole in sorted(facts.items())
        for value in (sorted(set(whole)) if isinstance(whole, tuple) else (whole,))
    )
    return islice(each, MOST_TOLD)


def _counted(name: str, value: Scalar) -> dict[str, int]:
    """A yes and a text count as words; no text is taken for a yes."""
    if isinstance(value, bool | str):
        return word(name, msgspec.json.encode(value).decode())
    return number(name, value)


def _scored(model: Linear, told: Sequence[_Told], place: int, *, score: float) -> Scored:
    nobodys = popular(model.people[place], weight=float(model.base[place]))
    weighed = [replace(each.reason, weight=_added(model, each.at, place)) for each in told]
    for_it = [reason for reason in (nobodys, *weighed) if reason.weight > 0] or [replace(nobodys, weight=1.0)]
    whole = max(fsum(reason.weight for reason in for_it), 1e-12)
    because = sorted(for_it, key=lambda reason: -reason.weight)
    return Scored(
        item=ItemId(model.items[place]),
        score=score,
        because=tuple(replace(reason, weight=score * reason.weight / whole) for reason in because),
    )


def _added(model: Linear, at: Sequence[tuple[int, int]], place: int) -> float:
    return fsum(count * float(model.weights[word_at, place]) for word_at, count in at)


STRATEGY: Final[Strategy[Linear]] = Propensity()
