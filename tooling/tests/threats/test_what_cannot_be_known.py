"""What git alone cannot prove, the report says, in every run and format: silence would be a lie."""

import json
from pathlib import Path

import pytest
from support.cli import sms
from support.scenario import play

from smsrepo.export.proof_text import LIMITS


@pytest.mark.parametrize(
    "words",
    [
        "When something really happened",
        "rewritten from its first commit",
        "rejections that were never merged",
        "Who wrote what",
        "merged as a side branch",
    ],
)
def test_the_report_says_what_git_alone_cannot_prove(tmp_path: Path, words: str) -> None:
    played, _ = play("", tmp_path / "repo")
    assert any(words in limit for limit in LIMITS)
    said = sms("verify", "--as-of", "2026-01-11", cwd=played.repo.path).out
    assert all(limit in said for limit in LIMITS)
    data = json.loads(sms("verify", "--as-of", "2026-01-11", "--format", "json", cwd=played.repo.path).out)
    assert data["not_provable"] == list(LIMITS)
