"""Receipts and proofs come out of the store whole, the same every time, and prove without it."""

import json
from base64 import b64decode
from dataclasses import replace

import pytest

from fiel.core.canonical import Plain
from fiel.core.consent.checkpoint import Checkpoint, extends, includes, open_note
from fiel.core.consent.choice import Attestation, Status
from fiel.core.consent.ledger import leaf_hash
from fiel.core.consent.receipt import Genuine, NotGenuine, verify_receipt
from fiel.core.errors import Malformed, Unavailable, Unknown
from fiel.core.ids import Digest, Identifier, IdentifierKind, Position
from fiel.keys.signer import verify
from fiel.operations.erase import erase
from fiel.operations.house import House
from fiel.operations.prove import checkpoint, consistency, inclusion, receipt_of, receipts
from fiel.operations.publish import publish
from tests.laws.world import a_promise
from tests.operations.houses import ANA, BEA, Told, lived_in, lying, opened, say


def head(house: House, note: object) -> Checkpoint:
    """What a signed note of this house says."""
    assert isinstance(note, str)
    key = house.signer.public_key
    found = open_note(note, name=house.signer.origin, public_key=key, verify=lambda m, s: verify(key, m, s))
    assert isinstance(found, Checkpoint)
    return found


def proved(public_key: bytes, receipt: object) -> Genuine | NotGenuine:
    """What somebody with the public key alone makes of a receipt that was written to a file."""
    document = json.loads(json.dumps(receipt))
    return verify_receipt(document, public_key=public_key, verify=lambda m, s: verify(public_key, m, s))


def path(values: Plain) -> tuple[Digest, ...]:
    """The hashes of a proof."""
    assert isinstance(values, list)
    return tuple(Digest(b64decode(str(value))) for value in values)


def state(receipt: dict[str, Plain]) -> object:
    """What the record calls the state."""
    record = json.loads(json.dumps(receipt["record"]))["dpv:hasRecordOfActivity"][0]
    [event] = record.get("dpv:hasConsentStatus") or record["dpv:hasStatus"]
    return event["@type"]


def test_everything_somebody_chose_has_its_receipt() -> None:
    """Each entry gives one receipt, oldest first, which proves when the house is closed and gone."""
    house = lived_in()
    found, key = receipts(house, ANA), house.signer.public_key
    house.store.close()
    proofs = [proved(key, receipt) for receipt in found]
    assert [proof.entry.status for proof in proofs if isinstance(proof, Genuine)] == [
        Status.GIVEN,
        Status.GIVEN,
        Status.OBJECTED,
    ]
    assert [proof.checkpoint.size - proof.position for proof in proofs if isinstance(proof, Genuine)] == [1, 1, 1]


def test_a_stranger_has_no_receipts() -> None:
    """Of somebody who never chose there is nothing to show, and asking makes nobody known."""
    house = lived_in()
    stranger = Identifier(IdentifierKind.USER, "nobody")
    assert receipts(house, stranger) == []
    with house.store.read() as tx:
        assert len(tx.identities.page(None, limit=10)) == 2


def test_a_receipt_is_the_same_however_much_later() -> None:
    """What others chose since changes no bit of a receipt."""
    house = lived_in()
    before = json.dumps(receipts(house, ANA))
    say(house, BEA, Status.GIVEN)
    assert json.dumps(receipts(house, ANA)) == before


def test_the_receipt_of_a_choice_is_the_one_that_is_listed() -> None:
    """What is handed out with the answer and what is listed later is one receipt."""
    house = opened()
    chosen = say(house, ANA, Status.GIVEN)
    with house.store.read() as tx:
        handed_out = receipt_of(house, tx, chosen.person, recorded=chosen.recorded)
    assert receipts(house, ANA) == [handed_out]


def test_a_yes_after_a_yes_is_renewed_and_after_a_no_is_not() -> None:
    """Only a yes that directly follows a yes of the same person is a renewed one."""
    house = opened()
    for status in (Status.GIVEN, Status.GIVEN, Status.WITHDRAWN, Status.GIVEN):
        say(house, ANA, status)
    assert [state(receipt) for receipt in receipts(house, ANA)] == [
        ["dpv:ConsentGiven"],
        ["dpv:RenewedConsentGiven"],
        ["dpv:ConsentWithdrawn"],
        ["dpv:ConsentGiven"],
    ]


