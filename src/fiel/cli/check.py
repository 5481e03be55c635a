"""`fiel check DIR`: all that is wrong with a promise, at once, each with its line and what to do about it."""

from dataclasses import asdict
from pathlib import Path

import click

from fiel.cli.excerpt import excerpt, summary
from fiel.cli.installed import installed
from fiel.cli.options import as_json, data_folder, promise_folder, tell
from fiel.core.promise.finding import WARNINGS, Code, Finding
from fiel.core.promise.lint.measured import contradicted
from fiel.registry import Reading, check_promise
from fiel.registry.uses import FOLDER


@click.command()
@promise_folder
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to answer.")
@as_json
@click.option("--accept", multiple=True, metavar="CODE", help="A warning to leave out; may be repeated.")
@click.option("--measured", is_flag=True, help="Hold it to what `fiel balance` measured of it, too.")
@data_folder
@click.pass_context
def check(  # noqa: PLR0913 - an argument for each option
    ctx: click.Context,
    *,
    folder: Path,
    form: str,
    as_json: bool,
    accept: tuple[str, ...],
    measured: bool,
    data: Path | None,
) -> None:
    """Find what the promise in DIR must not say.

    Exit code 0 if nothing was found, 1 if anything was.
    """
    accepted = {_warning(code) for code in accept}
    known = installed(ctx)
    reading = check_promise(folder, reads=known.reads, laws=known.laws)
    against = _contradicted(reading, folder, data) if measured else []
    findings = [finding for finding in (*reading.findings, *against) if finding.code not in accepted]
    if as_json or form == "json":
        tell(_answer(findings, reading))
    else:
        for finding in findings:
            click.echo(excerpt(finding, reading.sources, folder=folder))
        click.echo(summary(findings, use_cases=_use_cases(reading)))
    ctx.exit(1 if findings else 0)


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
