"""sms todo."""

from pathlib import Path

import click

from smsrepo.cli.common import find_repository, load_repository, plural
from smsrepo.errors import UserError


@click.command("todo")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.pass_obj
def command(directory: Path, ids: tuple[str, ...]) -> None:
    """List the open decisions, file by file. Take one by editing the text and turning `decide:` into `decided:`."""
    repo = load_repository(find_repository(directory))
    for id_ in ids:
        if repo.find(id_) is None:
            raise UserError(f"there is no `{id_}`", "Name the id of a document, such as POL-001.")
    total = 0
    for artefact in repo.artefacts:
        open_marks = [mark for mark in artefact.marks if mark.open]
        if not open_marks or (ids and artefact.id not in ids):
            continue
        total += len(open_marks)
        click.secho(f"{artefact.id} {artefact.title} ({artefact.data.get('owner', '')})", bold=True)
        for mark in open_marks:
            click.echo(f"  {artefact.path}:{mark.line}  {mark.question}")
        click.echo()
    click.echo(f"{plural(total, 'decision')} open." if total else "No decision is open.")
