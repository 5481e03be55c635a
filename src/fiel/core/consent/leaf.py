"""What the ledger keeps of an entry: a tag and a commitment, never a person.

Whoever holds the salt and the entry (the person, in their receipt) can show that the leaf is theirs; after erasure
nobody else can.
"""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from fiel.core.canonical import Plain, canonical
from fiel.core.consent.choice import Attestation, Entry, Status
from fiel.core.errors import Tampered
from fiel.core.ids import LedgerTag, Notice, UseCaseId, Version
from fiel.core.promise.usecase import Level
from fiel.core.staff import Look

FORMAT = 1
"""The number of this form of leaves."""


def document_of(entry: Entry) -> dict[str, Plain]:
    """The entry as plain values: what is committed to, and what a receipt shows."""
    return {
        "use_case": entry.use_case,
        "status": entry.status.value,
        "at": entry.at.isoformat(),
        "version": entry.version,
        "notice": entry.notice,
        "language": entry.language,
        "interface": entry.interface,
        "attested_by": entry.attested_by.value,
        "level": entry.level.word if entry.level is not None else None,
        "contributes": entry.contributes,
    }


def entry_of(document: Mapping[str, Plain]) -> Entry:
    """The entry that a document shows; raises `Tampered` if it shows none."""
    try:
        level = document["level"]
        return Entry(
            use_case=UseCaseId(_text(document["use_case"])),
            status=Status(_text(document["status"])),
            at=datetime.fromisoformat(_text(document["at"])),
            version=Version(_text(document["version"])),
            notice=Notice(_text(document["notice"])),
            language=_text(document["language"]),
            interface=_text(document["interface"]),
            attested_by=Attestation(_text(document["attested_by"])),
            level=None if level is None else Level.named(_text(level)),
            contributes=document["contributes"] is True,
        )
    except (KeyError, TypeError, ValueError) as cause:
        raise Tampered("this is not an entry of the ledger") from cause


def commitment(entry: Entry, salt: bytes) -> bytes:
    """What binds the leaf to the entry and shows nothing of it to whoever lacks the salt (32 bytes)."""
    return sha256(salt + canonical(document_of(entry))).digest()


def choice_leaf(entry: Entry, *, tag: LedgerTag, salt: bytes) -> bytes:
    """The leaf of one choice. The day is that of the choice; what was chosen is in the commitment alone."""
    return canonical(
        {
            "v": FORMAT,
            "type": "choice",
            "tag": tag.hex(),
            "use_case": entry.use_case,
            "version": entry.version,
            "day": entry.at.date().isoformat(),
            "commitment": commitment(entry, salt).hex(),
        }
    )


def promise_leaf(use_case: UseCaseId, version: Version, *, at: datetime, approved_by: tuple[str, ...]) -> bytes:
    """The leaf of one published version: what the company may do from now on, and who stands for it."""
    return canonical(
        {
            "v": FORMAT,
            "type": "promise",
            "use_case": use_case,
            "version": version,
            "at": at.isoformat(),
            "approved_by": list(approved_by),
        }
    )


def look_leaf(look: Look, *, tag: LedgerTag, salt: bytes) -> bytes:
    """The leaf of one look by staff at one person's data: that there was one, that day. The rest is committed to.

    The person is shown what it commits to, so nobody can look at them and say afterwards that nobody did.
    """
    said: dict[str, Plain] = {
        "staff": look.staff.hex(),
        "role": look.role.value,
        "why": look.why.value,
        "reason": look.reason,
        "at": look.at.isoformat(),
    }
    return canonical(
        {
            "v": FORMAT,
            "type": "look",
            "tag": tag.hex(),
            "day": look.at.date().isoformat(),
            "commitment": sha256(salt + canonical(said)).hexdigest(),
        }
    )


def _text(value: Plain) -> str:
    if not isinstance(value, str):
        raise TypeError(type(value).__name__)
    return value
