"""sms acknowledge."""

from pathlib import Path

import click

from smsrepo.cli.acting import How, all_or_none, sign, signing_options, sit_down


@click.command("acknowledge")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@signing_options
@click.pass_obj
def command(directory: Path, ids: tuple[str, ...], how: How) -> None:
    """Confirm that you have read and understood the revision in force on the main branch."""
    sitting = sit_down(directory, how, on_main=True)
    sign(sitting, all_or_none(ids, sitting.desk.acknowledge))
