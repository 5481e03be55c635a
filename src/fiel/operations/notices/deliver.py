"""The worker's round: claim what is due, send it, write down what came of it; then the next.

A claim is a lease, so two workers never send one thing at once. What was sent and could not be written down is sent
again, under the same id. A target that does not answer is left alone for the rest of the round, and what waits for it
waits longer each time; after a week somebody of the company must see to it (`unsent`).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from fiel.core.errors import FielError
from fiel.core.notices import Kind, is_hopeless, waits
from fiel.operations.faults import note
from fiel.operations.house import House
from fiel.operations.notices.compose import letters
from fiel.operations.notices.spread import spread
from fiel.ports import EVERYBODY, HOOK, MAIL, Event, Hooks, Letter, Mailer, Outcome, Parcel, Transaction, Waiting

LEASE: Final = timedelta(minutes=10)
"""How long nobody else touches what one worker has: longer than it works at one round."""

ROUND: Final = timedelta(minutes=4)
"""After so long nothing more is begun."""

LANES: Final = 32
"""Lanes that are claimed together."""

TIRED: Final = 3
"""Tries of one target that fail in one round before it is left alone."""


Send = Callable[[], tuple[Outcome, str]]
"""One try: what became of it, and why not, in a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carriers:
    """Who takes notices out of the house. `mailer` is None where no mail can be sent."""

    hooks: Hooks
    mailer: Mailer | None = None


@dataclass(slots=True)
class Delivered:
    """What a round did: notices sent, put off, given up. `failed` counts by target."""

    sent: int = 0
    put_off: int = 0
    given_up: int = 0
    failed: Counter[str] = field(default_factory=Counter)


def deliver(house: House, carriers: Carriers) -> Delivered:
    """One round. Raises `FielError` if the store cannot be asked; nothing that a target does."""
    done, begun = Delivered(), house.clock.now()
    while house.clock.now() < begun + ROUND and _anything_due(house):
        bundles = house.store.write(lambda tx: _claim(house, tx)).result()
        if not bundles:
            break
        for bundle in bundles:
            _Lane(house, carriers, done, begun=begun).go(bundle)
    return done


def _anything_due(house: House) -> bool:
    with house.store.read() as tx:
        due = tx.outbox.next_due()
    return due is not None and due <= house.clock.now()


def _claim(house: House, tx: Transaction) -> Sequence[Sequence[Waiting]]:
    now = house.clock.now()
    return tx.outbox.claim(now=now, until=now + LEASE, limit=LANES)


class _Lane:
    """One lane's bundle on its way."""

    def __init__(self, house: House, carriers: Carriers, done: Delivered, *, begun: datetime) -> None:
        self._house, self._carriers, self._done = house, carriers, done
        self._begun = begun

    def go(self, bundle: Sequence[Waiting]) -> None:
        """Send what can be sent, in order; what cannot holds up the rest."""
        for group, send in self._steps(bundle):
            target = next((each.parcel.target for each in group if each.parcel), "")
            if self._house.clock.now() >= self._begun + ROUND:
                self._write(partial(_let_go, first=group[0]))
                return
            tired = self._done.failed[target] >= TIRED
            outcome, why = (Outcome.LATER, "down") if tired else _tried(send)
            self._settle(group, outcome, why=why)
            if outcome is Outcome.LATER:
                self._done.failed[target] += 1
                return

    def _steps(self, bundle: Sequence[Waiting]) -> Iterator[tuple[Sequence[Waiting], Send]]:
        target = next((each.parcel.target for each in bundle if each.parcel), "")
        if target == MAIL:
            yield from self._mails(bundle)
            return
        for each in bundle:
            yield (each,), self._single(each)

    def _single(self, waiting: Waiting) -> Send:
        parcel = waiting.parcel
        if parcel is None:
            return lambda: (Outcome.NEVER, "unreadable")
        if parcel.target == EVERYBODY:
            return lambda: self._spread(waiting)
        return lambda: self._tell(parcel)

    def _mails(self, bundle: Sequence[Waiting]) -> Iterator[tuple[Sequence[Waiting], Send]]:
        try:
            with self._house.store.read() as tx:
                written = list(letters(self._house, tx, bundle))
        except Exception as fault:  # noqa: BLE001 - one letter that cannot be written must not stop all others
            note("a letter cannot be written", fault)
            yield bundle[:1], lambda: (Outcome.LATER, "fault")
            return
        for group, letter in written:
            if group[0].parcel is None:
                yield group, lambda: (Outcome.NEVER, "unreadable")
            else:
                yield group, partial(self._post, letter)

    def _post(self, letter: Letter | None) -> tuple[Outcome, str]:
        if letter is None:
            return Outcome.SENT, ""
        if self._carriers.mailer is None:
            return Outcome.LATER, "no_mail"
        return _worded(self._carriers.mailer.post(letter))

    def _tell(self, parcel: Parcel) -> tuple[Outcome, str]:
        return _worded(self._carriers.hooks.tell(parcel.target.removeprefix(HOOK), event_of(parcel)))

    def _spread(self, waiting: Waiting) -> tuple[Outcome, str]:
        try:
            spread(self._house, waiting)
        except FielError as fault:
            note("a notice cannot be spread", fault)
            return Outcome.LATER, "fault"
        return Outcome.SENT, ""

    def _settle(self, group: Sequence[Waiting], outcome: Outcome, *, why: str) -> None:
        """Write down what came of it."""
        now, first = self._house.clock.now(), group[0]
        match outcome:
            case Outcome.SENT:
                self._write(lambda tx: _each(group, tx.outbox.sent))
                self._done.sent += len(group)
            case Outcome.LATER if not is_hopeless(first.since, now=now):
                due = now + waits(first.tries + 1)
                self._write(lambda tx: tx.outbox.put_off(first, due=due, why=why))
                self._done.put_off += 1
            case Outcome.LATER | Outcome.NEVER:
                self._write(lambda tx: _each(group, lambda each: tx.outbox.give_up(each, at=now, why=why)))
                self._done.given_up += len(group)

    def _write(self, act: Callable[[Transaction], None]) -> None:
        self._house.store.write(act).result()


def event_of(parcel: Parcel) -> Event:
    """What an endpoint is told: which kind of thing happened, to whom, in which use case, where in the ledger."""
    subject = f"{parcel.subject.kind.value}:{parcel.subject.value}" if parcel.subject else None
    kinds = {
        Kind.CHOICE: f"choice.{parcel.status or ''}",
        Kind.CHANGED: "version.changed",
        Kind.ERASED: "person.erased",
    }
    told = {"subject": subject, "use_case": parcel.use_case, "position": parcel.position, "version": parcel.version}
    return Event(
        id=parcel.id,
        type=kinds.get(parcel.kind, parcel.kind.value),
        at=parcel.at,
        told={name: value for name, value in told.items() if value is not None},
    )


def _worded(outcome: Outcome) -> tuple[Outcome, str]:
    return outcome, {Outcome.SENT: "", Outcome.LATER: "not_taken", Outcome.NEVER: "refused"}[outcome]


def _tried(send: Send) -> tuple[Outcome, str]:
    """One try; what a carrier did not expect itself must not stop what waits for all others."""
    try:
        return send()
    except Exception as fault:  # noqa: BLE001 - it is noted, and tried again like anything else that failed
        note("a notice cannot be carried out of the house", fault)
        return Outcome.LATER, "fault"


def _let_go(tx: Transaction, *, first: Waiting) -> None:
    tx.outbox.put_off(first, due=first.due, why="")


def _each(group: Iterable[Waiting], act: Callable[[Waiting], None]) -> None:
    for each in group:
        act(each)
