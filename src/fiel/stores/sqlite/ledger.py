"""The ledger's leaves and the complete-subtree nodes over them (RFC 9162 §2.1)."""

from typing import Final

from fiel.core.consent.ledger import grown, leaf_hash
from fiel.core.errors import Unknown
from fiel.core.ids import Digest, Position
from fiel.stores.sqlite.queries import queries
from fiel.stores.sqlite.session import Session

_SQL: Final = queries("ledger")


class SqliteLedger:
    """The tables `leaves` and `nodes`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @property
    def size(self) -> int:
        return self._session.number(_SQL["size"])

    def append(self, leaf: bytes) -> Position:
        position = Position(self.size)
        self._session.change(_SQL["append"], position, leaf)
        nodes = grown(position, leaf_hash(leaf), fetch=self.node)
        self._session.change_each(_SQL["grow"], ((node.level, node.index, node.hash) for node in nodes))
        return position

    def leaf(self, position: Position) -> bytes:
        row = self._session.one(_SQL["leaf"], position)
        if row is None:
            raise Unknown("the ledger has no entry at that position")
        return bytes(row[0])

    def node(self, level: int, index: int) -> Digest:
        row = self._session.one(_SQL["node"], level, index)
        if row is None:
            raise Unknown("the ledger has no such complete subtree")
        return Digest(row[0])
