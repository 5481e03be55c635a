"""What users of comparable systems reported in public, told again here: none of it happens to anybody at these doors.

Each names the report that it is after; what is kept is the rule, and none of the words.
"""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from fiel.core.consent.choice import Attestation, Status
from fiel.core.consent.receipt import Genuine, verify_receipt
from fiel.core.errors import Conflict, Unavailable
from fiel.core.ids import Notice
from fiel.core.promise.usecase import Level
from fiel.operations.bring_in import Untaken, bring_in
from fiel.operations.choose import Choice
from fiel.operations.publish import publish
from fiel.stores.memory import MemoryStore
from fiel.testing.clock import NOON
from fiel.testing.seals import MemorySeals
from tests.core.consent.signers import trusting
from tests.laws.world import CARD, PICKS, a_promise
from tests.web.asking import AS_ANA, SERVER, Asking
from tests.web.serving import ANA, open_doors

CHOICES = "/v1/subjects/user:ana/choices"
SHY = "anonymous:browser-7"


@pytest.fixture
def ask() -> Asking:
    """A house in which nobody has chosen yet."""
    return Asking()


class Outage(MemoryStore):
    """A store that is away while `down`."""

    down = False

    def read(self) -> Any:  # noqa: ANN401 - whatever a store gives
        """A snapshot, if it is there."""
        if self.down:
            raise Unavailable("the store is away")
        return super().read()


def stand(ask: Asking, use_case: str = PICKS, *, who: str = "user:ana") -> dict[str, Any]:
    """Where somebody stands with one use case."""
    choices = ask("GET", f"/v1/subjects/{who}/choices").json["choices"]
    found: dict[str, Any] = next(each for each in choices if each["use_case"] == use_case)
    return found


def refuse(ask: Asking, *, who: str = "user:ana") -> None:
    """Somebody says no."""
    body = {"status": "refused", "language": "es", "interface": "test"}
    assert ask("PUT", f"/v1/subjects/{who}/choices/{PICKS}", json=body).status == 200


def elsewhere(status: Status, *, days: int) -> Choice:
    """A choice made somewhere else, so many days after noon."""
    return Choice(
        use_case=PICKS,
        status=status,
        attested_by=Attestation.IMPORT,
        interface="import",
        level=Level.OBSERVED if status is Status.GIVEN else None,
        at=NOON + timedelta(days=days),
    )


def test_an_outage_loses_no_refusal() -> None:
    """A store that is away for a while takes no refusal with it and gives nobody's yes away (c15t#1084)."""
    store = Outage(seals=MemorySeals())
    ask = Asking(open_doors(store))
    refuse(ask)
    ask.decide()  # the caller's key is known from before
    store.down = True
    during = ask.decide()
    assert (during.status, during.json["level"], during.json["degraded"]) == (200, "none", "store")
    store.down = False
    assert stand(ask)["status"] == "refused"
    assert ask.decide().json["reason"] == "refused"


def test_an_anonymous_yes_is_nobodys_when_they_sign_in(ask: Asking) -> None:
    """Signing in carries no anonymous yes over to the known person (SAP/spartacus#6467)."""
    ask.give(SERVER, who=SHY)
    for path, body in (
        ("/v1/identify", {"userId": "ana", "anonymousId": "browser-7"}),
        ("/v1/alias", {"userId": "ana", "previousId": "browser-7"}),
    ):
        assert ask("POST", path, json=body).status == 200
    assert stand(ask)["status"] == "unknown"
    assert ask.decide().json["reason"] == "never_asked"


def test_signing_in_undoes_no_refusal(ask: Asking) -> None:
    """A newer anonymous yes of the same browser beats no refusal of the known person (SAP/spartacus#13684)."""
    refuse(ask)
    ask.give(SERVER, who=SHY)
    ask("POST", "/v1/identify", json={"userId": "ana", "anonymousId": "browser-7"})
    assert stand(ask)["status"] == "refused"
    assert stand(ask, who=SHY)["status"] == "given"


def test_what_needs_no_consent_is_not_told_as_consent(ask: Asking) -> None:
    """Where the basis is another one, nobody is said to have agreed, and a yes to it is refused (c15t#315)."""
    there = stand(ask, CARD)
    assert (there["basis"], there["status"], there["reason"]) == ("contract", "unknown", "permitted")
    body = {"status": "given", "level": "observed", "notice": ask.notice(CARD), "language": "es", "interface": "test"}
    assert ask("PUT", f"{CHOICES}/{CARD}", json=body).status == 422


