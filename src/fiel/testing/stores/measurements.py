"""Laws of what was measured."""

from dataclasses import replace

from fiel.core.ids import UseCaseId
from fiel.ports import Store
from fiel.testing.builders import a_measured
from fiel.testing.stores.opening import StoreCase, done


class MeasurementLaws(StoreCase):
    """The figures of each use case, the last ones only."""

    def test_nothing_was_measured_at_first(self, store: Store) -> None:
        """A use case of which nothing was measured has no figures."""
        with store.read() as tx:
            assert tx.measurements.of(UseCaseId("suggestions")) is None

    def test_what_was_measured_comes_back_whole(self, store: Store) -> None:
        """Each figure with its interval and its people, also the one that may not be told, as it was put."""
        measured = a_measured()
        done(store, lambda tx: tx.measurements.put(measured))
        with store.read() as tx:
            assert tx.measurements.of(measured.use_case) == measured
            assert tx.measurements.of(UseCaseId("other")) is None

    def test_the_last_measurement_counts(self, store: Store) -> None:
        """A new measurement takes the place of the one before."""
        done(store, lambda tx: tx.measurements.put(a_measured()))
        later = replace(a_measured(), k=5, figures=())
        done(store, lambda tx: tx.measurements.put(later))
        with store.read() as tx:
            assert tx.measurements.of(later.use_case) == later

    def test_measuring_makes_a_generation(self, store: Store) -> None:
        """Whoever keeps what is in force learns that there are new figures."""
        with store.read() as tx:
            before = tx.administration.generation()
        done(store, lambda tx: tx.measurements.put(a_measured()))
        with store.read() as tx:
            assert tx.administration.generation() > before
