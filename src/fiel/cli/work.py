"""`fiel work DIR`: send what waits to be told, beside a server or without one."""

from dataclasses import asdict
from pathlib import Path

import click

from fiel.cli.interruption import interruptible
from fiel.cli.opening import opened
from fiel.cli.options import as_json, data_folder, promise_folder, tell
from fiel.cli.rounds import BEAT
from fiel.operations.notices.deliver import Delivered, deliver


@click.command()
@promise_folder
@data_folder
@click.option("--once", is_flag=True, help="One round, and end.")
@as_json
def work(*, folder: Path, data: Path | None, once: bool, as_json: bool) -> None:
    """Send the letters and webhooks of DIR until SIGTERM. `fiel serve` does so by itself.

    Two may work at once: nothing is sent twice at a time.
    """
    done = Delivered()
    with opened(folder, data) as fiel, interruptible() as wished:
        while True:
            more = deliver(fiel.house, fiel.carriers)
            done.sent, done.put_off = done.sent + more.sent, done.put_off + more.put_off
            done.given_up += more.given_up
            if once or wished.wait(BEAT):
                break
    counts = {name: count for name, count in asdict(done).items() if name != "failed"}
    if as_json:
        tell(counts)
    else:
        click.echo(", ".join(f"{count} {what.replace('_', ' ')}" for what, count in counts.items()))
