"""sms revoke."""

from pathlib import Path

import click

from smsrepo.cli.acting import How, all_or_none, sign, signing_options, sit_down


@click.command("revoke")
@click.argument("ids", nargs=-1, required=True, metavar="ID[@REVISION]...")
@click.option("--reason", required=True, metavar="TEXT", help="Why the document must no longer be used.")
@signing_options
@click.pass_obj
def command(directory: Path, ids: tuple[str, ...], reason: str, how: How) -> None:
    """Take the approval of a revision back: of the one in force on the main branch, unless another is named."""
    sitting = sit_down(directory, how, on_main=True)
    sign(sitting, all_or_none(ids, sitting.desk.revoke), reason)
