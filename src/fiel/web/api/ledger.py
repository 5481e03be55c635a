"""`/v1/ledger`: the signed head, and proofs that anybody can check (RFC 9162). Open to everybody: it names nobody.

A leaf itself is not shown: its tag would let a reader of the whole ledger follow one person through it. Whoever has a
receipt can make the leaf, and so knows which hash must be proved.
"""

from base64 import b64encode
from typing import Annotated

import msgspec
from starlette.responses import PlainTextResponse, Response

from fiel.core.consent.ledger import leaf_hash
from fiel.core.ids import Position
from fiel.operations.prove import checkpoint, consistency, inclusion
from fiel.web.api.wire import Told
from fiel.web.route import Call, Route
from fiel.web.security import OPEN

Count = Annotated[int, msgspec.Meta(ge=0, le=2**53)]


class InclusionQuery(msgspec.Struct, frozen=True):
    """Which entry, in the ledger of which size (by default all of it)."""

    entry: Annotated[Count, msgspec.Meta(description="the entry's position, from 0")]
    size: Annotated[Count | None, msgspec.Meta(description="the ledger's size, by default all of it")] = None


class InclusionAnswer(Told, frozen=True, kw_only=True):
    """The path from a leaf to the root that the checkpoint signs; hashes in base64."""

    index: int
    leaf_hash: str
    inclusion: list[str]
    checkpoint: str


class ConsistencyQuery(msgspec.Struct, frozen=True, rename={"old": "from", "new": "to"}):
    """From which size, to which (by default all of it)."""

    old: Annotated[Count, msgspec.Meta(description="the older size")]
    new: Annotated[Count | None, msgspec.Meta(description="the newer size, by default all of it")] = None


class ConsistencyAnswer(Told, frozen=True, kw_only=True, rename={"old": "from", "new": "to"}):
    """The hashes that show the older ledger to be the beginning of the newer one; both heads are signed."""

    old: int
    new: int
    consistency: list[str]
    older: str
    newer: str


async def get_checkpoint(call: Call) -> Response:
    """The head, as a signed note."""
    return PlainTextResponse(checkpoint(call.house))


async def get_inclusion(call: Call) -> InclusionAnswer:
    """The proof that an entry is there."""
    wanted = call.asked(InclusionQuery)
    proof = inclusion(call.house, Position(wanted.entry), size=wanted.size)
    hashed = leaf_hash(str(proof.pop("leaf")).encode())
    return msgspec.convert({**proof, "leaf_hash": b64encode(hashed).decode()}, InclusionAnswer)


async def get_consistency(call: Call) -> ConsistencyAnswer:
    """The proof that nothing was rewritten between two sizes."""
    wanted = call.asked(ConsistencyQuery)
    return msgspec.convert(consistency(call.house, wanted.old, wanted.new), ConsistencyAnswer)


ROUTES = (
    Route(
        method="GET",
        path="/v1/ledger/checkpoint",
        act=get_checkpoint,
        about="The ledger's signed head, as a note (C2SP)",
        leave=OPEN,
        media="text/plain",
    ),
    Route(
        method="GET",
        path="/v1/ledger/inclusion",
        act=get_inclusion,
        about="The proof that an entry is in the ledger",
        leave=OPEN,
        query=InclusionQuery,
        gives=InclusionAnswer,
        problems=frozenset({"unknown"}),
    ),
    Route(
        method="GET",
        path="/v1/ledger/consistency",
        act=get_consistency,
        about="The proof that the ledger only grew",
        leave=OPEN,
        query=ConsistencyQuery,
        gives=ConsistencyAnswer,
        problems=frozenset({"unknown"}),
    ),
)
