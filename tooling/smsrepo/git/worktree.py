"""What the worktree says about itself: the branch it is on, and what is not committed."""

import os
from pathlib import Path

from smsrepo.git.process import failure, run


def current_branch(root: Path) -> str:
    """The branch that is checked out, such as "main"; "" where a bare commit is."""
    done = run(root, "symbolic-ref", "--quiet", "HEAD", check=False)
    return os.fsdecode(done.stdout).strip().removeprefix("refs/heads/")


def tip(root: Path, branch: str) -> str:
    """The commit at the end of a branch: of the remote copy where it is ahead of the one here; "" for no branch.

    A branch that went on here, or went another way, counts as it is here.
    """
    listed = (f"refs/heads/{branch}", f"refs/remotes/origin/{branch}")
    listing = run(root, "for-each-ref", "--format=%(refname) %(objectname)", *listed).stdout
    refs = dict(line.split(" ", 1) for line in os.fsdecode(listing).splitlines())
    here, there = (refs.get(name, "") for name in listed)
    if not (here and there):
        return here or there
    behind = run(root, "merge-base", "--is-ancestor", here, there, check=False).returncode == 0
    return there if behind else here


def uncommitted(root: Path) -> frozenset[str]:
    """The paths below `root` that differ from the commit that is checked out, new files included, ignored ones not.

    Line ends count as git would commit them.
    """
    options = ("--porcelain=v1", "-z", "--untracked-files=all", "--no-renames", "--ignore-submodules=none")
    done = run(root, "--no-optional-locks", "status", *options, check=False)
    if done.returncode:
        raise failure("status", done)
    prefix = os.fsdecode(run(root, "rev-parse", "--show-prefix").stdout).removesuffix("\n")
    paths = [line[3:] for line in os.fsdecode(done.stdout).split("\0") if line]
    return frozenset(path.removeprefix(prefix) for path in paths if path.startswith(prefix))