def test_the_language_is_the_entrys_own() -> None:
    """Each receipt speaks the language in which its choice was made."""
    house = opened()
    say(house, ANA, Status.GIVEN, language="en")
    say(house, ANA, Status.REFUSED, language="es")
    texts = [str(receipt["text"]).partition("\n")[0] for receipt in receipts(house, ANA)]
    assert texts == ["Receipt of what you chose", "Justificante de lo que elegiste"]


def test_a_language_that_fiel_does_not_speak_falls_to_one_it_does() -> None:
    """Where Fiel has no sentences in the language of an entry, it speaks one that the promise has, or any it has."""
    house = opened()
    say(house, ANA, Status.GIVEN, language="en")
    spanish = replace(house, phrases={"es": house.phrases["es"]})
    other = replace(house, phrases={"pt": house.phrases["en"]})
    assert str(receipts(spanish, ANA)[0]["text"]).startswith("Justificante")
    assert str(receipts(other, ANA)[0]["text"]).startswith("Receipt")


def test_an_old_receipt_speaks_of_the_version_that_was_agreed_to() -> None:
    """After the promise changed, a receipt still lists what was agreed to, and proves it."""
    house = opened()
    say(house, ANA, Status.GIVEN)
    [before] = receipts(house, ANA)
    publish(house, a_promise("wide"), approved_by=("one", "two")).result()
    assert receipts(house, ANA) == [before]
    publish(house, a_promise("reworded"), approved_by=("one", "two")).result()
    [after] = receipts(house, ANA)
    assert isinstance(proved(house.signer.public_key, after), Genuine)
    assert after["entry"] == before["entry"]


def test_the_last_receipt_outlives_an_erasure() -> None:
    """After an erasure the store can make no receipt any more, and the one that goes with the certificate proves."""
    house = lived_in()
    with house.store.read() as tx:
        identity = tx.identities.find(house.names.lookup(ANA))
    assert identity is not None
    earlier = receipts(house, ANA)
    certificate = erase(house, ANA, attested_by=Attestation.PERSON).result()
    assert receipts(house, ANA) == []
    with house.store.read() as tx:
        last = [receipt_of(house, tx, identity, recorded=each.recorded) for each in certificate.destroyed]
    proofs = [proved(house.signer.public_key, receipt) for receipt in [*earlier, *last]]
    statuses = [proof.entry.status for proof in proofs if isinstance(proof, Genuine)]
    assert statuses[3:] == [Status.ERASED] * len(last)
    assert len(last) == 2


def test_a_version_that_is_gone_is_said_to_be() -> None:
    """Without the version that an entry names no receipt is made up."""
    house = lived_in()
    forgetful = lying(house, lambda tx: {"promises": Told(tx.promises, version=lambda _version: None)})
    with pytest.raises(Unavailable):
        receipts(forgetful, ANA)


def test_every_leaf_is_included() -> None:
    """Each leaf is proved under the head of now, and under each earlier head that held it."""
    house = lived_in()
    size = head(house, checkpoint(house)).size
    assert size == 7
    for whole in range(1, size + 1):
        for position in range(whole):
            shown = inclusion(house, Position(position), size=whole)
            leaf = leaf_hash(str(shown["leaf"]).encode())
            found = head(house, shown["checkpoint"])
            assert found.size == whole
            assert includes(found, leaf, index=Position(position), path=path(shown["inclusion"]))


def test_every_head_extends_every_earlier_one() -> None:
    """Each size of the ledger is proved to begin with each earlier one, and both heads are signed."""
    house = lived_in()
    for new in range(8):
        for old in range(new + 1):
            shown = consistency(house, old, new)
            older, newer = head(house, shown["older"]), head(house, shown["newer"])
            assert (older.size, newer.size) == (old, new) == (shown["from"], shown["to"])
            assert extends(newer, older, path=path(shown["consistency"]))
    assert consistency(house, 3)["to"] == 7


@pytest.mark.parametrize(("position", "size"), [(7, None), (-1, None), (0, 0), (3, 2), (0, 8), (0, -1)])
def test_what_the_ledger_does_not_hold_is_not_proved(position: int, size: int | None) -> None:
    """A place or a size that the ledger never had is unknown to it."""
    with pytest.raises(Unknown):
        inclusion(lived_in(), Position(position), size=size)


def test_no_ledger_is_compared_with_its_future() -> None:
    """A size the ledger never had is unknown, and an earlier state cannot extend a later one."""
    house = lived_in()
    with pytest.raises(Unknown):
        consistency(house, 0, 8)
    with pytest.raises(Malformed):
        consistency(house, 5, 4)
