"""The receipt of a choice: for the person first, then for machines, signed, and provable without anybody's server.

Everything in it can be made again from what the store holds, except after an erasure: then the person's own copy is the
only one, and it still proves.
"""

from fiel.core.consent.receipt.proof import (
    Evidence,
    Genuine,
    NotGenuine,
    NotProved,
    issue,
    verify_receipt,
)
from fiel.core.consent.receipt.record import record_of
from fiel.core.consent.receipt.shown import Noted, Shown
from fiel.core.consent.receipt.words import human_text

__all__ = [
    "Evidence",
    "Genuine",
    "NotGenuine",
    "NotProved",
    "Noted",
    "Shown",
    "human_text",
    "issue",
    "record_of",
    "verify_receipt",
]
