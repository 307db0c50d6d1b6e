"""Attacks by a push: the hook of a server judges it, and git alone would take it."""

import subprocess
import sys
from pathlib import Path

import pytest
from support import small_sms
from support.gitrepo import CLEAN, GitRepo
from support.scenario import play

import smsrepo

APPROVED = """
bob issues POL-001 1.1: We serve well.
anna approves POL-001
merge with a merge commit
"""
FORGED = """
bob issues POL-001 1.1: We serve Mallory.
anna approves POL-001 with the key of mallory
merge
"""
HOOK = """#!/bin/sh
PYTHONPATH='{package}' exec '{python}' -m smsrepo gate --pre-receive --history-only
"""


@pytest.fixture
def server(tmp_path: Path) -> GitRepo:
    """A bare repository under control whose hook judges what is pushed to main."""
    played, _ = play("", tmp_path / "work")
    played.repo.git("clone", "-q", "--bare", str(played.repo.path), str(tmp_path / "server"))
    server = GitRepo(tmp_path / "server")
    hook = server.path / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(HOOK.format(package=Path(smsrepo.__file__).parents[1], python=sys.executable))
    hook.chmod(0o755)
    return server


def pushed(repo: GitRepo, server: GitRepo, *options: str) -> tuple[bool, str]:
    """Whether a push of main was taken, and what git said."""
    return push(repo, server, *options, "main")


def push(repo: GitRepo, server: GitRepo, *what: str) -> tuple[bool, str]:
    """The same of anything."""
    command = ["git", "-C", str(repo.path), "push", str(server.path), *what]
    done = subprocess.run(command, capture_output=True, text=True, env=CLEAN)
    return done.returncode == 0, done.stderr


def test_a_hook_takes_what_is_approved_and_nothing_else(server: GitRepo, tmp_path: Path) -> None:
    good, _ = play(APPROVED, tmp_path / "good")
    taken, words = pushed(good.repo, server)
    assert taken, words
    bad, _ = play(APPROVED + FORGED.replace("1.1", "1.2"), tmp_path / "bad")
    taken, words = pushed(bad.repo, server)
    assert not taken
    assert "a key that did not belong to anna-nowak" in words


def test_a_hook_refuses_another_line(server: GitRepo, tmp_path: Path) -> None:
    """Main as the second parent of a merge: an ancestor still, but the steps that were judged are steps no more."""
    text = "bob edits INC-2026-0001 status=closed\nmerge\n"
    good, _ = play(text, tmp_path / "good")
    assert pushed(good.repo, server)[0]
    evil, _ = play(
        text + "mallory pushes a line in which main is a branch that was merged\n", tmp_path / "evil"
    )
    for options in ((), ("--force",)):
        taken, words = pushed(evil.repo, server, *options)
        assert not taken
        assert "does not continue it" in words


def test_a_hook_refuses_a_rewritten_history(server: GitRepo, tmp_path: Path) -> None:
    good, _ = play(APPROVED, tmp_path / "good")
    assert pushed(good.repo, server)[0]
    evil, _ = play(APPROVED + "mallory rewrites the last step\n", tmp_path / "evil")
    taken, words = pushed(evil.repo, server, "--force")
    assert not taken
    assert "does not continue it" in words


def test_a_hook_runs_nothing_of_a_first_push(server: GitRepo, tmp_path: Path) -> None:
    server.git("update-ref", "-d", "refs/heads/main")
    evil, _ = play("", tmp_path / "evil")
    evil.repo.write("tooling/rules/evil.py", f"open({str(tmp_path / 'sprung')!r}, 'w')\n")
    evil.repo.commit("Evil", small_sms.identity("mallory"), evil.when())
    pushed(evil.repo, server)
    assert not (tmp_path / "sprung").exists()


def test_no_branch_that_is_pushed_takes_the_place_of_the_main_branch(server: GitRepo, tmp_path: Path) -> None:
    """HEAD of the server says which branch counts, whatever others are called."""
    server.git("branch", "--move", "main", "master")
    bad, _ = play(FORGED, tmp_path / "bad")
    first = bad.repo.git("rev-list", "--max-parents=0", "main")
    for source, taken in (("main:master", False), (f"{first}:refs/heads/main", True), ("main:master", False)):
        done = push(bad.repo, server, source)
        assert (done[0], source) == (taken, source), done[1]


def test_a_branch_that_would_become_the_main_branch_is_refused(server: GitRepo, tmp_path: Path) -> None:
    server.git("symbolic-ref", "HEAD", "refs/heads/trunk")
    bad, _ = play(FORGED, tmp_path / "bad")
    taken, words = push(bad.repo, server, "main:trunk")
    assert not taken
    assert "git symbolic-ref HEAD refs/heads/main" in words


def test_a_push_that_was_squashed_at_home_is_refused(server: GitRepo, tmp_path: Path) -> None:
    """Whom it names as co-author beside the approval may have written all of it; nobody saw the commits."""
    squashed, _ = play(APPROVED.replace(" with a merge commit", ""), tmp_path / "squashed")
    taken, words = pushed(squashed.repo, server)
    assert not taken
    assert "wrote part of it" in words
