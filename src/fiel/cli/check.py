"""`fiel check DIR`: all that is wrong with a promise, at once, each with its line and what to do about it.

With `--ui`, what is wrong with the pages too: of a server at an address, or of the promise in a throw-away one.
"""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fiel.cli.excerpt import excerpt, summary
from fiel.cli.installed import installed
from fiel.cli.options import as_json, data_folder, tell
from fiel.core.promise.finding import WARNINGS, Code, Finding
from fiel.core.promise.lint.measured import contradicted
from fiel.registry import Reading, check_promise
from fiel.registry.uses import FOLDER

if TYPE_CHECKING:
    from fiel.cli.check_ui import Seen, Wish


@click.command()
@click.argument(
    "folder", metavar="[DIR]", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to answer.")
@as_json
@click.option("--accept", multiple=True, metavar="CODE", help="A warning to leave out; may be repeated.")
@click.option("--measured", is_flag=True, help="Hold it to what `fiel balance` measured of it, too.")
@data_folder
@click.option("--ui", is_flag=False, flag_value="sandbox", metavar="[URL]", help="Look at the pages, too.")
@click.option("--press", is_flag=True, help="With --ui URL: press buttons, as a test person.")
@click.option(
    "--token-from",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    help="With --ui URL: the file of a subject token or an entry link; `-` for standard input.",
)
@click.option(
    "--report", type=click.Path(file_okay=False, path_type=Path), help="With --ui: a folder for the report to file."
)
@click.pass_context
def check(  # noqa: PLR0913 - an argument for each option
    ctx: click.Context,
    *,
    folder: Path | None,
    form: str,
    as_json: bool,
    accept: tuple[str, ...],
    measured: bool,
    data: Path | None,
    ui: str | None,
    press: bool,
    token_from: Path | None,
    report: Path | None,
) -> None:
    """Find what the promise in DIR must not say; with --ui, what its pages must not do.

    Exit code 0 if nothing was found, 1 if anything was.
    """
    accepted = {_warning(code) for code in accept}
    wish = _wish(ui, folder=folder, press=press, token_from=token_from, report=report)
    reading = _read(ctx, folder)
    against = _contradicted(reading, folder, data) if reading and folder and measured else []
    findings = [each for each in (*(reading.findings if reading else ()), *against) if each.code not in accepted]
    in_json = as_json or form == "json"
    if reading is not None and folder is not None and not in_json:
        for finding in findings:
            click.echo(excerpt(finding, reading.sources, folder=folder))
        click.echo(summary(findings, use_cases=_use_cases(reading)))
    seen = _looked(wish, reading)
    if in_json:
        tell((_answer(findings, reading) if reading else {}) | ({"ui": seen.answer} if seen else {}))
    elif seen is not None:
        seen.told()
    ctx.exit(1 if findings or (seen is not None and not seen.holds) else 0)


def _wish(
    ui: str | None, *, folder: Path | None, press: bool, token_from: Path | None, report: Path | None
) -> "Wish | None":
    """What is to be looked at besides the promise; raises a usage error for options that say nothing together."""
    from fiel.cli.check_ui import wished

    if ui is not None:
        return wished(ui=ui, folder=folder, press=press, token_from=token_from, report=report)
    if press or token_from or report:
        raise click.UsageError("`--press`, `--token-from` and `--report` go with `--ui`")
    if folder is None:
        raise click.UsageError("say which promise, DIR, or which pages, `--ui URL`")
    return None


def _read(ctx: click.Context, folder: Path | None) -> Reading | None:
    if folder is None:
        return None
    known = installed(ctx)
    return check_promise(folder, reads=known.reads, laws=known.laws)


def _looked(wish: "Wish | None", reading: Reading | None) -> "Seen | None":
    """What the pages do; nothing where none is asked for, or the promise has errors and so cannot be served."""
    from fiel.cli.check_ui import look

    return None if wish is None or (reading is not None and reading.errors) else look(wish)


def _contradicted(reading: Reading, folder: Path, data: Path | None) -> list[Finding]:
    """What was measured against the promise; nothing if it cannot be read, or is not the one that was measured."""
    from fiel.cli.opening import opened

    if reading.promise is None:
        return []
    with opened(folder, data) as fiel, fiel.house.store.read() as tx:
        found = {name: kept for name in reading.promise.use_cases if (kept := tx.measurements.of(name)) is not None}
    return [reading.located(remark) for remark in contradicted(reading.promise, found)]


def _warning(word: str) -> Code:
    """The warning of that code; an error cannot be accepted."""
    try:
        code = Code(word.upper())
    except ValueError:
        raise click.BadParameter(f"`{word}` is no code", param_hint="--accept") from None
    if code not in WARNINGS:
        raise click.BadParameter(f"`{word}` is an error, and errors cannot be accepted", param_hint="--accept")
    return code


def _answer(findings: list[Finding], reading: Reading) -> dict[str, object]:
    told = [{**asdict(finding), "severity": finding.severity.value} for finding in findings]
    errors = sum(finding.code not in WARNINGS for finding in findings)
    return {
        "findings": told,
        "errors": errors,
        "warnings": len(findings) - errors,
        "use_cases": _use_cases(reading),
    }


def _use_cases(reading: Reading) -> int:
    return sum(name.startswith(f"{FOLDER}/") for name in reading.sources)
