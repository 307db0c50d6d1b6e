"""The one door to git. GitPython for repositories we make; plain processes for the hot streams.

Only fixed argument lists; a revision from a user is resolved to a hash before it reaches any other command. Every
`root` may be a folder of a repository or, for what reads, a bare repository; paths count from `root`.
"""

import hashlib
import os
import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, NamedTuple

from smsrepo.errors import CannotRunError, UserError
from smsrepo.git.commits import commit_paths, config, first_commit
from smsrepo.git.process import failure, is_anothers, reading, run
from smsrepo.model.history import Blob, Change

__all__ = [
    "RAW", "MergeResult", "TreeEntry", "blobs", "changes", "changes_in", "commit_paths", "committed_at", "config",
    "continues", "default_branch", "digests", "first_commit", "full", "git_folder", "head", "is_ancestor", "merge_tree",
    "moment", "resolve", "sizes", "tree",
]  # fmt: skip

# How differences are printed wherever we compare: every file and submodule, whole ids, no guesses at renames.
RAW = (
    "--raw",
    "-z",
    "--no-renames",
    "--no-abbrev",
    "--ignore-submodules=none",
    "--no-ext-diff",
    "--no-textconv",
)
_PIECE = 1 << 20
_FULL = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_EMPTY_TREE = {
    "sha1": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    "sha256": "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
}


class TreeEntry(NamedTuple):
    """One file of a commit: mode as git writes it ("100644"), object id, size in bytes, path."""

    mode: str
    blob: str
    size: int
    path: str


class MergeResult(NamedTuple):
    """What merging would give: the id of a tree of the whole repository, or "" and the paths in conflict.

    A conflict outside the root is a path that starts with "../".
    """

    tree: str
    conflicts: tuple[str, ...]


def resolve(root: Path, revision: str) -> str:
    """The commit id of a revision as a user writes it; raises UserError where there is none."""
    done = run(
        root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", check=False
    )
    if is_anothers(done):
        raise failure("rev-parse", done)
    commit = done.stdout.decode().strip()
    if done.returncode or not commit:
        raise UserError(
            f"there is no commit `{revision}` in this repository",
            "Name a commit, branch or tag that git log knows.",
        )
    return commit


def tree(root: Path, commit: str) -> Iterator[TreeEntry]:
    """Every file below `root` of a commit, or of a tree of the whole repository (as merge_tree gives).

    Raises CannotRunError where an object is missing, be it only a blob.
    """
    read = reading(root, "ls-tree")
    below = ("--", read.prefix) if read.prefix else ()
    listing = read.run("-r", "-z", "-l", full(commit), *below).stdout
    skipped = len(os.fsencode(read.prefix))
    for line in listing.split(b"\0"):
        if line:
            meta, path = line.split(b"\t", 1)
            mode, kind, blob, size = meta.split()
            if kind == b"blob":
                if not size.isdigit():
                    raise _unreadable(blob.decode())
                yield TreeEntry(mode.decode(), blob.decode(), int(size), os.fsdecode(path[skipped:]))


@contextmanager
def objects(root: Path, ids: Sequence[str]) -> Iterator[IO[bytes]]:
    """What git answers about objects (full ids), in order: for each "id kind size", its content and a line break."""
    asked = "".join(f"{one}\n" for one in ids).encode()
    with reading(root, "cat-file").stream("--batch", "--buffer", stdin=asked) as answer:
        yield answer


def blobs(root: Path, ids: Iterable[str]) -> Iterator[bytes]:
    """The contents of blobs, in order, one at a time: no more than one is held.

    Ask sizes() first where nobody has vouched for them. Raises CannotRunError where an object is missing or no blob.
    """
    wanted = [full(blob) for blob in ids]
    if not wanted:
        return
    with objects(root, wanted) as answer:
        for blob in wanted:
            size = _size(blob, answer.readline())
            content = answer.read(size + 1)
            if len(content) != size + 1:
                raise _unreadable(blob)
            yield content[:-1]


def digests(root: Path, ids: Iterable[str]) -> Iterator[str]:
    """The SHA-256 (hex) of the contents of blobs, in order, however large: never more than a piece is held."""
    wanted = [full(blob) for blob in ids]
    if not wanted:
        return
    with objects(root, wanted) as answer:
        for blob in wanted:
            digest, left = hashlib.sha256(), _size(blob, answer.readline())
            while left and (piece := answer.read(min(left, _PIECE))):
                digest.update(piece)
                left -= len(piece)
            if left or answer.read(1) != b"\n":
                raise _unreadable(blob)
            yield digest.hexdigest()


def sizes(root: Path, ids: Iterable[str]) -> list[int]:
    """The sizes of blobs in bytes, in order, without reading them; raises CannotRunError as blobs() does."""
    wanted = [full(blob) for blob in ids]
    if not wanted:
        return []
    listed = "".join(f"{blob}\n" for blob in wanted).encode()
    answer = reading(root, "cat-file").run("--batch-check", "--buffer", stdin=listed).stdout.splitlines()
    return [_size(blob, line) for blob, line in zip(wanted, answer, strict=True)]


def committed_at(root: Path, ids: Iterable[str]) -> dict[str, datetime]:
    """When commits (full ids) were made, by their committers' clocks; what is not here, or no commit, is left out."""
    wanted = list(dict.fromkeys(map(full, ids)))
    found: dict[str, datetime] = {}
    if not wanted:
        return found
    with objects(root, wanted) as answer:
        for commit in wanted:
            words = answer.readline().split()
            if len(words) != 3:  # "ID missing"
                continue
            content = answer.read(int(words[2]) + 1)
            if words[1] == b"commit":
                committer = content.partition(b"\ncommitter ")[2].partition(b"\n")[0]
                found[commit] = moment(commit, committer.rpartition(b" ")[0].rpartition(b" ")[2])
    return found


