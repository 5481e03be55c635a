"""The demo's pages over HTTP: the shop, one person's page, why, the receipt, and the page of attempts to cheat.

The demo plays every person on one machine, so there is no entry to it: it is bound to this machine alone, and a form
counts only if it comes from one of the demo's own pages.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Final
from urllib.parse import quote, urlencode, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from fiel.core.errors import Conflict, FielError, Malformed, NotAllowed, Unknown
from fiel.core.ids import UseCaseId
from fiel.demo.acts import press, switch_topic
from fiel.demo.attempts import attempts
from fiel.demo.cards import Recent, cards_of
from fiel.demo.measuring import report
from fiel.demo.people import CHARACTERS, Character
from fiel.demo.rendering import HEADERS, PAGES, Renderer, Shop
from fiel.demo.shelves import LOOKED_AT
from fiel.demo.telling import account_of, beside, character_of, figures_of
from fiel.operations.prove import receipts
from fiel.web.balance.page import style_source

LARGEST_FORM: Final = 16 * 1024
"""Bytes of a form; no page of the demo makes a larger one."""

STATUSES: Final[Mapping[type[FielError], int]] = {Malformed: 422, Unknown: 404, Conflict: 409, NotAllowed: 403}

Page = Callable[[Request], Awaitable[Response]]


def demo_routes(shop: Shop) -> list[BaseRoute]:
    """Every page of the demo."""
    pages = _Pages(Renderer(shop))
    return [
        Route("/demo", pages.told(pages.shop), methods=["GET"]),
        Route("/demo/choose", pages.told(pages.choose), methods=["POST"]),
        Route("/demo/topic", pages.told(pages.topic), methods=["POST"]),
        Route("/demo/why/{decision}", pages.told(pages.why), methods=["GET"]),
        Route("/demo/receipt/{use_case}/{position:int}", pages.told(pages.receipt), methods=["GET"]),
        Route("/demo/key.pem", pages.told(pages.key), methods=["GET"]),
        Route("/demo/balance/{use_case}", pages.told(pages.balance), methods=["GET"]),
        Route("/demo/cheat", pages.told(pages.cheat), methods=["GET", "POST"]),
        Mount("/demo/static", StaticFiles(directory=PAGES / "static")),
    ]


class _Pages:
    """The pages, each a function of a request."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer

    def told(self, page: Page) -> Page:
        """The page, or in its place what went wrong."""

        async def answer(request: Request) -> Response:
            try:
                return await page(request)
            except FielError as error:
                return self._problem(request, error)

        return answer

    async def shop(self, request: Request) -> Response:
        """The same shelf for the three, or with `?who=` the page of one of them."""
        if "who" in request.query_params:
            return await run_in_threadpool(self._person, request, character_of(request.query_params["who"]))
        return await run_in_threadpool(self._three, request)

    async def choose(self, request: Request) -> Response:
        """Do what a button says, and go back to the page it stands on."""
        form = await _form(request)
        character = character_of(form.get("who", ""))
        telling = self._renderer.telling(request)
        house = self._renderer.shop.house
        chosen = await run_in_threadpool(press, house, character, form, language=telling.language)
        done = {
            "who": character.key,
            "done": form.get("use_case", ""),
            "position": chosen.recorded.position,
            "effects": ",".join(chosen.effects),
            "lang": telling.language,
        }
        return RedirectResponse(f"/demo?{urlencode(done)}#{form.get('use_case', '')}", status_code=303)

    async def topic(self, request: Request) -> Response:
        """Switch a topic off or on, and go back to the use case where it was done."""
        form = await _form(request)
        character = character_of(form.get("who", ""))
        await run_in_threadpool(switch_topic, self._renderer.shop.house, character, form)
        there = {"who": character.key, "lang": self._renderer.telling(request).language}
        return RedirectResponse(f"/demo?{urlencode(there)}#{quote(form['use_case'])}", status_code=303)

    async def why(self, request: Request) -> Response:
        """One decision accounted for."""
        telling = self._renderer.telling(request)
        item = request.query_params.get("item")
        told = await run_in_threadpool(account_of, telling, request.path_params["decision"], item=item)
        who = character_of(request.query_params["who"]).key if "who" in request.query_params else ""
        return self._renderer.page(request, telling, "why.html", here=who, who=who, **told)

    async def receipt(self, request: Request) -> Response:
        """A receipt, to read or to take along."""
        telling = self._renderer.telling(request)
        character = character_of(request.query_params.get("who", ""))
        position = request.path_params["position"]
        all_of_them = await run_in_threadpool(receipts, self._renderer.shop.house, character.identifier)
        found = next((each for each in all_of_them if _index(each) == position), None)
        if found is None:
            raise Unknown("there is no receipt of that entry")
        if "download" in request.query_params:
            headers = {"Content-Disposition": "attachment; filename=receipt.json", "Cache-Control": "no-store"}
            content = json.dumps(found, ensure_ascii=False, indent=2)
            return Response(content, media_type="application/json", headers=headers)
        return self._renderer.page(
            request,
            telling,
            "receipt.html",
            here=character.key,
            character=character,
            text=found["text"],
            spoken=_language(found),
            use_case=request.path_params["use_case"],
            position=position,
        )

    async def key(self, _request: Request) -> Response:
        """The ledger's public key."""
        headers = {"Content-Disposition": "attachment; filename=public.pem"}
        return Response(self._renderer.shop.public_pem, media_type="application/x-pem-file", headers=headers)

    async def balance(self, request: Request) -> Response:
        """The page of a balance, as it was written when the shop was measured."""
        telling = self._renderer.telling(request)
        case = telling.published.use_case(UseCaseId(request.path_params["use_case"]))
        if case.measure is None:
            raise Unknown("this use case is not measured")
        page = report(self._renderer.shop.settings.data.parent, case.id, telling.language)
        try:
            text = await run_in_threadpool(page.read_text, encoding="utf-8")
        except FileNotFoundError:
            return self._renderer.page(request, telling, "balance.html", here="")
        policy = HEADERS["Content-Security-Policy"].replace("style-src 'self'", f"style-src {style_source()}")
        return HTMLResponse(text, headers={**HEADERS, "Content-Security-Policy": policy})

    async def cheat(self, request: Request) -> Response:
        """The attempts, and what became of the one that was made."""
        telling = self._renderer.telling(request)
        form = await _form(request) if request.method == "POST" else {}
        answers = await run_in_threadpool(attempts, telling, self._renderer.shop, form)
        return self._renderer.page(request, telling, "cheat.html", here="cheat", **answers)

    def _three(self, request: Request) -> Response:
        telling = self._renderer.telling(request)
        people = [beside(telling, character) for character in CHARACTERS]
        _, refused, undecided = ([tile.item for tile in each.shelf.tiles] for each in people)
        return self._renderer.page(
            request,
            telling,
            "shop.html",
            here="shop",
            people=people,
            looked_at=telling.title(LOOKED_AT),
            same=refused == undecided,
            figures=figures_of(telling, self._renderer.shop.figures),
        )

    def _person(self, request: Request, character: Character) -> Response:
        telling = self._renderer.telling(request)
        return self._renderer.page(
            request,
            telling,
            "person.html",
            here=character.key,
            character=character,
            token=self._renderer.shop.token(character.identifier),
            areas=cards_of(telling, character, recent=_recent(request)),
        )

    def _problem(self, request: Request, error: FielError) -> Response:
        telling = self._renderer.telling(request)
        keys = {NotAllowed: "problem.origin", Unknown: "problem.unknown"}
        key = keys.get(type(error), "problem.form")
        status = STATUSES.get(type(error), 503)
        return self._renderer.page(request, telling, "problem.html", here="", says=telling.words[key], status=status)


async def _form(request: Request) -> Mapping[str, str]:
    """The fields of a form of one of the demo's own pages; raises `NotAllowed` for any other's."""
    origin = request.headers.get("origin")
    if origin is None or urlsplit(origin).netloc != request.headers.get("host"):
        raise NotAllowed("the form does not come from a page of the demo")
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > LARGEST_FORM:
        raise Malformed("the form is too large")
    async with request.form() as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


def _recent(request: Request) -> Recent | None:
    query = request.query_params
    if "done" not in query or not query.get("position", "").isdecimal():
        return None
    effects = tuple(filter(None, query.get("effects", "").split(",")))
    return Recent(use_case=UseCaseId(query["done"]), position=int(query["position"]), effects=effects)


def _language(receipt: Mapping[str, object]) -> object:
    entry = receipt["entry"]
    return entry["language"] if isinstance(entry, dict) else None


def _index(receipt: Mapping[str, object]) -> object:
    proof = receipt["proof"]
    return proof["index"] if isinstance(proof, dict) else None
