"""What is committed in the user's name, and the user's own settings."""

import os
from pathlib import Path

import pytest
from support.gitrepo import GitRepo

from smsrepo.errors import CannotRunError
from smsrepo.git import door


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Anna's own configuration, as she would have it at home."""
    (tmp_path / "gitconfig").write_text(
        "[user]\n\tname = Anna\n\temail = anna@example.org\n\tsigningkey = ~/.ssh/id.pub\n"
    )
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))


def test_the_users_own_settings(repo: GitRepo, user: None) -> None:
    assert door.config(repo.path, "user.email") == "anna@example.org"
    assert door.config(repo.path, "user.signingkey") == "~/.ssh/id.pub"
    assert door.config(repo.path, "user.nothing") == ""
    repo.git("config", "user.email", "work@example.org")
    assert door.config(repo.path, "user.email") == "work@example.org"


def test_paths_are_committed_and_nothing_else(repo: GitRepo, user: None) -> None:
    for path in ("top.md", "sub/a.md", "staged.md", "sub/-new.md", "sub/*.md", "left.md", "sub/:(top)ü.md"):
        repo.write(path, "new")
    (repo.path / "sub/deep/b.md").unlink()
    repo.git("add", "top.md", "staged.md")
    before = repo.head()
    made = door.commit_paths(
        repo.path / "sub", ["a.md", "-new.md", "*.md", ":(top)ü.md", "deep/b.md"], "--amend\n\n# text"
    )
    assert made == repo.head()
    assert [c.path for c in door.changes(repo.path, before, made)] == [
        "sub/*.md",
        "sub/-new.md",
        "sub/:(top)ü.md",
        "sub/a.md",
        "sub/deep/b.md",
    ]
    assert (
        repo.git("log", "-1", "--format=%an %ae %P%n%B")
        == f"Anna anna@example.org {before}\n--amend\n\n# text\n"
    )
    assert repo.git("status", "--porcelain").splitlines() == ["A  staged.md", "M  top.md", "?? left.md"]


def test_the_users_hooks_have_a_say(repo: GitRepo, user: None) -> None:
    hook = repo.path / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'Not on a Friday.' >&2\nexit 1\n")
    hook.chmod(0o755)
    repo.write("top.md", "new")
    before = repo.head()
    with pytest.raises(CannotRunError, match=r"Not on a Friday\."):
        door.commit_paths(repo.path, ["top.md"], "x")
    assert repo.head() == before


@pytest.mark.parametrize(
    ("path", "words"), [("nowhere.md", "did not match"), ("top.md", "nothing|no changes")]
)
def test_nothing_to_commit(repo: GitRepo, user: None, path: str, words: str) -> None:
    with pytest.raises(CannotRunError, match=words):
        door.commit_paths(repo.path, [path], "x")
