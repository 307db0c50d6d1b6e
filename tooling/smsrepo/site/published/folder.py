"""Versions of the site in a folder on disk."""

import os
import shutil
import socket
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from smsrepo.errors import CannotRunError, UserError
from smsrepo.site.published.shelf import Delivery, content_of
from smsrepo.site.published.versions import FILE

_LOCK, _WORKSHOP = ".sms-publish.lock", ".sms-publish"


class Folder:
    """A folder on disk, see Shelf. Raises UserError for a file, CannotRunError while somebody else publishes there.

    Everything is written into a workshop inside the folder first: it is on the same disk, and nobody clears it away.
    Once all of it is there (`new`), it only takes renaming, which whoever comes next can finish.
    """

    def __init__(self, folder: Path) -> None:
        if folder.exists() and not folder.is_dir():
            raise UserError(f"{folder} is a file", "Name a folder.")
        self.where = str(folder)
        self._folder = folder.resolve()
        workshop = self._folder / _WORKSHOP
        self._workshop, self._half = workshop, workshop / "half"
        self._new, self._old = workshop / "new", workshop / "old"
        if workshop.exists() or (self._folder / _LOCK).exists():
            with self._told(), self._locked():
                if self._new.is_dir():
                    self._swap()
        self._seen = self.file(FILE)

    def file(self, name: str) -> bytes | None:
        """See Shelf."""
        file = self._folder / name
        return file.read_bytes() if file.is_file() else None

    def names(self) -> frozenset[str]:
        """See Shelf."""
        found = self._folder.iterdir() if self._folder.is_dir() else ()
        return frozenset(path.name for path in found) - {_LOCK, _WORKSHOP}

    def content(self, name: str) -> str:
        """See Shelf."""
        return content_of(self._folder / name)

    def put(self, delivery: Delivery) -> None:
        """See Shelf."""
        with self._told():
            self._folder.mkdir(parents=True, exist_ok=True)
            with self._locked():
                names = self._prepare(delivery)
                if self.file(FILE) != self._seen:
                    raise UserError(f"{FILE} changed meanwhile", "Somebody else published. Try again.")
                try:
                    self._half.rename(self._new)
                    self._swap()
                except BaseException:
                    self._undo(names)
                    raise

    def _prepare(self, delivery: Delivery) -> list[str]:
        self._half.mkdir(parents=True)
        self._old.mkdir()
        for name, version in delivery.sources.items():
            built = delivery.site if version == delivery.version else None
            shutil.copytree(built or self._folder / version, self._half / name)
        for name, content in delivery.files.items():
            (self._half / name).write_bytes(content)
        return sorted(path.name for path in self._half.iterdir())

    def _swap(self) -> None:
        """Put what is new into its place; what was there goes aside. It can be begun, or gone on with."""
        for path in sorted(self._new.iterdir(), key=_folders_first):
            place, old = self._folder / path.name, self._old / path.name
            if path.is_dir():
                if place.exists():
                    place.rename(old)
                path.rename(place)
            else:  # never missing, not even for a moment
                if place.exists():
                    shutil.copy2(place, old)
                path.replace(place)

    def _undo(self, names: Iterable[str]) -> None:
        """Put everything back that was moved. Interrupted, it leaves what _swap can go on with."""
        if not self._new.is_dir():
            return
        for name in names:
            place, new, old = (home / name for home in (self._folder, self._new, self._old))
            if not new.exists():
                place.rename(new)
            if old.exists() and not place.exists():
                old.rename(place)
        self._new.rename(self._half)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Nobody else publishes here meanwhile; at the end the workshop is cleared, unless something is to be done."""
        lock = self._folder / _LOCK
        try:
            with lock.open("x", encoding="utf-8") as file:
                file.write(f"process {os.getpid()} on {socket.gethostname()}")
        except FileExistsError as error:
            who = lock.read_text(encoding="utf-8", errors="replace")[:200] or "nobody says who"
            raise CannotRunError(
                f"somebody publishes into {self.where} ({who})",
                f"Wait for it. If it does not run any more, delete {lock} and try again: that finishes what it began.",
            ) from error
        try:
            yield
        finally:
            if not self._left():
                shutil.rmtree(self._workshop, ignore_errors=True)
            lock.unlink(missing_ok=True)

    def _left(self) -> bool:
        """Whether something that was written in full has not reached its place."""
        return self._new.is_dir() and any(self._new.iterdir())

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Errors of the disk, as a message that says how the folder was left."""
        try:
            yield
        except OSError as error:
            left = f"Part of it waits in {self._new}. Publish again to finish it."
            raise CannotRunError(
                f"{self.where} cannot be written: {error.strerror or error}",
                left if self._left() else "It is as it was before.",
            ) from error


def _folders_first(path: Path) -> tuple[bool, bool, str]:
    """What is named in the list of versions must be there before the list is."""
    return (path.is_file(), path.name == FILE, path.name)
