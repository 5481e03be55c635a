"""What the person and anybody else may take home: receipts, signed checkpoints, proofs of the ledger (GDPR art. 7(1)).

Nothing here is kept: each is made from what the store holds, and is the same every time it is asked for.
"""

from base64 import b64encode
from collections.abc import Iterable, Mapping

from fiel.core.canonical import Plain
from fiel.core.consent.checkpoint import Checkpoint, SignedCheckpoint, sign_checkpoint
from fiel.core.consent.choice import Status
from fiel.core.consent.leaf import commitment
from fiel.core.consent.ledger import Proof, prove_consistency, prove_inclusion, root
from fiel.core.consent.receipt import Evidence, Noted, Shown, human_text, issue, record_of
from fiel.core.errors import Unavailable, Unknown
from fiel.core.ids import Identifier, LedgerTag, LookupTag, Position
from fiel.core.promise.usecase import Area
from fiel.operations.house import House
from fiel.operations.weigh import law_of, meet_person
from fiel.ports import Identity, Recorded, Transaction


def checkpoint(house: House) -> SignedCheckpoint:
    """The ledger's head as it is now, signed."""
    with house.store.read() as tx:
        return _signed(house, tx, tx.ledger.size)


def inclusion(house: House, position: Position, *, size: int | None = None) -> dict[str, Plain]:
    """The proof that one leaf is in the ledger of `size` leaves, or of all there are; raises `Unknown` if it is not."""
    with house.store.read() as tx:
        whole = _within(tx, tx.ledger.size if size is None else size)
        if not 0 <= position < whole:
            raise Unknown("the ledger has no entry at that position")
        return {
            "index": position,
            "leaf": tx.ledger.leaf(position).decode(),
            "inclusion": _base64(prove_inclusion(position, whole, fetch=tx.ledger.node)),
            "checkpoint": _signed(house, tx, whole),
        }


def consistency(house: House, old: int, new: int | None = None) -> dict[str, Plain]:
    """The proof that the ledger of `new` leaves, or of all there are, begins with the one of `old` leaves.

    Raises `Unknown` for a size the ledger never had, `Malformed` unless old ≤ new.
    """
    with house.store.read() as tx:
        older, newer = _within(tx, old), _within(tx, tx.ledger.size if new is None else new)
        return {
            "from": older,
            "to": newer,
            "consistency": _base64(prove_consistency(older, newer, fetch=tx.ledger.node)),
            "older": _signed(house, tx, older),
            "newer": _signed(house, tx, newer),
        }


def receipts(house: House, identifier: Identifier) -> list[dict[str, Plain]]:
    """The receipts of all that somebody chose, oldest first; none for somebody of whom nothing is kept."""
    with house.store.read() as tx:
        person = meet_person(house, tx, identifier)
        if person.identity is None:
            return []
        tags = [house.names.tag(person.sid, use_case) for use_case in tx.promises.use_cases()]
        chosen = [each for tag in tags for each in tx.choices.of(person.lookup, tag)]
        return [
            receipt_of(house, tx, person.identity, recorded=recorded)
            for recorded in sorted(chosen, key=lambda recorded: recorded.position)
        ]


def receipt(house: House, person: Identity, *, recorded: Recorded) -> dict[str, Plain]:
    """The receipt of one entry of somebody, as the store stands now."""
    with house.store.read() as tx:
        return receipt_of(house, tx, person, recorded=recorded)


def receipt_of(house: House, tx: Transaction, person: Identity, *, recorded: Recorded) -> dict[str, Plain]:
    """The receipt of one entry of somebody, also of the last one that an erasure leaves.

    Its checkpoint is of the size that the ledger had with this entry, so that it is the same whenever it is made.
    """
    entry = recorded.entry
    tag = house.names.tag(person.sid, entry.use_case)
    noted = Noted(
        entry=entry,
        tag=tag,
        commitment=commitment(entry, recorded.salt),
        renewed=_is_renewed(tx, house.names.lookup(person.identifier), tag, recorded=recorded),
    )
    seen = _shown(house, tx, person, recorded=recorded)
    return issue(
        text=human_text(noted, seen),
        record=record_of(noted, seen),
        entry=entry,
        evidence=_evidence(house, tx, tag, recorded=recorded),
        sign=house.signer.sign,
    )


def _evidence(house: House, tx: Transaction, tag: LedgerTag, *, recorded: Recorded) -> Evidence:
    size = recorded.position + 1
    return Evidence(
        salt=recorded.salt,
        tag=tag,
        position=recorded.position,
        inclusion=prove_inclusion(recorded.position, size, fetch=tx.ledger.node),
        checkpoint=_signed(house, tx, size),
    )


def _is_renewed(tx: Transaction, lookup: LookupTag, tag: LedgerTag, *, recorded: Recorded) -> bool:
    """Whether this yes follows a yes."""
    earlier = [each for each in tx.choices.of(lookup, tag) if each.position < recorded.position]
    return recorded.entry.status is Status.GIVEN and bool(earlier) and earlier[-1].entry.status is Status.GIVEN


def _shown(house: House, tx: Transaction, person: Identity, *, recorded: Recorded) -> Shown:
    """What an entry is about, in the version that it names; area, company and dictionary are today's."""
    entry, published = recorded.entry, house.shelf.now(tx)
    version = tx.promises.version(entry.version)
    if version is None:
        raise Unavailable("the version that an entry names is not in the store")
    promise, case = published.promise, version.use_case
    return Shown(
        use_case=case,
        area=promise.areas.get(case.area) or Area(id=case.area, title={entry.language: case.area}),
        controller=promise.controller,
        law=law_of(house, published, person.card),
        attributes=promise.attributes,
        events=promise.events,
        phrases=_phrases(house, (entry.language, *promise.languages)),
    )


def _phrases(house: House, languages: Iterable[str]) -> Mapping[str, str]:
    """Fiel's own sentences in the first of these languages that it speaks, else in the first it speaks at all."""
    spoken = [language for language in languages if language in house.phrases]
    return house.phrases[spoken[0]] if spoken else next(iter(house.phrases.values()))


def _within(tx: Transaction, size: int) -> int:
    if not 0 <= size <= tx.ledger.size:
        raise Unknown("the ledger never had that many entries")
    return size


def _signed(house: House, tx: Transaction, size: int) -> SignedCheckpoint:
    signer = house.signer
    head = Checkpoint(origin=signer.origin, size=size, root=root(size, tx.ledger.node))
    return sign_checkpoint(head, public_key=signer.public_key, sign=signer.sign)


def _base64(proof: Proof) -> list[Plain]:
    return [b64encode(digest).decode() for digest in proof]
