"""An auditor's clone, however it was made, proves the same."""

from pathlib import Path

import pytest
from support.cli import sms
from support.gitrepo import GitRepo, run_git
from support.scenario import play

STORY = """bob issues POL-001 1.1: We serve well.
anna approves POL-001
merge
bob moves policies/POL-002-changes.md to policies/Änderungen/POL-002-Größe.md
merge
bob issues POL-002 1.1: We change with more care.
anna approves POL-002
merge
"""


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> GitRepo:
    played, _ = play(STORY, tmp_path_factory.mktemp("origin") / "repo")
    played.repo.switch("main")
    return played.repo


def clone(origin: GitRepo, path: Path, *options: str) -> Path:
    run_git(path.parent, "clone", "--quiet", *options, f"file://{origin.path}", str(path))
    return path


# How the clone is made, and what is done to it.
CLONES = {
    "plain": ((), ()),
    "bare": (("--bare",), ()),
    "CRLF checkout": (("--config", "core.autocrlf=true"), ()),
    "detached head": ((), ("switch", "--quiet", "--detach", "HEAD")),
    "other default branch": ((), ("branch", "--move", "main", "trunk")),
    "packed": ((), ("gc", "--quiet")),
}


@pytest.mark.parametrize(("options", "act"), CLONES.values(), ids=CLONES)
def test_the_proof_is_the_same(
    origin: GitRepo, tmp_path: Path, options: tuple[str, ...], act: tuple[str, ...]
) -> None:
    path = clone(origin, tmp_path / "clone", *options)
    if act:
        run_git(path, *act)
    ran = sms("-C", path, "verify", "--as-of", "2026-02-01")
    assert ran.code == 0, ran.out
    assert "2 signed approvals" in ran.out
    shown = sms("-C", path, "register", "--as-of", "2026-02-01", "--format", "csv").out
    assert [line.split(",")[0] for line in shown.splitlines()[1:]] == [
        "POL-001",
        "POL-002",
        "PRO-001",
        "SLA-001",
    ]


REFUSED = {
    "shallow": (("--depth", "1"), "git fetch --unshallow"),
    "partial": (("--filter=blob:none", "--no-checkout"), "git fetch --refetch"),
}


@pytest.mark.parametrize(("options", "hint"), REFUSED.values(), ids=REFUSED)
def test_a_clone_with_holes_proves_nothing(
    origin: GitRepo, tmp_path: Path, options: tuple[str, ...], hint: str
) -> None:
    origin.git("config", "uploadpack.allowFilter", "true")
    path = clone(origin, tmp_path / "clone", *options)
    if "--no-checkout" in options:
        run_git(path, "config", "core.bare", "true")
        path = path / ".git"
    ran = sms("-C", path, "verify")
    assert ran.code == 3
    assert hint in ran.err
    assert "Proven" not in ran.out
