"""What stores seal: each kind of document knows itself, and nothing else passes for it."""

from typing import Any, Final

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiel.core.errors import Tampered
from fiel.stores.documents import COMPARTMENT, ENTERED, IDENTITY, REQUEST, STANDING, USE, Entered, Form
from fiel.testing.builders import a_compartment, a_recorded, a_request, a_standing, a_tag, a_use_record, an_identity
from fiel.testing.clock import NOON

PACKED = {
    "compartment": COMPARTMENT.pack(a_compartment("tea")),
    "use": USE.pack(a_use_record()),
    "identity": IDENTITY.pack(an_identity()),
    "entered": ENTERED.pack(Entered(tag=a_tag(), recorded=a_recorded())),
    "standing": STANDING.pack(a_standing()),
    "request": REQUEST.pack(a_request()),
}
FORMS: dict[str, Form[Any]] = {
    "compartment": COMPARTMENT,
    "use": USE,
    "identity": IDENTITY,
    "entered": ENTERED,
    "standing": STANDING,
    "request": REQUEST,
}


ADDED: Final = {"control", "visits"}
"""What a use record did not say at first."""

EARLIER: Final = {"use": b"\x02", "identity": b"\x03"}
"""The marks of forms that a kind of document had before, which are still read."""


def test_an_identity_of_an_earlier_form_is_still_read() -> None:
    """Who was known before ages were kept is known still, and of no age."""
    whole = msgspec.to_builtins(an_identity(), builtin_types=(bytes,))
    card = {"language": "es", "jurisdiction": "eu", "under_age": False}
    read = IDENTITY.unpack(EARLIER["identity"] + msgspec.msgpack.encode(whole | {"card": card}))
    assert read == an_identity()


def test_a_use_of_an_earlier_form_is_still_read() -> None:
    """What was recorded before there was a control share was by nobody's draw, and says nothing of visits."""
    before = {field: value for field, value in msgspec.to_builtins(a_use_record()).items() if field not in ADDED}
    read = USE.unpack(EARLIER["use"] + msgspec.msgpack.encode(before | {"id": a_use_record().id, "at": NOON}))
    assert read == a_use_record()
    assert (read.control, read.visits) == (False, None)


def test_documents_come_back_whole() -> None:
    """Each kind of document is read as it was written."""
    assert COMPARTMENT.unpack(PACKED["compartment"]) == a_compartment("tea")
    assert USE.unpack(PACKED["use"]) == a_use_record()
    assert IDENTITY.unpack(PACKED["identity"]) == an_identity()
    assert STANDING.unpack(PACKED["standing"]) == a_standing()
    assert ENTERED.unpack(PACKED["entered"]) == Entered(tag=a_tag(), recorded=a_recorded())


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("packed", PACKED)
def test_no_kind_passes_for_another(form: str, packed: str) -> None:
    """A document is read by its own form and by no other."""
    if form == packed:
        FORMS[form].unpack(PACKED[packed])
    else:
        with pytest.raises(Tampered):
            FORMS[form].unpack(PACKED[packed])


@pytest.mark.parametrize("form", FORMS)
def test_the_mark_decides(form: str) -> None:
    """The same document under any other mark is refused, although all the rest of it could be read."""
    for mark in range(256):
        if bytes([mark]) not in {PACKED[form][:1], EARLIER.get(form)}:
            with pytest.raises(Tampered):
                FORMS[form].unpack(bytes([mark]) + PACKED[form][1:])


@given(st.sampled_from(sorted(FORMS)), st.binary(max_size=64))
def test_noise_is_no_document(form: str, noise: bytes) -> None:
    """Whatever follows the mark of a document, if it is none it is refused as tampered and as nothing else."""
    for whole in (noise, PACKED[form][:1] + noise):
        with pytest.raises(Tampered):
            FORMS[form].unpack(whole)


@pytest.mark.parametrize("form", FORMS)
def test_half_a_document_is_none(form: str) -> None:
    """A document that was cut short anywhere is refused."""
    for length in range(len(PACKED[form])):
        with pytest.raises(Tampered):
            FORMS[form].unpack(PACKED[form][:length])
