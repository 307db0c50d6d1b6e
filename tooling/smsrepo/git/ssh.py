"""The one door to ssh-keygen: it signs with keys that we never see. Verifying needs no process and happens elsewhere.

Its messages and questions go straight to the user's terminal, for a passphrase, a PIN or "touch your key"; we only see
whether it worked. The environment stays as it is: SSH_AUTH_SOCK leads to the agent, SSH_ASKPASS to a dialogue.
"""

import os
import subprocess
import tempfile
from pathlib import Path

from smsrepo.errors import CannotRunError, UserError

_TERMINAL = "/dev/tty"
_KINDS = ("ssh-", "sk-", "ecdsa-")  # how the line of a public key begins


def sign(message: bytes, key: Path | str, namespace: str) -> bytes:
    """The armoured signature of a message, as ssh-keygen writes a .sig file.

    `key` is the file of a private key, or of a public key whose private half lies beside it, in an agent or in a
    hardware key; or the public key itself, as git's user.signingkey may hold it ("key::ssh-ed25519 AAAA…").
    Raises UserError where the key is not there or cannot be used, CannotRunError without ssh-keygen.
    Callers verify what they get before they keep it: agents and hardware are beyond our sight.
    """
    literal = str(key).removeprefix("key::")
    if isinstance(key, str) and literal.startswith(_KINDS) and " " in literal:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "signing-key.pub"
            file.write_text(f"{literal}\n", encoding="utf-8")
            return _sign(message, file, namespace, literal)
    return _sign(message, _existing(key), namespace, str(key))


def public_key_of(path: Path | str) -> str:
    """The line `TYPE BASE64` of a private or a public key file.

    Asks for a passphrase only where a protected private key has no .pub file beside it. Not yet checked:
    `control.keys.read_public` says whether the key may sign.
    """
    file = _existing(path)
    beside = file.with_name(f"{file.name}.pub")
    for public in (file, beside):
        found = _public_line(public)
        if found:
            return found
    done = _run(["-y", "-f", str(file)])
    if done.returncode:
        raise _unusable(file, str(path))
    return " ".join(done.stdout.decode("utf-8", "replace").split()[:2])


def _sign(message: bytes, file: Path, namespace: str, name: str) -> bytes:
    done = _run(["-q", "-Y", "sign", "-f", str(file), "-n", namespace], message)
    if done.returncode or not done.stdout:
        raise _unusable(file, name)
    return done.stdout


def _unusable(file: Path, name: str) -> UserError:
    """Why ssh-keygen failed, told from the key file: its own words differ between versions."""
    private = file.with_name(file.name.removesuffix(".pub")) if _public_line(file) else file
    if not private.exists():
        return UserError(
            f"nothing holds the private half of the key {name}",
            "Add it to your agent (ssh-add), plug in the hardware key, or name the private key file. "
            "`ssh-add -l` lists what the agent holds.",
        )
    if os.name == "posix" and private.stat().st_mode & 0o077:
        return UserError(f"others may read the private key {private}", f"Run: chmod 600 {private}")
    return UserError(
        f"the key {private} could not be used",
        "Was the passphrase right, the hardware key touched, and is it a private key of OpenSSH? Without a "
        "terminal add the key to an agent first (ssh-add).",
    )


def _existing(key: Path | str) -> Path:
    file = Path(key).expanduser()
    if not file.is_file():
        raise UserError(
            f"there is no key file {key}",
            "Name your private key, or its .pub file when an agent or a hardware key holds it.",
        )
    return file


def _public_line(file: Path) -> str | None:
    """The first two words of a public key file; None for any other file, or none."""
    try:
        words = file.read_text(encoding="utf-8").split(maxsplit=2)
    except (OSError, UnicodeDecodeError):
        return None
    return " ".join(words[:2]) if len(words) > 1 and words[0].startswith(_KINDS) else None


def _run(arguments: list[str], stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = dict(os.environ)
    if not _has_terminal():
        # Without a terminal ssh-keygen would read the passphrase from standard input: from the message itself.
        environment.setdefault("SSH_ASKPASS_REQUIRE", "force")
    try:
        return subprocess.run(
            ["ssh-keygen", *arguments], input=stdin, stdout=subprocess.PIPE, env=environment, check=False
        )
    except OSError as error:
        raise CannotRunError(
            "ssh-keygen could not be started", "Install OpenSSH and make sure ssh-keygen is on the PATH."
        ) from error


def _has_terminal() -> bool:
    try:
        os.close(os.open(_TERMINAL, os.O_RDWR | getattr(os, "O_NOCTTY", 0)))
    except OSError:
        return False
    return True
