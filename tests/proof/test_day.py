"""A day at the shop, as a script lives it: every step by HTTP and the command line, each word of the contract kept."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from tests.cli.running import Running, fiel, key_for, person, serving, well

CASE = "suggestions"
ME = f"/v1/subjects/me/choices/{CASE}"
ITEM = "85123A"


def a_shop(folder: Path) -> Path:
    """The shop's promise, published by two people."""
    shop = folder / "shop"
    well("init", shop, "--example", "shop")
    well("check", shop)
    well("publish", shop, "--approved-by", "Ana", "--approved-by", "Luis", "--yes")
    return shop


def notice(server: Running) -> str:
    """The digest of what is shown before somebody says yes."""
    return str(server.ask("GET", f"/v1/use-cases/{CASE}").json["notice"])


def decided(server: Running, key: Mapping[str, str], **more: object) -> dict[str, object]:
    """What is decided about Ana."""
    wanted = {"use_case": CASE, "subject": {"user_id": "ana"}, "language": "en", **more}
    answer = server.ask("POST", "/v1/decide", wanted, headers=key)
    assert answer.status == 200, answer.body
    return answer.json


def chosen(server: Running, ana: Mapping[str, str], level: str) -> dict[str, object]:
    """Ana's yes up to a level."""
    wanted = {"status": "given", "level": level, "notice": notice(server), "language": "es", "interface": "preferences"}
    answer = server.ask("PUT", ME, wanted, headers=ana)
    assert answer.status == 200, answer.body
    return answer.json


def sent(server: Running, key: Mapping[str, str], *messages: Mapping[str, object]) -> list[object]:
    """What became of messages about Ana, each with what was kept and what was dropped."""
    batch = [{"userId": "ana", "timestamp": datetime.now(UTC).isoformat(), **message} for message in messages]
    answer = server.ask("POST", "/v1/batch", {"batch": batch}, headers={**key, "Prefer": "return=representation"})
    assert (answer.status, answer.json["success"]) == (200, True)
    events = answer.json["events"]
    assert isinstance(events, list)
    return events


def kept_by(event: object) -> set[object]:
    """The use cases that kept a message."""
    assert isinstance(event, dict)
    return set(event["kept"])


def held(server: Running, ana: Mapping[str, str]) -> dict[object, dict[str, object]]:
    """What every use case holds of Ana."""
    data = server.ask("GET", "/v1/subjects/me/data", headers=ana).json["data"]
    assert isinstance(data, list)
    return {holding["use_case"]: holding for holding in data}


def test_a_day(tmp_path: Path) -> None:
    """Publish, grant, collect, decide, why, lower, withdraw, decide, prove with the server gone, erase, decide."""
    shop, log = a_shop(tmp_path), tmp_path / "serve.log"
    well("import", shop, "items", _catalogue(tmp_path))
    with serving(shop, log=log) as server:
        key, ana = key_for(shop), person(shop, "user:ana")
        assert decided(server, key)["reason"] == "never_asked"

        given = chosen(server, ana, "observed")
        receipt = tmp_path / "ana.json"
        receipt.write_text(json.dumps(given["receipt"], ensure_ascii=False), encoding="utf-8")

        _collect(server, key, ana)
        _decide_and_why(server, key)
        _lower_and_withdraw(server, key, ana)
        public = tmp_path / "public.pem"
        public.write_text(well("keys", "public", shop), encoding="utf-8")
    assert server.code == 0

    _prove(receipt, public)
    with serving(shop, log=log) as server:
        assert chosen(server, person(shop, "user:ana"), "declared")["entry"]
        certificate = json.loads(well("erase", shop, "--subject", "user:ana", "--json"))
        assert {each["use_case"] for each in certificate["destroyed"]} >= {CASE}
        assert held(server, person(shop, "user:ana")) == {}
        last = decided(server, key)
        assert (last["reason"], last["level"], last["allowed"]) == ("suppressed", "none", None)
        _prove(receipt, public)
    assert server.code == 0
    well("verify", shop, "--ledger")
    assert "ana" not in log.read_text(encoding="utf-8")


def _catalogue(folder: Path) -> Path:
    """A few items, of which the one that is bought stands first."""
    file = folder / "items.csv"
    rows = [f"{item},A {word},home|{word}" for item, word in ((ITEM, "lantern"), ("21730", "lamp"), ("22423", "cake"))]
    file.write_text("\n".join(["id,title,groups", *rows, ""]), encoding="utf-8")
    return file


def _collect(server: Running, key: Mapping[str, str], ana: Mapping[str, str]) -> None:
    """What was agreed to is kept and nothing beside it; the same message twice is one."""
    bought = {
        "type": "track",
        "event": "purchase",
        "messageId": "m1",
        "properties": {"item": ITEM, "quantity": 2, "price": 9.5, "coupon": "undeclared"},
    }
    liked = {"type": "identify", "messageId": "m2", "traits": {"favourite_categories": ["lamp"], "shoe": "undeclared"}}
    first, again, traits = sent(server, key, bought, bought, liked)
    assert CASE in kept_by(first)
    assert "buy_again" not in kept_by(first)
    assert CASE not in kept_by(again)
    assert CASE in kept_by(traits)
    holding = held(server, ana)[CASE]
    assert [event["properties"] for event in _list(holding["events"])] == [{"item": ITEM}]
    assert [(fact["name"], fact["value"]) for fact in _list(holding["attributes"])] == [
        ("favourite_categories", ["lamp"])
    ]


def _decide_and_why(server: Running, key: Mapping[str, str]) -> None:
    """The decision used what was agreed to, says so, and can be asked why."""
    found = decided(server, key)
    assert (found["reason"], found["allowed"]) == ("permitted", "observed")
    assert found["level"] in {"declared", "observed"}
    first = _list(found["items"])[0]
    assert first["because"]
    why = server.ask("GET", f"{found['why_url']}?lang=en", headers={"Accept": "application/json"})
    assert (why.status, why.json["explanation"]) == (200, found["explanation"])
    assert _list(why.json["items"])[0]["id"] == first["id"]


def _lower_and_withdraw(server: Running, key: Mapping[str, str], ana: Mapping[str, str]) -> None:
    """What a lower level does not hold goes at once; a withdrawal ends all."""
    chosen(server, ana, "declared")
    lowered = decided(server, key)
    assert (lowered["allowed"], lowered["level"]) == ("declared", "declared")
    assert held(server, ana)[CASE]["events"] == []
    withdrawn = server.ask("DELETE", ME, headers=ana)
    assert withdrawn.status == 200
    after = decided(server, key)
    assert (after["reason"], after["level"], after["allowed"]) == ("withdrawn", "none", None)
    assert CASE not in held(server, ana)


def _prove(receipt: Path, public: Path) -> None:
    """The receipt is genuine with one public key and no server; with one byte flipped it is not."""
    assert "genuine" in well("verify", receipt, "--key", public)
    raw = receipt.read_bytes()
    for place in (raw.index(b"Justificante") + 3, len(raw) // 2):
        bent = receipt.with_name("bent.json")
        bent.write_bytes(raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :])
        assert fiel("verify", bent, "--key", public).returncode == 1


def _list(value: object) -> list[dict[str, object]]:
    assert isinstance(value, list)
    return value
