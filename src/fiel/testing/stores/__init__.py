"""The laws of a store: whoever keeps these is a store of Fiel, whatever it is made of.

    class TestMine(StoreLaws):
        def open_store(self, folder: Path, seals: Seals) -> Store:
            return MyStore(folder, seals=seals)

Collected by pytest, which must be installed. Each law opens a store of its own, empty, in a folder of its own.
"""

from fiel.testing.stores.administration import AdministrationLaws
from fiel.testing.stores.binding import BindingLaws
from fiel.testing.stores.catalogue import CatalogueLaws
from fiel.testing.stores.choices import ChoiceLaws
from fiel.testing.stores.compartments import CompartmentLaws
from fiel.testing.stores.identities import IdentityLaws
from fiel.testing.stores.ledger import LedgerLaws
from fiel.testing.stores.mandates import MandateLaws
from fiel.testing.stores.measurements import MeasurementLaws
from fiel.testing.stores.promises import PromiseLaws
from fiel.testing.stores.reads import ReadLaws
from fiel.testing.stores.requests import RequestLaws
from fiel.testing.stores.totals import TotalLaws
from fiel.testing.stores.uses import UseLaws
from fiel.testing.stores.writes import WriteLaws

__all__ = ["BindingLaws", "StoreLaws"]


class StoreLaws(
    IdentityLaws,
    ChoiceLaws,
    RequestLaws,
    LedgerLaws,
    CompartmentLaws,
    MandateLaws,
    BindingLaws,
    UseLaws,
    TotalLaws,
    CatalogueLaws,
    PromiseLaws,
    MeasurementLaws,
    AdministrationLaws,
    ReadLaws,
    WriteLaws,
):
    """All laws. Say how your store is opened in `open_store`."""
