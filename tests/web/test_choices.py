"""Choosing over HTTP: the levels, the notice, the bases, who says so, and what is handed back."""

from base64 import b64decode, b64encode
from collections.abc import Mapping

import pytest

from fiel.core.consent.checkpoint import Checkpoint, includes, open_note
from fiel.core.consent.leaf import choice_leaf, entry_of
from fiel.core.consent.ledger import leaf_hash
from fiel.core.consent.receipt import Genuine, NotGenuine, verify_receipt
from fiel.core.ids import Digest, LedgerTag, Position
from fiel.core.promise.usecase import Level
from fiel.operations.publish import publish
from fiel.web.api.wire import LevelWord
from tests.core.consent.signers import trusting
from tests.laws.world import CARD, PICKS, a_promise
from tests.web.asking import AS_ANA, SERVER, Asking

CHOICE = f"/v1/subjects/user:ana/choices/{PICKS}"


@pytest.fixture
def ask() -> Asking:
    """A house in which nobody has chosen yet."""
    return Asking()


def verified(ask: Asking, receipt: object) -> Genuine | NotGenuine:
    """What a receipt proves with the public key that the server hands out."""
    public_key = ask.house.signer.public_key
    return verify_receipt(receipt, public_key=public_key, verify=trusting(public_key))


def test_a_yes_is_recorded_and_proved(ask: Asking) -> None:
    """A yes answers with its entry, what followed, and a receipt that the public key alone proves."""
    answer = ask.give(contributes=True).json
    entry, receipt = answer["entry"], answer["receipt"]
    assert (entry["status"], entry["level"], entry["contributes"]) == ("given", "observed", True)
    assert (entry["attested_by"], entry["interface"], entry["language"]) == ("person", "test", "en")
    assert answer["effects"] == []
    assert isinstance(verified(ask, receipt), Genuine)
    assert {**receipt["entry"], "position": receipt["proof"]["index"]} == entry


def test_a_server_says_what_the_controller_says(ask: Asking) -> None:
    """A choice through a server key is attested by the controller, and only a token makes it the person's own."""
    assert ask.give(SERVER).json["entry"]["attested_by"] == "controller"
    assert ask.give(AS_ANA).json["entry"]["attested_by"] == "person"


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"notice": "0" * 64}, 409),
        ({"notice": None}, 422),
        ({"level": "none"}, 422),
        ({"level": None}, 422),
        ({"level": "acquired"}, 422),
        ({"level": "everything"}, 422),
        ({"status": "withdrawn"}, 422),
        ({"status": "objected"}, 422),
        ({"status": "refused", "contributes": True}, 422),
        ({"language": "fr"}, 422),
        ({"interface": "a\r\nb"}, 422),
        ({"status": "refused", "notice": None, "level": None}, 200),
    ],
)
def test_a_choice_is_what_the_promise_offers(ask: Asking, changes: Mapping[str, object], status: int) -> None:
    """A yes names the notice in force and a level that is offered; whatever is refused leaves no entry."""
    assert ask.give(AS_ANA, who="user:ana", **changes).status == status
    stand = ask("GET", "/v1/subjects/me/choices", AS_ANA).json["choices"][0]
    assert stand["status"] == ("refused" if status == 200 else "unknown")


def test_what_was_shown_must_be_what_is_in_force(ask: Asking) -> None:
    """A yes to a notice that was in force until a moment ago is a 409, and says where the present one is."""
    old = ask.notice()
    publish(ask.house, a_promise("reworded"), approved_by=("one", "two")).result()
    answer = ask.give(notice=old)
    assert (answer.status, answer.problem) == (409, "conflict")
    assert "/v1/use-cases/" in answer.json["hint"]
    assert ask.give().status == 200


def test_withdrawing_needs_nothing(ask: Asking) -> None:
    """A DELETE without a body withdraws, destroys what was held, and its receipt is proved like any other."""
    ask.give()
    assert ask.track().json["events"][0]["kept"] == [PICKS, CARD]
    answer = ask("DELETE", CHOICE, AS_ANA).json
    assert (answer["entry"]["status"], answer["entry"]["interface"]) == ("withdrawn", "api")
    assert answer["effects"] == ["shred"]
    assert isinstance(verified(ask, answer["receipt"]), Genuine)
    assert ask.decide().json["reason"] == "withdrawn"
    assert ask("DELETE", f"{CHOICE}?interface=app&language=es", AS_ANA).json["entry"]["language"] == "es"


def test_lowering_is_a_yes_to_less(ask: Asking) -> None:
    """A yes to a lower level cuts down what is held at once."""
    ask.give()
    ask.track()
    assert ask.give(level="context").json["effects"] == ["narrow"]
    held = {each["use_case"]: each for each in ask("GET", "/v1/subjects/me/data", AS_ANA).json["data"]}
    assert (held[PICKS]["events"], held[PICKS]["activity"]["last_visit"]) == ([], None)
    assert len(held[CARD]["events"]) == 1


