"""What worktrees say about themselves: the branch each is on, and what is not committed."""

import os
from pathlib import Path

from smsrepo.git.process import failure, run


def current_branch(root: Path) -> str:
    """The branch that is checked out, such as "main"; "" where a bare commit is."""
    done = run(root, "symbolic-ref", "--quiet", "HEAD", check=False)
    return os.fsdecode(done.stdout).strip().removeprefix("refs/heads/")


def worktrees(root: Path) -> dict[str, str]:
    """The folders in which branches of this repository are checked out, by branch."""
    listing = os.fsdecode(run(root, "worktree", "list", "--porcelain", "-z").stdout)
    found = {}
    for entry in listing.split("\0\0"):
        fields = dict(line.partition(" ")[::2] for line in entry.split("\0"))
        if "branch" in fields:
            found[fields["branch"].removeprefix("refs/heads/")] = fields["worktree"]
    return found


def uncommitted(root: Path) -> frozenset[str]:
    """The paths below `root` that differ from the commit that is checked out, new files included, ignored ones not.

    What counts is what git would commit: CR LF where it stores LF is no difference (git status says it is one).
    """
    options = (
        "--name-only",
        "--relative",
        "--no-renames",
        "--no-ext-diff",
        "--no-textconv",
        "--ignore-submodules=none",
    )
    differing = run(root, "--no-optional-locks", "diff", *options, "-z", "HEAD", check=False)
    if differing.returncode:
        raise failure("diff", differing)
    new = run(root, "ls-files", "-z", "--others", "--exclude-standard")
    return frozenset(
        path for done in (differing, new) for path in os.fsdecode(done.stdout).split("\0") if path
    )
