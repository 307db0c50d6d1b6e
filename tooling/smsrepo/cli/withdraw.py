"""sms withdraw."""

from pathlib import Path

import click

from smsrepo.cli.acting import How, all_or_none, sign, signing_options, sit_down, without_outdated


@click.command("withdraw")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@signing_options
@click.pass_obj
def command(directory: Path, ids: tuple[str, ...], how: How) -> None:
    """Approve that documents are withdrawn, with your own signature.

    Their owner makes a revision with `status: obsolete` first; the files stay.
    """
    sitting, ids = without_outdated(sit_down(directory, how), ids, "withdraw")
    sign(sitting, all_or_none(ids, sitting.desk.withdraw))
