"""`fiel serve DIR`: the doors over HTTP, and the upkeep that time asks for."""

import asyncio
import contextlib
import json
import logging
import os
import signal
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Final

import click
import uvicorn
import uvloop
from starlette.applications import Starlette

from fiel.bootstrap import Opened
from fiel.cli.opening import sound_promise, started
from fiel.cli.options import as_json, data_folder, promise_folder
from fiel.core.errors import Conflict, SettingsInvalid
from fiel.core.promise.revision import revise
from fiel.operations.attend import let_lapse
from fiel.operations.expire import expire
from fiel.operations.learn import learn
from fiel.operations.publish import publish
from fiel.web.app import make_app

_log = logging.getLogger(__name__)

UPKEEP: Final = 3_600.0
"""Seconds between two rounds of upkeep: what was evicted leaves the totals well within the day that the card says."""

Ready = Callable[[str], None]
"""Told the address once requests are answered."""


@click.command()
@promise_folder
@data_folder
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8787, show_default=True, type=click.IntRange(0, 65_535), help="0 for any free one.")
@as_json
def serve(*, folder: Path, data: Path | None, host: str, port: int, as_json: bool) -> None:
    """Serve the promise in DIR over HTTP until SIGTERM, which ends it after what was acknowledged is done.

    Refuses a promise whose material changes were not published.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    with started(folder, data, serving=True) as fiel:
        _take_up_wording(fiel, folder)
        listening = listen(host, port)

        def ready(url: str) -> None:
            if as_json:
                click.echo(json.dumps({"url": url, "pid": os.getpid()}))
            else:
                click.echo(f"Fiel answers at {url}   (Ctrl-C ends it)", err=True)

        run(app_of(fiel), listening, ready=ready, keep_up=lambda: keep_up(fiel))


def app_of(fiel: Opened) -> Starlette:
    """The application over an open Fiel."""
    house = fiel.house
    return make_app(house, verify_subject=lambda token: fiel.vault.subjects.verify(token, now=house.clock.now()))


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there; raises `SettingsInvalid` if that cannot be."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise SettingsInvalid(
            f"port {port} of {host} cannot be had: {error.strerror}", hint="choose another: `--port 0` takes any"
        ) from error
    return listening


def run(app: Starlette, listening: socket.socket, *, ready: Ready, keep_up: Callable[[], None]) -> None:
    """Serve until told to end, with upkeep in the pauses."""
    config = uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=20, server_header=False)
    uvloop.run(_serve(_Server(config, ready=ready), listening, keep_up=keep_up))


def keep_up(fiel: Opened) -> None:
    """One round of upkeep: what time has made due, and what may be learnt."""
    expire(fiel.house)
    let_lapse(fiel.house)
    learn(fiel.house)


class _Server(uvicorn.Server):
    """A server that says when it answers, and ends as asked: being told to end is no failure."""

    def __init__(self, config: uvicorn.Config, *, ready: Ready) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer, and say so."""
        await super().startup(sockets)
        if self.started and sockets:
            host, port = sockets[0].getsockname()[:2]
            self._ready(f"http://{f'[{host}]' if ':' in host else host}:{port}")

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take SIGTERM and SIGINT as a wish to end; they are not raised again afterwards, so the exit code is 0."""
        wishes = (signal.SIGTERM, signal.SIGINT) if threading.current_thread() is threading.main_thread() else ()
        loop = asyncio.get_running_loop()
        for wish in wishes:
            loop.add_signal_handler(wish, self.handle_exit, wish, None)
        try:
            yield
        finally:
            for wish in wishes:
                loop.remove_signal_handler(wish)


async def _serve(server: uvicorn.Server, listening: socket.socket, *, keep_up: Callable[[], None]) -> None:
    async with _upkeep(keep_up):
        await server.serve(sockets=[listening])


@contextlib.asynccontextmanager
async def _upkeep(keep_up: Callable[[], None]) -> AsyncIterator[None]:
    """Rounds of upkeep beside the server; the one under way is finished at the end."""
    ending = asyncio.Event()

    async def rounds() -> None:
        while not ending.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(ending.wait(), UPKEEP)
                return
            try:
                await asyncio.to_thread(keep_up)
            except Exception:  # noqa: BLE001 - the server goes on, and the log has it
                _log.exception("a round of upkeep failed; the next one comes in an hour")

    task = asyncio.create_task(rounds())
    try:
        yield
    finally:
        ending.set()
        await task


def _take_up_wording(fiel: Opened, folder: Path) -> None:
    """Publish what is only said in other words; refuse what changes what may be done."""
    promise, house = sound_promise(folder), fiel.house
    with house.store.read() as tx:
        in_force = tx.promises.current()
    material = [revision.use_case for revision in revise(in_force, promise) if revision.is_material]
    if material:
        raise Conflict(
            f"the promise in `{folder.as_posix()}` changes what may be done in {', '.join(material)}",
            hint=f"`fiel diff {folder.as_posix()}` shows it, `fiel publish {folder.as_posix()}` puts it in force",
        )
    if in_force != promise:
        publish(house, promise, approved_by=("wording",)).result()
        with house.store.read() as tx:
            house.shelf.now(tx)
