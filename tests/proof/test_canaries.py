"""T12: what people do leaves no trace after they are erased, and what nobody permitted leaves none at any time.

Every person and field has a word of its own. It is looked for in every file that Fiel wrote, in each way in which a
word can lie in a file. The control: without encryption the same search finds them.
"""

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import pytest

from fiel.core.consent.choice import Attestation, Status
from fiel.core.ids import Identifier, IdentifierKind, LookupTag
from fiel.core.promise.usecase import Level
from fiel.core.use.gate import Event, Traits
from fiel.keys.vault import Vault
from fiel.operations.choose import Choice, choose
from fiel.operations.collect import Message, collect
from fiel.operations.decide import Ask, decide
from fiel.operations.erase import erase
from fiel.operations.house import House
from fiel.operations.learn import learn
from fiel.operations.notices.contact import give_address
from fiel.operations.notices.enter import ask_for_a_link
from fiel.operations.show import show_choices, show_data, show_uses
from fiel.operations.tell import tell_looked
from fiel.ports import Transaction
from fiel.stores.sqlite import SqliteStore
from fiel.testing.clock import HandClock
from tests.keys.examples import IdentityCipher
from tests.laws.world import PICKS, a_house

KEPT = ("item", "taste")
"""Kinds of words that a permit wants."""

TOLD = ("address", "asked", "why")
"""Kinds of words of what waits to be told: where to, where somebody else wants to come in, and what it says."""

DROPPED = ("undeclared", "event", "trait", "refused", "context")
"""Kinds of words that nobody permitted."""


@pytest.mark.parametrize("people", [12, pytest.param(200, marks=pytest.mark.proof)])
def test_nothing_is_left_of_the_erased(people: int, tmp_path: Path) -> None:
    """Before erasure only the person's own mandate shows the kept words; after it and the next learning, nothing."""
    with Vault.open(tmp_path / "root.key", tmp_path / "data", writer=True) as vault:
        store = SqliteStore.open(tmp_path / "data", seals=vault.seals, exclusive=True)
        house = a_house(store, names=vault.names, clock=HandClock())
        _live(house, people)
        _tell(house, people)
        assert _shown(house, people) == {_word(number, kind) for number in range(people) for kind in KEPT}
        assert _found(tmp_path) == set()
        learn(house)
        for number in range(people):
            erase(house, _who(number), attested_by=Attestation.PERSON).result()
        learn(house)  # what was published of many names items and nobody, until the next is published
        assert _shown(house, people) == set()
        store.close()
    assert _found(tmp_path) == set()


def test_without_encryption_the_same_search_finds_what_was_kept(tmp_path: Path) -> None:
    """The control: under a cipher that keeps plain text the words that were kept are found, and no other."""
    people = 12
    with Vault.open(tmp_path / "root.key", tmp_path / "data", writer=True, cipher=IdentityCipher()) as vault:
        store = SqliteStore.open(tmp_path / "data", seals=vault.seals, exclusive=True)
        house = a_house(store, names=vault.names, clock=HandClock())
        _live(house, people)
        _tell(house, people)
        store.close()
    found = _found(tmp_path)
    assert {_word(number, kind) for number in range(people) for kind in (*KEPT, *TOLD)} <= found
    assert not {_word(number, kind) for number in range(people) for kind in DROPPED} & found


def _live(house: House, people: int) -> None:
    """Everybody says yes and does things; every other one also says no afterwards, to somebody else's harm or not."""
    for number in range(people):
        who = _who(number)
        _say(house, who, Status.GIVEN)
        collect(house, list(_messages(number))).result()
        ask = Ask(use_case=PICKS, subject=who, context={"item": _word(number, "context")})
        decide(house, ask).release()
        stranger = Identifier(IdentifierKind.USER, f"no {number}")
        _say(house, stranger, Status.REFUSED)
        refused = {"item": _word(number, "refused"), "quantity": 1}
        collect(house, [_event(f"refused {number}", refused, who=stranger, name="undeclared thing")]).result()


def _tell(house: House, people: int) -> None:
    """Everybody gives an address, and something waits to go there; so does what somebody typed at the door."""
    for number in range(people):
        who, lookup = _who(number), house.names.lookup(_who(number))
        address = f"{_word(number, 'address')}@mail.example"
        give_address(house, who, address=address, language="es", by=Attestation.CONTROLLER)
        why = _word(number, "why")
        house.store.write(partial(_looked, house, lookup=lookup, why=why)).result()
        typed = f"{_word(number, 'asked')}@mail.example"
        ask_for_a_link(house, typed, language="es", client=_word(number, "client"))


