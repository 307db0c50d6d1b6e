"""sms checkpoint."""

from datetime import UTC, datetime
from pathlib import Path

import click

from smsrepo.cli.past import find_history


@click.command("checkpoint")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path())
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
    register = register_of(history)
    me = who_am_i(root, register.settings, person)
    before = previous.read_bytes() if previous else None
    point = checkpoint.next_checkpoint(register.replay, register.settings, me.id, datetime.now(UTC), before)
    content = checkpoint.render(point)
    signature = ssh.sign(content, key_of(root, me, key), checkpoint.NAMESPACE)
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / checkpoint.file_name(point)
    file.write_bytes(content)
    Path(f"{file}.sig").write_bytes(signature)
    click.echo(f"Wrote {file} and {file.name}.sig. Keep both outside the repository.")
