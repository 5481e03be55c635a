"""`fiel demo`: the shop on real data, on this machine alone; `--check` plays its tour and says whether it holds."""

import json
import socket
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

import click

from fiel.cli.options import as_json
from fiel.cli.rounds import rounds_of
from fiel.cli.serve import address_of, listen, run
from fiel.core.errors import SettingsInvalid
from fiel.demo.measuring import measuring
from fiel.demo.run import Filled, app_of, filled, links
from fiel.demo.tour import Tour, TourFailed

HOST: Final = "127.0.0.1"
TRIES: Final = 20
"""Ports that are tried, one after the other, when the first is taken."""


@click.command()
@click.option(
    "--port", default=8787, show_default=True, type=click.IntRange(1, 65_535), help="Taken: the next free one."
)
@click.option(
    "--data", default="./fiel-demo", show_default=True, type=click.Path(file_okay=False, path_type=Path), help="Where."
)
@click.option("--check", is_flag=True, help="Play the whole tour in a new folder, and say whether it holds.")
@as_json
def demo(*, port: int, data: Path, check: bool, as_json: bool) -> None:
    """Run a shop on a year of real purchases: offline, one port, nothing to set up.

    Remove the folder and everything is gone.
    """
    if check:
        with tempfile.TemporaryDirectory(prefix="fiel-demo-") as folder:
            sys.exit(_checked(Path(folder) / "shop"))
    with _filled(data) as opened, measuring(opened.fiel.house, data):
        listening = _listen(port)
        shop = opened.at(address_of(listening))
        run(
            app_of(shop),
            listening,
            ready=lambda url: _tell(shop, url, as_json=as_json),
            rounds=rounds_of(shop.fiel),
        )


def _checked(folder: Path) -> int:
    """Play the tour against a demo that runs in this very process."""
    verdict: list[int] = []
    with _filled(folder) as opened:
        _measured(opened.measured)
        listening = listen(HOST, 0)
        shop = opened.at(address_of(listening))

        def play(url: str) -> None:
            tour = Tour(url, shop.key, say=lambda step: click.echo(f"  ok  {step}"))
            try:
                tour.walk()
            except TourFailed as failure:
                click.echo(f"  no  {failure}")
                verdict.append(1)
            else:
                click.echo(f"the tour holds: {tour.steps} steps")
                verdict.append(0)
            finally:
                _interrupt()

        run(
            app_of(shop),
            listening,
            ready=lambda url: threading.Thread(target=play, args=(url,), daemon=True).start(),
            rounds=rounds_of(shop.fiel),
        )
    return verdict[0] if verdict else 1


def _interrupt() -> None:
    """End the server as Ctrl-C does."""
    import os
    import signal

    os.kill(os.getpid(), signal.SIGINT)


@contextmanager
def _filled(folder: Path) -> Iterator[Filled]:
    """The shop, with a bar while it is being filled; none where it was filled before."""
    with ExitStack() as shown:
        advance: Callable[[int], None] | None = None
        seen = 0

        def progress(done: int, everything: int) -> None:
            nonlocal advance, seen
            if advance is None:
                bar = click.progressbar(length=everything, label="filling the shop", file=sys.stderr)
                advance = shown.enter_context(bar).update
            advance(done - seen)
            seen = done

        with filled(folder, progress=progress) as shop:
            shown.close()
            yield shop


def _listen(port: int) -> socket.socket:
    for each in range(port, min(port + TRIES, 65_536)):
        try:
            return listen(HOST, each)
        except SettingsInvalid:
            continue
    raise SettingsInvalid(f"the ports from {port} on are taken", hint="choose another: `--port`")


def _tell(shop: Filled, url: str, *, as_json: bool) -> None:
    told = links(shop, url)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    _measured(shop.measured)
    click.echo(f"  Shop          {told['shop']}")
    preferences = told["preferences"]
    if isinstance(preferences, Mapping):
        for name, link in preferences.items():
            click.echo(f"  As {name.title():<10} {link}")
    click.echo(f"  Console       {told['console']}   once")
    click.echo(f"  Service card  {told['service']}   once; try it on `alma` and `bruno`")
    click.echo(f"  Try to cheat  {told['cheat']}")
    click.echo(f"  Balance       {told['balance']}   in a moment: it is being measured")
    click.echo(f"  Letters       {told['mail']}   what would be sent by e-mail")
    click.echo(f"  API           {url}/openapi.json   key {shop.key}")
    click.echo(f"  Ctrl-C stops it; what was chosen is kept. To begin anew, remove {shop.fiel.settings.data.parent}")


def _measured(measured: Mapping[str, object] | None) -> None:
    """What this run measured, and nothing else."""
    if measured is None:
        click.echo("the shop as it was left")
        return
    share = float(str(measured["fields_kept_share"]))
    click.echo(
        f"filled in {measured['seconds']} s: {measured['choices']:,} choices, {measured['lines']:,} invoice lines "
        f"at {measured['lines_a_second']:,} a second"
    )
    click.echo(f"  gate      {share:.1%} of the fields offered were kept for some use; the rest was never written")
    click.echo(f"  kept      {_counted(measured['kept'])}")
    click.echo(f"  dropped   {_counted(measured['dropped'])}")
    click.echo(f"  people    {_counted(measured['people'])}   (as to suggestions)")
    click.echo(f"  teachers  {_counted(measured['teachers'])}")


def _counted(counts: object) -> str:
    """Counts by name in one line, the largest first."""
    if not isinstance(counts, Mapping):
        raise TypeError("what was measured is no table")
    ranked = sorted(counts.items(), key=lambda pair: -int(pair[1]))
    return " · ".join(f"{name} {count:,}" for name, count in ranked)
