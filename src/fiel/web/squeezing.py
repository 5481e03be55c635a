"""Answers made smaller on the wire, where their size gives nothing away.

A page holds secrets (the proof in its forms, what is held of somebody), and whoever can see its size on the wire, and
make a browser ask for it with words of theirs in it, can guess them letter by letter (BREACH, 2013). The second half is
taken away: a page is compressed only for a request that the browser itself says came from this origin or from nobody's
page (Fetch Metadata); besides, a page repeats nothing that stood in its address.
"""

from gzip import compress
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

SMALLEST: Final = 1_024
"""Bytes below which nothing is won."""

_OWN: Final = frozenset({"same-origin", "none"})


def takes_gzip(request: Request) -> bool:
    """Whether who asks can read gzip (RFC 9110 §12.5.3)."""
    return any(
        part.partition(";")[0].strip() == "gzip" and not part.replace(" ", "").endswith(";q=0")
        for part in request.headers.get("accept-encoding", "").split(",")
    )


def squeezed(request: Request, response: Response) -> Response:
    """The page as gzip, for its own origin; or as it is."""
    response.headers["Vary"] = "Accept-Encoding, Sec-Fetch-Site, Sec-Fetch-Dest"
    own = request.headers.get("sec-fetch-site") in _OWN
    if not own or not takes_gzip(request) or len(response.body) < SMALLEST:
        return response
    response.body = compress(response.body, compresslevel=6, mtime=0)
    response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Length"] = str(len(response.body))
    return response
