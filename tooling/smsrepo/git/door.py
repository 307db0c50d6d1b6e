"""The one door to git. GitPython for repositories and commits we make; plain processes for the hot streams.

Only fixed argument lists; a revision from a user is resolved to a hash before it reaches any other command.
"""

import os
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from smsrepo.errors import CannotRunError, UserError

# What a repository's own configuration could change is switched off: hooks, pagers, helpers, replaced objects.
_ENVIRONMENT = {
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
}
_SAFE = ("-c", "core.fsmonitor=false", "-c", "core.quotePath=false")


class TreeEntry(NamedTuple):
    """One file of a commit: mode as git writes it ("100644"), object id, size in bytes, path."""

    mode: str
    blob: str
    size: int
    path: str


def resolve(root: Path, revision: str) -> str:
    """The commit id of a revision as a user writes it; raises UserError where there is none."""
    done = _run(
        root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", check=False
    )
    commit = done.stdout.decode().strip()
    if done.returncode or not commit:
        raise UserError(
            f"there is no commit `{revision}` in this repository",
            "Name a commit, branch or tag that git log knows.",
        )
    return commit


def tree(root: Path, commit: str) -> Iterator[TreeEntry]:
    """Every file of a commit below `root`, which may be a folder of the repository; paths count from there."""
    listing = _run(root, "ls-tree", "-r", "-z", "-l", commit).stdout
    for line in listing.split(b"\0"):
        if line:
            meta, path = line.split(b"\t", 1)
            mode, kind, blob, size = meta.split()
            if kind == b"blob":
                yield TreeEntry(mode.decode(), blob.decode(), int(size), os.fsdecode(path))


def blobs(root: Path, ids: Iterable[str]) -> Iterator[bytes]:
    """The contents of blobs, in order, through one `git cat-file --batch` stream."""
    wanted = list(ids)
    answer = _run(root, "cat-file", "--batch", stdin="".join(f"{blob}\n" for blob in wanted).encode()).stdout
    at = 0
    for blob in wanted:
        end = answer.index(b"\n", at)
        head = answer[at:end].split()
        if len(head) != 3:
            raise CannotRunError(
                f"git cannot read object {blob}",
                "Fetch the missing objects (git fetch --refetch), then try again.",
            )
        start = end + 1
        at = start + int(head[2]) + 1
        yield answer[start : at - 1]


def first_commit(root: Path, message: str, name: str, email: str) -> None:
    """Make `root` a repository whose branch main holds every file below it in one commit.

    Nothing of the caller's git environment or configuration has a say: no other index, no ignored files, no hooks.
    """
    import git

    files = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    try:
        # Closing ends the processes that GitPython keeps for reading objects.
        with _own_environment(), closing(git.Repo.init(root, initial_branch="main")) as repository:
            repository.git.add("--all", "--force")
            author = git.Actor(name, email)
            repository.index.commit(message, author=author, committer=author, skip_hooks=True)
            listing: str = repository.git.ls_tree("-r", "-z", "--name-only", "HEAD")
    except (git.GitError, OSError) as error:
        raise CannotRunError(
            f"git could not make the first commit: {error}", "Install git, or use --no-git."
        ) from error
    committed = {path for path in listing.split("\0") if path}
    if committed != files:
        odd = min(committed ^ files)
        raise CannotRunError(
            f"the first commit does not hold every file: {odd}", "Please report it; --no-git helps for now."
        )


@contextmanager
def _own_environment() -> Iterator[None]:
    """Git as if nobody had configured it; the environment is as before when the block ends."""
    before = {name: value for name, value in os.environ.items() if name.startswith("GIT_")}
    for name in before:
        del os.environ[name]
    os.environ.update({**_ENVIRONMENT, "GIT_CONFIG_GLOBAL": os.devnull})
    try:
        yield
    finally:
        for name in (*_ENVIRONMENT, "GIT_CONFIG_GLOBAL"):
            os.environ.pop(name, None)
        os.environ.update(before)


def _run(
    root: Path, *arguments: str, stdin: bytes = b"", check: bool = True
) -> subprocess.CompletedProcess[bytes]:
    command = ["git", *_SAFE, "-C", str(root), *arguments]
    try:
        done = subprocess.run(
            command,
            input=stdin,
            capture_output=True,
            env={**_inherited(), **_ENVIRONMENT, "LC_ALL": "C"},
            check=False,
        )
    except OSError as error:
        raise CannotRunError(
            "git could not be started", "Install git and make sure it is on the PATH."
        ) from error
    if check and done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise CannotRunError(
            f"git {arguments[0]} failed: {reason[-1] if reason else 'no reason given'}",
            "Is this a complete git repository?",
        )
    return done


def _inherited() -> dict[str, str]:
    """The environment without what would send git to another repository, index or object store."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