def _looked(house: House, tx: Transaction, *, lookup: LookupTag, why: str) -> None:
    tell_looked(house, tx, lookup, why=why)


def _messages(number: int) -> Iterator[Message]:
    who = _who(number)
    bought = {"item": _word(number, "item"), "quantity": 1, "religion": _word(number, "undeclared")}
    yield _event(f"kept {number}", bought, who=who)
    yield _event(f"event {number}", {"item": _word(number, "event")}, who=who, name="undeclared thing")
    told = {"tastes": [_word(number, "taste")], "religion": _word(number, "trait")}
    yield Message(id=f"told {number}", subject=who, content=Traits(at=HandClock().now(), values=told))


def _event(name_of_it: str, properties: Mapping[str, object], *, who: Identifier, name: str = "purchase") -> Message:
    return Message(id=name_of_it, subject=who, content=Event(name=name, at=HandClock().now(), properties=properties))


def _say(house: House, who: Identifier, status: Status) -> None:
    notice = next(stand.notice for stand in show_choices(house, who) if stand.use_case.id == PICKS)
    given = status is Status.GIVEN
    choice = Choice(
        use_case=PICKS,
        status=status,
        attested_by=Attestation.PERSON,
        interface="test",
        level=Level.OBSERVED if given else None,
        contributes=given,
        notice=notice,
    )
    choose(house, who, choice).result()


def _shown(house: House, people: int) -> set[str]:
    """The words that people's own mandates show: in what is held and in how it was used."""
    shown: set[str] = set()
    for number in range(people):
        for holding in show_data(house, _who(number), by=Attestation.PERSON):
            if holding.held is not None:
                shown |= {str(value) for event in holding.held.events for value in event.properties.values()}
                shown |= {str(value) for fact in holding.held.facts.values() for value in _each(fact.value)}
        for _, use in show_uses(house, _who(number), by=Attestation.PERSON):
            shown |= {scored.item for scored in use.items}
    return {word for word in shown if word.startswith("canary")}


def _each(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else (value,)


def _found(folder: Path) -> set[str]:
    """The words that lie in any file; for one that is spelt otherwise than in plain text, the way in which it is."""
    contents = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    assert sum(map(len, contents)) > 10_000
    plain = {word.decode() for content in contents for word in re.findall(rb"canary[0-9]{4}[a-z]+", content)}
    return plain | {way for way, spelling in _SPELLINGS.items() if any(spelling in content for content in contents)}


def _spelt() -> Iterator[tuple[str, bytes]]:
    """The beginning that all words share, in every way but plain text."""
    for name, raw in (("utf-8", b"canary"), ("utf-16", "canary".encode("utf-16-le"))):
        yield f"{name} in hexadecimal", raw.hex().encode()
        for shift in range(3):
            code = b64encode(b"\0" * shift + raw)
            yield f"{name} in base64 at {shift}", code[-(-shift * 8 // 6) : (shift + len(raw)) * 8 // 6]
    yield "utf-16, little end first", "canary".encode("utf-16-le")
    yield "utf-16, big end first", "canary".encode("utf-16-be")


_SPELLINGS = dict(_spelt())


def test_the_search_knows_every_spelling(tmp_path: Path) -> None:
    """The control of the search itself: a word written to a file in each way is found in each."""
    word = "canary0001item"
    for shift in range(3):
        (tmp_path / f"base64 {shift}").write_bytes(b64encode(b"x" * shift + word.encode()))
        (tmp_path / f"wide base64 {shift}").write_bytes(b64encode(b"x" * shift + word.encode("utf-16-le")))
    (tmp_path / "plain").write_bytes(b"x" * 10_001 + word.encode())
    for encoding in ("utf-16-le", "utf-16-be"):
        (tmp_path / encoding).write_bytes(word.encode(encoding))
    (tmp_path / "hex").write_bytes(word.encode().hex().encode() + word.encode("utf-16-le").hex().encode())
    assert _found(tmp_path) == {word, *_SPELLINGS}


def _who(number: int) -> Identifier:
    return Identifier(IdentifierKind.USER, _word(number, "who"))


def _word(number: int, kind: str) -> str:
    return f"canary{number:04d}{kind}"
