"""How a template becomes a page: whatever is put into it is escaped, and what is missing is an error."""

from functools import cache

from jinja2 import BaseLoader, Environment, PackageLoader, StrictUndefined

from fiel.web.theme import address_of


def environment(loader: BaseLoader) -> Environment:
    """The templates that a loader finds."""
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.globals["theme_of"] = address_of
    return made


@cache
def templates() -> Environment:
    """Fiel's own templates."""
    return environment(PackageLoader("fiel.web"))
