"""What was to be told and was not: for whoever answers for it, who may try again or see to it in another way.

A withdrawal that a recipient did not acknowledge is here from the first try that failed (GDPR art. 7(3), 19).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from fiel.core.consent.choice import Status
from fiel.core.errors import Malformed
from fiel.core.ids import Identifier, UseCaseId
from fiel.core.notices import Kind
from fiel.operations.house import House
from fiel.ports import HOOK, Transaction, Waiting

KEPT: Final = timedelta(days=90)
"""How long what was given up is kept to be seen to."""

ENDINGS: Final = frozenset({Status.REFUSED, Status.WITHDRAWN, Status.OBJECTED, Status.EXPIRED, Status.INVALIDATED})
"""What a recipient must stop for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsent:
    """One notice that did not arrive. `name` is how `try_again` and `dismiss` are told which.

    `target` is `mail` or `webhook:NAME`, `why` the reason in a word, `must_stop` whether its recipient still believes
    in a yes that is over. What cannot be read any more has no kind and no person.
    """

    name: str
    target: str
    kind: Kind | None
    subject: Identifier | None
    use_case: UseCaseId | None
    since: datetime
    tries: int
    why: str
    given_up: bool
    must_stop: bool


def unsent(house: House) -> tuple[Unsent, ...]:
    """What was tried and did not arrive, the oldest first; after a long night the first thousand of it."""
    with house.store.read() as tx:
        return tuple(_unsent(each) for each in tx.outbox.unsent())


def try_again(house: House, name: str) -> bool:
    """Let something be tried again that was given up; False if it is not there any more."""
    lane, number = _place(name)
    now = house.clock.now()
    return house.store.write(lambda tx: tx.outbox.retry(lane, number, now=now)).result()


def dismiss(house: House, name: str) -> bool:
    """Forget something that was given up: somebody saw to it in another way. False if it is not there any more."""
    place = _place(name)

    def act(tx: Transaction) -> bool:
        found = tx.outbox.find(*place)
        if found is None or not found.given_up:
            return False
        tx.outbox.sent(found)
        return True

    return house.store.write(act).result()


def _unsent(waiting: Waiting) -> Unsent:
    parcel = waiting.parcel
    target = parcel.target if parcel else ""
    ends = parcel is not None and (parcel.kind is Kind.ERASED or parcel.status in ENDINGS)
    return Unsent(
        name=f"{waiting.lane.hex()}.{waiting.number}",
        target=target,
        kind=parcel.kind if parcel else None,
        subject=parcel.subject if parcel else None,
        use_case=parcel.use_case if parcel else None,
        since=waiting.since,
        tries=waiting.tries,
        why=waiting.why,
        given_up=waiting.given_up,
        must_stop=target.startswith(HOOK) and ends,
    )


def _place(name: str) -> tuple[bytes, int]:
    lane, _, number = name.partition(".")
    try:
        return bytes.fromhex(lane), int(number)
    except ValueError:
        raise Malformed("this is not the name of a notice") from None
