"""`fiel publish DIR`: put the promise of a folder in force, with the names of who approved it."""

from pathlib import Path

import click

from fiel.cli.opening import data_folder, sound_promise, started
from fiel.cli.options import as_json, promise_folder, tell
from fiel.operations.publish import Edit, edits
from fiel.operations.publish import publish as put_in_force


@click.command()
@promise_folder
@data_folder
@click.option("--approved-by", "approved_by", multiple=True, metavar="NAME", help="Who approves; may be repeated.")
@click.option("--yes", is_flag=True, help="Do not ask whether to go on.")
@as_json
def publish(*, folder: Path, data: Path | None, approved_by: tuple[str, ...], yes: bool, as_json: bool) -> None:
    """Show what the promise in DIR changes, and put it in force.

    What rests on legitimate interest, or asks for a special category, needs two different people.
    """
    promise = sound_promise(folder)
    with started(folder, data) as fiel:
        with fiel.house.store.read() as tx:
            changes = edits(tx.promises.current(), promise)
        if not as_json:
            click.echo("\n".join(map(_line, changes)) or "nothing changes")
        if changes and not yes and not as_json:
            click.confirm("put it in force?", abort=True)
        done = put_in_force(fiel.house, promise, approved_by=approved_by).result() if changes else ()
    if as_json:
        tell({"published": [_told(edit) for edit in done]})
    elif done:
        click.echo(f"in force: {sum(edit.is_material for edit in done)} new versions")


def _line(edit: Edit) -> str:
    """One edit in one line for each of its parts."""
    if edit.before is None:
        return f"+ {edit.use_case}: new"
    if edit.after is None:
        return f"- {edit.use_case}: ends"
    if not edit.is_material:
        return f"  {edit.use_case}: other words"
    parts = "\n".join(f"    {each.width.value}: {each.part}" for each in edit.differences)
    return f"~ {edit.use_case}\n{parts}".rstrip()


def _told(edit: Edit) -> dict[str, object]:
    return {
        "use_case": edit.use_case,
        "before": edit.before,
        "after": edit.after,
        "material": edit.is_material,
        "differences": [{"width": each.width.value, "part": each.part} for each in edit.differences],
    }
