"""Bodies of requests: taken in up to a limit, unpacked, and read as wire types. What is wrong is never repeated."""

import re
import zlib
from collections.abc import Set
from typing import Final, TypeVar

import msgspec
from starlette.requests import Request

from fiel.web.problems import Fault, Refused

T = TypeVar("T")

JSON: Final = frozenset({"application/json", ""})
"""Media types of a JSON body; a sender that names none means it."""

_SAFE: Final = re.compile(
    r"(?:Expected `[\w |.\-]+`(?:, got `\w+`| of length [<>=]+ \d+| [<>=]+ [\d.]+| matching regex .*)?"
    r"|Object missing required field `\w+`|Number out of range|Integer value out of range)"
)
"""What the decoder may say aloud: words of types and of the wire's own fields, and nothing that was sent."""

_WHERE: Final = re.compile(r"^(?P<what>.*?)(?: - at `(?P<where>[^`]*)`)?$", re.DOTALL)
_STEP: Final = re.compile(r"\.(\w+)|\[(\d+)\]")
_UNSAID: Final = {
    "Object contains unknown field": "there is a field that is not read here",
    "Invalid enum value": "not one of the words that may stand here",
}


async def take(request: Request, *, largest: int, media: Set[str] = JSON) -> bytes:
    """The body, unpacked; raises `Refused` before more than `largest` bytes were taken, packed or not."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() not in media:
        raise Refused("unsupported_media", "the body must be JSON", hint="Content-Type: application/json")
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in {"", "identity", "gzip"}:
        raise Refused("unsupported_media", "the body may be packed with gzip, and with nothing else")
    raw = bytearray()
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > largest:
            raise _too_large(largest)
    return _unpacked(bytes(raw), largest=largest) if encoding == "gzip" else bytes(raw)


def decoded(raw: bytes, kind: type[T]) -> T:
    """Bytes as a wire type; raises `Refused` with a pointer to the first thing that is wrong."""
    try:
        return msgspec.json.decode(raw, type=kind)
    except msgspec.ValidationError as error:
        _ask_for_json(raw)
        raise Refused("malformed", "the body is not what this takes", errors=[fault_of(error)]) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Refused("bad_request", "the body is not JSON") from None


def _ask_for_json(raw: bytes) -> None:
    """Raise unless the bytes are JSON: a reader stops at the first thing that is wrong, and the rest may be worse."""
    try:
        msgspec.json.decode(raw, type=msgspec.Raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Refused("bad_request", "the body is not JSON") from None


def fault_of(error: msgspec.ValidationError) -> Fault:
    """Where and what, in words of ours. A key or a value that was sent has no place in it."""
    found = _WHERE.match(str(error))
    what, where = (found["what"], found["where"] or "") if found else ("", "")
    # A path ends where it enters a map: its keys are the sender's own.
    steps = _STEP.findall(where.partition("[...]")[0])
    pointer = "".join(f"/{name or index}" for name, index in steps)
    if _SAFE.fullmatch(what):
        return Fault(pointer=pointer, detail=what[0].lower() + what[1:])
    unsaid = next((words for begin, words in _UNSAID.items() if what.startswith(begin)), "not what may stand here")
    return Fault(pointer=pointer, detail=unsaid)


def _unpacked(raw: bytes, *, largest: int) -> bytes:
    unpacker = zlib.decompressobj(wbits=31)
    try:
        unpacked = unpacker.decompress(raw, largest + 1)
    except zlib.error:
        raise Refused("bad_request", "the body is not packed with gzip") from None
    if len(unpacked) > largest:
        raise _too_large(largest)
    if not unpacker.eof:
        raise Refused("bad_request", "the packed body ends before its end")
    return unpacked


def _too_large(largest: int) -> Refused:
    return Refused("too_large", f"the body is larger than {largest} bytes")
