"""`fiel staff`: who works for the controller is invited, listed, and shut out. No account is there by itself."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from fiel.cli.opening import opened, started
from fiel.cli.options import as_json, data_folder, promise_folder, tell
from fiel.core.errors import Conflict, Malformed, Unknown
from fiel.core.staff import Account, Role
from fiel.operations.staff.accounts import accounts
from fiel.operations.staff.disable import disable as shut
from fiel.operations.staff.invite import INVITATION, SIGN_IN, let_in
from fiel.operations.staff.invite import invite as invited

F = TypeVar("F", bound=Callable[..., object])

JOIN = "/console/join?t="


def _by_url(command: F) -> F:
    return click.option(
        "--url",
        default="http://127.0.0.1:8787",
        show_default=True,
        envvar="FIEL_URL",
        help="Where this Fiel is reached.",
    )(command)


def _role(command: F) -> F:
    return click.option(
        "--role", required=True, type=click.Choice([role.value for role in Role]), help="What they work as."
    )(command)


@click.group()
def staff() -> None:
    """Invite, list and shut out those who work for the controller."""


@staff.command()
@promise_folder
@data_folder
@_role
@click.option("--name", help="What they are called here; without it, by their role.")
@_by_url
@as_json
def invite(*, folder: Path, data: Path | None, role: str, name: str | None, url: str, as_json: bool) -> None:  # noqa: PLR0913 - an argument for each option
    """Print a link, good once and for three days, by which somebody sets up their way in.

    For an account that is there it replaces the password, and puts out whoever was in.
    """
    with started(folder, data) as fiel:
        try:
            secret = invited(fiel.house, name=name or role, role=Role(role)).result()
        except (Conflict, Malformed) as error:
            raise click.BadParameter(f"{error.what}; {error.hint}", param_hint="--name") from None
    _tell(secret, url=url, lasts=str(INVITATION), as_json=as_json)


@staff.command()
@promise_folder
@data_folder
@_role
@click.option("--name", help="What they are called here; without it, by their role.")
@_by_url
@as_json
def link(*, folder: Path, data: Path | None, role: str, name: str | None, url: str, as_json: bool) -> None:  # noqa: PLR0913 - an argument for each option
    """Print a link, good once and for a quarter of an hour, that lets somebody in as they are."""
    with started(folder, data) as fiel:
        try:
            secret = let_in(fiel.house, name=name or role, role=Role(role)).result()
        except (Conflict, Malformed) as error:
            raise click.BadParameter(f"{error.what}; {error.hint}", param_hint="--name") from None
    _tell(secret, url=url, lasts=str(SIGN_IN), as_json=as_json)


@staff.command("list")
@promise_folder
@data_folder
@as_json
def list_(*, folder: Path, data: Path | None, as_json: bool) -> None:
    """List the accounts: their role, and how each comes in."""
    with opened(folder, data) as fiel:
        known = accounts(fiel.house)
    if as_json:
        tell({"staff": [{"name": each.name, "role": each.role.value, "state": _state(each)} for each in known]})
        return
    for each in known:
        click.echo(f"{each.name}: {each.role.value}; {_state(each)}")


@staff.command()
@promise_folder
@data_folder
@click.option("--name", required=True, help="Whose account.")
@as_json
def disable(*, folder: Path, data: Path | None, name: str, as_json: bool) -> None:
    """Shut an account: every session and every link of it is over at once."""
    with opened(folder, data) as fiel:
        try:
            shut(fiel.house, name).result()
        except Unknown as error:
            raise click.BadParameter(f"{error.what}; {error.hint}", param_hint="--name") from None
    if as_json:
        tell({"name": name, "disabled": True})
    else:
        click.echo(f"shut: {name}")


def joining(secret: str, *, url: str) -> str:
    """The link of a secret."""
    return f"{url.rstrip('/')}{JOIN}{secret}"


def _tell(secret: str, *, url: str, lasts: str, as_json: bool) -> None:
    made = joining(secret, url=url)
    if as_json:
        tell({"url": made, "link": made, "lasts": lasts})
    else:
        click.echo(made)


def _state(account: Account) -> str:
    if account.disabled is not None:
        return "disabled"
    if account.federated is not None:
        return "signs in elsewhere"
    return "by password" if account.password is not None else "invited"
