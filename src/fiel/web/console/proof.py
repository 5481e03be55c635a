"""`/console/proof`: that the ledger holds, seen now, and what to take along to see it without Fiel's word."""

import io
import json
import zipfile
from base64 import b64decode

import msgspec
from starlette.responses import Response

from fiel.core.consent.checkpoint import Checkpoint, NotOpened, extends, open_note
from fiel.core.errors import FielError
from fiel.core.ids import Digest
from fiel.core.staff import Role
from fiel.operations.prove import checkpoint, consistency
from fiel.web.api.promise import manifest_of
from fiel.web.console.visits import HEADERS, Room, Visit, away, page

READERS = frozenset({Role.DPO, Role.ENGINEER, Role.AUDITOR})

PACKED_AT = (1980, 1, 1, 0, 0, 0)
"""The time of every file in a pack: the same content is the same pack, byte for byte."""


def show(visit: Visit) -> Response:
    """The signed head, what was found last, and the form for older heads."""
    return _shown(visit)


def verify(visit: Visit) -> Response:
    """Derive the whole ledger again."""
    visit.console.audits.begin()
    return away("/console/proof", anchor="found")


def compare(visit: Visit) -> Response:
    """Whether the ledger that somebody holds an older head of is the beginning of this one."""
    older, newer = visit.form.get("older", ""), visit.form.get("newer", "") or checkpoint(visit.house)
    return _shown(visit, older=older, newer=visit.form.get("newer", ""), verdict=_verdict(visit, older, newer))


def pack(visit: Visit) -> Response:
    """The evidence as one file: head, key, promise, and how to check them on any machine."""
    telling, written = visit.telling, io.BytesIO()
    manifest = msgspec.json.format(msgspec.json.encode(manifest_of(telling.published)), indent=2)
    audited = visit.console.audits.latest
    found = audited.found if audited is not None else None
    report = {
        "at": audited.at.isoformat() if audited is not None else None,
        "clean": found.is_clean if found is not None else None,
        "entries": found.size if found is not None else None,
        "root": found.root.hex() if found is not None else None,
        "findings": [f"{each.flaw.value}: {each.where}" for each in found.findings] if found is not None else [],
    }
    files = {
        "checkpoint.txt": checkpoint(visit.house).encode(),
        "key.pem": visit.house.signer.public_pem.encode(),
        "manifest.json": manifest,
        "audit.json": json.dumps(report, indent=2).encode(),
        "README.txt": telling.say("console.proof.readme", origin=visit.house.signer.origin).encode(),
    }
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(zipfile.ZipInfo(name, PACKED_AT), content)
    headers = {**HEADERS, "Content-Disposition": "attachment; filename=fiel-evidence.zip"}
    return Response(written.getvalue(), media_type="application/zip", headers=headers)


def head(visit: Visit) -> Response:
    """The signed head alone, to keep: whoever has an older one sees whether anything was rewritten."""
    headers = {**HEADERS, "Content-Disposition": "attachment; filename=checkpoint.txt"}
    return Response(checkpoint(visit.house).encode(), media_type="text/plain; charset=utf-8", headers=headers)


def _shown(visit: Visit, *, older: str = "", newer: str = "", verdict: str = "") -> Response:
    audits = visit.console.audits
    return page(
        visit,
        "proof.html",
        here="proof",
        checkpoint=checkpoint(visit.house),
        audited=audits.latest,
        under_way=audits.is_under_way,
        older=older,
        newer=newer,
        verdict=verdict,
    )


def _verdict(visit: Visit, older: str, newer: str) -> str:
    """What two heads say of each other, in a word."""
    house = visit.house
    trusted = [_opened(visit, note) for note in (older, newer)]
    first, second = trusted
    if isinstance(first, NotOpened) or isinstance(second, NotOpened):
        return "unsigned"
    if first.size > second.size:
        return "order"
    try:
        proof = consistency(house, first.size, second.size)["consistency"]
    except FielError:
        return "ahead"
    path = [Digest(b64decode(str(each))) for each in proof] if isinstance(proof, list) else []
    return "same" if extends(second, first, path=path) else "forked"


def _opened(visit: Visit, note: str) -> Checkpoint | NotOpened:
    signer = visit.house.signer
    # A browser sends line ends as CR LF (HTML, form submission); a note's are LF.
    text = note.replace("\r\n", "\n").strip("\n") + "\n"
    return open_note(text, name=signer.origin, public_key=signer.public_key, verify=signer.signed)


ROOMS = (
    Room(method="GET", path="/console/proof", act=show, roles=READERS, tab="proof"),
    Room(method="POST", path="/console/proof/verify", act=verify, roles=READERS),
    Room(method="POST", path="/console/proof/compare", act=compare, roles=READERS),
    Room(method="GET", path="/console/proof/checkpoint.txt", act=head, roles=READERS),
    Room(method="GET", path="/console/proof/evidence.zip", act=pack, roles=READERS),
)
