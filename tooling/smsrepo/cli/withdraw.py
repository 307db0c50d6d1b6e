"""sms withdraw."""

from pathlib import Path

import click

from smsrepo.cli.acting import How, all_or_none, sign, signing_options, sit_down


@click.command("withdraw")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@signing_options
@click.pass_obj
def command(directory: Path, ids: tuple[str, ...], how: How) -> None:
    """Approve that documents are withdrawn, with your own signature.

    Their owner makes a revision with `status: obsolete` first; the files stay.
    """
    sitting = sit_down(directory, how)
    sign(sitting, all_or_none(ids, sitting.desk.withdraw))
