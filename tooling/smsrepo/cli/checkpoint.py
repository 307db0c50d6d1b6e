"""sms checkpoint."""

from pathlib import Path

import click

from smsrepo.cli import clock
from smsrepo.cli.past import find_history
from smsrepo.errors import UserError


@click.command("checkpoint")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--as", "person", metavar="PERSON", help="Who makes it, by the id in sms/people.yml.")
@click.option("--key", type=click.Path(path_type=Path), help="The key to sign with.")
@click.option(
    "--previous",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The checkpoint before this one, to chain them.",
)
@click.pass_obj
def command(
    directory: Path, folder: Path, person: str | None, key: Path | None, previous: Path | None
) -> None:
    """Write a signed note of where the main branch stands into FOLDER.

    Keep it outside the repository: with an auditor, in a safe, on paper. `sms verify --checkpoint FILE` then shows
    whether the history still continues it.
    """
    from smsrepo.cli.acting import key_of, who_am_i
    from smsrepo.control import checkpoint
    from smsrepo.control.register import register_of
    from smsrepo.git import ssh

    root, history = find_history(directory)
    if folder.resolve().is_relative_to(root.resolve()):
        raise UserError(
            f"{folder} lies in the repository: whoever rewrites that rewrites the note too",
            "Name a folder elsewhere: sms checkpoint ../checkpoints",
        )
    register = register_of(history)
    me = who_am_i(root, register.settings, person)
    before = previous.read_bytes() if previous else None
    point = checkpoint.next_checkpoint(register.replay, register.settings, me.id, clock.now(), before)
    content = checkpoint.render(point)
    signature = ssh.sign(content, key_of(root, me, key), checkpoint.NAMESPACE)
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / checkpoint.file_name(point)
    files = {file: content, Path(f"{file}.sig"): signature}
    if there := next((path for path in files if path.exists()), None):
        raise UserError(f"{there} is there already", "It is kept as it is. Name another folder.")
    for path, written in files.items():
        path.write_bytes(written)
    click.echo(f"Wrote {file} and {file.name}.sig. Keep both outside the repository.")
