"""A balance in words: the sentence that comes first, each bound and each level, in one language.

Nothing is judged here: the verdicts come with the balance.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fiel.core.promise.measured import ENOUGH_PEOPLE
from fiel.core.promise.usecase import Bound, UseCase
from fiel.core.text import percentage
from fiel.operations.balance.values import Balance, BoundScore, LevelScore, LikelyScore, Since, Telling
from fiel.web.balance.speech import Speech


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording(Speech):
    """A balance in one language."""

    def bound(self, bound: Bound, *, grain: bool = False) -> str:
        """A bound as one says it; `grain`: with how coarsely times are kept."""
        parts = [self.say("bound.within", days=bound.within.days)] if bound.within else []
        if bound.or_visits:
            key = "bound.visit" if bound.or_visits == 1 else "bound.visits"
            parts.append(self.say(key, visits=bound.or_visits))
        told = self.say("bound.or").join(parts) or self.say("bound.all")
        if bound.keep is not None:
            told += self.say("bound.keep_one" if bound.keep == 1 else "bound.keep", keep=bound.keep)
        return f"{told}; {self.say(f'grain.{bound.grain.value}')}" if grain else told

    def short(self, bound: Bound) -> str:
        """A bound in as few letters as a chart has room for."""
        parts = [self.say("bound.short_within", days=bound.within.days)] if bound.within else []
        parts += [self.say("bound.short_visits", visits=bound.or_visits)] if bound.or_visits else []
        parts += [self.say("bound.short_keep", keep=bound.keep)] if bound.keep is not None else []
        return " + ".join(parts[:2]) if parts else self.say("bound.all")

    def sentence(self, found: Balance) -> str:
        """What a balance comes to, in one sentence."""
        if found.declared is None:
            return self.say("no_events")
        whole, smallest = found.whole, found.smallest
        if whole is None:
            return self.say("too_few", enough=ENOUGH_PEOPLE)
        if smallest is None:
            share = self.part(whole.share.mean)
            return self.say("nothing", strategy=found.strategy, strongest=found.strongest, share=share)
        if smallest.bound == found.declared:
            return self.say("declared", tolerance=self.part(found.tolerance))
        return self.say("enough", bound=self.bound(smallest.bound, grain=True), **self._slots(smallest))

    def remarks(self, found: Balance, case: UseCase) -> Iterator[str]:
        """What belongs beside the sentence: a smaller bound that asks people again, a stronger method."""
        if found.least is not None and found.least != found.smallest:
            yield self.say("wider", bound=self.bound(found.least.bound, grain=True), **self._slots(found.least))
        own = case.rungs[-1].strategy if case.rungs else ""
        if found.strongest and own != found.strongest:
            yield self.say("stronger", strongest=found.strongest, own=own)

    def named(self, attributes: Sequence[str]) -> str:
        """Attributes as one says them."""
        return ", ".join(f"“{name}”" for name in attributes) or self.say("told.nothing")

    def told(self, told: Telling, *, tolerance: float) -> str:
        """How little people need to tell, in one sentence."""
        smallest, whole = told.smallest, told.whole
        if not smallest.attributes:
            return self.say("told.none", level=self.phrases[f"level.{told.level.word}"])
        if len(smallest.attributes) == len(whole.attributes):
            return self.say("told.all", tolerance=self.part(tolerance))
        return self.say(
            "told.enough",
            names=self.named(smallest.attributes),
            count=len(whole.attributes),
            share=self.part(smallest.share.mean),
            low=self.part(smallest.share.low),
            high=self.part(smallest.share.high),
            unique=self.part(smallest.unique, digits=1),
            whole=self.part(whole.unique, digits=1),
        )

    def likely(self, score: LikelyScore) -> str:
        """How well a level tells who chooses what, beside what everybody chooses."""
        return self.say(
            "told.likely",
            level=self.phrases[f"level.{score.level.word}"],
            auc=self.scored(score.auc),
            none=self.scored(score.auc_none),
            lift=self.number(score.lift.mean, digits=1),
            low=self.number(score.lift.low, digits=1),
            high=self.number(score.lift.high, digits=1),
            popular=self.number(score.lift_none.mean, digits=1),
        )

    def verdict(self, score: LevelScore) -> str | None:
        """Whether a level earns its data, None for the level that needs none."""
        if score.rival is None:
            return None
        key = {True: "level.earns", False: "level.loses", None: "level.open"}[score.earns]
        names = {"level": self.phrases[f"level.{score.level.word}"], "rival": self.phrases[f"level.{score.rival.word}"]}
        return self.say(key, **names)

    def since(self, since: Since) -> str:
        """What became of what was shown since deployment, in one sentence."""
        if since.personal is None or since.control is None:
            return self.say("since.few", enough=ENOUGH_PEOPLE, share=percentage(since.share, language=self.language))
        key = {True: "since.serves", False: "since.fails", None: "since.open"}[since.serves]
        personal, control = (self.part(each.mean, digits=1) for each in (since.personal, since.control))
        return self.say(key, days=since.window.days, personal=personal, control=control)

    def basket(self, shown: int) -> str:
        """What was on the page."""
        key = f"level.shown.{shown}" if f"balance.level.shown.{shown}" in self.phrases else "level.shown.more"
        return self.say(key, count=shown)

    def _slots(self, score: BoundScore) -> dict[str, str]:
        share = score.in_store or score.share
        return {
            "stored": self.part(score.stored),
            "share": self.part(share.mean),
            "low": self.part(share.low),
            "high": self.part(share.high),
        }
