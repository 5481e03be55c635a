"""The command line `fiel`: one subcommand a file, loaded only when it runs, so that `fiel --help` answers at once.

Exit codes: 0 all is well; 1 something was found or went wrong; 2 the command was not written as it must be.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Final

import click

from fiel import __version__
from fiel.core.errors import FielError


@dataclass(frozen=True, slots=True)
class Row:
    """One subcommand: its name, where it is (`module:attribute`), and what it does in one line."""

    name: str
    target: str
    about: str


COMMANDS: Final[Sequence[Row]] = (
    Row("demo", "fiel.cli.demo:demo", "run the shop on real data"),
    Row("init", "fiel.cli.init:init", "write a promise to start from"),
    Row("check", "fiel.cli.check:check", "find what a promise must not say"),
    Row("diff", "fiel.cli.diff:diff", "show what a new promise changes, and who must be asked again"),
    Row("publish", "fiel.cli.publish:publish", "put a promise in force, with who approved it"),
    Row("schema", "fiel.cli.schema:schema", "print the JSON Schema of a promise's files, for editors"),
    Row("serve", "fiel.cli.serve:serve", "open the doors over HTTP"),
    Row("doctor", "fiel.cli.doctor:doctor", "look at what may go wrong here"),
    Row("import", "fiel.cli.imports:import_", "bring in events, items or choices, through the gate"),
    Row("export", "fiel.cli.export:export", "write all that is held about somebody into one file"),
    Row("erase", "fiel.cli.erase:erase", "forget, shred and suppress somebody"),
    Row("learn", "fiel.cli.learn:learn", "learn from those who said yes to teaching"),
    Row("balance", "fiel.cli.balance:balance", "measure how little data is enough"),
    Row("expire", "fiel.cli.expire:expire", "destroy what time has made due"),
    Row("work", "fiel.cli.work:work", "send what waits to be told"),
    Row("verify", "fiel.cli.verify:verify", "check a receipt offline, or derive a whole ledger again"),
    Row("ledger", "fiel.cli.ledger:ledger", "print the ledger's signed checkpoint"),
    Row("keys", "fiel.cli.keys:keys", "make, list and revoke keys; print the public one"),
    Row("staff", "fiel.cli.staff:staff", "invite, list and shut out those who work for the controller"),
    Row("token", "fiel.cli.token:token", "make a subject token, for development"),
)
"""Every subcommand, in the order in which `fiel --help` lists them."""


class Commands(click.Group):
    """The group of the table above: a subcommand's module is imported when it is asked for, never before."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the signature is click's
        """The names, in the table's order."""
        return [row.name for row in COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        """The subcommand of that name, loaded now."""
        row = next((row for row in COMMANDS if row.name == cmd_name), None)
        if row is None:
            return None
        module, _, attribute = row.target.partition(":")
        command = getattr(import_module(module), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{row.target} is no command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        """The list in the help, from the table alone."""
        with formatter.section("Commands"):
            formatter.write_dl([(row.name, row.about) for row in COMMANDS])

    def invoke(self, ctx: click.Context) -> object:
        """Run; what went wrong in an expected way is told in a sentence, with what to do about it."""
        try:
            return super().invoke(ctx)
        except FielError as error:
            click.echo(f"fiel: {error.what}", err=True)
            if error.hint:
                click.echo(f"      {error.hint}", err=True)
            ctx.exit(1)


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="fiel", message="%(prog)s %(version)s")
@click.pass_context
def fiel(ctx: click.Context) -> None:
    """Personalisation that keeps its promises.

    Each command takes the promise's folder, DIR, first.
    """
    if os.environ.get("NO_COLOR"):
        ctx.color = False
