"""Several workers, and one that dies: nothing is sent twice at a time, and what is sent again keeps its name."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock

import pytest

from fiel.core.consent.choice import Status
from fiel.core.ids import Identifier, IdentifierKind
from fiel.operations.notices.deliver import LEASE, Carriers, deliver
from fiel.ports import Event, Outcome, Store
from fiel.stores.memory import MemoryStore
from fiel.stores.sqlite import SqliteStore
from fiel.testing import MemorySeals
from tests.operations.notices.posting import MINUTE, Ears, an_office

MANY = 40


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Each kind of store, empty."""
    opened: dict[str, Callable[[], Store]] = {
        "memory": lambda: MemoryStore(seals=MemorySeals()),
        "sqlite": lambda: SqliteStore.open(tmp_path, seals=MemorySeals()),
    }
    kept = opened[request.param]()
    yield kept
    kept.close()


class Crowded(Ears):
    """An endpoint that notices when it is told one thing twice."""

    def __init__(self) -> None:
        """Nothing was told yet."""
        super().__init__()
        self.lock = Lock()

    def tell(self, endpoint: str, event: Event) -> Outcome:
        """Hear an event, from whichever thread."""
        with self.lock:
            return super().tell(endpoint, event)


class Dying(Ears):
    """An endpoint that hears, and whose worker is killed before it can write that down."""

    def tell(self, endpoint: str, event: Event) -> Outcome:
        """Hear, and die."""
        super().tell(endpoint, event)
        raise KeyboardInterrupt


def test_workers_at_once_share_the_work(store: Store) -> None:
    """Four workers send everything between them, and nothing twice."""
    office, ears = an_office("crm", store=store), Crowded()
    for number in range(MANY):
        office.choose(Status.WITHDRAWN, Identifier(IdentifierKind.USER, f"person-{number}"))
    office.clock.turn(MINUTE)
    with ThreadPoolExecutor(4) as pool:
        rounds = [pool.submit(deliver, office.house, Carriers(hooks=ears)) for _ in range(4)]
        sent = sum(each.result().sent for each in rounds)
    assert sent == len(ears.heard) == len({event.id for _, event in ears.heard}) == MANY


def test_a_worker_that_dies_leaves_its_work_to_the_next(store: Store) -> None:
    """After its lease another one tells it again under the same name, so that the receiver can tell."""
    office, dying = an_office("crm", store=store), Dying()
    office.choose(Status.GIVEN)
    office.choose(Status.WITHDRAWN)
    office.clock.turn(MINUTE)
    with pytest.raises(KeyboardInterrupt):
        deliver(office.house, Carriers(hooks=dying))
    assert office.go(MINUTE).sent == 0
    office.go(LEASE)
    assert office.ears.types == ["choice.given", "choice.withdrawn"]
    assert office.ears.heard[0][1] == dying.heard[0][1]


def test_the_control_a_worker_without_a_lease_would_send_twice(store: Store) -> None:
    """The control: a lease that is over at once hands the same to the next one, and this would be seen."""
    office = an_office("crm", store=store)
    office.choose(Status.WITHDRAWN)
    now = office.clock.turn(MINUTE)
    claims = [store.write(lambda tx: tx.outbox.claim(now=now, until=now, limit=9)).result() for _ in range(2)]
    assert [len(each) for each in claims] == [1, 1]
    assert claims[0][0][0].parcel == claims[1][0][0].parcel
