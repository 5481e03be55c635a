"""Who is measured on which split, and how: settings chosen on the validation twin alone, figures by person on the test.

A control that must fail goes along: against a truth drawn blindly a list is worth what chance gives, or the measure
itself leaks.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, TypeAlias

import numpy as np

from bench.quality import measures, models, peers
from bench.quality.models import Run
from bench.quality.splits import SEED, Split, days
from fiel.core.use.decision import Strategy
from fiel.strategies.blend import Blend
from fiel.strategies.buy_again import BuyAgain
from fiel.strategies.similar_items import SimilarItems

Variant: TypeAlias = tuple[str, Callable[[Sequence[Split]], list[Run]]]
"""A setting in words, and what it answers to splits that share who teaches."""

Row: TypeAlias = dict[str, object]

FADING: Final = (None, 240.0, 120.0, 60.0)
"""Half-lives that are tried for buying again."""

RIDGES: Final = (200.0, 100.0, 1000.0, 500.0)
"""Of the bare EASE; where an inverse takes minutes the last alone, which the same data chose in time on fewer items."""

FEW: Final = 5_000
"""Items up to which it does not."""

_CONTROL: Final = "control: truth drawn blindly"
_ERRORS_ALLOWED: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Contestant:
    """A model by name, with the settings from which the validation twin chooses.

    `new`: whether it is asked only for what is new to a person, or only for all; None for both.
    """

    name: str
    variants: tuple[Variant, ...]
    new: bool | None = None


def strong_contestants(split: Split, caps: Sequence[int | None]) -> tuple[Contestant, ...]:
    """Who is measured on people that nobody learnt from. `caps`: how many items of a person teach, None for all."""
    ours = [(f"fiel similar_items{_capped(cap)}", _fiel(SimilarItems(), cap=cap)) for cap in caps]
    ours += [
        (f"fiel similar_items{_capped(cap)}, published", _fiel(SimilarItems(), cap=cap, published=True)) for cap in caps
    ]
    return (*_others(split), *(Contestant(name=name, variants=(variant,)) for name, variant in ours))


def time_contestants(split: Split, caps: Sequence[int | None]) -> tuple[Contestant, ...]:
    """Who is measured on the thirty days that come. `similar_items` shows only what is new, `buy_again` never does.

    In the last row all is held of whoever asks, but only ninety days teach: `learn: {within: 90d}` declares that.
    """
    again = tuple(_fiel(BuyAgain(half_life=each), word=f"half-life {each}") for each in FADING)
    held, taught = (lambda split: split.held(days(90))), (lambda split: split.taught_by(days(90)))
    ours: list[tuple[str, Variant, bool | None]] = []
    for cap in caps:
        ours.append((f"fiel similar_items{_capped(cap)}", _fiel(SimilarItems(), cap=cap), True))
        ours.append((f"fiel blend{_capped(cap)}", _fiel(Blend(), cap=cap), None))
    ours.append((f"fiel blend{_capped(caps[-1])}, published", _fiel(Blend(), cap=caps[-1], published=True), None))
    ours.append(("fiel blend, 90 days held", _cut(Blend(), held, cap=caps[0]), None))
    ours.append(("fiel blend, 90 days teach (learn.within)", _cut(Blend(), taught, cap=caps[0]), None))
    return (
        *_others(split),
        Contestant(name="fiel buy_again", variants=again, new=False),
        *(Contestant(name=name, variants=(variant,), new=new) for name, variant, new in ours),
    )


def measure(contestant: Contestant, validation: Sequence[Split], test: Sequence[Split]) -> Iterator[Row]:
    """Choose on validation, measure on the test, with the control for each list of Fiel's blend."""
    pairs = [pair for pair in zip(validation, test, strict=True) if contestant.new in {None, pair[1].new}]
    if not pairs:
        return
    validation, test = zip(*pairs, strict=True)
    chosen = _chosen(contestant, validation)
    for variant in dict.fromkeys(chosen):
        splits = [split for split, choice in zip(test, chosen, strict=True) if choice == variant]
        setting, answers = contestant.variants[variant]
        for split, run in zip(splits, answers(splits), strict=True):
            yield _row(split, contestant.name, run, wanted=split.wanted) | {"setting": setting}
            if contestant.name.startswith("fiel") and contestant.name != "fiel buy_again":
                yield _control(split, run)


