"""One transaction: all ports over one session."""

from fiel.stores.sqlite.administration import SqliteAdministration
from fiel.stores.sqlite.catalogue import SqliteCatalogue
from fiel.stores.sqlite.choices import SqliteChoices
from fiel.stores.sqlite.compartments import SqliteCompartments
from fiel.stores.sqlite.identities import SqliteIdentities
from fiel.stores.sqlite.ledger import SqliteLedger
from fiel.stores.sqlite.measurements import SqliteMeasurements
from fiel.stores.sqlite.promises import SqlitePromises
from fiel.stores.sqlite.requests import SqliteRequests
from fiel.stores.sqlite.session import Session
from fiel.stores.sqlite.totals import SqliteTotals
from fiel.stores.sqlite.uses import SqliteUses


class SqliteTransaction:
    """A `Transaction`. It is as open as its session is."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.identities = SqliteIdentities(session)
        self.choices = SqliteChoices(session)
        self.requests = SqliteRequests(session)
        self.ledger = SqliteLedger(session)
        self.compartments = SqliteCompartments(session)
        self.uses = SqliteUses(session)
        self.totals = SqliteTotals(session)
        self.catalogue = SqliteCatalogue(session)
        self.measurements = SqliteMeasurements(session)
        self.promises = SqlitePromises(session)
        self.administration = SqliteAdministration(session)
