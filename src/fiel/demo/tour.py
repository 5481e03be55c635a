"""The tour of the demo, played over HTTP as a visitor would: it believes only what it is answered."""

import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from html import unescape
from typing import Final
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import BaseHandler, HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

from fiel.core.consent.receipt import Genuine, verify_receipt
from fiel.keys.signer import public_key_in, verify

_PEOPLE: Final = re.compile(r'data-who="(\w+)" data-level="(\w+)" data-verdict="(\w+)"')
_CARD: Final = re.compile(r'data-use-case="(\w+)" data-status="(\w+)" data-level="(\w+)" data-verdict="(\w+)"')
_NOTICE: Final = re.compile(r'name="use_case" value="(\w+)">\s*<input type="hidden" name="notice" value="([0-9a-f]+)"')
_ITEM: Final = re.compile(r'data-item="([^"]+)"')
_TOPIC: Final = re.compile(r'name="topic" value="([^"]+)">Leave out ([^<]+)<')
_SECTION: Final = re.compile(r'class="section">([^<]+)<')
_TOKEN: Final = re.compile(r'name="t" value="([^"]+)"')
_RECEIPT: Final = re.compile(r'href="(/demo/receipt/suggestions/\d+)\?')

SECONDS: Final = 60.0
"""How long one answer may take: the audit of the ledger is the longest."""


PAUSE: Final = 0.2
"""Seconds between two looks for a letter."""


class TourFailed(Exception):
    """A step of the tour was not answered as it must be."""


