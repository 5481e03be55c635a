"""`fiel keys`: keys of callers, and the ledger's public key."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import click

from fiel.cli.opening import opened, started
from fiel.cli.options import as_json, data_folder, promise_folder, tell
from fiel.core.errors import Unknown
from fiel.core.ids import AreaId, Digest, UseCaseId
from fiel.core.scope import RESERVED, Scope, Verb
from fiel.keys.api_keys import digest_of, new_api_key
from fiel.operations.admit import issue_key, list_keys, revoke_key, rotate_key
from fiel.ports import ApiKey

F = TypeVar("F", bound=Callable[..., object])


def _named(command: F) -> F:
    return click.option("--name", required=True, help="What the key is called.")(command)


def _lasting(command: F) -> F:
    return click.option(
        "--days", type=click.IntRange(1, 3_650), default=365, show_default=True, help="How long it is good, from now."
    )(command)


@click.group()
def keys() -> None:
    """Make, list and revoke the keys of callers; print the ledger's public key."""


@keys.command()
@promise_folder
@data_folder
@_named
@click.option("--scope", required=True, metavar="VERB,…", help="collect, decide, choices, rights, read, items.")
@click.option("--area", "areas", multiple=True, help="Only this area; may be repeated.")
@click.option("--use-case", "use_cases", multiple=True, help="Only this use case; may be repeated.")
@click.option("--publishable", is_flag=True, help="May stand in a page's source; proves nobody.")
@_lasting
@as_json
def issue(  # noqa: PLR0913 - an argument for each option
    *,
    folder: Path,
    data: Path | None,
    name: str,
    scope: str,
    areas: tuple[str, ...],
    use_cases: tuple[str, ...],
    publishable: bool,
    days: int,
    as_json: bool,
) -> None:
    """Make a key. It is printed once; only its digest is kept."""
    wanted = Scope(
        verbs=_verbs(scope),
        areas=frozenset(map(AreaId, areas)),
        use_cases=frozenset(map(UseCaseId, use_cases)),
        publishable=publishable,
    )
    key = new_api_key(publishable=publishable)
    with started(folder, data) as fiel:
        expires = fiel.house.clock.now() + timedelta(days=days)
        issue_key(fiel.house, digest_of(key), name=name, scope=wanted, expires=expires).result()
    if as_json:
        tell({"key": key, "name": name, "expires": expires.isoformat()})
    else:
        click.echo(key)


@keys.command("list")
@promise_folder
@data_folder
@as_json
def list_(*, folder: Path, data: Path | None, as_json: bool) -> None:
    """List the keys: what each is for and how long it is good."""
    with opened(folder, data) as fiel:
        known = list_keys(fiel.house)
    if as_json:
        tell({"keys": [_told(key) for key in known]})
        return
    for key in known:
        told = _told(key)
        state = "revoked" if key.revoked else f"until {told['expires']}"
        click.echo(f"{key.name}: {', '.join(sorted(key.scope.verbs))}; {state}")


@keys.command()
@promise_folder
@data_folder
@_named
@as_json
def revoke(*, folder: Path, data: Path | None, name: str, as_json: bool) -> None:
    """Refuse a key from now on."""
    with opened(folder, data) as fiel, _named_wrong():
        revoke_key(fiel.house, name).result()
    if as_json:
        tell({"name": name, "revoked": True})
    else:
        click.echo(f"revoked: {name}")


@keys.command()
@promise_folder
@data_folder
@_named
@_lasting
@as_json
def rotate(*, folder: Path, data: Path | None, name: str, days: int, as_json: bool) -> None:
    """Refuse a key from now on, and make another of the same name and scope, good for --days from now."""
    made: list[str] = []

    def successor(scope: Scope) -> Digest:
        made.append(new_api_key(publishable=scope.publishable))
        return digest_of(made[-1])

    with opened(folder, data) as fiel, _named_wrong():
        expires = fiel.house.clock.now() + timedelta(days=days)
        rotate_key(fiel.house, name, expires=expires, successor=successor).result()
    if as_json:
        tell({"key": made[-1], "name": name, "expires": expires.isoformat()})
    else:
        click.echo(made[-1])


@keys.command()
@promise_folder
@data_folder
@as_json
def public(*, folder: Path, data: Path | None, as_json: bool) -> None:
    """Print the ledger's public key (PEM): with it, anybody can check a receipt."""
    with started(folder, data) as fiel:
        signer = fiel.house.signer
        pem = fiel.vault.signer.public_pem
    if as_json:
        tell({"key": pem, "origin": signer.origin})
    else:
        click.echo(pem, nl=False)


@contextmanager
def _named_wrong() -> Iterator[None]:
    """A name that no key in force has is a wrong argument."""
    try:
        yield
    except Unknown as error:
        raise click.BadParameter(f"{error.what}; {error.hint}", param_hint="--name") from None


def _verbs(text: str) -> frozenset[Verb]:
    known = {verb.value: verb for verb in Verb if verb not in RESERVED}
    try:
        return frozenset(known[word.strip()] for word in text.split(","))
    except KeyError:
        words = ", ".join(known)
        raise click.BadParameter(
            f"`{text}` holds a word that is no scope; there are {words}", param_hint="--scope"
        ) from None


def _told(key: ApiKey) -> dict[str, object]:
    return {
        "name": key.name,
        "scope": sorted(key.scope.verbs),
        "areas": sorted(key.scope.areas),
        "use_cases": sorted(key.scope.use_cases),
        "publishable": key.scope.publishable,
        "expires": key.expires.date().isoformat() if key.expires else None,
        "revoked": key.revoked,
    }
