"""`fiel verify`: a receipt, offline and with one public key; or a whole ledger, derived again from what is stored."""

import json
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final, NoReturn, assert_never

import click

from fiel.cli.options import as_json, counted, tell
from fiel.core.consent.leaf import document_of
from fiel.core.consent.receipt import Genuine, NotGenuine, NotProved, verify_receipt
from fiel.keys.signer import public_key_in
from fiel.keys.signer import verify as verify_signature

LARGEST: Final = 1 << 20
"""Bytes of a receipt; Fiel's own are smaller by far."""

NEEDS_KEY: Final = (
    "a receipt is checked with the ledger's public key: --key PUBLIC.pem (`fiel keys public DIR` prints it)"
)


@click.command()
@click.argument("target", metavar="RECEIPT|DIR", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--key", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The ledger's public key, PEM."
)
@click.option("--ledger", is_flag=True, help="Derive the ledger of DIR again, whole.")
@click.option(
    "--checkpoint",
    "checkpoints",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A signed checkpoint of DIR's ledger that was kept elsewhere; may be repeated.",
)
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Where DIR's data lie.")
@as_json
@click.pass_context
def verify(  # noqa: PLR0913 - an argument for each option
    ctx: click.Context,
    *,
    target: Path,
    key: Path | None,
    ledger: bool,
    checkpoints: tuple[Path, ...],
    data: Path | None,
    as_json: bool,
) -> None:
    """Check a RECEIPT with nothing but a public key, or the whole ledger of DIR.

    Exit code 0 if all of it holds, 1 if anything does not.
    """
    if target.is_dir() != ledger:
        raise click.UsageError("a file is a receipt; for a folder, say --ledger")
    if ledger:
        ctx.exit(_ledger(target, data=data, checkpoints=checkpoints, as_json=as_json))
    if key is None:
        raise click.UsageError(NEEDS_KEY)
    ctx.exit(_receipt(target, key=key, as_json=as_json))


def _receipt(file: Path, *, key: Path, as_json: bool) -> int:
    trusted = public_key_in(key.read_bytes())
    found = verify_receipt(_read(file), public_key=trusted, verify=partial(verify_signature, trusted))
    match found:
        case Genuine():
            _tell_genuine(found, as_json=as_json)
            return 0
        case NotGenuine():
            _tell_not_genuine(found, as_json=as_json)
            return 1
        case _:
            assert_never(found)


def _read(file: Path) -> object:
    """The document in a file, or None if there is none that everybody would read in the same way."""
    with file.open("rb") as opened:
        raw = opened.read(LARGEST + 1)
    if len(raw) > LARGEST:
        return None
    try:
        return json.loads(raw.decode(), object_pairs_hook=_members, parse_float=_refused, parse_constant=_refused)
    except (ValueError, RecursionError):
        return None


def _members(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object in which no key comes twice: one reader would take the first, another the last."""
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a key comes twice")
    return members


def _refused(_number: str) -> NoReturn:
    raise ValueError("receipts hold no fractions")


def _tell_genuine(found: Genuine, *, as_json: bool) -> None:
    entry, head = found.entry, found.checkpoint
    if as_json:
        tell(
            {
                "genuine": True,
                "text": found.text,
                "entry": document_of(entry),
                "index": found.position,
                "checkpoint": {"origin": head.origin, "size": head.size, "root": head.root.hex()},
            }
        )
        return
    click.echo(_printable(found.text))
    click.echo(click.style("genuine", fg="green", bold=True) + ", checked offline:")
    click.echo("  signature  the text above, the record and the entry are what the holder of this key signed")
    level = f" up to `{entry.level.word}`" if entry.level else ""
    click.echo(
        f"  entry      `{entry.status.value}`{level} for `{_printable(entry.use_case)}`, {entry.at.isoformat()}, "
        f"attested by {entry.attested_by.value}"
    )
    click.echo(f"  ledger     entry {found.position} of `{_printable(head.origin)}`, signed when it had {head.size}")


def _tell_not_genuine(found: NotGenuine, *, as_json: bool) -> None:
    """Say why, and show nothing of what it says: not one word of it is proved."""
    if as_json:
        tell({"genuine": False, "why": found.why.value, "checkpoint": found.note.value if found.note else None})
        return
    click.echo(click.style("not genuine", fg="red", bold=True) + f": {_REASONS[found.why]}")


_REASONS: Final = {
    NotProved.MALFORMED: "it is no receipt, or something was added to it or taken away",
    NotProved.FORGED: "the holder of this key did not sign its text, record, entry and salt",
    NotProved.CONTRADICTED: "its record does not say what its entry says",
    NotProved.NO_CHECKPOINT: "its checkpoint is not one that the holder of this key signed",
    NotProved.NOT_INCLUDED: "the ledger of its checkpoint does not hold this entry at this place",
}


def _printable(text: str) -> str:
    """The text without what could command a terminal."""
    return "".join(letter if letter.isprintable() or letter == "\n" else "�" for letter in text)


def _ledger(folder: Path, *, data: Path | None, checkpoints: Sequence[Path], as_json: bool) -> int:
    from fiel.cli.opening import opened
    from fiel.operations.audit import audit

    notes = [path.read_text(encoding="utf-8", errors="replace") for path in checkpoints]
    with opened(folder, data) as fiel:
        house = fiel.house
        with house.store.read() as tx:
            size = tx.ledger.size
        trusted = partial(verify_signature, house.signer.public_key)
        with click.progressbar(length=size + 1, label="deriving", file=sys.stderr) as bar:
            found = audit(house, verify=trusted, checkpoints=notes, progress=bar.update)
    if as_json:
        tell(
            {
                "clean": found.is_clean,
                "size": found.size,
                "root": found.root.hex(),
                "people": found.people,
                "entries": found.entries,
                "checkpoints": len(notes),
                "findings": [{"flaw": each.flaw.value, "where": each.where} for each in found.findings],
                "more": found.more,
            }
        )
        return int(not found.is_clean)
    for each in found.findings:
        click.echo(f"{click.style(each.flaw.value, fg='red', bold=True)} {each.where}")
    if found.more:
        click.echo(f"and {found.more} more")
    verdict = click.style("holds", fg="green") if found.is_clean else click.style("does not hold", fg="red")
    click.echo(
        f"the ledger {verdict}: {counted(found.size, 'leaf', 'leaves')}, "
        f"{counted(found.entries, 'entry', 'entries')} of {counted(found.people, 'person', 'people')}, "
        f"{counted(len(notes), 'earlier checkpoint')}; root {found.root.hex()}"
    )
    return int(not found.is_clean)
