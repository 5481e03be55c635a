"""`fiel erase DIR`: erase somebody, and print the certificate."""

import sys
from pathlib import Path
from typing import Final

import click
import msgspec

from fiel.cli.opening import opened
from fiel.cli.options import as_json, counted, data_folder, promise_folder
from fiel.core.consent.choice import Attestation
from fiel.core.ids import Identifier
from fiel.operations.erase import erase as forget_and_shred
from fiel.operations.prove import checkpoint
from fiel.web.api.rights import certificate_answer

SPOKEN: Final = "en"
"""The language of the command line, whatever the promise's are."""


@click.command()
@promise_folder
@data_folder
@click.option("--subject", required=True, metavar="user:ID", help="Who asked to be erased.")
@as_json
def erase(*, folder: Path, data: Path | None, subject: str, as_json: bool) -> None:
    """Forget, shred and suppress somebody. It cannot be undone."""
    with opened(folder, data) as fiel:
        certificate = forget_and_shred(
            fiel.house, Identifier.parse(subject), attested_by=Attestation.CONTROLLER
        ).result()
        answer = certificate_answer(certificate, checkpoint(fiel.house), house=fiel.house)
        phrases = fiel.house.phrases[SPOKEN]
    if as_json:
        sys.stdout.buffer.write(msgspec.json.encode(answer) + b"\n")
        return
    click.echo(
        f"erased at {answer.at.isoformat()}: {counted(len(answer.destroyed), 'use case')}"
        if answer.was_known
        else "nothing was known"
    )
    for each in answer.destroyed:
        click.echo(f"  {each.use_case}: key {each.key or 'none'}{', forgotten by the model' if each.forgotten else ''}")
    for remains in answer.remains:
        # The certificate speaks the person's language; what is printed is for whoever typed the command.
        until = f" Until {remains.until.isoformat()}." if remains.until else ""
        click.echo(f"  remains: {remains.what}, {phrases[f'remains.{remains.what}']}{until}")
