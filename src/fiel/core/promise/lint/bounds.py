"""How much is kept and how long: every need has an end (GDPR art. 5(1)(c) and (e))."""

from collections.abc import Iterator
from datetime import timedelta

from fiel.core.promise.finding import Code, Remark
from fiel.core.promise.lint.grounds import Grounds
from fiel.core.promise.usecase import LegalBasis, UseCase


def no_bound(grounds: Grounds) -> Iterator[Remark]:
    """Each event is bounded."""
    for where, _, need in grounds.needs():
        bound = need.bound
        if bound.within is None and not bound.or_visits and bound.keep is None:
            yield Remark(
                code=Code.NO_BOUND,
                where=where,
                message=f"event `{need.event}` is kept without any bound",
                hint="say how far back it is needed, for example `within: 90d`",
            )


def bound_by_count(grounds: Grounds) -> Iterator[Remark]:
    """A bound has an age: a few items, however few and old, can single a person out more easily than a recent many."""
    for where, _, need in grounds.needs():
        bound = need.bound
        if bound.within is None and not bound.or_visits and bound.keep is not None:
            yield Remark(
                code=Code.BOUND_BY_COUNT,
                where=(*where, "keep"),
                message=f"event `{need.event}` is bounded by count alone",
                hint="add an age, for example `within: 90d`: fewer items can single a person out more easily",
            )


def retention_too_long(grounds: Grounds) -> Iterator[Remark]:
    """A compartment does not outlive everything that could be in it."""
    for where, use_case in grounds.use_cases():
        longest = horizon(use_case)
        if longest is not None and use_case.retention > longest:
            yield Remark(
                code=Code.RETENTION_TOO_LONG,
                where=(*where, "retention"),
                message=f"kept for {_days(use_case.retention)}, though nothing in it is needed after {longest.days}",
                hint=f"write `retention: {longest.days}d` or less",
            )


def _days(span: timedelta) -> str:
    return "1 day" if span.days == 1 else f"{span.days} days"


def horizon(use_case: UseCase) -> timedelta | None:
    """How long anything in a compartment can be of use; None where the retention alone says so.

    Events bounded by age alone are gone when they reach it. What has no age of its own (an attribute, the last visits)
    is of use until the consent that covers it ends.
    """
    whole = use_case.minimum(use_case.highest)
    ages = [need.bound.within for need in whole.events.values() if not need.bound.or_visits]
    aged = [age for age in ages if age is not None]
    ageless = bool(whole.attributes) or len(aged) < len(whole.events)
    if not ageless:
        return max(aged, default=None)
    return use_case.consent_lasts if use_case.basis is LegalBasis.CONSENT else None


RULES = (no_bound, bound_by_count, retention_too_long)
