"""A site in front of Fiel that deceives: its pages are changed on the way, by the deceptions that are switched on."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qsl, urlencode

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tests.browser.hostile.deceptions import ALL, Deception

SHEET: Final = "/hostile.css"
AGAIN: Final = "again"


class HostileSite:
    """The application behind, with `on` naming the deceptions; `insists`: a no is asked again before it is taken.

    `forges`: a no is sent on as the first yes.
    """

    def __init__(self, app: ASGIApp, *, on: frozenset[str] = frozenset()) -> None:
        """Nothing is changed until something is switched on."""
        self._app = app
        self.on = on
        self.insists = self.forges = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application behind would, but for the deceptions."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif scope["path"] == SHEET:
            await _answer(send, "\n".join(each.css for each in self._deceptions()), kind="text/css")
        elif scope["method"] == "POST" and scope["path"] == "/preferences/choose" and (self.insists or self.forges):
            await self._chosen(scope, receive, send)
        else:
            await self._app(unpacked(scope), receive, self._changed(scope, send))

    def _deceptions(self) -> list[Deception]:
        return [ALL[name] for name in ALL if name in self.on]

    async def _chosen(self, scope: Scope, receive: Receive, send: Send) -> None:
        form = dict(parse_qsl((await receive()).get("body", b"").decode(), keep_blank_values=True))
        if self.insists and form.get("choice") == "none" and AGAIN not in form:
            await _answer(send, _insisting(form), kind="text/html")
            return
        if self.forges and form.get("choice") == "none":
            form["choice"] = "declared"
        form.pop(AGAIN, None)
        body = urlencode(form).encode()
        headers = [(name, value) for name, value in scope["headers"] if name != b"content-length"]
        scope = {**scope, "headers": [*headers, (b"content-length", str(len(body)).encode())]}

        async def once() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        await self._app(scope, once, send)

    def _changed(self, scope: Scope, send: Send) -> Send:
        """Collect an answer, and send it on changed if it is a page."""
        start: dict[str, object] = {}
        parts: list[bytes] = []

        async def collected(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
                return
            parts.append(message.get("body", b""))
            if not message.get("more_body"):
                await self._sent(scope, send, start=start, body=b"".join(parts))

        return collected

    async def _sent(self, scope: Scope, send: Send, *, start: Mapping[str, object], body: bytes) -> None:
        headers = start["headers"]
        assert isinstance(headers, list)
        if self.on and any(name == b"content-type" and value.startswith(b"text/html") for name, value in headers):
            sheet = f'<link rel="stylesheet" href="{SHEET}?{hash(self.on)}"></head>'
            text = body.decode().replace("</head>", sheet)
            for deception in self._deceptions():
                text = deception.page(text, scope["path"])
            body = text.encode()
            dropped = {b"content-length", b"content-security-policy"}
            headers = [(name, value) for name, value in headers if name not in dropped]
            headers.append((b"content-length", str(len(body)).encode()))
        await send({**start, "headers": headers})
        await send({"type": "http.response.body", "body": body})


def unpacked(scope: Scope) -> Scope:
    """The request as from a browser that unpacks nothing: what is packed cannot be changed on the way."""
    return {**scope, "headers": [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]}


def _insisting(form: Mapping[str, str]) -> str:
    """Are you sure? The card again, with its no one press further."""
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{value}">' for name, value in form.items() if name != "choice"
    )
    return (
        '<!doctype html><html lang="es"><title>?</title><main><h1>¿Seguro?</h1>'
        f'<article class="card" data-use-case="{form["use_case"]}" data-mark="open" data-status="unknown">'
        f'<form method="post" action="/preferences/choose">{hidden}<input type="hidden" name="{AGAIN}" value="1">'
        '<button name="choice" value="none">No usar nada</button></form></article></main></html>'
    )


async def _answer(send: Send, text: str, *, kind: str) -> None:
    body = text.encode()
    headers = [(b"content-type", f"{kind}; charset=utf-8".encode()), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
