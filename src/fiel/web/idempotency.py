"""`Idempotency-Key`: the same request of the same caller is done once, and answered the same again (IETF draft -08)."""

import re
from typing import Final

from fiel.core.ids import Digest
from fiel.operations.enter import remembered_as
from fiel.ports import Once
from fiel.web.problems import Refused
from fiel.web.route import Call

HEADER: Final = "Idempotency-Key"
REPLAYED: Final = "Idempotency-Replayed"

HEEDED: Final = {HEADER: "makes the same request of the same caller be done once, and answered the same for a day"}
"""What a route that heeds it says of it."""

_FORM: Final = re.compile(r'"?[\x21\x23-\x7e]{1,255}"?')


def once(call: Call) -> Once | None:
    """What makes this request the same as an earlier one; None if the caller did not ask for it."""
    key = call.request.headers.get(HEADER)
    if key is None:
        return None
    if not _FORM.fullmatch(key):
        raise Refused("bad_request", "the Idempotency-Key must be 1 to 255 printable characters")
    parts = [f"{name}={value}" for name, value in call.parts.items()]
    request = [call.route.method, call.route.path, *parts, call.request.url.query]
    mine = _digest(call, [call.admitted.whose, key.strip('"').encode()])
    return Once(key=mine, request=_digest(call, [mine, *(each.encode() for each in request), call.raw]))


def _digest(call: Call, fields: list[bytes]) -> Digest:
    """Under a key: a plain digest of a path with an id in it would tell whoever guesses the id."""
    return remembered_as(call.house, b"".join(len(each).to_bytes(4, "big") + each for each in fields))
