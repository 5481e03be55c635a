"""Keyed names: stable, unlike each other, and empty of meaning without the key."""

import hmac
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from fiel.core.ids import Identifier, IdentifierKind, SubjectId, UseCaseId
from fiel.keys.names import KeyedNames
from tests.keys.examples import OTHER_ROOT, ROOT, place

NAMES = KeyedNames(ROOT)
ANA = Identifier(IdentifierKind.USER, "ana@example.com")
SID = SubjectId(bytes(range(16)))
SUGGESTIONS = UseCaseId("suggestions")


def by_hand(label: str, *fields: bytes) -> bytes:
    """A name as another program would compute it from the root key: HKDF-Expand, then HMAC over framed fields."""
    key = hmac.digest(bytes(range(32)), f"fiel/1/{label}".encode() + b"\x01", "sha256")
    row = b"".join(len(field).to_bytes(4, "big") + field for field in (b"fiel", *fields))
    return hmac.digest(key, row, "sha256")


def test_names_are_what_another_program_would_compute() -> None:
    """Each name is the truncated HMAC of its fields under its own key, so that a change orphans no data unseen."""
    assert NAMES.lookup(ANA) == by_hand("lookup/", b"user", b"ana@example.com")[:16]
    assert NAMES.suppression(ANA) == by_hand("suppression/", b"user", b"ana@example.com")[:16]
    assert NAMES.pseudonym(SID, SUGGESTIONS) == by_hand("pseudonym/suggestions", SID)[:16]
    assert NAMES.tag(SID, SUGGESTIONS) == by_hand("ledger/", SID, b"suggestions")[:16]
    here = place(3)
    assert NAMES.message(here, "m-1") == by_hand("message/", b"sales", b"suggestions", here.pseudonym, b"m-1")[:8]


def test_a_lot_is_what_another_program_would_draw() -> None:
    """A lot is the first 53 bits of a name under a key of its own: the month and the place decide, and nothing else."""
    here, month = place(3), date(2026, 11, 1)
    named = by_hand("lot/", b"sales", b"suggestions", here.pseudonym, b"2026-11-01")
    assert NAMES.lot(here, month) == (int.from_bytes(named[:8]) >> 11) / 2**53
    lots = {NAMES.lot(place(person), date(2026, number, 1)) for person in range(50) for number in range(1, 13)}
    assert len(lots) == 600
    assert all(0 <= lot < 1 for lot in lots)


def test_a_person_has_another_name_everywhere() -> None:
    """Lookup, suppression, and pseudonym and tag of each use case are all different, under each root key."""
    names = [
        name
        for keyed in (NAMES, KeyedNames(OTHER_ROOT))
        for name in (
            keyed.lookup(ANA),
            keyed.suppression(ANA),
            *(keyed.pseudonym(SID, UseCaseId(use_case)) for use_case in ("suggestions", "reminders")),
            *(keyed.tag(SID, UseCaseId(use_case)) for use_case in ("suggestions", "reminders")),
        )
    ]
    assert len(set(names)) == len(names) == 12


def test_kind_and_value_are_not_run_together() -> None:
    """An account and a browser of the same name are two people."""
    assert NAMES.lookup(Identifier(IdentifierKind.USER, "1")) != NAMES.lookup(Identifier(IdentifierKind.ANONYMOUS, "1"))


@given(st.text(max_size=8), st.text(max_size=8))
def test_a_message_is_remembered_by_its_own_bytes(one: str, other: str) -> None:
    """Two messages of one place share their eight bytes only if they are the same message."""
    assert (NAMES.message(place(), one) == NAMES.message(place(), other)) == (one == other)


def test_a_message_has_other_bytes_in_every_place() -> None:
    """What one compartment remembers of a message is found in no other: area, use case and person all count."""
    places = [place(0), place(1), place(0, use_case="reminders"), place(0, area="service")]
    assert len({NAMES.message(each, "m-1") for each in places}) == len(places)
    assert {len(NAMES.message(each, "m-1")) for each in places} == {8}


def test_any_text_names_a_message() -> None:
    """A lone surrogate in a message's id is hashed like any other text."""
    assert NAMES.message(place(), "\ud800") != NAMES.message(place(), "\ud801")


def test_new_names_are_random() -> None:
    """New subjects, salts and records never come twice, and are 16, 32 and 16 bytes long."""
    for made, length in ((NAMES.new_subject, 16), (NAMES.new_salt, 32), (NAMES.new_record, 16)):
        drawn = [bytes(made()) for _ in range(200)]
        assert len(set(drawn)) == 200
        assert {len(name) for name in drawn} == {length}


def test_names_need_the_root_key() -> None:
    """Under another root key the same person has other names, so a guess at the e-mail finds nobody."""
    assert KeyedNames(OTHER_ROOT).lookup(ANA) != NAMES.lookup(ANA)
    assert KeyedNames(OTHER_ROOT).message(place(), "m-1") != NAMES.message(place(), "m-1")
