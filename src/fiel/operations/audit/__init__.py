"""The whole ledger derived again, believing nothing of who wrote it.

`whole` goes through all of it: leaves and nodes (`rehash`), entries and standings (`refold`), versions and checkpoints.
What may be found wrong is a value (`flaws`). `aside` does it without holding anybody up.
"""

from fiel.operations.audit.aside import Audited, Audits
from fiel.operations.audit.whole import Audit, audit

__all__ = ["Audit", "Audited", "Audits", "audit"]