def test_nothing_that_is_held_is_left_out(ask: Asking) -> None:
    """Who asks what is held is told of every part of it: also the days, visits and messages beside the events."""
    ask.give()
    ask.track()
    picks = next(each for each in ask("GET", "/v1/subjects/me/data", AS_ANA).json["data"] if each["use_case"] == PICKS)
    day = picks["activity"]["last"]
    beside = {"last": day, "last_visit": day, "visits": 1, "messages": 1, "let_go": None, "shown": []}
    assert picks["activity"] == beside


@pytest.mark.parametrize(
    ("body", "level"), [({}, "none"), ({"level": "none"}, "none"), ({"level": "observed"}, "observed")]
)
def test_an_objection_is_for_other_bases(ask: Asking, body: object, level: str) -> None:
    """Where nobody is asked for consent one objects, in full or beyond a level; with or without a body."""
    objection = f"/v1/subjects/user:ana/objections/{CARD}"
    assert ask("POST", objection, AS_ANA, json=body).json["entry"]["level"] == level
    assert ask("POST", objection, AS_ANA).json["entry"]["status"] == "objected"
    assert ask("PUT", CHOICE.replace(PICKS, CARD), AS_ANA, json={"status": "refused"}).status == 422
    assert ask("DELETE", CHOICE.replace(PICKS, CARD), AS_ANA).status == 422
    assert ask("POST", objection.replace(CARD, PICKS), AS_ANA).status == 422


@pytest.mark.parametrize("path", ["choices", "objections"])
def test_an_unknown_use_case_is_told_so(ask: Asking, path: str) -> None:
    """There is nothing to choose where nothing is promised."""
    method = "POST" if path == "objections" else "DELETE"
    answer = ask(method, f"/v1/subjects/user:ana/{path}/nope", AS_ANA)
    assert (answer.status, answer.problem) == (404, "unknown")


def test_everybody_sees_where_they_stand(ask: Asking) -> None:
    """The choices name every use case, the levels offered and the notice that a yes must name."""
    ask.give()
    picks, card = ask("GET", "/v1/subjects/me/choices", AS_ANA).json["choices"]
    assert (picks["status"], picks["level"], picks["reason"], picks["allowed"]) == (
        "given",
        "observed",
        "permitted",
        "observed",
    )
    assert picks["levels"] == ["context", "declared", "observed"]
    assert picks["notice"] == ask.notice()
    assert (card["status"], card["basis"], card["reason"]) == ("unknown", "contract", "permitted")


def test_a_get_changes_nothing(ask: Asking) -> None:
    """Looking leaves no entry, no person and no leaf behind."""
    before = ask("GET", "/v1/ledger/checkpoint").content
    for path in ("choices", "data", "uses", "receipts"):
        assert ask("GET", f"/v1/subjects/user:nobody/{path}").status == 200
    assert ask("GET", "/v1/ledger/checkpoint").content == before


def test_receipts_are_the_same_whenever_they_are_fetched(ask: Asking) -> None:
    """All receipts of a person, oldest first, are those that were handed out with each choice."""
    given = ask.give().json["receipt"]
    withdrawn = ask("DELETE", CHOICE, AS_ANA).json["receipt"]
    assert ask("GET", "/v1/subjects/me/receipts", AS_ANA).json["receipts"] == [given, withdrawn]


def test_an_erasure_is_certified(ask: Asking) -> None:
    """The certificate names the destroyed key, proves its last leaf, and says in the person's words what remains."""
    ask.give(contributes=True)
    ask.track()
    certificate = ask("DELETE", "/v1/subjects/me", AS_ANA).json
    assert certificate["was_known"] is True
    [picks] = [each for each in certificate["destroyed"] if each["use_case"] == PICKS]
    assert len(bytes.fromhex(picks["key"])) == 16
    leaf = choice_leaf(
        entry_of(picks["entry"]), tag=LedgerTag(bytes.fromhex(picks["tag"])), salt=bytes.fromhex(picks["salt"])
    )
    assert _is_in_the_ledger(ask, leaf_hash(leaf), position=picks["position"])
    assert [each["what"] for each in certificate["remains"]] == ["ledger", "suppression"]
    assert certificate["remains"][0]["why"].startswith("The leaves of the ledger stay")
    assert ask("GET", "/v1/subjects/user:ana/data").json == {"data": []}
    assert ask("DELETE", "/v1/subjects/user:ana").json["was_known"] is False
    assert ask.give(SERVER).status == 409
    assert ask.give(AS_ANA).status == 200


def _is_in_the_ledger(ask: Asking, hashed: Digest, *, position: int) -> bool:
    proof = ask("GET", f"/v1/ledger/inclusion?entry={position}").json
    signer = ask.house.signer
    opened = open_note(
        proof["checkpoint"], name=signer.origin, public_key=signer.public_key, verify=trusting(signer.public_key)
    )
    assert isinstance(opened, Checkpoint)
    assert proof["leaf_hash"] == b64encode(hashed).decode()
    path = [Digest(b64decode(each)) for each in proof["inclusion"]]
    return includes(opened, hashed, index=Position(position), path=path)


def test_the_wires_words_are_the_cores() -> None:
    """Every level has its name over the wire, and there is no other."""
    assert [each.value for each in LevelWord] == [level.word for level in Level]
