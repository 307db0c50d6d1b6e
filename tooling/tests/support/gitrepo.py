"""Makes git repositories for tests: fixed identities and dates, nothing of the machine's configuration."""

import os
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

BOB = "Bob <bob@example.org>"
WHEN = "2026-01-10T10:00:00Z"
CLEAN = {n: v for n, v in os.environ.items() if not n.startswith("GIT_")} | {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "LC_ALL": "C",
}


def run_git(folder: Path, *arguments: str, stdin: bytes = b"", **environment: str) -> str:
    """Output of git, stripped of its last line break; raises where git fails."""
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments], input=stdin, capture_output=True, env=CLEAN | environment
    )
    assert done.returncode == 0, done.stderr.decode()
    return os.fsdecode(done.stdout).removesuffix("\n")


def identity(author: str, when: str, committer: str | None = None) -> dict[str, str]:
    """The environment that makes git write this author, committer ("Name <mail>") and time."""
    found = {}
    for role, person in (("AUTHOR", author), ("COMMITTER", committer or author)):
        name, mail = person.removesuffix(">").split(" <")
        found |= {f"GIT_{role}_NAME": name, f"GIT_{role}_EMAIL": mail, f"GIT_{role}_DATE": when}
    return found


@dataclass(frozen=True)
class GitRepo:
    """A repository at `path`, checked out on a branch; what it makes is the same at every run."""

    path: Path

    @classmethod
    def new(cls, path: Path, *options: str) -> "GitRepo":
        path.mkdir(parents=True, exist_ok=True)
        run_git(path, "init", "--quiet", "--initial-branch=main", *options)
        return cls(path)

    def git(self, *arguments: str, stdin: bytes = b"", **environment: str) -> str:
        return run_git(self.path, *arguments, stdin=stdin, **{**identity(BOB, WHEN), **environment})

    def write(self, path: str, content: str | bytes) -> None:
        file = self.path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)

    def commit(
        self,
        message: str,
        author: str = BOB,
        when: str = WHEN,
        *,
        committer: str | None = None,
        co_authors: Iterable[str] = (),
    ) -> str:
        """Commit everything in the worktree, even when nothing changed; the id of the commit."""
        self.git("add", "--all")
        trailers = "".join(f"\nCo-authored-by: {person}" for person in co_authors)
        text = message + ("\n" + trailers if trailers else "")
        self.git("commit", "--quiet", "--allow-empty", "-m", text, **identity(author, when, committer))
        return self.head()

    def branch(self, name: str, start: str = "HEAD") -> None:
        """Make a branch and go to it."""
        self.git("switch", "--quiet", "--create", name, start)

    def switch(self, name: str) -> None:
        self.git("switch", "--quiet", name)

    def merge(
        self,
        *names: str,
        squash: bool = False,
        commit: bool = True,
        author: str = BOB,
        when: str = WHEN,
        options: Iterable[str] = (),
    ) -> str:
        """Merge branches with a merge commit, or lay their changes ready (`squash`, or `commit=False`); HEAD's id."""
        how = ["--squash"] if squash else ["--no-ff", "-m", "Merge", *([] if commit else ["--no-commit"])]
        self.git("merge", "--quiet", *how, *options, *names, **identity(author, when))
        return self.head()

    def head(self) -> str:
        return self.git("rev-parse", "HEAD")
