"""What a balance says, as plain values: how relevant each level is, and each bound, at what cost and for whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from fiel.core.ids import UseCaseId, Version
from fiel.core.promise.usecase import Bound, Level
from fiel.numeric.relevance import Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelScore:
    """How relevant one level is at the next visit, with so many items on the page (`shown`) and the rest to be found.

    `more`: the gain in nDCG over what nobody's data would give, the same people at both. `rival`: the best of the less
    invasive levels, `lead` the gain over it. `by`: how many were really answered by that level and not by one below.
    """

    level: Level
    shown: int
    ndcg: Interval
    hit: Interval
    right: Interval
    more: Interval
    rival: Level | None
    lead: Interval | None
    by: int

    @property
    def earns(self) -> bool | None:
        """Whether it is surely more relevant than every less invasive level; False if surely less, None if neither."""
        if self.lead is None or (self.lead.low <= 0 <= self.lead.high):
            return None
        return self.lead.low > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundScore:
    """One bound: what it keeps, how relevant that is against the strongest on everything kept, and who pays.

    `share`: nDCG as a share of the strongest. `in_store`: the same with the model made of what the bound keeps, too;
    None if that was not tried, and then it is not surely enough. `quarters` and `losers`: of `in_store` where it is
    known, by length of history, shortest first; a loser loses more than 0.1 of nDCG. `known` and `dated`: the share
    singled out by what an attacker knows, without and with its time. `hides`: no more than by everything, or by the
    same without its count.
    """

    bound: Bound
    stored: float
    ndcg: Interval
    share: Interval
    in_store: Interval | None
    quarters: tuple[float, ...]
    losers: tuple[float, ...]
    lost: float
    known: Mapping[int, float]
    dated: Mapping[int, float]
    hides: bool
    asks_again: bool
    suffices: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LikelyScore:
    """How well a level that reads only what was declared tells choices at the next visit, over people and items.

    `auc`: how often what somebody chose scores above what they did not. `lift`: how many times more is chosen in the
    tenth of all pairs that scores highest. `auc_none`, `lift_none`: the same people by what everybody chooses.
    """

    level: Level
    auc: Interval
    auc_none: Interval
    lift: Interval
    lift_none: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributesScore:
    """A set of attributes, in the order in which they were found to bring most.

    `share`: nDCG as a share of that with all of them. `unique`: the share of people whom these alone tell from
    everybody else. `suffices`: nothing beyond the tolerance is lost, as far as can be told.
    """

    attributes: tuple[str, ...]
    ndcg: Interval
    share: Interval
    unique: float
    suffices: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """How much people need to tell for one level: none of it, then one attribute more each time, until it is enough.

    `whole`: with all that is declared. `needless`: what may be left out without taking anything from another level.
    """

    level: Level
    strategy: str
    whole: AttributesScore
    steps: tuple[AttributesScore, ...]
    needless: frozenset[str]

    @property
    def smallest(self) -> AttributesScore:
        """The smallest set that is enough: the last step, since all of them always are."""
        return self.steps[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """Since deployment: of slates shown, the share of which something was chosen within `window`, by person.

    `personal`: answered from people's data. `control`: from nobody's, by draw of `share` of them. `more`: by how much
    the first is larger. None of fewer than fifty people, and then there is not enough to tell.
    """

    share: float
    window: timedelta
    personal: Interval | None
    control: Interval | None
    more: Interval | None

    @property
    def serves(self) -> bool | None:
        """Whether using data surely serves; False if it surely does not, None if that cannot be told."""
        if self.more is None or self.more.low <= 0 <= self.more.high:
            return None
        return self.more.low > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """All that was measured of one use case.

    `cut`: the last day of what was used to predict what came after it, until `last`. `people`: who let it be measured;
    `refused`: who did not, and was not read; `tested`: who came again after the cut. `strategies`: each one on
    everything kept. `smallest`: the least that suffices and only narrows, None if nothing does; `least`: the least of
    all, even if people would have to be asked again. `likely`, `telling`: of a level that learns from what people told.
    `since`: what became of it after deployment, None without control.
    """

    use_case: UseCaseId
    version: Version
    at: datetime
    cut: date
    last: date
    k: int
    tolerance: float
    people: int
    refused: int
    tested: int
    declared: Bound | None
    strategy: str
    strongest: str
    strategies: Mapping[str, Interval]
    levels: tuple[LevelScore, ...]
    bounds: tuple[BoundScore, ...]
    unmeasured: tuple[Bound, ...]
    smallest: BoundScore | None
    least: BoundScore | None
    likely: LikelyScore | None = None
    telling: Telling | None = None
    since: Since | None = None

    @property
    def horizon(self) -> timedelta:
        """The time that was predicted."""
        return self.last - self.cut

    @property
    def whole(self) -> BoundScore | None:
        """Everything that is kept, as it is declared."""
        return next((score for score in self.bounds if score.bound == self.declared), None)
