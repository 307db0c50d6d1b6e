"""Where versions of the site stand: a folder that a web server shows, or a branch that a forge publishes."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, Protocol


class Delivery(NamedTuple):
    """What is put on a shelf in one step: a built site for a version (or None: it is there), aliases with the version
    that each becomes a copy of, and files at the root.
    """

    version: str
    site: Path | None
    copies: Mapping[str, str]
    files: Mapping[str, bytes]
    message: str

    @property
    def sources(self) -> Mapping[str, str]:
        """The version that each folder becomes, or becomes a copy of: the version itself where it was built."""
        return {**({self.version: self.version} if self.site else {}), **self.copies}


class Shelf(Protocol):
    """Versions side by side. What a delivery does not name stays as it is."""

    @property
    def where(self) -> str:
        """What to call it in a message."""

    def file(self, name: str) -> bytes | None:
        """What a file at its root holds; None without one."""

    def names(self) -> frozenset[str]:
        """What lies at its root."""

    def content(self, name: str) -> str:
        """The digest over the files of a version or an alias, see content_of."""

    def put(self, delivery: Delivery) -> None:
        """Put all of a delivery there. Raises UserError where somebody else did meanwhile."""


def content_of(site: Path) -> str:
    """The digest over the files of a built site, their paths included."""
    return digest((name, sha256(path.read_bytes()).hexdigest()) for name, path in files_of(site).items())


def digest(files: Iterable[tuple[str, str]]) -> str:
    """The digest over files, each given as its path and the SHA-256 (hex) of what it holds."""
    listed = "".join(f"{of_file}  {path}\n" for path, of_file in sorted(files))
    return f"sha256:{sha256(listed.encode('utf-8', 'surrogateescape')).hexdigest()}"


def files_of(folder: Path) -> dict[str, Path]:
    """Every file below a folder by its path there."""
    return {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
