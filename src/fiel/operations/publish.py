"""Publishing a promise: each new version is kept by its digest and becomes a leaf, with the names of who approved it.

What rests on legitimate interest, or asks for a special category, needs two different people (GDPR art. 6(1)(f), 9).
"""

from concurrent.futures import Future
from dataclasses import dataclass
from typing import Final

from fiel.core.consent.leaf import promise_leaf
from fiel.core.errors import Conflict
from fiel.core.ids import UseCaseId, Version
from fiel.core.promise.change import Difference, compare
from fiel.core.promise.usecase import LegalBasis, Promise, UseCase
from fiel.core.promise.version import notice_of, version_of
from fiel.operations.house import House
from fiel.ports import PublishedVersion, Transaction

FIRST_START: Final = ("first start",)
"""Who approves the promise with which a store begins."""

_TWO: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What publishing would change in one use case: `before` is None for a new one, `after` for one that ends."""

    use_case: UseCaseId
    before: Version | None
    after: Version | None
    differences: tuple[Difference, ...] = ()
    reworded: bool = False

    @property
    def is_material(self) -> bool:
        """Whether it changes what may be done, and not only how it is said."""
        return self.before != self.after


def edits(current: Promise | None, coming: Promise) -> tuple[Edit, ...]:
    """What publishing `coming` would change; nothing for a use case that stays as it is."""
    before = current.use_cases if current else {}
    names = sorted({*before, *coming.use_cases})
    found = (_edit(current, coming, name) for name in names)
    return tuple(edit for edit in found if edit.is_material or edit.reworded)


def publish(house: House, promise: Promise, *, approved_by: tuple[str, ...]) -> Future[tuple[Edit, ...]]:
    """Put a promise in force; done when it is durable. Raises `Conflict` if too few people approved it."""
    if approved_by == FIRST_START:
        raise Conflict("`first start` is nobody who could approve")
    return house.store.write(lambda tx: put_in_force(house, tx, promise, approved_by=approved_by))


def put_in_force(house: House, tx: Transaction, promise: Promise, *, approved_by: tuple[str, ...]) -> tuple[Edit, ...]:
    """The same inside a transaction that is already open."""
    changes, now = edits(tx.promises.current(), promise), house.clock.now()
    versions = []
    for edit in changes:
        if edit.after is None or not edit.is_material:
            continue
        case = promise.use_cases[edit.use_case]
        _refuse_unless_approved(case, approved_by)
        tx.ledger.append(promise_leaf(case.id, edit.after, at=now, approved_by=approved_by))
        ordinal = len(tx.promises.history(case.id)) + 1
        versions.append(
            PublishedVersion(version=edit.after, ordinal=ordinal, use_case=case, at=now, approved_by=approved_by)
        )
    if changes or tx.promises.current() != promise:
        tx.promises.publish(promise, versions)
    return changes


def adopt(house: House, promise: Promise) -> Future[tuple[Edit, ...]]:
    """Put the first promise in force; raises `Conflict` if there is one.

    Nobody agreed to anything yet, so nobody is asked and nobody need approve: the leaves say `first start`.
    """

    def first(tx: Transaction) -> tuple[Edit, ...]:
        if tx.promises.current() is not None:
            raise Conflict("a promise is in force already", hint="`fiel publish DIR` replaces it")
        return put_in_force(house, tx, promise, approved_by=FIRST_START)

    return house.store.write(first)


def needs_two(case: UseCase) -> bool:
    """Whether one pair of eyes is not enough."""
    return case.basis is LegalBasis.LEGITIMATE_INTEREST or case.explicit


def _refuse_unless_approved(case: UseCase, approved_by: tuple[str, ...]) -> None:
    if not approved_by:
        raise Conflict("nobody approved this promise", hint="name who does: `--approved-by NAME`")
    if approved_by == FIRST_START:
        return
    if needs_two(case) and len(set(approved_by)) < _TWO:
        raise Conflict(
            f"use case `{case.id}` must be approved by two different people",
            hint="it rests on legitimate interest or a special category: `--approved-by NAME --approved-by OTHER`",
        )


def _edit(current: Promise | None, coming: Promise, name: UseCaseId) -> Edit:
    before = current.use_cases.get(name) if current else None
    after = coming.use_cases.get(name)
    differences = compare(before, after, level=max(before.highest, after.highest)) if before and after else ()
    return Edit(
        use_case=name,
        before=version_of(before) if before else None,
        after=version_of(after) if after else None,
        differences=differences,
        reworded=_notice(current, before) != _notice(coming, after),
    )


def _notice(promise: Promise | None, case: UseCase | None) -> str | None:
    return notice_of(case, promise.areas[case.area], controller=promise.controller) if promise and case else None