def test_who_withdrew_is_read_no_more(ask: Asking) -> None:
    """The very next decision after a withdrawal reads nothing (ClearGDPR#440)."""
    ask.give(SERVER)
    ask.track()
    assert ask.decide().json["level"] != "none"
    ask("DELETE", f"{CHOICES}/{PICKS}")
    assert (ask.decide().json["level"], ask.decide().json["reason"]) == ("none", "withdrawn")


def test_a_lower_level_is_kept_to_by_the_next_event(ask: Asking) -> None:
    """What is collected after a choice follows that choice, and not the one before (analytics-next#987)."""
    ask.give(SERVER)
    assert ask.track().json["events"][0]["kept"]
    ask.give(SERVER, level="declared")
    assert not ask.track().json["events"][0]["kept"]


def test_looking_is_no_choice(ask: Asking) -> None:
    """Nothing is recorded without an act of the person: and looking is none (analytics-next#1308)."""
    ask.give(SERVER)
    before = ask("GET", "/v1/ledger/checkpoint").content
    for path in ("choices", "data", "uses", "receipts", "requests", "card"):
        assert ask("GET", f"/v1/subjects/user:ana/{path}").status == 200
    ask.decide()
    assert ask("GET", "/v1/ledger/checkpoint").content == before


def test_a_refusal_has_a_receipt_like_a_yes(ask: Asking) -> None:
    """A no is recorded and proved as a yes is (KantaraInitiative/consent-receipt-v-next#14)."""
    refuse(ask)
    [receipt] = ask("GET", "/v1/subjects/me/receipts", AS_ANA).json["receipts"]
    public_key = ask.house.signer.public_key
    found = verify_receipt(receipt, public_key=public_key, verify=trusting(public_key))
    assert isinstance(found, Genuine)
    assert found.entry.status is Status.REFUSED


def test_a_withdrawal_leaves_its_record(ask: Asking) -> None:
    """A withdrawal is recorded beside the yes that it ends; no row goes missing (opencouncil#759, dpv#243)."""
    ask.give(SERVER)
    ask("DELETE", f"{CHOICES}/{PICKS}")
    ask.give(SERVER, level="declared")
    refuse(ask)
    receipts = ask("GET", "/v1/subjects/me/receipts", AS_ANA).json["receipts"]
    assert [each["entry"]["status"] for each in receipts] == ["given", "withdrawn", "given", "refused"]


def test_the_proof_holds_no_address(ask: Asking) -> None:
    """A receipt says nothing of the browser or the network that it was made from (jetpack#49997)."""
    headers = {**AS_ANA, "User-Agent": "a browser of mark 7", "X-Forwarded-For": "203.0.113.7"}
    ask.give(headers)
    told = json.dumps(ask("GET", "/v1/subjects/me/receipts", AS_ANA).json)
    assert "a browser of mark 7" not in told
    assert "203.0.113.7" not in told
    assert "testclient" not in told


def test_events_that_come_after_erasure_find_nobody(ask: Asking) -> None:
    """What arrives late for somebody who was erased is dropped, and nothing grows back (PostHog#22582, #30976)."""
    ask.give(SERVER)
    ask.track()
    assert ask("DELETE", "/v1/subjects/user:ana").status == 200
    assert not ask.track().json["events"][0]["kept"]
    assert ask("GET", "/v1/subjects/user:ana/data").json["data"] == []
    assert ask.decide().json["level"] == "none"


def test_after_erasure_no_is_still_heard_and_yes_only_from_them(ask: Asking) -> None:
    """After erasure a yes by others is refused, a withdrawal is taken, and the person may come back (margince#2204)."""
    ask.give(SERVER)
    ask("DELETE", "/v1/subjects/user:ana")
    assert ask.give(SERVER).status == 409
    with pytest.raises(Conflict):
        bring_in(ask.house, ANA, replace(elsewhere(Status.GIVEN, days=0), notice=Notice(ask.notice()))).result()
    assert ask("DELETE", f"{CHOICES}/{PICKS}").status == 200
    assert ask.give(AS_ANA).status == 200


