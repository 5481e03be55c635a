"""T12 over the wire: whatever anybody says to a served Fiel, in whatever field, leaves no trace after they are erased.

Every value is a random word. What was agreed to is shown to its owner before; nothing lies in the clear at any time, in
data, write-ahead log, keys, server log or temporary files. The control: without encryption the same search finds it.
"""

import re
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from fiel.bootstrap import WallClock, load_laws, load_phrases, load_strategies
from fiel.calendars import PublicCalendars
from fiel.cli.opening import sound_promise
from fiel.core.scope import RESERVED, Scope, Verb
from fiel.keys.vault import Vault
from fiel.operations.house import House
from fiel.operations.publish import adopt
from fiel.operations.published import Shelf
from fiel.stores.sqlite import SqliteStore
from fiel.web.app import make_app
from tests.cli.running import Running, key_for, serving, well
from tests.keys.examples import IdentityCipher
from tests.web.serving import SERVER_KEY, admit, on_a_port

CASE: Final = "suggestions"
START: Final = "kanari"
"""With what every word begins, so that one pass over a file finds all."""

TAIL: Final = 14
WORD: Final = re.compile(rb"kanari[0-9a-f]{14}")


def word() -> str:
    """A word that nobody else ever said."""
    return START + secrets.token_hex(TAIL // 2)


@dataclass(slots=True)
class Planted:
    """One person, who is a word, too: what of theirs is kept, and what must be dropped."""

    id: str = field(default_factory=word)
    kept: set[str] = field(default_factory=set)
    dropped: set[str] = field(default_factory=set)

    def keep(self) -> str:
        """A word that a permit wants."""
        self.kept.add(new := word())
        return new

    def drop(self) -> str:
        """A word that nobody wants."""
        self.dropped.add(new := word())
        return new


def traces(*folders: Path) -> set[str]:
    """Every word that lies in any file, in UTF-8, UTF-16, hexadecimal or base64 at any alignment."""
    return {
        found for folder in folders for path in folder.rglob("*") if path.is_file() for found in _in(path.read_bytes())
    }


def _in(content: bytes) -> Iterator[str]:
    """The words of one file; one that is spelt and cannot be read back counts as found all the same."""
    yield from (each.decode() for each in WORD.findall(content))
    for coding in ("utf-8", "utf-16-le", "utf-16-be"):
        raw = START.encode(coding)
        whole = len(raw) // len(START) * (len(START) + TAIL)
        if coding != "utf-8":
            yield from (_read(content[place : place + whole]) for place in _places(content, raw))
        for spelt in (raw.hex().encode(), raw.hex().upper().encode()):
            yield from (_read(_unhexed(content[place : place + 2 * whole])) for place in _places(content, spelt))
        for shift in range(3):
            before, after = -(-shift * 8 // 6), (shift + len(raw)) * 8 // 6
            for place in _places(content, b64encode(b"\0" * shift + raw)[before:after]):
                begin = max(place - before, 0)
                yield _read(_decoded(content[begin : begin + -(-(shift + whole) // 3) * 4 + 4]))


def _unhexed(spelt: bytes) -> bytes:
    whole = re.match(rb"(?:[0-9a-fA-F]{2})*", spelt)
    return bytes.fromhex(whole[0].decode()) if whole else b""


def _decoded(spelt: bytes) -> bytes:
    whole = re.match(rb"[A-Za-z0-9+/]*", spelt)
    return b64decode(spelt[: whole.end() // 4 * 4]) if whole else b""


def _read(raw: bytes) -> str:
    found = WORD.search(raw.replace(b"\0", b""))
    return found[0].decode() if found else START


def _places(content: bytes, coded: bytes) -> Iterator[int]:
    return (found.start() for found in re.finditer(re.escape(coded), content))


def lived(server: Running, key: Mapping[str, str], people: int) -> list[Planted]:
    """People who say yes and no, tell and do things, and are decided about: each field a word of its own."""
    notice = server.ask("GET", f"/v1/use-cases/{CASE}").json["notice"]
    planted = [Planted() for _ in range(people)]
    for one in planted:
        choices = f"/v1/subjects/user:{one.id}/choices"
        yes = {"status": "given", "level": "observed", "notice": notice, "language": "en"}
        assert server.ask("PUT", f"{choices}/{CASE}", yes, headers={**key, "Idempotency-Key": one.drop()}).status == 200
        assert server.ask("PUT", f"{choices}/buy_again", {"status": "refused"}, headers=key).status == 200
        sent = server.ask("POST", "/v1/batch", {"batch": list(_messages(one)), one.drop(): one.drop()}, headers=key)
        assert sent.status == 200, sent.body
        _decided(server, key, one)
        server.ask("GET", f"/v1/{one.drop()}", headers=key)
        server.ask("PUT", f"{choices}/{CASE}", {**yes, "notice": one.drop()}, headers=key)
        server.ask("POST", "/v1/track", {"userId": one.drop(), "event": 3}, headers=key)
    return planted


def _messages(one: Planted) -> Iterator[Mapping[str, object]]:
    common = {"userId": one.id, "timestamp": datetime.now(UTC).isoformat(), "context": {"ip": one.drop()}}
    bought = {"item": one.keep(), "quantity": 1, "price": one.drop(), one.drop(): 1, "note": one.drop()}
    told = {"favourite_categories": [one.keep()], "preferred_contact": one.keep(), "religion": one.drop()}
    yield {**common, "type": "track", "event": "purchase", "properties": bought, "anonymousId": one.drop()}
    yield {**common, "type": "track", "event": one.drop(), "properties": {"item": one.drop()}}
    yield {**common, "type": "track", "event": "purchase", "properties": {"item": {"deep": one.drop()}}}
    yield {**common, "type": "track", "event": "view", "properties": {"item": one.drop()}, "messageId": one.drop()}
    yield {**common, "type": "identify", "traits": {**told, "gift_occasions": [one.drop()], one.drop(): one.drop()}}
    yield {**common, "type": "page", "name": one.drop(), "properties": {"url": one.drop()}}
    yield {**common, "type": "group", "groupId": one.drop(), "traits": {"name": one.drop()}}
    yield {**common, "type": "alias", "previousId": one.drop()}
    yield {**common, "type": one.drop()}


def _decided(server: Running, key: Mapping[str, str], one: Planted) -> None:
    wanted = {"subject": {"user_id": one.id}, "context": {"item": one.drop(), one.drop(): one.drop()}}
    for case in (CASE, "buy_again"):
        asked = {**wanted, "use_case": case, "candidates": [one.drop()]}
        assert server.ask("POST", "/v1/decide", asked, headers=key).status == 200
    assert server.ask("POST", "/v1/decide", {**wanted, "use_case": one.drop()}, headers=key).status == 404
    decided = server.ask("POST", "/v1/decide", {**wanted, "use_case": CASE}, headers=key).json
    server.ask(
        "POST", "/v1/outcomes", {"decision_id": decided["decision_id"], "reward": 1.0, "item": one.drop()}, headers=key
    )


def shown(server: Running, key: Mapping[str, str], planted: list[Planted]) -> set[str]:
    """The words that the decrypting path shows of everybody."""
    answers = (server.ask("GET", f"/v1/subjects/user:{one.id}/data", headers=key).body for one in planted)
    return {found.decode() for body in answers for found in WORD.findall(body)}


@pytest.mark.parametrize("people", [20, pytest.param(200, marks=pytest.mark.proof)])
def test_no_trace_of_the_erased(people: int, tmp_path: Path) -> None:
    """Nothing lies in the clear before erasure, and after it nothing at all; what was kept was shown, and no more."""
    shop, log, scratch = tmp_path / "shop", tmp_path / "serve.log", tmp_path / "scratch"
    scratch.mkdir()
    well("init", shop, "--example", "shop")
    with serving(shop, log=log, TMPDIR=str(scratch)) as server:
        key = key_for(shop)
        planted = lived(server, key, people)
        assert shown(server, key, planted) == {each for one in planted for each in one.kept}
        assert traces(tmp_path) == set()
        for one in planted:
            assert server.ask("DELETE", f"/v1/subjects/user:{one.id}", headers=key).status == 200
        assert shown(server, key, planted) == set()
    assert server.code == 0
    assert {path.name for path in tmp_path.rglob("*")} >= {"fiel.db", "dek.slots", "ballast", "serve.log"}
    assert traces(tmp_path) == set()


def test_without_encryption_the_same_search_finds_what_was_kept(tmp_path: Path) -> None:
    """The control: under a cipher that hides nothing every kept word is found by the same search, and none dropped."""
    well("init", tmp_path / "shop", "--example", "shop")
    with _unsealed(tmp_path) as server:
        key = {"Authorization": f"Bearer {SERVER_KEY}"}
        planted = lived(server, key, 20)
        assert shown(server, key, planted) == {each for one in planted for each in one.kept}
        found = traces(tmp_path)
    assert {each for one in planted for each in one.kept} <= found
    assert found & {each for one in planted for each in one.dropped} == set()


@contextmanager
def _unsealed(folder: Path) -> Iterator[Running]:
    """The shop, served from here under a cipher that hides nothing."""
    strategies = load_strategies()
    with Vault.open(folder / "root.key", folder / "data", writer=True, cipher=IdentityCipher()) as vault:
        store = SqliteStore.open(folder / "data", seals=vault.seals, exclusive=True)
        house = House(
            store=store,
            names=vault.names,
            signer=vault.signer,
            tokens=vault.tokens,
            clock=WallClock(),
            calendars=PublicCalendars(),
            strategies=strategies,
            laws=load_laws(),
            phrases=load_phrases(),
            draw=lambda: 0.5,
            shelf=Shelf(strategies),
        )
        adopt(house, sound_promise(folder / "shop")).result()
        admit(house, SERVER_KEY, Scope(verbs=frozenset(Verb) - RESERVED))
        app = make_app(house, verify_subject=lambda token: vault.subjects.verify(token, now=house.clock.now()))
        with on_a_port(app) as url:
            yield Running(url=url, pid=0)
        store.close()


@pytest.mark.parametrize("coding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_the_search_reads_every_spelling(tmp_path: Path, coding: str) -> None:
    """The control of the search: a word in a file is read in plain, in hexadecimal and in base64 at each alignment."""
    for name in range(6):
        hidden = word()
        raw = hidden.encode(coding)
        spelt = {0: raw, 1: raw.hex().encode(), 2: raw.hex().upper().encode()}.get(name)
        content = spelt if spelt is not None else b64encode(b"x" * (name - 3) + raw + b"more")
        (tmp_path / "file").write_bytes(b"before " + content + b" after")
        assert traces(tmp_path) == {hidden}
