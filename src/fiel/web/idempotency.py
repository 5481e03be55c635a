"""`Idempotency-Key`: the same request of the same caller is done once, and answered the same again (IETF draft -08)."""

import re
from hashlib import sha256
from http import HTTPStatus
from typing import Final

from fiel.core.ids import Digest
from fiel.ports import Once
from fiel.web.problems import Refused
from fiel.web.route import Call

HEADER: Final = "idempotency-key"
REPLAYED: Final = "Idempotency-Replayed"

_FORM: Final = re.compile(r'"?[\x21\x23-\x7e]{1,255}"?')


def once(call: Call, body: bytes = b"") -> Once | None:
    """What makes this request the same as an earlier one; None if the caller did not ask for it."""
    key = call.request.headers.get(HEADER)
    if key is None:
        return None
    if not _FORM.fullmatch(key):
        raise Refused(HTTPStatus.BAD_REQUEST, "the Idempotency-Key must be 1 to 255 printable characters")
    whose = len(call.caller.name).to_bytes(4, "big") + call.caller.name
    request = f"{call.request.method} {call.request.url.path}\n".encode() + body
    return Once(key=Digest(sha256(whose + key.strip('"').encode()).digest()), request=Digest(sha256(request).digest()))
