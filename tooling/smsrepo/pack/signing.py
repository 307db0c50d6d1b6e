"""Signs statements with a person's own key, and writes statement and signature as one."""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from smsrepo.control import statement
from smsrepo.control.people import Person
from smsrepo.control.statement import Statement
from smsrepo.errors import CannotRunError, UserError
from smsrepo.git import door, ssh
from smsrepo.ssh.sshsig import NAMESPACE

_LITERAL = ("key::", "ssh-", "sk-ssh-", "ecdsa-", "sk-ecdsa-")


class Pen(NamedTuple):
    """A key to sign with: what ssh-keygen is told (see git.ssh.sign), and its public line `TYPE BASE64`."""

    key: Path | str
    line: str


def find_pen(root: Path, person: Person, named: Path | None, check: Callable[[str], None]) -> Pen:
    """The key that was named; else git's user.signingkey, a file in ~/.ssh, or one that an agent holds.

    `check` raises UserError for a public line that cannot sign. Of those not named the first that can is taken.
    """
    if named is not None:
        pen = Pen(named, ssh.public_key_of(named))
        if problem := _problem(pen, check):
            raise problem
        return pen
    why: UserError | None = None
    for pen in _pens(root):
        problem = _problem(pen, check)
        if problem is None:
            return pen
        why = why or problem
    return _in_agent(person, check, why)


def signed(statements: Iterable[Statement], pen: Pen) -> dict[str, bytes]:
    """The files of statements and their signatures, by path; nothing is written yet."""
    files: dict[str, bytes] = {}
    for said in statements:
        content = statement.render(said)
        path = statement.path_of(said, content)
        files[path] = content
        files[path + statement.SIGNATURE] = ssh.sign(content, pen.key, NAMESPACE)
    return files


def write_together(root: Path, files: Mapping[str, bytes]) -> None:
    """Write new files, all or none: first beside their places, then renamed into them. Never replaces a file."""
    ready: dict[Path, Path] = {}
    placed: list[Path] = []
    try:
        for path, content in files.items():
            target = root / path
            if target.exists():
                raise UserError(f"{path} exists already", "It was signed a moment ago; look at git status.")
            target.parent.mkdir(parents=True, exist_ok=True)
            ready[target] = _beside(target, content)
        for target, temporary in ready.items():
            temporary.replace(target)
            placed.append(target)
    except OSError as error:
        for target in placed:
            target.unlink(missing_ok=True)
        raise CannotRunError(
            f"the statement could not be written: {error.strerror}", "Is there space and permission?"
        ) from error
    finally:
        for temporary in ready.values():
            temporary.unlink(missing_ok=True)


def _beside(target: Path, content: bytes) -> Path:
    handle, name = tempfile.mkstemp(prefix=".sms-", dir=target.parent)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
    Path(name).chmod(0o644)
    return Path(name)


def _pens(root: Path) -> Iterator[Pen]:
    configured = door.config(root, "user.signingkey")
    if configured.startswith(_LITERAL):
        yield Pen(configured, " ".join(configured.removeprefix("key::").split()[:2]))
    elif configured and Path(configured).expanduser().is_file():
        yield Pen(Path(configured).expanduser(), ssh.public_key_of(configured))
    for file in sorted((Path.home() / ".ssh").glob("*.pub")):
        try:
            yield Pen(file, ssh.public_key_of(file))
        except UserError:  # not a key at all
            continue


def _in_agent(person: Person, check: Callable[[str], None], why: UserError | None) -> Pen:
    if not person.keys:
        raise UserError(
            f"{person.name} has no key in sms/people.yml",
            "Add one with sms keys add, in a pull request of its own; it counts once that is approved.",
        )
    for key in reversed(person.keys) if "SSH_AUTH_SOCK" in os.environ else ():
        pen = Pen(key.line, key.line)
        problem = _problem(pen, check)
        if problem is None:
            return pen
        why = why or problem
    raise why or UserError(
        f"no key of {person.name} was found: not in git's user.signingkey, not in ~/.ssh",
        "Name it: --key FILE",
    )


def _problem(pen: Pen, check: Callable[[str], None]) -> UserError | None:
    try:
        check(pen.line)
    except UserError as error:
        return UserError(f"the key {pen.key} cannot sign: {error.message}", error.hint)
    return None
