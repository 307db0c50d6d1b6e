"""What a person has before them when they sign: it must be what will count."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from smsrepo.errors import UserError
from smsrepo.model.history import Blob


class Seen(NamedTuple):
    """The files of the commit that is checked out, and the paths in which the worktree differs from it."""

    files: Mapping[str, Blob]
    uncommitted: frozenset[str]

    def compare(self, name: str, paths: Iterable[str], tree: Mapping[str, Blob]) -> None:
        """Raises UserError unless every path is here, committed, as it will be on the main branch (`tree`)."""
        for path in paths:
            if path in self.uncommitted:
                raise UserError(
                    f"{name}: {path} has changes that are not committed",
                    "Commit or undo them first: what is signed is what is committed.",
                )
            if self.files.get(path) != tree.get(path):
                raise UserError(
                    f"{name}: {path} would have other bytes on the main branch than it has here",
                    "Merge the main branch into this one first, so that you see what you sign.",
                )
