"""The narrow doors through which operations reach the world: stores, keys, time. Protocols and what they exchange.

No technology lives here. Whoever implements one of these is proved by the laws in `fiel.testing`.
"""

from fiel.ports.keys import Calendars, Clock, Names, Seals, Signer, Tokens
from fiel.ports.people import Choices, Compartments, Identities, Ledger, Requests, Uses
from fiel.ports.store import Administration, Catalogue, Measurements, Promises, Store, Totals, Transaction
from fiel.ports.values import (
    USES_KEPT,
    Answered,
    ApiKey,
    Binding,
    CrashPoint,
    Identity,
    Lessons,
    Mandate,
    Once,
    PublishedModel,
    PublishedVersion,
    Recorded,
    Spot,
    UseRecord,
    calm,
)

__all__ = [
    "USES_KEPT",
    "Administration",
    "Answered",
    "ApiKey",
    "Binding",
    "Calendars",
    "Catalogue",
    "Choices",
    "Clock",
    "Compartments",
    "CrashPoint",
    "Identities",
    "Identity",
    "Ledger",
    "Lessons",
    "Mandate",
    "Measurements",
    "Names",
    "Once",
    "Promises",
    "PublishedModel",
    "PublishedVersion",
    "Recorded",
    "Requests",
    "Seals",
    "Signer",
    "Spot",
    "Store",
    "Tokens",
    "Totals",
    "Transaction",
    "UseRecord",
    "Uses",
    "calm",
]
