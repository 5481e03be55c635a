"""`fiel token DIR`: a subject token, for development; or the secret with which your back-end signs its own."""

from pathlib import Path

import click

from fiel.cli.opening import started
from fiel.cli.options import as_json, data_folder, promise_folder, tell
from fiel.core.ids import Identifier

LONGEST = 15

BEWARE = (
    "fiel: whoever has this secret can be anybody here. Hand it to your back-end alone, never to a page, a log or a\n"
    "      repository. It is not changed by looking at it; an Ed25519 key in `keys/hosts/` needs no secret at all."
)


@click.command()
@promise_folder
@data_folder
@click.option("--subject", metavar="user:ID", help="Whom it proves: user:ID or anonymous:ID.")
@click.option("--minutes", default=LONGEST, show_default=True, type=click.IntRange(1, LONGEST), help="How long.")
@click.option("--secret", is_flag=True, help="Print the secret that subject tokens are signed with (HS256) instead.")
@as_json
def token(  # noqa: PLR0913 - an argument for each option
    *, folder: Path, data: Path | None, subject: str | None, minutes: int, secret: bool, as_json: bool
) -> None:
    """Print a token that proves somebody to the Fiel of DIR. In production the host application makes these.

    With --secret, print what it signs them with.
    """
    if secret == (subject is not None):
        raise click.UsageError("say either --subject user:ID, for a token, or --secret")
    if subject is None:
        _tell_secret(folder, data, as_json=as_json)
        return
    with started(folder, data) as fiel:
        now = fiel.house.clock.now()
        issued = fiel.vault.subjects.issue(Identifier.parse(subject), minutes=minutes, now=now)
    if as_json:
        tell({"token": issued, "minutes": minutes})
    else:
        click.echo(issued)


def _tell_secret(folder: Path, data: Path | None, *, as_json: bool) -> None:
    with started(folder, data) as fiel:
        shared = fiel.vault.subjects.secret
    click.echo(BEWARE, err=True)
    if as_json:
        tell({"secret": shared, "algorithm": "HS256"})
    else:
        click.echo(shared)
