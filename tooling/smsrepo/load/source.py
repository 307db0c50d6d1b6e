"""Where the bytes come from: the worktree or a commit. The loader is the same for both."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

from smsrepo.errors import CannotRunError
from smsrepo.git import door
from smsrepo.load.text import MAX_BYTES

CONTENT_FOLDERS = ("catalog", "plans", "policies", "schemas", "slas", "sms")
APPROVALS = "sms/approvals/"
"""Where approval statements lie: no documents and no records, so the loader leaves them alone."""
READ = (".md", ".yml", ".yaml", ".json")
"""Endings of the files that are read; everything else is an attachment."""


class File(NamedTuple):
    """A file of a content folder. `problem` says why its bytes are not read ("symbolic link", …)."""

    path: str
    raw: bytes
    problem: str = ""


class Source(Protocol):
    """One state of a repository."""

    def files(self) -> list[File]:
        """Every file of the content folders, sorted by path; raw is empty for attachments."""

    def exists(self, path: str) -> bool:
        """Whether a path (also outside the content folders) exists."""


class WorktreeSource:
    """The files as they are on disk."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def files(self) -> list[File]:
        """See Source. Lines that end with CR LF count as LF, as .gitattributes stores them. Whether a file is
        executable counts only in a commit: not every file system can tell.
        """
        found: list[File] = []
        for folder in CONTENT_FOLDERS:
            if (self._root / folder).is_symlink():
                found.append(File(folder, b"", "a symbolic link"))
            elif (self._root / folder).is_dir():
                found.extend(self._walk(folder))
        return sorted(found)

    def exists(self, path: str) -> bool:
        """See Source."""
        try:
            return (self._root / path).exists()
        except OSError:  # a name too long for this file system, for one
            return False

    def _walk(self, folder: str) -> Iterator[File]:
        try:
            entries = list(os.scandir(self._root / folder))
        except OSError as error:
            raise _unreadable(folder, error) from error
        for entry in entries:
            path = f"{folder}/{entry.name}"
            if entry.name.startswith("."):
                continue
            if entry.is_symlink():
                yield File(path, b"", "a symbolic link")
            elif entry.is_dir():
                yield from self._walk(path)
            else:
                yield self._read(path)

    def _read(self, path: str) -> File:
        if not path.endswith(READ):
            return File(path, b"")
        try:
            # One byte more than is accepted is enough to refuse the file.
            handle = os.open(
                self._root / path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
            )
            try:
                size = os.fstat(handle).st_size
                raw = os.read(handle, min(size, MAX_BYTES) + 1)
            finally:
                os.close(handle)
        except OSError as error:
            raise _unreadable(path, error) from error
        return File(path, raw.replace(b"\r\n", b"\n") if b"\r" in raw else raw)


class TreeSource:
    """The files of a commit, or of the tree that a merge would give, by full id; read through one git stream."""

    def __init__(self, root: Path, tree: str) -> None:
        self._root = root
        self._entries = {entry.path: entry for entry in door.tree(root, tree)}
        self._known = known_paths(self._entries)

    def files(self) -> list[File]:
        """See Source. Executable files and links are not read."""
        content = [
            e
            for p, e in sorted(self._entries.items())
            if p.split("/", 1)[0] in CONTENT_FOLDERS and "/." not in p
        ]
        wanted = [entry for entry in content if self._is_read(entry)]
        raw = dict(
            zip((e.path for e in wanted), door.blobs(self._root, (e.blob for e in wanted)), strict=True)
        )
        return [File(entry.path, raw.get(entry.path, b""), _problem(entry)) for entry in content]

    def exists(self, path: str) -> bool:
        """See Source."""
        return path in self._known

    @staticmethod
    def _is_read(entry: door.TreeEntry) -> bool:
        return entry.path.endswith(READ) and entry.size <= MAX_BYTES and not _problem(entry)


class CommitSource(TreeSource):
    """The files of a commit as a user names it."""

    def __init__(self, root: Path, revision: str) -> None:
        super().__init__(root, door.resolve(root, revision))


def find_root(start: Path) -> Path | None:
    """The closest folder at or above `start` that holds an SMS: sms/sms.yml, or the schemas where that was lost."""
    for folder in (start, *start.parents):
        signs = (folder / "sms" / "sms.yml", folder / "schemas" / "common" / "x-sms.schema.json")
        if any(sign.is_file() for sign in signs):
            return folder
    return None


def known_paths(files: Iterable[str]) -> frozenset[str]:
    """The files (by path) and the folders they lie in."""
    known: set[str] = set()
    for file in files:
        path = file
        while path and path not in known:
            known.add(path)
            path = path.rpartition("/")[0]
    return frozenset(known)


def _problem(entry: door.TreeEntry) -> str:
    if entry.mode == "120000":
        return "a symbolic link"
    if entry.mode != "100644" and entry.path.endswith(READ):
        return "marked as executable"
    return "larger than 1 MiB" if entry.size > MAX_BYTES and entry.path.endswith(READ) else ""


def _unreadable(path: str, error: OSError) -> CannotRunError:
    return CannotRunError(
        f"{path} cannot be read: {error.strerror}",
        "Give yourself permission to read it; a check of the rest alone would prove nothing.",
    )
