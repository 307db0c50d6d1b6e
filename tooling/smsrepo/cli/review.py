"""sms review."""

from pathlib import Path

import click

from smsrepo.cli.acting import How, all_or_none, sign, signing_options, sit_down


@click.command("review")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@signing_options
@click.pass_obj
def command(directory: Path, ids: tuple[str, ...], how: How) -> None:
    """Record the periodic review of documents in force that need no change, as their owner or an approver."""
    sitting = sit_down(directory, how, on_main=True)
    sign(sitting, all_or_none(ids, sitting.desk.review))
