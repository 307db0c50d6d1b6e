"""Where the main branch stands: here and, as far as that is known offline, at the remotes it is shared through."""

import os
from pathlib import Path

from smsrepo.git.door import continues, default_branch
from smsrepo.git.process import run


def tips(root: Path) -> dict[str, str]:
    """The last commits of the main branch by name ("main", "origin/main"): its own, the one at origin, and the one of
    the branch that it follows; only those there are.
    """
    branch = default_branch(root)
    own = f"refs/heads/{branch}"
    followed = _lines(root, "%(upstream)", own)
    places = [
        own,
        f"refs/remotes/origin/{branch}",
        *(one for one in followed if one.startswith("refs/remotes/")),
    ]
    found = (line.split(" ", 1) for line in _lines(root, "%(objectname) %(refname)", *places))
    return {name.removeprefix("refs/heads/").removeprefix("refs/remotes/"): commit for commit, name in found}


def is_on_main(root: Path, commit: str) -> bool:
    """Whether the main branch, as it is here or at a remote, passes a commit."""
    return any(continues(root, tip, commit) for tip in set(tips(root).values()))


def _lines(root: Path, form: str, *places: str) -> list[str]:
    return os.fsdecode(run(root, "for-each-ref", f"--format={form}", *places).stdout).splitlines()
