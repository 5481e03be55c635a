"""Programs that share a folder: one server, and writers that take turns."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from fiel.core.errors import Unavailable
from fiel.stores.sqlite import SqliteStore
from fiel.stores.sqlite.locks import Turn
from fiel.testing.seals import MemorySeals
from fiel.testing.stores.opening import PATIENCE, done

ANOTHER = """
import sys
from pathlib import Path
from fiel.core.errors import FielError
from fiel.stores.sqlite import SqliteStore
from fiel.testing.seals import MemorySeals

try:
    store = SqliteStore.open(Path(sys.argv[1]), seals=MemorySeals(), exclusive=sys.argv[2] == "serve")
except FielError as error:
    sys.exit(f"{error.code}: {error.what}")
print("ready", flush=True)
for _ in range(int(sys.argv[3])):
    store.write(lambda tx: tx.ledger.append(b"leaf")).result()
store.close()
"""


def another(folder: Path, how: str, acts: int) -> subprocess.Popen[str]:
    """Another program at the same folder."""
    command = [sys.executable, "-c", ANOTHER, str(folder), how, str(acts)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_second_server_is_refused(tmp_path: Path) -> None:
    """While one server works in a folder no other begins to, in this program or another, and then one may."""
    server = SqliteStore.open(tmp_path, seals=MemorySeals(), exclusive=True)
    with pytest.raises(Unavailable, match="another server"):
        SqliteStore.open(tmp_path, seals=MemorySeals(), exclusive=True)
    _, told = another(tmp_path, "serve", 1).communicate(timeout=PATIENCE)
    assert told == f"unavailable: another server works in `{tmp_path}`\n"
    assert done(server, lambda tx: tx.ledger.append(b"leaf")) == 0
    server.close()
    SqliteStore.open(tmp_path, seals=MemorySeals(), exclusive=True).close()


def test_programs_take_turns(tmp_path: Path) -> None:
    """A server and two other programs write at once: every act is done once, and none fails for another's sake."""
    server = SqliteStore.open(tmp_path, seals=MemorySeals(), exclusive=True)
    others = [another(tmp_path, "write", 100) for _ in range(2)]
    for other in others:
        assert other.stdout is not None
        assert other.stdout.readline() == "ready\n"
    mine = 0
    while any(other.poll() is None for other in others):
        done(server, lambda tx: tx.ledger.append(b"mine"))
        mine += 1
    assert [other.communicate(timeout=PATIENCE)[1] for other in others] == ["", ""]
    assert [other.returncode for other in others] == [0, 0]
    with server.read() as tx:
        assert tx.ledger.size == 200 + mine
    server.close()


def test_a_busy_writer_lets_others_in(tmp_path: Path) -> None:
    """Whoever waits at the door gets the next turn, although the writer before would take it again at once."""
    busy, patient = Turn(tmp_path), Turn(tmp_path)
    turns = 0
    with ThreadPoolExecutor(1) as pool:
        busy.__enter__()
        waiting = pool.submit(patient.__enter__)
        _until_somebody_stands_at_the_door(tmp_path)
        busy.__exit__(None, None, None)
        again = ThreadPoolExecutor(1)
        coming_back = again.submit(busy.__enter__)
        waiting.result(PATIENCE)
        turns += not coming_back.done()
        patient.__exit__(None, None, None)
        coming_back.result(PATIENCE)
        busy.__exit__(None, None, None)
        again.shutdown()
    assert turns == 1
    busy.close()
    patient.close()


def _until_somebody_stands_at_the_door(folder: Path) -> None:
    probe = Turn(folder, patience=0)
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if not probe._door.take():
            break
        probe._door.release()
        time.sleep(0.001)
    probe.close()


def test_patience_ends(tmp_path: Path) -> None:
    """Whoever waits for a turn that does not come is told which folder, and what to do."""
    held, waiting = Turn(tmp_path), Turn(tmp_path, patience=0.01)
    with held, pytest.raises(Unavailable, match=str(tmp_path)) as told, waiting:
        pass
    assert told.value.hint
    with waiting:
        pass
    held.close()
    waiting.close()


def test_a_turn_that_was_not_got_blocks_nobody(tmp_path: Path) -> None:
    """Who gave up waiting no longer stands at the door."""
    held, waiting, third = Turn(tmp_path), Turn(tmp_path, patience=0.01), Turn(tmp_path, patience=1)
    with held, pytest.raises(Unavailable), waiting:
        pass
    with third:
        pass
    for turn in (held, waiting, third):
        turn.close()
