"""What is installed and judges a promise: what each strategy reads, and the laws that are known.

Not how it is found: `fiel.bootstrap` loads built-ins and third parties alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import click

from fiel.core.law import Jurisdiction
from fiel.core.promise.lint.grounds import Appetite


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """What strategies read, by their names, and laws, by the codes of their jurisdictions."""

    reads: Mapping[str, Appetite]
    laws: Mapping[str, Jurisdiction]


def installed(ctx: click.Context) -> Installed:
    """What whoever called the command gave as its object, or else what is installed.

    Raises `SettingsInvalid` if something installed cannot be loaded.
    """
    given = ctx.find_object(Installed)
    if given is not None:
        return given
    from fiel.bootstrap import load_appetites, load_laws

    return Installed(reads=load_appetites(), laws=load_laws())
