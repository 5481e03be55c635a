"""What is done before anything is served: keys that nothing needs any more are destroyed, however the last run ended.

A crash after a commit leaves condemned keys in their slots; one before it leaves new keys that no row came to need.
Either way it is a slot that is filled and that no row names.
"""

from typing import Final

from fiel.core.errors import SettingsInvalid
from fiel.ports import CrashPoint, Seals
from fiel.stores.sqlite.queries import queries
from fiel.stores.sqlite.session import Session

_SQL: Final = queries("transaction")


def recover(session: Session, seals: Seals, *, thoroughly: bool, crash: CrashPoint) -> None:
    """Zero the slots without a row, within an open transaction; if not `thoroughly`, only those known to be pending."""
    pending = {slot for (slot,) in session.all(_SQL["pending"])}
    filled = seals.occupied() if thoroughly else sorted(pending)
    if filled:
        live = {session.safe.keyed(hidden, key, 0).slot for hidden, key in session.all(_SQL["live"])}
        crash("recovery.before")
        seals.destroy([slot for slot in filled if slot not in live])
        crash("recovery.zeroed")
    if pending:
        session.change(_SQL["clear_all"])


def refuse_strange_keys(session: Session, seals: Seals) -> None:
    """Raise `SettingsInvalid` if a new store finds keys: they belong to a store that is not here, and would all go."""
    if seals.occupied():
        raise SettingsInvalid(
            f"there are keys, but `{session.path}` is not there",
            hint="put it back from a back-up; or, if nothing of it is needed, remove the keys with it",
        )
