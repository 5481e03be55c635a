"""The tour of the demo, end to end over HTTP, on a small shop; `fiel demo --check` plays it on the whole year."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from fiel.demo.run import Filled, links
from fiel.demo.tour import Tour, TourFailed


def test_the_whole_tour_holds(shop: Filled, url: str) -> None:
    """Three shelves, levels, choices that work on the next shelf, a receipt, the centre, three cheats answered."""
    told: list[str] = []
    tour = Tour(url, shop.key, say=told.append)
    tour.walk()
    assert tour.steps == len(told) > 20


def test_a_tour_of_something_else_fails() -> None:
    """The control: a server that says nothing of the kind does not pass."""

    class Silent(BaseHTTPRequestHandler):
        """Answers every request with an empty page."""

        def do_GET(self) -> None:
            """An empty page."""
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Silent)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with pytest.raises(TourFailed):
            Tour(f"http://127.0.0.1:{server.server_port}", "key", say=lambda _step: None).walk()
    finally:
        server.shutdown()
        server.server_close()


def test_links_lead_to_what_exists(shop: Filled, url: str) -> None:
    """Each of the three has a link, the staff has one for each role that is shown, and the letters have theirs."""
    told = links(shop, url)
    ways = [str(told[each]) for each in ("console", "service")]
    assert all(way.startswith(f"{url}/console/join?t=") for way in ways)
    assert len(set(ways)) == len(ways)
    assert told["mail"] == f"{url}/dev/mail"
    assert told["preferences"] == {who: f"{url}/demo?who={who}" for who in ("alma", "bruno", "carmen")}
    assert str(told["key"]).startswith("fiel_sk_")
