"""The file for an auditor: ssh-keygen reads it and agrees about person, days and purpose."""

import subprocess
from datetime import date
from pathlib import Path

import pytest
from support.signing import SigningKey

from smsrepo.errors import UserError
from smsrepo.ssh.allowed_signers import Signer, allowed_signers
from smsrepo.ssh.keys import read_public
from smsrepo.ssh.sshsig import NAMESPACE

MESSAGE = b"schema: sms-approval/1\n"
OLD, NEW, BOB = (SigningKey.new(seed) for seed in ("anna, old", "anna, new", "bob"))
SIGNERS = allowed_signers(
    [
        Signer("anna-nowak", read_public(OLD.public), date(2025, 1, 1), date(2025, 12, 31)),
        Signer("anna-nowak", read_public(NEW.public), date(2026, 1, 1)),
        Signer("bob", read_public(BOB.public)),
    ]
)


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland", "America/Los_Angeles"])
@pytest.mark.parametrize(
    ("key", "person", "at", "good"),
    [
        (OLD, "anna-nowak", "20250101000000Z", True),
        (OLD, "anna-nowak", "20241231235959Z", False),
        (OLD, "anna-nowak", "20251231235959Z", True),
        (OLD, "anna-nowak", "20260101000000Z", False),
        (NEW, "anna-nowak", "20260101000000Z", True),
        (NEW, "anna-nowak", "20251231235959Z", False),
        (NEW, "anna-nowak", "20400101000000Z", True),
        (BOB, "bob", "20250601000000Z", True),
        (BOB, "anna-nowak", "20260601000000Z", False),
        (NEW, "anna", "20260601000000Z", False),
    ],
)
def test_ssh_keygen_agrees(
    key: SigningKey,
    person: str,
    at: str,
    good: bool,
    zone: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TZ", zone)
    assert verified(key.sign(MESSAGE), person, at, NAMESPACE, tmp_path) is good


def test_a_key_counts_for_approvals_only(tmp_path: Path) -> None:
    assert verified(BOB.sign(MESSAGE), "bob", "20260601000000Z", NAMESPACE, tmp_path)
    assert not verified(BOB.sign(MESSAGE, "git"), "bob", "20260601000000Z", "git", tmp_path)


def test_the_file_as_a_whole() -> None:
    assert allowed_signers([]) == ""
    assert SIGNERS == (  # noqa: SIM300 - the whole file is long
        f'anna-nowak namespaces="smsrepo-approval@v1",valid-after="20250101Z",valid-before="20251231235959Z" {OLD.public}\n'
        f'anna-nowak namespaces="smsrepo-approval@v1",valid-after="20260101Z" {NEW.public}\n'
        f'bob namespaces="smsrepo-approval@v1" {BOB.public}\n'
    )


@pytest.mark.parametrize(
    "principal",
    [
        "",
        "*",
        "an*",
        "anna,bob",
        "!bob",
        "a?",
        "Anna",
        "1a",
        "-a",
        "anna bob",
        "anna\n",
        "#anna",
        "änna",
        'a"b',
    ],
)
def test_an_id_that_could_match_others_is_refused(principal: str) -> None:
    with pytest.raises(UserError, match="cannot be the id of a signer"):
        allowed_signers([Signer(principal, read_public(BOB.public))])


def test_days_that_run_backwards_are_refused() -> None:
    with pytest.raises(UserError, match="before it begins"):
        allowed_signers([Signer("bob", read_public(BOB.public), date(2026, 1, 2), date(2026, 1, 1))])


def verified(armored: bytes, person: str, at: str, namespace: str, folder: Path) -> bool:
    signers, signature = folder / "allowed_signers", folder / "statement.sig"
    signers.write_text(SIGNERS)
    signature.write_bytes(armored)
    command: list[str | Path] = [
        "ssh-keygen", "-Y", "verify", "-f", signers, "-I", person, "-n", namespace, "-s", signature, f"-Overify-time={at}"
    ]  # fmt: skip
    return subprocess.run(command, input=MESSAGE, capture_output=True, check=False).returncode == 0
