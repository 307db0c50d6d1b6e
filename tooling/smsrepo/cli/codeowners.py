"""sms codeowners."""

from datetime import date
from pathlib import Path

import click

from smsrepo.cli.common import as_of_option, day_of, find_repository, load_repository
from smsrepo.errors import FINDINGS


@click.command("codeowners")
@click.option("--check", is_flag=True, help="Write nothing; say whether the file is as it should be.")
@as_of_option
@click.pass_obj
def command(directory: Path, check: bool, as_of: date | None) -> None:
    """Write .github/CODEOWNERS: whom the forge asks to review which file.

    These are the owner and the approvers of each document, and for whatever decides how documents are judged the
    approvers of the policy: by their accounts in sms/people.yml, or else their mail addresses.
    """
    from smsrepo.control.policy import CODEOWNERS
    from smsrepo.pack.codeowners import render

    root = find_repository(directory)
    repo = load_repository(root)
    day = day_of(repo, as_of)
    file, wanted = root / CODEOWNERS, render(repo, day).encode()
    if file.is_file() and file.read_bytes().replace(b"\r\n", b"\n") == wanted:
        click.echo(f"{CODEOWNERS} is as it should be on {day}.")
    elif check:
        click.echo(f"{CODEOWNERS} is not as it should be on {day}. Write it anew: sms codeowners")
        raise click.exceptions.Exit(FINDINGS)
    else:
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(wanted)
        click.echo(f"Wrote {CODEOWNERS} as of {day}. Commit it.")
