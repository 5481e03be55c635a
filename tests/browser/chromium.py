"""A real Chromium, driven over a pipe by its own protocol: nothing is installed for it, no port is opened."""

import json
import os
import shutil
import subprocess
import tempfile
from base64 import b64decode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
FLAGS: Final = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars",
    "--remote-debugging-pipe",
)  # fmt: skip
SECONDS: Final = 60


def found() -> str | None:
    """Where the browser is, None if there is none on this machine."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


class Tab:
    """One tab: pages are opened in it, looked at, measured and pressed."""

    def __init__(self, wire: "_Wire", session: str) -> None:
        """Attach to it."""
        self._wire, self._session = wire, session
        self._ask("Page.enable")
        self._ask("Runtime.enable")

    def size(self, width: int, height: int = 900, *, dark: bool = False) -> None:
        """As wide as a phone or a desk, light or dark."""
        self._ask(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._ask("Emulation.setEmulatedMedia", features=[scheme])

    def script(self, *, on: bool) -> None:
        """Let pages run scripts, or none."""
        self._ask("Emulation.setScriptExecutionDisabled", value=not on)

    def open(self, url: str) -> None:
        """Go there, and wait until all of it is there."""
        self._wire.forget()
        self._ask("Page.navigate", url=url)
        self._wire.event("Page.loadEventFired")

    def press(self, expression: str) -> None:
        """Press the element that an expression finds as a finger would, and wait for the page that comes of it."""
        self.run(f"({expression}).scrollIntoView({{block: 'center'}})")
        box = self.run(f"(r => [r.x + r.width / 2, r.y + r.height / 2])(({expression}).getBoundingClientRect())")
        self._wire.forget()
        for kind in ("mousePressed", "mouseReleased"):
            self._ask("Input.dispatchMouseEvent", type=kind, x=box[0], y=box[1], button="left", clickCount=1)
        self._wire.event("Page.loadEventFired")

    def key(self, name: str, *, back: bool = False, leads_away: bool = False) -> None:
        """Press a key, with the shift key for `back`; and wait for the page that it leads to."""
        code = {"Tab": 9, "Enter": 13}[name]
        text = {"text": "\r"} if name == "Enter" else {}
        self._wire.forget()
        for kind in ("keyDown", "keyUp"):
            self._ask(
                "Input.dispatchKeyEvent", type=kind, key=name, code=name, windowsVirtualKeyCode=code,
                modifiers=8 if back else 0, **text,
            )  # fmt: skip
        if leads_away:
            self._wire.event("Page.loadEventFired")

    def go(self, expression: str) -> None:
        """Run an expression that leads to another page, and wait for that."""
        self._wire.forget()
        self.run(expression)
        self._wire.event("Page.loadEventFired")

    def run(self, expression: str) -> Any:  # noqa: ANN401 - whatever the page answers
        """What an expression comes to in the page."""
        answer = self._ask("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in answer:
            raise AssertionError(answer["exceptionDetails"])
        return answer["result"].get("value")

    def picture(self, path: Path) -> None:
        """The whole page as a picture."""
        size = self._ask("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
        shot = self._ask("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)
        path.write_bytes(b64decode(shot["data"]))

    def _ask(self, method: str, **parameters: object) -> Any:  # noqa: ANN401 - whatever the browser answers
        return self._wire.ask(method, parameters, session=self._session)


class _Wire:
    """The pipe: JSON, each message ended by a zero byte."""

    def __init__(self, to: int, back: int) -> None:
        self._to, self._back = to, back
        self._rest, self._next = b"", 0
        self._events: list[str] = []

    def ask(self, method: str, parameters: Mapping[str, object], *, session: str | None = None) -> Any:  # noqa: ANN401
        """The answer to one question; events that come in between are kept."""
        self._next += 1
        message = {"id": self._next, "method": method, "params": parameters}
        if session is not None:
            message["sessionId"] = session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            came = self._read()
            if came.get("id") == self._next:
                if "error" in came:
                    raise AssertionError(f"{method}: {came['error']}")
                return came["result"]
            self._events.append(came.get("method", ""))

    def forget(self) -> None:
        """Forget the events that came before."""
        self._events.clear()

    def event(self, name: str) -> None:
        """Wait for an event."""
        while name not in self._events:
            self._events.append(self._read().get("method", ""))

    def _read(self) -> Any:  # noqa: ANN401 - JSON
        while b"\0" not in self._rest:
            got = os.read(self._back, 1 << 20)
            if not got:
                raise AssertionError("the browser has gone")
            self._rest += got
        message, _, self._rest = self._rest.partition(b"\0")
        return json.loads(message)


@contextmanager
def chromium() -> Iterator[Tab]:
    """A browser with one empty tab, and no trace of it afterwards."""
    path = found()
    if path is None:
        raise FileNotFoundError("no Chromium on this machine")
    to_read, to_write = os.pipe()
    back_read, back_write = os.pipe()
    with tempfile.TemporaryDirectory(prefix="fiel-browser-", ignore_cleanup_errors=True) as folder:
        # The browser reads from descriptor 3 and writes to 4.
        script = f'exec 3<&{to_read} 4>&{back_write}; exec "$0" "$@"'
        command = ["/bin/bash", "-c", script, path, *FLAGS, f"--user-data-dir={folder}", "about:blank"]
        with subprocess.Popen(
            command, pass_fds=(to_read, back_write), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as browser:
            os.close(to_read)
            os.close(back_write)
            try:
                wire = _Wire(to_write, back_read)
                target = wire.ask("Target.createTarget", {"url": "about:blank"})["targetId"]
                session = wire.ask("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
                yield Tab(wire, session)
            finally:
                browser.kill()
                browser.wait()
                os.close(to_write)
                os.close(back_read)
