"""A small shop for the tests: the page's three, and a few hundred customers whose choices make all kinds of shelves."""

import threading
import time
from collections.abc import Iterator
from datetime import date

import pytest
import uvicorn

from fiel.cli.serve import address_of, listen
from fiel.core.consent.choice import Status
from fiel.demo.invoices import Customer, customers
from fiel.demo.people import CHARACTERS, SUGGESTIONS, answers_of, was_asked
from fiel.demo.run import Filled, app_of, filled
from fiel.demo.shelves import LOOKED_AT
from fiel.operations.notices.deliver import deliver

TEACHERS, OTHERS = 120, 40


def some_customers() -> list[int]:
    """The three, some who teach, and a few who said no or were never asked.

    Those teach who bought the product that all three have open: what goes with it is told only if enough share it.
    """
    everybody = sorted(customers(last_day=date(2026, 11, 23)), key=lambda each: (len(each.lines), each.number))
    lately = [each for each in everybody if len(each.lines) >= 15]
    teachers = [each.number for each in lately if _teaches(each) and _bought(each, LOOKED_AT)][:TEACHERS]
    refusing = [each.number for each in lately if _refuses(each)][:OTHERS]
    unasked = [each.number for each in lately if not was_asked(each.number)][:OTHERS]
    return [*(character.customer for character in CHARACTERS), *teachers, *refusing, *unasked]


def _teaches(customer: Customer) -> bool:
    answer = answers_of(customer.number).get(SUGGESTIONS)
    return answer is not None and answer.teaches


def _bought(customer: Customer, item: str) -> bool:
    return any(line.item == item for line in customer.lines)


def _refuses(customer: Customer) -> bool:
    answer = answers_of(customer.number).get(SUGGESTIONS)
    return answer is not None and answer.status is Status.REFUSED


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    """The small shop, filled once."""
    with filled(tmp_path_factory.mktemp("demo") / "shop", only=some_customers()) as filled_shop:
        yield filled_shop


@pytest.fixture(scope="session")
def url(shop: Filled) -> Iterator[str]:
    """Where the small shop answers, over real HTTP."""
    listening, ending = listen("127.0.0.1", 0), threading.Event()
    there = shop.at(address_of(listening))
    server = uvicorn.Server(uvicorn.Config(app_of(there), log_config=None, access_log=False))

    def tell() -> None:
        while not ending.wait(0.1):
            deliver(there.fiel.house, there.fiel.carriers)

    threads = [threading.Thread(target=server.run, args=([listening],), daemon=True), threading.Thread(target=tell)]
    for thread in threads:
        thread.start()
    while not server.started:
        time.sleep(0.01)
    yield address_of(listening)
    server.should_exit = True
    ending.set()
    for thread in threads:
        thread.join()
