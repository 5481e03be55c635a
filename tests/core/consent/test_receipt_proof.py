"""A receipt proves what it says with one public key and nobody's server, and bent in any way it proves nothing."""

import json
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiel.core.consent.choice import Status
from fiel.core.consent.receipt import Genuine, NotGenuine, NotProved, verify_receipt
from fiel.core.promise.usecase import LegalBasis
from fiel.testing.builders import a_use_case
from tests.core.consent.bent import (
    CARELESS,
    believed_by,
    bent_by_strangers,
    bent_by_the_signer,
    careless_verifier,
    held,
    strangers_verifier,
    true_verifier,
)
from tests.core.consent.receipts import chosen, receipt, shown
from tests.core.consent.signers import PUBLIC, trusting


@pytest.mark.parametrize("basis", LegalBasis)
@pytest.mark.parametrize("status", Status)
def test_every_choice_proves_itself_offline(status: Status, basis: LegalBasis) -> None:
    """The receipt of any status on any basis is genuine to whoever has the public key, and says what was entered."""
    seen = shown(a_use_case(basis=basis))
    entry = chosen(seen, status)
    found = true_verifier(held(receipt(seen, entry)))
    assert isinstance(found, Genuine)
    assert (found.entry, found.position, found.checkpoint.size) == (entry, 6, 7)


@pytest.mark.parametrize("position", [0, 1, 2, 7, 8, 20])
def test_a_receipt_holds_at_any_place(position: int) -> None:
    """The first entry of a ledger is proved like any later one, under the checkpoint that was signed with it."""
    found = true_verifier(held(receipt(position=position)))
    assert isinstance(found, Genuine)
    assert found.checkpoint.size == position + 1


def test_the_same_contents_give_the_same_receipt() -> None:
    """A receipt made again from the same entry, salt, promise and key is the same to the last bit."""
    assert json.dumps(receipt()) == json.dumps(receipt())


@pytest.mark.parametrize("places", [3, pytest.param(200, marks=pytest.mark.proof)])
def test_nothing_bent_on_the_way_is_believed(places: int) -> None:
    """Whatever value or member is changed by somebody without the key, the receipt proves nothing."""
    mutants = list(bent_by_strangers(places=places))
    assert len(mutants) > 2_000
    assert list(believed_by(true_verifier, mutants)) == []


def test_nothing_that_the_signer_contradicts_is_believed() -> None:
    """The holder of the key cannot sign a receipt whose record, entry or place is not what the ledger holds."""
    assert list(believed_by(true_verifier, bent_by_the_signer())) == []


@pytest.mark.parametrize("step", [29, pytest.param(1, marks=pytest.mark.proof)])
def test_every_flipped_bit_is_found(step: int) -> None:
    """One bit changed in any byte of the file either leaves no receipt to read, or one that proves nothing."""
    whole = json.dumps(receipt(), ensure_ascii=False, separators=(",", ":")).encode()
    proof = whole.index(b'"signature"')
    survivors = []
    for at in [*range(0, proof, step), *range(proof, len(whole), min(step, 3))]:
        flipped = bytearray(whole)
        flipped[at] ^= 1 << at % 8
        try:
            document = json.loads(flipped)
        except ValueError:
            continue
        if not isinstance(true_verifier(document), NotGenuine):
            survivors.append(at)
    assert survivors == []


def test_the_receipt_of_another_key_is_refused() -> None:
    """Who trusts another key believes nothing of a receipt, whole as it is."""
    assert strangers_verifier(held()) == NotGenuine(NotProved.FORGED)


def test_a_swapped_text_is_refused() -> None:
    """The text that a person reads is inside what is signed."""
    other = {**held(), "text": "You said yes to everything.\n"}
    assert true_verifier(other) == NotGenuine(NotProved.FORGED)


def test_truth_is_no_place() -> None:
    """The place of an entry is a number: `true`, which counts as 1 in some languages, is none."""
    document = held(receipt(position=1))
    proof = document["proof"]
    assert isinstance(proof, dict)
    assert true_verifier({**document, "proof": {**proof, "index": True}}) == NotGenuine(NotProved.MALFORMED)


@pytest.mark.parametrize("lacking", CARELESS)
def test_a_careless_verifier_is_caught(lacking: str) -> None:
    """The harness can fail: a verifier that leaves out one check believes some bent receipt, and the whole ones too."""
    careless = careless_verifier(lacking)
    assert isinstance(careless(held()), Genuine)
    assert any(believed_by(careless, chain(bent_by_the_signer(), bent_by_strangers())))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


@given(JSON)
def test_what_is_no_receipt_is_told_so(document: object) -> None:
    """Anything at all may be put before the verifier: it answers, and never raises."""
    assert true_verifier(document) == NotGenuine(NotProved.MALFORMED)


@given(st.sampled_from(["text", "record", "entry", "salt", "signature", "proof"]), JSON)
def test_what_is_hardly_a_receipt_is_told_so(member: str, value: object) -> None:
    """Any value in the place of a member, a lone surrogate or a fraction too, is answered and never raises."""
    found = verify_receipt({**held(), member: value}, public_key=PUBLIC, verify=trusting(PUBLIC))
    assert isinstance(found, NotGenuine)


@pytest.mark.parametrize("text", ["\ud800", "fiel\n\ud800", "a b\n1\n\n— a b AAAA\n"])
def test_a_note_that_cannot_be_one_is_refused(text: str) -> None:
    """A checkpoint whose first line no key could bear is refused like any other."""
    document = held()
    proof = document["proof"]
    assert isinstance(proof, dict)
    found = true_verifier({**document, "proof": {**proof, "checkpoint": text}})
    assert isinstance(found, NotGenuine)
    assert found.why is NotProved.NO_CHECKPOINT
