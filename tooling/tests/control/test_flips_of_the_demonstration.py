"""The two years of the demonstration: no byte of what was approved, signed or decided can change unnoticed."""

import random
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from support.gitrepo import CLEAN, GitRepo

from smsrepo.check.catalogue import built_in
from smsrepo.check.verify import verify
from smsrepo.control.register import register_of
from smsrepo.load.history import load_history
from smsrepo.model.history import History

ON = date(2026, 11, 20)
POLICY = ("sms/people.yml", "sms/control.yml", "sms/assignments.yml")
EACH = 3


@pytest.fixture(scope="module")
def history(pristine_past: Path) -> History:
    return load_history(pristine_past, GitRepo(pristine_past).head())


@pytest.fixture(scope="module")
def stream(pristine_past: Path) -> bytes:
    command = ["git", "-C", str(pristine_past), "fast-export", "main"]
    return subprocess.run(command, capture_output=True, env=CLEAN, check=True).stdout


def targets(history: History, kind: str) -> Iterator[bytes]:
    """The contents of a kind that history brought since control began."""
    if kind == "approved document":
        lineages = register_of(history).lineages.values()
        blobs = [r.version.blob for one in lineages for r in one.revisions if r.approved and not r.adopted]
    else:
        brought = [(c.path, c.after.id) for step in history.steps for c in step.changes if c.after]
        fits = {
            "statement": lambda path: path.startswith("sms/approvals/") and path.endswith(".yml"),
            "signature": lambda path: path.endswith(".sig"),
            "policy": lambda path: path in POLICY,
        }[kind]
        blobs = [blob for path, blob in brought if fits(path)]
    yield from (history.contents[blob] for blob in blobs)


@pytest.mark.parametrize("kind", ["approved document", "statement", "signature", "policy"])
def test_a_flipped_bit_is_found(kind: str, history: History, stream: bytes, tmp_path: Path) -> None:
    chance = random.Random(kind)
    found = [content for content in targets(history, kind) if stream.count(content) == 1]
    assert len(found) >= EACH
    for number, content in enumerate(chance.sample(found, EACH)):
        at = stream.index(content) + chance.randrange(len(content))
        changed = stream[:at] + bytes([stream[at] ^ 1 << chance.randrange(8)]) + stream[at + 1 :]
        repo = GitRepo.new(tmp_path / str(number), "--bare")
        repo.git("fast-import", "--quiet", "--force", stdin=changed)
        proof = verify(load_history(repo.path, repo.git("rev-parse", "main")), built_in().values(), ON, ON)
        assert not proof.proven, stream[at - 40 : at + 40]
