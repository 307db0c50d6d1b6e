"""A commit as files on disk, without touching the repository it is from."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from smsrepo.errors import CannotRunError
from smsrepo.git import door
from smsrepo.git.process import completed, reading, reading_environment

_FILES = ("100644", "100755")
_NEVER = frozenset(("", ".", "..", ".git"))


@contextmanager
def checked_out(root: Path, commit: str) -> Iterator[Path]:
    """The files of a commit (full id) below `root`, with the history up to it, in a folder that goes with the block.

    It is a repository of our own whose branch main stands there and that borrows the objects: no hook, filter or
    setting has a say, and nothing is noted anywhere else. Links and submodules are left out.
    """
    entries = [entry for entry in door.tree(root, commit) if entry.mode in _FILES]
    if odd := next((e.path for e in entries if _NEVER & set(e.path.casefold().split("/"))), None):
        raise CannotRunError(f"the commit {commit[:10]} holds a path that no file may have: {odd}")
    read = reading(root, "read-tree")
    with tempfile.TemporaryDirectory(prefix="smsrepo-") as folder:
        home = Path(folder).resolve()
        _repository(home / ".git", read.objects, read.form, commit)
        place = home / read.prefix
        for entry, content in zip(entries, door.blobs(root, (e.blob for e in entries)), strict=True):
            file = place / entry.path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
            file.chmod(0o755 if entry.mode == "100755" else 0o644)
        # Without an index everything would count as not committed.
        completed(("-C", str(home), "read-tree", "HEAD"), reading_environment(), check=True)
        yield place


def _repository(git: Path, objects: str, form: str, commit: str) -> None:
    for part in ("objects/info", "refs/heads"):
        (git / part).mkdir(parents=True)
    (git / "HEAD").write_text("ref: refs/heads/main\n")
    (git / "refs/heads/main").write_text(f"{commit}\n")
    (git / "objects/info/alternates").write_bytes(os.fsencode(objects) + b"\n")
    (git / "config").write_text(
        f"[core]\nbare = false\nrepositoryFormatVersion = 1\n[extensions]\nobjectFormat = {form}\n"
    )
