"""sms keys."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from smsrepo.cli import clock
from smsrepo.cli.acting import person_option, who_am_i
from smsrepo.cli.common import find_repository, load_repository
from smsrepo.errors import UserError

if TYPE_CHECKING:
    from smsrepo.control.people import Collector, Person
    from smsrepo.control.settings import Settings

_USUAL = ("id_ed25519", "id_ed25519_sk", "id_ecdsa_sk", "id_ecdsa", "id_rsa")


@click.group("keys")
def command() -> None:
    """Register and list the public keys with which people sign."""


@command.command("add")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--key", "named", type=click.Path(path_type=Path), metavar="FILE", help="The same as FILE.")
@person_option
@click.pass_obj
def add(directory: Path, file: Path | None, named: Path | None, person: str | None) -> None:
    """Add your public key to sms/people.yml, from today on.

    FILE is a public or a private key; otherwise git's user.signingkey, or what lies in ~/.ssh. Only the public half
    is written down.
    """
    from smsrepo.control.settings import PEOPLE
    from smsrepo.git.ssh import public_key_of
    from smsrepo.load.history import GENESIS
    from smsrepo.pack.people_file import with_key
    from smsrepo.ssh.keys import read_public

    if file and named:
        raise UserError("two keys are named", "Add one at a time.")
    root, file = find_repository(directory), file or named
    settings = _settings(root)
    me = who_am_i(root, settings, person)
    if file:
        _refuse_no_key(directory / file.expanduser())
    key = read_public(public_key_of(directory / file.expanduser()) if file else _usual(root))
    _refuse_second(settings, key.blob)
    people = root / PEOPLE
    people.write_bytes(with_key(people.read_bytes(), me.id, key.line, clock.now().date()))
    click.secho(f"Added {key.fingerprint} to {me.name} in {PEOPLE}, from {clock.now().date()}.", fg="green")
    if not (root / GENESIS).is_file():
        click.echo(
            f"Commit {PEOPLE}. Document control has not begun yet: the key counts from its beginning on."
        )
        return
    row = settings.policy_row
    approvers = " and ".join(row.approvers) if row else "nobody: sms/control.yml names no approvers"
    click.echo(
        f"This is policy: put it into a pull request of its own, to be approved as {approvers}. "
        "The key counts once that is on the main branch."
    )


@command.command("list")
@click.pass_obj
def list_(directory: Path) -> None:
    """List the keys in sms/people.yml, with their fingerprints and the days on which they count."""
    from smsrepo.ssh.keys import read_public

    settings = _settings(find_repository(directory))
    owners = _owners(settings)
    width = max((len(owner.id) for owner in owners), default=0)
    for owner in owners:
        if not owner.keys:
            click.echo(f"{owner.id:{width}}  no key")
        for key in owner.keys:
            try:
                name = read_public(key.line).fingerprint
            except UserError as error:
                name = f"does not count, {error.message}"
            days = f"from {key.start}" + (f" to {key.end}" if key.end else "")
            lost = f", in other hands since {key.compromised_on}" if key.compromised_on else ""
            click.echo(f"{owner.id:{width}}  {key.line.partition(' ')[0]}  {name}  {days}{lost}")


def _settings(root: Path) -> "Settings":
    from smsrepo.control.settings import PEOPLE, Settings

    settings = Settings(load_repository(root))
    if not settings.people:
        raise UserError(f"{PEOPLE} cannot be used as it is", f"Mend it first: sms check {PEOPLE}")
    return settings


def _owners(settings: "Settings") -> "list[Person | Collector]":
    return [*settings.people.values(), *settings.collectors.values()]


def _usual(root: Path) -> str:
    """The line of the key that the user signs with otherwise."""
    from smsrepo.git import door
    from smsrepo.git.ssh import public_key_of

    configured = door.config(root, "user.signingkey").removeprefix("key::")
    if " " in configured:
        return configured
    if configured and Path(configured).expanduser().is_file():
        return public_key_of(configured)
    for name in _USUAL:
        file = Path.home() / ".ssh" / f"{name}.pub"
        if file.is_file():
            return public_key_of(file)
    raise UserError(
        "there is no key in git's user.signingkey, and none of the usual ones in ~/.ssh",
        "Name one: sms keys add FILE. To make one: ssh-keygen -t ed25519",
    )


def _refuse_no_key(file: Path) -> None:
    """Raises UserError for a file that is there and holds neither half of a key."""
    content = file.read_bytes() if file.is_file() else b"ssh-"
    if b"PRIVATE KEY" not in content and not content.lstrip().startswith((b"ssh-", b"sk-", b"ecdsa-")):
        raise UserError(
            f"{file.name} is no SSH key",
            "Name the file of your key, such as ~/.ssh/id_ed25519.pub. To make one: ssh-keygen -t ed25519",
        )


def _refuse_second(settings: "Settings", blob: bytes) -> None:
    from smsrepo.ssh.keys import read_public

    for owner in _owners(settings):
        for key in owner.keys:
            try:
                same = read_public(key.line).blob == blob
            except UserError:
                continue
            if same:
                raise UserError(
                    f"this key is registered already, as one of {owner.id}",
                    "Every key belongs to one person, once.",
                )