def moment(commit: str, seconds: bytes) -> datetime:
    """A time as git keeps it, in seconds since 1970; raises CannotRunError where that is none."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise CannotRunError(
            f"commit {commit} has no readable time", "Its history cannot be judged: it was not made by git."
        ) from error


def changes(root: Path, before: str, after: str) -> tuple[Change, ...]:
    """What differs between two commits or trees, by path; "" stands for nothing at all (before a first commit)."""
    read = reading(root, "diff-tree")
    ends = [full(end) if end else _EMPTY_TREE[read.form] for end in (before, after)]
    done = read.run("-r", *RAW, f"--relative={read.prefix}", *ends)
    return tuple(changes_in(done.stdout.split(b"\0")[:-1]))


def changes_in(words: list[bytes]) -> Iterator[Change]:
    """The changes of git's raw output, split at NUL: ":mode mode id id letter" and path, alternately."""
    for line, path in zip(words[::2], words[1::2], strict=True):
        mode_before, mode_after, before, after, _ = line.decode().split(" ")
        yield Change(
            os.fsdecode(path),
            None if mode_before == ":000000" else Blob(mode_before[1:], before),
            None if mode_after == "000000" else Blob(mode_after, after),
        )


def merge_tree(root: Path, base: str, head: str) -> MergeResult:
    """What merging the commit `head` into the commit `base` gives. Merge drivers and attributes have no say."""
    read = reading(root, "merge-tree")
    options = ("--write-tree", "-z", "--name-only", "--no-messages")
    done = read.run(*options, full(base), full(head), check=False)
    if done.returncode not in (0, 1) or not done.stdout:
        raise failure("merge-tree", done)
    tree_id, *paths = os.fsdecode(done.stdout).rstrip("\0").split("\0")
    if not done.returncode:
        return MergeResult(tree_id, ())
    start = read.prefix.rstrip("/") or "."
    return MergeResult("", tuple(posixpath.relpath(path, start) for path in paths))


def head(root: Path) -> str | None:
    """The commit that is checked out; None without a repository or before the first commit."""
    done = run(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}", check=False)
    if done.returncode and done.stderr and b"not a git repository" not in done.stderr:
        raise failure("rev-parse", done)
    return done.stdout.decode().strip() or None


def default_branch(root: Path) -> str:
    """The branch that counts: what origin says, else main, else master, else the one that is checked out.

    In a bare repository its HEAD decides, as it does for all who clone it: a branch that somebody pushes does not.
    Only while HEAD names a branch that is not there are the others asked. Raises UserError where there is none.
    """
    asked = ("--is-bare-repository", "--symbolic-full-name", "HEAD")
    own = os.fsdecode(run(root, "rev-parse", *asked, check=False).stdout)
    told, likely = "refs/remotes/origin/HEAD", ("refs/heads/main", "refs/heads/master")
    listing = run(root, "for-each-ref", "--format=%(refname) %(symref)", told, *likely).stdout
    bare, _, current = own.partition("\n")
    if bare == "true" and current.startswith("refs/heads/"):
        return current.strip().removeprefix("refs/heads/")
    refs = dict(line.split(" ", 1) for line in os.fsdecode(listing).splitlines())
    if refs.get(told):
        return refs[told].removeprefix("refs/remotes/origin/")
    for name in likely:
        if name in refs:
            return name.removeprefix("refs/heads/")
    current = os.fsdecode(run(root, "symbolic-ref", "--quiet", "HEAD", check=False).stdout).strip()
    if not current:
        raise UserError("there is no main branch", "Name the branch that holds what was approved.")
    return current.removeprefix("refs/heads/")


def is_ancestor(root: Path, ancestor: str, commit: str) -> bool:
    """Whether `ancestor` is in the history of `commit`; a commit is in its own."""
    done = reading(root, "merge-base").run("--is-ancestor", full(ancestor), full(commit), check=False)
    if done.returncode not in (0, 1):
        raise failure("merge-base", done)
    return done.returncode == 0


def continues(root: Path, commit: str, earlier: str) -> bool:
    """Whether the first-parent line of `commit` passes `earlier`.

    An ancestor is not enough: a merge with the main branch as its second parent puts another line in its place.
    """
    line = reading(root, "rev-list").run("--first-parent", full(commit), "--").stdout
    return full(earlier).encode() in line.split()


def git_folder(root: Path) -> Path:
    """The absolute path of the folder git keeps for this worktree."""
    return Path(os.fsdecode(run(root, "rev-parse", "--absolute-git-dir").stdout).removesuffix("\n"))


def full(object_id: str) -> str:
    """The id itself; ValueError for anything that is no full hash, so that no such word reaches git."""
    if not _FULL.fullmatch(object_id):
        raise ValueError(f"no full object id: {object_id!r}")
    return object_id


def _size(blob: str, header: bytes) -> int:
    words = header.split()
    if len(words) != 3 or words[:2] != [blob.encode(), b"blob"]:
        raise _unreadable(blob)
    return int(words[2])


def _unreadable(blob: str) -> CannotRunError:
    return CannotRunError(
        f"git cannot read object {blob}",
        "Fetch the missing objects (git fetch --refetch --no-filter), then try again.",
    )