@dataclass(slots=True)
class Tour:
    """A visitor of the demo at `url`; `say` is told each step that was as it must be."""

    url: str
    key: str
    say: Callable[[str], None]
    steps: int = 0

    def walk(self) -> None:
        """Play all of it; raises `TourFailed` at the first step that is not as it must be."""
        self._three_shelves()
        self._why()
        self._topic()
        self._give_lower_withdraw()
        self._receipt()
        self._centre()
        self._letter()
        self._cheat_gate()
        self._cheat_needle()
        self._cheat_ledger()
        self._api()

    def _three_shelves(self) -> None:
        page = self._get("/demo?lang=en")
        found = {who: (level, verdict) for who, level, verdict in _PEOPLE.findall(page)}
        self._check(found.get("alma") == ("observed", "permitted"), "one who said yes is served from her purchases")
        self._check(found.get("bruno") == ("none", "refused"), "one who said no is served what is popular")
        self._check(found.get("carmen") == ("none", "never_asked"), "one who was never asked is served the same")
        shelves = [tuple(_ITEM.findall(part)) for part in page.split("data-who=")[1:]]
        self._check(len(shelves) == len(found) and all(shelves), "there are three shelves")
        self._check(shelves[0] != shelves[1] == shelves[2], "the first differs, the others are alike")
        self._check("Por qué" in self._get("/demo?lang=es"), "the page speaks Spanish too")

    def _why(self) -> None:
        page = self._get("/demo?lang=en")
        link = re.search(r'href="(/demo/why/[^"#]+)', page)
        self._check(link is not None, "each product has its why")
        if link is not None:
            told = self._get(link[1].replace("&amp;", "&"))
            self._check("<meter" in told, "the why names what weighed most")

    def _topic(self) -> None:
        page = self._get("/demo?lang=en")
        link = re.search(r'href="(/demo/why/[^"#]+)', page)
        told = self._get(link[1].replace("&amp;", "&")) if link else ""
        found = _TOPIC.search(told)
        self._check(found is not None, "a section that weighed can be switched off beside its reason")
        if found is None:
            return
        topic, section = unescape(found[1]), unescape(found[2])
        for off in ("yes", "no"):
            form = {"who": "alma", "use_case": "suggestions", "topic": topic, "off": off}
            self._post("/demo/topic?lang=en", form)
            shelf = self._get("/demo?lang=en").split("data-who=")[1]
            shown = [unescape(each) for each in _SECTION.findall(shelf)]
            if off == "yes":
                self._check(bool(shown) and section not in shown, "the very next shelf has nothing of that section")
                self._check(f'data-off="{topic}"' in self._get("/demo?who=alma&lang=en"), "and her page says so")
        self._check("data-off" not in self._get("/demo?who=alma&lang=en"), "on again, it is as if it had never been")

    def _give_lower_withdraw(self) -> None:
        # After the no nothing is held any more, so a new yes begins with what she is looking at, and says so.
        states = (("observed", "observed"), ("context", "context"), ("none", "none"), ("observed", "context"))
        for choice, level in states:
            self._press("alma", "suggestions", choice)
            used = self._card("alma", "suggestions")
            self._check(used[1] == level, f"after the choice `{choice}` the very next shelf is at `{level}`")

    def _receipt(self) -> None:
        page = self._get("/demo?who=alma&lang=en")
        link = _RECEIPT.search(page)
        self._check(link is not None, "the choice has a receipt")
        if link is None:
            return
        receipt = json.loads(self._get(f"{link[1]}?who=alma&download=1"))
        trusted = public_key_in(self._get("/demo/key.pem").encode())
        found = verify_receipt(receipt, public_key=trusted, verify=partial(verify, trusted))
        self._check(isinstance(found, Genuine), "the receipt is genuine, checked without the shop")
        receipt["text"] = receipt["text"].replace("a", "e", 1)
        found = verify_receipt(receipt, public_key=trusted, verify=partial(verify, trusted))
        self._check(not isinstance(found, Genuine), "with one letter changed it is not")

    def _centre(self) -> None:
        token = _TOKEN.search(self._get("/demo?who=carmen&lang=en"))
        self._check(token is not None, "the shop's page leads into the preference centre")
        form = {"t": token[1] if token else "", "lang": "en"}
        visitor = HTTPCookieProcessor()
        page = self._post("/enter", form, visitor)
        self._check('data-mark="open"' in page, "who comes in is undecided where she has said nothing")
        held = self._send(Request(f"{self.url}/data"), visitor)
        self._check("What is kept about you" in held, "she is in, and sees what is held about her")
        self._check(self._refuses("/enter", form), "the same token lets nobody in again")

    def _letter(self) -> None:
        self._put("/v1/subjects/user:tour/contact", {"address": "tour@example.com", "language": "en"})
        choice = {"status": "refused", "language": "en", "interface": "tour"}
        self._put("/v1/subjects/user:tour/choices/suggestions", choice)
        deadline = time.monotonic() + SECONDS
        while "tour@example.com" not in self._get("/dev/mail") and time.monotonic() < deadline:
            time.sleep(PAUSE)
        self._check("tour@example.com" in self._get("/dev/mail"), "who gave an address is written to about a choice")

    def _cheat_gate(self) -> None:
        page = self._post("/demo/cheat?lang=en", {"attack": "gate", "value": "zoroastrismo"})
        answer = re.search(r'data-answer="gate" data-found="(\d+)" data-control="(\d+)"', page)
        self._check(answer is not None and answer[1] == "0", "cheat 1: the undeclared field is in no file")
        self._check(answer is not None and int(answer[2]) > 0, "and the search does find what is there")

    def _cheat_needle(self) -> None:
        page = self._post("/demo/cheat?lang=en", {"attack": "needle", "use": "bruno:suggestions"})
        self._check('data-answer="needle" data-verdict="refused"' in page, "cheat 2: the needle says no")

    def _cheat_ledger(self) -> None:
        page = self._post("/demo/cheat?lang=en", {"attack": "ledger"})
        answer = 'data-answer="ledger" data-original="sound" data-forged="unsound"'
        self._check(answer in page, "cheat 3: the audit finds the altered copy, and the original sound")
        self._check(page.count("FIEL") > 3, "the greedy promise is refused, with reasons")  # noqa: PLR2004 - several

    def _api(self) -> None:
        body = json.dumps({"use_case": "suggestions", "subject": {"user_id": "nobody ever"}}).encode()
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        answer = json.loads(self._send(Request(f"{self.url}/v1/decide", data=body, headers=headers)))
        self._check(answer["reason"] == "never_asked" and answer["level"] == "none", "the API says unknown means no")

    def _press(self, who: str, use_case: str, choice: str) -> None:
        page = self._get(f"/demo?who={who}&lang=en")
        notice = dict(_NOTICE.findall(page))[use_case]
        form = {"who": who, "use_case": use_case, "notice": notice, "choice": choice}
        self._post("/demo/choose?lang=en", form)

    def _card(self, who: str, use_case: str) -> tuple[str, str, str]:
        """Status, level and verdict of one card."""
        for name, status, level, verdict in _CARD.findall(self._get(f"/demo?who={who}&lang=en")):
            if name == use_case:
                return status, level, verdict
        raise TourFailed(f"the page of {who} has no card of {use_case}")

    def _check(self, holds: bool, what: str) -> None:  # noqa: FBT001 - what is checked
        if not holds:
            raise TourFailed(what)
        self.steps += 1
        self.say(what)

    def _get(self, path: str) -> str:
        return self._send(Request(f"{self.url}{path}"))

    def _post(self, path: str, form: Mapping[str, str], *more: BaseHandler) -> str:
        headers = {"Origin": f"http://{urlsplit(self.url).netloc}"}
        return self._send(Request(f"{self.url}{path}", data=urlencode(form).encode(), headers=headers), *more)

    def _put(self, path: str, body: Mapping[str, str]) -> str:
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        request = Request(f"{self.url}{path}", data=json.dumps(body).encode(), headers=headers, method="PUT")
        return self._send(request)

    def _refuses(self, path: str, form: Mapping[str, str]) -> bool:
        try:
            self._post(path, form)
        except TourFailed:
            return True
        return False

    def _send(self, request: Request, *more: BaseHandler) -> str:
        try:
            with build_opener(HTTPRedirectHandler, *more).open(request, timeout=SECONDS) as answer:
                return str(answer.read().decode())
        except HTTPError as error:
            raise TourFailed(f"{request.get_method()} {urlsplit(request.full_url).path}: {error.code}") from error
