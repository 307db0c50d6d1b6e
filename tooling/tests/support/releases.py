"""A small SMS with a site and two baselines, made once; who works on it works in a clone."""

import os
import shutil
from pathlib import Path
from unittest import mock

from support import small_sms
from support.cli import Ran, sms
from support.gitrepo import CLEAN, GitRepo, run_git
from support.memory import ROOT
from support.scenario import Play, act, play

FIRST, SECOND = "2026.1", "2026.2"
ADDRESS = "https://sms.example/docs/"


def as_anna(*arguments: str | Path, cwd: Path | None = None) -> Ran:
    """`sms` for Anna, whose machine has no other settings for git."""
    made = small_sms.made_by("anna", "2026-03-01T10:00:00Z")
    with mock.patch.dict(os.environ, {**CLEAN, **made}, clear=True):
        return sms(*arguments, cwd=cwd)


def with_site(path: Path) -> Play:
    """The small SMS, which has a site from the beginning."""
    played, _ = play("", path)
    config = (ROOT / "mkdocs.yml").read_text()
    played.repo.write("mkdocs.yml", f"site_url: {ADDRESS}\n{config}")
    played.repo.write("tooling/site/docs/README.md", "Pictures.\n")
    played.repo.git("add", "--all")
    played.repo.git("commit", "--quiet", "--amend", "--no-edit", **small_sms.made_by("anna", small_sms.BEGAN))
    return played


def released(path: Path) -> GitRepo:
    """With the baseline 2026.1, then revision 1.1 of POL-001, then the baseline 2026.2."""
    played = with_site(path)
    marked(played, FIRST)
    for line in (
        "on 2026-02-01",
        "bob issues POL-001 1.1: We serve better.",
        "anna approves POL-001",
        "merge",
    ):
        act(played, line)
    played.repo.switch("main")
    marked(played, SECOND)
    return played.repo


def marked(played: Play, name: str) -> None:
    made = as_anna("-C", played.repo.path, "baseline", name)
    assert made.code == 0, made.err


def clone(repository: Path, path: Path) -> GitRepo:
    """A copy of a repository, its branch main checked out."""
    return GitRepo(Path(shutil.copytree(repository, path)))


def on_branch(repo: GitRepo, branch: str, path: str) -> str:
    """A file of a branch."""
    return run_git(repo.path, "show", f"{branch}:{path}")
