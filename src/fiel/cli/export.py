"""`fiel export DIR`: all that is held about somebody, in one file that only its owner can read."""

import os
from pathlib import Path

import click
import msgspec

from fiel.cli.opening import opened
from fiel.cli.options import as_json, counted, data_folder, promise_folder, tell
from fiel.core.consent.choice import Attestation
from fiel.core.errors import Conflict, Unavailable
from fiel.core.ids import Identifier
from fiel.operations.notices.contact import contact
from fiel.operations.prove import receipts
from fiel.operations.show import show_choices, show_data, show_uses
from fiel.web.api.choices import standing_answer
from fiel.web.api.contact import contact_answer
from fiel.web.api.rights import holding_answer, use_answer


@click.command()
@promise_folder
@data_folder
@click.option("--subject", required=True, metavar="user:ID", help="Whose data.")
@click.option("--to", "target", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file.")
@as_json
def export(*, folder: Path, data: Path | None, subject: str, target: Path, as_json: bool) -> None:
    """Write choices, data, uses and receipts of somebody as JSON (GDPR art. 15 and 20)."""
    who = Identifier.parse(subject)
    with opened(folder, data) as fiel:
        house = fiel.house
        with house.store.read() as tx:
            published = house.shelf.now(tx)
        held = show_data(house, who, by=Attestation.CONTROLLER)
        uses = show_uses(house, who, by=Attestation.CONTROLLER)
        everything = {
            "subject": subject,
            "at": house.clock.now(),
            "choices": [standing_answer(stand) for stand in show_choices(house, who)],
            "data": [holding_answer(holding) for holding in held],
            "uses": [use_answer(name, use, published) for name, use in uses],
            "receipts": receipts(house, who),
            "letters": contact_answer(contact(house, who)),
        }
    _write(target, msgspec.json.format(msgspec.json.encode(everything), indent=2))
    if as_json:
        tell({"file": str(target), "use_cases": len(held), "uses": len(uses)})
    else:
        click.echo(f"{target}: {counted(len(held), 'use case')}, {counted(len(uses), 'use')}")


def _write(target: Path, content: bytes) -> None:
    """A new file that nobody else may read."""
    try:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
    except FileExistsError:
        raise Conflict(f"`{target}` is there already", hint="name a file that is not") from None
    except OSError as error:
        hint = "name another file; a part of this one may be there"
        raise Unavailable(f"`{target}` cannot be written: {error.strerror}", hint=hint) from error
