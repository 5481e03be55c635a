"""What proves an adapter: the laws of stores, doubles for the keys, builders of values, a clock turned by hand.

Public: a third party's store is tested by the same laws. Not for production: the doubles keep keys in memory only.
"""

from fiel.testing.clock import HandClock
from fiel.testing.seals import IdentityCipher, MemoryNames, MemorySeals, MemorySigner, MemoryTokens

__all__ = ["HandClock", "IdentityCipher", "MemoryNames", "MemorySeals", "MemorySigner", "MemoryTokens"]
