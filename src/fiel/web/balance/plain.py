"""A balance as plain values, for JSON."""

from fiel.core.promise.usecase import Bound
from fiel.numeric.relevance import Interval
from fiel.operations.balance.values import (
    AttributesScore,
    Balance,
    BoundScore,
    LevelScore,
    LikelyScore,
    Since,
    Telling,
)

DIGITS = 4


def plain(found: Balance) -> dict[str, object]:
    """All of a balance as JSON has it."""
    return {
        "use_case": found.use_case,
        "version": found.version,
        "at": found.at.isoformat(timespec="seconds"),
        "cut": found.cut.isoformat(),
        "last": found.last.isoformat(),
        "k": found.k,
        "tolerance": found.tolerance,
        "people": {"measured": found.people, "not_read": found.refused, "tested": found.tested},
        "strategy": found.strategy or None,
        "strongest": found.strongest or None,
        "strategies": {name: _interval(score) for name, score in found.strategies.items()},
        "levels": [_level(score) for score in found.levels],
        "declared": _bound(found.declared) if found.declared else None,
        "bounds": [_score(score) for score in found.bounds],
        "not_measurable": [_bound(bound) for bound in found.unmeasured],
        "smallest": _score(found.smallest) if found.smallest else None,
        "least": _score(found.least) if found.least else None,
        "since_deployment": _since(found.since) if found.since else None,
        "likely": _likely(found.likely) if found.likely else None,
        "attributes": _telling(found.telling) if found.telling else None,
    }


def _likely(score: LikelyScore) -> dict[str, object]:
    return {
        "level": score.level.word,
        "auc": _interval(score.auc),
        "auc_of_none": _interval(score.auc_none),
        "lift@10%": _interval(score.lift),
        "lift@10%_of_none": _interval(score.lift_none),
    }


def _telling(telling: Telling) -> dict[str, object]:
    return {
        "level": telling.level.word,
        "strategy": telling.strategy,
        "all": _attributes(telling.whole),
        "steps": [_attributes(step) for step in telling.steps],
        "smallest": list(telling.smallest.attributes),
        "needless": sorted(telling.needless),
    }


def _attributes(score: AttributesScore) -> dict[str, object]:
    return {
        "attributes": list(score.attributes),
        "ndcg": _interval(score.ndcg),
        "share_of_all": _interval(score.share),
        "unique": round(score.unique, DIGITS),
        "suffices": score.suffices,
    }


def _since(since: Since) -> dict[str, object]:
    return {
        "control_share": since.share,
        "within_days": since.window.days,
        "personal": _interval(since.personal) if since.personal else None,
        "control": _interval(since.control) if since.control else None,
        "more_than_control": _interval(since.more) if since.more else None,
        "serves": since.serves,
    }


def _interval(found: Interval) -> dict[str, object]:
    return {
        "mean": round(found.mean, DIGITS),
        "low": round(found.low, DIGITS),
        "high": round(found.high, DIGITS),
        "people": found.people,
    }


def _level(score: LevelScore) -> dict[str, object]:
    return {
        "level": score.level.word,
        "on_the_page": score.shown,
        "ndcg": _interval(score.ndcg),
        "hit_rate": _interval(score.hit),
        "right": _interval(score.right),
        "more_than_none": _interval(score.more),
        "rival": score.rival.word if score.rival is not None else None,
        "more_than_rival": _interval(score.lead) if score.lead else None,
        "earns_its_data": score.earns,
        "answered_by_it": score.by,
    }


def _bound(bound: Bound) -> dict[str, object]:
    return {
        "within_days": None if bound.within is None else bound.within.days,
        "or_visits": bound.or_visits,
        "keep": bound.keep,
        "time": bound.grain.value,
    }


def _score(score: BoundScore) -> dict[str, object]:
    return {
        **_bound(score.bound),
        "events_kept": round(score.stored, DIGITS),
        "ndcg": _interval(score.ndcg),
        "share_of_strongest": _interval(score.share),
        "share_in_store": _interval(score.in_store) if score.in_store else None,
        "quarters": [round(each, DIGITS) for each in score.quarters],
        "losing": round(score.lost, DIGITS),
        "losing_by_quarter": [round(each, DIGITS) for each in score.losers],
        "singled_out": {str(knows): round(each, DIGITS) for knows, each in score.known.items()},
        "singled_out_dated": {str(knows): round(each, DIGITS) for knows, each in score.dated.items()},
        "hides": score.hides,
        "asks_again": score.asks_again,
        "suffices": score.suffices,
    }
