"""`/v1/ledger`: the signed head, and proofs that anybody can check (RFC 9162). Open to everybody: it names nobody."""

from collections.abc import Mapping

from starlette.responses import PlainTextResponse, Response

from fiel.core.errors import Malformed
from fiel.core.ids import Position
from fiel.operations.prove import checkpoint, consistency, inclusion
from fiel.web.route import Call, Route


async def get_checkpoint(call: Call) -> Response:
    """The head, as a signed note."""
    return PlainTextResponse(checkpoint(call.house))


async def get_inclusion(call: Call) -> Mapping[str, object]:
    """The proof that an entry is there."""
    position = call.number("entry")
    if position is None:
        raise Malformed("`entry` is missing", hint="give the entry's position: `?entry=42`")
    return inclusion(call.house, Position(position), size=call.number("size"))


async def get_consistency(call: Call) -> Mapping[str, object]:
    """The proof that nothing was rewritten between two sizes."""
    old = call.number("from")
    if old is None:
        raise Malformed("`from` is missing", hint="give the older size: `?from=10&to=42`")
    return consistency(call.house, old, call.number("to"))


ROUTES = (
    Route(
        method="GET",
        path="/v1/ledger/checkpoint",
        act=get_checkpoint,
        about="The ledger's signed head",
        verb=None,
        media="text/plain",
    ),
    Route(
        method="GET",
        path="/v1/ledger/inclusion",
        act=get_inclusion,
        about="The proof that an entry is in the ledger",
        verb=None,
        gives=dict,
        query={"entry": "the entry's position", "size": "the ledger's size, by default all of it"},
    ),
    Route(
        method="GET",
        path="/v1/ledger/consistency",
        act=get_consistency,
        about="The proof that the ledger only grew",
        verb=None,
        gives=dict,
        query={"from": "the older size", "to": "the newer size, by default all of it"},
    ),
)
