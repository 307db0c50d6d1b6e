"""Commits onto branches that nobody has checked out, such as the one a forge publishes a site from."""

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from smsrepo.errors import UserError
from smsrepo.git import door
from smsrepo.git.commits import as_user
from smsrepo.git.process import run
from smsrepo.git.worktree import current_branch, worktrees


class Addition(NamedTuple):
    """What a commit changes: paths (files or whole folders) that go, new files, and blobs (by full id) put at paths."""

    gone: Iterable[str]
    files: Mapping[str, bytes]
    blobs: Mapping[str, str]


def tip_of(root: Path, branch: str) -> str:
    """Where a branch stands, here or at origin, whichever is further; "" where there is none.

    Raises UserError for a name that no branch can have, for one that is checked out in any worktree, and where both
    went on.
    """
    if run(root, "check-ref-format", f"refs/heads/{branch}", check=False).returncode or branch[:1] == "-":
        raise UserError(f"`{branch}` is no name for a branch", "Name one such as gh-pages.")
    if branch in (current_branch(root), door.default_branch(root)):
        raise UserError(
            f"`{branch}` is the branch you work on", "The site needs a branch of its own, such as gh-pages."
        )
    if folder := worktrees(root).get(branch):
        raise UserError(
            f"the branch {branch} is checked out in {folder}",
            f"Its files would not follow. Let go of it: git worktree remove {folder}. Or name another branch.",
        )
    own, others = _tips(root, branch)
    if not (own and others):
        return own or others
    if door.is_ancestor(root, own, others):
        return others
    if door.is_ancestor(root, others, own):
        return own
    raise UserError(
        f"the branch {branch} went on here and at origin",
        f"Keep the one at origin: git branch --force {branch} origin/{branch}. Then publish again.",
    )


def write(root: Path, branch: str, start: str, message: str, addition: Addition) -> None:
    """Put one commit in the user's name on top of `start` ("" for a first commit) and let the branch stand there.

    Refused where the branch moved on meanwhile. The worktree and the index stay as they are.
    """
    who = as_user(root, "var", "GIT_COMMITTER_IDENT", doing="tell who commits").strip()
    stream = b"".join(_imported(branch, start, message, who, addition))
    words = ("fast-import", "--quiet", "--done", "--date-format=raw")
    as_user(root, *words, stdin=stream, doing=f"commit to {branch}")


def push(root: Path, branch: str) -> None:
    """Push what a branch holds beyond origin, as the user; never with force."""
    own, others = _tips(root, branch)
    if not own or (others and own != others and door.is_ancestor(root, own, others)):
        return
    place = f"refs/heads/{branch}"
    words = ("push", "--quiet", "origin", f"{place}:{place}")
    hint = f"The branch stands here, and nobody else has it yet. Mend it, then: git push origin {branch}"
    as_user(root, *words, doing=f"push {branch}", hint=hint)


def _tips(root: Path, branch: str) -> tuple[str, str]:
    """Where a branch stands here, and where it stood at origin when that was last asked; "" where there is none."""
    return _commit(root, f"refs/heads/{branch}"), _commit(root, f"refs/remotes/origin/{branch}")


def _commit(root: Path, name: str) -> str:
    done = run(
        root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}", check=False
    )
    return "" if done.returncode else done.stdout.decode().strip()


def _imported(branch: str, start: str, message: str, who: str, addition: Addition) -> Iterator[bytes]:
    """The commit as git fast-import reads it. A blob that stands at several paths is sent once."""
    marks: dict[bytes, int] = {}
    for content in addition.files.values():
        if content not in marks:
            marks[content] = len(marks) + 1
            yield b"blob\nmark :%d\ndata %d\n%b\n" % (marks[content], len(content), content)
    said = message.encode()
    yield f"commit refs/heads/{branch}\ncommitter {who}\n".encode()
    yield b"data %d\n%b\n" % (len(said), said)
    if start:
        yield f"from {door.full(start)}\n".encode()
    for path in sorted(addition.gone):
        yield b"D %b\n" % _quoted(path)
    for path, content in sorted(addition.files.items()):
        yield b"M 100644 :%d %b\n" % (marks[content], _quoted(path))
    for path, blob in sorted(addition.blobs.items()):
        yield b"M 100644 %b %b\n" % (door.full(blob).encode(), _quoted(path))
    yield b"\ndone\n"


def _quoted(path: str) -> bytes:
    raw = os.fsencode(path)
    for char, written in ((b"\\", b"\\\\"), (b'"', b'\\"'), (b"\n", b"\\n")):
        raw = raw.replace(char, written)
    return b'"%b"' % raw
