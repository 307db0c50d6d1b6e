"""sms reject."""

from pathlib import Path

import click

from smsrepo.cli.acting import How, all_or_none, sign, signing_options, sit_down, without_outdated


@click.command("reject")
@click.argument("names", nargs=-1, required=True, metavar="ID...")
@click.option("--reason", required=True, metavar="TEXT", help="Why; whoever wrote it reads this.")
@signing_options
@click.pass_obj
def command(directory: Path, names: tuple[str, ...], reason: str, how: How) -> None:
    """Reject what is up for approval, with your own signature. While it stands, nothing else makes it approved."""
    sitting, names = without_outdated(sit_down(directory, how), names, "reject")
    sign(sitting, all_or_none(names, sitting.desk.reject), reason)
