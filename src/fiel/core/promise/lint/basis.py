"""The legal basis taken at its word: consent is asked for, every other basis is explained and objectable.

GDPR art. 5(1)(a), 6(1), 21.
"""

from collections.abc import Iterator
from typing import Final

from fiel.core.law import Signal
from fiel.core.promise.finding import Code, Remark
from fiel.core.promise.lint.grounds import Grounds
from fiel.core.promise.usecase import LegalBasis, Level

MAY_START_UNASKED: Final = frozenset({LegalBasis.CONTRACT, LegalBasis.LEGITIMATE_INTEREST})
"""The bases on which the present context may be used before a person chose (GDPR art. 6(1)(b) and (f))."""


def no_balancing(grounds: Grounds) -> Iterator[Remark]:
    """A legitimate interest is weighed against the person's, in writing (GDPR art. 6(1)(f))."""
    for where, use_case in grounds.use_cases():
        if use_case.basis is LegalBasis.LEGITIMATE_INTEREST and not use_case.balancing:
            yield Remark(
                code=Code.NO_BALANCING,
                where=(*where, "basis"),
                message="legitimate interest without a balancing note",
                hint="add `balancing: {…}`: whose interest, what it costs the person, and why it may weigh more",
            )


def false_toggle(grounds: Grounds) -> Iterator[Remark]:
    """Only consent is asked for: a yes that changes nothing is a deception (GDPR art. 5(1)(a))."""
    for where, use_case in grounds.use_cases():
        if use_case.explicit and use_case.basis is not LegalBasis.CONSENT:
            yield Remark(
                code=Code.FALSE_TOGGLE,
                where=(*where, "explicit"),
                message=f"`explicit` asks for consent, but the basis is `{use_case.basis.value}`",
                hint="leave it out, or choose `basis: consent`",
            )


def used_without_choice(grounds: Grounds) -> Iterator[Remark]:
    """Nothing is used before a choice, but the present context, on a basis that allows it and says why."""
    for where, use_case in grounds.use_cases():
        if use_case.without_choice is Level.NONE:
            continue
        if use_case.basis not in MAY_START_UNASKED:
            hint = "write `without_choice: none`"
        elif not use_case.balancing:
            hint = "add `balancing: {…}`, or write `without_choice: none`"
        else:
            continue
        yield Remark(
            code=Code.USED_WITHOUT_CHOICE,
            where=(*where, "without_choice"),
            message="the context is used before the person chose, without a basis and a balancing note for it",
            hint=hint,
        )


def signal_ignored(grounds: Grounds) -> Iterator[Remark]:
    """A signal that the law makes binding is heeded."""
    law = grounds.laws.get(grounds.promise.jurisdiction)
    if law is None or Signal.GPC not in law.honours.value:
        return
    for where, use_case in grounds.use_cases():
        if not use_case.heeds_gpc:
            yield Remark(
                code=Code.SIGNAL_IGNORED,
                where=(*where, "signals", "gpc"),
                message=f"the signal GPC is ignored, though the law `{law.code}` honours it ({law.honours.article})",
                hint="write `gpc: auto`",
            )


RULES = (no_balancing, false_toggle, used_without_choice, signal_ignored)
