"""sms todo."""

from pathlib import Path

import click

from smsrepo.cli.common import find_repository, load_repository
from smsrepo.errors import UserError
from smsrepo.model.words import count


@click.command("todo")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.pass_obj
def command(directory: Path, ids: tuple[str, ...]) -> None:
    """List the open decisions, file by file, or of some documents only.

    Take a decision by editing the text next to it and turning `decide:` into `decided:`.
    """
    repo = load_repository(find_repository(directory))
    for id_ in ids:
        if repo.find(id_) is None:
            raise UserError(f"there is no `{id_}`", "Name the id of a document, such as POL-001.")
    total = 0
    for path, heading, questions in repo.decisions():
        artefact = repo.by_path.get(path)
        if ids and (artefact is None or artefact.id not in ids):
            continue
        total += len(questions)
        click.secho(heading, bold=True)
        for mark in questions:
            click.echo(f"  {path}:{mark.line}  {mark.question}")
        click.echo()
    click.echo(f"{count(total, 'decision')} open." if total else "No decision is open.")
