"""The store on SQLite: one file, one writer with group commit, snapshots for readers, keys outside in their slots.

The queries of each port lie in `sql/`, the tables in `schema.sql` and, step by step, in `migrations/`.
"""

from fiel.stores.sqlite.store import FILE, SqliteStore

__all__ = ["FILE", "SqliteStore"]
