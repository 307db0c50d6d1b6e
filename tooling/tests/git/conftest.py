"""What tests of git share."""

from pathlib import Path

import pytest
from support.gitrepo import GitRepo


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    """Files at the top, in folders, and one whose name begins like a folder."""
    repo = GitRepo.new(tmp_path / "repo")
    repo.write("top.md", "top")
    repo.write("sub/a.md", "1\n")
    repo.write("sub/deep/b.md", "b")
    repo.write("subway.md", "")
    repo.commit("First")
    return repo
