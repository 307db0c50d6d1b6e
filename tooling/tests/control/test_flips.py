"""No byte of what was approved, signed or decided can change in the past without verify telling of it.

A repository with a history is exported; one byte of one blob is changed, and everything from there on is rebuilt
around it, with all commits as they were. Files of the genesis are covered by its digest, which is flipped apart.
"""

import random
import re
import subprocess
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import NamedTuple

import pytest
from support.gitrepo import CLEAN, GitRepo
from support.scenario import play

from smsrepo.check.catalogue import built_in
from smsrepo.check.verify import Proof, verify
from smsrepo.load.history import load_history
from smsrepo.model.finding import Severity

SCENARIO = """
bob writes policies/rates.csv: hour 100
bob issues POL-001 1.1 attachments=[rates.csv]: We serve well.
anna approves POL-001
merge
bob sets sms/people.yml people[carol-diaz].keys[+] to {key: KEY-OF-second, from: "2026-01-01"}
bob sets sms/control.yml approvals[0].approvers to [management-representative]
anna approves sms/people.yml sms/control.yml
merge
bob issues SLA-001 1.1: The desk answers soon.
carol approves SLA-001 on the forge
dora approves SLA-001 on the forge
merge
bob issues POL-001 1.2: We serve better.
carol approves POL-001 with the key of second
merge
"""
ON = date(2026, 1, 11)
FLIPS = 48
"""Three of each blob."""
ALLOWED = {
    "document": {"statement-refused", "approval-missing", "document-deleted"},
    "attachment": {"statement-refused", "approval-missing"},
    "policy": {"statement-refused", "policy-unapproved"},
    "statement": {"statement-refused", "stray-approval-file"},
    "signature": {"statement-refused"},
}


class Target(NamedTuple):
    """A blob that history brought: where it lies in the exported stream, what it is, which paths findings may name."""

    kind: str
    path: str
    start: int
    length: int
    named: frozenset[str]


class Exported(NamedTuple):
    """The repository as one stream, and what in it may be flipped."""

    stream: bytes
    targets: list[Target]


@cache
def exported() -> Exported:
    folder = Path(mkdtemp(prefix="flips-"))
    repo = play(SCENARIO, folder / "repo")[0].repo
    command = ["git", "-C", str(repo.path), "fast-export", "main"]
    stream = subprocess.run(command, capture_output=True, env=CLEAN, check=True).stdout
    history = load_history(repo.path, repo.head())
    assert not verify(history, built_in().values(), ON, ON).findings
    targets = []
    for step in history.steps:
        statements = {
            c.path.removesuffix(".sig") for c in step.changes if c.path.startswith("sms/approvals/")
        }
        for path, _, after in step.changes:
            assert after
            content = history.contents[after.id]
            header = f"data {len(content)}\n".encode()
            assert stream.count(header + content) == 1
            start = stream.index(header + content) + len(header)
            named = (
                {path, *statements, "policies/POL-001-policy.md"}
                if path.endswith(".csv")
                else {path, *statements}
            )
            targets.append(Target(kind_of(path), path, start, len(content), frozenset(named)))
    return Exported(stream, targets)


def kind_of(path: str) -> str:
    if path.startswith("sms/approvals/"):
        return "signature" if path.endswith(".sig") else "statement"
    if path.endswith(".csv"):
        return "attachment"
    return "policy" if path.startswith("sms/") else "document"


def rebuilt(stream: bytes, path: Path) -> Proof:
    """The proof of a repository made of a stream."""
    repo = GitRepo.new(path, "--bare")
    repo.git("fast-import", "--quiet", "--force", stdin=stream)
    return verify(load_history(path, repo.git("rev-parse", "main")), built_in().values(), ON, ON)


def flipped(content: bytes, at: int, bit: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 1 << bit]) + content[at + 1 :]


def flips() -> list[tuple[int, float, int]]:
    """Which target (each in turn), where in it, and which bit: the same in every run."""
    chance = random.Random(20_000)
    return [(number, chance.random(), chance.randrange(8)) for number in range(FLIPS)]


def test_what_is_flipped_is_what_history_brought() -> None:
    kinds = [target.kind for target in exported().targets]
    assert {kind: kinds.count(kind) for kind in ALLOWED} == {
        "document": 3, "attachment": 1, "policy": 2, "statement": 5, "signature": 5,
    }  # fmt: skip


def test_nothing_flipped_is_proven(tmp_path: Path) -> None:
    assert rebuilt(exported().stream, tmp_path / "same").proven


@pytest.mark.parametrize(("number", "share", "bit"), flips())
def test_a_flipped_bit_is_found(number: int, share: float, bit: int, tmp_path: Path) -> None:
    stream, targets = exported()
    target = targets[number % len(targets)]
    changed = flipped(stream, target.start + int(share * target.length), bit)
    proof = rebuilt(changed, tmp_path / "flipped")
    errors = {(f.rule, f.path) for f in proof.findings if f.severity is Severity.ERROR}
    expected = {
        (rule, path) for rule, path in errors if rule in ALLOWED[target.kind] and path in target.named
    }
    assert expected, (target.path, errors)


@pytest.mark.parametrize(
    "path", ["policies/POL-002-changes.md", "sms/roles.yml", "schemas/common/people.schema.json"]
)
def test_a_flipped_bit_of_the_genesis_is_found(path: str, tmp_path: Path) -> None:
    stream = exported().stream
    found = re.search(rb"^M 100644 (:\d+) %s$" % path.encode(), stream, re.MULTILINE)
    assert found
    start = re.search(rb"^mark %s\ndata \d+\n" % found[1], stream, re.MULTILINE)
    assert start
    at = (
        stream.index(b"title", start.end())
        if b"title" in stream[start.end() : start.end() + 400]
        else start.end()
    )
    proof = rebuilt(stream[:at] + stream[at : at + 1].swapcase() + stream[at + 1 :], tmp_path / "flipped")
    assert "genesis-altered" in {finding.rule for finding in proof.findings}
