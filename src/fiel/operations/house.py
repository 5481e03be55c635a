"""Everything an operation works with, wired once (`fiel.bootstrap`) and handed to each."""

from collections.abc import Mapping
from dataclasses import dataclass

from fiel.core.law import Jurisdiction
from fiel.core.use.decision import Draw, Strategy
from fiel.operations.published import Shelf
from fiel.ports import Calendars, Clock, Names, Signer, Store, Tokens

Phrases = Mapping[str, Mapping[str, str]]
"""Language → key → sentence with named slots."""


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The ports, the plug-ins and what is in force."""

    store: Store
    names: Names
    signer: Signer
    tokens: Tokens
    clock: Clock
    calendars: Calendars
    strategies: Mapping[str, Strategy[object]]
    laws: Mapping[str, Jurisdiction]
    phrases: Phrases
    draw: Draw
    shelf: Shelf
