"""The one spelling of a value in bytes, the same in every language (RFC 8785), for everything that is hashed or signed.

Fractions have no spelling here: they are written as text, so that no reader rounds what another one signed.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from fiel.core.errors import Malformed

Plain: TypeAlias = "bool | int | str | Sequence[Plain] | Mapping[str, Plain] | None"
"""What canonical bytes can hold: JSON without fractions."""

LARGEST: Final = 2**53 - 1
"""The largest integer that canonical bytes hold, by size: beyond it readers round (RFC 8785 §3.2.2.3, RFC 7493)."""

DEEPEST: Final = 64
"""How deep objects and lists may be nested in canonical bytes: what came from outside may not exhaust the stack."""


def canonical(value: Mapping[str, Plain]) -> bytes:
    """The canonical bytes of an object.

    Raises `Malformed` for what has no such spelling here: a fraction, an integer beyond `LARGEST`, a key that is no
    text, a lone surrogate, anything nested deeper than `DEEPEST`, any other type. The error never shows the value.
    """
    try:
        return _spelt(value, DEEPEST).encode()
    except UnicodeEncodeError:
        raise Malformed("a text with a lone surrogate has no canonical bytes") from None


def _spelt(value: Plain, depth: int) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        if abs(value) > LARGEST:
            raise Malformed("an integer beyond 2**53 - 1 has no canonical bytes", hint="write it as text")
        return int.__repr__(value)
    if isinstance(value, str):
        # The standard encoder escapes exactly what RFC 8785 §3.2.2.2 asks for once ASCII is not forced.
        return json.dumps(value, ensure_ascii=False)
    if depth == 0:
        raise Malformed(f"nothing nested deeper than {DEEPEST} has canonical bytes")
    if isinstance(value, Mapping):
        members = (f"{_spelt(key, 0)}:{_spelt(value[key], depth - 1)}" for key in sorted(value, key=_utf16))
        return "{" + ",".join(members) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(_spelt(item, depth - 1) for item in value) + "]"
    raise Malformed(f"a value of type `{type(value).__name__}` has no canonical bytes", hint="write fractions as text")


def _utf16(key: str) -> bytes:
    """The order of object members: by UTF-16 code units, not by code points (RFC 8785 §3.2.3)."""
    if not isinstance(key, str):
        raise Malformed("an object's keys are texts")
    return key.encode("utf-16-be")
