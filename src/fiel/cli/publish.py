"""`fiel publish DIR`: put the promise of a folder in force, with the names of who approved it."""

from pathlib import Path

import click

from fiel.bootstrap import open_fiel
from fiel.cli.diff import plain, told
from fiel.cli.opening import sound_promise
from fiel.cli.options import as_json, counted, data_folder, promise_folder, tell
from fiel.core.promise.revision import revise
from fiel.operations.publish import adopt
from fiel.operations.publish import publish as put_in_force
from fiel.settings import Settings


@click.command()
@promise_folder
@data_folder
@click.option("--approved-by", "approved_by", multiple=True, metavar="NAME", help="Who approves; may be repeated.")
@click.option("--yes", is_flag=True, help="Do not ask whether to go on.")
@as_json
def publish(*, folder: Path, data: Path | None, approved_by: tuple[str, ...], yes: bool, as_json: bool) -> None:
    """Show what the promise in DIR changes, and put it in force.

    What rests on legitimate interest, or asks for a special category, needs two different people. The first promise
    needs nobody, as nobody agreed to another one; whoever is named is recorded.
    """
    promise = sound_promise(folder)
    with open_fiel(Settings.of(folder, data=data)) as fiel:
        with fiel.house.store.read() as tx:
            in_force = tx.promises.current()
        changes = revise(in_force, promise)
        if not as_json:
            click.echo("\n".join(line for each in changes for line in told(each)) or "nothing changes")
        if changes and not yes and not as_json:
            click.confirm("put it in force?", abort=True)
        if in_force is None and not approved_by:
            done = adopt(fiel.house, promise).result()
        else:
            done = put_in_force(fiel.house, promise, approved_by=approved_by).result()
    if as_json:
        tell({"published": [plain(each) for each in done]})
    elif done:
        click.echo(f"in force: {counted(sum(each.is_material for each in done), 'use case')} changed")
