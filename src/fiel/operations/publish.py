"""Publishing a promise: each new version is kept by its digest and becomes a leaf, with the names of who approved it.

What rests on legitimate interest, or asks for a special category, needs two different people (GDPR art. 6(1)(f), 9).
"""

from concurrent.futures import Future
from typing import Final

from fiel.core.consent.leaf import promise_leaf
from fiel.core.errors import Conflict
from fiel.core.promise.revision import Revision, overreaching, revise
from fiel.core.promise.usecase import LegalBasis, Promise, UseCase
from fiel.operations.house import House
from fiel.operations.tell import tell_changed
from fiel.ports import PublishedVersion, Transaction

FIRST_START: Final = ("first start",)
"""Who approves the promise with which a store begins."""

_TWO: Final = 2


def publish(house: House, promise: Promise, *, approved_by: tuple[str, ...]) -> Future[tuple[Revision, ...]]:
    """Put a promise in force; done when it is durable. Raises `Conflict` if too few people approved it."""
    if approved_by == FIRST_START:
        raise Conflict("`first start` is nobody who could approve")
    return house.store.write(lambda tx: put_in_force(house, tx, promise, approved_by=approved_by))


def put_in_force(
    house: House, tx: Transaction, promise: Promise, *, approved_by: tuple[str, ...]
) -> tuple[Revision, ...]:
    """The same inside a transaction that is already open."""
    in_force, now = tx.promises.current(), house.clock.now()
    revisions = revise(in_force, promise)
    if in_force is not None:
        _refuse_overreaching(in_force, promise)
    versions = []
    for revision in revisions:
        if revision.after is None or not revision.is_material:
            continue
        case = promise.use_cases[revision.use_case]
        _refuse_unless_approved(case, approved_by)
        tx.ledger.append(promise_leaf(case.id, revision.after, at=now, approved_by=approved_by))
        ordinal = len(tx.promises.history(case.id)) + 1
        versions.append(
            PublishedVersion(version=revision.after, ordinal=ordinal, use_case=case, at=now, approved_by=approved_by)
        )
    if promise != in_force:
        tx.promises.publish(promise, versions)
    for version in versions:
        if version.ordinal > 1:
            tell_changed(house, tx, version)
    return revisions


def adopt(house: House, promise: Promise) -> Future[tuple[Revision, ...]]:
    """Put the first promise in force; raises `Conflict` if there is one.

    Nobody agreed to anything yet, so nobody is asked and nobody need approve: the leaves say `first start`.
    """

    def first(tx: Transaction) -> tuple[Revision, ...]:
        if tx.promises.current() is not None:
            raise Conflict("a promise is in force already", hint="`fiel publish DIR` replaces it")
        return put_in_force(house, tx, promise, approved_by=FIRST_START)

    return house.store.write(first)


def needs_two(case: UseCase) -> bool:
    """Whether one pair of eyes is not enough."""
    return case.basis is LegalBasis.LEGITIMATE_INTEREST or case.explicit


def _refuse_overreaching(in_force: Promise, promise: Promise) -> None:
    remark = next(overreaching(in_force, promise), None)
    if remark is not None:
        raise Conflict(remark.message, hint=remark.hint)


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
