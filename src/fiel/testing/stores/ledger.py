"""Laws of the ledger."""

import pytest

from fiel.core.consent.ledger import leaf_hash, prove_inclusion, root, root_from_inclusion
from fiel.core.errors import Unknown
from fiel.core.ids import Position
from fiel.ports import Store, Transaction
from fiel.testing.stores.opening import StoreCase, done, done_each


class LedgerLaws(StoreCase):
    """Leaves without a gap, and the tree over them."""

    def test_it_begins_empty(self, store: Store) -> None:
        """Without an entry the ledger has size 0, and neither leaf nor node."""
        with store.read() as tx:
            assert tx.ledger.size == 0
            with pytest.raises(Unknown):
                tx.ledger.leaf(Position(0))
            with pytest.raises(Unknown):
                tx.ledger.node(0, 0)

    def test_leaves_follow_each_other(self, store: Store) -> None:
        """Each leaf gets the next position, within one act and over several, and is read as it was written."""
        leaves = [bytes([number]) * number for number in range(9)]
        first = done(store, lambda tx: [tx.ledger.append(leaf) for leaf in leaves[:5]])
        rest = done(store, lambda tx: [tx.ledger.append(leaf) for leaf in leaves[5:]])
        assert [*first, *rest] == list(range(9))
        with store.read() as tx:
            assert tx.ledger.size == 9
            assert [tx.ledger.leaf(Position(number)) for number in range(9)] == leaves

    def test_every_leaf_can_be_proved_at_every_size(self, store: Store) -> None:
        """From the stored nodes the inclusion of every leaf is proved, at every size the ledger had."""
        leaves = [b"leaf %d" % number for number in range(19)]
        done_each(store, lambda tx, leaf: tx.ledger.append(leaf), leaves)
        with store.read() as tx:
            for size in range(1, 20):
                for index in range(size):
                    path = prove_inclusion(Position(index), size, fetch=tx.ledger.node)
                    proved = root_from_inclusion(leaf_hash(leaves[index]), index=Position(index), size=size, path=path)
                    assert proved == root(size, tx.ledger.node)

    def test_what_was_undone_leaves_no_gap(self, store: Store) -> None:
        """An act that fails after its leaf leaves neither the leaf nor its nodes, and the next takes its position."""

        def fails(tx: Transaction) -> None:
            tx.ledger.append(b"undone")
            raise LookupError

        done(store, lambda tx: tx.ledger.append(b"one"))
        with pytest.raises(LookupError):
            done(store, fails)
        assert done(store, lambda tx: tx.ledger.append(b"two")) == 1
        with store.read() as tx:
            assert [tx.ledger.leaf(Position(number)) for number in range(tx.ledger.size)] == [b"one", b"two"]
            assert tx.ledger.node(0, 1) == leaf_hash(b"two")
