"""`fiel serve DIR`: the doors over HTTP, and the upkeep that time asks for."""

import asyncio
import contextlib
import json
import logging
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from ipaddress import ip_address
from pathlib import Path

import click
import uvicorn
import uvloop
from starlette.applications import Starlette

from fiel.bootstrap import Opened
from fiel.cli.opening import sound_promise, started
from fiel.cli.options import as_json, data_folder, promise_folder
from fiel.cli.rounds import Round, beside, rounds_of
from fiel.cli.staff import joining
from fiel.core.errors import Conflict, SettingsInvalid
from fiel.core.promise.revision import revise
from fiel.operations.publish import publish
from fiel.operations.staff.invite import invite_first
from fiel.web.app import make_app
from fiel.web.letterbox import letterbox_routes

Ready = Callable[[str], None]
"""Told the address once requests are answered."""


@click.command()
@promise_folder
@data_folder
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8787, show_default=True, type=click.IntRange(0, 65_535), help="0 for any free one.")
@click.option("--letterbox", is_flag=True, help="To develop: letters go into a folder and are shown at /dev/mail.")
@as_json
def serve(  # noqa: PLR0913 - an argument for each option
    *, folder: Path, data: Path | None, host: str, port: int, letterbox: bool, as_json: bool
) -> None:
    """Serve the promise in DIR over HTTP until SIGTERM, which ends it after what was acknowledged is done.

    Refuses a promise whose material changes were not published.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    if letterbox:
        _refuse_neighbours(host)
    with started(folder, data, serving=True, letterbox=letterbox) as opened:
        _take_up_wording(opened, folder)
        listening = listen(host, port)
        fiel = opened.at(address_of(listening))

        def ready(url: str) -> None:
            first = first_link(fiel, url)
            if as_json:
                click.echo(json.dumps({"url": url, "pid": os.getpid()}))
            else:
                click.echo(f"Fiel answers at {url}   (Ctrl-C ends it)", err=True)
            if first:
                click.echo(f"First way into the console, once and within three days: {first}", err=True)

        run(app_of(fiel), listening, ready=ready, rounds=rounds_of(fiel))


def app_of(fiel: Opened) -> Starlette:
    """The application over an open Fiel."""
    house = fiel.house
    return make_app(
        house,
        verify_subject=lambda token: fiel.vault.subjects.verify(token, now=house.clock.now()),
        frames=fiel.settings.frames,
        more=letterbox_routes(fiel.letterbox) if fiel.letterbox is not None else (),
        sign_on=fiel.sign_on,
    )


def first_link(fiel: Opened, url: str) -> str | None:
    """A link for the first data protection officer, while there is no account at all: it is shown once, here."""
    secret = invite_first(fiel.house).result()
    return None if secret is None else joining(secret, url=url)


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


def address_of(listening: socket.socket) -> str:
    """Where a listening socket is found."""
    host, port = listening.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def run(app: Starlette, listening: socket.socket, *, ready: Ready, rounds: Sequence[Round]) -> None:
    """Serve until told to end, with rounds of other work beside it."""
    config = uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=20, server_header=False)
    uvloop.run(_serve(_Server(config, ready=ready), listening, rounds=rounds))


class _Server(uvicorn.Server):
    """A server that says when it answers, and ends as asked: being told to end is no failure."""

    def __init__(self, config: uvicorn.Config, *, ready: Ready) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer, and say so."""
        await super().startup(sockets)
        if self.started and sockets:
            self._ready(address_of(sockets[0]))

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


async def _serve(server: uvicorn.Server, listening: socket.socket, *, rounds: Sequence[Round]) -> None:
    async with beside(rounds):
        await server.serve(sockets=[listening])


def _refuse_neighbours(host: str) -> None:
    """Raise unless only this machine can come in: whoever reads the letters is let in as their readers."""
    try:
        here = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        here = False
    if not here:
        raise SettingsInvalid("`--letterbox` is for this machine alone", hint="leave out `--host`")


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
