"""sms register."""

from datetime import date
from pathlib import Path

import click

from smsrepo.cli.common import as_of_option
from smsrepo.cli.looking import until_option, view


@click.command("register")
@click.option(
    "--all", "everything", is_flag=True, help="Show drafts, what is in review and what is obsolete as well."
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    help="How to print the entries.",
)
@as_of_option
@until_option
@click.pass_obj
def command(
    directory: Path, everything: bool, format_: str, as_of: date | None, revision: str | None
) -> None:
    """Print the register of documents: which revision was in force on a day, since when, approved by whom."""
    from smsrepo.export import register_table

    _, register, on = view(directory, revision, as_of)
    found = list(register_table.entries(register, on, everything=everything))
    if format_ == "text":
        click.echo(register_table.as_text(found, on), nl=False)
    else:
        render = register_table.as_json if format_ == "json" else register_table.as_csv
        click.echo(render(found), nl=False)
