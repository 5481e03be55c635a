"""The rules of `fiel check`: one file a family, one pure function a rule, one stable code for each.

Rules judge a promise that could be read; what could not be read is found by `fiel.registry` under codes of its own.
"""

from collections.abc import Mapping
from typing import Final

from fiel.core.law import Jurisdiction
from fiel.core.promise.finding import Remark
from fiel.core.promise.lint import (
    basis,
    benefit,
    bounds,
    levels,
    look,
    needs,
    recipients,
    references,
    separation,
    special,
    texts,
)
from fiel.core.promise.lint.grounds import Appetite, Grounds, Rule
from fiel.core.promise.usecase import Promise

RULES: Final[tuple[Rule, ...]] = (
    *references.RULES,
    *texts.RULES,
    *look.RULES,
    *benefit.RULES,
    *needs.RULES,
    *levels.RULES,
    *bounds.RULES,
    *special.RULES,
    *recipients.RULES,
    *separation.RULES,
    *basis.RULES,
)
"""Every rule, by family."""


def trace(promise: Promise) -> tuple[Remark, ...]:
    """The names within a promise that lead nowhere: with none of these it is whole, whatever the other rules say."""
    grounds = Grounds(promise=promise, reads={}, laws={})
    return tuple(remark for rule in references.WITHIN for remark in rule(grounds))


def lint(promise: Promise, *, reads: Mapping[str, Appetite], laws: Mapping[str, Jurisdiction]) -> tuple[Remark, ...]:
    """All that the rules find in a promise, by family.

    `reads`: what each installed strategy reads, by its name. `laws`: the known laws, by the code of their jurisdiction.
    """
    grounds = Grounds(promise=promise, reads=reads, laws=laws)
    return tuple(remark for rule in RULES for remark in rule(grounds))
