"""The gate says what it did not judge."""

from pathlib import Path

from support.cli import sms
from support.scenario import play


def test_what_is_not_committed_is_not_judged(tmp_path: Path) -> None:
    played, _ = play("bob drafts POL-001 1.1: We serve well.", tmp_path / "repo")
    path = played.repo.path / "policies/POL-001-policy.md"
    path.write_text(path.read_text() + "More.\n")
    ran = sms("gate", "--history-only", cwd=played.repo.path)
    assert "Not judged, because not committed: policies/POL-001-policy.md" in ran.err


def test_the_tip_of_main_is_nothing_to_judge(tmp_path: Path) -> None:
    played, _ = play("bob drafts POL-001 1.1: We serve well.", tmp_path / "repo")
    played.repo.switch("main")
    ran = sms("gate", "--history-only", cwd=played.repo.path)
    assert ran.out.startswith("Nothing to judge: HEAD is the tip")
    assert "open" not in ran.out
    assert (
        "Nothing to judge" in sms("gate", "--history-only", "--format", "markdown", cwd=played.repo.path).err
    )
