"""`fiel diff DIR`: what a promise changes against another one, and whose agreement it touches."""

from pathlib import Path

import click

from fiel.cli.excerpt import excerpt, summary
from fiel.cli.options import as_json, data_folder, promise_folder, tell
from fiel.core.promise.change import Width
from fiel.core.promise.revision import Edit, Fate, Revision, overreaching, revise
from fiel.core.promise.usecase import Promise
from fiel.registry import Reading, read_promise

_TOLD = {
    Fate.ADDED: "added: everybody is undecided",
    Fate.REMOVED: "removed: its grants end, its data go",
    Fate.EDITED: "edited",
    Fate.REWORDED: "reworded: allows the same, nobody is asked again",
}
_COLOURS = {Width.WIDER: "red", Width.NARROWER: "green", Width.UNDETERMINED: "yellow"}


@click.command()
@promise_folder
@click.option(
    "--against",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of a promise to compare with, instead of what is in force.",
)
@data_folder
@as_json
@click.pass_context
def diff(ctx: click.Context, *, folder: Path, against: Path | None, data: Path | None, as_json: bool) -> None:
    """Show what the promise in DIR changes against the one in force.

    Exit code 1 if a promise cannot be read, or calls compatible what is wider.
    """
    after = _sound(ctx, folder)
    before = _in_force(folder, data) if against is None else _sound(ctx, against).promise
    if after.promise is None:
        ctx.exit(1)
    revisions = revise(before, after.promise)
    remarks = overreaching(before, after.promise) if before else ()
    findings = [after.located(remark) for remark in remarks]
    if as_json:
        tell({"revisions": [plain(revision) for revision in revisions], "findings": [str(f.code) for f in findings]})
    else:
        click.echo("\n".join(line for revision in revisions for line in told(revision)) or "nothing changes")
        for finding in findings:
            click.echo(excerpt(finding, after.sources, folder=folder))
    ctx.exit(1 if findings else 0)


def _sound(ctx: click.Context, folder: Path) -> Reading:
    """A promise that can be read; the command ends with what is wrong with it if it cannot."""
    reading = read_promise(folder)
    if reading.promise is None:
        _complain(reading, folder)
        ctx.exit(1)
    return reading


def _in_force(folder: Path, data: Path | None) -> Promise | None:
    from fiel.cli.opening import opened

    with opened(folder, data) as fiel, fiel.house.store.read() as tx:
        return tx.promises.current()


def told(revision: Revision) -> list[str]:
    """A revision in lines: what becomes of the use case, each edit, and who must be asked again."""
    lines = [f"{click.style(revision.use_case, bold=True)} {_TOLD[revision.fate]}"]
    lines += [f"  {_edit(edit)}" for edit in revision.edits]
    if revision.dormant:
        named = ", ".join(level.word for level in revision.dormant)
        lines.append(f"  whoever agreed to {named} is asked again; until then their data are not used")
    elif revision.fate is Fate.EDITED:
        lines.append("  every agreement stands; nobody is asked again")
    return lines


def _edit(edit: Edit) -> str:
    width = click.style(f"{edit.width.value:<12}", fg=_COLOURS[edit.width])
    levels = ", ".join(level.word for level in edit.levels) or "beyond every level agreed to"
    return f"{width} {edit.part}  ({levels})"


def _complain(reading: Reading, folder: Path) -> None:
    for finding in reading.findings:
        click.echo(excerpt(finding, reading.sources, folder=folder), err=True)
    if reading.findings:
        click.echo(summary(reading.findings, use_cases=len(reading.sources) - 1), err=True)


def plain(revision: Revision) -> dict[str, object]:
    """A revision as JSON has it."""
    return {
        "use_case": revision.use_case,
        "fate": revision.fate.value,
        "before": revision.before,
        "after": revision.after,
        "edits": [
            {"part": edit.part, "width": edit.width.value, "levels": [level.word for level in edit.levels]}
            for edit in revision.edits
        ],
        "dormant": [level.word for level in revision.dormant],
    }
