"""What we write to a repository: the first commit of a new one, and commits in the user's name."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from smsrepo.errors import CannotRunError
from smsrepo.git.process import completed

_NOBODYS = {
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_CONFIG_GLOBAL": os.devnull,
}
# What says where a repository is (git rev-parse --local-env-vars), not who the user is.
_PLACES = frozenset(
    (
        "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_DIR", "GIT_GRAFT_FILE", "GIT_IMPLICIT_WORK_TREE",
        "GIT_INDEX_FILE", "GIT_NAMESPACE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_QUARANTINE_PATH",
        "GIT_REPLACE_REF_BASE", "GIT_SHALLOW_FILE", "GIT_WORK_TREE",
    )
)  # fmt: skip


def first_commit(root: Path, message: str, name: str, email: str, when: datetime | None = None) -> None:
    """Make `root` a repository whose branch main holds every file below it in one commit, dated `when` (None: now).

    Nothing of the caller's git environment or configuration has a say: no other index, no ignored files, no hooks.
    """
    import git

    files = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    try:
        # Closing ends the processes that GitPython keeps for reading objects.
        with _own_environment(), closing(git.Repo.init(root, initial_branch="main")) as repository:
            repository.git.add("--all", "--force")
            author = git.Actor(name, email)
            repository.index.commit(
                message, author=author, committer=author, skip_hooks=True, author_date=when, commit_date=when
            )
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


class Commit(NamedTuple):
    """A commit to be written. Author and committer are "Name <mail>", `when` is the clock of both; `files` come or
    change with it, by path.
    """

    message: str
    author: str
    committer: str
    when: datetime
    files: Mapping[str, bytes]


def write_history(root: Path, commits: Iterable[Commit]) -> None:
    """Make `root` a repository whose branch main has this history, one commit after the other, in one process.

    The same commits give the same ids, whatever the caller's git environment and configuration say. Files below `root`
    that may be executed are committed so. Raises CannotRunError, also where other files are there than the last
    commit holds.
    """
    nobodys = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | _NOBODYS
    here = ("-C", str(root))
    completed(
        (*here, "init", "--quiet", "--initial-branch=main", "--object-format=sha1"), nobodys, check=True
    )
    stream = b"".join(part for commit in commits for part in _imported(commit, root))
    completed((*here, "fast-import", "--quiet", "--done"), nobodys, stream + b"done\n", check=True)
    completed((*here, "reset", "--quiet"), nobodys, check=True)
    odd = completed((*here, "status", "--porcelain", "--ignored"), nobodys, check=True).stdout.decode()
    if odd:
        raise CannotRunError(
            f"the history does not lead to the files that are there: {odd.splitlines()[0]}",
            "Please report it.",
        )


def _imported(commit: Commit, root: Path) -> Iterator[bytes]:
    """A commit as git fast-import reads it; times are in UTC."""
    clock = f"{int(commit.when.timestamp())} +0000"
    message = commit.message.encode()
    yield f"commit refs/heads/main\nauthor {commit.author} {clock}\ncommitter {commit.committer} {clock}\n".encode()
    yield b"data %d\n%b\n" % (len(message), message)
    for path, content in sorted(commit.files.items()):
        mode = b"100755" if (root / path).stat().st_mode & 0o100 else b"100644"
        yield b"M %b inline %b\ndata %d\n%b\n" % (mode, path.encode(), len(content), content)


def commit_paths(root: Path, paths: Iterable[str], message: str) -> str:
    """Commit these paths (from `root`) as they are in the worktree, new or deleted ones too; the id of the commit.

    It is the user's own commit, on the branch they are on: their name, their hooks, their signing. What else is
    staged stays staged. Raises CannotRunError where a hook or git refuses; new paths then stay staged.
    """
    listed = b"\0".join(os.fsencode(path) for path in paths)
    if not listed:
        raise ValueError("a commit needs paths")
    from_stdin = ("--pathspec-from-file=-", "--pathspec-file-nul")
    as_user(root, "add", "--all", *from_stdin, stdin=listed)
    as_user(root, "commit", "--quiet", "--only", *from_stdin, f"--message={message}", stdin=listed)
    return as_user(root, "rev-parse", "--verify", "HEAD").strip()


def config(root: Path, name: str) -> str:
    """A setting as git would use it for the user here ("user.email", "user.signingkey"); "" where there is none."""
    done = completed(("-C", str(root), "config", "--get", name), _users_environment(), check=False)
    return "" if done.returncode else os.fsdecode(done.stdout).removesuffix("\n")


def as_user(
    root: Path,
    command: str,
    *arguments: str,
    stdin: bytes = b"",
    doing: str = "commit",
    hint: str = "Mend it, then try again.",
) -> str:
    """What git prints when the user runs it here: their name, their settings, their hooks.

    Raises CannotRunError where git refuses; `doing` says what it could not do, `hint` how to go on.
    """
    place = ("-C", str(root), "--literal-pathspecs")
    done = completed((*place, command, *arguments), _users_environment(), stdin, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).decode("utf-8", "replace").strip()
        raise CannotRunError(f"git could not {doing}: {said or 'no reason given'}", hint)
    return os.fsdecode(done.stdout)


def _users_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in _PLACES}


@contextmanager
def _own_environment() -> Iterator[None]:
    """Git as if nobody had configured it; the environment is as before when the block ends."""
    before = {name: value for name, value in os.environ.items() if name.startswith("GIT_")}
    for name in before:
        del os.environ[name]
    os.environ.update(_NOBODYS)
    try:
        yield
    finally:
        for name in _NOBODYS:
            os.environ.pop(name, None)
        os.environ.update(before)
