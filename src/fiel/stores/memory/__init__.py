"""The store without a disk: the public double, with real transactions, snapshots and sealed rows.

Not durable, and slow where tables are large: a table is copied before the first change that an act makes to it.
"""

from fiel.stores.memory.store import MemoryStore

__all__ = ["MemoryStore"]
