"""`/receipts`: the receipts of all that somebody chose: listed, to read, to take along, to check without anybody."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from starlette.responses import Response

from fiel.core.errors import Unknown
from fiel.core.ids import UseCaseId
from fiel.operations.prove import receipts
from fiel.web.centre.telling import Telling
from fiel.web.centre.visits import Room, Visit, page


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One receipt in a line."""

    position: int
    title: str
    status: str
    when: str


def show_all(visit: Visit) -> Response:
    """The list, latest first."""
    papers = [_paper(visit.telling, each) for each in reversed(receipts(visit.house, visit.who))]
    return page(visit, "receipts.html", here="receipts", papers=papers)


def show(visit: Visit) -> Response:
    """One receipt to read, or with `?download` to take along."""
    position = visit.request.path_params["position"]
    found = next((each for each in receipts(visit.house, visit.who) if _position(each) == position), None)
    if found is None:
        raise Unknown("there is no receipt of that entry")
    if "download" in visit.request.query_params:
        return _file(json.dumps(found, ensure_ascii=False, indent=2), f"receipt-{position}.json", "application/json")
    paper = _paper(visit.telling, found)
    spoken = _entry(found)["language"]
    return page(visit, "receipt.html", here="receipts", paper=paper, text=found["text"], spoken=spoken)


def key(visit: Visit) -> Response:
    """The public key that receipts are checked with, as `fiel verify` takes it."""
    return _file(visit.house.signer.public_pem, "public.pem", "application/x-pem-file")


def _file(content: str, name: str, media: str) -> Response:
    headers = {"Content-Disposition": f"attachment; filename={name}", "Cache-Control": "no-store"}
    return Response(content, media_type=media, headers=headers)


def _paper(telling: Telling, receipt: Mapping[str, object]) -> Paper:
    entry = _entry(receipt)
    case = telling.published.promise.use_cases.get(UseCaseId(str(entry["use_case"])))
    return Paper(
        position=_position(receipt),
        title=telling.own(case.title) if case else str(entry["use_case"]),
        status=telling.say(f"status.{entry['status']}"),
        when=telling.instant(datetime.fromisoformat(str(entry["at"]))),
    )


def _entry(receipt: Mapping[str, object]) -> Mapping[str, object]:
    entry = receipt["entry"]
    if not isinstance(entry, dict):
        raise TypeError("a receipt has an entry")
    return entry


def _position(receipt: Mapping[str, object]) -> int:
    proof = receipt["proof"]
    if not isinstance(proof, dict) or not isinstance(proof["index"], int):
        raise TypeError("a receipt has a proof")
    return proof["index"]


ROOMS = (
    Room(method="GET", path="/receipts", act=show_all),
    Room(method="GET", path="/receipts/{position:int}", act=show),
    Room(method="GET", path="/public.pem", act=key, open=True),
)