def _chosen(contestant: Contestant, validation: Sequence[Split]) -> list[int]:
    """For each split the variant that is best on its validation twin."""
    if len(contestant.variants) == 1:
        return [0] * len(validation)
    scores = []
    for _, answers in contestant.variants:
        scores.append([_yardstick(split, run) for split, run in zip(validation, answers(validation), strict=True)])
    return [int(best) for best in np.argmax(scores, axis=0)]


def _yardstick(split: Split, run: Run) -> float:
    at = 10 if split.seasonal else measures.LONG
    return float(measures.ndcg(run.ranked, split.wanted, at=at).mean())


def _others(split: Split) -> tuple[Contestant, ...]:
    def by(kinds: Sequence[peers.Peer]) -> tuple[Variant, ...]:
        return tuple((f"{peer.kind} {dict(peer.settings)}", partial(peers.ask, peer)) for peer in kinds)

    tried = RIDGES if len(split.items) <= FEW else RIDGES[-1:]
    ridges = tuple((f"ridge {ridge}", partial(models.ease, ridge=ridge)) for ridge in tried)
    return (
        Contestant(name="popular", variants=(("", models.popular),)),
        Contestant(name="implicit item-kNN", variants=by(peers.KNN)),
        Contestant(name="implicit als", variants=by(peers.ALS)),
        Contestant(name="bare numpy EASE", variants=ridges),
    )


def _fiel(
    strategy: Strategy[Any], *, cap: int | None = None, word: str = "as shipped", published: bool = False
) -> Variant:
    return word, partial(models.fiel, strategy, cap=cap, published=published)


def _cut(strategy: Strategy[Any], cut: Callable[[Split], Split], *, cap: int | None) -> Variant:
    return "as shipped", lambda splits: models.fiel(strategy, [cut(split) for split in splits], cap=cap)


def _capped(cap: int | None) -> str:
    return "" if cap is None else f", latest {cap} items teach"


def _row(split: Split, model: str, run: Run, *, wanted: Sequence[measures.Ranked]) -> Row:
    ten, hundred = (measures.mean(measures.ndcg(run.ranked, wanted, at=at)) for at in (10, measures.LONG))
    return {
        "data": split.data,
        "split": split.name,
        "model": model,
        "ndcg@10": round(ten.mean, 4),
        "ndcg@10_se": round(ten.error, 4),
        "ndcg@10_95": [round(bound, 4) for bound in ten.interval],
        "ndcg@100": round(hundred.mean, 4),
        "ndcg@100_95": [round(bound, 4) for bound in hundred.interval],
        "recall@20": round(float(measures.recall(run.ranked, wanted).mean()), 4),
        "fit_s": round(run.fit_s, 3),
        "people": len(split.shown),
        "cores": os.cpu_count(),
    }


def _control(split: Split, run: Run) -> Row:
    """The same lists against a truth that has nothing to do with anybody; ends the run if they seem to know it."""
    truth = measures.blindly(split, np.random.default_rng(SEED))
    found, chance = measures.mean(measures.ndcg(run.ranked, truth, at=10)), measures.by_chance(split, at=10)
    if abs(found.mean - chance) > _ERRORS_ALLOWED * found.error:
        raise SystemExit(
            f"the control fails: {found.mean:.4f} on {split.data}, {split.name}, where chance is {chance:.4f}"
        )
    return _row(split, _CONTROL, run, wanted=truth) | {"setting": f"chance is {chance:.4f}"}