def test_erasure_reaches_every_use(ask: Asking) -> None:
    """One erasure ends every use case, whatever its basis, and the uses that were logged (PostHog#20221, unomi#146)."""
    ask.give(SERVER)
    ask.track()
    ask.decide()
    ask.decide(use_case=CARD)
    assert {each["use_case"] for each in ask("GET", "/v1/subjects/user:ana/data").json["data"]} == {PICKS, CARD}
    ask("DELETE", "/v1/subjects/user:ana")
    for path, within in (("data", "data"), ("uses", "uses"), ("receipts", "receipts")):
        assert ask("GET", f"/v1/subjects/user:ana/{path}").json[within] == []


def test_an_older_list_undoes_no_later_no(ask: Asking) -> None:
    """A list brought in from elsewhere gives nothing back that was refused after it was made (mautic#4927)."""
    assert bring_in(ask.house, ANA, elsewhere(Status.REFUSED, days=0)).result() is not None
    assert bring_in(ask.house, ANA, elsewhere(Status.WITHDRAWN, days=-3)).result() is Untaken.EARLIER
    assert stand(ask)["status"] == "refused"


def test_who_says_no_is_still_served(ask: Asking) -> None:
    """A no leads to a poorer page and never to none (posthog-js#537, jitsu#38)."""
    refuse(ask)
    answer = ask.decide()
    assert (answer.status, answer.json["level"]) == (200, "none")
    assert answer.json["items"]


def test_the_reason_can_be_asked_for_and_switched_off(ask: Asking) -> None:
    """What was shown says why, and what it was about can be switched off (flagship#28, addons-frontend#5049)."""
    ask.give(SERVER)
    for item in ("lamp", "cup"):
        ask.track(item=item)
    shown = {item["id"]: item["because"] for item in ask.decide().json["items"]}
    assert [reason["value"] for reason in shown["lamp"]] == ["lamp"]
    assert ask("PUT", f"/v1/subjects/me/topics/{PICKS}", AS_ANA, json={"topic": "lamp", "off": True}).status == 200
    assert [item["id"] for item in ask.decide().json["items"]] == ["cup"]


def test_the_law_that_is_set_has_an_effect(ask: Asking) -> None:
    """Another law of a person is another term of theirs, and nobody else's (osano/cookieconsent#462, apps#6524)."""
    ask("PUT", "/v1/subjects/user:ana/card", json={"jurisdiction": "co"})
    hers = ask("POST", "/v1/subjects/me/requests", AS_ANA, json={"kind": "rectification"}).json
    assert (hers["law"], hers["due"]) == ("co", "2026-12-16")
    assert ask("GET", "/v1/subjects/user:bea/card").json["jurisdiction"] == "eu"


def test_every_use_case_can_be_chosen(ask: Asking) -> None:
    """What the promise does is what a person finds, no less and nothing of others (mautic#11839, #3689)."""
    found = {each["use_case"] for each in ask("GET", "/v1/subjects/me/choices", AS_ANA).json["choices"]}
    assert found == {each["use_case"] for each in ask("GET", "/v1/use-cases").json["use_cases"]}


def test_a_stored_yes_is_not_kept_over_a_wider_promise(ask: Asking) -> None:
    """Who agreed to less is not taken to agree to more when the promise grows (klaro#219)."""
    ask.give(SERVER)
    ask.track()
    publish(ask.house, a_promise("wide"), approved_by=("one", "two")).result()
    assert (ask.decide().json["level"], ask.decide().json["reason"]) == ("none", "changed")


def test_a_second_request_slips_past_no_check(ask: Asking) -> None:
    """Asking twice in somebody's name verifies nobody, and never erases (a published advisory of Fides)."""
    ask.give(SERVER)
    first = ask("POST", "/v1/subjects/user:ana/requests", json={"kind": "erasure"}).json
    second = ask("POST", "/v1/subjects/user:ana/requests", json={"kind": "erasure"}).json
    assert (first["id"], second["verified"]) == (second["id"], False)
    for move in ("approve", "fulfil"):
        assert ask("POST", f"/v1/requests/{second['id']}/{move}").status == 409
    assert stand(ask)["status"] == "given"


def test_a_strangers_request_holds_up_nobody(ask: Asking) -> None:
    """What somebody else asked for in a person's name does not keep that person from their own (unomi#336)."""
    ask.give(SERVER)
    ask("POST", "/v1/subjects/user:ana/requests", json={"kind": "erasure"})
    own = ask("POST", "/v1/subjects/me/requests", AS_ANA, json={"kind": "erasure"}).json
    assert (own["state"], own["certificate"]["was_known"]) == ("fulfilled", True)
