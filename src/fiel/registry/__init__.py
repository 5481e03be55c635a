"""The only reader of YAML: files become a `Promise`, and all that is wrong with them findings with their lines.

Not the rules that judge what was read (`fiel.core.promise.lint`), and not what is published.
"""

from fiel.registry.reading import (
    DRAFT,
    Draft,
    Reading,
    check_draft,
    check_promise,
    check_texts,
    read_promise,
    read_texts,
)
from fiel.registry.writing import write_use_case

__all__ = [
    "DRAFT",
    "Draft",
    "Reading",
    "check_draft",
    "check_promise",
    "check_texts",
    "read_promise",
    "read_texts",
    "write_use_case",
]
