"""The endpoints that are told of changes, read from a file of their own: it holds secrets, and a promise holds none.

[crm]
url = "https://crm.example/hooks/fiel"
secret = "whsec_…"            # or a list, the newest first, while the old one is being replaced
use_cases = ["suggestions"]   # left out: all
"""

import binascii
import tomllib
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from fiel.core.errors import Malformed, SettingsInvalid
from fiel.core.ids import UseCaseId
from fiel.egress import addressed
from fiel.ports import Hook

PREFIX: Final = "whsec_"
SECRET_BYTES: Final = range(24, 65)
"""How long a secret may be (Standard Webhooks 1.0.0, signature scheme)."""

_FIELDS: Final = frozenset({"url", "secret", "use_cases"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where to tell something, and with which secrets it is signed, each of which the other side may know."""

    hook: Hook
    url: str = field(repr=False)
    secrets: tuple[bytes, ...] = field(repr=False)


def endpoints_in(text: str) -> Mapping[str, Endpoint]:
    """The endpoints of a file by name; raises `SettingsInvalid`, which names the table and repeats no value of it."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise SettingsInvalid("the file of endpoints is not TOML", hint="write a table for each: `[crm]`") from None
    return {name: _endpoint(name, table) for name, table in tables.items()}


def _endpoint(name: str, table: object) -> Endpoint:
    if not isinstance(table, Mapping) or not table.keys() <= _FIELDS:
        raise _wrong(name, "holds what there is not", hint=f"it may hold {', '.join(sorted(_FIELDS))}")
    url, cases = table.get("url"), table.get("use_cases", [])
    try:
        parts = addressed(url if isinstance(url, str) else "")
    except Malformed as error:
        raise _wrong(name, "has no `url` that could be told anything", hint=error.hint) from None
    if not isinstance(cases, list) or not all(isinstance(case, str) for case in cases):
        raise _wrong(name, "lists its `use_cases` in another form", hint='write `use_cases = ["suggestions"]`')
    secret = table.get("secret")
    secrets = secret if isinstance(secret, list) and secret else [secret]
    hook = Hook(name=name, use_cases=frozenset(UseCaseId(case) for case in cases))
    return Endpoint(hook=hook, url=parts.geturl(), secrets=tuple(_secret(name, each) for each in secrets))


def _secret(name: str, text: object) -> bytes:
    hint = "make one: `echo whsec_$(head -c 32 /dev/urandom | base64)`"
    if not isinstance(text, str) or not text.startswith(PREFIX):
        raise _wrong(name, "has no `secret` that begins with `whsec_`", hint=hint)
    try:
        secret = b64decode(text.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        raise _wrong(name, "has a `secret` that is not base64", hint=hint) from None
    if len(secret) not in SECRET_BYTES:
        raise _wrong(name, "has a `secret` that is too short or too long", hint=hint)
    return secret


def _wrong(name: str, what: str, *, hint: str) -> SettingsInvalid:
    return SettingsInvalid(f"the endpoint `{name}` {what}", hint=hint)
