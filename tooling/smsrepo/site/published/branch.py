"""Versions of the site on a branch, such as the one that a forge publishes."""

from pathlib import Path

from smsrepo.git import branches, door
from smsrepo.git.branches import Addition
from smsrepo.site.published.shelf import Delivery, digest, files_of


class Branch:
    """A branch of the repository that `root` lies in, which nobody has checked out. See Shelf."""

    def __init__(self, root: Path, name: str) -> None:
        self.where = f"the branch {name}"
        self._name = name
        self._root = root
        self._home = door.git_folder(root)  # paths count from the top, wherever the management system lies
        self._tip = branches.tip_of(root, name)
        entries = door.tree(self._home, self._tip) if self._tip else ()
        self._blobs = {entry.path: entry.blob for entry in entries}
        self._digests: dict[str, str] = {}

    def file(self, name: str) -> bytes | None:
        """See Shelf."""
        return next(door.blobs(self._home, [self._blobs[name]])) if name in self._blobs else None

    def names(self) -> frozenset[str]:
        """See Shelf."""
        return frozenset(path.partition("/")[0] for path in self._blobs)

    def content(self, name: str) -> str:
        """See Shelf."""
        blobs = self._below(name)
        # Versions have most of their files in common.
        new = list(dict.fromkeys(blob for blob in blobs.values() if blob not in self._digests))
        self._digests.update(zip(new, door.digests(self._home, new), strict=True))
        return digest((path, self._digests[blob]) for path, blob in blobs.items())

    def put(self, delivery: Delivery) -> None:
        """See Shelf. One commit."""
        files, blobs = dict(delivery.files), dict[str, str]()
        for name, version in delivery.sources.items():
            if delivery.site and version == delivery.version:
                built = files_of(delivery.site)
                files |= {f"{name}/{path}": file.read_bytes() for path, file in built.items()}
            else:
                blobs |= {f"{name}/{path}": blob for path, blob in self._below(version).items()}
        addition = Addition([name for name in delivery.sources if name in self.names()], files, blobs)
        branches.write(self._root, self._name, self._tip, delivery.message, addition)

    def _below(self, name: str) -> dict[str, str]:
        start = f"{name}/"
        return {p.removeprefix(start): blob for p, blob in self._blobs.items() if p.startswith(start)}
