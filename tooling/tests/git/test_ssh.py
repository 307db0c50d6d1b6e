"""Signing through ssh-keygen: files, agents, passphrases, terminals, and what is said when it fails."""

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.signing import SigningKey

from smsrepo.errors import CannotRunError, UserError
from smsrepo.git.ssh import public_key_of, sign
from smsrepo.ssh.sshsig import NAMESPACE, verify

MESSAGE = (
    b"secret\nsecond line\n"  # its first line is the passphrase, to see that nobody reads it from the message
)
ANNA = SigningKey.new("anna")


@pytest.fixture(autouse=True)
def no_help_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SSH_AUTH_SOCK", "SSH_ASKPASS", "SSH_ASKPASS_REQUIRE", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """Anna's private key, without a .pub file beside it."""
    return ANNA.write(tmp_path / "key")


@pytest.fixture
def public(tmp_path: Path) -> Path:
    """Anna's public key alone."""
    file = tmp_path / "alone.pub"
    file.write_text(f"{ANNA.public} Anna Nowak\n")
    return file


@pytest.fixture
def protected(tmp_path: Path) -> Path:
    """A key with the passphrase "secret"."""
    file = tmp_path / "protected"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "secret", "-C", "", "-f", file], check=True)
    return file


@pytest.fixture
def agent(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An agent with nothing in it."""
    socket = tmp_path_factory.mktemp("a") / "s"
    process = subprocess.Popen(["ssh-agent", "-D", "-a", socket], stdout=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 5
        while not socket.exists():
            assert time.monotonic() < deadline, "the agent did not start"
            time.sleep(0.01)
        monkeypatch.setenv("SSH_AUTH_SOCK", str(socket))
        yield
    finally:
        process.terminate()
        process.wait()


def test_signs_as_we_verify(key: Path) -> None:
    armored = sign(MESSAGE, key, NAMESPACE)
    assert armored == ANNA.sign(MESSAGE)
    assert verify(MESSAGE, armored).line == ANNA.public
    assert sign(MESSAGE, str(key), "other") == ANNA.sign(MESSAGE, "other")


def test_a_path_is_never_an_option(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ANNA.write(tmp_path / "-Uv")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert sign(MESSAGE, "-Uv", NAMESPACE) == sign(MESSAGE, "~/-Uv", NAMESPACE) == ANNA.sign(MESSAGE)


def test_the_agent_signs(agent: None, key: Path, public: Path) -> None:
    with pytest.raises(UserError, match="nothing holds the private half") as refused:
        sign(MESSAGE, public, NAMESPACE)
    assert "ssh-add" in refused.value.hint
    subprocess.run(["ssh-add", "-q", key], check=True)
    expected = ANNA.sign(MESSAGE)
    assert sign(MESSAGE, public, NAMESPACE) == expected
    assert sign(MESSAGE, ANNA.public, NAMESPACE) == expected
    assert sign(MESSAGE, f"key::{ANNA.public} a comment", NAMESPACE) == expected


def test_without_an_agent_a_public_key_signs_nothing(public: Path) -> None:
    for key in (public, ANNA.public):
        with pytest.raises(UserError, match="nothing holds the private half"):
            sign(MESSAGE, key, NAMESPACE)


def test_the_private_key_beside_a_public_one_signs(key: Path) -> None:
    beside = key.with_name("key.pub")
    beside.write_text(f"{ANNA.public}\n")
    assert sign(MESSAGE, beside, NAMESPACE) == ANNA.sign(MESSAGE)


@pytest.mark.parametrize(
    ("content", "mode", "reason", "hint"),
    [
        (None, 0o600, "there is no key file", "private key"),
        (b"garbage\n", 0o600, "could not be used", "private key of OpenSSH"),
        (b"garbage\n", 0o644, "others may read", "chmod 600"),
    ],
)
def test_says_what_is_wrong_with_a_file(
    content: bytes | None, mode: int, reason: str, hint: str, tmp_path: Path
) -> None:
    file = tmp_path / "key"
    if content is not None:
        file.write_bytes(content)
        file.chmod(mode)
    for use in (lambda: sign(MESSAGE, file, NAMESPACE), lambda: public_key_of(file)):
        with pytest.raises(UserError, match=reason) as refused:
            use()
        assert hint in refused.value.hint
        assert refused.value.exit_code == 2


def test_says_when_ssh_keygen_is_missing(key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CannotRunError, match="ssh-keygen could not be started"):
        sign(MESSAGE, key, NAMESPACE)


SIGN = "import sys; from smsrepo.git.ssh import sign; sys.stdout.buffer.write(sign(sys.argv[1].encode(), sys.argv[2], sys.argv[3]))"


def command(key: Path) -> list[str]:
    return [sys.executable, "-c", SIGN, MESSAGE.decode(), str(key), NAMESPACE]


def test_without_a_terminal_the_message_is_not_taken_for_the_passphrase(protected: Path) -> None:
    done = subprocess.run(command(protected), capture_output=True, start_new_session=True, check=False)
    assert done.returncode == 1
    assert b"UserError" in done.stderr
    assert b"BEGIN SSH SIGNATURE" not in done.stdout


def test_without_a_terminal_a_dialogue_may_ask(protected: Path, tmp_path: Path) -> None:
    dialogue = tmp_path / "askpass"
    dialogue.write_text("#!/bin/sh\necho secret\n")
    dialogue.chmod(0o755)
    environment = {**os.environ, "SSH_ASKPASS": str(dialogue)}
    done = subprocess.run(
        command(protected), capture_output=True, start_new_session=True, env=environment, check=True
    )
    assert verify(MESSAGE, done.stdout).line == public_key_of(protected)


@pytest.mark.parametrize(("typed", "good"), [(b"secret\n", True), (b"wrong\n", False)])
def test_asks_for_the_passphrase_at_the_terminal(protected: Path, typed: bytes, good: bool) -> None:
    seen = at_a_terminal(command(protected), typed)
    assert b"Enter passphrase" in seen
    assert (b"BEGIN SSH SIGNATURE" in seen) is good
    assert (b"could not be used" in seen) is not good


def at_a_terminal(command: list[str], typed: bytes) -> bytes:
    """What a user sees who types at the first question."""
    child, terminal = pty.fork()
    if child == 0:
        os.execv(command[0], command)  # noqa: S606 - a fixed command, in a child that has the terminal
    seen, answered, deadline = b"", False, time.monotonic() + 20
    try:
        while time.monotonic() < deadline:
            if not select.select([terminal], [], [], 0.1)[0]:
                continue
            try:
                read = os.read(terminal, 4096)
            except OSError:  # the other side is closed
                break
            if not read:
                break
            seen += read
            if b"passphrase" in seen and not answered:
                os.write(terminal, typed)
                answered = True
    finally:
        os.close(terminal)
        os.waitpid(child, 0)
    return seen


def test_the_public_key_of_a_file(key: Path, public: Path, protected: Path) -> None:
    assert public_key_of(key) == public_key_of(public) == ANNA.public
    beside = protected.with_name("protected.pub")
    expected = " ".join(beside.read_text().split()[:2])
    assert public_key_of(protected) == public_key_of(str(beside)) == expected
